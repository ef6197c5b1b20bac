import { createWorkspace, listWorkspaces } from '../db/migrate.ts'
import { bootstrapWorkspace } from '../model/bootstrap.ts'
import { parseWords } from './arguments.ts'
import type { Command } from './command.ts'

const listCommand: Command = {
  name: 'workspace list',
  usage: '',
  summary: { en: 'Lists the workspaces.', 'zh-CN': '列出所有工作区。' },
  async run(context, args) {
    parseWords(args, {}, [0, 0])
    const { database } = await context.openStore()
    for (const { name } of await listWorkspaces(database)) context.print(name)
    return 0
  },
}

const createCommand: Command = {
  name: 'workspace create',
  usage: '<name>',
  summary: { en: 'Makes an empty workspace.', 'zh-CN': '新建一个空工作区。' },
  async run(context, args) {
    const [name = ''] = parseWords(args, {}, [1, 1]).words
    const { database, registry } = await context.openCore()
    const { created } = await createWorkspace(database, name)
    await bootstrapWorkspace(database, registry, name)
    context.print(
      created
        ? context.say({ en: `Workspace “${name}” is made.`, 'zh-CN': `已新建工作区“${name}”。` })
        : context.say({ en: `Workspace “${name}” exists already.`, 'zh-CN': `工作区“${name}”已存在。` }),
    )
    return created ? 0 : 1
  },
}

export const workspaceCommands: readonly Command[] = [listCommand, createCommand]
