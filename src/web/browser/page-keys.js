// Keys of a page that names them: `data-key="s"` on a link is followed when s is pressed, Enter goes to that of s. Never
// while somebody types, an input method is composing, or a control has the focus that has its own use for the key.
const page = document.querySelector('[data-page-keys]')

document.addEventListener('keydown', (event) => {
  if (page === null || event.isComposing || event.defaultPrevented) return
  if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return
  const at = event.target instanceof Element ? event.target : null
  if (at?.closest('input, textarea, select, [contenteditable]')) return
  if (event.key === 'Enter' && at?.closest('a, button, summary, [tabindex="0"]')) return
  const key = event.key === 'Enter' ? 's' : event.key
  const link = [...document.querySelectorAll('[data-key]')].find((each) => each.dataset.key === key)
  if (link === undefined) return
  event.preventDefault()
  link.click()
})

// The paper that an act calls for opens by itself where the browser lets it; its address is on the page all the same.
const paper = document.querySelector('[data-open-now]')
if (paper !== null) {
  history.replaceState(null, '', location.pathname)
  window.open(paper.href, '_blank', 'noopener')
  paper.focus()
}
