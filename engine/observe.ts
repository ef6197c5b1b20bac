/** Everything worth telling an operator: a closed set, from which the log and the metrics choose. */
export interface Observations {
  /** One answered request; `route` is the pattern (`/api/records/:entity`), never the address itself. */
  request: {
    readonly method: string
    readonly route: string
    readonly status: number
    readonly seconds: number
  }
  /** A fault that nobody expected; the client got HTTP_INTERNAL. */
  fault: { readonly during: string; readonly error: unknown }
  database_lost: { readonly reason: string }
  database_back: { readonly seconds: number }
  embedded_database_started: { readonly pid: number; readonly adopted: boolean; readonly seconds: number }
  embedded_database_exited: { readonly pid: number; readonly reason: string }
  migrated: { readonly schema: string; readonly migration: string }
  model_swapped: { readonly workspace: string; readonly version: number; readonly seconds: number }
  job: {
    readonly job: string
    readonly outcome: 'done' | 'failed'
    readonly seconds: number
    readonly error?: unknown
  }
  /** A backup is whole; size in bytes. */
  backup: { readonly name: string; readonly size: number; readonly seconds: number }
}

export type Observe = <K extends keyof Observations>(kind: K, detail: Observations[K]) => void

export interface Observer {
  readonly observe: Observe
  /** The metrics as Prometheus reads them. */
  metrics(): Promise<string>
  readonly metricsContentType: string
}

/** Observes nothing: for tools and tests. */
export const observeNothing: Observe = () => undefined
