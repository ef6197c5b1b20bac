import { Router } from 'express'
import { textIn } from '../../../metadata/text.ts'
import type { FlowStep } from '../../../metadata/types.ts'
import { refuse } from '../../errors.ts'
import type { CompiledModel } from '../../model/compiled.ts'
import { placedSteps } from '../../model/kinds/flow-place.ts'
import { allFlows } from '../../model/stalled-flow.ts'
import { carrierOf } from '../../process/telling/addressee.ts'
import { ownKinds } from '../../process/telling/kinds.ts'
import {
  OPTIONAL_CHANNELS,
  parsePreference,
  readPreference,
  savePreference,
} from '../../process/telling/preference.ts'
import type { RequestContext } from '../../records/context.ts'
import type { Spoken } from '../../registry/words.ts'
import { openContext } from '../authenticate.ts'
import type { HttpDeps } from '../deps.ts'
import { personIn } from '../own-context.ts'
import { noParameters } from '../query-of.ts'
import { readJsonBody } from '../read-body.ts'
import { sendData } from '../respond.ts'

/** How one wants to be told: channels, quiet hours, gathering. */
export function ownNotificationRoutes(deps: HttpDeps): Router {
  const routes = Router()

  routes.get('/api/auth/notifications', async (request, response) => {
    noParameters(request)
    sendData(response, 200, await present(deps, await openContext(deps, request)))
  })

  routes.put('/api/auth/notifications', async (request, response) => {
    noParameters(request)
    const context = await openContext(deps, request)
    if (context.actor.viewer !== undefined) throw refuse('AUTH_VIEW_READ_ONLY')
    const person = personIn(context)
    const preference = parsePreference(await readJsonBody(request))
    await savePreference(deps.db, context.model.schema, person, preference)
    sendData(response, 200, await present(deps, context))
  })

  return routes
}

async function present({ db, registry, settings }: HttpDeps, context: RequestContext): Promise<object> {
  const { model, actor, words } = context
  const preference = await readPreference(db, model.schema, personIn(context))
  return {
    preference,
    channels: OPTIONAL_CHANNELS.filter(
      (channel) => carrierOf(model, registry, channel, settings.mails) !== undefined,
    ),
    kinds: kindsOf(model, registry, { language: actor.language, words }),
  }
}

/** Kinds of messages that go out by more than the bell, with their labels: those of flows, and Tenon's own. */
function kindsOf(
  model: CompiledModel,
  registry: HttpDeps['registry'],
  spoken: Spoken,
): readonly { readonly name: string; readonly label: string }[] {
  const found = new Map<string, string>()
  for (const flow of allFlows(model.translated)) {
    const steps = placedSteps(flow, { definitions: model.definitions, registry }).map(({ step }) => step)
    for (const step of steps.filter(leavesTheHouse)) {
      const message =
        typeof step.message === 'string' ? model.translated.message.get(step.message) : undefined
      const { name, label } = message ?? flow
      found.set(name, textIn(label, spoken.language, name))
    }
  }
  for (const { name, label } of ownKinds(model, spoken)) if (!found.has(name)) found.set(name, label)
  return [...found].map(([name, label]) => ({ name, label }))
}

function leavesTheHouse({ do: action, through }: FlowStep): boolean {
  return action === 'notify' && Array.isArray(through) && through.some((channel) => channel !== 'in_app')
}
