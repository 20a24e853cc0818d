// Keys on a submission that waits for an answer: Ctrl and Enter accept it, b goes to what is missing. A key held down
// answers once: the next submission is another person's.
const form = document.querySelector('form[data-answer]')
const reason = form?.querySelector('textarea')

if (form !== null) {
  document.addEventListener('keydown', (event) => {
    if (event.isComposing || event.repeat || event.altKey || event.metaKey) return
    if (document.querySelector('dialog[open]') !== null) return
    const typing =
      event.target instanceof Element && event.target.closest('input, textarea, select, [contenteditable]')
    if (typing) return
    if (event.ctrlKey && event.key === 'Enter') {
      event.preventDefault()
      form.requestSubmit(form.querySelector('button.primary'))
    }
    if (!event.ctrlKey && event.key.toLowerCase() === 'b') {
      event.preventDefault()
      reason.focus()
    }
  })
}
