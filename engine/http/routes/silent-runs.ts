import { Router } from 'express'
import { problemMessage } from '../../errors.ts'
import { beginSilent, withdrawSilent } from '../../process/silent/begin.ts'
import type { Side, Sides } from '../../process/silent/found.ts'
import { type SilentAnswer, silentOf } from '../../process/silent/view.ts'
import type { Reader, RequestContext } from '../../records/context.ts'
import { readShape } from '../body-shape.ts'
import type { HttpDeps } from '../deps.ts'
import { editorContext, metaContext, workspaceDeps } from '../meta/meta-context.ts'
import { presentFault } from '../meta/present-meta.ts'
import { parseFlag, parseParameters } from '../parameters.ts'
import { noParameters, queryOf } from '../query-of.ts'
import { readJsonBody } from '../read-body.ts'
import { sendData, sendEmpty } from '../respond.ts'

/** Drafts that judge what is written beside what is in force. */
export function silentRoutes(deps: HttpDeps): Router {
  const routes = Router()
  const path = '/api/meta/changesets/:id/silent'

  const present = async (context: RequestContext, id: string, withExamples = true) => {
    const answer = await silentOf(deps.registry, context, id, withExamples)
    return {
      run: presentRun(answer, context),
      problems: answer.faults.map((fault) => presentFault(fault, context)),
    }
  }

  routes.get(path, async (request, response) => {
    const context = await editorContext(deps, request)
    const named = parseParameters(queryOf(request), ['figures_only'])
    const isBrief = parseFlag(named.figures_only, 'figures_only')
    sendData(response, 200, await present(context, request.params.id, !isBrief))
  })

  routes.put(path, async (request, response) => {
    const context = await metaContext(deps, request, 'publish')
    noParameters(request)
    const { hash } = readShape(await readJsonBody(request), { hash: 'text' })
    await beginSilent(workspaceDeps(deps, context), context, request.params.id, hash)
    await deps.models.refresh(context.model.workspace)
    sendData(response, 200, await present(context, request.params.id))
  })

  routes.delete(path, async (request, response) => {
    const context = await metaContext(deps, request, 'publish')
    noParameters(request)
    await withdrawSilent(workspaceDeps(deps, context), context, request.params.id)
    await deps.models.refresh(context.model.workspace)
    sendEmpty(response, 204)
  })

  return routes
}

function presentRun({ run, holder }: SilentAnswer, reader: Reader): object | null {
  if (run === undefined) return null
  const { ended, definitions } = run
  const problems = ended?.why === 'clash' ? ended.problems : []
  return {
    ...run,
    ended:
      ended === undefined
        ? null
        : {
            ...{ why: ended.why, at: ended.at },
            problems: problems.map((fault) => presentFault(fault, reader)),
          },
    definitions: definitions.map(({ examples, ...watched }) => ({
      ...watched,
      examples: examples.map(({ sides, ...example }) => ({
        ...example,
        ...presentSides(sides, holder, reader),
      })),
    })),
  }
}

type Holder = SilentAnswer['holder']

function presentSides({ now, draft, problem }: Sides, holder: Holder, reader: Reader): object {
  return {
    now: now === undefined ? null : presentSide(now, holder, reader),
    draft: draft === undefined ? null : presentSide(draft, holder, reader),
    problem: problem === undefined ? null : presentFault(problem, reader),
  }
}

function presentSide(side: Side, holder: Holder, { actor, words }: Reader): object {
  const { does } = side
  const { language } = actor
  if (does === 'refuses') return { does, message: problemMessage(side.problem, language, words?.problems) }
  if (does === 'gives') {
    return {
      does,
      to: side.to === null ? null : holder(side.to),
      rule: side.rule === null ? null : side.rule[language],
    }
  }
  if (does !== 'runs') return { does }
  const steps = side.steps.map(({ text, fault }) => ({
    text: text[language],
    fault: fault === undefined ? null : fault[language],
  }))
  return { does, steps, more: side.more }
}
