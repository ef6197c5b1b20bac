import { isAbsolute, join, resolve } from 'node:path'
import { nearest } from '../metadata/nearest.ts'
import { type AllowedHost, parseAllowedHosts } from './allowed-hosts.ts'
import { AppError, didYouMean, type LocalText, type Problem, problem } from './errors.ts'
import { SettingFault } from './setting-fault.ts'

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

/** How many proxies stand in front, or their addresses; false = none is trusted. */
export type TrustProxy = false | number | readonly string[]

/** Everything that is set from outside, checked; see docs and `tenon help`. */
export interface Config {
  /** 0 = any free one. */
  readonly port: number
  readonly host: string
  /** Absolute. */
  readonly dataDir: string
  /** Undefined: the embedded database. */
  readonly databaseUrl: string | undefined
  /** Past a pooler; where it is set, `databaseUrl` leads through one. */
  readonly databaseDirectUrl: string | undefined
  /** A replica for reports. */
  readonly databaseReadUrl: string | undefined
  /** Template of the first workspace; undefined: none. A name of seeds/ or a folder. */
  readonly template: string | undefined
  readonly demo: boolean
  readonly adminEmail: string | undefined
  readonly adminPassword: string | undefined
  /** For encryption; undefined: generated into the data folder. */
  readonly secretKey: string | undefined
  /** The one before: still reads what it encrypted. */
  readonly formerSecretKey: string | undefined
  readonly trustProxy: TrustProxy
  /** The mail server; undefined: no mail goes out. */
  readonly smtpUrl: string | undefined
  /** Who mails come from; always there where `smtpUrl` is. */
  readonly mailFrom: string | undefined
  /** Where people reach this Tenon, without a path; always there where `smtpUrl` is. */
  readonly publicUrl: string | undefined
  readonly backups: BackupSettings
  /** Days for which runs of flows are kept after their end. */
  readonly keepRunsDays: number
  /** Closed hosts that connections may reach all the same. */
  readonly allowedHosts: readonly AllowedHost[]
  readonly logLevel: LogLevel
}

/** Backups of the embedded database. */
export interface BackupSettings {
  /** Absolute. */
  readonly folder: string
  /** For so many days each is kept; 0: none is made by the clock. */
  readonly days: number
  /** From when on the day's backup is made, by the clock of this machine, such as `02:30`. */
  readonly at: string
}

type Environment = Readonly<Record<string, string | undefined>>

/** The settings that Tenon reads, with what they mean: `tenon help` prints them. */
export const SETTINGS = {
  PORT: {
    en: 'port to listen on (3000; 0 = any free one)',
    'zh-CN': '监听端口（默认 3000；0 表示任意空闲端口）',
  },
  HOST: { en: 'address to listen on (127.0.0.1)', 'zh-CN': '监听地址（默认 127.0.0.1）' },
  TENON_DATA_DIR: {
    en: 'folder of the embedded database and files (./.tenon)',
    'zh-CN': '内置数据库和文件的目录（默认 ./.tenon）',
  },
  DATABASE_URL: {
    en: 'PostgreSQL 15 or newer, instead of the embedded one',
    'zh-CN': '改用外部 PostgreSQL 15 或更新版本',
  },
  DATABASE_DIRECT_URL: { en: 'the same database past a pooler', 'zh-CN': '绕过连接池直连同一数据库' },
  DATABASE_READ_URL: {
    en: 'a replica for reports; checked, not read from yet',
    'zh-CN': '供报表使用的只读副本；会检查，尚不从中读取',
  },
  TENON_TEMPLATE: {
    en: 'template of the first workspace (sales; none = empty)',
    'zh-CN': '首个工作区的模板（默认 sales；none 表示空）',
  },
  TENON_DEMO: { en: '0 = no demo data', 'zh-CN': '0 表示不装演示数据' },
  TENON_ADMIN_EMAIL: { en: 'e-mail of the first administrator', 'zh-CN': '首位管理员的邮箱' },
  TENON_ADMIN_PASSWORD: {
    en: 'password of the first administrator (8 characters or more)',
    'zh-CN': '首位管理员的密码（至少 8 个字符）',
  },
  TENON_SECRET_KEY: {
    en: 'key for encryption, 32 characters or more (made at the first start, in the data folder)',
    'zh-CN': '加密密钥，至少 32 个字符（首次启动时在数据目录中生成）',
  },
  TENON_SECRET_KEY_OLD: {
    en: 'the secret key before that one, for reading until “tenon secret rotate” is done',
    'zh-CN': '上一个加密密钥，在 tenon secret rotate 完成之前用于读取',
  },
  TENON_TRUST_PROXY: {
    en: 'number or addresses of the proxies in front (none)',
    'zh-CN': '前置代理的层数或地址（默认无）',
  },
  TENON_SMTP_URL: {
    en: 'mail server, such as smtps://user:password@mail.example.com (none: no mail goes out)',
    'zh-CN': '邮件服务器，例如 smtps://user:password@mail.example.com（默认无，不发送邮件）',
  },
  TENON_MAIL_FROM: {
    en: 'sender of mails, such as Tenon <crm@example.com>; needed with TENON_SMTP_URL',
    'zh-CN': '发件人，例如 Tenon <crm@example.com>；设置 TENON_SMTP_URL 时必填',
  },
  TENON_PUBLIC_URL: {
    en: 'where people reach Tenon, such as https://crm.example.com: links in mails lead there; needed with TENON_SMTP_URL',
    'zh-CN':
      '用户访问 Tenon 的地址，例如 https://crm.example.com，邮件中的链接指向此地址；设置 TENON_SMTP_URL 时必填',
  },
  TENON_BACKUP_DIR: {
    en: 'folder of the backups of the embedded database (backups in the data folder); best on another disk',
    'zh-CN': '内置数据库的备份目录（默认为数据目录下的 backups）；最好位于另一块磁盘',
  },
  TENON_BACKUP_DAYS: {
    en: 'days that each backup is kept (7; 0 = none is made by the clock)',
    'zh-CN': '每份备份保留的天数（默认 7；0 表示不自动备份）',
  },
  TENON_BACKUP_TIME: {
    en: 'when the day’s backup is made, by the clock of this machine (02:30)',
    'zh-CN': '每日备份的时间，按本机时钟（默认 02:30）',
  },
  TENON_KEEP_RUNS_DAYS: {
    en: 'days for which runs of flows are kept after their end (90)',
    'zh-CN': '自动流程运行记录在结束后保留的天数（默认 90）',
  },
  TENON_ALLOWED_HOSTS: {
    en: 'hosts inside closed networks that connections may reach: connection=host, connection=10.1.0.0/16 or workspace/connection=host:port, with commas between (none)',
    'zh-CN':
      '允许连接访问的内网主机：connection=host、connection=10.1.0.0/16 或 workspace/connection=host:port，以逗号分隔（默认无）',
  },
  LOG_LEVEL: {
    en: 'trace, debug, info, warn, error, fatal or silent (info)',
    'zh-CN': '日志级别：trace、debug、info、warn、error、fatal 或 silent（默认 info）',
  },
} as const satisfies Record<string, LocalText>

type SettingName = keyof typeof SETTINGS

/**
 * Reads the settings from an environment.
 * @param folder what relative folders stand in, by default the current one
 * @throws AppError with every START_VARIABLE_* problem at once; paths are `/NAME`
 */
export function readConfig(env: Environment, folder = process.cwd()): Config {
  const problems: Problem[] = checkNames(env)
  const read = <T>(name: SettingName, parse: (raw: string) => T, absent: T): T => {
    const raw = env[name]
    if (raw === undefined || raw === '') return absent
    try {
      return parse(raw)
    } catch (fault) {
      if (!(fault instanceof SettingFault)) throw fault
      problems.push(
        problem('START_VARIABLE_INVALID', `/${name}`, { params: { name, reason: fault.message } }),
      )
      return absent
    }
  }
  const dataDir = read('TENON_DATA_DIR', (raw) => raw, '.tenon')
  const absolute = (path: string): string => (isAbsolute(path) ? path : resolve(folder, path))
  const config: Config = {
    port: read('PORT', parsePort, 3000),
    host: read('HOST', parseHost, '127.0.0.1'),
    dataDir: absolute(dataDir),
    databaseUrl: read<string | undefined>('DATABASE_URL', parseDatabaseUrl, undefined),
    databaseDirectUrl: read<string | undefined>('DATABASE_DIRECT_URL', parseDatabaseUrl, undefined),
    databaseReadUrl: read<string | undefined>('DATABASE_READ_URL', parseDatabaseUrl, undefined),
    template: read<string | undefined>(
      'TENON_TEMPLATE',
      (raw) => (raw === 'none' ? undefined : raw),
      'sales',
    ),
    demo: read('TENON_DEMO', parseSwitch, true),
    adminEmail: read<string | undefined>('TENON_ADMIN_EMAIL', parseEmail, undefined),
    adminPassword: read<string | undefined>('TENON_ADMIN_PASSWORD', atLeast(8), undefined),
    secretKey: read<string | undefined>('TENON_SECRET_KEY', atLeast(32), undefined),
    formerSecretKey: read<string | undefined>('TENON_SECRET_KEY_OLD', atLeast(32), undefined),
    trustProxy: read<TrustProxy>('TENON_TRUST_PROXY', parseTrustProxy, false),
    smtpUrl: read<string | undefined>('TENON_SMTP_URL', parseSmtpUrl, undefined),
    mailFrom: read<string | undefined>('TENON_MAIL_FROM', parseSender, undefined),
    publicUrl: read<string | undefined>('TENON_PUBLIC_URL', parsePublicUrl, undefined),
    backups: {
      folder: absolute(read('TENON_BACKUP_DIR', (raw) => raw, join(dataDir, 'backups'))),
      days: read('TENON_BACKUP_DAYS', parseDays, 7),
      at: read('TENON_BACKUP_TIME', parseTime, '02:30'),
    },
    keepRunsDays: read('TENON_KEEP_RUNS_DAYS', parseSomeDays, 90),
    allowedHosts: read('TENON_ALLOWED_HOSTS', parseAllowedHosts, []),
    logLevel: read<LogLevel>('LOG_LEVEL', parseLogLevel, 'info'),
  }
  for (const name of ['DATABASE_DIRECT_URL', 'DATABASE_READ_URL'] as const) {
    if (env[name] && !env.DATABASE_URL) {
      problems.push(
        problem('START_VARIABLE_INVALID', `/${name}`, {
          params: { name, reason: 'it needs DATABASE_URL beside it' },
        }),
      )
    }
  }
  for (const name of ['TENON_MAIL_FROM', 'TENON_PUBLIC_URL'] as const) {
    if (env.TENON_SMTP_URL && !env[name]) {
      problems.push(
        problem('START_VARIABLE_INVALID', `/${name}`, {
          params: { name, reason: 'TENON_SMTP_URL needs it beside it' },
        }),
      )
    }
  }
  if (problems.length > 0) throw new AppError(problems)
  return Object.freeze(config)
}

/** Misspelt settings would silently do nothing; names of the test bench are no settings. */
function checkNames(env: Environment): Problem[] {
  const known = Object.keys(SETTINGS)
  return Object.keys(env)
    .filter((name) => name.startsWith('TENON_') && !name.startsWith('TENON_TEST_') && !known.includes(name))
    .map((name) => {
      const hint = didYouMean(nearest(name, known))
      return problem('START_VARIABLE_UNKNOWN', `/${name}`, { params: { name }, ...(hint ? { hint } : {}) })
    })
}

function parsePort(raw: string): number {
  const port = /^\d{1,5}$/.test(raw) ? Number(raw) : Number.NaN
  if (port <= 65535) return port
  throw new SettingFault('a port is a whole number from 0 to 65535')
}

function parseDays(raw: string): number {
  const days = /^\d{1,4}$/.test(raw) ? Number(raw) : Number.NaN
  if (days <= 3650) return days
  throw new SettingFault('it is a whole number of days from 0 to 3650')
}

function parseSomeDays(raw: string): number {
  const days = parseDays(raw)
  if (days > 0) return days
  throw new SettingFault('it is a whole number of days from 1 to 3650')
}

function parseTime(raw: string): string {
  if (/^(?:[01]\d|2[0-3]):[0-5]\d$/.test(raw)) return raw
  throw new SettingFault('it is a time of day (such as 02:30)')
}

function parseHost(raw: string): string {
  if (/^[\w.:%-]+$/.test(raw)) return raw
  throw new SettingFault('a host is a name or an IP address')
}

function parseDatabaseUrl(raw: string): string {
  if (/^postgres(ql)?:\/\/./.test(raw)) return raw
  throw new SettingFault('it begins with postgres:// (such as postgres://user:password@host:5432/database)')
}

function parseSwitch(raw: string): boolean {
  if (raw === '1' || raw === 'true') return true
  if (raw === '0' || raw === 'false') return false
  throw new SettingFault('it is 0 or 1')
}

function parseEmail(raw: string): string {
  if (/^[^\s@]+@[^\s@]+$/.test(raw) && raw.length <= 254) return raw
  throw new SettingFault('it is not an e-mail address')
}

function parseSmtpUrl(raw: string): string {
  const url = URL.canParse(raw) ? new URL(raw) : undefined
  if (url !== undefined && /^smtps?:$/.test(url.protocol) && url.hostname !== '') return raw
  throw new SettingFault(
    'it begins with smtp:// or smtps:// (such as smtps://user:password@mail.example.com:465)',
  )
}

function parseSender(raw: string): string {
  if (/^(?:[^<>\r\n]{0,100}<[^\s@<>]+@[^\s@<>]+>|[^\s@<>]+@[^\s@<>]+)$/.test(raw)) return raw
  throw new SettingFault('it is an address (such as crm@example.com or Tenon <crm@example.com>)')
}

/** Given back without a slash at the end. */
function parsePublicUrl(raw: string): string {
  const url = URL.canParse(raw) ? new URL(raw) : undefined
  const isOrigin = url !== undefined && url.pathname === '/' && url.search === '' && url.hash === ''
  if (isOrigin && /^https?:$/.test(url.protocol)) return url.origin
  throw new SettingFault('it is an address without a path (such as https://crm.example.com)')
}

function atLeast(length: number): (raw: string) => string {
  return (raw) => {
    if (raw.length >= length) return raw
    throw new SettingFault(`it needs at least ${length} characters`)
  }
}

function parseLogLevel(raw: string): LogLevel {
  const level = LOG_LEVELS.find((name) => name === raw.toLowerCase())
  if (level !== undefined) return level
  throw new SettingFault(`it is one of ${LOG_LEVELS.join(', ')}`)
}

/** `true` means one proxy: trusting any number of them would let a client forge its address. */
function parseTrustProxy(raw: string): TrustProxy {
  if (raw === 'false') return false
  if (raw === 'true') return 1
  if (/^\d{1,2}$/.test(raw)) return Number(raw) === 0 ? false : Number(raw)
  const addresses = raw.split(',').map((part) => part.trim())
  const known = /^(loopback|linklocal|uniquelocal|[0-9a-f.:]+(\/\d{1,3})?)$/i
  if (addresses.every((address) => known.test(address))) return addresses
  throw new SettingFault('it is a number of proxies or a list of addresses (such as loopback,10.0.0.0/8)')
}
