import type { TextPlace } from '../../metadata/texts-of.ts'
import { request, send, withQuery } from '../../runtime-ui/api/client.ts'
import { problemOf } from '../../runtime-ui/api/problem.ts'

/** What a row of a sheet says of a text. */
export interface TextRow {
  /** Its number in the sheet. */
  readonly row: number
  readonly address: string
  readonly texts: Readonly<Record<string, string>>
  /** The languages whose cell holds the fault of a formula instead of a text. */
  readonly broken?: readonly string[]
}

const SHEET = '/api/meta/texts/sheet'

/**
 * Lets the browser save every text as a workbook.
 * @param changeset as this draft would have them
 * @throws ApiProblem
 */
export async function saveTexts(changeset: string | undefined): Promise<void> {
  const response = await send(withQuery(SHEET, { changeset }), {})
  if (!response.ok) throw await problemOf(response)
  const name = /filename="([^"]+)"/.exec(response.headers.get('Content-Disposition') ?? '')?.[1]
  const place = URL.createObjectURL(await response.blob())
  const link = document.createElement('a')
  link.href = place
  link.download = name ?? 'texts.xlsx'
  link.click()
  setTimeout(() => URL.revokeObjectURL(place), 60_000)
}

/** @throws ApiProblem for what is no such sheet */
export async function readTexts(file: File): Promise<readonly TextRow[]> {
  const body = new FormData()
  body.set('file', file)
  return (await request<{ data: { rows: readonly TextRow[] } }>(SHEET, { method: 'POST', body })).data.rows
}

/** What a sheet comes to on the texts as the draft has them. */
export interface SheetOutcome {
  /** Texts that it says differently, by definition: `entity/deal`. */
  readonly changes: ReadonlyMap<string, readonly { readonly path: readonly string[]; readonly to: unknown }[]>
  readonly count: number
  /** Rows that lead to no text, or to one that may not be changed here. */
  readonly lost: readonly TextRow[]
  /** Rows with a cell that holds the fault of a formula: it is left as it was. */
  readonly broken: readonly TextRow[]
  /** The places of what changed, by `keyOfText`. */
  readonly changed: ReadonlySet<string>
}

/** A text among all: its definition and its path. */
export const keyOfText = ({ kind, name, path }: Pick<TextPlace, 'kind' | 'name' | 'path'>): string =>
  `${kind}/${name}/${path.join('/')}`

export function outcomeOf(
  rows: readonly TextRow[],
  places: readonly TextPlace[],
  mayEdit: (kind: string) => boolean,
): SheetOutcome {
  const byAddress = new Map(places.map((place) => [place.address, place]))
  const changes = new Map<string, Map<string, { readonly path: readonly string[]; readonly to: unknown }>>()
  const lost: TextRow[] = []
  const changed = new Set<string>()
  for (const row of rows) {
    const place = byAddress.get(row.address)
    if (place === undefined || !mayEdit(place.kind)) lost.push(row)
    else if (Object.entries(row.texts).some(([language, text]) => place.texts[language] !== text)) {
      const key = `${place.kind}/${place.name}`
      const ofOne = changes.get(key) ?? new Map()
      // What stands twice in the sheet is as its last row says.
      ofOne.set(row.address, { path: place.path, to: { ...place.texts, ...row.texts } })
      changes.set(key, ofOne)
      changed.add(keyOfText(place))
    }
  }
  const listed = new Map([...changes].map(([key, ofOne]) => [key, [...ofOne.values()]]))
  return {
    changes: listed,
    count: [...listed.values()].reduce((sum, list) => sum + list.length, 0),
    lost,
    broken: rows.filter(({ broken, address }) => broken !== undefined && byAddress.has(address)),
    changed,
  }
}
