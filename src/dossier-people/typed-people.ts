import type { Paper } from '../../db/queries/papers.ts'
import type { ProcedureVersion } from '../catalogue/catalogue.ts'
import type { ReturnMode } from '../domain/life-cycle/dossier.ts'
import type { PersonView } from '../dossiers/masked-person.ts'
import type { PersonInput } from '../dossiers/record-person.ts'
import { hasProxy, RETURN_MODES, typedPapers, typedPerson, typedProxy } from '../intake/typed-intake.ts'
import type { Typed } from '../web/forms.ts'
import type { PeopleAmendment } from './amend-people.ts'

interface Stands {
  readonly applicant: PersonView | null
  readonly proxy: PersonView | null
  readonly papers: readonly Paper[]
  readonly returnMode: ReturnMode
}

/** The form as it first stands: what is recorded, in the fields of the intake. */
export function firstTyped(
  { applicant, proxy, papers, returnMode }: Stands,
  version: ProcedureVersion,
): Typed {
  const listed = new Map(version.components.map(({ name, position }) => [name, position]))
  const ticked = papers.flatMap(({ name, form, copies }) => {
    const position = listed.get(name)
    if (position === undefined) return []
    return [
      [`paper-${position}`, '1'],
      [`form-${position}`, form],
      [`copies-${position}`, String(copies)],
    ]
  })
  return {
    ...personTyped(applicant),
    ...(proxy !== null && {
      proxyName: proxy.name,
      proxyIdNumber: proxy.idNumber ?? '',
      proxyPhone: proxy.phone ?? '',
      proxyAddress: proxy.address ?? '',
    }),
    returnMode,
    ...Object.fromEntries(ticked),
    otherPapers: papers.flatMap(({ name }) => (listed.has(name) ? [] : [name])).join('; '),
  }
}

function personTyped(person: PersonView | null): Typed {
  if (person === null) return {}
  const { name, idNumber, birthYear, sex, phone, address, email } = person
  return {
    name,
    idNumber: idNumber ?? '',
    birthYear: birthYear === null ? '' : String(birthYear),
    sex: sex ?? '',
    phone: phone ?? '',
    address: address ?? '',
    email: email ?? '',
  }
}

/** What the form says is right. Refuses what cannot be read, field by field. */
export function typedAmendment(
  typed: Typed,
  { proxy, papers, returnMode }: Stands,
  version: ProcedureVersion,
  thisYear: number,
): PeopleAmendment {
  return {
    version: Number(typed['version']),
    applicant: typedPerson(typed, thisYear),
    proxy: hasProxy(typed) ? { ...unasked(proxy), ...typedProxy(typed) } : null,
    returnMode: RETURN_MODES.find((each) => each === typed['returnMode']) ?? returnMode,
    papers: typedPapers(typed, version).map((paper) => papers.find(asRecorded(paper, version)) ?? paper),
  }
}

/** What this form does not ask of a representative stays as it is. */
function unasked(proxy: PersonView | null): Pick<PersonInput, 'birthYear' | 'sex' | 'email'> {
  return {
    birthYear: proxy?.birthYear ?? undefined,
    sex: proxy?.sex ?? undefined,
    email: proxy?.email ?? undefined,
  }
}

/** Of a paper that is in no checklist only the name is typed. */
function asRecorded({ name, form, copies }: Paper, { components }: ProcedureVersion) {
  const isListed = components.some((component) => component.name === name)
  return (each: Paper) => each.name === name && (!isListed || (each.form === form && each.copies === copies))
}
