// `?` shows the keys of this page. Keys are left alone while somebody types or an input method is composing.
const help = document.querySelector('#key-help')

document.addEventListener('keydown', (event) => {
  const typing =
    event.target instanceof Element && event.target.closest('input, textarea, select, [contenteditable]')
  if (event.key !== '?' || typing || event.isComposing || event.ctrlKey || event.altKey || event.metaKey)
    return
  if (!(help instanceof HTMLDialogElement) || document.querySelector('dialog[open]') !== null) return
  event.preventDefault()
  help.showModal()
})

// A click beside it closes it, as Esc does.
help?.addEventListener('click', (event) => {
  if (event.target === help) help.close()
})
