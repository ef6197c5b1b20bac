import { instantSql, parseJson } from '../db/values.ts'
import type { RequestContext } from './context.ts'
import { type Person, personSql, presentPerson } from './people.ts'

/** One change of one definition that came into force. */
export interface DefinitionChanged {
  readonly at: string
  /** Null: Tenon itself, such as with a template. */
  readonly by: Person | null
  /** As it was, and as it is from then on; null where it was not there, or is no more. */
  readonly before: unknown
  readonly after: unknown
}

interface ChangeRow {
  readonly at: string
  readonly by: string | null
  readonly by_label: string | null
  readonly changes: string
}

/** So many are told: what was changed longer ago than that, nobody is asked about any more. */
const MOST_CHANGES = 100

/**
 * Who changed a definition and when, newest first, under whatever name it had; as far back as the audit is kept.
 * @param name as it is called in force
 */
export async function listDefinitionChanges(
  context: RequestContext,
  { kind, name }: { readonly kind: string; readonly name: string },
): Promise<readonly DefinitionChanged[]> {
  const found: DefinitionChanged[] = []
  let called: string | undefined = name
  let until: string | undefined
  while (called !== undefined && found.length < MOST_CHANGES) {
    const own: readonly DefinitionChanged[] = await changesOf(context, `${kind}/${called}`, until)
    found.push(...own)
    const first: DefinitionChanged | undefined = own.at(-1)
    const former = (first?.before as { readonly name?: unknown } | null | undefined)?.name
    // What was called so before that was another one.
    called = typeof former === 'string' && former !== called ? former : undefined
    until = first?.at
  }
  return found.slice(0, MOST_CHANGES)
}

/** Rows of definitions are about no record, by which the index finds them. */
async function changesOf(
  { db, model, access }: RequestContext,
  subject: string,
  until: string | undefined,
): Promise<readonly DefinitionChanged[]> {
  const who = personSql(model, access, 'a.actor')
  const { rows } = await db.query<ChangeRow>({
    text:
      `SELECT ${instantSql('a.at')} AS at, a.actor::text AS by, ${who.label} AS by_label, a.changes::text AS changes ` +
      `FROM ${model.schema}.tenon_audit a ${who.join} ` +
      `WHERE a.record IS NULL AND a.action = 'definition_changed' AND a.subject = $1 AND a.changes IS NOT NULL ` +
      `AND ($2::timestamptz IS NULL OR a.at <= $2) ORDER BY a.id DESC LIMIT ${MOST_CHANGES}`,
    values: [subject, until ?? null],
  })
  const all = rows.map(({ at, by, by_label, changes }): DefinitionChanged => {
    const { before, after } = parseJson<{ before: unknown; after: unknown }>(changes)
    return { at, by: presentPerson(by, by_label), before, after }
  })
  // It begins where it was made, or got this name.
  const begun = all.findIndex(({ before }) => before === null || `${nameOf(before)}` !== nameIn(subject))
  return begun < 0 ? all : all.slice(0, begun + 1)
}

const nameIn = (subject: string): string => subject.slice(subject.indexOf('/') + 1)

const nameOf = (definition: unknown): unknown => (definition as { readonly name?: unknown }).name
