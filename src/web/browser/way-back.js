// Esc on a dossier leads back to the list it was opened from, with its filter, order and page; acts in between change
// nothing about that. Without a list it is the search.
const LISTS = /^\/(viec|ho-so|truc-tuyen|bao-cao\/[^/]+\/ho-so|cuoi-ngay|quan-tri\/khep-muon)?$/
const KEPT = 'list'
const back = document.querySelector('[data-back]')

if (back !== null) {
  const from = document.referrer === '' ? null : new URL(document.referrer)
  if (from?.origin === location.origin && LISTS.test(from.pathname))
    sessionStorage.setItem(KEPT, from.pathname + from.search)
  back.href = sessionStorage.getItem(KEPT) ?? back.href
}
