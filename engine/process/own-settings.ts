import type { Executor } from '../db/database.ts'
import { parseJson } from '../db/values.ts'
import { AppError, type Problem, problem } from '../errors.ts'
import { isRecordId, isStorableText } from '../fields/parts/formats.ts'
import { isRecord, pointer } from '../model/pointer.ts'

/** A page that a person wants at hand, under the name that it had then. */
export type Favourite =
  | { readonly kind: 'record'; readonly entity: string; readonly id: string; readonly label: string }
  | { readonly kind: 'list'; readonly entity: string; readonly view?: string; readonly label: string }
  | { readonly kind: 'dashboard'; readonly name: string; readonly label: string }
  | { readonly kind: 'report'; readonly name: string; readonly label: string }

/** What a person has arranged for themselves, on every device. */
export interface OwnSettings {
  /** In the order in which they stand. */
  readonly favourites: readonly Favourite[]
  /** With which view the list of an entity opens. */
  readonly opening_views: Readonly<Record<string, string>>
  /** The version up to which they have put away what is new; absent where they never have. */
  readonly news_seen?: number
  /** The tours that they have taken or put away; absent where they have none. */
  readonly tours_seen?: readonly Tour[]
}

/** Through what one can be shown around: the pages for daily work, and the designer. */
export const TOURS = ['work', 'designer'] as const
export type Tour = (typeof TOURS)[number]

/** Some of them anew; of the views null means: as the role has it. */
export interface OwnSettingsChange {
  readonly favourites?: readonly Favourite[]
  readonly opening_views?: Readonly<Record<string, string | null>>
  readonly news_seen?: number
  /** Those that are named are put away, no other is brought back. */
  readonly tours_seen?: readonly Tour[]
}

export const MOST_FAVOURITES = 50
const MOST_VIEWS = 500
const MOST_LABEL = 200
const NAME = /^[a-z][a-z0-9_]{0,79}$/

const isName = (value: unknown): boolean => typeof value === 'string' && NAME.test(value)
const isId = (value: unknown): boolean => typeof value === 'string' && isRecordId(value)
const isVersion = (value: unknown): boolean =>
  Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 2_147_483_647
const isLabel = (value: unknown): boolean =>
  typeof value === 'string' && value !== '' && value.length <= MOST_LABEL && isStorableText(value)

type Test = (value: unknown) => boolean
const PARTS: { readonly [K in Favourite['kind']]: Readonly<Record<string, Test>> } = {
  record: { entity: isName, id: isId, label: isLabel },
  list: { entity: isName, view: (value) => value === undefined || isName(value), label: isLabel },
  dashboard: { name: isName, label: isLabel },
  report: { name: isName, label: isLabel },
}

/**
 * A change as it was sent.
 * @throws AppError with every problem
 */
export function parseOwnSettings(raw: unknown): OwnSettingsChange {
  if (!isRecord(raw)) throw new AppError(problem('HTTP_BODY_NOT_OBJECT'))
  const problems: Problem[] = Object.keys(raw)
    .filter((key) => !KEYS.includes(key))
    .map((key) => unknown('', key))
  const { favourites, opening_views: views, news_seen: seen, tours_seen: tours } = raw
  if (favourites !== undefined) problems.push(...favouritesFaults(favourites))
  if (views !== undefined) problems.push(...viewFaults(views))
  if (seen !== undefined && !isVersion(seen)) problems.push(unfit('/news_seen', 'a version', '版本号'))
  if (tours !== undefined && !(Array.isArray(tours) && tours.every(isTour)))
    problems.push(unfit('/tours_seen', `a list of ${TOURS.join(', ')}`, `由 ${TOURS.join('、')} 组成的列表`))
  if (problems.length > 0) throw new AppError(problems)
  return raw as OwnSettingsChange
}

const KEYS = ['favourites', 'opening_views', 'news_seen', 'tours_seen']
const isTour = (value: unknown): boolean => (TOURS as readonly unknown[]).includes(value)

function favouritesFaults(raw: unknown): readonly Problem[] {
  if (!Array.isArray(raw) || raw.length > MOST_FAVOURITES) {
    return [unfit('/favourites', `at most ${MOST_FAVOURITES} favourites`, `最多 ${MOST_FAVOURITES} 个收藏`)]
  }
  return raw.flatMap((item: unknown, index) => {
    const at = `/favourites/${index}`
    if (!isRecord(item)) return [unfit(at, 'an object', '一个对象')]
    const parts =
      typeof item.kind === 'string' && Object.hasOwn(PARTS, item.kind)
        ? PARTS[item.kind as Favourite['kind']]
        : undefined
    if (parts === undefined) return [unfit(`${at}/kind`, Object.keys(PARTS).join(', '))]
    const strange = Object.keys(item).filter((key) => key !== 'kind' && !Object.hasOwn(parts, key))
    const wrong = Object.entries(parts).filter(([part, isFit]) => !isFit(item[part]))
    return [
      ...strange.map((key) => unknown(at, key)),
      ...wrong.map(([part]) => unfit(`${at}/${part}`, `a fitting “${part}”`, `合适的“${part}”`)),
    ]
  })
}

function viewFaults(raw: unknown): readonly Problem[] {
  if (!isRecord(raw) || Object.keys(raw).length > MOST_VIEWS) {
    return [unfit('/opening_views', 'views by entity', '按实体列出的视图')]
  }
  return Object.entries(raw)
    .filter(([entity, view]) => !isName(entity) || !(view === null || isName(view)))
    .map(([entity]) =>
      unfit(`/opening_views${pointer(entity.slice(0, 80))}`, 'the name of a view', '视图名称'),
    )
}

function unknown(at: string, key: string): Problem {
  const name = key.slice(0, 80)
  return problem('FIELD_UNKNOWN', `${at}${pointer(name)}`, { params: { name } })
}

function unfit(path: string, en: string, chinese = en): Problem {
  return problem('META_VALUE_INVALID', path, {
    params: { reason: { en: `expected ${en}`, 'zh-CN': `应为 ${chinese}` } },
  })
}

export async function readOwnSettings(db: Executor, schema: string, person: string): Promise<OwnSettings> {
  const { rows } = await db.query<{ name: string; value: string }>({
    text: `SELECT name, value::text AS value FROM ${schema}.tenon_own_setting WHERE person = $1::uuid`,
    values: [person],
  })
  const found = new Map(rows.map(({ name, value }) => [name, parseJson<never>(value)]))
  const seen = found.get('news_seen')
  const tours: Readonly<Record<string, true>> | undefined = found.get('tours_seen')
  return {
    favourites: found.get('favourites') ?? [],
    opening_views: found.get('opening_views') ?? {},
    ...(seen === undefined ? {} : { news_seen: seen }),
    ...(tours === undefined ? {} : { tours_seen: TOURS.filter((one) => Object.hasOwn(tours, one)) }),
  }
}

/** Stores what is said; views of entities that are not named stay, so that two devices do not undo one another. */
export async function saveOwnSettings(
  db: Executor,
  schema: string,
  person: string,
  change: OwnSettingsChange,
): Promise<void> {
  const { favourites, opening_views: views, news_seen: seen, tours_seen: tours = [] } = change
  const put = (name: string, value: unknown, merged: string) =>
    db.query({
      text:
        `INSERT INTO ${schema}.tenon_own_setting AS o (person, name, value) ` +
        `VALUES ($1::uuid, $2, jsonb_strip_nulls($3::jsonb)) ` +
        `ON CONFLICT (person, name) DO UPDATE SET value = ${merged}, changed_at = now()`,
      values: [person, name, JSON.stringify(value)],
    })
  if (favourites !== undefined) await put('favourites', favourites, 'excluded.value')
  if (views !== undefined) await put('opening_views', views, 'jsonb_strip_nulls(o.value || $3::jsonb)')
  if (tours.length > 0)
    await put('tours_seen', Object.fromEntries(tours.map((one) => [one, true])), 'o.value || $3::jsonb')
  // What is not out yet cannot be put away; a device that is behind takes nothing back.
  if (seen !== undefined) {
    await db.query({
      text:
        `INSERT INTO ${schema}.tenon_own_setting AS o (person, name, value) ` +
        `SELECT $1::uuid, 'news_seen', to_jsonb(least($2::integer, c.version)) FROM ${schema}.tenon_current c ` +
        'ON CONFLICT (person, name) DO UPDATE SET changed_at = now(), ' +
        "value = to_jsonb(greatest((o.value #>> '{}')::integer, (excluded.value #>> '{}')::integer))",
      values: [person, seen],
    })
  }
}
