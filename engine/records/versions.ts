import { instantSql, parseJson } from '../db/values.ts'
import type { Control, ImpactStep, Said } from '../model/control.ts'
import type { Override } from '../model/scenarios.ts'
import type { RequestContext } from './context.ts'
import { namesOf, type Person, type PersonNames, personSql, presentPerson, told } from './people.ts'

/** One immutable snapshot of a workspace's definitions, in a list. */
export interface VersionSummary {
  readonly version: number
  readonly label: string
  readonly published_at: string
  /** Null: Tenon itself. */
  readonly published_by: Person | null
  /** Why it was published although scenarios failed, and which. */
  readonly override?: Override
  /** Who agreed to it, where somebody had to. */
  readonly control?: ToldControl
  /** What was said to users of what is new. */
  readonly announcement?: string
  /** What the draft was for. */
  readonly description?: string
}

/** How it came that a version was published, as it is told. */
export interface ToldControl {
  readonly needs: number
  readonly asked: { readonly by: Person | null; readonly at: string; readonly text: string | null } | null
  /** Its steps as they were when people were asked. */
  readonly impact: readonly ImpactStep[]
  readonly said: readonly {
    readonly person: Person | null
    readonly decision: Said['decision']
    readonly text: string | null
    readonly at: string
    /** Whether it was said of the plan that was published. */
    readonly counts: boolean
  }[]
  readonly emergency: { readonly reason: string } | null
}

interface VersionRow {
  readonly version: number
  readonly label: string
  readonly published_at: string
  readonly by: string | null
  readonly by_label: string | null
  readonly override: string | null
  readonly control: string | null
  readonly announcement: string | null
  readonly description: string | null
}

/** The versions of a workspace's model, newest first, each with who published it. */
export async function listVersions(context: RequestContext): Promise<readonly VersionSummary[]> {
  const { db, model, access } = context
  const who = personSql(model, access, 'v.published_by')
  const { rows } = await db.query<VersionRow>({
    text:
      `SELECT v.version, v.label, v.override, v.control, v.announcement, v.published_by::text AS by, ${who.label} AS by_label, ` +
      `c.description, ${instantSql('v.published_at')} AS published_at ` +
      `FROM ${model.schema}.tenon_version v ${who.join} LEFT JOIN (SELECT DISTINCT ON (version) version, description ` +
      `FROM ${model.schema}.tenon_changeset WHERE description IS NOT NULL AND version IS NOT NULL) c ` +
      `ON c.version = v.version ORDER BY v.version DESC`,
  })
  const controls = rows.map(({ control }) => (control === null ? undefined : parseJson<Control>(control)))
  const people = controls.flatMap((one) => [
    one?.asked?.by ?? null,
    ...(one?.said ?? []).map(({ person }) => person),
  ])
  const names = await namesOf(context, db, people)
  return rows.map(
    ({ by, by_label, override, control: _kept, announcement, description, ...version }, index) => ({
      ...version,
      published_by: presentPerson(by, by_label),
      ...(override === null ? {} : { override: parseJson<Override>(override) }),
      ...toldControl(controls[index], names),
      ...(announcement === null ? {} : { announcement }),
      ...(description === null ? {} : { description }),
    }),
  )
}

function toldControl(control: Control | undefined, names: PersonNames): { readonly control?: ToldControl } {
  if (control === undefined) return {}
  const { needs, asked, said, hash, emergency } = control
  return {
    control: {
      needs,
      asked: asked === undefined ? null : { by: told(asked.by, names), at: asked.at, text: asked.words },
      impact: asked?.impact ?? [],
      said: said.map(({ person, words, ...one }) => ({
        ...{ person: told(person, names), decision: one.decision, text: words, at: one.at },
        counts: one.hash === hash,
      })),
      emergency: emergency ?? null,
    },
  }
}
