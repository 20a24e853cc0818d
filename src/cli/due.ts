import { command, noMoreThan, UsageError } from './command.ts'
import { dueBook } from './due-book.ts'
import { answerLines } from './due-lines.ts'
import { type DueQuestion, dueAnswer } from './due-question.ts'

const LIMIT = /^(\d+(\.\d+)?(wd|wh|d|m)|same-day)$/

/** For people and for scripts: its options, fields and answers do not change. Works without any database. */
export const due = command({
  usage: `motcua due (MÃ_THỦ_TỤC | --limit THỜI_HẠN) [tuỳ chọn]
motcua due < câu-hỏi.jsonl

Tính hạn trả kết quả; mỗi câu trả lời là một dòng JSON: due_at, receipt_day, strip (từng ngày và lý do).

  --limit 3wd         3wd ngày làm việc, 24wh giờ làm việc, 30d ngày, 1m tháng, same-day trong ngày
  --cutoff 15:00      nhận sau giờ này thì tính từ ngày làm việc kế tiếp
  --mode day_end      day_end (mặc định): hết giờ ngày cuối; hour_exact: đúng từng phút, ngày 8 giờ
  --received THỜI_ĐIỂM  lúc tiếp nhận, ví dụ 2023-04-27T09:00 (giờ Việt Nam)
  --attended          cán bộ trực tiếp nhận ngoài giờ: tính ngay từ ngày đó. Không có: nhận tự động
  --unit ĐƠN_VỊ       dùng lịch riêng của đơn vị; mặc định: lịch chung cả nước

Không có mã thủ tục và --limit thì đọc mỗi dòng một đối tượng JSON từ luồng vào, với các trường limit (hoặc
procedure), cutoff, mode, received, attended, id. Dòng sai được trả {"id":…,"error":…,"detail":…}, các dòng khác
vẫn được tính, mã thoát là 1.`,
  options: {
    limit: { type: 'string' },
    cutoff: { type: 'string' },
    mode: { type: 'string' },
    received: { type: 'string' },
    attended: { type: 'boolean' },
    unit: { type: 'string' },
  },
  async run({ values, positionals }, terminal) {
    noMoreThan(1, positionals)
    const [word] = positionals
    if (word !== undefined && values.limit !== undefined)
      throw new UsageError('Chỉ dùng mã thủ tục hoặc --limit.')
    const book = await dueBook(values.unit)
    const { unit: _, ...given } = values
    const limit = values.limit ?? (word !== undefined && LIMIT.test(word) ? word : undefined)
    if (word === undefined && limit === undefined) {
      const alone = Object.keys(given)[0]
      if (alone !== undefined) throw new UsageError(`--${alone} cần mã thủ tục hoặc --limit đi kèm.`)
      if (terminal.input.isTTY) throw new UsageError('Thiếu mã thủ tục hoặc --limit.')
      return answerLines(book, terminal)
    }
    if (given.received === undefined)
      throw new UsageError('Thiếu --received: lúc tiếp nhận, ví dụ 2023-04-27T09:00.')
    const question: DueQuestion = { ...given, ...(limit === undefined ? { procedure: word } : { limit }) }
    await terminal.out(`${dueAnswer(book, question)}\n`)
  },
})
