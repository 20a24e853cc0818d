// A scanner types as a keyboard does, only faster. On a page that takes scans (`data-scan`) such a burst is caught
// wherever the cursor is; what it had typed into a field by then is taken out again, and `scan` tells the page the text.
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
let text = ''
let last = 0
let before = null
let timer = 0

if (page !== null) document.addEventListener('keydown', listen, { capture: true })

function listen(event) {
  if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return settle()
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
    begin(event.target)
  }
  text += event.key
  last = event.timeStamp
  if (text.length > HELD_FROM) hold(event)
  clearTimeout(timer)
  timer = setTimeout(settle, SILENCE_MS)
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
  page.dispatchEvent(new CustomEvent('scan', { detail: scanned }))
}

function forget() {
  clearTimeout(timer)
  text = ''
  before = null
}
