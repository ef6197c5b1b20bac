import { createHash } from 'node:crypto'
import { Router } from 'express'
import type { Language } from '../../errors.ts'
import type { CompiledModel } from '../../model/compiled.ts'
import type { RequestContext } from '../../records/context.ts'
import { openContext } from '../authenticate.ts'
import type { HttpDeps } from '../deps.ts'
import { presentModel } from '../model/present-model.ts'
import { parseParameters } from '../parameters.ts'
import { queryOf } from '../query-of.ts'
import { sendCached } from '../respond.ts'

interface KeptAnswer {
  readonly body: string
  readonly etag: string
}

/** One text for each set of roles and language; a publish or a change of content brings a new model. */
const kept = new WeakMap<CompiledModel, Map<string, KeptAnswer>>()

/** The model in force as the asking actor may know it; 304 while nothing of it has changed. */
export function modelRoutes(deps: HttpDeps): Router {
  const routes = Router()
  routes.get('/api/meta/model', async (request, response) => {
    parseParameters(queryOf(request), [])
    const context = await openContext(deps, request)
    sendCached(request, response, answerFor(context))
  })
  return routes
}

function answerFor({ model, actor }: RequestContext): KeptAnswer {
  let answers = kept.get(model)
  if (answers === undefined) {
    answers = new Map()
    kept.set(model, answers)
  }
  const key = `${actor.language} ${actor.roleKey}`
  let answer = answers.get(key)
  if (answer === undefined) {
    answer = present(model, actor, actor.language)
    answers.set(key, answer)
  }
  return answer
}

function present(model: CompiledModel, actor: RequestContext['actor'], language: Language): KeptAnswer {
  const body = JSON.stringify({ data: presentModel(model, actor, language) })
  return { body, etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"` }
}
