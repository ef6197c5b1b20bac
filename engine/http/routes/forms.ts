import { Router } from 'express'
import { nearest } from '../../../metadata/nearest.ts'
import { describeRule } from '../../../metadata/rules/describe-rule.ts'
import { didYouMean, refuse } from '../../errors.ts'
import { buildForm, type Form } from '../../forms/form.ts'
import { validatorModule } from '../../forms/validator.ts'
import type { CompiledEntity } from '../../model/compiled.ts'
import { ruleNames } from '../../model/rule-names.ts'
import { entityFor, type RequestContext } from '../../records/context.ts'
import { editableCells } from '../../records/editable-cells.ts'
import { findOptions } from '../../records/find-options.ts'
import {
  formSurroundings,
  newRuleValues,
  relativeRuleValues,
  storedRuleValues,
} from '../../records/form-values.ts'
import { getRecord, recordId } from '../../records/get.ts'
import { layoutValues } from '../../records/layout-values.ts'
import { reachField } from '../../records/row-source.ts'
import { sightNames } from '../../records/rule-sight.ts'
import { openContext } from '../authenticate.ts'
import type { HttpDeps } from '../deps.ts'
import { parseParameters } from '../parameters.ts'
import { queryOf } from '../query-of.ts'
import { send, sendData } from '../respond.ts'

/** Generated forms and the validators that go with them. */
export function formRoutes(deps: HttpDeps): Router {
  const routes = Router()

  routes.get('/api/forms/:entity', async (request, response) => {
    const { record, layout } = parseParameters(queryOf(request), ['record', 'layout'])
    const context = await openContext(deps, request)
    const form = await formOf(context, request.params.entity, layout, record)
    const named = [
      ...(layout === undefined ? [] : [`layout=${encodeURIComponent(layout)}`]),
      ...(record === undefined ? [] : [`record=${encodeURIComponent(record)}`]),
      `v=${form.schema.$id}`,
    ]
    const validator = `/api/forms/${form.entity}/validator.js?${named.join('&')}`
    const data = record === undefined ? {} : await recordOf(context, form.entity, record)
    const rules = await rulesOf(context, form, record)
    sendData(response, 200, { ...form, rules, validator, record: null, ...data })
  })

  routes.get('/api/forms/:entity/relatives', async (request, response) => {
    const { layout, record, ...chosen } = parseParameters(queryOf(request))
    const context = await openContext(deps, request)
    const form = await formOf(context, request.params.entity, layout, record)
    const entity = entityFor(context, form.entity)
    const ids = chosenOf(entity, chosen, form.rules.needs)
    sendData(response, 200, await relativeRuleValues(context, entity, ids, form.rules.needs))
  })

  routes.get('/api/forms/:entity/options', async (request, response) => {
    const { field, ...question } = parseParameters(queryOf(request), ['field', 'under', 'q', 'names'])
    const context = await openContext(deps, request)
    const entity = entityFor(context, request.params.entity)
    sendData(response, 200, findOptions(context, entity, field ?? '', question))
  })

  // The address names what is checked, so a browser may keep the module for ever; it is the actor's own form,
  // hence private.
  routes.get('/api/forms/:entity/validator.js', async (request, response) => {
    const { layout, record, v } = parseParameters(queryOf(request), ['layout', 'record', 'v'])
    const context = await openContext(deps, request)
    const form = await formOf(context, request.params.entity, layout, record)
    const lifetime = v === form.schema.$id ? 'private, max-age=31536000, immutable' : 'private, no-cache'
    const headers = { 'Cache-Control': lifetime, Vary: 'Authorization, Cookie' }
    send(response, 200, 'text/javascript; charset=utf-8', validatorModule(form.schema), headers)
  })

  return routes
}

/** The form of a new record, or of one at hand with the fields that the actor may change in it. */
async function formOf(
  context: RequestContext,
  entityName: string,
  layout: string | undefined,
  record: string | undefined,
) {
  const { model, actor } = context
  const entity = entityFor(context, entityName)
  const isEditable = record === undefined ? undefined : await editableCells(context, entity, recordId(record))
  if (record !== undefined && isEditable === undefined) throw refuse('RECORD_NOT_FOUND')
  const values = record === undefined ? undefined : await layoutValues(context, entity, recordId(record))
  return buildForm(entity, { model, actor, language: actor.language, layout, values, isEditable })
}

/**
 * The rules of a form with the values that they look at besides those of the form, as the actor sees them.
 * @param stored where values are read, if the form is of a model that is not in force: what is not there yet is empty
 */
export async function rulesOf(
  context: RequestContext,
  form: Form,
  record: string | undefined,
  stored: RequestContext = context,
) {
  const { needs: asked, actorNeeds, ...rules } = form.rules
  const entity = stored.model.entities.get(form.entity)
  const people = stored.model.entities.get('user')
  const isThere = (holder: CompiledEntity | undefined) => (path: string) =>
    stored === context || (holder !== undefined && reachField(stored, holder, path) !== undefined)
  const needs = asked.filter(isThere(entity))
  const found =
    entity === undefined
      ? { values: {}, unseen: [] }
      : record === undefined
        ? await newRuleValues(stored, entity, needs)
        : await storedRuleValues(stored, entity, recordId(record), needs)
  const relatives = needs.filter((path) => path.includes('.'))
  const names = ruleNames(sightNames(context), form.entity, context.actor.language)
  const sections = rules.sections.map((said) => ({
    ...said,
    because: describeRule(said.visible, names, context.actor.language),
  }))
  const own = new Set([...actorNeeds].filter((path) => OF_ACTOR.has(path) || isThere(people)(path)))
  return { ...rules, sections, relatives, ...found, ...(await formSurroundings(stored, own)) }
}

/** What is known of an actor without a field of theirs. */
const OF_ACTOR: ReadonlySet<string> = new Set(['id', 'roles', 'teams'])

/** @throws AppError for what is no lookup that the rules follow, or no id */
function chosenOf(
  entity: CompiledEntity,
  chosen: Readonly<Record<string, string>>,
  needs: readonly string[],
): Readonly<Record<string, string>> {
  const lookups = [...entity.fields.keys()].filter((name) =>
    needs.some((path) => path.startsWith(`${name}.`)),
  )
  return Object.fromEntries(
    Object.entries(chosen).map(([name, id]) => {
      if (lookups.includes(name)) return [name, recordId(id)]
      const hint = didYouMean(nearest(name, lookups))
      throw refuse('HTTP_PARAMETER_UNKNOWN', `/${name}`, { params: { name }, hint })
    }),
  )
}

/**
 * The record that the form begins with. Empty fields are left out: a form knows a value or none, and null would
 * be refused by the type of the field.
 */
async function recordOf(context: RequestContext, entity: string, id: string) {
  const { body } = await getRecord(context, entity, id, {})
  const { data } = JSON.parse(body) as { data: Readonly<Record<string, unknown>> }
  const record = Object.fromEntries(Object.entries(data).filter(([, value]) => value !== null))
  return { record, version: data.version }
}
