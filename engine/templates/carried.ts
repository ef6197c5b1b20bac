import type { Executor } from '../db/database.ts'
import { AppError, type LocalText, type Problem, problem } from '../errors.ts'
import { type Base, listTemplateBases, templateSource } from '../model/bases.ts'
import { canonical, equalDefinitions } from '../model/canonical.ts'
import type { Definition, DefinitionSet } from '../model/compiled.ts'
import { readDefinitions } from '../model/import.ts'
import { isRecord, own, pointer } from '../model/pointer.ts'
import type { Registry } from '../registry/registry.ts'
import type { Answers } from './answers.ts'
import { listInstalled } from './installed.ts'

/**
 * A template that a workspace has, as the workspace's own archive carries it: with what it was answered, and the
 * definitions as it brought them, so that it is upgraded elsewhere as it would be here.
 */
export interface CarriedTemplate {
  readonly name: string
  readonly version: string
  readonly answers: Answers
  /** Those that stand in the archive unchanged by their address (`entity/account`). */
  readonly definitions: readonly (string | Definition)[]
}

const addressOf = ({ kind, name }: Pick<Definition, 'kind' | 'name'>): string => `${kind}/${name}`

/**
 * The templates that a workspace has, by name.
 * @param exported the definitions of the archive
 */
export async function carriedTemplates(
  db: Executor,
  schema: string,
  exported: readonly Definition[],
  registry: Registry,
): Promise<readonly CarriedTemplate[]> {
  const installed = await listInstalled(db, schema)
  const bases = new Map((await listTemplateBases(db, schema)).map((base) => [base.source, base]))
  const here = new Map(exported.map((one) => [addressOf(one), one]))
  return installed.flatMap(({ name, version, answers }): CarriedTemplate[] => {
    const base = bases.get(templateSource(name))
    if (base === undefined) return []
    const definitions = base.definitions.map((one) =>
      equalDefinitions(here.get(addressOf(one)), one, registry) ? addressOf(one) : canonical(one, registry),
    )
    return [{ name, version, answers, definitions }]
  })
}

/**
 * The bases of the templates that an archive carries.
 * @param archived the archive's own definitions
 * @throws AppError with every problem, paths below `/templates/<position>`
 */
export function readCarried(
  raw: unknown,
  archived: readonly unknown[],
  inForce: DefinitionSet,
  registry: Registry,
): readonly Base[] {
  if (raw === undefined) return []
  if (!Array.isArray(raw)) throw new AppError(invalid('/templates', NO_LIST))
  const problems: Problem[] = []
  const bases = raw.map((one: unknown, index): Base => {
    const at = pointer('templates', index)
    const faults = faultsOf(one, at)
    problems.push(...faults)
    if (faults.length > 0) return NOTHING
    const { name, version, answers, definitions } = one as CarriedTemplate
    const written = definitions.map((brought, position) => {
      if (typeof brought !== 'string') return brought
      const found = archived.find((other) => `${own(other, 'kind')}/${own(other, 'name')}` === brought)
      if (found === undefined)
        problems.push(invalid(`${at}${pointer('definitions', position)}`, notThere(brought)))
      return found
    })
    if (problems.length > 0) return NOTHING
    const read = within(at, problems, () => readDefinitions(inForce, written, registry)) ?? []
    const brings = read.map(({ definition }) => definition as Definition)
    return { source: templateSource(name), version, definitions: brings, answers }
  })
  if (problems.length > 0) throw new AppError(problems)
  return bases
}

const NOTHING: Base = { source: '', version: '', definitions: [] }

/** What a template may be called, as its manifest says it. */
const NAME = /^[a-z][a-z0-9_]{0,39}$/

const NO_LIST: LocalText = { en: 'templates is no list', 'zh-CN': 'templates 不是列表' }
const notThere = (address: string): LocalText => ({
  en: `the archive holds no ${address.slice(0, 100)}`,
  'zh-CN': `归档中没有 ${address.slice(0, 100)}`,
})

const invalid = (path: string, reason: LocalText): Problem =>
  problem('META_ARCHIVE_INVALID', path, { params: { reason } })

function faultsOf(one: unknown, at: string): readonly Problem[] {
  const [name, version, answers, definitions] = ['name', 'version', 'answers', 'definitions'].map((key) =>
    own(one, key),
  )
  const isName = typeof name === 'string' && NAME.test(name)
  return [
    ...(isName ? [] : [invalid(`${at}/name`, { en: 'this is no name', 'zh-CN': '名称无效' })]),
    ...(typeof version === 'string' && version.length <= MOST_CHARACTERS
      ? []
      : [invalid(`${at}/version`, { en: 'this is no version', 'zh-CN': '版本无效' })]),
    ...(isRecord(answers)
      ? []
      : [invalid(`${at}/answers`, { en: 'answers is no object', 'zh-CN': 'answers 不是对象' })]),
    ...(Array.isArray(definitions)
      ? []
      : [invalid(`${at}/definitions`, { en: 'definitions is no list', 'zh-CN': 'definitions 不是列表' })]),
  ]
}

const MOST_CHARACTERS = 40

/** Problems of what is done for a template stand below it. */
function within<T>(at: string, problems: Problem[], work: () => T): T | undefined {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    problems.push(...error.problems.map((fault) => ({ ...fault, path: at + fault.path })))
    return undefined
  }
}
