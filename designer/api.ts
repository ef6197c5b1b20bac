import type { textIn } from '../metadata/text.ts'
import { request } from '../runtime-ui/api/client.ts'
import type { Conversion } from './review/conversion.ts'
import type { PublishJob } from './versions/publish-job.ts'

type Text = Parameters<typeof textIn>[0]

export interface KindItem {
  readonly kind: string
  readonly label: Text
  /** In force on save, instead of by publishing. */
  readonly content: boolean
  readonly count: number
}

export interface DefinitionItem {
  readonly kind: string
  readonly name: string
  readonly label?: Text
  readonly id: string
  readonly sentence?: Text
  /** Which it is about; absent where it is about none. */
  readonly entity?: string
}

export interface WholeDefinition extends DefinitionItem {
  readonly definition: Readonly<Record<string, unknown>>
}

export interface DefinitionAnswer {
  readonly data: Readonly<Record<string, unknown>>
  readonly sentence?: { readonly en: string; readonly 'zh-CN': string }
}

export interface Version {
  readonly version: number
  readonly published_at: string
  /** Null: Tenon itself; without a label for those who may not read people. */
  readonly published_by: { readonly id: string; readonly label: string | null } | null
  readonly label: string
  /** Where somebody had to agree. */
  readonly control?: VersionControlled
  /** What users were told of what is new. */
  readonly announcement?: string
  /** What the draft was for. */
  readonly description?: string
}

interface PersonTold {
  readonly id: string
  readonly label: string | null
}

/** How it came that a version was published. */
export interface VersionControlled {
  readonly asked: { readonly by: PersonTold | null; readonly at: string; readonly text: string | null } | null
  readonly impact: readonly {
    readonly tag: 'safe' | 'lossy' | 'blocked'
    readonly sentence: { readonly en: string; readonly 'zh-CN': string }
    readonly records?: number
  }[]
  readonly said: readonly {
    readonly person: PersonTold | null
    readonly decision: 'agreed' | 'declined'
    readonly text: string | null
    readonly at: string
    /** Whether it was said of the plan that was published. */
    readonly counts: boolean
  }[]
  readonly emergency: { readonly reason: string } | null
}

export const definitionPath = (kind: string, name: string): string =>
  `/api/meta/definitions/${encodeURIComponent(kind)}/${encodeURIComponent(name)}`

export const listKinds = async (): Promise<readonly KindItem[]> =>
  (await request<{ data: readonly KindItem[] }>('/api/meta/kinds')).data

/** Every definition in force, of all kinds. */
export const listAll = async (): Promise<readonly DefinitionItem[]> =>
  (await request<{ data: readonly DefinitionItem[] }>('/api/meta/definitions')).data

/** The same, each with the definition itself; of one kind where one is named. */
export const listWhole = async (kind?: string): Promise<readonly WholeDefinition[]> =>
  (
    await request<{ data: readonly WholeDefinition[] }>('/api/meta/definitions', {
      query: { kind, whole: 'true' },
    })
  ).data

export const listDefinitions = async (kind: string): Promise<readonly DefinitionItem[]> =>
  (await request<{ data: readonly DefinitionItem[] }>('/api/meta/definitions', { query: { kind } })).data

export const getDefinition = (kind: string, name: string): Promise<DefinitionAnswer> =>
  request<DefinitionAnswer>(definitionPath(kind, name))

export const listVersions = async (): Promise<readonly Version[]> =>
  (await request<{ data: readonly Version[] }>('/api/meta/versions')).data

export interface Fault {
  readonly code: string
  readonly path: string
  readonly message: string
  readonly hint?: string
  /** Of a rule's text: from which character to which. */
  readonly span?: readonly [number, number]
  /** Something that nobody has come to yet: it is told quietly until somebody has. */
  readonly isQuiet?: boolean
}

/** What publishing would do, a sentence each. */
export interface PlanStep {
  readonly kind: string
  readonly definition: { readonly kind: string; readonly name: string }
  readonly tag: 'safe' | 'lossy' | 'blocked'
  readonly path: string
  readonly sentence: string
  readonly note?: string
  /** How many records it concerns. */
  readonly records?: number
  /** Tables are prepared for it first, while people work. */
  readonly prepare?: boolean
  /** What becomes of the values of a field of another type. */
  readonly conversion?: Conversion
  /** A few of those records; absent where one may know none. */
  readonly examples?: readonly StepExample[]
}

/** One of the records that a step counts. */
export interface StepExample {
  /** By its name in force, as the field. */
  readonly entity: string
  readonly record: { readonly id: string; readonly label: string }
  /** Whose value the step is about; absent where one may not see it everywhere. */
  readonly field?: string
  readonly value?: unknown
}

/** Why a step of a scenario was refused. */
export interface Reason {
  readonly code: string
  readonly path: string
  /** Of what it names, such as the field that no column of an import goes to. */
  readonly name?: string
}

export interface StoryLine {
  /** A JSON pointer into the scenario. */
  readonly path: string
  readonly text: string
  readonly outcome: 'passed' | 'failed' | 'skipped'
  readonly expected?: string
  readonly found?: string
  /** Why it was refused; the paths lead into what was to be written. */
  readonly problems?: readonly Reason[]
}

/** What a scenario says of the draft. */
export interface PlanScenario {
  readonly name: string
  readonly label: string
  readonly passed: boolean
  /** It fails in what is in force, and the draft leaves it as it is. */
  readonly already?: boolean
  readonly story: readonly StoryLine[]
}

export interface Plan {
  readonly hash: string
  readonly steps: readonly PlanStep[]
  /** Null until they have been run. */
  readonly scenarios: readonly PlanScenario[] | null
  readonly simulations: readonly (AssignmentTried | RuleTried)[]
  /** What mentions the things that are changed, and who reads such records. */
  readonly touched: {
    readonly definitions: readonly TouchedDefinition[]
    readonly roles: readonly TouchedDefinition[]
    readonly people: number
  }
  /** Until it is in force, and what is done for it beside the work of others. */
  readonly estimate: {
    readonly seconds: { readonly least: number; readonly most: number }
    readonly rewritten: number
    readonly indexed: number
  }
}

export interface TouchedDefinition {
  readonly kind: string
  readonly name: string
  readonly label: string
}

/** What a changed rule would mean for the records that are there. */
export interface RuleTried {
  readonly effect: 'violates' | 'changes'
  readonly definition: { readonly kind: string; readonly name: string }
  /** Whose records were tried. */
  readonly entity: string
  /** The field that it is about, and the stage whose gate it is. */
  readonly field?: string
  readonly stage?: string
  readonly looked: number
  readonly sample: boolean
  /** Null where it could not be tried. */
  readonly records: number | null
  /** `from` and `to` of a value that would change, for those who see the field. */
  readonly examples: readonly {
    readonly id: string
    readonly label: string
    readonly from?: unknown
    readonly to?: unknown
  }[]
}

/** What a changed assignment would have done with the last records, beside what was. */
export interface AssignmentTried {
  readonly effect: 'assigns'
  readonly definition: { readonly kind: string; readonly name: string }
  readonly looked: number
  readonly sample: boolean
  /** Null where it could not be tried. */
  readonly records: number | null
  /** `was` is what they got, `now` what they would get by the table in force. */
  readonly people: readonly {
    readonly holder: Holder | null
    readonly was: number
    readonly now: number
    readonly would: number
  }[]
  readonly examples: readonly {
    readonly id: string
    readonly label: string
    readonly from: Holder | null
    readonly to: Holder | null
  }[]
}

interface Holder {
  readonly id: string
  readonly label: string | null
}

export interface Changeset {
  readonly id: string
  readonly label: string
  readonly state: string
  readonly created_at: string
  readonly created_by: string | null
  /** Who made it; null: Tenon itself. */
  readonly owner: PersonTold | null
  /** What it is for. */
  readonly description: string | null
  /** What users are told once it is in force. */
  readonly announcement: string | null
  /** Since when some people try it; null: nobody does. Of a list alone. */
  readonly piloted_since?: string | null
  /** Since when it runs silently; null: it does not. Of a list alone. */
  readonly silent_since?: string | null
  /** The last job that was to publish it, where tables had to be prepared first. Of a list alone. */
  readonly job?: PublishJob | null
  /** What it is about: how many definitions it changes, and some of them. Of a list alone. */
  readonly drafted?: {
    readonly count: number
    readonly first: readonly { readonly kind: string; readonly name: string; readonly label: string }[]
  }
}

export interface ChangesetItem {
  readonly kind: string
  readonly name: string
  /** Null: the draft removes it. */
  readonly definition: Readonly<Record<string, unknown>> | null
  /** The version in force that it was written against. */
  readonly base_version: number
}

export interface ChangesetFilled extends Changeset {
  readonly items: readonly ChangesetItem[]
}

const CHANGESETS = '/api/meta/changesets'
export const inDraft = (id: string, kind: string, name: string): string =>
  `${CHANGESETS}/${id}/definitions/${encodeURIComponent(kind)}/${encodeURIComponent(name)}`

export const post = async <T>(path: string, body: unknown = {}): Promise<T> =>
  (await request<{ data: T }>(path, { method: 'POST', body })).data

/** The JSON Schema of a kind, with all that it names. */
export const getSchema = async (kind: string): Promise<unknown> =>
  (await request<{ data: unknown }>(`/api/meta/kinds/${encodeURIComponent(kind)}/schema`)).data

/** To which types each type's values can be carried over, and whether all of them can. */
export const listConversions = async (): Promise<
  Readonly<Record<string, Readonly<Record<string, 'safe' | 'lossy'>>>>
> => (await request<{ data: Record<string, Record<string, 'safe' | 'lossy'>> }>('/api/meta/conversions')).data

/** @returns the id of a new changeset */
export const openChangeset = async (label: string, description?: string): Promise<string> =>
  (await post<{ id: string }>(CHANGESETS, { label, description })).id

export const listChangesets = async (): Promise<readonly Changeset[]> =>
  (await request<{ data: readonly Changeset[] }>(CHANGESETS)).data

export const getChangeset = async (id: string): Promise<ChangesetFilled> =>
  (await request<{ data: ChangesetFilled }>(`${CHANGESETS}/${encodeURIComponent(id)}`)).data

export const discardChangeset = (id: string): Promise<void> =>
  request(`${CHANGESETS}/${id}`, { method: 'DELETE' })

/** @param base the version in force that it was written against; without one what is in force now */
export const putDefinition = (
  id: string,
  kind: string,
  name: string,
  body: unknown,
  base?: number,
): Promise<unknown> =>
  request(inDraft(id, kind, name), { method: 'PUT', body, query: { base_version: base } })

/** Which side stands where another window has changed the same, by pointers into the definition. */
export interface Sides {
  readonly ours: readonly string[]
  readonly theirs: readonly string[]
}

/** Says which side stands where the draft and others have changed the same, by pointers of the problems. */
export const resolveChangeset = (id: string, sides: Sides): Promise<void> =>
  request(`${CHANGESETS}/${id}/resolve`, { method: 'POST', body: sides })

/** What publishing a draft would do, but for what its scenarios say, which takes longer. */
export const planChangeset = (id: string): Promise<Plan> => post(`${CHANGESETS}/${id}/plan?scenarios=0`)

/** What all scenarios say of a draft. */
export const proveChangeset = (id: string): Promise<readonly PlanScenario[]> =>
  post('/api/meta/scenarios/run', { changeset: id })

/**
 * @param wish why it is published although scenarios fail, or too few agree; what users are told of it
 * @returns the new version, or the job that prepares tables first
 */
export const publishChangeset = (
  id: string,
  hash: string,
  wish: {
    readonly reason?: string | undefined
    readonly emergency?: string | undefined
    readonly announcement?: string | undefined
  } = {},
): Promise<{ readonly version?: number; readonly job?: string }> =>
  post(`${CHANGESETS}/${id}/publish`, {
    hash,
    ...(wish.reason === undefined ? {} : { override: { reason: wish.reason } }),
    ...(wish.emergency === undefined ? {} : { emergency: { reason: wish.emergency } }),
    ...(wish.announcement === undefined ? {} : { announcement: wish.announcement }),
  })

/** Puts a definition of a content kind in force. @returns it as it is stored */
export const saveContent = async (
  kind: string,
  name: string,
  body: unknown,
): Promise<Readonly<Record<string, unknown>>> =>
  (
    await request<{ data: Readonly<Record<string, unknown>> }>(
      `/api/meta/content/${encodeURIComponent(kind)}/${encodeURIComponent(name)}`,
      { method: 'PUT', body },
    )
  ).data

/** What was done from one version to another with one definition or an item of it. */
export interface VersionStep {
  readonly kind: string
  readonly definition: { readonly kind: string; readonly name: string }
  readonly sentence: string
  readonly note?: string
}

export const compareVersions = async (
  from: number,
  to: number,
): Promise<{ readonly steps: readonly VersionStep[] }> =>
  (await request<{ data: { steps: readonly VersionStep[] } }>(`/api/meta/versions/${from}/diff/${to}`)).data

/** A definition as a version has it. @throws ApiProblem 404 where it has none */
export const definitionAt = async (
  version: number,
  kind: string,
  name: string,
): Promise<Readonly<Record<string, unknown>>> =>
  (
    await request<{ data: Readonly<Record<string, unknown>> }>(
      `/api/meta/versions/${version}/definitions/${encodeURIComponent(kind)}/${encodeURIComponent(name)}`,
    )
  ).data

/** @returns the id of a changeset that goes back to a version */
export const restoreVersion = async (version: number): Promise<string> =>
  (await post<{ id: string }>(`/api/meta/versions/${version}/restore`)).id
