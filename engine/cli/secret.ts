import type { Core } from '../core.ts'
import { listWorkspaces, type Workspace } from '../db/migrate.ts'
import { quoteName } from '../db/values.ts'
import { type LocalText, refuse } from '../errors.ts'
import { enqueueJob } from '../jobs/queue.ts'
import { newId } from '../model/uuid.ts'
import {
  ROTATE_SECRET,
  type RotatePayload,
  type RotateResult,
  rotateSecretTask,
} from '../ops/rotate-secret.ts'
import { hasVault, keyUse, sealUse } from '../ops/sealed-columns.ts'
import { addSecretKey, removeSecretKey } from '../ops/secret-key.ts'
import { parseWords } from './arguments.ts'
import type { Command, CommandContext } from './command.ts'
import { finishJob } from './finish-job.ts'

/** A workspace that has encrypted values. */
interface SealedWorkspace extends Workspace {
  /** The schema, quoted. */
  readonly schema: string
}

async function sealedWorkspaces({ database }: Core): Promise<readonly SealedWorkspace[]> {
  const all = (await listWorkspaces(database)).map(({ name, schema }) => ({
    name,
    schema: quoteName(schema),
  }))
  const found: SealedWorkspace[] = []
  for (const workspace of all) if (await hasVault(database, workspace.schema)) found.push(workspace)
  return found
}

const rotateCommand: Command = {
  name: 'secret rotate',
  usage: '',
  summary: {
    en: 'Makes a new secret key and encrypts all values with it, while people work. Cut off, it goes on when called again.',
    'zh-CN': '生成新密钥，并在不停机的情况下用它重新加密全部内容；中断后再次运行即可继续。',
  },
  async run(context, args) {
    parseWords(args, {}, [0, 0])
    const core = await context.openCore()
    const { dataDir } = context.config()
    const workspaces = await sealedWorkspaces(core)
    // One that was set is changed where it was set. A rotation that was cut off is finished before the next begins.
    const isUnfinished = await needsOther(core, workspaces)
    const isOurs = !core.secretKeys.active().isGiven
    if (isOurs && workspaces.length > 0 && !isUnfinished) addSecretKey(dataDir)
    const key = core.secretKeys.all()[0]!.id
    let isDamaged = false
    for (const workspace of workspaces) {
      const { values, damaged } = await rotate(context, core, workspace, key)
      context.print(
        context.say({
          en: `${workspace.name}: ${values} values were encrypted with the key ${key}.`,
          'zh-CN': `${workspace.name}：已用密钥 ${key} 重新加密 ${values} 个内容。`,
        }),
      )
      if (damaged > 0) context.print(damagedLine(context, workspace, damaged))
      isDamaged ||= damaged > 0
    }
    if (workspaces.length === 0) {
      context.print(context.say({ en: 'There are no encrypted values.', 'zh-CN': '没有加密内容。' }))
    }
    return isDamaged ? 1 : 0
  },
}

/** Whether values still need a key other than the active one. */
async function needsOther(core: Core, workspaces: readonly SealedWorkspace[]): Promise<boolean> {
  const active = core.secretKeys.all()[0]!.id
  const isMixed = core.secretKeys.all().length > 1
  if (!isMixed) return false
  for (const { schema } of workspaces) {
    const uses = await keyUse(core.database, schema)
    if (uses.some((use) => use.key !== active)) return true
  }
  return false
}

async function rotate(
  context: CommandContext,
  core: Core,
  { name, schema }: SealedWorkspace,
  key: string,
): Promise<RotateResult> {
  const { database: db, registry } = core
  const id = newId()
  const payload: RotatePayload = { key }
  await db.transaction((tx) =>
    enqueueJob(tx, schema, { id, kind: ROTATE_SECRET, payload, createdBy: undefined }),
  )
  const result = await finishJob(context, core, {
    schema,
    id,
    task: rotateSecretTask(db, registry),
    doing: { en: `Encrypting ${name}`, 'zh-CN': `正在加密 ${name}` },
  })
  return result as RotateResult
}

function damagedLine(context: CommandContext, { name }: SealedWorkspace, damaged: number): string {
  return context.say({
    en: `${name}: ${damaged} values were altered in the database and cannot be read; they are left as they are.`,
    'zh-CN': `${name}：有 ${damaged} 个内容在数据库中被改动，无法读取，已原样保留。`,
  })
}

const statusCommand: Command = {
  name: 'secret status',
  usage: '',
  summary: {
    en: 'Lists the secret keys and what needs each.',
    'zh-CN': '列出全部密钥及各自的使用情况。',
  },
  async run(context, args) {
    parseWords(args, {}, [0, 0])
    const core = await context.openCore()
    const needs = await needsByKey(core)
    const keys = core.secretKeys.all()
    for (const [index, key] of keys.entries()) {
      const place = key.isGiven
        ? { en: 'set from outside', 'zh-CN': '外部设置' }
        : { en: 'in the data folder', 'zh-CN': '在数据目录中' }
      const use = index === 0 ? { en: 'encrypts', 'zh-CN': '用于加密' } : { en: 'reads', 'zh-CN': '用于读取' }
      printKey(context, key.id, needs.get(key.id) ?? NO_NEED, [use, place])
    }
    const missing = [...needs.keys()].filter((id) => !keys.some((key) => key.id === id))
    for (const id of missing) {
      printKey(context, id, needs.get(id) ?? NO_NEED, [{ en: 'missing', 'zh-CN': '缺失' }])
    }
    return missing.length === 0 ? 0 : 1
  },
}

function printKey(
  context: CommandContext,
  id: string,
  { values, seals }: KeyNeed,
  words: readonly LocalText[],
): void {
  const needed = context.say({
    en: `${values} values, ${seals} seals`,
    'zh-CN': `${values} 个内容，${seals} 个封印`,
  })
  context.print([id, needed, ...words.map(context.say)].join('\t'))
}

/** What a key is needed for, over all workspaces. */
interface KeyNeed {
  readonly values: number
  readonly seals: number
}

async function needsByKey(core: Core): Promise<ReadonlyMap<string, KeyNeed>> {
  const needs = new Map<string, KeyNeed>()
  const add = (key: string, values: number, seals: number) => {
    const known = needs.get(key) ?? { values: 0, seals: 0 }
    needs.set(key, { values: known.values + values, seals: known.seals + seals })
  }
  const { database } = core
  for (const { schema } of await sealedWorkspaces(core)) {
    for (const { key, values } of await keyUse(database, schema)) add(key, values, 0)
  }
  for (const { schema } of await listWorkspaces(database)) {
    for (const { key, values } of await sealUse(database, quoteName(schema))) add(key, 0, values)
  }
  return needs
}

const NO_NEED: KeyNeed = { values: 0, seals: 0 }

const dropCommand: Command = {
  name: 'secret drop',
  usage: '<key>',
  summary: {
    en: 'Takes a secret key that nothing needs any more out of the data folder.',
    'zh-CN': '从数据目录中移除不再使用的密钥。',
  },
  async run(context, args) {
    const { words } = parseWords(args, {}, [1, 1])
    const id = words[0] ?? ''
    const core = await context.openCore()
    const key = core.secretKeys.find(id)
    if (key === undefined) throw refuse('SECRET_KEY_UNKNOWN', '', { params: { key: id } })
    const { values, seals } = (await needsByKey(core)).get(id) ?? NO_NEED
    const isActive = core.secretKeys.all()[0]?.id === id
    if (values > 0 || seals > 0 || isActive)
      throw refuse('SECRET_KEY_IN_USE', '', { params: { key: id, values, seals } })
    if (!removeSecretKey(context.config().dataDir, id)) {
      context.print(
        context.say({
          en: `The key ${id} was set from outside: take it out of TENON_SECRET_KEY_OLD.`,
          'zh-CN': `密钥 ${id} 由外部设置：请从 TENON_SECRET_KEY_OLD 中移除。`,
        }),
      )
      return 0
    }
    context.print(context.say({ en: `The key ${id} is gone.`, 'zh-CN': `密钥 ${id} 已移除。` }))
    return 0
  },
}

export const secretCommands: readonly Command[] = [rotateCommand, statusCommand, dropCommand]
