// A button that copies a text, or what stands in a field; it says so for four seconds. Without this script there is none.
const SAID_FOR_MS = 4000

for (const button of document.querySelectorAll('[data-copy-text], [data-copy]')) {
  const words = button.textContent
  let timer
  button.hidden = false
  button.setAttribute('aria-live', 'polite')
  button.addEventListener('click', async () => {
    const field = button.dataset.copy === undefined ? null : document.querySelector(button.dataset.copy)
    const copied = await copy(field?.value ?? button.dataset.copyText ?? '', field)
    button.textContent = copied ? 'Đã chép' : 'Hãy bấm Ctrl C'
    clearTimeout(timer)
    timer = setTimeout(() => {
      button.textContent = words
    }, SAID_FOR_MS)
  })
}

// Over plain HTTP the clipboard is closed to pages: what is to be copied is selected, or copied the old way.
async function copy(text, field) {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    const area = field ?? document.body.appendChild(document.createElement('textarea'))
    if (field === null) area.value = text
    area.select()
    const copied = document.execCommand('copy')
    if (field === null) area.remove()
    return copied
  }
}
