import { isAbsolute, join, resolve } from 'node:path'
import type { Messaging } from './messages/messaging.ts'
import { listOf } from './web/bound-connections.ts'
import { REQUESTS_PER_MINUTE } from './web/limits.ts'

export interface Config {
  /** Folder of the database, its backups and stored documents. */
  readonly dataDir: string
  readonly databaseFile: string
  readonly backupDir: string
  /** Where backups and documents are copied to as well: a folder, or `name:path` of rclone; null: nowhere. */
  readonly backupCopyTo: string | null
  /** Folders in which registers arrive by themselves. */
  readonly importFolders: readonly ImportFolder[]
  /** Take what arrives at once, not only at night. */
  readonly importWatch: boolean
  /** Documents as issued, each under its SHA-256. */
  readonly documentsDir: string
  /** Files attached to dossiers, each under its SHA-256. */
  readonly attachmentsDir: string
  /** Templates of paper that stand in for the shipped ones. */
  readonly templatesDir: string
  /** Key that seals ID and phone numbers: beside DATA_DIR, never in it and never in a backup. */
  readonly keyFile: string
  readonly host: string
  readonly port: number
  /** Null: workers run embedded, no Redis needed. */
  readonly redisUrl: string | null
  /** Redis of the installation above, to which closed periods are sent; null: there is none. */
  readonly feedUrl: string | null
  /** The name under which the one above has registered this installation; null without feedUrl. */
  readonly feedInstallation: string | null
  /** Private key that signs what is sent: beside KEY_FILE, never in DATA_DIR or in a backup. */
  readonly feedKeyFile: string
  /** Redis from which the periods of other installations are taken; null: none are. */
  readonly feedReceiveUrl: string | null
  readonly logLevel: LogLevel
  /** How browsers reach the service, `https://…` without a path; null: only from this machine. */
  readonly publicUrl: string | null
  /** Proxies whose word about the client is taken: addresses or ranges. */
  readonly trustProxy: readonly string[]
  /** Certificate and private key where the service itself encrypts; null: a proxy does, or nobody. */
  readonly tls: { readonly certFile: string; readonly keyFile: string } | null
  /** What one session may ask in a minute; 0: without a bound. */
  readonly requestsPerMinute: number
  /** The first administrator of an empty installation; null: a set-up link is printed. */
  readonly firstAdministrator: { readonly username: string; readonly password: string } | null
  /** Where people may sign in instead of here (OpenID Connect); null: nowhere. */
  readonly signInService: SignInService | null
  /** How messages to citizens leave; null: none do. */
  readonly messages: Messaging | null
  /** Local moment at which the demonstration's clock starts; null: the machine's time. */
  readonly clockStart: string | null
}

/** A folder in which registers arrive, and whose they are where they do not say; null: they must. */
export interface ImportFolder {
  readonly path: string
  readonly unit: string | null
}

/** A service of OpenID Connect at which people prove who they are. */
export interface SignInService {
  readonly issuer: string
  readonly clientId: string
  /** Empty: the service knows this one without. */
  readonly clientSecret: string
  /** What the button says. */
  readonly label: string
  /** Claim in which the service tells our usernames; null: people link their accounts themselves. */
  readonly usernameClaim: string | null
}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const
type LogLevel = (typeof LOG_LEVELS)[number]

interface Variable {
  readonly default: string
  readonly description: string
}

/** Every environment variable the product reads: the one list, documented in docs/configuration.md. */
export const VARIABLES = {
  DATA_DIR: { default: 'data', description: 'Folder of the database, backups and documents' },
  BACKUP_COPY_TO: {
    default: '',
    description: 'Second place of the backups: a folder that exists, or name:path of rclone; empty: none',
  },
  IMPORT_FOLDER: {
    default: '',
    description:
      'Folders in which registers arrive, separated by “:”, each with =unit if it has one; empty: none',
  },
  IMPORT_WATCH: { default: '0', description: '1: take what arrives there within minutes, not only at night' },
  KEY_FILE: {
    default: '<DATA_DIR>.key',
    description: 'Key that seals ID and phone numbers; outside DATA_DIR',
  },
  HOST: { default: '127.0.0.1', description: 'Address to listen on' },
  PORT: { default: '8080', description: 'Port to listen on' },
  REDIS_URL: { default: '', description: 'Redis for the workers, redis://…; empty: embedded workers' },
  FEED_URL: {
    default: '',
    description: 'Redis of the installation above, to which closed periods are sent; empty: none',
  },
  FEED_INSTALLATION: {
    default: '',
    description: 'Name under which the installation above knows this one; needed with FEED_URL',
  },
  FEED_RECEIVE_URL: {
    default: '',
    description: 'Redis from which closed periods of other installations are taken; empty: none',
  },
  LOG_LEVEL: { default: 'info', description: LOG_LEVELS.join(' | ') },
  PUBLIC_URL: {
    default: '',
    description:
      'Address by which browsers reach the service, https://…; needed where HOST is not this machine',
  },
  TRUST_PROXY: {
    default: '',
    description: 'Addresses of proxies whose X-Forwarded-For is taken, separated by commas; empty: none',
  },
  TLS_CERT_FILE: {
    default: '',
    description: 'Certificate (PEM, with its chain) where no proxy encrypts; needs TLS_KEY_FILE',
  },
  TLS_KEY_FILE: { default: '', description: 'Private key of that certificate, PEM without a password' },
  REQUESTS_PER_MINUTE: {
    default: String(REQUESTS_PER_MINUTE),
    description: 'Requests one session may send in a minute, a program five times as many; 0: no bound',
  },
  ADMIN_USERNAME: {
    default: '',
    description: 'First administrator of an empty installation; empty: a one-time set-up link is printed',
  },
  ADMIN_PASSWORD: {
    default: '',
    description: 'Password of that administrator, to be changed at the first sign-in',
  },
  OIDC_ISSUER: {
    default: '',
    description: 'OpenID Connect service at which people may sign in, https://…; empty: none',
  },
  OIDC_CLIENT_ID: {
    default: '',
    description: 'Name under which that service knows this one; needed with OIDC_ISSUER',
  },
  OIDC_CLIENT_SECRET: { default: '', description: 'Secret that goes with it; empty: none' },
  OIDC_LABEL: {
    default: 'Đăng nhập bằng tài khoản của tỉnh',
    description: 'Words on the button that leads there',
  },
  OIDC_USERNAME_CLAIM: {
    default: '',
    description: 'Claim in which that service tells our usernames; empty: people link their accounts',
  },
  SMTP_URL: {
    default: '',
    description: 'Mail server for messages to citizens, smtps://name:password@host; empty: no mail',
  },
  MAIL_FROM: { default: '', description: 'Sender of that mail; needed with SMTP_URL' },
  MESSAGE_GATEWAY_URL: {
    default: '',
    description: 'Where SMS and Zalo messages to citizens are posted, https://…; empty: none',
  },
  MESSAGE_GATEWAY_SECRET: {
    default: '',
    description: 'Signing secret of that gateway, whsec_…; needed with MESSAGE_GATEWAY_URL',
  },
  MESSAGES: {
    default: '',
    description:
      'off: no messages to citizens; mailbox: kept in the trial mailbox, nothing leaves; empty: sent where configured',
  },
  CLOCK_START: {
    default: '',
    description: 'Local moment at which a demonstration starts, e.g. 2024-01-08T07:30',
  },
} as const satisfies Record<string, Variable>

/** Names of installations: they stand in names of queues. */
export const INSTALLATION_NAME = /^[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?$/

/** Raised at start with every problem of the environment at once, in words an administrator can act on. */
export class ConfigError extends Error {}

/** Reads and checks the environment; throws ConfigError naming every wrong variable. */
export function readConfig(env: Readonly<Record<string, string | undefined>>, cwd: string): Config {
  const problems: string[] = []
  const value = (name: keyof typeof VARIABLES) => env[name]?.trim() || VARIABLES[name].default
  const dataDir = absolute(value('DATA_DIR'), cwd)
  const keyFile = env['KEY_FILE']?.trim() ? absolute(env['KEY_FILE'].trim(), cwd) : `${dataDir}.key`
  const port = Number(value('PORT'))
  if (!Number.isInteger(port) || port < 0 || port > 65535) problems.push('PORT phải là số từ 0 đến 65535.')
  const logLevel = LOG_LEVELS.find((level) => level === value('LOG_LEVEL'))
  if (logLevel === undefined) problems.push(`LOG_LEVEL phải là một trong: ${LOG_LEVELS.join(', ')}.`)
  const redis = (name: 'REDIS_URL' | 'FEED_URL' | 'FEED_RECEIVE_URL') => {
    const url = value(name) || null
    if (url !== null && !/^rediss?:\/\/\S+$/.test(url))
      problems.push(`${name} phải có dạng redis://máy:cổng (qua mạng: rediss://tên:mật-khẩu@máy:cổng).`)
    return url
  }
  const redisUrl = redis('REDIS_URL')
  const feedUrl = redis('FEED_URL')
  const feedReceiveUrl = redis('FEED_RECEIVE_URL')
  const feedInstallation = value('FEED_INSTALLATION') || null
  if (feedUrl !== null && !INSTALLATION_NAME.test(feedInstallation ?? ''))
    problems.push(
      'FEED_URL cần FEED_INSTALLATION: tên đã đăng ký ở tuyến trên, chỉ gồm chữ thường không dấu, số và dấu gạch nối, ví dụ xa-ngoc-ky.',
    )
  const host = value('HOST')
  const publicUrl = value('PUBLIC_URL').replace(/\/$/, '') || null
  if (publicUrl !== null && !isOrigin(publicUrl))
    problems.push('PUBLIC_URL phải là địa chỉ không có đường dẫn, ví dụ https://motcua.xa-ngoc-ky.gov.vn.')
  if (!isLoopback(host) && publicUrl === null) {
    problems.push(
      `HOST=${host} mở ra mạng nên cần PUBLIC_URL: địa chỉ mà trình duyệt dùng để mở, ví dụ https://motcua.xa-ngoc-ky.gov.vn (http:// chỉ dùng trong mạng nội bộ đã được bảo vệ).`,
    )
  }
  const trustProxy = value('TRUST_PROXY')
    .split(',')
    .map((address) => address.trim())
    .filter(Boolean)
  if (trustProxy.some((range) => !isRange(range)))
    problems.push(
      'TRUST_PROXY phải là các địa chỉ IP hoặc dải địa chỉ, ví dụ 127.0.0.1,10.0.0.0/8; không nhận dải /0 vì khi đó ai cũng tự khai được địa chỉ.',
    )
  const [certFile, tlsKeyFile] = [value('TLS_CERT_FILE'), value('TLS_KEY_FILE')]
  if ((certFile === '') !== (tlsKeyFile === ''))
    problems.push('TLS_CERT_FILE và TLS_KEY_FILE phải cùng có hoặc cùng không.')
  if (certFile !== '' && !publicUrl?.startsWith('https://'))
    problems.push('TLS_CERT_FILE cần PUBLIC_URL dạng https://, đúng tên trong chứng chỉ.')
  const requestsPerMinute = Number(value('REQUESTS_PER_MINUTE'))
  if (!Number.isInteger(requestsPerMinute) || requestsPerMinute < 0)
    problems.push('REQUESTS_PER_MINUTE phải là số nguyên từ 0 trở lên.')
  const [username, password] = [value('ADMIN_USERNAME'), value('ADMIN_PASSWORD')]
  if ((username === '') !== (password === ''))
    problems.push('ADMIN_USERNAME và ADMIN_PASSWORD phải cùng có hoặc cùng không.')
  const issuer = value('OIDC_ISSUER')
  const clientId = value('OIDC_CLIENT_ID')
  if (issuer !== '' && !isIssuer(issuer))
    problems.push(
      'OIDC_ISSUER phải là địa chỉ https:// của dịch vụ đăng nhập (http:// chỉ dùng tại chính máy này).',
    )
  if ((issuer === '') !== (clientId === ''))
    problems.push('OIDC_ISSUER và OIDC_CLIENT_ID phải cùng có hoặc cùng không.')
  const clockStart = value('CLOCK_START') || null
  if (clockStart !== null && !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(clockStart)) {
    problems.push('CLOCK_START phải có dạng 2024-01-08T07:30.')
  }
  if (keyFile.startsWith(`${dataDir}/`)) problems.push('KEY_FILE không được nằm trong DATA_DIR.')
  const backupCopyTo = value('BACKUP_COPY_TO') || null
  if (backupCopyTo !== null && !isAbsolute(backupCopyTo) && !isRclonePath(backupCopyTo)) {
    problems.push(
      'BACKUP_COPY_TO phải là đường dẫn đầy đủ của một thư mục (/mnt/sao-luu/motcua), hoặc tên:đường-dẫn của rclone (nas:motcua).',
    )
  }
  if (backupCopyTo === dataDir || backupCopyTo?.startsWith(`${dataDir}/`))
    problems.push('BACKUP_COPY_TO không được nằm trong DATA_DIR: hãy chọn ổ đĩa hoặc máy khác.')
  const importFolders = value('IMPORT_FOLDER').split(':').filter(Boolean).map(importFolder)
  if (importFolders.some(({ path }) => !isAbsolute(path)))
    problems.push(
      'IMPORT_FOLDER phải là đường dẫn đầy đủ, ví dụ /srv/so=xa-ngoc-ky; nhiều thư mục cách nhau dấu hai chấm.',
    )
  if (importFolders.some(({ path }) => path === dataDir || path.startsWith(`${dataDir}/`)))
    problems.push('IMPORT_FOLDER không được nằm trong DATA_DIR: hãy chọn một thư mục riêng.')
  const messages = messagingOf(value, join(dataDir, 'templates', 'messages'), problems)
  if (problems.length > 0) throw new ConfigError(problems.join('\n'))
  return {
    dataDir,
    databaseFile: join(dataDir, 'motcua.db'),
    backupDir: join(dataDir, 'backups'),
    backupCopyTo,
    importFolders,
    importWatch: value('IMPORT_WATCH') === '1',
    documentsDir: join(dataDir, 'documents'),
    attachmentsDir: join(dataDir, 'attachments'),
    templatesDir: join(dataDir, 'templates'),
    keyFile,
    host,
    port,
    redisUrl,
    feedUrl,
    feedInstallation: feedUrl === null ? null : feedInstallation,
    feedKeyFile: `${keyFile}.feed`,
    feedReceiveUrl,
    logLevel: logLevel as LogLevel,
    publicUrl,
    trustProxy,
    tls: certFile === '' ? null : { certFile: absolute(certFile, cwd), keyFile: absolute(tlsKeyFile, cwd) },
    requestsPerMinute,
    firstAdministrator: username === '' ? null : { username, password },
    signInService:
      issuer === ''
        ? null
        : {
            issuer,
            clientId,
            clientSecret: value('OIDC_CLIENT_SECRET'),
            label: value('OIDC_LABEL'),
            usernameClaim: value('OIDC_USERNAME_CLAIM') || null,
          },
    messages,
    clockStart,
  }
}

const MESSAGE_MODES = ['', 'off', 'mailbox']

/** How messages to citizens leave; null: none do, because nothing is configured or they are turned off. */
function messagingOf(
  value: (name: keyof typeof VARIABLES) => string,
  templatesDir: string,
  problems: string[],
): Messaging | null {
  const [mode, url, from] = [value('MESSAGES'), value('SMTP_URL'), value('MAIL_FROM')]
  const [gatewayUrl, secret] = [value('MESSAGE_GATEWAY_URL'), value('MESSAGE_GATEWAY_SECRET')]
  if (!MESSAGE_MODES.includes(mode)) problems.push('MESSAGES phải là off, mailbox hoặc để trống.')
  if (url !== '' && !isSmtp(url))
    problems.push('SMTP_URL phải có dạng smtps://tên:mật-khẩu@máy:465 hoặc smtp://tên:mật-khẩu@máy:587.')
  if ((url === '') !== (from === '') || (from !== '' && !/^[^\r\n@]*@[^\s@<>]+\.[^\s@<>]+>?$/.test(from)))
    problems.push('SMTP_URL cần MAIL_FROM: địa chỉ người gửi, ví dụ “Xã Ngọc Kỳ <motcua@xa-ngoc-ky.gov.vn>”.')
  if (gatewayUrl !== '' && !isIssuer(gatewayUrl))
    problems.push(
      'MESSAGE_GATEWAY_URL phải là địa chỉ https:// của cổng nhắn tin (http:// chỉ dùng tại chính máy này).',
    )
  if ((gatewayUrl === '') !== (secret === '') || (secret !== '' && !/^whsec_[\w+/=-]{32,}$/.test(secret)))
    problems.push(
      'MESSAGE_GATEWAY_URL cần MESSAGE_GATEWAY_SECRET: whsec_ và ít nhất 24 byte dạng base64, như bên cổng đã cấp.',
    )
  if (mode === 'mailbox' && (url !== '' || gatewayUrl !== ''))
    problems.push(
      'MESSAGES=mailbox không dùng cùng SMTP_URL hay MESSAGE_GATEWAY_URL: hộp thư thử không gửi gì đi.',
    )
  if (mode === 'off' || (mode === '' && url === '' && gatewayUrl === '')) return null
  return {
    mode: mode === 'mailbox' ? 'mailbox' : 'send',
    mail: url === '' ? null : { url, from },
    gateway: gatewayUrl === '' ? null : { url: gatewayUrl, secret },
    templatesDir,
  }
}

function isSmtp(url: string): boolean {
  if (!/^smtps?:\/\//.test(url) || !URL.canParse(url)) return false
  const { hostname, pathname, search, hash } = new URL(url)
  return hostname !== '' && ['', '/'].includes(pathname) && search === '' && hash === ''
}

/** `name:path` of rclone. Its settings stand in rclone's own configuration, never here: they hold passwords. */
export function isRclonePath(place: string): boolean {
  return /^[\w.+@-][\w .+@-]*:/.test(place) && !isAbsolute(place)
}

/** `/srv/so=xa-ngoc-ky` */
function importFolder(text: string): ImportFolder {
  const [path = '', unit = ''] = text.split('=')
  return { path, unit: unit || null }
}

function absolute(path: string, cwd: string): string {
  return isAbsolute(path) ? path : resolve(cwd, path)
}

function isOrigin(text: string): boolean {
  return /^https?:\/\//.test(text) && URL.canParse(text) && new URL(text).origin === text
}

/** An address or a range that is not everything. */
function isRange(text: string): boolean {
  if (text.endsWith('/0')) return false
  try {
    listOf([text])
    return true
  } catch {
    return false
  }
}

/** The secret and the codes go there: unencrypted only within this machine. */
function isIssuer(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, hostname, search, hash } = new URL(text)
  if (search !== '' || hash !== '') return false
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname.replace(/^\[|\]$/g, '')))
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host)
}
