import { Router } from 'express'
import { ALIVE } from '../alive.ts'
import type { HttpDeps, ReadinessCheck } from '../deps.ts'
import { noParameters } from '../query-of.ts'
import { send, sendJson } from '../respond.ts'

/** A readiness check that hangs counts as failed after this, milliseconds. */
const CHECK_TIMEOUT_MS = 3_000

/** Whether the process lives, whether it can work, and how it fares. */
export function probeRoutes(deps: HttpDeps): Router {
  const routes = Router()

  routes.get('/healthz', (request, response) => {
    noParameters(request)
    sendJson(response, 200, ALIVE)
  })

  routes.get('/readyz', async (request, response) => {
    noParameters(request)
    const results = await Promise.all(deps.readiness.map(runCheck))
    const ready = results.every((result) => result.ok)
    const checks = Object.fromEntries(results.map(({ name, ok, value }) => [name, { ok, value }]))
    const body = JSON.stringify({ status: ready ? 'ok' : 'unavailable', checks })
    sendJson(response, ready ? 200 : 503, body, ready ? {} : { 'Retry-After': '2' })
  })

  routes.get('/metrics', async (request, response) => {
    noParameters(request)
    send(response, 200, deps.observer.metricsContentType, await deps.observer.metrics())
  })

  return routes
}

interface CheckResult {
  readonly name: string
  readonly ok: boolean
  readonly value?: string | number | undefined
}

/** Why a check failed stays in the log: the answer is open to everybody. */
async function runCheck({ name, check }: ReadinessCheck): Promise<CheckResult> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('timed out')), CHECK_TIMEOUT_MS)
  })
  try {
    return { name, ok: true, value: await Promise.race([check(), late]) }
  } catch {
    return { name, ok: false }
  } finally {
    clearTimeout(timer)
  }
}
