// Dossiers under the search field while one types; arrows choose, Enter opens. Without this the form does the same.
const field = document.querySelector('#search[data-suggest]')

if (field !== null) {
  const box = document.createElement('div')
  box.className = 'suggestions'
  box.hidden = true
  field.form.append(box)
  for (const [name, value] of Object.entries({
    role: 'combobox',
    'aria-autocomplete': 'list',
    'aria-expanded': 'false',
    'aria-controls': 'search-options',
  }))
    field.setAttribute(name, value)

  const PAUSE_MS = 120
  const SHORTEST = 2
  let timer = 0
  let asking = new AbortController()
  let chosen = -1
  const options = () => [...box.querySelectorAll('[role="option"]')]

  const close = () => {
    asking.abort()
    box.hidden = true
    chosen = -1
    field.setAttribute('aria-expanded', 'false')
    field.removeAttribute('aria-activedescendant')
  }

  const choose = (index) => {
    const all = options()
    if (all.length === 0) return
    chosen = (index + all.length) % all.length
    for (const [at, option] of all.entries()) option.setAttribute('aria-selected', String(at === chosen))
    field.setAttribute('aria-activedescendant', all[chosen].id)
    all[chosen].scrollIntoView({ block: 'nearest' })
  }

  /** A dossier; the last option is the whole search. */
  const open = ({ dataset: { href } }) => (href ? location.assign(href) : field.form.requestSubmit())

  const ask = async () => {
    const q = field.value.trim()
    if (q.length < SHORTEST) return close()
    asking.abort()
    asking = new AbortController()
    try {
      const answer = await fetch(field.dataset.suggest, {
        method: 'POST',
        body: new URLSearchParams({ q }),
        signal: asking.signal,
      })
      if (!answer.ok || answer.redirected) return close()
      box.innerHTML = await answer.text()
    } catch {
      return
    }
    chosen = -1
    field.removeAttribute('aria-activedescendant')
    box.hidden = false
    field.setAttribute('aria-expanded', String(options().length > 0))
  }

  const askSoon = () => {
    clearTimeout(timer)
    timer = setTimeout(ask, PAUSE_MS)
  }

  field.addEventListener('input', (event) => {
    if (!event.isComposing) askSoon()
  })
  field.addEventListener('compositionend', askSoon)
  field.addEventListener('keydown', (event) => {
    if (event.isComposing || box.hidden) return
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      choose(chosen + (event.key === 'ArrowDown' ? 1 : chosen < 0 ? 0 : -1))
    }
    if (event.key === 'Escape') {
      event.preventDefault()
      close()
    }
    if (event.key === 'Enter' && chosen >= 0) {
      event.preventDefault()
      open(options()[chosen])
    }
  })
  box.addEventListener('pointerdown', (event) => {
    const option = event.target.closest('[role="option"]')
    if (option === null) return
    event.preventDefault()
    open(option)
  })
  field.addEventListener('blur', close)
}
