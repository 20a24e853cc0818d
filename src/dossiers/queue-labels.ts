import type { QueueView } from '../../db/queries/work-queue.ts'
import { emptyNotice } from '../web/error-page.ts'
import type { Html } from '../web/html.ts'
import type { ScopeName } from './queue-scope.ts'

export const SCOPE_LABELS = {
  mine: 'Của tôi',
  units: 'Đơn vị tôi',
  all: 'Tất cả',
} as const satisfies Record<ScopeName, string>

export const VIEW_LABELS = {
  urgent: 'Cần gấp nhất',
  overdue: 'Quá hạn',
  today: 'Hạn hôm nay',
  soon: 'Trong 2 ngày',
  waiting_citizen: 'Chờ người nộp',
  waiting_agency: 'Chờ nơi khác',
  result_ready: 'Chờ trả kết quả',
  submitted: 'Trực tuyến chờ nhận',
  in_transit: 'Bản giấy trên đường',
  paused: 'Tạm dừng',
  open: 'Đang giải quyết',
  newest: 'Mọi hồ sơ',
} as const satisfies Record<QueueView, string>

/** What an empty list says: why there is nothing, and where to look next. */
export const NOTHING_IN = {
  urgent: emptyNotice(
    'Không có hồ sơ nào cần gấp',
    'Mọi hồ sơ ở đây đều đã có kết quả hoặc đang tạm dừng. Xem phạm vi rộng hơn ở góc trên bên phải.',
  ),
  overdue: emptyNotice('Không có hồ sơ quá hạn', 'Mọi hồ sơ đang giải quyết đều còn trong hạn.'),
  today: emptyNotice('Không có hồ sơ hết hạn hôm nay', 'Xem danh sách “Trong 2 ngày” để biết việc sắp tới.'),
  soon: emptyNotice(
    'Không có hồ sơ hết hạn trong 2 ngày làm việc tới',
    'Xem danh sách “Cần gấp nhất” để biết việc tiếp theo.',
  ),
  waiting_citizen: emptyNotice(
    'Không hồ sơ nào chờ người nộp',
    'Hồ sơ đã yêu cầu bổ sung hoặc thực hiện nghĩa vụ tài chính sẽ hiện ở đây.',
  ),
  waiting_agency: emptyNotice(
    'Không hồ sơ nào chờ nơi khác',
    'Hồ sơ đang gửi xác minh, lấy ý kiến hoặc ở bước liên thông của cơ quan khác sẽ hiện ở đây.',
  ),
  result_ready: emptyNotice('Không có kết quả nào chờ trả', 'Mọi kết quả đã được trao cho người nộp.'),
  submitted: emptyNotice(
    'Không có hồ sơ trực tuyến chờ tiếp nhận',
    'Hồ sơ nộp trực tuyến sẽ hiện ở đây cho đến khi được tiếp nhận.',
  ),
  in_transit: emptyNotice(
    'Không có bản giấy nào trên đường',
    'Bản giấy đã giao mà nơi nhận chưa xác nhận sẽ hiện ở đây, với bên nhận và với bên giao.',
  ),
  paused: emptyNotice(
    'Không có hồ sơ tạm dừng',
    'Không hồ sơ nào đang chờ bổ sung, nghĩa vụ tài chính, xác minh hay ý kiến.',
  ),
  open: emptyNotice('Không còn hồ sơ nào đang giải quyết', 'Mọi hồ sơ đã tiếp nhận đều đã có kết quả.'),
  newest: emptyNotice('Chưa có hồ sơ nào', 'Hồ sơ được tiếp nhận sẽ hiện ở đây.'),
} as const satisfies Record<QueueView, Html>
