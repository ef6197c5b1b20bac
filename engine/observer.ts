import { type DestinationStream, pino } from 'pino'
import { Counter, collectDefaultMetrics, Histogram, Registry as MetricsRegistry } from 'prom-client'
import type { LogLevel } from './config.ts'
import type { Observations, Observe, Observer } from './observe.ts'

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
