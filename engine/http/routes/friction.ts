import { Router } from 'express'
import { nearest } from '../../../metadata/nearest.ts'
import { textIn } from '../../../metadata/text.ts'
import { didYouMean, type Language, refuse } from '../../errors.ts'
import type { Use } from '../../model/uses.ts'
import { itemUses } from '../../model/uses.ts'
import { entityFor } from '../../records/context.ts'
import { addEffort, parseEffort } from '../../records/field-effort.ts'
import { type FieldFriction, FRICTION_DAYS, type Friction, frictionOf } from '../../records/friction.ts'
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

function present({ fields, spare, ...counted }: Friction, language: Language): object {
  return { ...counted, days: FRICTION_DAYS, fields: fields.map((one) => presentField(one, language)), spare }
}

function presentField({ field, uses, onForm, ...rest }: FieldFriction, language: Language): object {
  return {
    name: field.name,
    label: textIn(field.label, language, field.name),
    type: field.type.name,
    required: field.required,
    ...rest,
    on_form: onForm,
    uses: byDefinition(uses, language),
  }
}

/** Each definition once, however often it reads the field. */
function byDefinition(uses: readonly Use[], language: Language): readonly object[] {
  const found = new Map(uses.map(({ definition }) => [`${definition.kind}/${definition.name}`, definition]))
  return [...found.values()].map(({ kind, name, label }) => ({
    kind,
    name,
    label: textIn(label, language, name),
  }))
}
