import { Router } from 'express'
import { nearest } from '../../../metadata/nearest.ts'
import { didYouMean, type Language, refuse } from '../../errors.ts'
import { buildForm } from '../../forms/form.ts'
import { layoutFields, type RecordValues } from '../../forms/layout.ts'
import type { CompiledEntity, CompiledField, CompiledModel, Kind } from '../../model/compiled.ts'
import { FURTHER_LANGUAGES, SPOKEN, spokenTo } from '../../model/languages.ts'
import { readIn } from '../../model/read-in.ts'
import { type RequestContext, requestContext } from '../../records/context.ts'
import { recordId } from '../../records/get.ts'
import { readOwn } from '../../records/layout-values.ts'
import { reachField } from '../../records/row-source.ts'
import type { HttpDeps } from '../deps.ts'
import { modelOfDraft } from '../meta/draft-model.ts'
import { editorContext } from '../meta/meta-context.ts'
import { presentEntity } from '../model/present-entity.ts'
import { parseParameters } from '../parameters.ts'
import { queryOf } from '../query-of.ts'
import { sendData } from '../respond.ts'
import { rulesOf } from './forms.ts'

/** What forms and pages are made of: where one of these is wrong nothing is told, whatever becomes of flows or reports. */
const TELLING: ReadonlySet<Kind> = new Set<Kind>([
  ...(['entity', 'option_set', 'pipeline', 'validation', 'tag_rule'] as const),
  ...(['calendar', 'layout', 'role', 'translation'] as const),
])

/** What people would meet if a draft were published: the form and the page of an entity, by role and language. */
export function draftFormRoutes(deps: HttpDeps): Router {
  const routes = Router()

  routes.get('/api/meta/forms/:entity', async (request, response) => {
    const asked = parseParameters(queryOf(request), ['changeset', 'role', 'record', 'language'])
    const context = await editorContext(deps, request)
    const { changeset } = asked
    const tag = parseLanguage(asked.language)
    const inForce =
      changeset === undefined ? context.model : await modelOfDraft(deps, context, changeset, TELLING)
    const language = tag === undefined ? context.actor.language : spokenTo(tag)
    const model = tag === undefined ? inForce : readIn(inForce, deps.registry, tag, language)
    const played = playing(context, model, asked.role, language)
    const entity = entityIn(model, request.params.entity)
    const rights = played.access.entity(entity.name)
    if (rights.read === 'none') {
      sendData(response, 200, { form: null, entity: null })
      return
    }
    const record = asked.record === undefined ? undefined : recordId(asked.record)
    const isEditable = (field: CompiledField) => rights.cell(field).edit !== 'none'
    const { actor } = played
    const values = record === undefined ? undefined : await draftLayoutValues(context, played, entity, record)
    const form = buildForm(entity, {
      ...{ model, actor, language, values },
      ...(record === undefined ? {} : { isEditable }),
    })
    sendData(response, 200, {
      form: { ...form, rules: await rulesOf(played, form, record, context), record: null },
      entity: presentEntity({ model, actor, access: played.access, language }, entity),
    })
  })

  return routes
}

/**
 * What the record holds of the fields by which the draft's layouts are chosen; one that only the draft knows is empty.
 * It is read with the rights that the actor really has.
 */
async function draftLayoutValues(
  context: RequestContext,
  { model, actor }: RequestContext,
  { name }: CompiledEntity,
  record: string,
): Promise<RecordValues> {
  const entity = context.model.entities.get(name)
  const candidate = model.entities.get(name)
  if (entity === undefined || candidate === undefined) return {}
  const known = [...layoutFields(model, candidate, actor)].filter(
    (field) => reachField(context, entity, field) !== undefined,
  )
  return await readOwn(context, entity, record, known)
}

/**
 * The actor as they would be with one role alone. It says how things are arranged, which whoever edits definitions may
 * read anyway; records are read with the rights that the actor really has.
 */
function playing(
  context: RequestContext,
  model: CompiledModel,
  role: string | undefined,
  language: Language,
): RequestContext {
  const { actor } = context
  if (role === undefined) return requestContext({ ...context, model, actor: { ...actor, language } })
  if (!model.definitions.role.has(role)) {
    const hint = didYouMean(nearest(role, [...model.definitions.role.keys()]))
    throw refuse('META_DEFINITION_UNKNOWN', '/role', { params: { kind: 'role', name: role }, hint })
  }
  return requestContext({
    ...context,
    model,
    actor: { ...actor, language, roles: [role], roleKey: role },
  })
}

/** The tag of a language that there is, spoken by the engine or read in the pages. */
function parseLanguage(written: string | undefined): string | undefined {
  const all = [...SPOKEN, ...FURTHER_LANGUAGES]
  if (written === undefined || all.includes(written)) return written
  const hint = didYouMean(nearest(written, all))
  throw refuse('HTTP_PARAMETER_INVALID', '/language', { params: { name: 'language' }, hint })
}

/** @throws AppError ENTITY_UNKNOWN with the nearest name */
function entityIn(model: CompiledModel, name: string): CompiledEntity {
  const entity = model.entities.get(name)
  if (entity !== undefined) return entity
  const hint = didYouMean(nearest(name, [...model.entities.keys()]))
  throw refuse('ENTITY_UNKNOWN', '', { params: { name }, hint })
}
