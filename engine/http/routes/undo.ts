import { Router } from 'express'
import { onCurrentModel } from '../../records/model-moved.ts'
import { listActs, undoAct } from '../../records/undo.ts'
import { openContext } from '../authenticate.ts'
import type { HttpDeps } from '../deps.ts'
import { parseFlag, parseParameters } from '../parameters.ts'
import { noParameters, queryOf } from '../query-of.ts'
import { readOptionalJsonBody } from '../read-body.ts'
import { sendJson } from '../respond.ts'
import { noticeUserChange } from './user-change.ts'

/** What one did to many records, and how one takes it back. */
export function undoRoutes(deps: HttpDeps): Router {
  const routes = Router()

  routes.get('/api/undo', async (request, response) => {
    noParameters(request)
    const { status, body } = await listActs(await openContext(deps, request))
    sendJson(response, status, body)
  })

  routes.post('/api/undo/:id', async (request, response) => {
    const { dry_run: flag } = parseParameters(queryOf(request), ['dry_run'])
    const isDryRun = parseFlag(flag, 'dry_run')
    const context = await openContext(deps, request)
    await readOptionalJsonBody(request)
    const renew = async () => {
      await deps.models.refresh(context.model.workspace)
      return openContext(deps, request)
    }
    const { answer, entity, updates } = await onCurrentModel(context, renew, (current) =>
      undoAct(current, request.params.id, { isDryRun }),
    )
    if (!isDryRun) {
      const match = { route: 'bulk', entity, first: '' } as const
      await noticeUserChange({ deps, context, match, request }, { update: updates }, answer)
    }
    sendJson(response, answer.status, answer.body)
  })

  return routes
}
