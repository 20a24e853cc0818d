// The intake page: what follows from what is typed, scans, and keys. Without it the page still takes dossiers in.
const form = document.querySelector('form.intake')
const say = document.querySelector('.scan-say')
const WAIT_MS = 180
const RETRY_MS = 4000
/** What a citizen's card begins with: its number, then the old one or nothing. */
const SLOW_CARD = /\d{9,12}\|/
/** Of what was read so much is shown. */
const SHOWN_OF_SCAN = 40
const FOLLOWING = ['xem-han', 'xem-trung', 'xem-nguoi', 'xem-giay-to', 'xem-thieu']
/** Why no answer comes, and what the page does about it. */
const AWAY = {
  offline: { why: 'mất kết nối với máy chủ', ahead: 'hệ thống tự thử lại' },
  signedOut: { why: 'phiên làm việc đã hết', ahead: 'đăng nhập xong hệ thống tự tiếp tục' },
}
const SIGN_IN = { href: '/dang-nhap', words: 'Đăng nhập ở thẻ mới' }
/** Of either person on the form: the fields of a card, and what is not the next person's. */
const PEOPLE = {
  applicant: {
    number: 'idNumber',
    name: 'name',
    own: ['phone', 'email'],
    ticks: ['sitting', 'numberConfirmed'],
  },
  proxy: { number: 'proxyIdNumber', name: 'proxyName', own: ['proxyPhone'], ticks: [] },
}

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
  const atOnce = form.querySelector('button[value="at_once"]')
  let timer = 0
  let asked = 0
  let preview = Promise.resolve()
  let scans = Promise.resolve()
  let procedure = fields.papersOf?.value ?? ''

  const body = () => new URLSearchParams(new FormData(form))
  /** null, or why the server did not answer the last time. */
  let away = null
  /** Scans that the server has not read yet, oldest first, each with the field the cursor was in. */
  const unread = []
  let isUnsent = false
  const post = async (path, what) => {
    const answer = await fetch(path, { method: 'POST', body: what }).catch(() => null)
    const isSignedOut = answer?.status === 401 || answer?.redirected === true
    away = isSignedOut ? AWAY.signedOut : answer?.ok === true ? null : AWAY.offline
    if (away !== null) throw new Error(away.why)
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
  }
  const tellAway = () => {
    const { why, ahead } = away
    const what = isUnsent
      ? 'Chưa gửi được hồ sơ'
      : unread.length > 0
        ? 'Đã quét nhưng chưa đọc được'
        : 'Chưa tính lại được hạn trả'
    const kept = unread.length > 0 ? 'Lần quét và nội dung đã nhập' : 'Nội dung đã nhập'
    const end = isUnsent ? 'khi tiếp tục được, hãy bấm gửi lần nữa' : ahead
    tell(`${what}: ${why}. ${kept} vẫn còn; ${end}.`, {
      isWarning: true,
      link: away === AWAY.signedOut ? SIGN_IN : null,
    })
    say.dataset.away = ''
    clearTimeout(timer)
    timer = setTimeout(again, RETRY_MS)
  }
  const again = () => {
    scans = scans.then(readScans)
    return now()
  }
  /** The server answers again. */
  const tellBack = () => {
    if (unread.length > 0) {
      scans = scans.then(readScans)
      return
    }
    const [isSaid, wasUnsent] = [say.dataset.away !== undefined, isUnsent]
    isUnsent = false
    if (!isSaid) return
    say.hidden = !wasUnsent
    if (wasUnsent)
      tell('Đã nối lại được với máy chủ. Hồ sơ chưa được gửi: hãy bấm gửi lần nữa.', { isWarning: true })
  }
  // The cable is in again, or somebody comes back from the tab of the sign-in.
  for (const sign of ['online', 'focus']) addEventListener(sign, () => away !== null && again())

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
      put('xem-thieu', follows.missing)
      // Papers of another procedure are nobody's, whoever is typing in them.
      if (follows.procedure !== procedure) document.getElementById('xem-giay-to').innerHTML = follows.papers
      procedure = follows.procedure
      fields.fee.placeholder = follows.fee || 'theo thủ tục'
      atOnce.hidden = !follows.atOnce
      stale(false)
      tellBack()
    } catch {
      if (mine !== asked) return
      stale(true)
      tellAway()
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

  const tell = (words, { isWarning = false, link = null } = {}) => {
    delete say.dataset.away
    say.replaceChildren(words)
    if (link !== null) {
      const opening = document.createElement('a')
      opening.href = link.href
      opening.target = '_blank'
      opening.textContent = link.words
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
    form.querySelector('.procedure-choices')?.remove()
    fields.procedure.value = value
    return now()
  }

  /** Reads the scans in their order; what finds no connection is kept and read when there is one. */
  const readScans = async () => {
    while (unread.length > 0) {
      const { text, who } = unread[0]
      try {
        const scanned = await post(
          form.dataset.scan,
          new URLSearchParams({ unit: fields.unit.value, text, who }),
        )
        unread.shift()
        await take(scanned, text, who)
      } catch {
        return tellAway()
      }
    }
  }

  const take = async (scanned, text, who) => {
    const isUnknown = scanned.kind === 'unknown'
    const link = scanned.href === undefined ? null : { href: scanned.href, words: 'Mở hồ sơ' }
    tell(isUnknown ? `${scanned.say} ${readAs(text)}` : scanned.say, { isWarning: isUnknown, link })
    if (scanned.kind === 'procedure') await choose(scanned.value)
    if (scanned.kind === 'card') await takeCard(scanned.fields, PEOPLE[who])
  }

  /** Another person's card: nothing of the one before stays. The same card again, or none before: what was typed does. */
  const takeCard = (card, { number, name, own, ticks }) => {
    const before = fields[number].value.replace(/\D/g, '')
    if (before !== '' && before !== card[number]) {
      for (const each of own) fields[each].value = ''
      for (const each of ticks) if (fields[each] instanceof HTMLInputElement) fields[each].checked = false
      if (card[name] === '') fields[name].focus()
      return fill(card)
    }
    const isSame = before === card[number]
    const read = Object.entries(card).filter(
      ([each, value]) => value !== '' && !(isSame && fields[each].value),
    )
    const filled = fill(Object.fromEntries(read))
    if (fields[name].value === '') fields[name].focus()
    return filled
  }

  const scan = (text, at) => {
    unread.push({ text, who: at?.closest('.proxy') ? 'proxy' : 'applicant' })
    scans = scans.then(readScans)
  }
  form.addEventListener('scan', ({ detail }) => scan(detail, document.activeElement))
  // A scanner as slow as a hand: its text stands in a field, and is a scan all the same.
  form.addEventListener('change', ({ target }) => {
    if (!(target instanceof HTMLInputElement)) return
    const from = target.value.search(SLOW_CARD)
    if (from === -1) return
    const text = target.value.slice(from)
    target.value = target.value.slice(0, from)
    scan(text, target)
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
  const cameBack = form.querySelector('.form-refusal') !== null
  const isTyped = () => cameBack || [...form.elements].some(isChanged)
  addEventListener('beforeunload', (event) => {
    if (!isSent && (unread.length > 0 || isTyped())) event.preventDefault()
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
    send(event.submitter)
  })
  const send = async (submitter) => {
    // Where the server did not answer the last time it is asked before the page is left.
    if (away !== null || !navigator.onLine) again()
    else if (timer !== 0) now()
    for (let seen = []; seen[0] !== scans || seen[1] !== preview; ) {
      seen = [scans, preview]
      await Promise.all(seen)
    }
    if (away !== null) {
      isUnsent = true
      return tellAway()
    }
    isUnsent = false
    isSettled = true
    form.requestSubmit(submitter)
    isSettled = false
  }

  const press = (value) => form.requestSubmit(form.querySelector(`.intake-end button[value="${value}"]`))
  /** What is answered at once is known once the procedure is. */
  const pressAtOnce = async () => {
    if (timer !== 0) now()
    await Promise.all([scans, preview])
    if (!atOnce.hidden) press('at_once')
    else
      tell(
        'Chỉ trả ngay được thủ tục giải quyết ngay, nộp trực tiếp. Hãy chọn thủ tục, hoặc bấm Tiếp nhận và in.',
        {
          isWarning: true,
        },
      )
  }
  document.addEventListener('keydown', (event) => {
    if (event.isComposing) return
    if (event.key === 'Enter' && event.ctrlKey) {
      event.preventDefault()
      event.stopPropagation()
      if (event.altKey) return pressAtOnce()
      return press(event.shiftKey ? 'next' : 'accept')
    }
    if (event.ctrlKey || event.altKey || event.metaKey) return
    if (event.key === 'Escape') {
      say.hidden = true
      form.querySelector('.form-refusal')?.remove()
      document.activeElement?.blur()
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
  const wrong = cameBack ? form.querySelector('[autofocus]') : null
  ;(wrong?.closest('.intake-end') ?? wrong?.closest('.field'))?.scrollIntoView({ block: 'nearest' })
}
