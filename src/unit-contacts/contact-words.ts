import type { UnitContact } from '../../db/queries/unit-contacts.ts'

/** 'số điện thoại 0220 3747 123; thư điện tử motcua@xa.gov.vn; địa chỉ thôn Ngọc Lâm'; null where nothing is said. */
export function contactWords(contact: UnitContact | null): string | null {
  const said = PARTS.flatMap(([name, label]) => (contact?.[name] ? [`${label} ${contact[name]}`] : []))
  return said.length === 0 ? null : said.join('; ')
}

const PARTS = [
  ['phone', 'số điện thoại'],
  ['email', 'thư điện tử'],
  ['address', 'địa chỉ'],
] as const satisfies readonly (readonly [keyof UnitContact, string])[]
