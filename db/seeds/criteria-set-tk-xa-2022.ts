import type { CriteriaSet, Criterion } from '../../src/domain/reform-index/criteria-set.ts'
import type { ChecklistItem, IndexRule } from '../../src/domain/reform-index/index-rules.ts'

const YES: IndexRule = { type: 'boolean' }
const LINEAR: IndexRule = { type: 'linear', input: 'percent' }
const NOTHING = { notApplicable: 'when_denominator_zero' } as const

/**
 * The model set of the product for communes in 2022 ("bộ tiêu chí mẫu"): eight fields, 100 points, of which the
 * dossiers themselves decide 25.5. Nobody has issued it; a district puts its own set in its place.
 */
export const CRITERIA_SET_TK_XA_2022: CriteriaSet = {
  setId: 'TK-XA-2022',
  name: 'Chỉ số cải cách hành chính cấp xã năm 2022 (bộ tiêu chí mẫu)',
  issuer: null,
  documentNo: null,
  unitLevel: 'commune',
  year: 2022,
  period: { scheme: 'nd09_2019', from: '2021-12-15', to: '2022-12-14' },
  status: 'issued',
  scale: 100,
  rounding: { score: 2, mode: 'half_up' },
  settings: { onlineTarget: 70 },
  fields: [
    {
      code: '1',
      name: 'Công tác chỉ đạo, điều hành CCHC',
      max: 14,
      criteria: [
        declared(
          '1.1',
          'Ban hành kế hoạch CCHC năm kịp thời, đủ nội dung',
          2,
          checklist(['a', 'Ban hành trước ngày 31/01', 1], ['b', 'Đủ nội dung', 1]),
        ),
        declared('1.2', 'Mức độ hoàn thành kế hoạch CCHC', 2.5, { ...LINEAR, zeroBelow: 85 }),
        semi('1.3', 'Thực hiện báo cáo CCHC định kỳ', 1.5, {
          type: 'deduct',
          per: 0.25,
          unit: 'báo cáo chậm hoặc thiếu',
        }),
        declared(
          '1.4',
          'Tuyên truyền CCHC',
          1.5,
          checklist(
            ['a', 'Có kế hoạch tuyên truyền', 0.5],
            ['b', 'Tuyên truyền trên đài truyền thanh, trang thông tin điện tử', 0.5],
            ['c', 'Có hình thức tuyên truyền khác', 0.5],
          ),
        ),
        declared(
          '1.5',
          'Tự kiểm tra và xử lý vấn đề phát hiện',
          2,
          checklist(
            ['a', 'Có kế hoạch kiểm tra', 0.5],
            ['b', 'Đã kiểm tra theo kế hoạch', 0.5],
            ['c', 'Xử lý 100 % vấn đề phát hiện', 1],
          ),
        ),
        semi(
          '1.6',
          'Sáng kiến, giải pháp mới trong CCHC',
          2,
          checklist(
            ['a', 'Đăng ký đúng hạn ít nhất 01 sáng kiến', 0.5],
            ['b', 'Được công nhận hoặc áp dụng có hiệu quả', 1.5],
          ),
        ),
        semi('1.7', 'Hoàn thành nhiệm vụ được giao', 1.5, { ...LINEAR, zeroBelow: 80 }, NOTHING),
        semi('1.8', 'Trách nhiệm người đứng đầu', 1, {
          type: 'deduct',
          per: 0.25,
          unit: 'văn bản nhắc nhở trong năm',
        }),
      ],
    },
    {
      code: '2',
      name: 'Tổ chức thực hiện văn bản quy phạm pháp luật',
      max: 7,
      criteria: [
        declared(
          '2.1',
          'Kế hoạch và kết quả theo dõi thi hành pháp luật',
          1.5,
          checklist(['a', 'Có kế hoạch', 0.5], ['b', 'Có kết quả', 1]),
        ),
        declared('2.2', 'Phổ biến, giáo dục pháp luật', 2, LINEAR),
        declared('2.3', 'Rà soát, tự kiểm tra văn bản', 2, LINEAR, NOTHING),
        declared('2.4', 'Ban hành văn bản đúng thẩm quyền, thể thức', 1.5, {
          type: 'deduct',
          per: 0.5,
          unit: 'văn bản vi phạm',
        }),
      ],
    },
    {
      code: '3',
      name: 'Cải cách thủ tục hành chính',
      max: 25,
      criteria: [
        declared(
          '3.1',
          'Công khai TTHC đầy đủ, kịp thời',
          2,
          checklist(['a', 'Niêm yết tại Bộ phận Một cửa', 1], ['b', 'Công khai điện tử', 1]),
        ),
        auto(
          '3.2',
          'Tỷ lệ hồ sơ giải quyết đúng hạn',
          7,
          'on_time.v2',
          {
            type: 'piecewise',
            input: 'percent',
            segments: [
              { from: 0, to: 90, value: 0 },
              { from: 90, to: 95, value: 2 },
              { from: 95, to: 100, lerp: [4, 7] },
              { from: 100, value: 7 },
            ],
          },
          NOTHING,
        ),
        auto('3.3', 'Hồ sơ quá hạn còn tồn cuối năm', 2, 'overdue.pending_at_end', {
          type: 'deduct',
          per: 0.5,
          unit: 'hồ sơ quá hạn còn tồn',
        }),
        auto('3.4', 'Thực hiện xin lỗi, hẹn lại đúng quy định', 2, 'apology.in_time', LINEAR, {
          fullMarks: 'when_denominator_zero',
        }),
        auto(
          '3.5',
          'Yêu cầu bổ sung không quá 01 lần',
          1.5,
          'supplement.at_most_one',
          { type: 'target', target: 99, zeroBelow: 90 },
          NOTHING,
        ),
        declared('3.6', '100 % hồ sơ được cập nhật trên hệ thống', 2, {
          type: 'deduct',
          per: 0.5,
          unit: 'hồ sơ phát hiện ngoài hệ thống',
        }),
        semi(
          '3.7',
          'Tiếp nhận, xử lý phản ánh, kiến nghị đúng hạn',
          2,
          {
            type: 'step',
            input: 'percent',
            steps: [
              { atLeast: 100, points: 2 },
              { atLeast: 90, points: 1 },
              { atLeast: 0, points: 0 },
            ],
          },
          { fullMarks: 'when_denominator_zero', note: 'TT 01/2018/TT-VPCP, điều 13 khoản 8' },
        ),
        declared(
          '3.8',
          'Rà soát, kiến nghị đơn giản hóa TTHC',
          1.5,
          checklist(['a', 'Có kế hoạch rà soát', 0.5], ['b', 'Có kiến nghị được tiếp thu', 1]),
        ),
        semi('3.9', 'Đánh giá việc giải quyết TTHC hằng quý (9 chỉ số)', 2, {
          type: 'per_unit',
          per: 0.5,
          unit: 'quý đã đánh giá',
        }),
        auto(
          '3.10',
          'Kết quả đánh giá Bộ phận Một cửa hằng tuần, tháng',
          3,
          'monthly_grade.good_or_better',
          LINEAR,
          NOTHING,
        ),
      ],
    },
    {
      code: '4',
      name: 'Cải cách tổ chức bộ máy',
      max: 6,
      criteria: [
        declared(
          '4.1',
          'Quy chế làm việc được ban hành, thực hiện',
          1.5,
          checklist(['a', 'Đã ban hành', 0.5], ['b', 'Thực hiện đúng', 1]),
        ),
        declared('4.2', 'Số lượng, cơ cấu cán bộ, công chức đúng quy định', 1.5, YES),
        declared('4.3', 'Phân công, ủy quyền rõ ràng', 1.5, YES),
        declared('4.4', 'Bố trí nhân sự, cơ sở vật chất Bộ phận Một cửa', 1.5, YES),
      ],
    },
    {
      code: '5',
      name: 'Cải cách chế độ công vụ',
      max: 9,
      criteria: [
        declared('5.1', 'Tỷ lệ cán bộ, công chức đạt chuẩn', 2.5, LINEAR),
        declared('5.2', 'Đào tạo, bồi dưỡng', 2, LINEAR),
        declared('5.3', 'Đánh giá, xếp loại cán bộ, công chức đúng quy định', 1.5, YES),
        declared('5.4', 'Kỷ luật, kỷ cương hành chính', 2, {
          type: 'deduct',
          per: 1,
          unit: 'người bị kỷ luật',
        }),
        semi('5.5', 'Thái độ phục vụ', 1, { type: 'deduct', per: 1, unit: 'phản ánh được kết luận đúng' }),
      ],
    },
    {
      code: '6',
      name: 'Cải cách tài chính công',
      max: 6,
      criteria: [
        declared('6.1', 'Công khai tài chính, ngân sách', 2, YES),
        declared('6.2', 'Thực hiện thu, chi, giải ngân', 2, LINEAR),
        declared('6.3', 'Quy chế chi tiêu, quản lý tài sản công', 1, YES),
        declared('6.4', 'Không có sai phạm tài chính', 1, YES),
      ],
    },
    {
      code: '7',
      name: 'Xây dựng chính quyền điện tử, chính quyền số',
      max: 13,
      criteria: [
        auto(
          '7.1',
          'Tỷ lệ hồ sơ nộp trực tuyến mức độ 3, 4',
          5,
          'online.n1',
          { type: 'target', target: { setting: 'onlineTarget' }, zeroBelow: 20 },
          NOTHING,
        ),
        auto(
          '7.2',
          'Tỷ lệ TTHC cung cấp trực tuyến có phát sinh hồ sơ',
          1.5,
          'procedures.with_online_dossiers',
          { type: 'target', target: 60 },
          NOTHING,
        ),
        auto(
          '7.3',
          'Số hóa thành phần hồ sơ, kết quả',
          2,
          'digitisation',
          { type: 'target', target: 80 },
          NOTHING,
        ),
        auto('7.4', 'Thanh toán trực tuyến', 1.5, 'payment.online', { type: 'target', target: 30 }, NOTHING),
        declared('7.5', 'Văn bản điện tử ký số', 1.5, { type: 'target', target: 90 }),
        declared('7.6', 'Trang thông tin điện tử, thư công vụ', 1, YES),
        declared('7.7', 'An toàn thông tin', 0.5, YES),
      ],
    },
    {
      code: '8',
      name: 'Tác động của CCHC',
      max: 20,
      criteria: [
        survey('8.1', 'Chỉ số hài lòng của người dân, tổ chức', 15, LINEAR),
        survey('8.2', 'Đánh giá của phòng chuyên môn cấp huyện', 3, { type: 'survey_mean', scale: 5 }),
        declared('8.3', 'Hoàn thành chỉ tiêu kinh tế - xã hội', 2, LINEAR),
      ],
    },
  ],
  bands: [
    { grade: 'outstanding', name: 'Hoàn thành xuất sắc nhiệm vụ CCHC', min: 90 },
    { grade: 'good', name: 'Hoàn thành tốt nhiệm vụ CCHC', min: 80 },
    { grade: 'satisfactory', name: 'Hoàn thành nhiệm vụ CCHC', min: 50 },
    { grade: 'failed', name: 'Không hoàn thành nhiệm vụ CCHC', min: 0 },
  ],
  vetoes: [
    {
      type: 'metric_below',
      name: 'Tỷ lệ giải quyết đúng hạn dưới 90 %',
      metric: 'on_time.v2',
      percent: 90,
      capGrade: 'satisfactory',
    },
    {
      type: 'fact',
      name: 'Có người của Bộ phận Một cửa bị kỷ luật',
      fact: 'one_stop_officer_disciplined',
      capGrade: 'satisfactory',
    },
    { type: 'fact', name: 'Có số liệu sai sự thật', fact: 'data_falsified', capGrade: 'satisfactory' },
  ],
  tieBreakers: ['3.2', '7.1', '8.1'],
  monthlyGrade: {
    weights: { onTime: 60, online: 20, noLongOverdue: 10, timeliness: 10 },
    longOverdueDays: 5,
    scale: 100,
    bands: [
      { grade: 'outstanding', name: 'Xuất sắc', min: 95 },
      { grade: 'good', name: 'Tốt', min: 80 },
      { grade: 'satisfactory', name: 'Hoàn thành', min: 50 },
      { grade: 'failed', name: 'Không hoàn thành', min: 0 },
    ],
  },
  model: true,
}

type Details = Pick<Criterion, 'notApplicable' | 'fullMarks' | 'note'>

function auto(
  code: string,
  name: string,
  max: number,
  metric: NonNullable<Criterion['metric']>,
  rule: IndexRule,
  details: Details = {},
): Criterion {
  return { code, name, max, kind: 'auto', metric, rule, ...details }
}

function semi(code: string, name: string, max: number, rule: IndexRule, details: Details = {}): Criterion {
  return { code, name, max, kind: 'semi', rule, ...details }
}

function declared(
  code: string,
  name: string,
  max: number,
  rule: IndexRule,
  details: Details = {},
): Criterion {
  return { code, name, max, kind: 'declared', rule, ...details }
}

function survey(code: string, name: string, max: number, rule: IndexRule): Criterion {
  return { code, name, max, kind: 'survey', rule }
}

function checklist(...items: readonly (readonly [id: string, name: string, points: number])[]): IndexRule {
  return {
    type: 'checklist',
    items: items.map(([id, name, points]): ChecklistItem => ({ id, name, points })),
  }
}
