// Codes scanned one after the other: each is sent by itself while the next is typed, and only what changed is drawn anew.
const form = document.querySelector('form[data-scan-list]')
const waiting = []
let isBusy = false

form?.addEventListener('submit', (event) => {
  const field = form.elements.namedItem('code')
  if (event.submitter?.getAttribute('value') !== 'add' || !(field instanceof HTMLInputElement)) return
  event.preventDefault()
  if (field.value.trim() !== '') waiting.push(field.value)
  field.value = ''
  field.focus()
  sendNext()
})

async function sendNext() {
  if (isBusy || waiting.length === 0) return
  isBusy = true
  const body = new URLSearchParams(new FormData(form))
  body.set('code', waiting.shift())
  body.set('do', 'add')
  try {
    const reply = await fetch(form.action, { method: 'POST', body })
    const page = new DOMParser().parseFromString(await reply.text(), 'text/html')
    const drawn = page.querySelector('[data-scanned]')
    if (drawn === null) location.reload()
    else document.querySelector('[data-scanned]').replaceWith(drawn)
  } catch {
    location.reload()
  } finally {
    isBusy = false
  }
  sendNext()
}
