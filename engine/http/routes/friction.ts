import { Router } from 'express'
import { nearest } from '../../../metadata/nearest.ts'
import { textIn } from '../../../metadata/text.ts'
import type { ViewDefinition } from '../../../metadata/types.ts'
import { didYouMean, type Language, refuse } from '../../errors.ts'
import { itemUses } from '../../model/uses.ts'
import { entityFor, type RequestContext } from '../../records/context.ts'
import { addEffort, parseEffort } from '../../records/field-effort.ts'
import {
  type FieldFriction,
  type FieldUse,
  FRICTION_DAYS,
  type Friction,
  frictionOf,
} from '../../records/friction.ts'
import { createNoteOpened } from '../../records/last-uses.ts'
import { openContext } from '../authenticate.ts'
import type { HttpDeps } from '../deps.ts'
import { languageOf } from '../language.ts'
import { editorContext } from '../meta/meta-context.ts'
import { noParameters } from '../query-of.ts'
import { OPEN_BODY_BYTES, readJsonBody } from '../read-body.ts'
import { sendData, sendEmpty } from '../respond.ts'

/** What fields cost those who fill in forms: told by each form that is stored, read by who edits entities. */
export function frictionRoutes(deps: HttpDeps): Router {
  const routes = Router()
  const note = createNoteOpened()

  routes.post('/api/forms/:entity/effort', async (request, response) => {
    noParameters(request)
    const context = await openContext(deps, request)
    const entity = entityFor(context, request.params.entity)
    await addEffort(
      context,
      entity,
      parseEffort(context, entity, await readJsonBody(request, OPEN_BODY_BYTES)),
    )
    sendEmpty(response, 204)
  })

  routes.post('/api/views/:name/opened', async (request, response) => {
    noParameters(request)
    const context = await openContext(deps, request)
    await note(context, viewFor(context, request.params.name))
    sendEmpty(response, 204)
  })

  routes.get('/api/meta/friction/:entity', async (request, response) => {
    const context = await editorContext(deps, request, 'entity')
    noParameters(request)
    const { model } = context
    const name = request.params.entity
    const entity = model.entities.get(name)
    if (entity === undefined) {
      const hint = didYouMean(nearest(name.slice(0, 80), [...model.entities.keys()]))
      throw refuse('ENTITY_UNKNOWN', '', { params: { name: name.slice(0, 80).toWellFormed() }, hint })
    }
    const uses = itemUses(
      { definitions: model.definitions, registry: deps.registry },
      { kind: 'entity', name },
    )
    const friction = await frictionOf(context, entity, uses)
    sendData(response, 200, present(friction, languageOf(request, context.actor.language)))
  })

  return routes
}

/** A view of an entity that the actor knows. @throws AppError META_DEFINITION_UNKNOWN with the nearest name */
function viewFor({ model, access }: RequestContext, name: string): ViewDefinition {
  const views = [...model.definitions.view.values()].filter(
    ({ entity }) => access.entity(entity).read !== 'none',
  )
  const view = views.find((one) => one.name === name)
  if (view !== undefined) return view
  const called = name.slice(0, 80).toWellFormed()
  const hint = didYouMean(
    nearest(
      called,
      views.map((one) => one.name),
    ),
  )
  throw refuse('META_DEFINITION_UNKNOWN', '', { params: { kind: 'view', name: called }, hint })
}

function present({ fields, spare, since, ...counted }: Friction, language: Language): object {
  return {
    ...counted,
    days: FRICTION_DAYS,
    uses_since: since,
    fields: fields.map((one) => presentField(one, language)),
    spare,
  }
}

function presentField({ field, uses, onForm, ...rest }: FieldFriction, language: Language): object {
  return {
    name: field.name,
    label: textIn(field.label, language, field.name),
    type: field.type.name,
    required: field.required,
    ...rest,
    on_form: onForm,
    last_use: uses[0]?.last ?? null,
    uses: uses.map((use) => presentUse(use, language)),
  }
}

function presentUse({ definition, last }: FieldUse, language: Language): object {
  const { kind, name, label } = definition
  return { kind, name, label: textIn(label, language, name), ...(last === undefined ? {} : { last }) }
}
