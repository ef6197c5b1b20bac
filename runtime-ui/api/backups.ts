import { request } from './client.ts'

export interface Backup {
  readonly name: string
  /** What was stored by then is in it. */
  readonly made_at: string
  /** Bytes. */
  readonly size: number
  readonly seconds: number
  readonly cause: 'daily' | 'asked'
}

export interface Backups {
  /** Whether the database is the one that Tenon brings; others are backed up where they are. */
  readonly own: boolean
  /** For so many days each is kept; 0: none is made by the clock. */
  readonly days: number | null
  /** Such as `02:30`, by the clock of the server. */
  readonly at: string | null
  readonly backups: readonly Backup[]
}

/** Work in the background. */
export interface Job {
  readonly state: 'waiting' | 'running' | 'done' | 'failed'
  readonly done: number
  readonly total: number | null
  readonly result: { readonly problems?: readonly { readonly message: string }[] } | null
}

export const listBackups = async (): Promise<Backups> =>
  (await request<{ data: Backups }>('/api/backups')).data

/** @returns the job that makes it */
export const askForBackup = async (): Promise<string> =>
  (await request<{ data: { job: string } }>('/api/backups', { method: 'POST', body: {} })).data.job

export const getJob = async (id: string): Promise<Job> =>
  (await request<{ data: Job }>(`/api/jobs/${id}`)).data
