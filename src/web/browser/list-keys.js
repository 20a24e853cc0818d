// Keys on a list of dossiers: j and k move, Enter opens, x chooses (with Shift the whole stretch), a goes to whom to
// assign. Left alone while somebody types or an input method is composing.
const table = document.querySelector('table[data-keys]')
const rows = table === null ? [] : [...table.tBodies[0].rows]
const boxOf = (row) => row.querySelector('input[type="checkbox"]')
const boxes = rows.map(boxOf).filter((box) => box !== null)
const assignee = document.querySelector('.bulk select')
let current = -1
let lastBox = null

function isTyping({ target }) {
  return (
    target instanceof Element &&
    target.closest('input:not([type="checkbox"]), textarea, select, [contenteditable]')
  )
}

function moveTo(index) {
  current = Math.max(0, Math.min(rows.length - 1, index))
  rows[current].querySelector('a.code').focus()
}

/** The row the focus is in, else the one moved to last. */
function here() {
  const row = document.activeElement?.closest?.('tr')
  const at = rows.indexOf(row)
  if (at >= 0) current = at
  return current
}

function choose(box, isOn) {
  box.checked = isOn
  lastBox = box
}

/** From the box chosen last to this one, all as that one is. */
function chooseThrough(box) {
  const [from, to] = [boxes.indexOf(lastBox ?? box), boxes.indexOf(box)].sort((a, b) => a - b)
  const isOn = lastBox === null ? true : lastBox.checked
  for (const each of boxes.slice(from, to + 1)) each.checked = isOn
  lastBox = box
}

function tell() {
  for (const row of rows) row.classList.toggle('chosen', boxOf(row)?.checked === true)
  const n = boxes.filter((box) => box.checked).length
  const words = document.querySelector('[data-picked]')
  if (words !== null) words.textContent = n === 0 ? 'Chưa chọn hồ sơ nào.' : `Đã chọn ${n} hồ sơ.`
  const all = document.querySelector('[data-pick-all]')
  if (all !== null) {
    all.checked = n === boxes.length
    all.indeterminate = n > 0 && n < boxes.length
  }
}

const KEYS = {
  j: () => moveTo(here() + 1),
  k: () => moveTo(here() - 1),
  x: (event) => {
    const box = rows[here()] === undefined ? undefined : boxOf(rows[current])
    if (box == null) return
    if (event.shiftKey) chooseThrough(box)
    else choose(box, !box.checked)
    tell()
  },
  a: () => {
    if (assignee === null) return
    const box = rows[here()] === undefined ? null : boxOf(rows[current])
    if (box !== null && boxes.every((each) => !each.checked)) choose(box, true)
    tell()
    assignee.focus()
  },
}

if (rows.length > 0) {
  document.addEventListener('keydown', (event) => {
    if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey || isTyping(event)) return
    if (document.querySelector('dialog[open]') !== null) return
    const deed = KEYS[event.key.toLowerCase()]
    if (deed === undefined) return
    event.preventDefault()
    deed(event)
  })
  // In a box Enter would send the whole form.
  table.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.isComposing || !boxes.includes(event.target)) return
    event.preventDefault()
    event.target.closest('tr').querySelector('a.code').click()
  })
  table.addEventListener('click', (event) => {
    if (!boxes.includes(event.target)) return
    if (event.shiftKey && lastBox !== null) {
      lastBox.checked = event.target.checked
      chooseThrough(event.target)
    }
    lastBox = event.target
  })
  table.addEventListener('change', tell)
  document.querySelector('[data-key-hints]')?.removeAttribute('hidden')
  const all = document.querySelector('[data-pick-all]')
  all?.removeAttribute('hidden')
  all?.addEventListener('change', () => {
    for (const box of boxes) box.checked = all.checked
    tell()
  })
  if (boxes.length > 0) tell()
}
