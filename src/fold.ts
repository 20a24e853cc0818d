/**
 * Vietnamese text without its marks, in lower case: how names are compared and found.
 * SQLite's own folding leaves đ alone, so the stored column and the query are folded here alike.
 * Example: `fold('Nguyễn Thị Đào')` is `'nguyen thi dao'`.
 */
export function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[đĐ]/g, 'd')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim()
}
