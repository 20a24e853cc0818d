// A scanner types as a keyboard does, only faster. On a page that takes scans (`data-scan`) such a burst is caught
// wherever the cursor is; what it had typed into a field by then is taken out again, and `scan` tells the page the text.
// On any other page it is looked for like what is typed into the search, unless the cursor is in a field: the keys of the
// page, Enter among them, would do something to a dossier that is not in the hand.
const FASTEST_TYPIST_MS = 35
const SURELY_SCANNED = 20
const SHORTEST_SCAN = 6
/** Characters after which it is a burst already: what follows is kept out of the field. */
const HELD_FROM = 4
/** Between the last character and Enter, as scanners are set. */
const END_MS = 120
/** After which nothing more comes, also where a slow machine hands keys on late. */
const SILENCE_MS = 300

const page = document.querySelector('[data-scan]')
const search = document.querySelector('form.search')
let text = ''
let last = 0
let before = null
let timer = 0

if (page !== null || search !== null) document.addEventListener('keydown', listen, { capture: true })

function listen(event) {
  if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return settle()
  if (page === null && isTypedInto(event.target)) return forget()
  const gap = event.timeStamp - last
  const isFast = text !== '' && gap < FASTEST_TYPIST_MS
  if (event.key === 'Enter' || event.key === 'Tab') {
    if (text.length < SHORTEST_SCAN || gap > END_MS) return settle()
    hold(event)
    return finish()
  }
  if (event.key === 'Shift' || event.key === 'CapsLock') return
  if (event.key === 'Backspace' && isFast) {
    // An input method of the system rewrites what it takes for typing: it deletes and types anew.
    if (text.length > HELD_FROM) hold(event)
    text = text.slice(0, -1)
    last = event.timeStamp
    return
  }
  if (event.key.length !== 1 || event.repeat) return settle()
  if (!isFast) {
    settle()
    // Codes and cards begin with a digit or a capital; keys of pages are small letters, however fast they are pressed.
    if (page === null && !/[\dA-Z]/.test(event.key)) return
    begin(event.target)
  }
  text += event.key
  last = event.timeStamp
  if (text.length > HELD_FROM) hold(event)
  clearTimeout(timer)
  timer = setTimeout(settle, SILENCE_MS)
}

function isTypedInto(target) {
  return target instanceof Element && target.closest('input, textarea, select, [contenteditable]') !== null
}

function begin(target) {
  const isField = target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement
  before = isField
    ? { field: target, value: target.value, at: target.selectionStart, to: target.selectionEnd }
    : null
}

function hold(event) {
  event.preventDefault()
  event.stopImmediatePropagation()
}

/** Nothing more comes: long enough it was a scan without a final Enter, else somebody typed fast and gets it back. */
function settle() {
  if (text.length >= SURELY_SCANNED) return finish()
  if (text.length > HELD_FROM && before !== null) {
    const { field, value, at, to } = before
    field.value = value.slice(0, at ?? value.length) + text + value.slice(to ?? value.length)
    const end = (at ?? value.length) + text.length
    if (at !== null) field.setSelectionRange(end, end)
    field.dispatchEvent(new Event('input', { bubbles: true }))
  }
  forget()
}

function finish() {
  const scanned = text
  if (before !== null) {
    before.field.value = before.value
    before.field.dispatchEvent(new Event('input', { bubbles: true }))
  }
  forget()
  if (page !== null) page.dispatchEvent(new CustomEvent('scan', { detail: scanned }))
  else {
    // Of a citizen's card the number: no more of it stands in an address.
    search.elements.namedItem('q').value = scanned.split('|')[0]
    search.requestSubmit()
  }
}

function forget() {
  clearTimeout(timer)
  text = ''
  before = null
}
