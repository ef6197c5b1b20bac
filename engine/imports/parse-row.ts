import { nearest } from '../../metadata/nearest.ts'
import { inBothLanguages } from '../../metadata/text.ts'
import { didYouMean, type LocalText, type Problem, type ProblemCode, problem } from '../errors.ts'
import { isRecordId } from '../fields/parts/formats.ts'
import type { CompiledEntity, CompiledField } from '../model/compiled.ts'
import { optionTexts, readCell } from '../model/read-cell.ts'
import { unneutralized } from '../records/formula-text.ts'
import { type ValueFault, ValueFaultError } from '../registry/field-type.ts'
import type { ColumnPlan, ColumnsPlan, LookupTarget } from './plan-columns.ts'
import type { CsvRow } from './read-csv.ts'

/** A row as a record to be: values, and names that still have to be found. */
export interface ParsedRow {
  readonly row: CsvRow
  /** By field name; lookups are missing from it until they are found. */
  readonly body: Record<string, unknown>
  readonly names: readonly NamedLookup[]
  readonly problems: readonly Problem[]
}

/** Names in one cell that stand for other records. */
export interface NamedLookup {
  readonly column: ColumnPlan
  readonly wanted: readonly WantedRecord[]
}

export interface WantedRecord {
  readonly target: LookupTarget
  readonly name: string
}

/** One row by the plan of its columns. An empty cell says nothing: the field takes its default. */
export function parseRow(plan: ColumnsPlan, headerCount: number, row: CsvRow): ParsedRow {
  const body: Record<string, unknown> = {}
  const names: NamedLookup[] = []
  const problems: Problem[] = []
  if (row.cells.slice(headerCount).some((cell) => cell !== '')) {
    const params = { found: row.cells.length, expected: headerCount }
    problems.push(problem('IMPORT_ROW_TOO_LONG', '', { params }))
  }
  for (const column of parentsFirst(plan)) {
    const cell = cellOf(column, row)
    if (cell.trim() === '') continue
    if (column.field.relation === undefined) parseValue(column.field, cell, body, problems)
    else parseNames(column, cell.trim(), body, names, problems)
  }
  return { row, body, names, problems }
}

/** The cell of a column with its replacement, '' where the row is shorter. */
export function cellOf(column: ColumnPlan, row: CsvRow): string {
  const cell = unneutralized(row.cells[column.index] ?? '')
  const said = column.replace.get(cell) ?? column.replace.get(cell.trim()) ?? cell
  return column.read?.(said) ?? said
}

function parseValue(
  field: CompiledField,
  cell: string,
  body: Record<string, unknown>,
  problems: Problem[],
): void {
  try {
    body[field.name] = readCell(field, cell, body)
  } catch (error) {
    if (!(error instanceof ValueFaultError)) throw error
    problems.push(faultProblem(error.fault, field, cell))
  }
}

function faultProblem(fault: ValueFault, field: CompiledField, cell: string): Problem {
  const hint =
    fault.hint ?? (field.options === undefined ? undefined : didYouMean(nearestOption(field, cell)))
  return problem(fault.code as ProblemCode, `/${field.name}${fault.path ?? ''}`, {
    ...(fault.params === undefined ? {} : { params: fault.params }),
    hint,
  })
}

const ordered = new WeakMap<ColumnsPlan, readonly ColumnPlan[]>()

/** The columns of a plan, those first on which the options of others depend. */
function parentsFirst(plan: ColumnsPlan): readonly ColumnPlan[] {
  let columns = ordered.get(plan)
  if (columns === undefined) {
    const byName = new Map(plan.columns.map(({ field }) => [field.name, field]))
    const depth = (field: CompiledField | undefined): number =>
      typeof field?.definition.dependsOn === 'string' ? 1 + depth(byName.get(field.definition.dependsOn)) : 0
    columns = plan.columns.toSorted((a, b) => depth(a.field) - depth(b.field))
    ordered.set(plan, columns)
  }
  return columns
}

function nearestOption(field: CompiledField, cell: string): string | undefined {
  return nearest(cell.trim(), field.options!.flatMap(optionTexts))
}

function parseNames(
  column: ColumnPlan,
  cell: string,
  body: Record<string, unknown>,
  names: NamedLookup[],
  problems: Problem[],
): void {
  const { field, targets } = column
  const parts = field.relation?.kind === 'many' ? splitNames(cell) : [cell]
  const wanted: WantedRecord[] = []
  for (const part of parts) {
    const one =
      field.relation?.kind === 'dynamic' ? typedName(targets, part) : { target: targets[0]!, name: part }
    if (one !== undefined) wanted.push(one)
    else {
      const entities = targets.map(({ entity }) => entity.name).join(', ')
      problems.push(problem('IMPORT_LOOKUP_UNTYPED', `/${field.name}`, { params: { value: part, entities } }))
    }
  }
  if (wanted.length < parts.length) return
  if (wanted.every(({ name }) => isRecordId(name))) body[field.name] = fieldValue(field, wanted.map(asId))
  else names.push({ column, wanted })
}

const asId = ({ target, name }: WantedRecord): FoundRecord => ({
  entity: target.entity,
  id: name.toLowerCase(),
})

/** `account:Acme`, with the name or a label of the entity before the colon. */
function typedName(targets: readonly LookupTarget[], text: string): WantedRecord | undefined {
  const at = text.search(/[:：]/)
  if (at < 0) return targets.length === 1 ? { target: targets[0]!, name: text } : undefined
  const wanted = text.slice(0, at).trim().toLowerCase()
  const target = targets.find(({ entity }) =>
    entityNames(entity).some((name) => name.toLowerCase() === wanted),
  )
  return target === undefined ? undefined : { target, name: text.slice(at + 1).trim() }
}

function entityNames({ name, label }: CompiledEntity): string[] {
  return [name, ...(typeof label === 'string' ? [label] : Object.values(label))]
}

function splitNames(cell: string): string[] {
  const parts = cell.split(/[;；]/).map((part) => part.trim())
  return [...new Set(parts.filter((part) => part !== ''))]
}

export interface FoundRecord {
  readonly entity: CompiledEntity
  readonly id: string
}

/** Found records as the value of a relation. */
export function fieldValue(field: CompiledField, found: readonly FoundRecord[]): unknown {
  if (field.relation?.kind === 'many') return found.map((record) => record.id)
  const first = found[0]!
  return field.relation?.kind === 'dynamic' ? { entity: first.entity.name, id: first.id } : first.id
}

/** The label of an entity as the param of a message. */
export function entityWord({ name, label }: CompiledEntity): LocalText {
  return inBothLanguages(label, name)
}
