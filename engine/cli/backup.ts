import { existsSync } from 'node:fs'
import { isAbsolute, join, resolve } from 'node:path'
import { lockDataFolder } from '../db/data-lock.ts'
import { makeDataFolder, readyToReplace } from '../db/embedded/embedded.ts'
import { refuse } from '../errors.ts'
import { makeBackup } from '../ops/backup/make-backup.ts'
import { type Backup, listBackups } from '../ops/backup/manifest.ts'
import { restoreBackup, verifyBackup } from '../ops/backup/restore-backup.ts'
import { parseWords } from './arguments.ts'
import type { Command, CommandContext } from './command.ts'

const MB = 1024 * 1024

const makeCommand: Command = {
  name: 'backup',
  usage: '',
  summary: {
    en: 'Makes a backup of the embedded database, the uploads and the secret keys, while people work.',
    'zh-CN': '在不停机的情况下备份内置数据库、上传的文件和密钥。',
  },
  async run(context, args) {
    parseWords(args, {}, [0, 0])
    const { dataDir, backups } = ownDatabase(context)
    const { directUrl } = await context.openStore()
    const source = { directUrl, dataDir, folder: backups.folder }
    const tell = teller(context, 'Copying', '正在复制')
    const { signal } = new AbortController()
    const made = await makeBackup(source, {
      ...{ cause: 'asked', signal },
      progress: async (done, total) => tell(done, total),
    })
    context.print(lineOf(context, made))
    context.print(join(backups.folder, made.name))
    return 0
  },
}

const listCommand: Command = {
  name: 'backup list',
  usage: '',
  summary: { en: 'Lists the backups, the newest first.', 'zh-CN': '列出全部备份，最新的在前。' },
  async run(context, args) {
    parseWords(args, {}, [0, 0])
    const { folder } = context.config().backups
    const all = await listBackups(folder)
    for (const backup of all) context.print(lineOf(context, backup))
    if (all.length === 0) {
      context.print(
        context.say({ en: `There are no backups in ${folder}.`, 'zh-CN': `${folder} 中没有备份。` }),
      )
    }
    return 0
  },
}

const verifyCommand: Command = {
  name: 'backup verify',
  usage: '<name|folder>',
  summary: {
    en: 'Checks that every file of a backup is there and is what was written.',
    'zh-CN': '检查备份的每个文件是否齐全且未被改动。',
  },
  async run(context, args) {
    const [word = ''] = parseWords(args, {}, [1, 1]).words
    const { files } = await verifyBackup(folderOf(context, word), teller(context, 'Checking', '正在检查'))
    context.print(
      context.say({
        en: `✓ All ${files.length} files are whole.`,
        'zh-CN': `✓ 全部 ${files.length} 个文件完好。`,
      }),
    )
    return 0
  },
}

const restoreCommand: Command = {
  name: 'restore',
  usage: '<name|folder>',
  summary: {
    en: 'Brings a backup back into the data folder, while Tenon is stopped; what was there is kept beside.',
    'zh-CN': '在 Tenon 停止时将备份恢复到数据目录；原有数据保留在旁。',
  },
  async run(context, args) {
    const [word = ''] = parseWords(args, {}, [1, 1]).words
    const { dataDir } = ownDatabase(context)
    const folder = folderOf(context, word)
    makeDataFolder(dataDir)
    const lock = await lockDataFolder(dataDir, { progress: context.progress })
    try {
      const postgres = await readyToReplace(dataDir)
      const progress = teller(context, 'Restoring', '正在恢复')
      const { manifest, before } = await restoreBackup(folder, dataDir, { postgres, progress })
      context.print(
        context.say({
          en: `✓ The data folder is as of ${manifest.made_at}. Start Tenon: npm start`,
          'zh-CN': `✓ 数据目录已恢复到 ${manifest.made_at}。请启动 Tenon：npm start`,
        }),
      )
      if (before !== undefined) {
        context.print(
          context.say({
            en: `What was there lies in ${before}; remove it when you are sure.`,
            'zh-CN': `原有数据保留在 ${before}，确认无误后可删除。`,
          }),
        )
      }
      return 0
    } finally {
      lock.release()
    }
  },
}

/** @throws AppError BACKUP_OWN_DATABASE where the database is not ours */
function ownDatabase(context: CommandContext) {
  const config = context.config()
  if (config.databaseUrl !== undefined) throw refuse('BACKUP_OWN_DATABASE')
  return config
}

/** A backup by its name, or by its folder where it lies elsewhere. */
function folderOf(context: CommandContext, word: string): string {
  const named = join(context.config().backups.folder, word)
  if (existsSync(named)) return named
  return isAbsolute(word) ? word : resolve(context.folder, word)
}

function lineOf(context: CommandContext, { name, made_at, size, seconds, cause }: Backup): string {
  const causes = {
    daily: { en: 'daily', 'zh-CN': '每日' },
    asked: { en: 'asked for', 'zh-CN': '手动' },
  } as const
  return [
    name,
    made_at,
    `${(size / MB).toFixed(1)} MB`,
    `${seconds.toFixed(1)} s`,
    context.say(causes[cause]),
  ].join('\t')
}

/** Tells the progress, a line each tenth. */
function teller(context: CommandContext, en: string, zh: string): (done: number, total: number) => void {
  let told = -1
  return (done, total) => {
    const share = Math.min(10, Math.floor((10 * done) / Math.max(1, total)))
    if (share === told) return
    told = share
    context.progress(context.say({ en: `${en}: ${share * 10} %`, 'zh-CN': `${zh}：${share * 10}%` }))
  }
}

export const backupCommands: readonly Command[] = [makeCommand, listCommand, verifyCommand, restoreCommand]
