import type { FieldType } from '../registry/field-type.ts'
import { ValueFaultError } from '../registry/field-type.ts'

/** A column of a file that nobody has a field for yet: its heading and all its cells, '' for an empty one. */
export interface SheetColumn {
  readonly header: string
  readonly cells: readonly string[]
}

/** A field that would take the cells of a column: all, or all but a few. */
export interface ProposedField {
  readonly header: string
  readonly type: string
  readonly filled: number
  /** Values that differ; no more are counted than `MOST_DISTINCT`. */
  readonly distinct: number
  /** Of what names the records alone: that a column happens to be full says little of the rows that are to come. */
  readonly required: boolean
  readonly unique: boolean
  /** Of a choice: its values, the most frequent first. */
  readonly options?: readonly string[]
  /** Of a lookup: the entity whose records have these names. */
  readonly to?: string
  /** Cells that the type does not take: an import would tell them. */
  readonly misfits?: Misfits
}

export interface Misfits {
  readonly count: number
  /** The first: the place of its cell in the column, and what it says. */
  readonly at: number
  readonly value: string
}

export interface ProposalSource {
  readonly columns: readonly SheetColumn[]
  readonly typeOf: (name: string) => FieldType | undefined
  /** Whether a value is one of that type. */
  readonly isValid: (type: string, value: unknown) => boolean
  /** The entity whose records have the most of these names, if they are nearly all. */
  readonly entityOf: (names: readonly string[]) => string | undefined
}

/** Values of a column that are told apart. */
export const MOST_DISTINCT = 5_000
/** A choice has no more options than a person looks through. */
const MOST_OPTIONS = 20
const LONGEST_OPTION = 40
const LONGEST_OF_REMARK = 10
/** Fewer rows than these say nothing of what repeats. */
const FEWEST_ROWS = 5
/** Characters from which a text has several lines. */
const LONG_TEXT = 200

const MONEY =
  /金额|价格|单价|总价|费用|费$|收入|成本|预算|营业额|工资|款$|amount|price|cost|fee|revenue|budget|salary|total/i
const PHONE = /电话|手机|座机|联系方式|传真|phone|mobile|tel\b|fax/i
const CODE = /编号|编码|代码|单号|序号|工号|学号|\bcode\b|\bnumber\b|\bno\b\.?|\bid\b|\bsku\b/i
const REMARK = /备注|说明|描述|简介|内容|意见|note|remark|comment|description/i
/** People outside: the same few come back in a short list, and new ones with the next. */
const PERSON = /联系人|姓名|contact|person|(?:first|last|full) ?name/i
const CALLED = /名称|姓名|标题|主题|name$|title/i
const MONEY_CELL = /^-?\s*[¥￥$€£]/
const MOBILE = /^(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}$/
const LANDLINE = /^(?:\+\d[\d\s()-]{6,}|\(?0\d{2,3}\)?[-\s]\d{7,8})$/
const PERCENT_CELL = /[%％]$/
/** A number that is a name: digits that would be lost, or more than a number keeps. */
const CODE_CELL = /^(?:0\d+|\d{12,})$/
const WORDS_ONLY = /[^\d\s]/

/** The field types that tell themselves by their cells, in the order in which they are tried. */
const TOLD_BY_CELLS: readonly {
  readonly type: string
  readonly isMeant: (cells: readonly string[], header: string) => boolean
}[] = [
  { type: 'boolean', isMeant: (cells) => cells.every((cell) => WORDS_ONLY.test(cell)) },
  { type: 'date', isMeant: () => true },
  { type: 'date_time', isMeant: () => true },
  { type: 'email', isMeant: (cells) => cells.every((cell) => cell.includes('@')) },
  { type: 'url', isMeant: () => true },
  {
    type: 'phone',
    isMeant: (cells, header) =>
      cells.every((cell) => MOBILE.test(cell) || LANDLINE.test(cell)) || PHONE.test(header),
  },
  { type: 'percent', isMeant: (cells) => cells.every((cell) => PERCENT_CELL.test(cell)) },
  {
    type: 'currency',
    isMeant: (cells, header) =>
      !isCode(cells) && (MONEY.test(header) || cells.every((cell) => MONEY_CELL.test(cell))),
  },
  { type: 'integer', isMeant: (cells, header) => !isCode(cells) && !CODE.test(header) },
  { type: 'decimal', isMeant: (cells, header) => !isCode(cells) && !CODE.test(header) },
]

/** A column may be meant for these though a few cells are something else: a date among hundreds that is a word. */
const FORGIVING: ReadonlySet<string> = new Set(['date', 'date_time', 'email', 'phone', 'percent', 'currency'])
/** A cell in so many may be wrong. */
const CELLS_A_MISFIT = 20

const isCode = (cells: readonly string[]): boolean => cells.some((cell) => CODE_CELL.test(cell))

/**
 * The field that each column of a file would be: of a type that takes every cell that it has, as an import would read it, or
 * all but a few. What nothing fits is text.
 */
export function proposeFields(source: ProposalSource): readonly ProposedField[] {
  const fields = source.columns.map((column) => proposeField(column, source))
  const title = fields.findIndex(({ type, header }) => type === 'text' && CALLED.test(header))
  return fields.map((field, at) => ({
    ...field,
    required: at === title && field.filled > 0 && field.filled === source.columns[at]!.cells.length,
  }))
}

type Guess = Omit<ProposedField, 'required'>

function proposeField({ header, cells }: SheetColumn, source: ProposalSource): Guess {
  const filled = cells.map((cell) => cell.trim()).filter((cell) => cell !== '')
  const counts = countsOf(filled)
  const distinct = counts.size
  const isWhole = filled.length > 0 && filled.length === cells.length
  const isEachOnce = distinct === filled.length && filled.length >= FEWEST_ROWS
  const base = { header, filled: filled.length, distinct, unique: false }
  if (filled.length === 0) return { ...base, type: REMARK.test(header) ? 'long_text' : 'text' }
  const told = TOLD_BY_CELLS.find(
    ({ type, isMeant }) => isMeant(filled, header) && filled.every((cell) => fits(type, cell, source)),
  )
  if (told !== undefined) {
    return { ...base, type: told.type, unique: told.type === 'email' && isEachOnce }
  }
  const nearly = nearlyTold(header, cells, filled, source)
  if (nearly !== undefined) return { ...base, ...nearly }
  const names = [...counts.keys()]
  const to = source.entityOf(names)
  if (to !== undefined) return { ...base, type: 'lookup', to }
  if (isChoice(header, filled.length, names)) {
    const options = names.toSorted((one, other) => counts.get(other)! - counts.get(one)!)
    return { ...base, type: 'select', options }
  }
  const isLong = REMARK.test(header) || filled.some((cell) => cell.length > LONG_TEXT || cell.includes('\n'))
  if (isLong) return { ...base, type: 'long_text' }
  return { ...base, type: 'text', unique: isEachOnce && isWhole && CODE.test(header) }
}

/** The type that all but a few cells tell, with these. */
function nearlyTold(
  header: string,
  cells: readonly string[],
  filled: readonly string[],
  source: ProposalSource,
): Required<Pick<Guess, 'type' | 'misfits'>> | undefined {
  const most = Math.floor(filled.length / CELLS_A_MISFIT)
  if (most === 0) return undefined
  for (const { type, isMeant } of TOLD_BY_CELLS) {
    if (!FORGIVING.has(type)) continue
    const right = filled.filter((cell) => fits(type, cell, source))
    const count = filled.length - right.length
    if (count > most || !isMeant(right, header)) continue
    const at = cells.findIndex((cell) => cell.trim() !== '' && !fits(type, cell.trim(), source))
    return { type, misfits: { count, at, value: cells[at]!.trim().slice(0, LONGEST_OPTION) } }
  }
  return undefined
}

/** Values that come back again and again are a choice. */
function isChoice(header: string, rows: number, names: readonly string[]): boolean {
  // The same remark in many rows is still a remark.
  if (REMARK.test(header) && names.some((name) => [...name].length > LONGEST_OF_REMARK)) return false
  return (
    !PERSON.test(header) &&
    rows >= FEWEST_ROWS &&
    names.length <= MOST_OPTIONS &&
    names.length * 2 <= rows &&
    names.every((name) => [...name].length <= LONGEST_OPTION && !name.includes('\n'))
  )
}

function countsOf(cells: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const cell of cells) {
    if (counts.has(cell) || counts.size < MOST_DISTINCT) counts.set(cell, (counts.get(cell) ?? 0) + 1)
  }
  return counts
}

const CLOCK = /^\d{4}[-/.]\d{1,2}[-/.]\d{1,2}[ T]+\d{1,2}:\d\d(?::\d\d)?$/

/** Whether an import into a field of that type would take the cell. */
function fits(name: string, cell: string, { typeOf, isValid }: ProposalSource): boolean {
  // Spreadsheets know no time zones: what a clock shows is read in the workspace's.
  if (name === 'date_time' && CLOCK.test(cell)) return true
  const type = typeOf(name)
  if (type === undefined) return false
  try {
    return isValid(name, type.csv.parse(cell, { name, type: name }))
  } catch (error) {
    if (error instanceof ValueFaultError) return false
    throw error
  }
}
