import type { People } from '../../metadata/types.ts'
import type { Database, Transaction } from '../db/database.ts'
import type { LocalText } from '../errors.ts'
import type { Registry } from '../registry/registry.ts'
import type { Changeset } from './changesets.ts'
import type { Definition, DefinitionSet } from './compiled.ts'
import type { Plan } from './plan.ts'
import type { WorkspaceState } from './state.ts'
import type { StepTag } from './steps.ts'

/** The setting that says who must agree before anything is published. */
export const CONTROL_SETTING = 'publish_approval'

/** Whether that is it. A sandbox goes without: what is tried there is agreed to when it is brought back. */
export const isControlSetting = ({ kind, name }: Pick<Definition, 'kind' | 'name'>): boolean =>
  kind === 'setting' && name === CONTROL_SETTING

/** How many of whom must agree to a publish. */
export interface ControlRule {
  readonly needs: number
  readonly of: readonly People[]
}

/** The rule of a workspace; undefined where a publish needs nobody's word. */
export function controlRule({ setting }: Pick<DefinitionSet, 'setting'>): ControlRule | undefined {
  const value = setting.get(CONTROL_SETTING)?.value
  // Its shape was checked before it came into force.
  return typeof value === 'object' ? (value as unknown as ControlRule) : undefined
}

export type Decision = 'agreed' | 'declined'

/** What somebody said of a plan. */
export interface Said {
  readonly person: string
  readonly hash: string
  readonly decision: Decision
  readonly words: string | null
  /** An instant. */
  readonly at: string
}

/** One step as it was when people were asked, with the records it was about then. */
export interface ImpactStep {
  readonly tag: StepTag
  readonly sentence: LocalText
  readonly records?: number
}

/** The last time that people were asked. */
export interface Asked {
  readonly hash: string
  readonly by: string
  readonly at: string
  readonly words: string | null
  readonly impact: readonly ImpactStep[]
}

/** How it came that a version was published: kept with it. */
export interface Control {
  readonly needs: number
  /** Ids of those who could agree then. */
  readonly named: readonly string[]
  readonly asked: Asked | undefined
  /** All that was said of the draft; of other plans as well. */
  readonly said: readonly Said[]
  /** Of the plan that was published. */
  readonly hash: string
  readonly emergency?: { readonly reason: string }
}

/** A publish that is about to happen, or has. */
export interface ControlledPublish {
  readonly db: Database
  readonly registry: Registry
  readonly workspace: string
  /** Quoted. */
  readonly schema: string
  /** What was in force before. */
  readonly state: WorkspaceState
  readonly changeset: Changeset
  readonly plan: Plan
  /** Undefined: the command line. */
  readonly by: string | undefined
  /** Why it is published without enough agreement. */
  readonly emergency: string | undefined
}

/** What a publish asks of the process that stands above definitions. */
export interface PublishControl {
  /**
   * Whether enough people agreed; what is kept of it, undefined where nobody need agree.
   * @throws AppError META_AGREEMENT_MISSING, META_EMERGENCY_DENIED
   */
  judge(tx: Transaction, publish: ControlledPublish): Promise<Control | undefined>
  /** Answers the change requests that the draft was made for. */
  answer(tx: Transaction, publish: ControlledPublish, version: number): Promise<void>
}
