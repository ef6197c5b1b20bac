import { existsSync, mkdirSync, readdirSync, readFileSync, watch, writeFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { createWorkspace, dropWorkspaceIn, inMigration, listWorkspaces } from '../db/migrate.ts'
import { AppError, refuse } from '../errors.ts'
import { importFile } from '../imports/import-file.ts'
import { KIND_NAMES } from '../model/definition-set.ts'
import { formatDefinition } from '../model/format-definition.ts'
import { KINDS } from '../model/kinds/kinds.ts'
import type { ScenarioResult } from '../model/scenarios.ts'
import { placeOfWorkspace } from '../model/state.ts'
import { runScenarios } from '../quality/run-scenarios.ts'
import { makeSandbox } from '../sandboxes/make-sandbox.ts'
import { packedText, packTemplate } from '../templates/archive.ts'
import { installTemplate, type TemplateDeps } from '../templates/install.ts'
import { readTemplate } from '../templates/read-template.ts'
import { parseWords } from './arguments.ts'
import type { Command, CommandContext } from './command.ts'
import { DEFAULT_WORKSPACE } from './open-workspace.ts'
import { printResults } from './print-results.ts'
import { faultLines } from './say.ts'
import { readSettings, SET } from './settings.ts'

const SEEDS_FOLDER = join(import.meta.dirname, '..', '..', 'seeds')
const SCHEMA_FOLDER = join(import.meta.dirname, '..', '..', 'metadata', 'schema')
/** Beside the definitions, for editors only; hidden, so that nothing takes them for definitions. */
const SCHEMAS = '.schema'

const newCommand: Command = {
  name: 'template new',
  usage: '<folder>',
  summary: {
    en: 'Begins a template: a manifest, an entity, a scenario, and the schemas by which an editor completes.',
    'zh-CN': '新建模板：清单、一个实体、一个场景，以及供编辑器补全的 Schema。',
  },
  async run(context, args) {
    const { words } = parseWords(args, {}, [1, 1])
    const folder = resolve(context.folder, words[0] ?? '')
    const name = basename(folder)
      .toLowerCase()
      .replaceAll(/[^a-z0-9_]+/g, '_')
    if (!/^[a-z][a-z0-9_]{0,39}$/.test(name)) throw refuse('META_NAME_INVALID', '', { params: { name } })
    if (existsSync(folder) && readdirSync(folder).length > 0)
      throw refuse('TEMPLATE_FOLDER_FULL', '', { params: { folder } })
    const { registry } = await context.openCore()
    writeSchemas(folder, registry)
    for (const [file, value] of Object.entries(beginning(name))) {
      write(folder, file, formatDefinition(value))
      context.print(`+ ${file}`)
    }
    return 0
  },
}

/** What a template begins with: enough to be installed and tested. */
function beginning(name: string): Readonly<Record<string, object>> {
  const entity = `${name}_item`.slice(0, 40)
  const label = name.charAt(0).toUpperCase() + name.slice(1).replaceAll('_', ' ')
  const schema = (kind: string) => ({ $schema: `../../${SCHEMAS}/${kind}.schema.json` })
  return {
    'template.json': { $schema: `${SCHEMAS}/template.schema.json`, name, version: '0.1.0', label, data: [] },
    [`definitions/entity/${entity}.json`]: {
      ...schema('entity'),
      ...{ kind: 'entity', name: entity, label: `${label} item`, title: 'name', owned: true },
      fields: [{ name: 'name', type: 'text', required: true, searchable: true, label: 'Name' }],
    },
    [`definitions/role/${name.slice(0, 33)}_user.json`]: {
      ...schema('role'),
      ...{
        kind: 'role',
        name: `${name.slice(0, 33)}_user`,
        label: `${label} user`,
        default: { read: 'none' },
      },
      entities: { [entity]: { create: true, read: 'own', update: 'own' } },
    },
    [`definitions/scenario/${name.slice(0, 33)}_begins.json`]: {
      ...schema('scenario'),
      ...{ kind: 'scenario', name: `${name.slice(0, 33)}_begins`, label: `A ${label} user makes an item` },
      given: { lily: { user: { roles: [`${name.slice(0, 33)}_user`] } } },
      steps: [{ as: 'lily', create: { [entity]: { name: 'First' } }, ['then' as string]: { ok: true } }],
    },
  }
}

type Registry = Awaited<ReturnType<CommandContext['openCore']>>['registry']

function writeSchemas(folder: string, registry: Registry): void {
  for (const kind of KIND_NAMES)
    write(folder, `${SCHEMAS}/${kind}.schema.json`, `${JSON.stringify(KINDS[kind].schema(registry))}\n`)
  for (const file of ['template.schema.json', 'common.schema.json'])
    write(folder, `${SCHEMAS}/${file}`, readFileSync(join(SCHEMA_FOLDER, file), 'utf8'))
}

function write(folder: string, file: string, text: string): void {
  mkdirSync(join(folder, file, '..'), { recursive: true })
  writeFileSync(join(folder, file), text)
}

const packCommand: Command = {
  name: 'template pack',
  usage: '<folder> [<file>]',
  summary: {
    en: 'Writes a template folder as one archive, which is installed like the folder.',
    'zh-CN': '将模板文件夹打包为一个文件，安装方式与文件夹相同。',
  },
  async run(context, args) {
    const { words } = parseWords(args, {}, [1, 2])
    const template = readTemplate(resolve(context.folder, words[0] ?? ''))
    const { name, version } = template.manifest
    const file = words[1] ?? `${name}-${version}.tenon.json`
    writeFileSync(resolve(context.folder, file), packedText(packTemplate(template)))
    context.print(file)
    return 0
  },
}

const TEST_PREFIX = 'template_test_'

const testCommand: Command = {
  name: 'template test',
  usage: '<folder> [--set <name>=<value>]… [--no-data]',
  summary: {
    en: 'Installs a template into a workspace of its own, with its data, runs its scenarios and says the result.',
    'zh-CN': '将模板连同数据安装到临时工作区，运行其场景并给出结果。',
  },
  async run(context, args) {
    const options = { 'no-data': { type: 'boolean', default: false }, ...SET } as const
    const { words, options: chosen } = parseWords(args, options, [1, 1])
    const folder = resolve(context.folder, words[0] ?? '')
    const core = await context.openCore()
    await dropLeft(core.database)
    const name = `${TEST_PREFIX}${process.pid}`
    await createWorkspace(core.database, name)
    let results: readonly ScenarioResult[] = []
    const deps: TemplateDeps = {
      ...{ db: core.database, registry: core.registry, models: core.models },
      ...{ loadRows: importFile, progress: context.progress },
      async scenarios(source) {
        results = await runScenarios(source)
        return results.map((one) => ({ ...one }))
      },
    }
    try {
      // It is in force in this workspace only, whatever its scenarios say: they are told below.
      const wish = { withDemo: !chosen['no-data'], reason: 'template test' }
      const { requires = [], parameters } = readTemplate(folder).manifest
      for (const needed of requires)
        await installTemplate(deps, name, join(SEEDS_FOLDER, needed), { ...wish, withDemo: false })
      const answers = readSettings(chosen.set, parameters)
      const { records } = await installTemplate(deps, name, folder, { ...wish, answers })
      printResults(context, results, { isWhole: false })
      context.print(
        context.say({
          en: `Installed, with ${records} records.`,
          'zh-CN': `安装成功，新建 ${records} 条记录。`,
        }),
      )
      return results.every(({ passed }) => passed) ? 0 : 1
    } finally {
      await drop(core.database, name)
    }
  },
}

type Db = Awaited<ReturnType<CommandContext['openCore']>>['database']

const drop = (db: Db, name: string): Promise<void> =>
  inMigration(db, (tx) => dropWorkspaceIn(tx, { name, schema: `ws_${name}` }))

/** Workspaces of tests that were cut off. */
async function dropLeft(db: Db): Promise<void> {
  for (const { name } of await listWorkspaces(db))
    if (name.startsWith(TEST_PREFIX) && !isAlive(Number(name.slice(TEST_PREFIX.length)))) await drop(db, name)
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as { code?: unknown }).code === 'EPERM'
  }
}

/** Milliseconds of quiet after a save: an editor writes a file in several steps. */
const QUIET_MS = 150

const devCommand: Command = {
  name: 'template dev',
  usage: '<folder> [--set <name>=<value>]… [--sandbox <name>] [--workspace <name>]',
  summary: {
    en: 'Publishes a template folder to a sandbox whenever a file of it is saved, and shows problems with file and place.',
    'zh-CN': '监视模板文件夹，每次保存即发布到沙箱，并显示问题所在的文件与位置。',
  },
  async run(context, args) {
    const { words, options } = parseWords(
      args,
      {
        workspace: { type: 'string', default: DEFAULT_WORKSPACE },
        sandbox: { type: 'string', default: 'dev' },
        ...SET,
      } as const,
      [1, 1],
    )
    const folder = resolve(context.folder, words[0] ?? '')
    readManifestOnly(folder)
    const core = await context.openCore()
    writeSchemas(folder, core.registry)
    await ensureSandbox(context, options.workspace, options.sandbox)
    const publish = async (): Promise<void> => {
      try {
        const deps: TemplateDeps = {
          ...{ db: core.database, registry: core.registry, models: core.models },
          ...{ loadRows: importFile, scenarios: runScenarios, progress: () => undefined },
        }
        const answers = readSettings(options.set, readTemplate(folder).manifest.parameters)
        const wish = { withDemo: false, acceptLosses: true, reason: 'template dev', answers }
        const { version } = await installTemplate(deps, options.sandbox, folder, wish)
        context.print(
          context.say({
            en: `✓ Version ${version} is in force in the sandbox “${options.sandbox}”.`,
            'zh-CN': `✓ 版本 ${version} 已在沙箱“${options.sandbox}”中生效。`,
          }),
        )
      } catch (error) {
        if (!(error instanceof AppError)) throw error
        for (const line of faultLines(error, context.language)) context.print(`✗ ${line}`)
      }
    }
    return await watchFolder(folder, publish)
  },
}

/** @throws AppError where it is no template folder at all; what is wrong in its files is told while one works on them */
function readManifestOnly(folder: string): void {
  if (existsSync(join(folder, 'template.json'))) return
  const reason = { en: 'it has no template.json', 'zh-CN': '缺少 template.json' }
  throw refuse('TEMPLATE_FOLDER_UNREADABLE', '', { params: { folder, reason } })
}

/** @throws AppError SANDBOX_NAME_TAKEN where the name is that of a workspace that is none */
async function ensureSandbox(context: CommandContext, workspace: string, name: string): Promise<void> {
  const { database: db, registry, models } = await context.openCore()
  const place = await placeOfWorkspace(db, name)
  if (place?.sandboxOf !== undefined) return
  if (place !== undefined) throw refuse('SANDBOX_NAME_TAKEN', '', { params: { name } })
  const live = await models.current(workspace)
  if (live === undefined) throw refuse('WORKSPACE_UNKNOWN', '', { params: { name: workspace } })
  await makeSandbox({ db, registry }, live, { name, records: 0, by: undefined })
}

/** Publishes at once and after each save, one at a time, until the command is ended. */
function watchFolder(folder: string, publish: () => Promise<void>): Promise<number> {
  return new Promise((_resolve, reject) => {
    let timer: NodeJS.Timeout | undefined
    let running: Promise<void> = Promise.resolve()
    const next = () => {
      running = running.then(publish)
      running.catch(reject)
    }
    watch(folder, { recursive: true }, (_event, file) => {
      if (file === null || file.startsWith(SCHEMAS) || !/\.(json|csv|png|jpe?g|webp)$/.test(file)) return
      clearTimeout(timer)
      timer = setTimeout(next, QUIET_MS)
    }).on('error', reject)
    next() // what is saved meanwhile is seen
  })
}

export const templateWorkCommands: readonly Command[] = [newCommand, devCommand, testCommand, packCommand]
