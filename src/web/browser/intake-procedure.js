// The field of the procedure: a list that narrows while one types, by code or by the beginnings of words, with marks or
// without. Without this script the browser's own list does.
const field = document.querySelector('form.intake #f-procedure')
const source = document.querySelector('#thu-tuc')
const SHOWN = 8

const fold = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐ]/g, 'd').toLowerCase()
const wordsOf = (text) => fold(text).match(/[\p{L}\d]+(?:\.[\p{L}\d]+)*/gu) ?? []

if (field !== null && source !== null) {
  const all = [...source.options].map(({ value }) => ({ value, words: wordsOf(value) }))
  const list = document.createElement('ul')
  list.id = 'thu-tuc-tim'
  list.className = 'found'
  list.setAttribute('role', 'listbox')
  list.setAttribute('aria-label', 'Thủ tục')
  list.hidden = true
  field.parentElement.append(list)
  field.removeAttribute('list')
  field.setAttribute('role', 'combobox')
  field.setAttribute('aria-autocomplete', 'list')
  field.setAttribute('aria-controls', list.id)
  field.setAttribute('aria-expanded', 'false')
  let found = []
  let at = 0

  const close = () => {
    list.hidden = true
    field.setAttribute('aria-expanded', 'false')
    field.removeAttribute('aria-activedescendant')
  }
  const mark = () => {
    for (const [n, item] of [...list.children].entries()) item.setAttribute('aria-selected', String(n === at))
    if (list.children[at]) field.setAttribute('aria-activedescendant', list.children[at].id)
  }
  const choose = (value) => {
    field.value = value
    close()
    field.dispatchEvent(new Event('change', { bubbles: true }))
  }
  const narrow = () => {
    const parts = wordsOf(field.value)
    const isChosen = all.some(({ value }) => value === field.value)
    found =
      field.value.trim() === '' || isChosen
        ? []
        : all
            .filter(({ words }) => parts.every((part) => words.some((word) => word.startsWith(part))))
            .sort((a, b) => a.value.length - b.value.length)
            .slice(0, SHOWN)
    at = 0
    list.replaceChildren(
      ...found.map(({ value }, n) => {
        const item = document.createElement('li')
        item.id = `thu-tuc-tim-${n}`
        item.setAttribute('role', 'option')
        item.textContent = value
        item.addEventListener('mousedown', (event) => {
          event.preventDefault()
          choose(value)
        })
        return item
      }),
    )
    list.hidden = found.length === 0
    field.setAttribute('aria-expanded', String(found.length > 0))
    mark()
  }
  field.addEventListener('input', narrow)
  field.addEventListener('blur', close)
  field.addEventListener('keydown', (event) => {
    if (event.isComposing || list.hidden) return
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      at = (at + (event.key === 'ArrowDown' ? 1 : found.length - 1)) % found.length
      mark()
    } else if (event.key === 'Enter' || event.key === 'Tab') {
      choose(found[at].value)
    } else if (event.key === 'Escape') {
      event.stopPropagation()
      close()
    }
  })
}
