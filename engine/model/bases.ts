import type { Executor } from '../db/database.ts'
import { parseJson } from '../db/values.ts'
import type { Definition, Kind } from './compiled.ts'

/** Definitions as they came from elsewhere: both sides are compared with them when they come again. */
export interface Base {
  /** `live` for a sandbox, `template/<name>` for a template. */
  readonly source: string
  /** The version there. */
  readonly version: string
  readonly definitions: readonly Definition[]
  /** What a template's parameters were answered with. */
  readonly answers?: Readonly<Record<string, unknown>>
  /** It is no longer here: nothing of it is compared any more. */
  readonly isGone?: true
}

/** The source of a sandbox's definitions. */
export const LIVE_SOURCE = 'live'
const TEMPLATE_PREFIX = 'template/'

export const templateSource = (name: string): string => TEMPLATE_PREFIX + name

/** The definitions of all templates that a workspace has, by their sources. */
export async function listTemplateBases(db: Executor, schema: string): Promise<readonly Base[]> {
  const { rows } = await db.query<{ source: string; version: string; definitions: string }>({
    text: `SELECT source, version, definitions FROM ${schema}.tenon_base WHERE starts_with(source, $1) ORDER BY source`,
    values: [TEMPLATE_PREFIX],
  })
  return rows.map((row) => ({ ...row, definitions: parseJson<Definition[]>(row.definitions) }))
}

/** @param schema quoted, as everywhere here */
export async function loadBase(db: Executor, schema: string, source: string): Promise<Base | undefined> {
  const { rows } = await db.query<{ version: string; definitions: string }>({
    text: `SELECT version, definitions FROM ${schema}.tenon_base WHERE source = $1`,
    values: [source],
  })
  const row = rows[0]
  if (row === undefined) return undefined
  return { source, version: row.version, definitions: parseJson<Definition[]>(row.definitions) }
}

export async function saveBase(db: Executor, schema: string, base: Base): Promise<void> {
  await db.query({
    text: `INSERT INTO ${schema}.tenon_base (source, version, definitions) VALUES ($1, $2, $3)
ON CONFLICT (source) DO UPDATE SET version = excluded.version, definitions = excluded.definitions, taken_at = now()`,
    values: [base.source, base.version, JSON.stringify(base.definitions)],
  })
}

/** Definitions of a sandbox as they go to its live workspace: from then on both have them in common. */
export interface Promoted {
  /** The schema of the sandbox, quoted. */
  readonly sandbox: string
  readonly items: readonly {
    readonly kind: Kind
    readonly name: string
    /** Undefined: removed. */
    readonly definition?: Definition | undefined
    readonly was?: Definition | undefined
  }[]
}

/** Makes what a draft brings the bases that count, in the transaction that publishes it. */
export async function settleBase(
  db: Executor,
  schema: string,
  { id, items }: { readonly id: string; readonly items: readonly Pick<Definition, 'kind' | 'name'>[] },
): Promise<void> {
  const { rows } = await db.query<{ brings: string }>({
    text: `SELECT brings::text AS brings FROM ${schema}.tenon_changeset WHERE id = $1 AND brings IS NOT NULL`,
    values: [id],
  })
  if (rows[0] === undefined) return
  const brings = parseJson<Base | Promoted | readonly Base[]>(rows[0].brings)
  if ('sandbox' in brings) await settlePromoted(db, brings, items)
  else for (const base of [brings].flat()) await settleOwn(db, schema, base as Base)
}

async function settleOwn(db: Executor, schema: string, base: Base): Promise<void> {
  if (base.isGone === true) return forgetTemplate(db, schema, base.source)
  await saveBase(db, schema, base)
  if (!base.source.startsWith(TEMPLATE_PREFIX)) return
  await db.query({
    text: `INSERT INTO ${schema}.tenon_template AS t (name, version, answers) VALUES ($1, $2, $3)
ON CONFLICT (name) DO UPDATE SET version = excluded.version, answers = excluded.answers, installed_at = now()`,
    values: [base.source.slice(TEMPLATE_PREFIX.length), base.version, JSON.stringify(base.answers ?? {})],
  })
}

async function forgetTemplate(db: Executor, schema: string, source: string): Promise<void> {
  await db.query({ text: `DELETE FROM ${schema}.tenon_base WHERE source = $1`, values: [source] })
  const name = source.slice(TEMPLATE_PREFIX.length)
  await db.query({ text: `DELETE FROM ${schema}.tenon_template WHERE name = $1`, values: [name] })
}

/** What was taken out of the draft meanwhile has not been promoted; a sandbox that is gone needs no base. */
async function settlePromoted(
  db: Executor,
  { sandbox, items }: Promoted,
  published: readonly Pick<Definition, 'kind' | 'name'>[],
): Promise<void> {
  const { rows } = await db.query<{ there: boolean }>({
    text: 'SELECT to_regclass($1) IS NOT NULL AS there',
    values: [`${sandbox}.tenon_base`],
  })
  const base = rows[0]?.there === true ? await loadBase(db, sandbox, LIVE_SOURCE) : undefined
  if (base === undefined) return
  const gone = items.filter(({ kind, name }) =>
    published.some((one) => one.kind === kind && one.name === name),
  )
  const isGone = (one: Definition) =>
    gone.some(({ definition, was }) => [definition, was].some((other) => isSame(one, other)))
  const definitions = [
    ...base.definitions.filter((one) => !isGone(one)),
    ...gone.flatMap(({ definition }) => definition ?? []),
  ]
  await saveBase(db, sandbox, { ...base, definitions })
}

function isSame(one: Definition, other: Definition | undefined): boolean {
  if (one.kind !== other?.kind) return false
  return one.id === undefined || other.id === undefined ? one.name === other.name : one.id === other.id
}
