import { textIn } from '../../metadata/text.ts'
import type { Language } from '../errors.ts'
import type { CompiledEntity, CompiledField } from '../model/compiled.ts'
import type { Sight } from './cells.ts'
import { neutralized } from './formula-text.ts'
import { parseSelection, type Selection } from './parse-selection.ts'
import { reachField } from './row-source.ts'

/** How an export speaks: as programs and imports do, or as people do. */
export type ExportWords = 'names' | 'labels'

/** One column of an export: a field of the record, or of one that it leads to. */
export interface ExportColumn {
  readonly header: string
  readonly path: readonly string[]
  readonly field: CompiledField
}

/** What the words of an export depend on. */
export interface ExportManner {
  readonly words: ExportWords
  readonly language: Language
  /** In which instants are told to people. */
  readonly timeZone: string
}

/**
 * The columns of the fields that were asked for, in that order; of none, of all that records show.
 * @param paths of fields, checked
 */
export function exportColumns(
  sight: Sight,
  entity: CompiledEntity,
  selection: Selection,
  paths: readonly string[] | undefined,
  { words, language }: Pick<ExportManner, 'words' | 'language'>,
): readonly ExportColumn[] {
  const names = paths ?? selection.fields.map((field) => field.name)
  return names.flatMap((name) => {
    const path = name.split('.')
    const reached = reachField(sight, entity, name) ?? ownField(entity, name)
    if (reached === undefined) return []
    const header = words === 'names' ? name : labelsAlong(sight, entity, path, language).join(' / ')
    return [{ header, path, field: reached.field }]
  })
}

/** A list of children or links is no end of a path that rules know, and yet a field. */
function ownField(entity: CompiledEntity, name: string) {
  const field = entity.fields.get(name)
  return field === undefined ? undefined : { field, entity }
}

function labelsAlong(
  sight: Sight,
  entity: CompiledEntity,
  path: readonly string[],
  language: Language,
): readonly string[] {
  return path.map((name, index) => {
    const upTo = path.slice(0, index + 1).join('.')
    const { field } = reachField(sight, entity, upTo) ?? ownField(entity, upTo) ?? {}
    return field === undefined ? name : textIn(field.label, language, name)
  })
}

/** What must be asked of the records: for people, related records with their names. */
export function exportSelection(
  sight: Sight,
  entity: CompiledEntity,
  fields: string | undefined,
  words: ExportWords,
) {
  const plain = parseSelection(sight, entity, fields, undefined)
  if (words === 'names' || plain.problems.length > 0) return plain
  const related = plain.selection.fields.filter(
    ({ name, relation }) =>
      relation !== undefined && relation.kind !== 'children' && !plain.selection.expand.has(name),
  )
  const expand = related.map((field) => field.name).join(',')
  return expand === '' ? plain : parseSelection(sight, entity, fields, expand)
}

type Json = Readonly<Record<string, unknown>>

/** The cells of a record, in the order of the columns. */
export function exportCells(
  columns: readonly ExportColumn[],
  record: Json,
  manner: ExportManner,
): readonly string[] {
  return columns.map(({ path, field }) => cellText(field, valueAt(record, path), manner))
}

function valueAt(record: Json, path: readonly string[]): unknown {
  let value: unknown = record
  for (const name of path) value = isObject(value) ? value[name] : undefined
  return value
}

/** A value as a cell; nothing, and what is hidden, as an empty one. A masked value is a text, whatever the type. */
function cellText(field: CompiledField, value: unknown, manner: ExportManner): string {
  if (value === null || value === undefined) return ''
  const said = manner.words === 'labels' ? peopleText(field, value, manner) : undefined
  const text = said ?? plainText(field, value)
  return field.ruleType === 'number' && typeof value === 'number' ? text : neutralized(text)
}

function plainText(field: CompiledField, value: unknown): string {
  const { relation, type, definition } = field
  if (typeof value === 'string') return value
  if (relation?.kind === 'one') return idOf(value)
  if (relation?.kind === 'dynamic') return idOf(value) === '' ? '' : type.csv.format(value, definition)
  if (relation?.kind === 'many') return listOf(value).map(idOf).join('; ')
  return type.csv.format(value, definition)
}

/** As people read it; undefined where that is no other than the plain text. */
function peopleText(field: CompiledField, value: unknown, manner: ExportManner): string | undefined {
  const { relation, options, definition } = field
  if (relation?.kind === 'one' || relation?.kind === 'dynamic') return labelOf(value)
  if (relation?.kind === 'many') return listOf(value).map(labelOf).join('; ')
  if (options !== undefined) {
    const word = (name: unknown) => {
      const option = options.find((one) => one.name === name)
      return option === undefined ? String(name) : textIn(option.label, manner.language, option.name)
    }
    return Array.isArray(value) ? value.map(word).join('; ') : word(value)
  }
  if (typeof value === 'boolean') return YES_NO[manner.language][value ? 0 : 1]
  const isInstant = definition.type === 'date_time' && typeof value === 'string' && INSTANT.test(value)
  return isInstant ? localTime(value, manner.timeZone) : undefined
}

const YES_NO: Readonly<Record<Language, readonly [string, string]>> = {
  en: ['yes', 'no'],
  'zh-CN': ['是', '否'],
}
const INSTANT = /^\d{4}-\d{2}-\d{2}T/

const formats = new Map<string, Intl.DateTimeFormat>()

/** `2026-03-02 09:00:00` on the clocks of a time zone, which every spreadsheet takes for a time. */
function localTime(instant: string, timeZone: string): string {
  let format = formats.get(timeZone)
  if (format === undefined) {
    format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' })
    formats.set(timeZone, format)
  }
  return format.format(new Date(instant))
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

/** The id of a related record, which may come as an object; '' for one out of sight. */
function idOf(value: unknown): string {
  if (typeof value === 'string') return value
  return isObject(value) && typeof value.id === 'string' ? value.id : ''
}

function labelOf(value: unknown): string {
  return isObject(value) && typeof value.label === 'string' ? value.label : idOf(value)
}
