import { nearest } from '../../metadata/nearest.ts'
import { textIn } from '../../metadata/text.ts'
import { AppError, didYouMean, type Problem, problem } from '../errors.ts'
import { numbersMeant } from '../fields/parts/number-pattern.ts'
import type { CompiledEntity, CompiledField, CompiledModel } from '../model/compiled.ts'
import type { SearchPort, SearchWord } from '../registry/ports.ts'
import type { RecordAnswer, RequestContext } from './context.ts'
import { listRecords } from './list.ts'
import { checkParameters, type ListParameters, parseNames, parseSearchText } from './parse-list.ts'

const DEFAULT_LIMIT = 5
const MAX_LIMIT = 50
/** Of so many of the newest that answer, the best are shown: whoever types a name wants the one that is called so. */
const CANDIDATES = 40
/** Entities that are asked at a time: a request must not hold all connections. */
const AT_ONCE = 4

/** A record that answers a search. */
interface Hit {
  readonly entity: string
  readonly id: string
  readonly label: string
  /** What tells it apart from others of its name: whom or what it belongs to. */
  readonly note: string | null
  /** The field in which the words stand, where they do not stand in the label. */
  readonly matched: { readonly field: string; readonly label: string; readonly value: string } | null
}

interface Ranked {
  readonly rank: number
  readonly hit: Hit
}

interface Asked {
  readonly q: string
  readonly entities: readonly CompiledEntity[]
  readonly limit: number
}

type Row = Readonly<Record<string, unknown>>

/**
 * Looks for a text in all entities that the actor may read: by name, number, part of a phone number, e-mail, Chinese
 * text, pinyin and its initials. Each entity is asked as its list is, with the rights and the index of that.
 * @param raw `q`; `entities`: only of these (comma list); `limit`: records of each entity, 5 by default, at most 50
 * @returns `data`: the best first, entity by entity, those of the best hits first; `more`: entities that have further
 * @throws AppError with every problem of the question
 */
export async function searchRecords(context: RequestContext, raw: ListParameters): Promise<RecordAnswer> {
  const { q, entities, limit } = parseSearch(context, raw)
  const words = context.search.questionOf(q)
  const groups: Ranked[][] = []
  const more: string[] = []
  const queue = words.length === 0 ? [] : [...entities.entries()]
  const work = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const [at, entity] = next
      const found = await hitsOf(context, entity, q, words)
      groups[at] = found.slice(0, limit)
      if (found.length > limit) more.push(entity.name)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  const data = groups
    .filter((group) => group.length > 0)
    .sort(([one], [other]) => one!.rank - other!.rank)
    .flat()
    .map(({ hit }) => hit)
  return { status: 200, body: JSON.stringify({ data, more: more.sort() }) }
}

function parseSearch(context: RequestContext, raw: ListParameters): Asked {
  const problems = checkParameters(raw, ['q', 'entities', 'limit'])
  const q = parseSearchText(raw.q, problems) ?? ''
  const searched = inOrder(context.model).filter((entity) => isSearched(context, entity))
  const names = parseNames(raw.entities, 'entities', problems)
  const asked = names === undefined ? undefined : names.split(',').map((name) => name.trim())
  for (const name of asked ?? []) {
    if (searched.some((entity) => entity.name === name)) continue
    const hint = didYouMean(
      nearest(
        name,
        searched.map((entity) => entity.name),
      ),
    )
    problems.push(problem('QUERY_ENTITY_NOT_SEARCHED', '/entities', { params: { name }, hint }))
  }
  const limit = parseHitLimit(raw.limit, problems)
  if (problems.length > 0) throw new AppError(problems)
  return { q, limit, entities: searched.filter(({ name }) => asked?.includes(name) ?? true) }
}

/** Entities as apps list them in their navigation: of equally good answers those come first that people work with most. */
function inOrder({ entities, definitions }: CompiledModel): readonly CompiledEntity[] {
  const places = new Map<string, number>()
  for (const { nav } of definitions.app.values())
    nav.forEach(({ entity }, at) => {
      if (entity !== undefined) places.set(entity, Math.min(at, places.get(entity) ?? at))
    })
  const placeOf = ({ name }: CompiledEntity) => places.get(name) ?? Number.POSITIVE_INFINITY
  return [...entities.values()].sort((one, other) => {
    const [here, there] = [placeOf(one), placeOf(other)]
    return here === there ? 0 : here - there
  })
}

function parseHitLimit(raw: unknown, problems: Problem[]): number {
  if (raw === undefined) return DEFAULT_LIMIT
  const limit = typeof raw === 'string' && /^\d{1,4}$/.test(raw) ? Number(raw) : 0
  if (limit < 1 || limit > MAX_LIMIT)
    problems.push(problem('QUERY_LIMIT_INVALID', '/limit', { params: { limit: MAX_LIMIT } }))
  return limit
}

function isSearched(context: RequestContext, entity: CompiledEntity): boolean {
  return context.access.entity(entity.name).read !== 'none' && shownTexts(context, entity).length > 0
}

/** The searchable fields of which the actor sees something. */
function shownTexts(context: RequestContext, entity: CompiledEntity): readonly CompiledField[] {
  return entity.searchFields.filter((field) => isShown(context, entity, field))
}

function isShown({ access }: RequestContext, entity: CompiledEntity, field: CompiledField): boolean {
  return access.entity(entity.name).cell(field).see !== 'none'
}

/** What answers in one entity, the best first and of equally good the newest. */
async function hitsOf(
  context: RequestContext,
  entity: CompiledEntity,
  q: string,
  words: readonly SearchWord[],
): Promise<Ranked[]> {
  const texts = shownTexts(context, entity)
  const title = entity.titleField
  const owner = noteField(context, entity)
  const shown = [...texts, ...(title !== undefined && isShown(context, entity, title) ? [title] : [])]
  const fields = new Set([
    'id',
    ...shown.map(({ name }) => name),
    ...(owner === undefined ? [] : [owner.name]),
  ])
  const question = {
    ...{ q, fields: [...fields].join(','), limit: String(CANDIDATES), sort: '-created_at' },
    ...(owner === undefined ? {} : { expand: owner.name }),
  }
  const { body } = await listRecords(context, entity.name, question)
  const rows = (JSON.parse(body) as { data: readonly Row[] }).data
  return rows
    .map((row): Ranked => {
      const label = textOf(title === undefined ? null : row[title.name]) ?? String(row.id)
      const number = texts.find((field) => isNumberMeant(field, row, q))
      const rank = number === undefined ? rankOf(context.search, label, q, words) : BEGINS_SO
      const others = texts.filter((field) => field !== title)
      const told =
        number ?? (rank === IN_OTHER_FIELD ? fieldWith(context.search, others, row, words) : undefined)
      const note = owner === undefined ? null : labelOf(row[owner.name])
      const matched = told === undefined ? null : matchIn(context, told, row)
      return { rank, hit: { entity: entity.name, id: String(row.id), label, note, matched } }
    })
    .sort((one, other) => one.rank - other.rank)
}

/** The first lookup that says to what a record belongs; its owner or team does not tell records apart. */
function noteField(context: RequestContext, entity: CompiledEntity): CompiledField | undefined {
  return [...entity.fields.values()].find(
    (field) =>
      field.relation?.kind === 'one' &&
      !field.system &&
      context.model.entities.get(field.relation.to)?.builtIn === false &&
      isShown(context, entity, field),
  )
}

function isNumberMeant(field: CompiledField, row: Row, q: string): boolean {
  if (field.type.name !== 'auto_number') return false
  return numbersMeant(String(field.definition.pattern ?? ''), q).includes(String(row[field.name]))
}

const IS_SO = 0
const BEGINS_SO = 1
const HOLDS_IT = 2
const SOUNDS_SO_FIRST = 3
const SOUNDS_SO = 4
const IN_OTHER_FIELD = 5
/** A name of so many characters is all of what is typed as initials. */
const NAME_LENGTH = 4

/** How well a label answers; where it does not, another field of the record does. */
function rankOf(search: SearchPort, label: string, q: string, words: readonly SearchWord[]): number {
  const text = label.toLowerCase()
  if (text === q.trim().toLowerCase()) return IS_SO
  if (words.every((word) => text.includes(word.text)))
    return text.startsWith(words[0]!.text) ? BEGINS_SO : HOLDS_IT
  const begin = [...label].slice(0, Math.min(q.trim().length, NAME_LENGTH)).join('')
  if (holdsAll(search, begin, words)) return SOUNDS_SO_FIRST
  return holdsAll(search, label, words) ? SOUNDS_SO : IN_OTHER_FIELD
}

/** Whether a text has the tokens of each word: as it is written, folded or by its sound. */
function holdsAll(search: SearchPort, text: string, words: readonly SearchWord[]): boolean {
  const tokens = new Set(search.tokensOf([text]))
  return words.every(({ alternatives }) =>
    alternatives.some((one) => one.tokens.every((token) => tokens.has(token))),
  )
}

/** The field in which one of the words stands; numbers with what people write between their digits. */
function fieldWith(
  search: SearchPort,
  fields: readonly CompiledField[],
  row: Row,
  words: readonly SearchWord[],
): CompiledField | undefined {
  return fields.find((field) => {
    const value = textOf(row[field.name])
    if (value === null) return false
    return words.some((word) => value.toLowerCase().includes(word.text) || holdsAll(search, value, [word]))
  })
}

function matchIn({ actor }: RequestContext, field: CompiledField, row: Row): Hit['matched'] {
  const value = textOf(row[field.name]) ?? ''
  return {
    field: field.name,
    label: textIn(field.label, actor.language, field.name),
    value: value.slice(0, 200),
  }
}

function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value === '' ? null : value
  if (typeof value === 'number') return String(value)
  return Array.isArray(value) && value.length > 0 ? value.map(String).join(', ') : null
}

function labelOf(value: unknown): string | null {
  if (typeof value !== 'object' || value === null) return null
  return textOf((value as { label?: unknown }).label)
}
