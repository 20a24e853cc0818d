// A paper is looked at before it is printed. Its link (`data-paper`) shows it over the page; one that an act calls for
// (`data-now`) shows by itself, once. Right after an intake it stands in a frame of the page (`data-print`) and prints by
// itself. A browser that shows no PDF follows the link.
const dialog = document.querySelector('#paper')
const [title, words] = ['h2', '[role="status"]'].map((each) => dialog?.querySelector(each))
const [beside, printer] = ['a', '[data-print-shown]'].map((each) => dialog?.querySelector(each))
let source = null
/** The frame or the picture, and the address of what is in it. */
let shown = null
let address = ''
let isPrintWanted = false

document.addEventListener('click', (event) => {
  const link = event.target instanceof Element ? event.target.closest('[data-paper]') : null
  if (link === null || event.ctrlKey || event.metaKey || event.shiftKey) return
  if (dialog === null || !navigator.pdfViewerEnabled) return
  event.preventDefault()
  look(link)
})

async function look(link) {
  putAway()
  source = link
  title.textContent = link.dataset.paper
  words.textContent = 'Đang mở…'
  beside.hidden = !link.href
  if (link.href) beside.href = link.href
  printer.hidden = false
  dialog.showModal()
  printer.focus()
  try {
    const answer = await asked(link)
    if (/^(application\/pdf|image\/)/.test(answer.headers.get('content-type') ?? '')) {
      const bytes = await answer.blob()
      // Closed meanwhile, or another is looked at.
      if (source === link) show(bytes)
    } else if (source === link) await sayWhy(answer)
  } catch {
    sayNo('Không nối được với máy chủ. Kiểm tra mạng, đóng lại rồi mở lần nữa.')
  }
}

/** A button asks for the paper of what is typed in its form. */
function asked(link) {
  if (link.href) return fetch(link.href)
  const { form } = link
  const to = link.getAttribute('formaction') ?? form.getAttribute('action')
  return fetch(to, { method: 'POST', body: new URLSearchParams(new FormData(form, link)) })
}

function show(bytes) {
  address = URL.createObjectURL(bytes)
  shown = bytes.type.startsWith('image/') ? picture() : paper()
  shown.addEventListener('load', () => {
    words.textContent = ''
    shown.classList.add('loaded')
    if (isPrintWanted) print(shown, address)
  })
  dialog.append(shown)
}

function picture() {
  const made = document.createElement('img')
  made.alt = `Nội dung tệp ${source.dataset.paper}`
  made.src = address
  printer.hidden = true
  return made
}

function paper() {
  const made = document.createElement('iframe')
  made.title = `Xem trước: ${source.dataset.paper}`
  // Without the tools of the browser, which would call it by a random name.
  made.src = `${address}#toolbar=0&navpanes=0`
  return made
}

/** No paper came: a refusal is read here, where nothing is lost; a form says at its fields what is wrong; who was signed out signs in. */
async function sayWhy(answer) {
  const link = source
  if (link.form) {
    delete link.dataset.paper
    link.formTarget = '_self'
    link.click()
  } else if (answer.ok) location.assign(link.href)
  else {
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
    sayNo(...page.querySelector('main').childNodes)
  }
}

function sayNo(...why) {
  words.replaceChildren(...why)
  printer.hidden = beside.hidden = true
  dialog.querySelector('form button').focus()
}

function print(frame, address) {
  try {
    frame.contentWindow.print()
  } catch {
    // A browser that lets no page print its frame: the paper in a window of its own can be printed from there.
    window.open(address, '_blank')
  }
}

printer?.addEventListener('click', () => {
  isPrintWanted = shown?.classList.contains('loaded') !== true
  if (!isPrintWanted) print(shown, address)
})

// A click beside it closes it, as Esc does.
dialog?.addEventListener('click', (event) => {
  if (event.target === dialog) dialog.close()
})

dialog?.addEventListener('close', () => {
  // Told late: by now another may be looked at.
  if (dialog.open) return
  const wasIssued = shown !== null && new URL(beside.href, location.href).pathname.includes('/giay-to/')
  putAway()
  if (wasIssued) readPapersAgain()
})

function putAway() {
  shown?.remove()
  URL.revokeObjectURL(address)
  source = shown = null
  isPrintWanted = false
}

/** What was printed a moment ago no longer says that it was not. */
async function readPapersAgain() {
  const papers = document.querySelector('#giay-to')
  if (papers === null) return
  const answer = await fetch(location.pathname).catch(() => null)
  if (answer?.ok !== true) return
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
  const now = page.querySelector('#giay-to')
  const at = papers.contains(document.activeElement) ? document.activeElement.getAttribute('href') : null
  if (now !== null) papers.replaceWith(now)
  if (at !== null) now?.querySelector(`[href="${CSS.escape(at)}"]`)?.focus()
}

/** Read again, the page neither shows nor prints it again: what had happened (`vua`, `in`) leaves its address. */
function onceOnly() {
  const here = new URL(location.href)
  for (const name of ['vua', 'in']) here.searchParams.delete(name)
  history.replaceState(null, '', here)
}

const called = document.querySelector('[data-paper][data-now]')
if (called !== null) {
  onceOnly()
  called.focus()
  called.click()
}

const button = document.querySelector('a[data-print]')
const standing = button && document.getElementById(button.dataset.print)
if (standing instanceof HTMLIFrameElement) {
  const printIt = () => print(standing, button.href)
  button.addEventListener('click', (event) => {
    event.preventDefault()
    printIt()
  })
  if ('now' in button.dataset) {
    onceOnly()
    const isThere =
      standing.contentDocument?.readyState === 'complete' &&
      standing.contentWindow.location.href !== 'about:blank'
    if (isThere) printIt()
    else standing.addEventListener('load', printIt, { once: true })
  }
}
