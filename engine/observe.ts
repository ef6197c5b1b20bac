import { type DestinationStream, pino } from 'pino'
import { Counter, collectDefaultMetrics, Histogram, Registry as MetricsRegistry } from 'prom-client'
import type { LogLevel } from './config.ts'

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

const LEVELS: { readonly [K in keyof Observations]: Exclude<LogLevel, 'silent'> } = {
  request: 'debug',
  fault: 'error',
  database_lost: 'error',
  database_back: 'warn',
  embedded_database_started: 'debug',
  embedded_database_exited: 'error',
  migrated: 'debug',
  model_swapped: 'debug', // every start swaps; a publish is told by its audit
  job: 'info',
  backup: 'info',
}

/** Observes nothing: for tools and tests. */
export const observeNothing: Observe = () => undefined

/**
 * A log (JSON lines on standard error: standard output is for the ready line) and metrics.
 * @param destination where the log goes instead
 */
export function createObserver(
  level: LogLevel,
  destination: DestinationStream = pino.destination(2),
): Observer {
  const log = pino({ level, base: undefined, timestamp: pino.stdTimeFunctions.isoTime }, destination)
  const metrics = createMetrics()
  return {
    observe(kind, detail) {
      metrics.count(kind, detail)
      const at = LEVELS[kind]
      if (!log.isLevelEnabled(at)) return
      const { error, ...rest } = detail as { error?: unknown }
      log[at](error === undefined ? rest : { ...rest, err: error }, kind)
    },
    metrics: () => metrics.registry.metrics(),
    metricsContentType: metrics.registry.contentType,
  }
}

function createMetrics(): { registry: MetricsRegistry; count: Observe } {
  const registry = new MetricsRegistry()
  collectDefaultMetrics({ register: registry, prefix: 'tenon_' })
  const requests = new Histogram({
    name: 'tenon_request_seconds',
    help: 'Answered requests by method, route and status class',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  })
  const events = new Counter({
    name: 'tenon_observations_total',
    help: 'Everything else that was observed, by kind',
    labelNames: ['kind'],
    registers: [registry],
  })
  return {
    registry,
    count(kind, detail) {
      if (kind !== 'request') return events.inc({ kind })
      const { method, route, status, seconds } = detail as Observations['request']
      requests.observe({ method, route, status: `${Math.floor(status / 100)}xx` }, seconds)
    },
  }
}
