import type { IncomingMessage, ServerResponse } from 'node:http'
import { Router } from 'express'
import { AppError, type Problem, refuse } from '../../errors.ts'
import { isStorableText } from '../../fields/parts/formats.ts'
import { soundOf } from '../../model/candidate.ts'
import { changeInDraft } from '../../model/change-in-draft.ts'
import {
  type ChangesetSummary,
  type DraftWords,
  describeChangeset,
  discardChangeset,
  listChangesets,
  loadChangeset,
  MAX_ANNOUNCEMENT_LENGTH,
  openChangeset,
  tellOfDraft,
} from '../../model/changesets.ts'
import type { DefinitionSet, Kind } from '../../model/compiled.ts'
import { type DraftAddress, removeInDraft, setInDraft } from '../../model/draft.ts'
import { loadDrafted } from '../../model/drafted.ts'
import { estimateOf } from '../../model/estimate.ts'
import { loadRunningPilots } from '../../model/pilots/pilot.ts'
import { checkDraft, planChecked, planDraft } from '../../model/plan.ts'
import { isRecord } from '../../model/pointer.ts'
import { failingAlready, runCandidate } from '../../model/prove.ts'
import { type PublishDeps, publishDraft } from '../../model/publish.ts'
import { loadPublishJobs } from '../../model/publish-jobs.ts'
import { rebaseDraft } from '../../model/rebase.ts'
import { loadRunningSilent } from '../../model/silent/silent-run.ts'
import { type Taken, takenUses } from '../../model/taken.ts'
import { unplacedFields } from '../../model/unplaced.ts'
import { simulateAssignments } from '../../process/assignment/simulate.ts'
import { assertNotTried } from '../../process/pilots/begin.ts'
import { assertNotSilent } from '../../process/silent/begin.ts'
import type { RequestContext } from '../../records/context.ts'
import { namesOf, type Person, told } from '../../records/people.ts'
import { planTouched } from '../../records/plan-touched.ts'
import { simulatePlan, warningsOf } from '../../records/simulate.ts'
import { stepExamples } from '../../records/step-examples.ts'
import { readShape } from '../body-shape.ts'
import type { HttpDeps } from '../deps.ts'
import { conversionSight } from '../meta/conversion-sight.ts'
import {
  assertMayDefine,
  editorContext,
  metaContext,
  parseAddress,
  parseVersion,
  workspaceDeps,
} from '../meta/meta-context.ts'
import {
  presentChangeset,
  presentDrafted,
  presentFault,
  presentPlan,
  presentTaken,
} from '../meta/present-meta.ts'
import { parseFlag, parseParameters } from '../parameters.ts'
import { noParameters, queryOf } from '../query-of.ts'
import { readJsonBody, readOptionalJsonBody } from '../read-body.ts'
import { sendData, sendEmpty } from '../respond.ts'

const BASE = '/api/meta/changesets'
const MAX_LABEL_LENGTH = 200

/** Drafts of definitions: open, fill, check, plan, publish. */
export function changesetRoutes(deps: HttpDeps): Router {
  const routes = Router()
  draftRoutes(routes, deps)

  routes.post(`${BASE}/:id/check`, async (request, response) => {
    const context = await editorOf(deps, request)
    await readOptionalJsonBody(request)
    const { problems, warnings, taken } = await lookAt(
      context,
      workspaceDeps(deps, context),
      request.params.id,
    )
    sendData(response, 200, {
      problems: problems.map((fault) => presentFault(fault, context)),
      warnings: warnings.map((fault) => presentFault(fault, context)),
      taken: taken.map(presentTaken),
    })
  })

  routes.post(`${BASE}/:id/resolve`, async (request, response) => {
    const context = await editorOf(deps, request)
    const workspace = workspaceDeps(deps, context)
    const decide = sidesOf(readShape(await readJsonBody(request), { ours: 'texts', theirs: 'texts' }))
    const { items } = await loadChangeset(workspace.db, workspace.schema, request.params.id)
    assertMayDefine(context, items)
    await rebaseDraft(workspace, request.params.id, decide)
    sendEmpty(response, 204)
  })

  routes.post(`${BASE}/:id/plan`, async (request, response) => {
    const context = await editorContext(deps, request)
    const { scenarios } = parseParameters(queryOf(request), ['scenarios'])
    const isProved = scenarios === undefined || parseFlag(scenarios, 'scenarios')
    const workspace = workspaceDeps(deps, context)
    const { db, registry, schema } = workspace
    await readOptionalJsonBody(request)
    const { changeset, state } = await rebaseDraft({ db, schema, registry }, request.params.id)
    const plan = await planDraft({ db, schema, registry, state, counts: 'exact' }, changeset)
    const tried = {
      simulations: [
        ...(await simulatePlan(context, { db, registry, state, plan })),
        ...(await simulateAssignments(context, { db, registry, state, plan })),
      ],
      scenarios: isProved ? await runCandidate(workspace, state, plan.candidate) : undefined,
      failing: await failingAlready(db, schema, state, plan.candidate),
      warnings: warningsOf(context, { registry, state, plan }),
      touched: await planTouched(context, { registry, state, plan }),
      estimate: await estimateOf(db, schema, plan),
      examples: await stepExamples(context, { db, state, plan }),
    }
    sendData(response, 200, presentPlan(plan, tried, context, await conversionSight(context, plan)))
  })

  routes.post(`${BASE}/:id/publish`, async (request, response) => {
    const context = await metaContext(deps, request, 'publish')
    noParameters(request)
    const wish = {
      ...{ changeset: request.params.id, by: context.actor.id },
      ...parseWish(await readJsonBody(request)),
    }
    const outcome = await publishDraft(workspaceDeps(deps, context), wish)
    if ('job' in outcome) {
      sendData(response, 202, outcome, { Location: `/api/jobs/${outcome.job}` })
      return
    }
    await deps.models.refresh(context.model.workspace) // what was published is in force for the next request
    sendData(response, 200, outcome)
  })

  return routes
}

interface Looked {
  readonly problems: readonly Problem[]
  /** What stands in nobody's way; where there are problems, as far as it can be told. */
  readonly warnings: readonly Problem[]
  /** What it takes away although something names it. */
  readonly taken: readonly Taken[]
}

function isIn(definitions: DefinitionSet, address: string): boolean {
  const at = address.indexOf('/')
  return definitions[address.slice(0, at) as Kind].has(address.slice(at + 1))
}

/** Faults of a draft on what is in force now; where it cannot be merged with that, these places. */
async function lookAt(context: RequestContext, source: PublishDeps, id: string): Promise<Looked> {
  const { db, schema, registry } = source
  try {
    const { changeset, state } = await rebaseDraft(source, id)
    const checked = checkDraft(state.definitions, changeset, registry)
    const { problems } = checked
    const sound = soundOf(checked.definitions, checked.changed, registry)
    const unsure = [...checked.changed].filter((address) => !isIn(sound, address))
    const taken = takenUses(
      { definitions: state.definitions, registry },
      { definitions: sound, registry },
      new Set(unsure),
    )
    if (problems.length > 0) return { problems, warnings: unplacedFields(state.definitions, sound), taken }
    const plan = await planChecked({ db, schema, registry, state, counts: 'none' }, checked)
    return { problems, warnings: warningsOf(context, { registry, state, plan }), taken }
  } catch (error) {
    if (error instanceof AppError && error.code === 'META_BASE_MOVED') {
      return { problems: error.problems, warnings: [], taken: [] }
    }
    throw error
  }
}

function draftRoutes(routes: Router, deps: HttpDeps): void {
  routes.get(BASE, async (request, response) => {
    const context = await editorOf(deps, request)
    const changesets = await listChangesets(deps.db, context.model.schema)
    const pilots = await loadRunningPilots(deps.db, context.model.schema)
    const silent = await loadRunningSilent(deps.db, context.model.schema)
    const since = sinceOf(pilots)
    const silentSince = sinceOf(silent)
    const owners = await ownersOf(context, changesets)
    const ids = changesets.map(({ id }) => id)
    const drafted = await loadDrafted(deps.db, context.model.schema, ids)
    const jobOf = await loadPublishJobs(deps.db, context.model.schema, ids)
    sendData(
      response,
      200,
      changesets.map((one) => ({
        ...presentChangeset(one, owners(one)),
        piloted_since: since.get(one.id) ?? null,
        silent_since: silentSince.get(one.id) ?? null,
        drafted: presentDrafted(drafted(one.id), context.actor.language),
        job: jobOf(one.id),
      })),
    )
  })

  routes.post(BASE, async (request, response) => {
    const context = await editorOf(deps, request)
    const said = readShape(await readJsonBody(request), { label: 'text', description: 'text?' })
    const { description } = parseWords({ description: said.description })
    const draft = { label: parseLabel(said.label), description, createdBy: context.actor.id }
    sendCreated(response, await openChangeset(deps.db, context.model.schema, draft))
  })

  routes.get(`${BASE}/:id`, async (request, response) => {
    const context = await editorOf(deps, request)
    const changeset = await loadChangeset(deps.db, context.model.schema, request.params.id)
    const items = changeset.items.map(({ kind, name, definition, baseVersion }) => ({
      ...{ kind, name, definition: definition ?? null, base_version: baseVersion },
    }))
    const owners = await ownersOf(context, [changeset])
    sendData(response, 200, { ...presentChangeset(changeset, owners(changeset)), items })
  })

  routes.patch(`${BASE}/:id`, async (request, response) => {
    const context = await editorOf(deps, request)
    const { schema } = context.model
    const said = readShape(await readJsonBody(request), {
      ...{ label: 'text?', description: 'text?', announcement: 'text?' },
    } as const)
    const words = parseWords(said)
    const { id, items } = await loadChangeset(deps.db, schema, request.params.id)
    assertMayDefine(context, items)
    await describeChangeset(deps.db, schema, id, words)
    await tellOfDraft(deps.db, schema, id)
    const changed = await loadChangeset(deps.db, schema, id)
    sendData(response, 200, presentChangeset(changed, (await ownersOf(context, [changed]))(changed)))
  })

  routes.delete(`${BASE}/:id`, async (request, response) => {
    const context = await editorOf(deps, request)
    const { id, items } = await loadChangeset(deps.db, context.model.schema, request.params.id)
    assertMayDefine(context, items)
    await assertNotTried(deps.db, context.model.schema, id)
    await assertNotSilent(deps.db, context.model.schema, id)
    await discardChangeset(deps.db, context.model.schema, request.params.id)
    await tellOfDraft(deps.db, context.model.schema, id)
    sendEmpty(response, 204)
  })

  routes.put(`${BASE}/:id/definitions/:kind/:name`, async (request, response) => {
    const context = await editorContext(deps, request)
    const address = parseDraftAddress(request, request.params)
    assertMayDefine(context, [{ ...address, definition: undefined }])
    const raw = await readJsonBody(request)
    assertMayDefine(context, [{ ...address, definition: raw }])
    sendData(response, 200, await setInDraft(workspaceDeps(deps, context), request.params.id, address, raw))
  })

  routes.post(`${BASE}/:id/definitions/:kind/:name`, async (request, response) => {
    const context = await editorContext(deps, request)
    const address = parseDraftAddress(request, request.params)
    assertMayDefine(context, [{ ...address, definition: undefined }])
    const said = readShape(await readJsonBody(request), {
      ...{ from: 'object?', to: 'object?', ours: 'texts?', theirs: 'texts?' },
    } as const)
    const { from, to, ours, theirs } = said
    if (to !== undefined) assertMayDefine(context, [{ ...address, definition: to }])
    const decide = sidesOf({ ours: ours ?? [], theirs: theirs ?? [] })
    const { id } = request.params
    const { sent, stored } = await changeInDraft(workspaceDeps(deps, context), id, address, {
      from,
      to,
      decide,
    })
    sendData(response, 200, { sent: sent ?? null, stored: stored ?? null })
  })

  routes.delete(`${BASE}/:id/definitions/:kind/:name`, async (request, response) => {
    const context = await editorContext(deps, request)
    const address = parseDraftAddress(request, request.params)
    assertMayDefine(context, [{ ...address, definition: undefined }])
    await removeInDraft(workspaceDeps(deps, context), request.params.id, address)
    sendEmpty(response, 204)
  })
}

/** Who made drafts, as whoever asks may know them. */
async function ownersOf(
  context: RequestContext,
  changesets: readonly ChangesetSummary[],
): Promise<(changeset: ChangesetSummary) => Person | null> {
  const ids = changesets.map(({ createdBy }) => createdBy ?? null)
  const names = await namesOf(context, context.db, ids)
  return ({ createdBy }) => told(createdBy ?? null, names)
}

const sinceOf = (trials: readonly { readonly changeset: string; readonly begunAt: string }[]) =>
  new Map(trials.map(({ changeset, begunAt }) => [changeset, begunAt]))

/** Which side was said to stand, by path. */
function sidesOf(said: { readonly ours: readonly string[]; readonly theirs: readonly string[] }) {
  const sides = new Map<string, 'ours' | 'theirs'>([
    ...said.ours.map((path) => [path, 'ours'] as const),
    ...said.theirs.map((path) => [path, 'theirs'] as const),
  ])
  return (path: string) => sides.get(path)
}

function parseDraftAddress(
  request: IncomingMessage,
  params: Parameters<typeof parseAddress>[0],
): DraftAddress {
  const { base_version: base } = parseParameters(queryOf(request), ['base_version'])
  return { ...parseAddress(params), baseVersion: base === undefined ? undefined : parseVersion(base) }
}

async function editorOf(deps: HttpDeps, request: IncomingMessage) {
  const context = await editorContext(deps, request)
  noParameters(request)
  return context
}

/** @throws AppError FIELD_TEXT_* */
export function parseLabel(label: string): string {
  assertText(label, '/label', MAX_LABEL_LENGTH)
  return label
}

/** @throws AppError FIELD_REQUIRED, FIELD_TEXT_* */
function assertText(text: string, path: string, limit: number): void {
  if (text.trim() === '') throw refuse('FIELD_REQUIRED', path)
  if (text.length > limit) throw refuse('FIELD_TEXT_TOO_LONG', path, { params: { limit } })
  if (!isStorableText(text)) throw refuse('FIELD_TEXT_INVALID', path)
}

const MAX_REASON_LENGTH = 2000
const MAX_DESCRIPTION_LENGTH = 2000

interface Wish {
  readonly hash: string
  readonly reason: string | undefined
  readonly emergency: string | undefined
  readonly announcement: string | undefined
}

/** The plan that is confirmed, why it is published although scenarios fail or too few agree, and what users are told. */
function parseWish(body: unknown): Wish {
  if (!isRecord(body)) throw refuse('HTTP_BODY_NOT_OBJECT')
  const { override, emergency, ...rest } = body
  const { hash, announcement } = readShape(rest, { hash: 'text', announcement: 'text?' })
  return {
    hash,
    reason: parseReason(override, 'override'),
    emergency: parseReason(emergency, 'emergency'),
    announcement: parseAnnouncement(announcement),
  }
}

/** @throws AppError FIELD_REQUIRED for an empty name, FIELD_TEXT_* */
function parseWords({ label, description, announcement }: DraftWords): DraftWords {
  if (label !== undefined) assertText(label, '/label', MAX_LABEL_LENGTH)
  if (description?.trim()) assertText(description, '/description', MAX_DESCRIPTION_LENGTH)
  if (announcement?.trim()) assertText(announcement, '/announcement', MAX_ANNOUNCEMENT_LENGTH)
  return { label: label?.trim(), description: description?.trim(), announcement: announcement?.trim() }
}

/** @throws AppError FIELD_REQUIRED, FIELD_TEXT_* */
function parseAnnouncement(said: string | undefined): string | undefined {
  if (said === undefined) return undefined
  assertText(said, '/announcement', MAX_ANNOUNCEMENT_LENGTH)
  return said.trim()
}

/** @throws AppError with the place below the key */
function parseReason(said: unknown, key: string): string | undefined {
  if (said === undefined || said === null) return undefined
  try {
    const { reason } = readShape(said, { reason: 'text' })
    assertText(reason, '/reason', MAX_REASON_LENGTH)
    return reason
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    throw new AppError(error.problems.map((fault) => ({ ...fault, path: `/${key}${fault.path}` })))
  }
}

/** A new draft, as every call that makes one answers. */
export function sendCreated(response: ServerResponse, changeset: ChangesetSummary): void {
  sendData(response, 201, presentChangeset(changeset), { Location: `${BASE}/${changeset.id}` })
}
