// A link or button that names a key (`data-key`) is opened by it; left alone while somebody types or composes.
document.addEventListener('keydown', (event) => {
  if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return
  if (event.target instanceof Element && event.target.closest('input, textarea, select, [contenteditable]'))
    return
  // The page's own comes before that of the frame around it.
  const named = [...document.querySelectorAll(`[data-key="${CSS.escape(event.key)}"]`)]
  const chosen = named.find((each) => each.closest('main')) ?? named[0]
  if (chosen === undefined) return
  event.preventDefault()
  chosen.click()
})
