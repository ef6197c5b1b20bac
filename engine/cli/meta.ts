import { resolve } from 'node:path'
import type { Core } from '../core.ts'
import { AppError, type Problem, refuse } from '../errors.ts'
import type { Base } from '../model/bases.ts'
import { type ChangesetItem, MAX_ANNOUNCEMENT_LENGTH, openFilledChangeset } from '../model/changesets.ts'
import { exportDefinitions, exportManifest } from '../model/export.ts'
import { planImport } from '../model/import.ts'
import { blockedBy, type Plan, type PlannedStep } from '../model/plan.ts'
import { pointer, pointerSteps } from '../model/pointer.ts'
import { runCandidate } from '../model/prove.ts'
import { planItems, publishItems } from '../model/publish-definitions.ts'
import { loadState, schemaOf, type WorkspaceState } from '../model/state.ts'
import { fileOf, TEMPLATES_FILE, writeFolder } from '../model/write-folder.ts'
import { publishControl } from '../process/control/publish-control.ts'
import { runScenarios } from '../quality/run-scenarios.ts'
import { publishPorts } from '../records/fill-computed.ts'
import { answerTemplate } from '../templates/answer-template.ts'
import { carriedTemplates, readCarried } from '../templates/carried.ts'
import { keptAnswers } from '../templates/installed.ts'
import { readFolderTemplates, readTemplate } from '../templates/read-template.ts'
import { parseWords } from './arguments.ts'
import type { Command, CommandContext } from './command.ts'
import { finishPublish } from './finish-job.ts'
import { DEFAULT_WORKSPACE } from './open-workspace.ts'
import { printResults } from './print-results.ts'

const WORKSPACE = { workspace: { type: 'string', default: DEFAULT_WORKSPACE } } as const
const FOLDER = { ...WORKSPACE, keep: { type: 'boolean', default: false } } as const

const exportCommand: Command = {
  name: 'meta export',
  usage: '<folder> [--workspace <name>]',
  summary: {
    en: 'Writes all definitions in force into a folder, one file each.',
    'zh-CN': '将所有生效的定义写入文件夹，每个定义一个文件。',
  },
  async run(context, args) {
    const { words, options } = parseWords(args, WORKSPACE, [1, 1])
    const { core, schema, state } = await openState(context, options.workspace)
    const folder = resolve(context.folder, words[0] ?? '')
    const definitions = exportDefinitions(state.definitions, core.registry)
    const templates = await carriedTemplates(core.database, schema, definitions, core.registry)
    const manifest = exportManifest(options.workspace, state.version)
    const result = writeFolder(folder, definitions, manifest, templates)
    for (const file of result.written) context.print(`+ ${file}`)
    for (const file of result.removed) context.print(`- ${file}`)
    const counts = { written: result.written.length, removed: result.removed.length, same: result.unchanged }
    context.progress(
      context.say({
        en: `${counts.written} written, ${counts.removed} removed, ${counts.same} unchanged`,
        'zh-CN': `写入 ${counts.written} 个，删除 ${counts.removed} 个，未变 ${counts.same} 个`,
      }),
    )
    return 0
  },
}

/** The same under the name that goes with push. */
const pullCommand: Command = {
  ...exportCommand,
  name: 'meta pull',
  summary: {
    en: 'Brings a folder to what is in force in a workspace: the same as meta export.',
    'zh-CN': '使文件夹与工作区生效的定义一致，与 meta export 相同。',
  },
}

const pushCommand: Command = {
  name: 'meta push',
  usage: '<folder> [--keep] [--label <text>] [--workspace <name>]',
  summary: {
    en: 'Opens a draft with the definitions of a folder and shows its plan; it is reviewed and published in the designer.',
    'zh-CN': '用文件夹中的定义新建草稿并显示发布计划，随后在设计器中查看和发布。',
  },
  async run(context, args) {
    const { words, options } = parseWords(args, { ...FOLDER, label: { type: 'string' } } as const, [1, 1])
    const { core, schema, state, items, plan, brings, ...folder } = await planFolder(
      context,
      words[0] ?? '',
      options,
    )
    printPlan(context, plan)
    if (items.length === 0) return 0
    const label = options.label ?? folder.label
    const settling = brings.length === 0 ? {} : { brings }
    const draft = { label, createdBy: undefined, baseVersion: state.version, ...settling }
    const { id } = await openFilledChangeset(core.database, schema, draft, items)
    context.print(
      context.say({
        en: `The draft “${label}” is open: /designer/drafts/${id}`,
        'zh-CN': `已新建草稿“${label}”：/designer/drafts/${id}`,
      }),
    )
    return 0
  },
}

const diffCommand: Command = {
  name: 'meta diff',
  usage: '<folder> [--keep] [--workspace <name>]',
  summary: {
    en: 'Says in words what a folder has otherwise than the workspace. Fails when there is anything.',
    'zh-CN': '用文字说明文件夹与工作区的差异；有差异时返回失败。',
  },
  async run(context, args) {
    const { words, options } = parseWords(args, FOLDER, [1, 1])
    const { plan } = await planFolder(context, words[0] ?? '', options)
    for (const { sentence } of plan.steps) context.print(context.say(sentence))
    return plan.steps.length === 0 ? 0 : 1
  },
}

const planCommand: Command = {
  name: 'meta plan',
  usage: '<folder> [--keep] [--workspace <name>]',
  summary: {
    en: 'Shows what publishing a folder would do. --keep leaves definitions that it does not hold.',
    'zh-CN': '显示发布文件夹会带来的变化。--keep 保留文件夹中没有的定义。',
  },
  async run(context, args) {
    const { words, options } = parseWords(args, FOLDER, [1, 1])
    const { core, workspace, state, plan } = await planFolder(context, words[0] ?? '', options)
    printPlan(context, plan)
    const deps = { db: core.database, registry: core.registry, workspace, scenarios: runScenarios }
    const results = await runCandidate(deps, state, plan.candidate)
    printResults(context, results, { isWhole: false })
    return blockedBy(plan).length === 0 && results.every(({ passed }) => passed) ? 0 : 1
  },
}

const publishCommand: Command = {
  name: 'meta publish',
  usage:
    '<folder> [--yes] [--keep] [--label <text>] [--announce <text>] [--override <reason>] [--workspace <name>]',
  summary: {
    en: 'Publishes the definitions of a folder. --yes confirms steps that lose something, --announce tells users what is new, --override publishes although scenarios fail or too few agree.',
    'zh-CN':
      '发布文件夹中的定义。--yes 确认会丢失内容的步骤，--announce 告知用户新内容，--override 说明理由后即使场景未通过或同意人数不足也发布。',
  },
  async run(context, args) {
    const options_ = {
      ...FOLDER,
      yes: { type: 'boolean', default: false },
      label: { type: 'string' },
      announce: { type: 'string' },
      override: { type: 'string' },
    } as const
    const { words, options } = parseWords(args, options_, [1, 1])
    const announcement = options.announce?.trim() || undefined
    if (announcement !== undefined && announcement.length > MAX_ANNOUNCEMENT_LENGTH)
      throw refuse('FIELD_TEXT_TOO_LONG', '/announce', { params: { limit: MAX_ANNOUNCEMENT_LENGTH } })
    const folder = await planFolder(context, words[0] ?? '', options)
    printPlan(context, folder.plan)
    if (folder.plan.steps.length === 0) return 0
    const blocked = blockedBy(folder.plan)
    if (blocked.length > 0) throw new AppError(blocked)
    if (folder.plan.steps.some((step) => step.tag === 'lossy') && !options.yes) {
      throw refuse('META_CONFIRMATION_MISSING')
    }
    return publishFolder(context, folder, {
      ...{ label: options.label ?? folder.label, reason: options.override, announcement },
    })
  },
}

export const metaCommands: readonly Command[] = [
  exportCommand,
  pullCommand,
  planCommand,
  diffCommand,
  pushCommand,
  publishCommand,
]

interface OpenedState {
  readonly core: Core
  readonly workspace: string
  /** Quoted. */
  readonly schema: string
  readonly state: WorkspaceState
}

/** @throws AppError WORKSPACE_UNKNOWN */
async function openState(context: CommandContext, workspace: string): Promise<OpenedState> {
  const core = await context.openCore()
  const schema = await schemaOf(core.database, workspace)
  if (schema === undefined) throw refuse('WORKSPACE_UNKNOWN', '', { params: { name: workspace } })
  return { core, workspace, schema, state: await loadState(core.database, schema) }
}

interface PlannedFolder extends OpenedState {
  readonly items: readonly ChangesetItem[]
  readonly plan: Plan
  readonly label: string
  /** The bases of the templates that the folder's workspace has. */
  readonly brings: readonly Base[]
}

/** @throws AppError with every problem of the files and of the check, each with its file */
async function planFolder(
  context: CommandContext,
  folder: string,
  options: { readonly workspace: string; readonly keep: boolean },
): Promise<PlannedFolder> {
  const read = readTemplate(resolve(context.folder, folder))
  const opened = await openState(context, options.workspace)
  const { core, schema, state } = opened
  const kept = await keptAnswers(core.database, schema, read.manifest.name)
  const template = answerTemplate(read, core.registry, { kept })
  const files = template.definitions.map(({ file }) => file)
  return inFiles(files, async () => {
    const definitions = template.definitions.map(({ definition }) => definition)
    const items = planImport(state.definitions, definitions, core.registry, { isWhole: !options.keep })
    const source = { db: core.database, schema, registry: core.registry, state, counts: 'exact' as const }
    const plan = await planItems(source, items)
    const carried = readFolderTemplates(template.folder)
    const brings = readCarried(carried, definitions, state.definitions, core.registry)
    return { ...opened, items, plan, brings, label: `${template.manifest.name} ${template.manifest.version}` }
  })
}

/** Problems say in which file they are: `definitions/entity/account.json#/fields/3`. */
async function inFiles<T>(files: readonly string[], work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    throw new AppError(error.problems.map((fault) => ({ ...fault, path: inFile(fault, files) })))
  }
}

function inFile({ path }: Problem, files: readonly string[]): string {
  const [kind, name, ...rest] = pointerSteps(path)
  if (kind === undefined || name === undefined) return path
  if (kind === 'templates') return `${TEMPLATES_FILE}#${path}`
  const file =
    kind === 'definitions' ? files[Number(name)] : fileOf({ kind, name } as Parameters<typeof fileOf>[0])
  return `${file ?? path}#${pointer(...rest)}`
}

const MARKS: { readonly [T in PlannedStep['tag']]: string } = { safe: ' ', lossy: '!', blocked: '✗' }

function printPlan(context: CommandContext, plan: Plan): void {
  if (plan.steps.length === 0) {
    context.print(context.say({ en: 'Nothing to publish.', 'zh-CN': '没有需要发布的变化。' }))
    return
  }
  for (const step of plan.steps) context.print(stepLine(context, step))
}

function stepLine(context: CommandContext, step: PlannedStep): string {
  const { records } = step
  const count =
    records === undefined
      ? ''
      : context.say({
          en: ` (${records} ${records === 1 ? 'record' : 'records'})`,
          'zh-CN': `（${records} 条记录）`,
        })
  const long = step.isPrepared ? context.say({ en: ' [prepared first]', 'zh-CN': ' [需先准备]' }) : ''
  const note = step.note === undefined ? '' : `\n    ${context.say(step.note)}`
  return `${MARKS[step.tag]} ${step.tag.padEnd(7)} ${context.say(step.sentence)}${count}${long}${note}`
}

async function publishFolder(
  context: CommandContext,
  folder: PlannedFolder,
  wish: Pick<Parameters<typeof publishItems>[3], 'label' | 'reason' | 'announcement'>,
): Promise<number> {
  const { core, workspace, schema, items, plan, brings } = folder
  const from = { via: 'system', address: undefined, request: undefined }
  const deps = {
    db: core.database,
    registry: core.registry,
    workspace,
    schema,
    ...publishPorts,
    scenarios: runScenarios,
    control: publishControl,
    from,
  }
  const outcome = await publishItems(deps, items, plan, {
    ...{ ...wish, by: undefined, emergency: wish.reason, brings },
  })
  const version =
    'version' in outcome ? outcome.version : await finishPublish(context, core, schema, outcome.job)
  context.print(context.say({ en: `Version ${version} is in force.`, 'zh-CN': `版本 ${version} 已生效。` }))
  return 0
}
