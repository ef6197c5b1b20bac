import type { Executor } from '../db/database.ts'
import type { CompiledEntity, CompiledField } from '../model/compiled.ts'
import type { Comparison } from '../model/duplicate-rules.ts'
import { seenSql } from './cells.ts'
import type { RequestContext } from './context.ts'
import type { ComparedValues } from './duplicate-keys.ts'
import { bind, createParameters, toPlan } from './parameters.ts'
import { personSql } from './people.ts'
import { sightPredicate } from './row-source.ts'
import { labelSql, plainLabel, type SelectSource } from './select.ts'

/** A live record that may be like another one: what the engine compares, and what of it the actor may know. */
export interface LikeRecord {
  readonly id: string
  readonly entity: CompiledEntity
  /** As stored, whatever the actor may see: to be compared and never told. */
  readonly values: ComparedValues
  /** Whether the actor may read the record at all. */
  readonly isSeen: boolean
  /** The compared fields that the actor sees in it, if it is seen. */
  readonly seen: ReadonlySet<CompiledField>
  /** Null where it is not seen. */
  readonly label: string | null
  /** Null where it is nobody's; whose name is told is the rule's matter. */
  readonly owner: { readonly id: string; readonly name: string | null; readonly isSeen: boolean } | null
}

type Row = Record<string, string | boolean | null> & { readonly id: string }

/** Reads records for comparing, by their ids; those in the recycle bin are not there. */
export async function readLikes(
  context: RequestContext,
  tx: Executor,
  entity: CompiledEntity,
  { fields }: Comparison,
  ids: readonly string[],
): Promise<readonly LikeRecord[]> {
  const parameters = createParameters()
  const source: SelectSource = { model: context.model, access: context.access, parameters }
  const sight = `coalesce(${sightPredicate(source, entity, 't', false)}, false)`
  const owner = ownerSql(source, entity)
  const items = [
    't."id"::text AS id',
    `${sight} AS seen`,
    `CASE WHEN ${sight} THEN ${labelSql(source, entity, 't')} END AS label`,
    ...owner.items,
    ...fields.flatMap((field, at) => [
      `t.${field.columns[0]}::text AS f${at}`,
      `coalesce(${seenSql(source, entity, field, 't')}, false) AS s${at}`,
    ]),
  ]
  const text =
    `SELECT ${items.join(', ')} FROM ${entity.table} t ${owner.join} ` +
    `WHERE t."id" = ANY(${parameters.open('ids', 'uuid[]')}) AND t."deleted_at" IS NULL`
  const { rows } = await tx.query<Row>(bind(toPlan(text, parameters), context, { ids }))
  return rows.map((row) => likeOf(entity, fields, row))
}

/** Whose the record is, and whether the actor may know that by the record itself. */
function ownerSql(
  source: SelectSource,
  entity: CompiledEntity,
): { readonly items: readonly string[]; readonly join: string } {
  const people = source.model.entities.get('user')
  const field = entity.owned ? entity.fields.get('owner') : undefined
  if (people === undefined || field === undefined) {
    return { items: ['NULL::text AS owner', 'NULL::text AS owner_name', 'false AS owner_seen'], join: '' }
  }
  const mayReadPeople = personSql(source.model, source.access, 't."owner"').join !== ''
  const seen = mayReadPeople ? `coalesce(${seenSql(source, entity, field, 't')}, false)` : 'false'
  return {
    items: [
      't."owner"::text AS owner',
      `CASE WHEN o."id" IS NOT NULL THEN ${plainLabel(people, 'o')} END AS owner_name`,
      `${seen} AS owner_seen`,
    ],
    join: `LEFT JOIN ${people.table} o ON o."id" = t."owner"`,
  }
}

function likeOf(entity: CompiledEntity, fields: readonly CompiledField[], row: Row): LikeRecord {
  return {
    id: row.id,
    entity,
    values: new Map(fields.map((field, at) => [field, row[`f${at}`]])),
    isSeen: row.seen === true,
    seen: new Set(fields.filter((_, at) => row[`s${at}`] === true)),
    label: row.label as string | null,
    owner:
      row.owner === null || row.owner === undefined
        ? null
        : {
            id: String(row.owner),
            name: row.owner_name as string | null,
            isSeen: row.owner_seen === true,
          },
  }
}
