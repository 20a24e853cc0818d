// `/` moves to the search field. Keys are left alone while somebody types or an input method is composing.
const field = document.querySelector('#search')

document.addEventListener('keydown', (event) => {
  const typing =
    event.target instanceof Element && event.target.closest('input, textarea, select, [contenteditable]')
  if (event.key !== '/' || typing || event.isComposing || event.ctrlKey || event.altKey || event.metaKey)
    return
  event.preventDefault()
  field?.focus()
  field?.select()
})
