import { Router } from 'express'
import { putPilot, withdrawPilot } from '../../process/pilots/begin.ts'
import { pilotOf } from '../../process/pilots/view.ts'
import type { RequestContext } from '../../records/context.ts'
import { readShape } from '../body-shape.ts'
import type { HttpDeps } from '../deps.ts'
import { editorContext, metaContext, workspaceDeps } from '../meta/meta-context.ts'
import { presentFault } from '../meta/present-meta.ts'
import { noParameters } from '../query-of.ts'
import { readJsonBody } from '../read-body.ts'
import { sendData, sendEmpty } from '../respond.ts'

const BODY = { hash: 'text?', people: 'texts?', roles: 'texts?' } as const

/** Drafts that some people try before they are published for all. */
export function pilotRoutes(deps: HttpDeps): Router {
  const routes = Router()
  const path = '/api/meta/changesets/:id/pilot'

  const present = async (context: RequestContext, id: string) => {
    const { pilot, ended, faults } = await pilotOf(deps.registry, context, id)
    const problems = ended?.why === 'clash' ? ended.problems : []
    return {
      pilot: pilot ?? null,
      ended:
        ended === undefined
          ? null
          : {
              ...{ why: ended.why, at: ended.at },
              problems: problems.map((fault) => presentFault(fault, context)),
            },
      problems: faults.map((fault) => presentFault(fault, context)),
    }
  }

  routes.get(path, async (request, response) => {
    const context = await editorContext(deps, request)
    noParameters(request)
    sendData(response, 200, await present(context, request.params.id))
  })

  routes.put(path, async (request, response) => {
    const context = await metaContext(deps, request, 'publish')
    noParameters(request)
    const { hash, people = [], roles = [] } = readShape(await readJsonBody(request), BODY)
    await putPilot(workspaceDeps(deps, context), context, request.params.id, { hash, people, roles })
    await deps.models.refresh(context.model.workspace) // its people have it with their next request
    sendData(response, 200, await present(context, request.params.id))
  })

  routes.delete(path, async (request, response) => {
    const context = await metaContext(deps, request, 'publish')
    noParameters(request)
    await withdrawPilot(workspaceDeps(deps, context), context, request.params.id)
    await deps.models.refresh(context.model.workspace)
    sendEmpty(response, 204)
  })

  return routes
}
