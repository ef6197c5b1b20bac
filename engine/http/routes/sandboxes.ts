import type { IncomingMessage } from 'node:http'
import { Router } from 'express'
import { openSession } from '../../access/sign-in.ts'
import { mayActSql, userTable } from '../../access/user-table.ts'
import { recordAudit } from '../../audit/record-audit.ts'
import { type Language, refuse } from '../../errors.ts'
import { own } from '../../model/pointer.ts'
import type { Reader, RequestContext } from '../../records/context.ts'
import { MOST_SAMPLED, makeSandbox, removeSandbox } from '../../sandboxes/make-sandbox.ts'
import {
  compareSandbox,
  listSandboxDrafts,
  promoteSandbox,
  type SandboxChange,
} from '../../sandboxes/promote.ts'
import { refreshSandbox } from '../../sandboxes/refresh-sandbox.ts'
import { findSandbox, LIVE_VERSION, listSandboxes, type Sandbox } from '../../sandboxes/sandbox.ts'
import { authenticate, carriedSession } from '../authenticate.ts'
import { readShape } from '../body-shape.ts'
import { clearedViewCookie } from '../cookie.ts'
import type { HttpDeps } from '../deps.ts'
import { languageOf } from '../language.ts'
import { assertMayDefine, metaContext } from '../meta/meta-context.ts'
import { presentFault } from '../meta/present-meta.ts'
import { isSecure } from '../origin.ts'
import { personIn } from '../own-context.ts'
import { noParameters } from '../query-of.ts'
import { readJsonBody, readOptionalJsonBody } from '../read-body.ts'
import { sendData, sendEmpty } from '../respond.ts'
import { clearedSandboxCookie, sandboxCookie } from '../sandbox-cookie.ts'
import { fromOf } from '../sign-in-from.ts'
import { modelOf } from '../workspace.ts'
import { parseLabel, sendCreated } from './changesets.ts'

const BASE = '/api/sandboxes'
const DEFAULT_RECORDS = 50

const PROMOTE_LABEL: { readonly [L in Language]: (label: string) => string } = {
  en: (label) => `From the sandbox “${label}”`,
  'zh-CN': (label) => `来自沙箱“${label}”`,
}

/** Sandboxes of the workspace: made, looked at, entered, promoted, refreshed, thrown away; for those who may publish. */
export function sandboxRoutes(deps: HttpDeps): Router {
  const routes = Router()
  const { db, registry } = deps

  routes.get(BASE, async (request, response) => {
    noParameters(request)
    const { model } = await metaContext(deps, request, 'publish')
    const sandboxes = await listSandboxes(db, model.workspace)
    sendData(
      response,
      200,
      sandboxes.map((one) => presentSandbox(one, model.version)),
    )
  })

  routes.post(BASE, async (request, response) => {
    noParameters(request)
    const context = await actingContext(deps, request)
    const { model, actor } = context
    const shape = { name: 'text', label: 'text?', records: 'count?' } as const
    const body = readShape(await readJsonBody(request), shape)
    const { name, records = DEFAULT_RECORDS } = body
    const label = body.label === undefined ? undefined : parseLabel(body.label)
    if (records > MOST_SAMPLED)
      throw refuse('FIELD_NUMBER_TOO_LARGE', '/records', { params: { limit: MOST_SAMPLED } })
    const made = await makeSandbox({ db, registry }, model, { name, label, records, by: actor.id })
    await noteAct(deps, context, 'sandbox_made', name, { records: made.records })
    sendData(
      response,
      201,
      { ...presentSandbox(made.sandbox, model.version), records: made.records },
      { Location: `${BASE}/${name}` },
    )
  })

  routes.get(`${BASE}/:name`, async (request, response) => {
    noParameters(request)
    const context = await metaContext(deps, request, 'publish')
    const { model } = context
    const sandbox = await findSandbox(db, model.workspace, request.params.name)
    const { changes } = await compareSandbox({ db, registry }, model, sandbox)
    sendData(response, 200, {
      ...presentSandbox(sandbox, model.version),
      changes: changes.map((change) => presentChange(change, context)),
      drafts: await listSandboxDrafts({ db }, sandbox),
    })
  })

  routes.delete(`${BASE}/:name`, async (request, response) => {
    noParameters(request)
    const context = await actingContext(deps, request)
    const { name } = request.params
    await removeSandbox(db, context.model, name)
    await deps.models.refresh(name)
    await noteAct(deps, context, 'sandbox_removed', name)
    sendEmpty(response, 204)
  })

  routes.post(`${BASE}/:name/promote`, async (request, response) => {
    noParameters(request)
    const context = await actingContext(deps, request)
    const { model, actor } = context
    const one = { label: 'text?', changeset: 'text?' } as const
    const shape = { ...one, changesets: 'texts?', definitions: 'texts?' } as const
    const body = readShape((await readOptionalJsonBody(request)) ?? {}, shape)
    const sandbox = await findSandbox(db, model.workspace, request.params.name)
    const label = PROMOTE_LABEL[languageOf(request, actor.language)](sandbox.label)
    const promoted = await promoteSandbox({ db, registry }, model, sandbox, {
      label: body.label === undefined ? label : parseLabel(body.label),
      by: actor.id,
      changeset: body.changeset,
      changesets: body.changesets,
      only: body.definitions,
      assertMay: (items) => assertMayDefine(context, items),
    })
    sendCreated(response, promoted)
  })

  routes.post(`${BASE}/:name/refresh`, async (request, response) => {
    noParameters(request)
    const context = await actingContext(deps, request)
    const { model, actor } = context
    await readOptionalJsonBody(request)
    const sandbox = await findSandbox(db, model.workspace, request.params.name)
    const wish = { label: LIVE_VERSION[actor.language](model.version), by: actor.id }
    const { version, changeset, problems } = await refreshSandbox({ db, registry }, model, sandbox, wish)
    await deps.models.refresh(sandbox.name)
    const told = problems.map((fault) => presentFault(fault, context))
    sendData(response, 200, { version, changeset: changeset ?? null, problems: told })
  })

  sessionRoutes(routes, deps)
  return routes
}

/** Into a sandbox and out of it, as oneself. */
function sessionRoutes(routes: Router, deps: HttpDeps): void {
  routes.post('/api/auth/sandbox', async (request, response) => {
    noParameters(request)
    const context = await actingContext(deps, request)
    const person = personIn(context)
    const { name } = readShape(await readJsonBody(request), { name: 'text' })
    const sandbox = await findSandbox(deps.db, context.model.workspace, name)
    const token = await enter(deps, request, sandbox, person)
    await noteAct(deps, context, 'sandbox_entered', name)
    const isCookie = carriedSession(deps, request)?.fromCookie === true
    const cookie = sandboxCookie({ workspace: name, token }, isSecure(request, deps.trusts))
    sendData(response, 201, { token, workspace: name }, isCookie ? { 'Set-Cookie': cookie } : {})
  })

  routes.delete('/api/auth/sandbox', async (request, response) => {
    noParameters(request)
    const secure = isSecure(request, deps.trusts)
    const model = await modelOf(deps.models, request)
    const actor = await authenticate(deps, request, model)
    const carried = carriedSession(deps, request)
    if (actor?.id !== undefined && carried?.isSandbox === true) {
      await deps.db.query({
        text: `DELETE FROM ${model.schema}.tenon_session WHERE user_id = $1 AND kind IN ('session', 'view_as')`,
        values: [actor.viewer?.id ?? actor.id],
      })
      await deps.sessions.usersChanged(deps.db, model.workspace, actor.viewer?.id ?? actor.id)
    }
    sendEmpty(response, 204, { 'Set-Cookie': [clearedSandboxCookie(secure), clearedViewCookie(secure)] })
  })
}

/** @throws AppError SANDBOX_NOT_THERE */
async function enter(
  deps: HttpDeps,
  request: IncomingMessage,
  sandbox: Sandbox,
  person: string,
): Promise<string> {
  const model = await deps.models.current(sandbox.name)
  if (model === undefined) throw refuse('SANDBOX_UNKNOWN', '', { params: { name: sandbox.name } })
  const user = userTable(model)
  const { rows } = await deps.db.query<{ name: string; email: string; language: string | null }>({
    text: `SELECT ${user.name} AS name, ${user.email} AS email, ${user.language} AS language
FROM ${user.table} u WHERE u."id" = $1 AND ${mayActSql(user)} AND ${user.password} IS NOT NULL`,
    values: [person],
  })
  const found = rows[0]
  if (found === undefined) throw refuse('SANDBOX_NOT_THERE')
  const { token } = await openSession(deps.db, model, { id: person, ...found }, fromOf(request, deps.trusts))
  return token
}

/** Who sees as somebody else looks only; in a sandbox there are no sandboxes. */
async function actingContext(deps: HttpDeps, request: IncomingMessage): Promise<RequestContext> {
  const context = await metaContext(deps, request, 'publish')
  if (context.actor.viewer !== undefined) throw refuse('AUTH_VIEW_READ_ONLY')
  if (context.model.sandboxOf !== undefined) throw refuse('SANDBOX_WITHIN')
  return context
}

function noteAct(
  deps: HttpDeps,
  { model, actor, via, origin }: RequestContext,
  action: 'sandbox_made' | 'sandbox_removed' | 'sandbox_entered',
  name: string,
  details?: Readonly<Record<string, unknown>>,
): Promise<void> {
  const subject = `sandbox/${name}`
  return recordAudit(deps.db, model.schema, {
    ...{ action, subject, actor: actor.id, via, origin },
    ...(details === undefined ? {} : { details }),
  })
}

function presentSandbox(
  { name, label, madeAt, baseVersion, version }: Sandbox,
  live: number,
): Readonly<Record<string, unknown>> {
  return { name, label, made_at: madeAt, base_version: baseVersion, live_version: live, version }
}

function presentChange({ item, conflicts }: SandboxChange, reader: Reader) {
  const { kind, name, definition, ownBase } = item
  const fate = definition === undefined ? 'removed' : ownBase.definition === undefined ? 'new' : 'changed'
  const label = own(definition ?? ownBase.definition, 'label') ?? name
  const told = conflicts.map((fault) => presentFault(fault, reader))
  return { kind, name, label, fate, conflicts: told }
}
