import { resolve } from 'node:path'
import { textIn } from '../../metadata/text.ts'
import type { TemplateParameter } from '../../metadata/types.ts'
import { refuse } from '../errors.ts'
import { importFile } from '../imports/import-file.ts'
import { upgradeBuiltIns } from '../model/bootstrap.ts'
import { toDefinitionSet } from '../model/definition-set.ts'
import { runScenarios } from '../quality/run-scenarios.ts'
import { withTemplateFolder } from '../templates/archive.ts'
import { installTemplate } from '../templates/install.ts'
import { listInstalled } from '../templates/installed.ts'
import { previewTemplate } from '../templates/preview.ts'
import { readTemplate } from '../templates/read-template.ts'
import { parseWords } from './arguments.ts'
import type { Command, CommandContext } from './command.ts'
import { DEFAULT_WORKSPACE } from './open-workspace.ts'
import { readSettings, SET } from './settings.ts'
import { templateWorkCommands } from './template-work.ts'

const WORKSPACE = { workspace: { type: 'string', default: DEFAULT_WORKSPACE } } as const

const installCommand: Command = {
  name: 'template install',
  usage:
    '<folder or archive> [--set <name>=<value>]… [--no-data] [--accept-losses] [--override <reason>] [--workspace <name>]',
  summary: {
    en: 'Installs a template: its definitions as one version, then its data. A second time changes nothing. --set answers what it asks, once for each text of a list.',
    'zh-CN':
      '安装模板：定义作为一个版本发布，再装载数据。重复安装不会产生变化。--set 回答模板的参数，列表每项各写一次。',
  },
  async run(context, args) {
    const { words, options } = parseWords(
      args,
      {
        ...WORKSPACE,
        'no-data': { type: 'boolean', default: false },
        'accept-losses': { type: 'boolean', default: false },
        override: { type: 'string' },
        ...SET,
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
        answers: readSettings(options.set, readTemplate(folder).manifest.parameters),
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

const showCommand: Command = {
  name: 'template show',
  usage: '<folder or archive>',
  summary: {
    en: 'Shows what a template asks at install, and what it holds.',
    'zh-CN': '显示模板安装时询问的参数及其内容。',
  },
  async run(context, args) {
    const { words } = parseWords(args, {}, [1, 1])
    const path = resolve(context.folder, words[0] ?? '')
    const template = await withTemplateFolder(path, async (folder) => readTemplate(folder))
    const { name, version, parameters = [] } = template.manifest
    context.print(`${name} ${version}`)
    for (const parameter of parameters)
      context.print(`--set ${parameter.name}=…\t${asked(context, parameter)}`)
    const { registry } = await context.openCore()
    const told = { registry, kept: {}, language: context.language }
    const inForce = upgradeBuiltIns(toDefinitionSet([]), registry)
    for (const { kind, sentence } of previewTemplate(template, inForce, told))
      context.print(`${kind}\t${context.say(sentence)}`)
    return 0
  },
}

function asked(
  context: CommandContext,
  { label, name, type, options, required, default: value }: TemplateParameter,
) {
  const words = [textIn(label, context.language, name), type]
  if (options !== undefined) words.push(options.map((one) => one.name).join(' | '))
  if (value !== undefined) words.push(context.say({ en: `default ${value}`, 'zh-CN': `默认 ${value}` }))
  else if (required === true) words.push(context.say({ en: 'required', 'zh-CN': '必填' }))
  return words.join(context.say({ en: ', ', 'zh-CN': '，' }))
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

export const templateCommands: readonly Command[] = [
  ...[installCommand, listCommand, showCommand],
  ...templateWorkCommands,
]
