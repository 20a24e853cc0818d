/** Where the benchmarks let the real service listen. */
export const PORT = 18_690

/** Resolves as soon as the service answers. */
export async function answer(): Promise<void> {
  for (let i = 0; i < 6_000; i++) {
    const ok = await fetch(`http://127.0.0.1:${PORT}/healthz`).then(
      (response) => response.ok,
      () => false,
    )
    if (ok) return
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  throw new Error('the service did not answer')
}
