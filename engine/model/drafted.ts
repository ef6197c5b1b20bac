import type { Text } from '../../metadata/text.ts'
import type { Executor } from '../db/database.ts'
import type { Kind } from './compiled.ts'

/** A definition that a draft writes or removes, by what it is called there. */
export interface DraftedDefinition {
  readonly kind: Kind
  readonly name: string
  /** Absent where the draft removes it or gives it no label. */
  readonly label: Text | undefined
}

export interface Drafted {
  /** Of all definitions. */
  readonly count: number
  readonly first: readonly DraftedDefinition[]
}

/** Definitions that are told of a draft in a list. */
const TOLD = 3

const NOTHING: Drafted = { count: 0, first: [] }

/**
 * What drafts are about, for lists of them.
 * @param schema quoted
 * @returns what the draft of an id holds
 */
export async function loadDrafted(
  db: Executor,
  schema: string,
  ids: readonly string[],
): Promise<(id: string) => Drafted> {
  const { rows } = await db.query<{
    id: string
    kind: Kind
    name: string
    label: string | null
    count: number
  }>({
    text: `SELECT id, kind, name, count, definition->'label' AS label FROM (
  SELECT changeset_id AS id, kind, name, definition, count(*) OVER (PARTITION BY changeset_id)::int AS count,
    row_number() OVER (PARTITION BY changeset_id ORDER BY kind, name) AS place
  FROM ${schema}.tenon_changeset_item WHERE changeset_id = ANY ($1::uuid[])) AS item
WHERE place <= $2 ORDER BY id, kind, name`,
    values: [ids, TOLD],
  })
  const drafted = new Map<string, Drafted>()
  for (const { id, count, kind, name, label } of rows) {
    const first = drafted.get(id)?.first ?? []
    const said = label === null ? undefined : (JSON.parse(label) as Text)
    drafted.set(id, { count, first: [...first, { kind, name, label: said }] })
  }
  return (id) => drafted.get(id) ?? NOTHING
}
