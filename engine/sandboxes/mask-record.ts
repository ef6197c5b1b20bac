import { textIn } from '../../metadata/text.ts'
import type { Language } from '../errors.ts'
import type { CompiledEntity, CompiledField } from '../model/compiled.ts'
import type { MadeUp, Random } from './made-up.ts'

/** The stored values of a record, by column, as JSON has them. */
export type Row = Readonly<Record<string, unknown>>

/** Field types by which people are reached, classified or not. */
const REACH = new Set(['phone', 'email', 'address', 'location'])
/** What no sandbox gets: secrets, contents of files, and what has no shape that could be made up. */
const LEFT_OUT = new Set(['password', 'encrypted', 'json', 'location', 'file', 'image'])
/** A short text that so many records share is nobody's own: a city, a job title. */
const SHARED_BY = 3

export interface MaskDeps {
  readonly madeUp: MadeUp
  readonly language: Language
  readonly random: Random
}

/**
 * Replaces what is about people in the records of one entity. What comes out depends on the kind of the value, never on
 * the value itself: nothing leads back. Pure but for chance.
 * @param rows all that were taken of the entity
 */
export function maskRecords(entity: CompiledEntity, rows: readonly Row[], deps: MaskDeps): readonly Row[] {
  const fields = [...entity.fields.values()].filter((field) => !field.system && field.columns.length > 0)
  const isAboutPeople = fields.some((field) => isPersonal(field) || REACH.has(field.type.name))
  const isOfPersons = mostlyPersons(entity.titleField, rows)
  const masks = fields.flatMap((field) => {
    const mask = maskFor(
      entity,
      field,
      { isAboutPeople, isOfPersons, shared: sharedTexts(field, rows) },
      deps,
    )
    return mask === undefined ? [] : [{ columns: field.columns.map(bare), mask }]
  })
  return rows.map((row) => {
    const masked: Record<string, unknown> = { ...row }
    for (const { columns, mask } of masks) {
      const [first = '', ...others] = columns
      const value = row[first]
      masked[first] = value === null || value === undefined ? null : mask(value)
      for (const other of others) masked[other] = null
    }
    return masked
  })
}

export const bare = (column: string): string => column.slice(1, -1).replaceAll('""', '"')

const isPersonal = ({ definition }: CompiledField): boolean => definition.personal !== undefined

type Mask = (value: unknown) => unknown

interface About {
  readonly isAboutPeople: boolean
  readonly isOfPersons: boolean
  /** Texts that are nobody's own. */
  readonly shared: ReadonlySet<unknown>
}

/** Undefined for what may stay as it is. */
function maskFor(
  entity: CompiledEntity,
  field: CompiledField,
  { isAboutPeople, isOfPersons, shared }: About,
  deps: MaskDeps,
): Mask | undefined {
  const { madeUp, language } = deps
  const type = field.type.name
  if (LEFT_OUT.has(type)) return () => null
  if (field.relation !== undefined || field.type.computed !== undefined) return undefined
  if (type === 'phone') return () => madeUp.phone()
  if (type === 'email') return () => madeUp.email()
  if (type === 'address') return (value) => ({ ...placeOf(value), street: madeUp.street() })
  if (type === 'long_text') return () => madeUp.words()
  if (type === 'rich_text') return () => `<p>${madeUp.words()}</p>`
  if (isPersonal(field)) return classified(field, deps)
  if (type === 'url') return isAboutPeople ? () => 'https://example.com' : undefined
  if (type !== 'text' || !(isAboutPeople || entity.owned)) return undefined
  const label = (of: CompiledEntity | CompiledField) => textIn(of.label, language, of.name)
  if (field === entity.titleField) {
    if (!isAboutPeople) return () => madeUp.short(label(entity))
    return () => (isOfPersons ? madeUp.person() : madeUp.company())
  }
  return (value) => (shared.has(value) ? value : madeUp.short(label(field)))
}

/** The parts of an address that many share. */
function placeOf(value: unknown): object {
  const { country, province, city, district } = value as Readonly<Record<string, unknown>>
  const parts = { country, province, city, district }
  return Object.fromEntries(Object.entries(parts).filter(([, part]) => part !== undefined))
}

/** Somebody's own value of the same kind as it was. */
function classified(field: CompiledField, { madeUp, random }: MaskDeps): Mask {
  const { options } = field
  if (options !== undefined)
    return (value) => {
      const any = () => options[Math.floor(random() * options.length)]?.name ?? null
      return Array.isArray(value) ? [any()] : any()
    }
  switch (typeof field.type.name === 'string' && field.ruleType) {
    case 'number':
      // Of about the size that it had, so that sums and charts look like themselves.
      return (value) =>
        Number((10 ** Math.floor(Math.log10(Math.abs(Number(value)) || 1)) * (1 + random() * 8)).toFixed(0))
    case 'date':
      return () =>
        `${1960 + Math.floor(random() * 45)}-0${1 + Math.floor(random() * 9)}-1${Math.floor(random() * 9)}`
    case 'datetime':
      return () => `${2000 + Math.floor(random() * 20)}-01-1${Math.floor(random() * 9)}T08:00:00.000Z`
    case 'boolean':
      return () => random() < 0.5
    case 'text':
      return (value) => (isPersonName(String(value)) ? madeUp.person() : sameShape(String(value), random))
    default:
      return () => null
  }
}

/** Other digits and letters in the places of digits and letters: a number stays one, and is nobody's. */
function sameShape(text: string, random: Random): string {
  const of = (list: string) => list[Math.floor(random() * list.length)]!
  return text
    .replace(/\d/g, () => of('0123456789'))
    .replace(/[A-Z]/g, () => of('ABCDEFGHJKLMNPQRSTUVWXYZ'))
    .replace(/[a-z]/g, () => of('abcdefghijkmnopqrstuvwxyz'))
    .replace(/\p{Script=Han}/gu, () => of('甲乙丙丁戊己庚辛'))
}

/** Two or three Chinese characters, or two or three words with capitals. */
export function isPersonName(text: string): boolean {
  return /^\p{Script=Han}{2,3}$/u.test(text) || /^\p{Lu}[\p{L}'-]+( \p{Lu}[\p{L}'.-]*){1,2}$/u.test(text)
}

/** Whether the records of an entity are persons, as most of their titles are names of persons. */
function mostlyPersons(title: CompiledField | undefined, rows: readonly Row[]): boolean {
  if (title?.columns[0] === undefined) return false
  const column = bare(title.columns[0])
  return rows.filter((row) => isPersonName(String(row[column]))).length > rows.length / 2
}

function sharedTexts(field: CompiledField, rows: readonly Row[]): ReadonlySet<unknown> {
  if (field.type.name !== 'text' || field.columns[0] === undefined) return new Set()
  const counts = new Map<unknown, number>()
  const column = bare(field.columns[0])
  for (const row of rows) counts.set(row[column], (counts.get(row[column]) ?? 0) + 1)
  return new Set([...counts].filter(([, count]) => count >= SHARED_BY).map(([value]) => value))
}
