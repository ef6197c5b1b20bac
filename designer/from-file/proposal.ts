import { nameFor, type ReadChinese, takenNames } from '../../metadata/name-for.ts'
import { request } from '../../runtime-ui/api/client.ts'
import type { Json } from '../store/json-value.ts'

/** What the engine makes of a file. */
export interface Proposal {
  readonly name: string
  readonly label: string
  readonly file: string
  readonly rows: number
  /** Of how many rows the cells were looked at. */
  readonly looked: number
  readonly fields: readonly ProposedField[]
  readonly preview: readonly (readonly string[])[]
}

export interface ProposedField {
  readonly header: string
  readonly name: string
  readonly type: string
  readonly filled: number
  readonly distinct: number
  readonly required: boolean
  readonly unique: boolean
  readonly options?: readonly { readonly name: string; readonly label: string }[]
  readonly to?: string
  readonly misfits?: Misfits
}

/** Cells that the type does not take, with the first of them. */
export interface Misfits {
  readonly count: number
  readonly row: number
  readonly value: string
}

export async function proposeEntity(file: File): Promise<Proposal> {
  const body = new FormData()
  body.set('file', file)
  return (await request<{ data: Proposal }>('/api/meta/proposals', { method: 'POST', body })).data
}

type Texts = Readonly<Record<string, string>>

/** A column as it is to become a field. */
export interface Column {
  readonly isTaken: boolean
  readonly header: string
  readonly name: string
  readonly label: Texts
  readonly type: string
  /** Rows that have something there. */
  readonly filled: number
  readonly required: boolean
  readonly unique: boolean
  readonly options: NonNullable<ProposedField['options']>
  readonly to: string | undefined
  /** Of the type that was proposed; of another nothing is known. */
  readonly misfits?: Misfits
}

/** The entity that is being made of a file. */
export interface Making {
  readonly name: string
  readonly label: Texts
  /** The place of the column that records are called by. */
  readonly title: number
  readonly columns: readonly Column[]
}

/** Types that a column of a spreadsheet may become, in the order in which they are offered. */
export const COLUMN_TYPES = [
  ...['text', 'long_text', 'integer', 'decimal', 'currency', 'percent', 'boolean', 'date', 'date_time'],
  ...['select', 'email', 'phone', 'url', 'lookup'],
] as const

const HAN = /\p{Script=Han}/u
const CALLED = /名称|姓名|标题|主题|^name$|name$|title/i

/** A text in the language that it is written in. */
export const textOf = (words: string): Texts => (HAN.test(words) ? { 'zh-CN': words } : { en: words })

export function beginMaking({ name, label, fields }: Proposal): Making {
  const columns = fields.map(
    (field): Column => ({
      ...{
        isTaken: field.filled > 0 || !field.header.startsWith('#'),
        header: field.header,
        name: field.name,
      },
      ...{
        label: textOf(field.header),
        type: field.type,
        filled: field.filled,
        required: field.required,
        unique: field.unique,
      },
      ...{ options: field.options ?? [], to: field.to },
      ...(field.misfits === undefined ? {} : { misfits: field.misfits }),
    }),
  )
  const texts = columns.flatMap(({ type, isTaken }, at) => (type === 'text' && isTaken ? [at] : []))
  const title = texts.find((at) => columns[at]!.required) ?? called(texts, columns) ?? texts[0] ?? 0
  return { name, label: textOf(label), title, columns }
}

const called = (texts: readonly number[], columns: readonly Column[]): number | undefined =>
  texts.find((at) => CALLED.test(columns[at]!.header))

/** Another column names the records: each must have one, unless rows lack it. */
export function withTitle(making: Making, title: number, looked: number): Making {
  const column = making.columns[title]!
  const required = column.required || (column.type !== 'boolean' && column.filled === looked)
  return { ...making, title, columns: making.columns.with(title, { ...column, required }) }
}

/** Another type for a column. */
export function withType({ misfits: _old, ...column }: Column, type: string): Column {
  return {
    ...{ ...column, type },
    unique: CAN_BE_UNIQUE.has(type) && column.unique,
    required: type !== 'boolean' && column.required,
  }
}

/** A column as a choice: its options, else what the rows shown have, named as the engine names what it finds itself. */
export function asChoice(column: Column, samples: readonly string[], read: ReadChinese): Column {
  const choice = withType(column, 'select')
  if (column.options.length > 0) return choice
  const seen = [...new Set(samples.map((cell) => cell.trim()).filter((cell) => cell !== ''))]
  const take = takenNames()
  return {
    ...choice,
    options: seen.map((label, at) => ({
      name: take(nameFor(label, read, 'option') ?? `option_${at + 1}`),
      label,
    })),
  }
}

/** Of these types a value may be forbidden to come back. */
export const CAN_BE_UNIQUE: ReadonlySet<string> = new Set(['text', 'integer', 'email', 'phone', 'date'])

export type Fault = 'name' | 'taken' | 'columns' | 'to' | 'twice'

const NAME = /^[a-z][a-z0-9_]{0,39}$/

/** What keeps an entity from being made; of a column with its place. */
export interface MakingFault {
  readonly fault: Fault
  readonly at?: number
}

export function faultsOf(
  { name, columns }: Making,
  isTaken: (name: string) => boolean,
): readonly MakingFault[] {
  const faults: MakingFault[] = []
  if (!NAME.test(name)) faults.push({ fault: 'name' })
  else if (isTaken(name)) faults.push({ fault: 'taken' })
  if (!columns.some((column) => column.isTaken)) faults.push({ fault: 'columns' })
  const names = new Set<string>()
  for (const [at, column] of columns.entries()) {
    if (!column.isTaken) continue
    if (!NAME.test(column.name)) faults.push({ fault: 'name', at })
    else if (names.has(column.name)) faults.push({ fault: 'twice', at })
    else if (column.type === 'lookup' && column.to === undefined) faults.push({ fault: 'to', at })
    names.add(column.name)
  }
  return faults
}

/** Columns of its list, and fields at the top of its page. */
const LISTED = 8
const AT_TOP = 4
const TELLING: ReadonlySet<string> = new Set(['select', 'lookup', 'currency', 'date', 'percent'])

/** The definitions that are made: the entity, its list, its form. */
export function definitionsOf(making: Making): readonly (Json & { kind: string; name: string })[] {
  const { name, label, columns } = making
  const taken = columns.filter(({ isTaken }) => isTaken)
  const title = columns[making.title]?.isTaken === true ? columns[making.title]! : taken[0]
  const long = taken.filter(({ type }) => type === 'long_text')
  const short = taken.filter(({ type }) => type !== 'long_text')
  const names = (some: readonly Column[]): readonly string[] => some.map((one) => one.name)
  const first = title === undefined ? short : [title, ...short.filter((one) => one !== title)]
  return [
    {
      kind: 'entity',
      name,
      label,
      plural: label,
      owned: true,
      ...(title === undefined ? {} : { title: title.name }),
      fields: taken.map((column) => fieldOf(column, column === title)),
    },
    {
      kind: 'view',
      name: `${name}_all`.slice(-40),
      label: allOf(label),
      entity: name,
      type: 'table',
      sort: ['-created_at'],
      columns: [...names(first).slice(0, LISTED), 'owner'],
    },
    {
      kind: 'layout',
      name: `${name}_page`.slice(-40),
      label,
      entity: name,
      form: [
        {
          name: 'details',
          label: { en: 'Details', 'zh-CN': '资料' },
          columns: 2,
          fields: [...names(first), 'owner'],
        },
        ...(long.length === 0
          ? []
          : [{ name: 'more', label: { en: 'More', 'zh-CN': '其他' }, fields: names(long) }]),
      ],
      page: {
        highlights: [
          ...names(first.filter((one) => one !== title && TELLING.has(one.type))).slice(0, AT_TOP),
          'owner',
        ],
      },
    },
  ]
}

/** The heading of each column that is taken → the field that is made of it. */
export const fieldsOf = ({ columns }: Making): Readonly<Record<string, string>> =>
  Object.fromEntries(columns.filter(({ isTaken }) => isTaken).map(({ header, name }) => [header, name]))

const allOf = (label: Texts): Texts => ({
  ...(label.en === undefined ? {} : { en: `All of ${label.en}` }),
  ...(label['zh-CN'] === undefined ? {} : { 'zh-CN': `全部${label['zh-CN']}` }),
})

function fieldOf(column: Column, isTitle: boolean): Json {
  const { name, label, type, required, unique, options, to } = column
  return {
    ...{ name, type, label },
    ...(required ? { required: true } : {}),
    ...(unique && CAN_BE_UNIQUE.has(type) ? { unique: true } : {}),
    ...(isTitle && type === 'text' ? { searchable: true } : {}),
    ...(type === 'select'
      ? { options: options.map((option) => ({ name: option.name, label: textOf(option.label) })) }
      : {}),
    ...(type === 'lookup' ? { to } : {}),
  }
}
