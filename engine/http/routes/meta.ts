import type { IncomingMessage } from 'node:http'
import { Router } from 'express'
import { aboutEntity } from '../../../metadata/about-entity.ts'
import { nearest } from '../../../metadata/nearest.ts'
import { didYouMean, refuse } from '../../errors.ts'
import { findJob } from '../../jobs/job.ts'
import { canonical } from '../../model/canonical.ts'
import type { Definition, Kind } from '../../model/compiled.ts'
import { conversionTable } from '../../model/conversion/table.ts'
import { findDefinition, KIND_NAMES, listDefinitions } from '../../model/definition-set.ts'
import { diffDefinitions } from '../../model/diff.ts'
import type { ModelContext } from '../../model/kinds/kind-spec.ts'
import { KINDS, specOf } from '../../model/kinds/kinds.ts'
import { entriesOn, usesOf } from '../../model/uses.ts'
import { loadVersion } from '../../model/versions.ts'
import type { RequestContext } from '../../records/context.ts'
import { listDefinitionChanges } from '../../records/definition-changes.ts'
import { rulesTold } from '../../records/rules-told.ts'
import { listVersions } from '../../records/versions.ts'
import { openContext } from '../authenticate.ts'
import type { HttpDeps } from '../deps.ts'
import { languageOf } from '../language.ts'
import { modelOfDraft } from '../meta/draft-model.ts'
import { editorContext, parseAddress, parseKind, parseVersion } from '../meta/meta-context.ts'
import { presentJob, presentMention, presentStep } from '../meta/present-meta.ts'
import { parseFlag, parseParameters, type QueryParameters } from '../parameters.ts'
import { queryOf } from '../query-of.ts'
import { sendData, sendJson } from '../respond.ts'

/** What is in force, its history, content, and the jobs that prepare what is to come. */
export function metaRoutes(deps: HttpDeps): Router {
  const routes = Router()
  kindRoutes(routes, deps)
  definitionRoutes(routes, deps)
  versionRoutes(routes, deps)

  routes.get('/api/jobs/:id', async (request, response) => {
    const context = await openContext(deps, request)
    readQuery(request)
    const job = await findJob(deps.db, context.model.schema, request.params.id)
    const mayRead = context.access.may('publish') || job?.createdBy === context.actor.id
    if (job === undefined || !mayRead) throw refuse('META_JOB_UNKNOWN')
    sendData(response, 200, presentJob(job, context))
  })

  return routes
}

function readQuery(request: IncomingMessage, allowed: readonly string[] = []): QueryParameters {
  return parseParameters(queryOf(request), allowed)
}

function kindRoutes(routes: Router, deps: HttpDeps): void {
  routes.get('/api/meta/kinds', async (request, response) => {
    const { model } = await editorContext(deps, request)
    readQuery(request)
    const kinds = KIND_NAMES.map((kind) => ({
      kind,
      label: KINDS[kind].label,
      content: KINDS[kind].content,
      count: model.definitions[kind].size,
    }))
    sendData(response, 200, kinds)
  })

  routes.get('/api/meta/conversions', async (request, response) => {
    await editorContext(deps, request)
    readQuery(request)
    const table = [...conversionTable(deps.registry)].map(([from, into]) => [from, Object.fromEntries(into)])
    sendData(response, 200, Object.fromEntries(table))
  })

  routes.get('/api/meta/kinds/:kind/schema', async (request, response) => {
    await editorContext(deps, request)
    readQuery(request)
    sendData(response, 200, KINDS[parseKind(request.params.kind)].schema(deps.registry))
  })
}

function definitionRoutes(routes: Router, deps: HttpDeps): void {
  const base = '/api/meta/definitions'

  routes.get(base, async (request, response) => {
    const context = await editorContext(deps, request)
    const { kind, whole, rules } = readQuery(request, ['kind', 'whole', 'rules'])
    const isWhole = parseFlag(whole, 'whole')
    const tell = parseFlag(rules, 'rules')
      ? rulesTold(context, languageOf(request, context.actor.language))
      : undefined
    const wanted = kind === undefined ? undefined : parseKind(kind)
    const model = modelContext(deps, context)
    const found = listDefinitions(model.definitions).filter(
      (definition) => wanted === undefined || definition.kind === wanted,
    )
    sendData(
      response,
      200,
      found.map((definition) => ({
        kind: definition.kind,
        name: definition.name,
        id: definition.id,
        label: definition.label ?? KINDS[definition.kind].called?.(definition.name) ?? definition.name,
        sentence: sentenceOf(definition, model),
        ...about(definition),
        ...(isWhole ? { definition: canonical(definition, deps.registry) } : {}),
        ...(tell === undefined ? {} : { rules: tell(definition) }),
      })),
    )
  })

  routes.get(`${base}/:kind/:name`, async (request, response) => {
    const context = await editorContext(deps, request)
    readQuery(request)
    const model = modelContext(deps, context)
    const definition = requireDefinition(model, request.params)
    const body = { data: canonical(definition, deps.registry), sentence: sentenceOf(definition, model) }
    sendJson(response, 200, JSON.stringify(body))
  })

  routes.get(`${base}/:kind/:name/uses`, async (request, response) => {
    const context = await editorContext(deps, request)
    const { item, changeset } = readQuery(request, ['item', 'changeset'])
    const drafted = changeset === undefined ? context.model : await modelOfDraft(deps, context, changeset)
    const model = modelContext(deps, { ...context, model: drafted })
    const { kind, name } = requireDefinition(model, request.params)
    const uses = usesOf(model, { kind, name, ...(item === undefined ? {} : { item }) })
    const placed = uses.map((use) => {
      const { kind: by, name: called } = use.definition
      return { ...presentMention(use), entries: entriesOn(model.definitions[by].get(called)!, use.path) }
    })
    sendData(response, 200, placed)
  })

  routes.get(`${base}/:kind/:name/changes`, async (request, response) => {
    const context = await editorContext(deps, request)
    readQuery(request)
    const definition = requireDefinition(modelContext(deps, context), request.params)
    sendData(response, 200, await listDefinitionChanges(context, definition))
  })
}

/** The entity that a definition is about, where there is one. */
function about(definition: Definition): { readonly entity?: string } {
  const entity = aboutEntity({ ...definition })
  return entity === undefined ? {} : { entity }
}

function modelContext(deps: HttpDeps, { model }: RequestContext): ModelContext {
  return { definitions: model.definitions, registry: deps.registry }
}

function sentenceOf<D extends Definition>(definition: D, model: ModelContext) {
  return specOf<Kind>(definition).sentence(definition, model)
}

/** @throws AppError META_KIND_UNKNOWN, META_DEFINITION_UNKNOWN with the nearest name */
function requireDefinition(
  model: ModelContext,
  parameters: { readonly kind?: string; readonly name?: string },
): Definition {
  const { kind, name } = parseAddress(parameters)
  const definition = findDefinition(model.definitions, kind, name)
  if (definition !== undefined) return definition
  const hint = didYouMean(nearest(name, [...model.definitions[kind].keys()]))
  throw refuse('META_DEFINITION_UNKNOWN', '', {
    params: { kind: KINDS[kind].label, name: name.slice(0, 40) },
    hint,
  })
}

function versionRoutes(routes: Router, deps: HttpDeps): void {
  routes.get('/api/meta/versions', async (request, response) => {
    const context = await editorContext(deps, request)
    readQuery(request)
    sendData(response, 200, await listVersions(context))
  })

  routes.get('/api/meta/versions/:version/definitions/:kind/:name', async (request, response) => {
    const { model } = await editorContext(deps, request)
    readQuery(request)
    const { kind, name } = parseAddress(request.params)
    const set = await loadVersion(deps.db, model.schema, parseVersion(request.params.version))
    const found = findDefinition(set, kind, name)
    if (found === undefined)
      throw refuse('META_DEFINITION_UNKNOWN', '', { params: { kind: KINDS[kind].label, name } })
    sendData(response, 200, found)
  })

  routes.get('/api/meta/versions/:from/diff/:to', async (request, response) => {
    const { model, actor } = await editorContext(deps, request)
    readQuery(request)
    const [from, to] = [parseVersion(request.params.from), parseVersion(request.params.to)]
    const before = await loadVersion(deps.db, model.schema, from)
    const after = await loadVersion(deps.db, model.schema, to)
    const language = languageOf(request, actor.language)
    const steps = diffDefinitions(before, after, deps.registry).map((step) => presentStep(step, language))
    sendData(response, 200, { from, to, steps })
  })
}
