/** `dueMet` → `due_met`: how a property is named as a column and in CSV. */
export function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}
