// A link or button that names a key (`data-key`) is opened by it; on a page with `data-page-keys` Enter goes to that of
// s. Never while somebody types, an input method is composing, a dialog is open, or a control has the focus that has its
// own use for Enter.
document.addEventListener('keydown', (event) => {
  if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return
  if (document.querySelector('dialog[open]') !== null) return
  const at = event.target instanceof Element ? event.target : null
  if (at?.closest('input, textarea, select, [contenteditable]')) return
  const isEnter = event.key === 'Enter' && document.querySelector('[data-page-keys]') !== null
  if (isEnter && (event.shiftKey || at?.closest('a, button, summary, [tabindex="0"]'))) return
  const key = isEnter ? 's' : event.key
  // The page's own comes before that of the frame around it.
  const named = [...document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)]
  const chosen = named.find((each) => each.closest('main')) ?? named[0]
  if (chosen === undefined) return
  event.preventDefault()
  chosen.click()
})
