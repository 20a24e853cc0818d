// Every 20 seconds a page of a dossier says that it is open, and shows who else has it open.
const BEAT_MS = 20_000
const line = document.querySelector('[data-presence]')

async function beat() {
  if (document.hidden) return
  const answer = await fetch(line.dataset.presence, { method: 'POST' }).catch(() => null)
  if (answer?.ok !== true) return
  const { others } = await answer.json()
  const words = line.querySelector('span')
  if (words.textContent !== (others ?? '')) words.textContent = others ?? ''
}

if (line !== null) {
  setInterval(beat, BEAT_MS)
  document.addEventListener('visibilitychange', beat)
}
