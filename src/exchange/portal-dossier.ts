import type { StoredDossier } from '../../db/queries/dossiers.ts'
import { papersOf } from '../../db/queries/papers.ts'
import { findPersonById } from '../../db/queries/persons.ts'
import { eventsOf, type TimelineEvent } from '../../db/queries/timeline.ts'
import { NATIONAL_PORTAL } from '../../db/seeds/national-portal.ts'
import { type Catalogue, catalogueOf } from '../catalogue/catalogue.ts'
import { unitName } from '../catalogue/unit-choices.ts'
import type { Deps } from '../deps.ts'
import { localDayOf } from '../domain/calendar/day.ts'
import { nationalCodeOf } from '../domain/life-cycle/life-cycle.ts'
import { interimCode } from '../dossiers/slip-numbers.ts'
import { rebuild } from '../dossiers/store-change.ts'
import { portalMoment } from './portal-words.ts'

/** A dossier in the portal's fields (`DongBoHoSoMC`). The promised appointment goes out, the due date stays inside. */
export function portalDossier({ db }: Pick<Deps, 'db'>, dossier: StoredDossier) {
  const catalogue = catalogueOf(db)
  const procedure = catalogue.procedureById.get(dossier.procedureId)
  const field = procedure && catalogue.fieldById.get(procedure.fieldId)
  const events = dossier.supplementCount > 0 ? eventsOf(db, dossier.id) : []
  return {
    MaHoSo: portalCode(dossier),
    MaTam: interimCode(dossier),
    MaTTHC: procedure?.code ?? '',
    TenTTHC: procedure?.name ?? '',
    MaLinhVuc: field?.code ?? '',
    TenLinhVuc: field?.name ?? '',
    KenhThucHien: NATIONAL_PORTAL.channel[dossier.channel],
    ChuHoSo: dossier.applicantId === null ? '' : (findPersonById(db, dossier.applicantId)?.name ?? ''),
    NgayNopHoSo: portalMoment(dossier.submittedAt),
    NgayTiepNhan: portalMoment(dossier.acceptedAt),
    NgayHenTra: portalMoment(dossier.appointmentAt),
    TrangThaiHoSo: String(nationalCodeOf(dossier) ?? ''),
    NgayTra: portalMoment(dossier.returnedAt),
    HinhThuc: NATIONAL_PORTAL.returnMode[dossier.returnedMode ?? dossier.returnMode],
    NgayKetThucXuLy: portalMoment(dossier.endedAt),
    DonViXuLy: unitOf(catalogue, dossier),
    TaiLieuNop: papersOf(db, dossier.id).map(({ name, copies, digitised }) => ({
      TenTepDinhKem: name,
      SoLuong: copies,
      IsDeleted: 'False',
      DuocSoHoa: digitised ? '1' : '0',
    })),
    DanhSachLePhi: feesOf(dossier),
    DanhSachHoSoBoSung: supplementsOf(events),
    DanhSachGiayToKetQua: resultsOf(dossier, procedure?.name ?? ''),
  }
}

/** The code; of what has none yet the number of its slip, or the interim code. */
export function portalCode({
  id,
  code,
  slipNumber,
}: Pick<StoredDossier, 'id' | 'code' | 'slipNumber'>): string {
  return code ?? slipNumber ?? interimCode({ id })
}

function unitOf(catalogue: Catalogue, { unitId, lastOccurredAt }: StoredDossier): string {
  return unitName(catalogue.unitById.get(unitId), localDayOf(lastOccurredAt))
}

function feesOf({ fee, feePaidAt, feePayment }: StoredDossier) {
  if (fee === 0) return []
  return [
    {
      TenPhiLePhi: 'Phí, lệ phí',
      SoTien: fee,
      NgayThanhToan: portalMoment(feePaidAt),
      HinhThucThanhToan: feePayment === null ? '' : NATIONAL_PORTAL.feePayment[feePayment],
    },
  ]
}

/** Each request for more after acceptance: when it was met, and the appointment before and after. */
function supplementsOf(events: readonly TimelineEvent[]) {
  const asked = events.filter(({ act }) => act === 'request_supplement')
  return asked.map(({ seq, occurredAt }, index) => {
    const until = asked[index + 1]?.seq ?? Number.POSITIVE_INFINITY
    const met = events.find((each) => each.act === 'supply_supplement' && each.seq > seq && each.seq < until)
    const appointmentAt = (last: number) => rebuild(events.filter((each) => each.seq <= last)).appointmentAt
    return {
      NgayYeuCau: portalMoment(occurredAt),
      NgayBoSung: portalMoment(met?.occurredAt ?? null),
      NgayHenTraTruoc: portalMoment(appointmentAt(seq - 1)),
      NgayHenTraMoi: met === undefined ? '' : portalMoment(appointmentAt(met.seq)),
    }
  })
}

function resultsOf({ outcome, resolvedAt, eResult }: StoredDossier, procedure: string) {
  if (outcome === null || resolvedAt === null) return []
  return [
    { TenGiayTo: `Kết quả: ${procedure}`, NgayCap: portalMoment(resolvedAt), DienTu: eResult ? '1' : '0' },
  ]
}
