/** How far the preparation of tables is, in units of its own. */
export interface PublishJob {
  readonly id: string
  readonly state: 'waiting' | 'running' | 'done' | 'failed'
  readonly done: number
  readonly total: number | null
}
