import { resolve } from 'node:path'
import { refuse } from '../errors.ts'
import { importFile } from '../imports/import-file.ts'
import { runScenarios } from '../quality/run-scenarios.ts'
import { withTemplateFolder } from '../templates/archive.ts'
import { installTemplate } from '../templates/install.ts'
import { listInstalled } from '../templates/installed.ts'
import { parseWords } from './arguments.ts'
import type { Command } from './command.ts'
import { DEFAULT_WORKSPACE } from './open-workspace.ts'
import { templateWorkCommands } from './template-work.ts'

const WORKSPACE = { workspace: { type: 'string', default: DEFAULT_WORKSPACE } } as const

const installCommand: Command = {
  name: 'template install',
  usage: '<folder or archive> [--no-data] [--accept-losses] [--override <reason>] [--workspace <name>]',
  summary: {
    en: 'Installs a template: its definitions as one version, then its data. A second time changes nothing.',
    'zh-CN': '安装模板：定义作为一个版本发布，再装载数据。重复安装不会产生变化。',
  },
  async run(context, args) {
    const { words, options } = parseWords(
      args,
      {
        ...WORKSPACE,
        'no-data': { type: 'boolean', default: false },
        'accept-losses': { type: 'boolean', default: false },
        override: { type: 'string' },
      },
      [1, 1],
    )
    const { database: db, registry, models } = await context.openCore()
    const ports = { loadRows: importFile, scenarios: runScenarios }
    const deps = { db, registry, models, progress: context.progress, ...ports }
    const path = resolve(context.folder, words[0] ?? '')
    const outcome = await withTemplateFolder(path, (folder) =>
      installTemplate(deps, options.workspace, folder, {
        withDemo: !options['no-data'],
        acceptLosses: options['accept-losses'],
        reason: options.override,
      }),
    )
    const { name, version } = outcome.template.manifest
    const records = outcome.records.toLocaleString('en')
    context.print(
      context.say({
        en: `The template ${name} ${version} is in force in version ${outcome.version}; ${records} records were made.`,
        'zh-CN': `模板 ${name} ${version} 已在版本 ${outcome.version} 中生效，新建 ${records} 条记录。`,
      }),
    )
    return 0
  },
}

const listCommand: Command = {
  name: 'template list',
  usage: '[--workspace <name>]',
  summary: { en: 'Lists the templates that a workspace has.', 'zh-CN': '列出工作区已安装的模板。' },
  async run(context, args) {
    const { options } = parseWords(args, WORKSPACE, [0, 0])
    const core = await context.openCore()
    const model = await core.models.current(options.workspace)
    if (model === undefined) throw refuse('WORKSPACE_UNKNOWN', '', { params: { name: options.workspace } })
    for (const { name, version, installedAt } of await listInstalled(core.database, model.schema)) {
      context.print(`${name}\t${version}\t${installedAt}`)
    }
    return 0
  },
}

export const templateCommands: readonly Command[] = [installCommand, listCommand, ...templateWorkCommands]
