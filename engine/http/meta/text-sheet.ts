import { textIn } from '../../../metadata/text.ts'
import { textsOf } from '../../../metadata/texts-of.ts'
import { type Language, refuse } from '../../errors.ts'
import type { Upload } from '../../imports/open-upload.ts'
import { readRows } from '../../imports/read-csv.ts'
import { canonical } from '../../model/canonical.ts'
import type { ChangesetItem } from '../../model/changesets.ts'
import { listDefinitions } from '../../model/definition-set.ts'
import type { ModelContext } from '../../model/kinds/kind-spec.ts'
import { FURTHER_LANGUAGES, languageName } from '../../model/languages.ts'

/** The columns of the sheet, whatever language it is asked for in, so that any of them can be read back. */
const ADDRESS = 'Address 地址'
const WHERE = 'Where 位置'
/** The languages of the pages, each with what stands above its column. */
const LANGUAGES: ReadonlyMap<string, string> = new Map([
  ['zh-CN', '中文'],
  ['en', 'English'],
  ...FURTHER_LANGUAGES.map((tag) => [tag, languageName(tag)] as const),
])

export const TEXT_SHEET_HEADER: readonly string[] = [ADDRESS, WHERE, ...LANGUAGES.values()]
/** Characters across, by column. */
export const TEXT_SHEET_WIDTHS: readonly number[] = [48, 28, ...[...LANGUAGES.keys()].map(() => 48)]

/** Every text of what is in force and what a draft makes of it, a row each. */
export function textRows(
  { definitions, registry }: ModelContext,
  draft: readonly Pick<ChangesetItem, 'kind' | 'name' | 'definition'>[],
  language: Language,
): readonly (readonly string[])[] {
  const all = new Map<string, unknown>(
    listDefinitions(definitions).map((one) => [`${one.kind}/${one.name}`, canonical(one, registry)]),
  )
  for (const { kind, name, definition } of draft) {
    if (definition === undefined) all.delete(`${kind}/${name}`)
    else all.set(`${kind}/${name}`, definition)
  }
  return [...all.values()].flatMap((definition) => {
    const { name, label } = definition as {
      readonly name: string
      readonly label?: Parameters<typeof textIn>[0]
    }
    const called = textIn(label, language, name)
    return textsOf(definition as Parameters<typeof textsOf>[0]).map(({ address, texts }) => [
      address,
      called,
      ...[...LANGUAGES.keys()].map((one) => texts[one] ?? ''),
    ])
  })
}

/** What a row of a sheet says of one text. */
export interface TextRow {
  /** Its number in the sheet. */
  readonly row: number
  readonly address: string
  /** Only what the sheet says: an empty cell says nothing. */
  readonly texts: Readonly<Record<string, string>>
  /** The languages whose cell holds no text but what a spreadsheet writes where a formula fails. */
  readonly broken?: readonly string[]
}

/** What spreadsheets write into a cell whose formula leads nowhere. */
const FAULT = /^#(?:REF!|N\/A|NAME\?|VALUE!|DIV\/0!|NULL!|NUM!|SPILL!|CALC!|FIELD!|BLOCKED!|UNKNOWN!)$/

/**
 * The texts of a sheet that was filled in; whether their addresses lead anywhere, or are there at all, is told by who knows
 * the draft.
 * @throws AppError IMPORT_COLUMN_UNKNOWN where it has no addresses, or no language
 */
export async function readTextRows({ file, numbers }: Upload): Promise<readonly TextRow[]> {
  const at = columnOf(file.headers, ADDRESS)
  if (at < 0) throw missing(ADDRESS)
  const columns = [...LANGUAGES]
    .map(([one, name]) => [one, columnOf(file.headers, name, one)] as const)
    .filter(([, column]) => column >= 0)
  if (columns.length === 0) throw missing('English')
  const found: TextRow[] = []
  for await (const { index, line, cells } of readRows(file)) {
    const address = (cells[at] ?? '').trim()
    const filled = columns.flatMap(([one, column]) => {
      const text = (cells[column] ?? '').replaceAll('\r\n', '\n')
      return text.trim() === '' ? [] : [[one, text] as const]
    })
    const isFault = ([, text]: readonly [string, string]): boolean => FAULT.test(text.trim())
    const broken = filled.filter(isFault).map(([one]) => one)
    const texts = Object.fromEntries(filled.filter((one) => !isFault(one)))
    if (filled.length > 0)
      found.push({
        row: numbers?.[index] ?? line,
        address,
        texts,
        ...(broken.length > 0 && { broken }),
      })
  }
  return found
}

/** A column by what stands above it: all of it, one of its words, or another name. */
function columnOf(headers: readonly string[], header: string, ...others: readonly string[]): number {
  const names = [header, ...header.split(' '), ...others].map((name) => name.toLowerCase())
  return headers.findIndex((one) => names.includes(one.trim().toLowerCase()))
}

function missing(name: string) {
  return refuse('IMPORT_COLUMN_UNKNOWN', '/file', {
    params: { name },
    hint: {
      en: 'Save the sheet of texts first, fill in that one, and leave its header as it is.',
      'zh-CN': '请先导出文字表，在其中填写，并保持表头不变。',
    },
  })
}
