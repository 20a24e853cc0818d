// Prints the paper shown in a frame: on its button (`p`), and by itself right after an intake, once.
const button = document.querySelector('a[data-print]')
const frame = button && document.getElementById(button.dataset.print)

if (frame instanceof HTMLIFrameElement) {
  const print = () => {
    try {
      frame.contentWindow.print()
    } catch {
      // A browser that shows no PDF in a frame: the paper in a window of its own can be printed from there.
      window.open(button.href, '_blank')
    }
  }
  button.addEventListener('click', (event) => {
    event.preventDefault()
    print()
  })
  if ('now' in button.dataset) {
    // Read again, the page does not print again.
    history.replaceState(null, '', location.pathname)
    if (
      frame.contentDocument?.readyState === 'complete' &&
      frame.contentWindow.location.href !== 'about:blank'
    )
      print()
    else frame.addEventListener('load', print, { once: true })
  }
}
