import { request } from '../../runtime-ui/api/client.ts'
import { type PlanScenario, post, type StoryLine } from '../api.ts'

/** A scenario that proves a requirement, with what it said last. */
export interface Proof {
  readonly name: string
  readonly label: string
  /** Null: not run since this version is in force. */
  readonly passed: boolean | null
  readonly story: readonly StoryLine[]
}

export interface RequirementItem {
  readonly requirement: string
  readonly priority: 'must' | 'should' | 'nice' | null
  readonly satisfied_by: readonly {
    readonly kind: string
    readonly name: string
    readonly item?: string
    readonly label: string
  }[]
  readonly proved_by: readonly Proof[]
}

export interface Register {
  readonly version: number
  /** Null: the scenarios have not run on this version. */
  readonly ran_at: string | null
  readonly requirements: readonly RequirementItem[]
}

export const listRequirements = async (): Promise<Register> =>
  (await request<{ data: Register }>('/api/meta/requirements')).data

/** Runs the scenarios in force; the register tells then what they said. */
export const runScenarios = (): Promise<unknown> => post('/api/meta/scenarios/run', {})

/** What a scenario says of the draft, or of what is in force where there is none. */
export const runScenario = async (name: string, changeset: string | undefined): Promise<PlanScenario> => {
  const [result] = await post<readonly PlanScenario[]>('/api/meta/scenarios/run', {
    names: [name],
    changeset,
  })
  return result!
}
