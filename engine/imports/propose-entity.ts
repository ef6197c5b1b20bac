import type { FieldDefinition } from '../../metadata/text.ts'
import { refuse } from '../errors.ts'
import type { CompiledEntity } from '../model/compiled.ts'
import { createValueAjv } from '../model/validate-value.ts'
import type { RequestContext } from '../records/context.ts'
import { unneutralized } from '../records/formula-text.ts'
import { listRecords } from '../records/list.ts'
import type { FieldContext } from '../registry/field-type.ts'
import type { Registry } from '../registry/registry.ts'
import type { Upload } from './open-upload.ts'
import { type ProposedField, proposeFields } from './propose-fields.ts'
import { readRows } from './read-csv.ts'

/** What an entity made of a file would be. */
export interface Proposal {
  readonly rows: number
  /** Of how many of them the cells were looked at. */
  readonly looked: number
  readonly fields: readonly PlacedField[]
  /** The first rows, cell by cell. */
  readonly preview: readonly (readonly string[])[]
}

/** A proposed field, with the number that people know the first row by that does not fit. */
export interface PlacedField extends Omit<ProposedField, 'misfits'> {
  readonly misfits?: { readonly count: number; readonly row: number; readonly value: string }
}

/** Columns of one file: as many as an entity has fields. */
const MOST_COLUMNS = 500
/** Cells that are looked at: of a wide file fewer rows. */
const MOST_CELLS = 1_000_000
/** Rows that a page shows. */
const SHOWN = 20
/** Names of a column that are looked for among the records that are there. */
const NAMES_ASKED = 60
/** Columns of which names are looked for. */
const COLUMNS_ASKED = 30
/** So many of the names must be found before a column is taken for a lookup. */
const SHARE_FOUND = 0.8
const FEWEST_FOUND = 2

/**
 * Looks through the rows of an upload for the fields that would take them.
 * @throws AppError IMPORT_FILE_UNREADABLE for more columns than an entity may have
 */
export async function proposeEntity(
  context: RequestContext,
  registry: Registry,
  { file, numbers }: Upload,
): Promise<Proposal> {
  const { headers } = file
  if (headers.length > MOST_COLUMNS) {
    const reason = { en: `it has more than ${MOST_COLUMNS} columns`, 'zh-CN': `列数超过 ${MOST_COLUMNS}` }
    throw refuse('IMPORT_FILE_UNREADABLE', '/file', { params: { reason } })
  }
  const columns = headers.map((header) => ({ header, cells: [] as string[] }))
  const preview: (readonly string[])[] = []
  const most = Math.floor(MOST_CELLS / headers.length)
  let looked = 0
  const places: number[] = []
  for await (const { cells, index, line } of readRows(file)) {
    if (looked === most) break
    // As the import tells the rows that it refuses.
    places.push(numbers?.[index] ?? line)
    looked += 1
    for (const [index, column] of columns.entries()) column.cells.push(unneutralized(cells[index] ?? ''))
    if (preview.length < SHOWN) preview.push(headers.map((_, index) => unneutralized(cells[index] ?? '')))
  }
  const names = await knownNames(context, columns)
  const fields = proposeFields({
    columns,
    typeOf: (name) => registry.fieldType(name),
    isValid: validity(context, registry),
    entityOf: (wanted) => entityOf(names, wanted),
  })
  const placed = fields.map(({ misfits, ...field }) =>
    misfits === undefined
      ? field
      : { ...field, misfits: { count: misfits.count, row: places[misfits.at]!, value: misfits.value } },
  )
  return { rows: file.rowCount, looked, fields: placed, preview }
}

/** Whether values are of a type, each type compiled once. */
function validity({ model }: RequestContext, registry: Registry) {
  const ajv = createValueAjv()
  const known = new Map<string, (value: unknown) => boolean>()
  const context: FieldContext = {
    entity: '',
    field: () => undefined,
    optionSet: () => undefined,
    stages: () => undefined,
    roles: () => [],
    currency: model.settings.currency,
  }
  return (name: string, value: unknown): boolean => {
    let isValid = known.get(name)
    if (isValid === undefined) {
      const field: FieldDefinition = { name, type: name }
      const validate = ajv.compile(registry.fieldType(name)!.valueSchema(field, context))
      isValid = (one) => validate(one) === true
      known.set(name, isValid)
    }
    return isValid(value)
  }
}

interface Known {
  readonly entity: string
  readonly names: ReadonlySet<string>
}

/** Which of the names in the columns are names of records that the actor may read, by entity. */
async function knownNames(
  context: RequestContext,
  columns: readonly { readonly cells: readonly string[] }[],
): Promise<readonly Known[]> {
  const wanted = [
    ...new Set(columns.slice(0, COLUMNS_ASKED).flatMap(({ cells }) => namesAsked(distinctIn(cells)))),
  ].filter((name) => [...name].length > 1 && name.length <= 200 && !/^[\d.,\s-]+$/.test(name))
  if (wanted.length === 0) return []
  const known: Known[] = []
  for (const entity of context.model.entities.values()) {
    const names = await namesIn(context, entity, wanted)
    if (names.size > 0) known.push({ entity: entity.name, names })
  }
  return known
}

const distinctIn = (cells: readonly string[]): readonly string[] => [
  ...new Set(cells.map((cell) => cell.trim()).filter((cell) => cell !== '')),
]

const namesAsked = (names: readonly string[]): readonly string[] => names.slice(0, NAMES_ASKED)

const PER_QUESTION = 100

async function namesIn(
  context: RequestContext,
  entity: CompiledEntity,
  wanted: readonly string[],
): Promise<ReadonlySet<string>> {
  const title = entity.titleField
  const found = new Set<string>()
  if (title === undefined || !TITLES.has(title.type.name)) return found
  const { read, cell } = context.access.entity(entity.name)
  if (read === 'none' || cell(title).see === 'none') return found
  for (let start = 0; start < wanted.length; start += PER_QUESTION) {
    const filter = { in: [{ var: title.name }, wanted.slice(start, start + PER_QUESTION)] }
    const answer = await listRecords(context, entity.name, { filter, fields: title.name, limit: 200 })
    const { data } = JSON.parse(answer.body) as { data: readonly Readonly<Record<string, unknown>>[] }
    for (const record of data) found.add(String(record[title.name]))
  }
  return found
}

const TITLES: ReadonlySet<string> = new Set(['text', 'email'])

function entityOf(known: readonly Known[], names: readonly string[]): string | undefined {
  const asked = namesAsked(names)
  const scored = known
    .map(({ entity, names: there }) => ({ entity, found: asked.filter((name) => there.has(name)).length }))
    .filter(({ found }) => found >= FEWEST_FOUND && found >= asked.length * SHARE_FOUND)
    .sort((one, other) => other.found - one.found)
  return scored[0]?.entity
}
