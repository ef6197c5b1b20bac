import { randomBytes } from 'node:crypto'
import { endPasses } from '../access/passes.ts'
import { createSessions } from '../access/sessions.ts'
import { endSessions } from '../access/sign-in.ts'
import { refuse } from '../errors.ts'
import type { RequestContext } from '../records/context.ts'
import { createRecord } from '../records/create.ts'
import { listRecords } from '../records/list.ts'
import { patchRecord } from '../records/patch.ts'
import { parseWords } from './arguments.ts'
import type { Command, CommandContext } from './command.ts'
import { DEFAULT_WORKSPACE, openRecords } from './open-workspace.ts'

const WORKSPACE = { workspace: { type: 'string', default: DEFAULT_WORKSPACE } } as const

interface UserRow {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly roles: readonly string[] | null
  readonly active: boolean | null
}

const listCommand: Command = {
  name: 'user list',
  usage: '[--workspace <name>]',
  summary: { en: 'Lists the users with their roles.', 'zh-CN': '列出用户及其角色。' },
  async run(context, args) {
    const { options } = parseWords(args, WORKSPACE, [0, 0])
    const records = await openRecords(await context.openCore(), options.workspace)
    for await (const { email, name, roles, active } of allUsers(records)) {
      const off = active === false ? context.say({ en: ' (switched off)', 'zh-CN': '（已停用）' }) : ''
      context.print(`${email}\t${name}\t${(roles ?? []).join(', ')}${off}`)
    }
    return 0
  },
}

const createCommand: Command = {
  name: 'user create',
  usage: '<e-mail> [--name <name>] [--roles <role,role>] [--workspace <name>]',
  summary: {
    en: 'Makes a user with a random password, which is shown once.',
    'zh-CN': '新建用户，随机密码只显示一次。',
  },
  async run(context, args) {
    const { words, options } = parseWords(
      args,
      { ...WORKSPACE, name: { type: 'string' }, roles: { type: 'string', default: '' } },
      [1, 1],
    )
    const [email = ''] = words
    const records = await openRecords(await context.openCore(), options.workspace)
    const password = newPassword()
    const roles = options.roles
      .split(',')
      .map((role) => role.trim())
      .filter((role) => role !== '')
    await createRecord(records, 'user', { name: options.name ?? email.split('@')[0], email, roles, password })
    tellPassword(context, email, password)
    return 0
  },
}

const passwordCommand: Command = {
  name: 'user password',
  usage: '<e-mail> [--workspace <name>]',
  summary: {
    en: 'Gives a user a new random password, shown once, and ends their sessions.',
    'zh-CN': '为用户生成新的随机密码（只显示一次），并结束其所有会话。',
  },
  async run(context, args) {
    const { words, options } = parseWords(args, WORKSPACE, [1, 1])
    const core = await context.openCore()
    const records = await openRecords(core, options.workspace)
    const user = await findUser(records, words[0] ?? '')
    const password = newPassword()
    await patchRecord(records, 'user', user.id, { password })
    await endSessions(core.database, records.model, user.id, undefined)
    await endPasses(core.database, records.model, user.id)
    const sessions = await createSessions({ db: core.database })
    await sessions.usersChanged(core.database, options.workspace, user.id)
    await sessions.close()
    tellPassword(context, user.email, password)
    return 0
  },
}

/** Switching off ends a user's sessions as well: the record layer tells every node. */
function activeCommand(name: 'enable' | 'disable', summary: Command['summary']): Command {
  return {
    name: `user ${name}`,
    usage: '<e-mail> [--workspace <name>]',
    summary,
    async run(context, args) {
      const { words, options } = parseWords(args, WORKSPACE, [1, 1])
      const records = await openRecords(await context.openCore(), options.workspace)
      const user = await findUser(records, words[0] ?? '')
      await patchRecord(records, 'user', user.id, { active: name === 'enable' })
      return 0
    },
  }
}

export const userCommands: readonly Command[] = [
  listCommand,
  createCommand,
  passwordCommand,
  activeCommand('disable', { en: 'Keeps a user from signing in.', 'zh-CN': '停用用户，使其无法登录。' }),
  activeCommand('enable', { en: 'Lets a user sign in again.', 'zh-CN': '重新启用用户。' }),
]

/** 96 bits, in letters that survive a double click. */
function newPassword(): string {
  return randomBytes(12).toString('base64url')
}

function tellPassword(context: CommandContext, email: string, password: string): void {
  context.print(
    context.say({
      en: `${email} signs in with the password ${password}`,
      'zh-CN': `${email} 的登录密码：${password}`,
    }),
  )
}

/** @throws AppError USER_UNKNOWN */
async function findUser(records: RequestContext, email: string): Promise<UserRow> {
  const answer = await listRecords(records, 'user', { filter: { '==': [{ var: 'email' }, email] }, limit: 1 })
  const [user] = (JSON.parse(answer.body) as { data: readonly UserRow[] }).data
  if (user === undefined) throw refuse('USER_UNKNOWN', '/email', { params: { email } })
  return user
}

async function* allUsers(records: RequestContext): AsyncGenerator<UserRow> {
  let after: string | undefined
  do {
    const answer = await listRecords(records, 'user', {
      sort: 'email',
      limit: 200,
      fields: 'name,email,roles,active',
      ...(after === undefined ? {} : { after }),
    })
    const { data, page } = JSON.parse(answer.body) as { data: UserRow[]; page: { next: string | null } }
    yield* data
    after = page.next ?? undefined
  } while (after !== undefined)
}
