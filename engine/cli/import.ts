import { isAbsolute, relative, resolve } from 'node:path'
import { type Actor, SYSTEM_ACTOR } from '../access/actor.ts'
import type { Core } from '../core.ts'
import { AppError, refuse } from '../errors.ts'
import { type ImportOutcome, importFile } from '../imports/import-file.ts'
import type { ContextSource } from '../imports/import-request.ts'
import { type Parsed, parseMaps, parseValues, type ValueRule, valueRulesOf } from '../imports/parse-map.ts'
import { inspectCsv, readRows } from '../imports/read-csv.ts'
import { type RequestContext, requestContext } from '../records/context.ts'
import { listRecords } from '../records/list.ts'
import { parseWords } from './arguments.ts'
import type { Command, CommandContext } from './command.ts'
import { DEFAULT_WORKSPACE } from './open-workspace.ts'
import { createProgressBar } from './progress-bar.ts'

const OPTIONS = {
  map: { type: 'string', multiple: true, default: [] as string[] },
  value: { type: 'string', multiple: true, default: [] as string[] },
  values: { type: 'string' },
  errors: { type: 'string' },
  encoding: { type: 'string' },
  delimiter: { type: 'string' },
  as: { type: 'string' },
  'dry-run': { type: 'boolean', default: false },
  again: { type: 'boolean', default: false },
  by: { type: 'string' },
  'accept-duplicates': { type: 'boolean', default: false },
  workspace: { type: 'string', default: DEFAULT_WORKSPACE },
} as const

export const importCommand: Command = {
  name: 'import',
  usage:
    '<entity> <file.csv> [--map <column=field[:by],…>] [--value <column:from=to>] [--values <file.csv>] [--by <field>] [--dry-run] ' +
    '[--errors <file.csv>] [--encoding <name>] [--delimiter <character>] [--as <e-mail>] [--again] [--accept-duplicates] [--workspace <name>]',
  summary: {
    en: 'Imports a CSV file; refused rows go to a file that can be mended and imported.',
    'zh-CN': '导入 CSV 文件；被拒绝的行写入另一文件，修正后可再次导入。',
  },
  async run(context, args) {
    const { words, options } = parseWords(args, OPTIONS, [2, 2])
    const [entity = '', file = ''] = words
    const here = (path: string) => resolve(context.folder, path)
    const maps = parseMaps(options.map)
    const values = parseValues(options.value)
    const more = options.values === undefined ? NOTHING : await readValues(here(options.values))
    const problems = [...maps.problems, ...values.problems, ...more.problems]
    if (problems.length > 0) throw new AppError(problems)
    const core = await context.openCore()
    const source = await contextSource(core, context, options.workspace, options.as)
    const bar = createProgressBar(process.stderr)
    const request = {
      entity,
      file: here(file),
      maps: maps.rules,
      values: [...values.rules, ...more.rules],
      isDryRun: options['dry-run'],
      again: options.again,
      by: options.by,
      acceptsDuplicates: options['accept-duplicates'],
      ...(options.errors === undefined ? {} : { errorFile: here(options.errors) }),
      ...(options.encoding === undefined ? {} : { encoding: options.encoding }),
      ...(options.delimiter === undefined ? {} : { delimiter: delimiterOf(options.delimiter) }),
    }
    const outcome = await importFile(source, request, ({ done, total, rejected }) =>
      bar.update(done, total, rejected === 0 ? '' : refusedNote(context, rejected)),
    ).finally(() => bar.end())
    report(context, outcome, options['dry-run'])
    return outcome.rejected === 0 ? 0 : 1
  },
}

const NOTHING: Parsed<ValueRule> = { rules: [], problems: [] }

async function readValues(path: string): Promise<Parsed<ValueRule>> {
  const file = await inspectCsv(path)
  const rows: (readonly string[])[] = []
  for await (const row of readRows(file)) rows.push(row.cells)
  return valueRulesOf(file.headers, rows)
}

/** A tab is hard to type in a shell. */
function delimiterOf(text: string): string {
  return text === '\\t' || text === 'tab' ? '\t' : text
}

async function contextSource(
  core: Core,
  { language }: CommandContext,
  workspace: string,
  email: string | undefined,
): Promise<ContextSource> {
  const contextAs = async (actor: Actor): Promise<RequestContext> => {
    const model = await core.models.refresh(workspace)
    if (model === undefined) throw refuse('WORKSPACE_UNKNOWN', '', { params: { name: workspace } })
    return requestContext({ db: core.database, search: core.registry.search(), model, actor, via: 'import' })
  }
  const engine: Actor = { ...SYSTEM_ACTOR, language }
  const actor = email === undefined ? engine : await userActor(await contextAs(engine), email)
  return () => contextAs(actor)
}

/** Who imports in a person's name has that person's rights, and owns what they import. */
async function userActor(context: RequestContext, email: string): Promise<Actor> {
  const filter = { '==': [{ var: 'email' }, email] }
  const answer = await listRecords(context, 'user', { filter, limit: 1 })
  const [user] = (JSON.parse(answer.body) as { data: { id: string; name: string; roles: string[] | null }[] })
    .data
  if (user === undefined) throw refuse('USER_UNKNOWN', '/as', { params: { email } })
  const roles = (user.roles ?? []).filter((role) => context.model.definitions.role.has(role)).sort()
  const { language } = context.actor
  return { kind: 'user', id: user.id, name: user.name, roles, roleKey: roles.join(' '), language }
}

function refusedNote(context: CommandContext, rejected: number): string {
  const count = rejected.toLocaleString('en')
  return context.say({ en: `${count} refused`, 'zh-CN': `${count} 行被拒绝` })
}

function report(context: CommandContext, outcome: ImportOutcome, isDryRun: boolean): void {
  const { stored, rejected, before, total, left } = outcome
  const number = (value: number) => value.toLocaleString('en')
  const say = (en: string, chinese: string) => context.print(context.say({ en, 'zh-CN': chinese }))
  if (left.length > 0) {
    const names = left.map((header) => `“${header}”`).join(', ')
    say(`Columns that go nowhere: ${names}`, `未导入的列：${names}`)
  }
  if (outcome.wasFinished) {
    say(
      `This file was imported before: ${number(stored)} stored, ${number(rejected)} refused. Nothing was done (--again imports it once more).`,
      `此文件已导入过：写入 ${number(stored)} 条，拒绝 ${number(rejected)} 行。本次未做任何操作（如需重新导入请加 --again）。`,
    )
  } else if (isDryRun) {
    say(
      `Of ${number(total)} rows ${number(stored)} would be stored and ${number(rejected)} refused. Nothing was stored.`,
      `共 ${number(total)} 行：可写入 ${number(stored)} 条，将拒绝 ${number(rejected)} 行。未写入任何内容。`,
    )
  } else {
    if (before > 0) say(`Went on behind row ${number(before)}.`, `从第 ${number(before)} 行之后继续。`)
    say(
      `${number(stored)} of ${number(total)} rows stored, ${number(rejected)} refused.`,
      `共 ${number(total)} 行：已写入 ${number(stored)} 条，拒绝 ${number(rejected)} 行。`,
    )
  }
  if (outcome.errorFile === undefined) return
  const path = shownPath(context, outcome.errorFile)
  say(`The refused rows and their reasons: ${path}`, `被拒绝的行及原因：${path}`)
}

/** Relative where the file lies below the folder in which the command was called. */
function shownPath({ folder }: CommandContext, path: string): string {
  const short = relative(folder, path)
  return short.startsWith('..') || isAbsolute(short) ? path : short
}
