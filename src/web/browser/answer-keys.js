// Keys on a submission that waits for an answer: Ctrl and Enter accept it, or from the field of what is missing ask for
// that; b goes to that field. A key held down answers once: the next submission is another person's.
const form = document.querySelector('form[data-answer]')
const reason = form?.querySelector('textarea')

if (form !== null) {
  document.addEventListener('keydown', (event) => {
    if (event.isComposing || event.repeat || event.altKey || event.metaKey) return
    if (document.querySelector('dialog[open]') !== null) return
    const { target } = event
    const field = target instanceof Element && target.closest('input, textarea, select, [contenteditable]')
    if (field && field !== reason) return
    if (event.ctrlKey && event.key === 'Enter') {
      event.preventDefault()
      form.requestSubmit(form.querySelector(field ? 'button:not(.primary)' : 'button.primary'))
    }
    if (!field && !event.ctrlKey && event.key.toLowerCase() === 'b') {
      event.preventDefault()
      reason.focus()
    }
  })
}
