// Codes scanned one after the other: each is sent by itself while the next is typed, and only what changed is drawn anew.
// None is given up before it has been drawn: without a connection they wait, and whoever leaves the page is asked.
const form = document.querySelector('form[data-scan-list]')
const waiting = []
const RETRY_MS = 5000
let sending = null
let isLeaving = false

form?.addEventListener('submit', (event) => {
  const field = form.elements.namedItem('code')
  const button = event.submitter
  if (button?.getAttribute('value') === 'add' && field instanceof HTMLInputElement) {
    event.preventDefault()
    const code = field.value.trim()
    field.value = ''
    field.focus()
    take(code)
  } else if (waiting.length > 0) {
    // What is sent is what was scanned.
    event.preventDefault()
    sendAll().then(() => {
      // The list has been drawn anew, and with it the buttons in it.
      const same = `button[name="${button?.name}"][value="${button?.value}"]`
      if (waiting.length === 0) form.requestSubmit(form.querySelector(same))
    })
  } else isLeaving = true
})

form?.addEventListener('scan', ({ detail }) => take(detail.trim()))

addEventListener('beforeunload', (event) => {
  if (!isLeaving && (waiting.length > 0 || form?.elements.namedItem('codes')?.value)) event.preventDefault()
})

function take(code) {
  if (code.includes('|'))
    return say('Vừa quét một thẻ căn cước, không phải mã hồ sơ: chưa thêm gì vào danh sách.')
  if (code !== '') waiting.push(code)
  sendAll()
}

function sendAll() {
  sending ??= (async () => {
    try {
      while (waiting.length > 0) await sendFirst()
    } catch {
      tellWaiting()
      setTimeout(sendAll, RETRY_MS)
    } finally {
      sending = null
    }
  })()
  return sending
}

async function sendFirst() {
  const body = new URLSearchParams(new FormData(form))
  body.set('code', waiting[0])
  body.set('do', 'add')
  const reply = await fetch(form.action, { method: 'POST', body })
  const page = new DOMParser().parseFromString(await reply.text(), 'text/html')
  const drawn = page.querySelector('[data-scanned]')
  if (drawn === null) throw new Error('another page')
  document.querySelector('[data-scanned]').replaceWith(drawn)
  waiting.shift()
}

function tellWaiting() {
  say(
    `${waiting.length} mã vừa quét chưa gửi được, vẫn giữ ở đây và tự gửi lại. Hãy kiểm tra mạng; nếu phiên làm việc đã hết, hãy đăng nhập lại ở một thẻ khác của trình duyệt.`,
  )
}

function say(words) {
  const said = document.querySelector('[data-waiting]') ?? document.createElement('p')
  said.className = 'form-refusal'
  said.setAttribute('role', 'alert')
  said.dataset.waiting = ''
  if (said.textContent !== words) said.textContent = words
  if (!said.isConnected) document.querySelector('[data-scanned]').prepend(said)
}
