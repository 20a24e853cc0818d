import type { FieldSeed } from '../reference-types.ts'

/** Fields of the procedures shipped; codes have the form `MX1X2-LV` (TT 01/2018 art 20) and are samples. */
export const fields: readonly FieldSeed[] = [
  { slug: 'ho-tich', name: 'Hộ tịch', code: 'H23-HT' },
  { slug: 'chung-thuc', name: 'Chứng thực', code: 'H23-CT' },
  { slug: 'nuoi-con-nuoi', name: 'Nuôi con nuôi', code: 'H23-CN' },
  { slug: 'cu-tru', name: 'Cư trú', code: 'H23-TR' },
  { slug: 'bao-tro-xa-hoi', name: 'Bảo trợ xã hội', code: 'H23-BT' },
  { slug: 'giam-ngheo', name: 'Giảm nghèo', code: 'H23-GN' },
  { slug: 'nguoi-co-cong', name: 'Người có công', code: 'H23-CC' },
  { slug: 'hoa-giai-co-so', name: 'Hòa giải ở cơ sở', code: 'H23-HG' },
  { slug: 'dat-dai', name: 'Đất đai', code: 'H23-DD' },
  { slug: 'ho-kinh-doanh', name: 'Đăng ký hộ kinh doanh', code: 'H23-KD' },
  { slug: 'xay-dung', name: 'Xây dựng', code: 'H23-XD' },
  { slug: 'giao-duc', name: 'Giáo dục và đào tạo', code: 'H23-GD' },
]
