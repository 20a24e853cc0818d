// While an act's form is filled in, what it would do to the due date is asked for anew and shown beside it. The cursor
// begins in its first field, or on its button where nothing has to be said; Ctrl and Enter send it from anywhere.
const form = document.querySelector('[data-act-form] form')
const QUIET_MS = 250
let timer
let asked = 0

async function look(changed) {
  const mine = ++asked
  const body = new URLSearchParams(new FormData(form))
  body.set('look', '1')
  const answer = await fetch(form.action, { method: 'POST', body }).catch(() => null)
  // A newer question was asked meanwhile, or the dossier is no longer as the form knows it: sending it will tell.
  if (answer === null || mine !== asked || answer.status === 412) return
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
  const effect = page.querySelector('#tac-dong')
  if (effect === null) return
  document.querySelector('#tac-dong')?.replaceWith(document.adoptNode(effect))
  for (const field of form.querySelectorAll('.paired input, [name="daysShown"]')) {
    const told = page.querySelector(`[name="${field.name}"]`)
    if (told !== null && field !== changed) field.value = told.value
  }
}

if (form !== null && document.querySelector('#tac-dong') !== null) {
  form.querySelector('[data-look]').hidden = true
  form.addEventListener('input', (event) => {
    const field = event.target
    // Words change nothing about a date.
    if (field.matches('textarea') || event.isComposing) return
    // A date typed anew speaks for itself: the days beside it are asked for.
    if (field.name === 'appointmentOn') form.elements.daysShown.value = form.elements.appointmentDays.value
    clearTimeout(timer)
    timer = setTimeout(look, QUIET_MS, field)
  })
}

if (form !== null) {
  const send = form.querySelector('button.primary')
  const fields = [...form.querySelectorAll('input:not([type="hidden"]), select, textarea')]
  const first = fields.find((each) => each.closest('details') === null) ?? send
  if (document.activeElement === document.body) first.focus({ preventScroll: true })
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || !event.ctrlKey || event.shiftKey || event.isComposing || event.repeat) return
    if (document.querySelector('dialog[open]') !== null) return
    event.preventDefault()
    form.requestSubmit(send)
  })
}
