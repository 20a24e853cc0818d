import Type from 'typebox'
import { NEXT_CURSOR } from '../web/schemas.ts'

const text = (description: string) => Type.String({ description })
const portalMoment = (description: string) =>
  Type.String({
    description: `${description} Dạng yyyyMMddHHmmss; trống: chưa có.`,
    examples: ['20230309170000'],
  })

const INTERIM = text('Mã tạm, không đổi khi hồ sơ được cấp mã.')

const DOSSIER = Type.Object({
  MaHoSo: text('Mã hồ sơ; chưa có mã: số phiếu, hoặc mã tạm.'),
  MaTam: INTERIM,
  MaTTHC: text('Mã thủ tục.'),
  TenTTHC: text('Tên thủ tục.'),
  MaLinhVuc: text('Mã lĩnh vực.'),
  TenLinhVuc: text('Tên lĩnh vực.'),
  KenhThucHien: Type.String({
    enum: ['1', '2', '3'],
    description: '1 trực tiếp, 2 trực tuyến, 3 bưu chính.',
  }),
  ChuHoSo: text('Họ tên hoặc tên tổ chức nộp.'),
  NgayNopHoSo: portalMoment('Nộp trực tuyến.'),
  NgayTiepNhan: portalMoment('Tiếp nhận.'),
  NgayHenTra: portalMoment('Ngày đang hẹn trả.'),
  TrangThaiHoSo: Type.String({
    enum: Array.from({ length: 10 }, (_, n) => String(n + 1)),
    description: 'Mã 1 đến 10.',
  }),
  NgayTra: portalMoment('Trả kết quả.'),
  HinhThuc: text('Hình thức trả: 0 trực tiếp, 1 bưu chính, 2 trực tuyến.'),
  NgayKetThucXuLy: portalMoment('Kết thúc xử lý.'),
  DonViXuLy: text('Đơn vị giải quyết.'),
  TaiLieuNop: Type.Array(
    Type.Object({
      TenTepDinhKem: Type.String(),
      SoLuong: Type.Integer(),
      IsDeleted: Type.String(),
      DuocSoHoa: Type.String(),
    }),
  ),
  DanhSachLePhi: Type.Array(
    Type.Object({
      TenPhiLePhi: Type.String(),
      SoTien: Type.Integer(),
      NgayThanhToan: portalMoment('Thanh toán.'),
      HinhThucThanhToan: text('1 tiền mặt, 2 chuyển khoản, 3 trực tuyến; trống: chưa nộp.'),
    }),
  ),
  DanhSachHoSoBoSung: Type.Array(
    Type.Object({
      NgayYeuCau: portalMoment('Yêu cầu bổ sung.'),
      NgayBoSung: portalMoment('Nhận bổ sung.'),
      NgayHenTraTruoc: portalMoment('Hẹn trả trước khi yêu cầu.'),
      NgayHenTraMoi: portalMoment('Hẹn trả sau khi nhận bổ sung.'),
    }),
  ),
  DanhSachGiayToKetQua: Type.Array(
    Type.Object({ TenGiayTo: Type.String(), NgayCap: portalMoment('Có kết quả.'), DienTu: Type.String() }),
  ),
})

const PLACE = {
  through: Type.Integer({ description: 'Gửi lại ở since ở lần đọc sau.' }),
  nextCursor: NEXT_CURSOR,
} as const

export const DOSSIERS_OUT = Type.Object(
  {
    DongBoHoSoMC: Type.Array(DOSSIER),
    HoSoDaXoa: Type.Array(
      Type.Object({ MaHoSo: Type.String(), MaTam: INTERIM, NgayXoa: portalMoment('Huỷ.') }),
      {
        description: 'Hồ sơ đã huỷ: hãy xoá ở nơi nhận.',
      },
    ),
    ...PLACE,
  },
  { $id: 'DongBoHoSoMC', title: 'DongBoHoSoMC' },
)

export const PROGRESS_OUT = Type.Object(
  {
    CapNhatTienDoHoSoMC: Type.Array(
      Type.Object({
        MaHoSo: Type.String(),
        MaTam: INTERIM,
        NguoiXuLy: Type.String(),
        ThoiDiemXuLy: portalMoment('Lúc đổi trạng thái.'),
        DonViXuLy: Type.String(),
        NoiDungXuLy: Type.String(),
        TrangThaiHoSo: Type.String(),
      }),
    ),
    ...PLACE,
  },
  { $id: 'CapNhatTienDoHoSoMC', title: 'CapNhatTienDoHoSoMC' },
)
