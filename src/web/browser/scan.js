// A scanner types as a keyboard does, only faster; and it stumbles, and some are slow. On a page that takes scans
// (`data-scan`) what it types is caught wherever the cursor is, and `scan` tells the page the text. What had got into a
// field before it was known for a scan is taken out again; nothing else is held back there, so that whoever types fast, or
// with an input method, loses nothing. Where there is no field, all but the first key of a run is kept from the page: its
// keys would do something to a dossier that is not in the hand. They are given back where it was no scan.
// On any other page a scan is looked for like what is typed into the search, unless the cursor is in a text field.
const FASTEST_TYPIST_MS = 35
/** Longer, and what follows is of another run; also before the final Enter, as scanners are set. */
const RUN_MS = 120
/** After which nothing more comes of what is known for a scan. */
const SILENCE_MS = 300
/** The same where a slow machine hands keys on late. */
const LATE_MS = 600
// Before any run.
const LONG_AGO_MS = 1e6
const SURELY_SCANNED = 20
const SHORTEST_SCAN = 6
/** Of the gaps in a scan so many at most may be as long as those of a typist. */
const STUMBLES = 1 / 4
/** What a citizen's card begins with: its number, then the old one or nothing. Nobody types that. */
const CARD = /\d{9,12}\|/
/** Of a run only so much can be a scan. */
const LONGEST = 600
const TEXTLESS = /^(button|checkbox|color|file|hidden|image|radio|range|reset|submit)$/
/** Keys that type nothing themselves: an input method will, or another key with them. */
const SILENT = new Set(['Shift', 'CapsLock', 'Alt', 'AltGraph', 'Process', 'Unidentified', 'Packet'])

const page = document.querySelector('[data-scan]')
const search = document.querySelector('form.search')
/** What was typed without a pause: each with the time, and what stood in the field before it. */
let run = []
let isScan = false
/** The character that the key pressed last is about to put into the field. */
let coming = ''
let timer = 0
let isGivingBack = false

if (page !== null || search !== null) {
  document.addEventListener('keydown', listen, { capture: true })
  document.addEventListener('beforeinput', hear, { capture: true })
}

function listen(event) {
  if (isGivingBack) return
  if (event.isComposing) return forget()
  if (event.ctrlKey || event.metaKey) return settle()
  if (event.altKey || SILENT.has(event.key)) return
  if (isTextField(event.target) && (page === null || isOfList(event.target))) return forget()
  if (isOver(event.timeStamp)) settle()
  if (event.key === 'Enter' || event.key === 'Tab') {
    if (!isScan && !isTypedByNoHand()) return settle()
    hold(event)
    return finish()
  }
  if (event.key === 'Backspace' && run.length > 0) {
    // An input method of the system rewrites what it takes for typing: it deletes and types anew.
    if (isScan) hold(event)
    run.pop()
    return
  }
  if (event.key.length !== 1 || event.repeat) return settle()
  const isField = isTextField(event.target) || event.target instanceof HTMLSelectElement
  // Codes and cards begin with a digit or a capital; keys of pages are small letters, however fast they are pressed.
  if (!isField && run.length === 0 && !/[\dA-Z]/.test(event.key)) return
  const isHeld = isScan || (!isField && run.length > 0)
  if (isHeld) hold(event)
  coming = isField && !isHeld ? event.key : ''
  add(event.key, event, { isHeld, before: isField ? stateOf(event.target) : null })
}

/** Text that comes without a key of its own is part of the run in its place. */
function hear(event) {
  const { target, inputType, data } = event
  if (page === null || !isTextField(target) || isOfList(target)) return
  if (event.isComposing || inputType === 'insertCompositionText') return forget()
  if (inputType !== 'insertText' || !data) return
  const isOfKey = data === coming
  coming = ''
  if (isOfKey) return
  // Words at once are dictated or completed.
  if (isOver(event.timeStamp) || data.length > 1) settle()
  if (data.length > 1) return
  if (isScan) hold(event)
  add(data, event, { isHeld: isScan, before: stateOf(target) })
}

function add(text, { target, timeStamp }, { isHeld, before }) {
  if (run.length === 0 && before !== null) run = digitsIn(before, target)
  run.push({ text, target, at: timeStamp, isHeld, before })
  if (run.length > LONGEST) run.shift()
  isScan ||= isSurelyScanned()
  clearTimeout(timer)
  timer = setTimeout(settle, LATE_MS)
}

/** The digits that stand before the cursor: of a card, if its scanner stopped for a while. */
function digitsIn({ field, value, at }, target) {
  const [digits = ''] = (at === null ? null : /\d{1,12}$/.exec(value.slice(0, at))) ?? []
  return [...digits].map((text, n) => {
    const left = digits.length - n
    const before = { field, value: value.slice(0, at - left) + value.slice(at), at: at - left, to: at - left }
    return { text, target, at: -left * LONG_AGO_MS, isHeld: false, before }
  })
}

function isOver(now) {
  return run.length > 0 && now - run.at(-1).at > (isScan ? SILENCE_MS : RUN_MS)
}

function isSurelyScanned() {
  return CARD.test(textOf(run)) || (scanned().length >= SURELY_SCANNED && isTypedByNoHand())
}

/** Where there is no field nobody types at all; into one, words may be put by other means than a hand. */
function isTypedByNoHand() {
  const strokes = scanned()
  if (strokes.length < SHORTEST_SCAN) return false
  if (isOnPage()) return true
  if (/^[^|]* [^|]*$/.test(textOf(strokes))) return false
  const slow = strokes.filter(({ at }, n) => n > 0 && at - strokes[n - 1].at >= FASTEST_TYPIST_MS).length
  return slow <= strokes.length * STUMBLES
}

/** The strokes of the run that are the scanner's. */
function scanned() {
  const card = textOf(run).search(CARD)
  return card >= 0 && !isOnPage() ? run.slice(card) : run.filter(({ at }) => at >= 0)
}

function isOnPage() {
  return run.every(({ before }) => before === null)
}

function textOf(strokes) {
  return strokes.map(({ text }) => text).join('')
}

/** Nothing more comes: it was a scan without a final Enter, or somebody typed and gets back what was kept from the page. */
function settle() {
  if (isScan || (isOnPage() && isTypedByNoHand())) return finish()
  const kept = run.filter(({ isHeld }) => isHeld)
  forget()
  isGivingBack = true
  for (const { text: key, target } of kept)
    target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
  isGivingBack = false
}

function finish() {
  const strokes = scanned()
  const text = textOf(strokes)
  forget()
  const touched = new Set()
  for (const { before } of strokes.toReversed()) {
    if (before === null) continue
    restore(before)
    touched.add(before.field)
  }
  for (const field of touched) field.dispatchEvent(new Event('input', { bubbles: true }))
  if (page !== null) page.dispatchEvent(new CustomEvent('scan', { detail: text }))
  else {
    // Of a citizen's card the number: no more of it stands in an address.
    search.elements.namedItem('q').value = text.split('|')[0]
    search.requestSubmit()
  }
}

function forget() {
  clearTimeout(timer)
  run = []
  isScan = false
  coming = ''
}

function hold(event) {
  event.preventDefault()
  event.stopImmediatePropagation()
}

function isTextField(target) {
  if (target instanceof HTMLInputElement) return !TEXTLESS.test(target.type)
  return target instanceof HTMLTextAreaElement
}

/** The field that is there to scan into takes a scan by itself. */
function isOfList(field) {
  return field.closest('[data-scan-list]') !== null
}

/** A field takes letters as text, a choice as the beginning of one of its words. */
function stateOf(field) {
  return { field, value: field.value, at: field.selectionStart ?? null, to: field.selectionEnd ?? null }
}

function restore({ field, value, at, to }) {
  field.value = value
  if (at !== null) field.setSelectionRange(at, to)
}
