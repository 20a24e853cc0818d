// In a form marked so, Enter goes on to the next field; in the last one it sends the form, as everywhere.
const FIELDS =
  'input:not([type="hidden"]):not([data-enter="skip"]), select:not([data-enter="skip"]), button[type="submit"]:not([formnovalidate])'

document.addEventListener('keydown', (event) => {
  const field = event.target
  if (
    event.key !== 'Enter' ||
    event.ctrlKey ||
    event.isComposing ||
    event.defaultPrevented ||
    !(field instanceof HTMLElement)
  )
    return
  const form = field.closest('form[data-enter="next"]')
  if (form === null || field.matches('button, textarea, summary, a')) return
  const isBehind = (each) => field.compareDocumentPosition(each) & Node.DOCUMENT_POSITION_FOLLOWING
  const next = [...form.querySelectorAll(FIELDS)].find((each) => isBehind(each) && each.checkVisibility())
  if (next === undefined) return
  event.preventDefault()
  if (next.matches('button')) return form.requestSubmit(next)
  next.focus()
  if (next instanceof HTMLInputElement) next.select()
})

document.querySelector('form[data-enter="next"] [autofocus]')?.select()
