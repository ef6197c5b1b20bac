import type { IncomingMessage } from 'node:http'
import { Router } from 'express'
import type { BelongsTo } from '../../../metadata/types.ts'
import { refuse } from '../../errors.ts'
import { canonical } from '../../model/canonical.ts'
import type { Kind } from '../../model/compiled.ts'
import { removeContentDefinition, saveContentDefinition } from '../../model/content.ts'
import { findDefinition, isContentKind } from '../../model/definition-set.ts'
import { KINDS } from '../../model/kinds/kinds.ts'
import { isRecord, own } from '../../model/pointer.ts'
import { isOwn } from '../../records/belonging.ts'
import type { RequestContext } from '../../records/context.ts'
import { previewDefinition } from '../../reports/preview.ts'
import type { HttpDeps } from '../deps.ts'
import { assertMayDefine, inForceContext, parseAddress, workspaceDeps } from '../meta/meta-context.ts'
import { assertKnownView } from '../model/own-views.ts'
import { noParameters } from '../query-of.ts'
import { readJsonBody } from '../read-body.ts'
import { sendData, sendEmpty } from '../respond.ts'

interface Address {
  readonly kind: Kind
  readonly name: string
}

/** Kinds of which people and teams keep their own. */
const OWNABLE: ReadonlySet<Kind> = new Set(['report', 'dashboard', 'view'])

/** Content: in force on save, by those who edit its kind; what is one's own, by oneself. */
export function contentRoutes(deps: HttpDeps): Router {
  const routes = Router()
  const address = '/api/meta/content/:kind/:name'

  routes.put(address, async (request, response) => {
    const context = await writerContext(deps, request)
    const address = parseAddress(request.params)
    noParameters(request)
    const raw = await readJsonBody(request)
    await assertMaySave(deps, context, address, raw)
    sendData(response, 200, await save(deps, context, address, raw))
  })

  routes.delete(address, async (request, response) => {
    const context = await writerContext(deps, request)
    const address = parseAddress(request.params)
    noParameters(request)
    if (!(await isOwned(context, address))) assertMayDefine(context, [{ ...address, definition: undefined }])
    await removeContentDefinition(workspaceDeps(deps, context), address, context.actor.id)
    await deps.models.refresh(context.model.workspace)
    sendEmpty(response, 204)
  })

  routes.post(`${address}/promote`, async (request, response) => {
    const context = await writerContext(deps, request)
    const address = parseAddress(request.params)
    noParameters(request)
    assertMayDefine(context, [{ ...address, definition: undefined }])
    const found = findDefinition(context.model.definitions, address.kind, address.name)
    if (found === undefined || !isContentKind(address.kind)) {
      throw refuse('META_DEFINITION_UNKNOWN', '', {
        params: { kind: KINDS[address.kind].label, name: address.name.slice(0, 40) },
      })
    }
    const { belongsTo: _own, ...everybodys } = found as typeof found & { readonly belongsTo?: BelongsTo }
    sendData(response, 200, await save(deps, context, address, everybodys))
  })

  return routes
}

/** Who edits definitions of any kind, or has reports of their own. */
async function writerContext(deps: HttpDeps, request: IncomingMessage): Promise<RequestContext> {
  const context = await inForceContext(deps, request)
  const { kind } = parseAddressSafely(request)
  if (context.access.edits() || (kind !== undefined && OWNABLE.has(kind))) return context
  throw refuse('AUTH_DENIED')
}

function parseAddressSafely(request: IncomingMessage): { readonly kind?: Kind } {
  const [, kind = ''] = /^\/api\/meta\/content\/([^/?]+)/.exec(request.url ?? '') ?? []
  return OWNABLE.has(kind as Kind) ? { kind: kind as Kind } : {}
}

async function save(deps: HttpDeps, context: RequestContext, address: Address, raw: unknown) {
  const saved = await saveContentDefinition(workspaceDeps(deps, context), address, raw, context.actor.id)
  await deps.models.refresh(context.model.workspace)
  return canonical(saved, deps.registry)
}

/**
 * Who edits the kind saves anything of it. Everybody else only what is theirs before and after, and what they may know:
 * no hint of the check tells them of more.
 */
async function assertMaySave(
  deps: HttpDeps,
  context: RequestContext,
  address: Address,
  raw: unknown,
): Promise<void> {
  if (context.access.edits(address.kind)) return
  const belongsTo = own(raw, 'belongsTo')
  const isTheirs =
    OWNABLE.has(address.kind) &&
    isRecord(belongsTo) &&
    (await isOwn(context, belongsTo)) &&
    ((await isOwned(context, address)) || isFree(context, address, raw))
  if (!isTheirs) throw refuse('AUTH_DENIED')
  if (address.kind === 'report') previewDefinition(context, deps.registry, raw)
  if (address.kind === 'view') assertKnownView(context, raw)
}

/** Whether nobody has that name yet, nor the id under another. */
function isFree({ model }: RequestContext, { kind, name }: Address, raw: unknown): boolean {
  const [id, was] = [own(raw, 'id'), own(raw, 'was')]
  const all = [...(model.definitions[kind] as ReadonlyMap<string, { readonly id?: string }>).entries()]
  return !all.some(([known, one]) => known === name || known === was || (id !== undefined && one.id === id))
}

async function isOwned(context: RequestContext, { kind, name }: Address): Promise<boolean> {
  if (!OWNABLE.has(kind)) return false
  const found = findDefinition(context.model.definitions, kind, name)
  const belongsTo = found === undefined ? undefined : (found as { readonly belongsTo?: BelongsTo }).belongsTo
  return belongsTo !== undefined && (await isOwn(context, belongsTo))
}
