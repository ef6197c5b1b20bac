import { Router } from 'express'
import { readKeepMonths } from '../../audit/months.ts'
import { recordAudit } from '../../audit/record-audit.ts'
import { MAX_KEEP_MONTHS, setKeepMonths } from '../../audit/retention.ts'
import { refuse } from '../../errors.ts'
import type { HttpDeps } from '../deps.ts'
import { metaContext } from '../meta/meta-context.ts'
import { noParameters } from '../query-of.ts'
import { readJsonBody } from '../read-body.ts'
import { sendData } from '../respond.ts'

/** How long the audit is kept; the audit itself is among the records, as `audit_entry`. */
export function auditRoutes(deps: HttpDeps): Router {
  const routes = Router()

  routes.get('/api/audit/retention', async (request, response) => {
    noParameters(request)
    const { model } = await metaContext(deps, request, 'audit')
    sendData(response, 200, { months: (await readKeepMonths(deps.db, model.schema)) ?? null })
  })

  routes.put('/api/audit/retention', async (request, response) => {
    noParameters(request)
    const { model, actor, via, origin } = await metaContext(deps, request, 'audit')
    const after = parseMonths(await readJsonBody(request))
    await deps.db.transaction(async (tx) => {
      const before = await setKeepMonths(tx, model.schema, after)
      if (before === after) return
      const details = { before: before ?? null, after: after ?? null }
      const entry = { action: 'retention_changed', actor: actor.id, via, origin, details } as const
      await recordAudit(tx, model.schema, entry)
    })
    sendData(response, 200, { months: after ?? null })
  })

  return routes
}

/** `{"months": 24}`, or null for ever. */
function parseMonths(body: unknown): number | undefined {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw refuse('HTTP_BODY_NOT_OBJECT')
  const { months, ...rest } = body as Record<string, unknown>
  const stranger = Object.keys(rest)[0]
  if (stranger !== undefined) throw refuse('FIELD_UNKNOWN', '', { params: { name: stranger.slice(0, 40) } })
  if (months === undefined) throw refuse('FIELD_REQUIRED', '/months')
  if (months === null) return undefined
  if (typeof months === 'number' && Number.isInteger(months) && months >= 1 && months <= MAX_KEEP_MONTHS) {
    return months
  }
  const expected = {
    en: `a whole number from 1 to ${MAX_KEEP_MONTHS}, or null`,
    'zh-CN': `1 到 ${MAX_KEEP_MONTHS} 的整数或 null`,
  }
  throw refuse('FIELD_TYPE_WRONG', '/months', { params: { expected } })
}
