import { nearest } from '../../metadata/nearest.ts'
import { didYouMean, type Problem, problem } from '../errors.ts'
import type { RequestContext } from '../records/context.ts'
import { listRecords } from '../records/list.ts'
import { entityWord, type FoundRecord, fieldValue, type ParsedRow, type WantedRecord } from './parse-row.ts'
import type { LookupTarget } from './plan-columns.ts'

/** What a name turned out to stand for. */
type Answer = FoundRecord | 'unknown' | 'ambiguous'

/** Finds records by their names; remembers what it found, within bounds. */
export interface LookupResolver {
  /** Fills the lookups of rows, all of a batch at once; a row with a name that stands for nothing gets problems. */
  resolve(context: RequestContext, rows: readonly ParsedRow[]): Promise<readonly ParsedRow[]>
  /** Forgets what is remembered of an entity: records of it were made. */
  forget(entity: string): void
}

const MAX_REMEMBERED = 50_000
const NAMES_PER_QUESTION = 100
const PAGE = 200
/** As many names as are read whole to find the nearest one; of more, only those that begin alike. */
const MAX_CANDIDATES = 1_000

export function createLookupResolver(): LookupResolver {
  const answers = new Map<string, Answer>()
  const candidates = new Map<string, Promise<readonly string[]>>()

  async function learn(context: RequestContext, wanted: readonly WantedRecord[]): Promise<void> {
    for (const [target, names] of byTarget(wanted)) {
      const missing = names.filter((name) => !answers.has(keyOf({ target, name })))
      if (missing.length === 0) continue
      const found = await findByName(context, target, missing)
      for (const name of missing)
        answers.set(keyOf({ target, name }), answerOf(target, found.get(name) ?? []))
    }
    for (const key of answers.keys()) {
      if (answers.size <= MAX_REMEMBERED) break
      answers.delete(key)
    }
  }

  async function unknownProblem(
    context: RequestContext,
    wanted: WantedRecord,
    path: string,
  ): Promise<Problem> {
    const { target, name } = wanted
    const near = nearest(name, await candidatesFor(context, candidates, target, name))
    const params = { entity: entityWord(target.entity), value: name }
    return problem('IMPORT_LOOKUP_UNKNOWN', path, { params, hint: didYouMean(near) })
  }

  async function fill(context: RequestContext, row: ParsedRow): Promise<ParsedRow> {
    const body = { ...row.body }
    const problems = [...row.problems]
    for (const { column, wanted } of row.names) {
      const path = `/${column.field.name}`
      const found: FoundRecord[] = []
      for (const one of wanted) {
        const answer = answers.get(keyOf(one)) ?? 'unknown'
        if (answer === 'unknown') problems.push(await unknownProblem(context, one, path))
        else if (answer === 'ambiguous') {
          const params = { entity: entityWord(one.target.entity), value: one.name }
          problems.push(problem('IMPORT_LOOKUP_AMBIGUOUS', path, { params }))
        } else found.push(answer)
      }
      if (found.length === wanted.length) body[column.field.name] = fieldValue(column.field, found)
    }
    return { ...row, body, names: [], problems }
  }

  return {
    async resolve(context, rows) {
      await learn(
        context,
        rows.flatMap((row) => row.names.flatMap((lookup) => lookup.wanted)),
      )
      const filled: ParsedRow[] = []
      for (const row of rows) filled.push(row.names.length === 0 ? row : await fill(context, row))
      return filled
    },
    forget(entity) {
      for (const [key, answer] of answers) {
        if (answer === 'unknown' && key.startsWith(`${entity}\n`)) answers.delete(key)
      }
      for (const key of candidates.keys()) if (key.startsWith(`${entity}\n`)) candidates.delete(key)
    },
  }
}

function keyOf({ target, name }: WantedRecord): string {
  return `${target.entity.name}\n${target.by.name}\n${name}`
}

function byTarget(wanted: readonly WantedRecord[]): ReadonlyMap<LookupTarget, readonly string[]> {
  const names = new Map<LookupTarget, Set<string>>()
  for (const { target, name } of wanted) names.set(target, (names.get(target) ?? new Set()).add(name))
  return new Map([...names].map(([target, set]) => [target, [...set]]))
}

function answerOf(target: LookupTarget, ids: readonly string[]): Answer {
  if (ids.length > 1) return 'ambiguous'
  return ids[0] === undefined ? 'unknown' : { entity: target.entity, id: ids[0] }
}

/** Ids by name, as the actor sees them. */
async function findByName(
  context: RequestContext,
  target: LookupTarget,
  names: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const found = new Map<string, string[]>()
  for (let start = 0; start < names.length; start += NAMES_PER_QUESTION) {
    const some = names.slice(start, start + NAMES_PER_QUESTION)
    const filter = { in: [{ var: target.by.name }, some] }
    for await (const record of readAll(context, target, filter)) {
      const name = String(record[target.by.name])
      found.set(name, [...(found.get(name) ?? []), record.id])
    }
  }
  return found
}

interface NamedRecord {
  readonly id: string
  readonly [field: string]: unknown
}

async function* readAll(
  context: RequestContext,
  target: LookupTarget,
  filter: unknown,
): AsyncGenerator<NamedRecord> {
  let after: string | null = null
  do {
    const fields = `id,${target.by.name}`
    const raw = { filter, fields, sort: 'id', limit: PAGE, ...(after === null ? {} : { after }) }
    const answer = await listRecords(context, target.entity.name, raw)
    const page = JSON.parse(answer.body) as { data: NamedRecord[]; page: { next: string | null } }
    yield* page.data
    after = page.page.next
  } while (after !== null)
}

/** Names among which a misspelt one may be meant: all of a small entity, else those that begin alike. */
async function candidatesFor(
  context: RequestContext,
  known: Map<string, Promise<readonly string[]>>,
  target: LookupTarget,
  name: string,
): Promise<readonly string[]> {
  const all = `${target.entity.name}\n${target.by.name}`
  if (!known.has(all)) known.set(all, readNames(context, target, undefined))
  const names = await known.get(all)!
  if (names.length < MAX_CANDIDATES) return names
  const start = [...name].slice(0, 2).join('')
  const some = `${all}\n${start}`
  if (!known.has(some)) {
    if (known.size > MAX_CANDIDATES) known.delete([...known.keys()].find((key) => key !== all)!)
    const by = { var: target.by.name }
    const filter = { and: [{ '>=': [by, start] }, { '<': [by, `${start}\u{10ffff}`] }] }
    known.set(some, readNames(context, target, filter))
  }
  return await known.get(some)!
}

async function readNames(
  context: RequestContext,
  target: LookupTarget,
  filter: unknown,
): Promise<readonly string[]> {
  const names: string[] = []
  for await (const record of readAll(context, target, filter)) {
    const name = record[target.by.name]
    if (typeof name === 'string') names.push(name)
    if (names.length >= MAX_CANDIDATES) break
  }
  return names
}
