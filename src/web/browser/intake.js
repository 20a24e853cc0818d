// The intake page: what follows from what is typed, scans, and keys. Without it the page still takes dossiers in.
const form = document.querySelector('form.intake')
const say = document.querySelector('.scan-say')
const WAIT_MS = 180
const RETRY_MS = 4000
/** What a citizen's card begins with: its number, then the old one or nothing. */
const SLOW_CARD = /\d{9,12}\|/
/** Of what was read so much is shown. */
const SHOWN_OF_SCAN = 40
const FOLLOWING = ['xem-han', 'xem-trung', 'xem-nguoi', 'xem-giay-to']
const NO_ANSWER =
  'Chưa tính lại được hạn trả và giấy tờ: mất kết nối với máy chủ. Nội dung đã nhập vẫn còn; hệ thống tự thử lại.'

const readAs = (text) =>
  `Đã đọc: “${text.length > SHOWN_OF_SCAN ? `${text.slice(0, SHOWN_OF_SCAN)}…` : text}”.`

/** Whether somebody has put something into a field since the page came. */
const isChanged = (field) => {
  if (field instanceof HTMLSelectElement) {
    const shown = [...field.options].findIndex(({ defaultSelected }) => defaultSelected)
    return field.selectedIndex !== Math.max(shown, 0)
  }
  if (field instanceof HTMLTextAreaElement) return field.value !== field.defaultValue
  if (!(field instanceof HTMLInputElement) || field.type === 'hidden') return false
  return field.value !== field.defaultValue || field.checked !== field.defaultChecked
}

if (form !== null) {
  const fields = form.elements
  let timer = 0
  let asked = 0
  let preview = Promise.resolve()
  let scans = Promise.resolve()
  let procedure = fields.papersOf?.value ?? ''

  const body = () => new URLSearchParams(new FormData(form))
  const post = async (path, what) => {
    const answer = await fetch(path, { method: 'POST', body: what })
    if (!answer.ok) throw new Error(String(answer.status))
    return answer.json()
  }

  /** Shows new content unless it says the same, or somebody is typing in it: then once they have left it. */
  const put = (id, html) => {
    const place = document.getElementById(id)
    if (place.dataset.shown === html || place.contains(document.activeElement)) return
    place.dataset.shown = html
    place.innerHTML = html
  }
  /** What follows is of what was typed before: said, seen, and asked again. */
  const stale = (is) => {
    for (const id of FOLLOWING) document.getElementById(id).classList.toggle('stale', is)
    if (is) tell(NO_ANSWER, true)
    else if (say.textContent === NO_ANSWER) say.hidden = true
  }

  const refresh = async () => {
    clearTimeout(timer)
    timer = 0
    asked += 1
    const mine = asked
    try {
      const follows = await post(form.dataset.preview, body())
      if (mine !== asked) return
      put('xem-han', follows.due)
      put('xem-trung', follows.radar)
      put('xem-nguoi', follows.person)
      // Papers of another procedure are nobody's, whoever is typing in them.
      if (follows.procedure !== procedure) document.getElementById('xem-giay-to').innerHTML = follows.papers
      procedure = follows.procedure
      fields.fee.placeholder = follows.fee || 'theo thủ tục'
      stale(false)
    } catch {
      if (mine !== asked) return
      stale(true)
      clearTimeout(timer)
      timer = setTimeout(now, RETRY_MS)
    }
  }
  const soon = () => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      preview = refresh()
    }, WAIT_MS)
  }
  const now = () => {
    preview = refresh()
    return preview
  }

  const tell = (words, isWarning = false, link = null) => {
    say.replaceChildren(words)
    if (link !== null) {
      const opening = document.createElement('a')
      opening.href = link
      opening.target = '_blank'
      opening.textContent = 'Mở hồ sơ'
      say.append(' ', opening)
    }
    say.classList.toggle('warn', isWarning)
    say.hidden = false
  }

  const fill = (values) => {
    for (const [name, value] of Object.entries(values)) fields[name].value = value
    return now()
  }

  const choose = (value) => {
    fields.procedure.value = value
    return now()
  }

  const takeScan = async (text) => {
    try {
      const scanned = await post(form.dataset.scan, new URLSearchParams({ unit: fields.unit.value, text }))
      const isUnknown = scanned.kind === 'unknown'
      tell(isUnknown ? `${scanned.say} ${readAs(text)}` : scanned.say, isUnknown, scanned.href ?? null)
      if (scanned.kind === 'procedure') await choose(scanned.value)
      if (scanned.kind === 'card') await takeCard(scanned.fields)
    } catch {
      tell('Đã quét nhưng chưa gửi được đến máy chủ. Hãy kiểm tra mạng rồi quét lại.', true)
    }
  }

  /** Another person's card: nothing of the one before stays. The same card again, or none before: what was typed does. */
  const takeCard = (card) => {
    const before = fields.idNumber.value.replace(/\D/g, '')
    if (before !== '' && before !== card.idNumber) {
      for (const name of ['phone', 'email']) fields[name].value = ''
      for (const name of ['sitting', 'numberConfirmed'])
        if (fields[name] instanceof HTMLInputElement) fields[name].checked = false
      if (card.name === '') fields.name.focus()
      return fill(card)
    }
    const isSame = before === card.idNumber
    const read = Object.entries(card).filter(
      ([name, value]) => value !== '' && !(isSame && fields[name].value),
    )
    const filled = fill(Object.fromEntries(read))
    if (fields.name.value === '') fields.name.focus()
    return filled
  }

  form.addEventListener('scan', ({ detail }) => {
    scans = scans.then(() => takeScan(detail))
  })
  // A scanner as slow as a hand: its text stands in a field, and is a scan all the same.
  form.addEventListener('change', ({ target }) => {
    if (!(target instanceof HTMLInputElement)) return
    const from = target.value.search(SLOW_CARD)
    if (from === -1) return
    const text = target.value.slice(from)
    target.value = target.value.slice(0, from)
    form.dispatchEvent(new CustomEvent('scan', { detail: text }))
  })
  form.addEventListener('input', soon)
  form.addEventListener('change', soon)
  form.addEventListener(
    'focusout',
    ({ target }) => FOLLOWING.some((id) => target.closest(`#${id}`)) && soon(),
  )
  form.addEventListener('click', (event) => {
    const button = event.target instanceof Element ? event.target.closest('button') : null
    if (button?.name === 'pick') {
      event.preventDefault()
      choose(button.value)
      fields.idNumber.focus()
    } else if (button?.dataset.fill !== undefined) {
      event.preventDefault()
      fields.phone.focus()
      fill(JSON.parse(button.dataset.fill))
    }
  })

  // Who leaves what was typed and not sent is asked.
  let isSent = false
  const isTyped = () => form.querySelector('.form-refusal') !== null || [...form.elements].some(isChanged)
  addEventListener('beforeunload', (event) => {
    if (!isSent && isTyped()) event.preventDefault()
  })
  addEventListener('pageshow', () => {
    isSent = false
  })

  // What is sent is what was shown: a scan or a preview under way comes first.
  let isSettled = false
  form.addEventListener('submit', (event) => {
    if (isSettled || event.submitter?.value === 'compute') {
      isSent = event.submitter?.formTarget !== '_blank'
      return
    }
    event.preventDefault()
    const { submitter } = event
    if (timer !== 0) now()
    const send = async () => {
      for (let seen = []; seen[0] !== scans || seen[1] !== preview; ) {
        seen = [scans, preview]
        await Promise.all(seen)
      }
      isSettled = true
      form.requestSubmit(submitter)
      isSettled = false
    }
    send()
  })

  const press = (value) => form.requestSubmit(form.querySelector(`.intake-end button[value="${value}"]`))
  document.addEventListener('keydown', (event) => {
    if (event.isComposing) return
    if (event.key === 'Enter' && event.ctrlKey) {
      event.preventDefault()
      event.stopPropagation()
      return press(event.shiftKey ? 'next' : 'accept')
    }
    if (event.ctrlKey || event.altKey || event.metaKey) return
    if (event.key === 'Escape') {
      say.hidden = true
      form.querySelector('.form-refusal')?.remove()
      return
    }
    const chip =
      /^F[1-8]$/.test(event.key) && form.querySelector(`.desk-chip[aria-keyshortcuts="${event.key}"]`)
    const known = event.key === 'F9' && form.querySelector('[data-fill]')
    if (!chip && !known) return
    event.preventDefault()
    ;(chip || known).click()
  })

  for (const button of form.querySelectorAll('.no-script')) button.hidden = true
}
