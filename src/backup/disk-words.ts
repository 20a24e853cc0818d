import { RuleError } from '../domain/refusals.ts'

/** What a disk answers when it cannot be written, for the person who looks after it. */
const WORDS: Readonly<Record<string, string>> = {
  ENOSPC: 'đĩa đầy',
  SQLITE_FULL: 'đĩa đầy',
  EDQUOT: 'hết hạn mức đĩa',
  EFBIG: 'tệp vượt cỡ cho phép',
  EACCES: 'không có quyền ghi',
  EPERM: 'không có quyền ghi',
  SQLITE_READONLY: 'không có quyền ghi',
  EROFS: 'đĩa chỉ đọc',
  EIO: 'đĩa lỗi',
  SQLITE_IOERR_WRITE: 'đĩa không ghi được',
  SQLITE_CANTOPEN: 'không tạo được tệp',
  ENOTDIR: 'đường dẫn không phải thư mục',
}

/** A refusal in words where the error comes from the disk of `place`; any other error as it is. */
export function inWords(error: unknown, place: string): unknown {
  const problem = WORDS[(error as { code?: string }).code ?? '']
  return problem === undefined ? error : new RuleError('disk_refuses', { place, problem })
}
