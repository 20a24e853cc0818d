/** Plain lines for a terminal and for a file. */
export function heading(text: string): void {
  console.log(`\n${text}\n${'─'.repeat(text.length)}`)
}

export function row(name: string, value: string): void {
  console.log(`${name.padEnd(58)} ${value}`)
}
