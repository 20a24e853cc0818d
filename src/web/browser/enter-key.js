// In a form marked so, Enter goes on to the next field; in the last one it sends the form, as everywhere.
document.addEventListener('keydown', (event) => {
  const field = event.target
  if (event.key !== 'Enter' || event.isComposing || !(field instanceof HTMLElement)) return
  const form = field.closest('form[data-enter="next"]')
  if (form === null || field.matches('button')) return
  const fields = [...form.querySelectorAll('input:not([type="hidden"]), select, button[type="submit"]')]
  const next = fields[fields.indexOf(field) + 1]
  if (next === undefined) return
  event.preventDefault()
  if (next.matches('button')) return form.requestSubmit(next)
  next.focus()
  if (next instanceof HTMLInputElement) next.select()
})

document.querySelector('form[data-enter="next"] [autofocus]')?.select()
