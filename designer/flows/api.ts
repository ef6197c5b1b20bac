import { request } from '../../runtime-ui/api/client.ts'
import type { Json } from '../store/json-value.ts'

export const STATES = ['dead', 'waiting', 'sleeping', 'failed', 'cut', 'done', 'cancelled'] as const
export type RunState = Exclude<(typeof STATES)[number], 'dead'>

export interface Fault {
  readonly code: string
  readonly path: string
  readonly message: string
  readonly hint?: string
}

export interface RunRow {
  readonly id: string
  readonly flow: string
  readonly label: string
  readonly version: number
  /** Of a draft that some people try. */
  readonly tried: boolean
  readonly entity: string | null
  readonly record: string | null
  readonly state: RunState
  readonly cause: {
    readonly by: string
    readonly at: string
    readonly due?: string
    /** Of a replay: the run that is done again. */
    readonly of?: string
  }
  readonly actor: string | null
  readonly fault: Fault | null
  readonly tries: number
  readonly steps: number
  readonly due_at: string
  readonly created_at: string
  readonly updated_at: string
  readonly ended_at: string | null
}

export interface JournalStep {
  readonly number: number
  readonly path: string
  readonly action: string
  readonly label: string
  readonly sentence: string
  readonly item: string | null
  readonly state: 'done' | 'skipped' | 'failed' | 'waiting' | 'late'
  readonly input: unknown
  readonly output: unknown
  readonly fault: Fault | null
  readonly tries: number
  readonly begun_at: string
  readonly ended_at: string | null
}

export interface WholeRun extends RunRow {
  /** The flow, where it is one that some people try: no version has it. */
  readonly definition?: Json
  readonly journal: readonly JournalStep[]
}

export interface RunQuestion {
  readonly flow?: string | undefined
  readonly state?: string | undefined
  readonly record?: string | undefined
}

export interface RunsPage {
  readonly data: readonly RunRow[]
  readonly page: { readonly next: string | null }
}

export const listRuns = (question: RunQuestion, after?: string): Promise<RunsPage> =>
  request('/api/flows/runs', { query: { ...question, after } })

const at = (id: string): string => `/api/flows/runs/${encodeURIComponent(id)}`

export const getRun = async (id: string): Promise<WholeRun> =>
  (await request<{ data: WholeRun }>(at(id))).data

export type RunAct = 'retry' | 'cancel' | 'replay'

/** @returns the id of the run that goes on */
export const actOnRun = async (id: string, act: RunAct): Promise<string> =>
  (await request<{ data: { run: string } }>(`${at(id)}/${act}`, { method: 'POST' })).data.run

/**
 * What a flow would do to a record, without doing it.
 * @param changeset of the draft whose flow it is; absent for what is in force
 */
export const simulateFlow = async (
  flow: string,
  record: string | undefined,
  changeset?: string,
): Promise<WholeRun> =>
  (
    await request<{ data: WholeRun }>(`/api/flows/${encodeURIComponent(flow)}/simulate`, {
      method: 'POST',
      body: {
        ...(record === undefined ? {} : { record }),
        ...(changeset === undefined ? {} : { changeset }),
      },
    })
  ).data
