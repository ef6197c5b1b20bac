import { accessSync, constants } from 'node:fs'
import type { Config } from '../config.ts'
import { holderOf } from '../db/data-lock.ts'
import { checkDisk, existingPart, freeDiskMb } from '../db/disk.ts'
import { listWorkspaces } from '../db/migrate.ts'
import { openDatabase } from '../db/pool.ts'
import { checkServer, readServerFacts } from '../db/server-check.ts'
import { quoteName } from '../db/values.ts'
import { AppError, type LocalText, type Problem, problem } from '../errors.ts'
import { ALIVE } from '../http/alive.ts'
import { type ListenAddress, tryAddress, urlOf } from '../http/listen.ts'
import { readWords } from '../notify/read-words.ts'
import { listBackups } from '../ops/backup/manifest.ts'
import { digestSecret } from '../ops/sealed-columns.ts'
import { hasSecretKey } from '../ops/secret-key.ts'
import { type VolumeEncryption, volumeEncryption } from '../ops/volume.ts'
import { parseWords } from './arguments.ts'
import type { Command, CommandContext } from './command.ts'
import { problemLines } from './say.ts'

/** One thing looked at: what was found good, what is wrong, or what is wrong and yet keeps nothing from starting. */
type Finding =
  | { readonly good: LocalText }
  | { readonly bad: readonly Problem[] }
  | { readonly warning: readonly Problem[] }

type Check = (config: Config, context: CommandContext) => Promise<Finding>

/** The oldest Node that runs Tenon. */
export const OLDEST_NODE = [20, 19] as const

/** In the order in which a start meets them. */
const CHECKS: readonly Check[] = [
  checkNode,
  checkLanguages,
  checkFolder,
  checkSpace,
  checkVolume,
  checkBackups,
  checkDatabase,
  checkSecret,
  checkPort,
  checkMail,
]

/** Looks at everything that can keep Tenon from starting, and says what to do about each. */
export const doctorCommand: Command = {
  name: 'doctor',
  usage: '',
  summary: {
    en: 'Checks everything that Tenon needs to start and says what to do.',
    'zh-CN': '检查启动所需的一切，并说明如何处理。',
  },
  async run(context, args) {
    parseWords(args, {}, [0, 0])
    const settings = await attempt(async () => ({ config: context.config() }))
    if ('bad' in settings) return report(context, [settings])
    const good = { en: 'The settings are valid.', 'zh-CN': '设置有效。' }
    const findings: Finding[] = [{ good }]
    for (const check of CHECKS) findings.push(await attempt(() => check(settings.config, context)))
    return report(context, once(findings))
  },
}

/** One cause may stop several checks; it is told where it is met first. */
function once(findings: readonly Finding[]): readonly Finding[] {
  const told = findings.map((finding) => ('bad' in finding ? JSON.stringify(finding.bad) : undefined))
  return findings.filter((_, index) => told[index] === undefined || told.indexOf(told[index]) === index)
}

function report(context: CommandContext, findings: readonly Finding[]): number {
  for (const finding of findings) {
    if ('good' in finding) context.print(`✓ ${context.say(finding.good)}`)
    else {
      const [mark, faults] = 'bad' in finding ? ['✗', finding.bad] : ['!', finding.warning]
      for (const fault of faults) context.print(`${mark} ${problemLines(fault, context.language).join('\n')}`)
    }
  }
  const isBad = findings.some((finding) => 'bad' in finding)
  context.print(
    isBad
      ? context.say({ en: 'Tenon cannot start like this.', 'zh-CN': 'Tenon 目前无法启动。' })
      : context.say({ en: 'Tenon can start.', 'zh-CN': 'Tenon 可以启动。' }),
  )
  return isBad ? 1 : 0
}

/** A refusal is a finding; anything unexpected ends the doctor with its stack. */
async function attempt<T>(work: () => Promise<T>): Promise<T | { readonly bad: readonly Problem[] }> {
  try {
    return await work()
  } catch (fault) {
    if (fault instanceof AppError) return { bad: fault.problems }
    throw fault
  }
}

async function checkNode(): Promise<Finding> {
  return checkNodeVersion(process.versions.node)
}

/** @param found such as `20.19.4` */
export function checkNodeVersion(found: string): Finding {
  const [major = 0, minor = 0] = found.split('.').map(Number)
  const [needMajor, needMinor] = OLDEST_NODE
  if (major > needMajor || (major === needMajor && minor >= needMinor)) {
    return { good: { en: `Node ${found} is new enough.`, 'zh-CN': `Node ${found} 版本符合要求。` } }
  }
  const params = { found, needed: `${needMajor}.${needMinor}` }
  return { bad: [problem('START_NODE_TOO_OLD', '', { params })] }
}

async function checkLanguages(): Promise<Finding> {
  const tags = [...readWords().values()].map(({ tag }) => tag).join(', ')
  return tags === ''
    ? { good: { en: 'Tenon speaks English and Chinese.', 'zh-CN': 'Tenon 使用英文和中文。' } }
    : {
        good: {
          en: `Tenon speaks English, Chinese and ${tags}.`,
          'zh-CN': `Tenon 使用英文、中文和 ${tags}。`,
        },
      }
}

async function checkFolder({ dataDir }: Config): Promise<Finding> {
  const folder = existingPart(dataDir)
  try {
    accessSync(folder, constants.W_OK | constants.X_OK)
  } catch (fault) {
    const params = { name: 'TENON_DATA_DIR', reason: (fault as Error).message }
    return { bad: [problem('START_VARIABLE_INVALID', '/TENON_DATA_DIR', { params })] }
  }
  const pid = holderOf(dataDir)
  return pid === undefined
    ? { good: { en: `The data folder ${dataDir} can be used.`, 'zh-CN': `数据目录 ${dataDir} 可用。` } }
    : {
        good: {
          en: `The data folder ${dataDir} is in use: Tenon runs on it (process ${pid}).`,
          'zh-CN': `数据目录 ${dataDir} 正由运行中的 Tenon（进程 ${pid}）使用。`,
        },
      }
}

async function checkSpace({ dataDir }: Config): Promise<Finding> {
  const free = freeDiskMb(dataDir)
  const full = checkDisk(dataDir, free)
  if (full !== undefined) return { bad: [full] }
  return { good: { en: `${free} MB of disk are free.`, 'zh-CN': `磁盘可用空间 ${free} MB。` } }
}

/** What is not encrypted field by field is as safe as the disk. */
async function checkVolume({ dataDir }: Config): Promise<Finding> {
  return VOLUME_FINDINGS[volumeEncryption(existingPart(dataDir))]
}

const VOLUME_FINDINGS: { readonly [E in VolumeEncryption]: Finding } = {
  encrypted: {
    good: { en: 'The data folder lies on an encrypted volume.', 'zh-CN': '数据目录位于加密卷上。' },
  },
  plain: { warning: [problem('SECRET_VOLUME_PLAIN')] },
  unknown: { warning: [problem('SECRET_VOLUME_UNKNOWN')] },
}

/** When the last one was made, and whether they lie on an encrypted volume, since they hold everything. */
async function checkBackups({ databaseUrl, backups }: Config): Promise<Finding> {
  if (databaseUrl !== undefined) {
    return {
      good: {
        en: 'Backups are due where the database is looked after.',
        'zh-CN': '备份由数据库所在方负责。',
      },
    }
  }
  const { folder } = backups
  if (volumeEncryption(existingPart(folder)) === 'plain')
    return { warning: [problem('BACKUP_VOLUME_PLAIN', '', { params: { folder } })] }
  const [last] = await listBackups(folder)
  if (last === undefined) {
    return { good: { en: `There is no backup in ${folder} yet.`, 'zh-CN': `${folder} 中还没有备份。` } }
  }
  return {
    good: {
      en: `The last backup is of ${last.made_at}, in ${folder}.`,
      'zh-CN': `最近一次备份为 ${last.made_at}，位于 ${folder}。`,
    },
  }
}

async function checkDatabase(config: Config, context: CommandContext): Promise<Finding> {
  const named = {
    DATABASE_URL: config.databaseUrl,
    DATABASE_DIRECT_URL: config.databaseDirectUrl,
    DATABASE_READ_URL: config.databaseReadUrl,
  }
  const bad: Problem[] = []
  for (const [name, url] of Object.entries(named)) {
    if (url !== undefined) bad.push(...(await serverProblems(url, name)))
  }
  if (bad.length > 0) return { bad }
  const { database } = await context.openStore()
  const { version } = await readServerFacts(database)
  return {
    good: {
      en: `The database answers (PostgreSQL ${version}) and its tables are up to date.`,
      'zh-CN': `数据库可用（PostgreSQL ${version}），数据表已是最新。`,
    },
  }
}

/** A key that is not the one that encrypted would be noticed by people, one value after the other. */
async function checkSecret(config: Config, context: CommandContext): Promise<Finding> {
  const { database } = await context.openStore()
  const given = { current: config.secretKey, former: config.formerSecretKey }
  const bad: Problem[] = []
  for (const { schema } of await listWorkspaces(database)) {
    const key = await digestSecret(database, quoteName(schema))
    if (key !== undefined && !hasSecretKey(config.dataDir, given, key))
      bad.push(problem('SECRET_KEY_MISSING', '', { params: { key } }))
  }
  if (bad.length > 0) return { bad }
  return { good: { en: 'Encrypted values can be read.', 'zh-CN': '加密内容可以读取。' } }
}

async function serverProblems(url: string, name: string): Promise<readonly Problem[]> {
  const database = openDatabase({ url, poolSize: 1, connectTimeoutMs: 5_000 })
  try {
    const found = await attempt(() => readServerFacts(database, name))
    return 'bad' in found ? found.bad : checkServer(found, name)
  } finally {
    await database.close()
  }
}

/** Signs in to the mail server; nothing is sent. */
async function checkMail({ smtpUrl, mailFrom }: Config): Promise<Finding> {
  if (smtpUrl === undefined || mailFrom === undefined) {
    return {
      good: {
        en: 'No mail goes out: TENON_SMTP_URL is not set. Invitations are links to pass on.',
        'zh-CN': '未设置 TENON_SMTP_URL，不发送邮件；邀请以链接形式转交。',
      },
    }
  }
  const { createMailer } = await import('../notify/mailer.ts')
  const mailer = createMailer({ smtpUrl, from: mailFrom })
  const { host } = new URL(smtpUrl)
  try {
    await mailer.verify()
    return { good: { en: `The mail server ${host} answers.`, 'zh-CN': `邮件服务器 ${host} 可用。` } }
  } catch (fault) {
    const params = { host, reason: (fault as Error).message }
    return { warning: [problem('START_MAIL_UNREACHABLE', '/TENON_SMTP_URL', { params })] }
  } finally {
    mailer.close()
  }
}

async function checkPort(config: Config): Promise<Finding> {
  const { port } = config
  const found: Finding = await attempt(async () => {
    await tryAddress(config)
    return { good: { en: `Port ${port} is free.`, 'zh-CN': `端口 ${port} 空闲。` } }
  })
  if ('good' in found) return found
  // With an embedded database the folder's lock tells whether it is ours; nodes with a DATABASE_URL take none.
  const mayBeOurs = config.databaseUrl !== undefined || holderOf(config.dataDir) !== undefined
  if (mayBeOurs && (await answersAsTenon(config))) {
    return { good: { en: `Tenon answers on port ${port}.`, 'zh-CN': `Tenon 正在端口 ${port} 上提供服务。` } }
  }
  return found
}

/** Whether what listens there says what our probe says. */
async function answersAsTenon(address: ListenAddress): Promise<boolean> {
  try {
    const answer = await fetch(`${urlOf(address)}/healthz`, { signal: AbortSignal.timeout(2_000) })
    return answer.ok && (await answer.text()) === ALIVE
  } catch {
    return false // nobody who speaks HTTP, or not in time
  }
}
