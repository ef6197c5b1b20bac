import type { IncomingMessage } from 'node:http'
import { nearest } from '../../../metadata/nearest.ts'
import type { AdministrativeRight } from '../../access/access.ts'
import { beyondProblem, rightsBeyond } from '../../access/hand-out.ts'
import { AppError, didYouMean, refuse } from '../../errors.ts'
import { isStorableText } from '../../fields/parts/formats.ts'
import type { ChangesetItem } from '../../model/changesets.ts'
import type { Kind } from '../../model/compiled.ts'
import { isKind, KIND_NAMES } from '../../model/definition-set.ts'
import { own } from '../../model/pointer.ts'
import type { PublishDeps } from '../../model/publish.ts'
import { publishControl } from '../../process/control/publish-control.ts'
import { runScenarios } from '../../quality/run-scenarios.ts'
import { type RequestContext, requestContext } from '../../records/context.ts'
import { publishPorts } from '../../records/fill-computed.ts'
import { openContext } from '../authenticate.ts'
import type { HttpDeps } from '../deps.ts'

/** The context of a request that is about what is in force: definitions are written against that, whatever one tries. */
export async function inForceContext(deps: HttpDeps, request: IncomingMessage): Promise<RequestContext> {
  const context = await openContext(deps, request)
  if (context.model.trial === undefined) return context
  const model = await deps.models.current(context.model.workspace)
  return model === undefined ? context : requestContext({ ...context, model })
}

/**
 * The context of a request about definitions, for those who may.
 * @throws AppError AUTH_REQUIRED, AUTH_DENIED
 */
export async function metaContext(
  deps: HttpDeps,
  request: IncomingMessage,
  right: AdministrativeRight,
): Promise<RequestContext> {
  const context = await inForceContext(deps, request)
  if (!context.access.may(right)) throw refuse('AUTH_DENIED')
  return context
}

/**
 * The same for those who edit definitions: of that kind, or without one of any. They read all of them, since each
 * speaks of others.
 * @throws AppError AUTH_REQUIRED, AUTH_DENIED
 */
export async function editorContext(
  deps: HttpDeps,
  request: IncomingMessage,
  kind?: Kind,
): Promise<RequestContext> {
  const context = await inForceContext(deps, request)
  if (!context.access.edits(kind)) throw refuse('AUTH_DENIED')
  return context
}

/**
 * Whether these definitions may be set or removed, in a draft or at once. A role is defined by nobody who could not
 * hand it out, as it was and as it is to be.
 * @throws AppError AUTH_DENIED, AUTH_BEYOND_OWN
 */
export function assertMayDefine(
  { model, access }: RequestContext,
  items: readonly Pick<ChangesetItem, 'kind' | 'name' | 'definition'>[],
): void {
  if (items.some(({ kind }) => !access.edits(kind))) throw refuse('AUTH_DENIED')
  for (const { kind, name, definition } of items) {
    if (kind !== 'role') continue
    const [id, was] = [own(definition, 'id'), own(definition, 'was')]
    const inForce = [...model.definitions.role.values()].filter(
      (role) => role.name === name || role.name === was || role.id === id,
    )
    const beyond = [...inForce, definition].flatMap((role) => rightsBeyond(access, rightsIn(role)))
    if (beyond.length > 0) throw new AppError(beyondProblem('', [...new Set(beyond)]))
  }
}

/** What a definition of a role, as it was sent, says of administration; its shape is the check's matter. */
function rightsIn(role: unknown): Parameters<typeof rightsBeyond>[1] {
  const texts = (key: string) => {
    const list = own(role, key)
    return Array.isArray(list) ? list.filter((one) => typeof one === 'string') : []
  }
  return {
    administration: texts('administration') as AdministrativeRight[],
    definitions: texts('definitions'),
  }
}

/** What drafts, publishes and content of the request's workspace stand on. */
export function workspaceDeps(deps: HttpDeps, { model, via, origin }: RequestContext): PublishDeps {
  const { db, registry } = deps
  const from = { via, address: origin?.address, request: origin?.request }
  return {
    db,
    registry,
    workspace: model.workspace,
    schema: model.schema,
    ...publishPorts,
    scenarios: runScenarios,
    control: publishControl,
    from,
  }
}

/** The kind of that name. @throws AppError META_KIND_UNKNOWN with the nearest */
export function parseKind(written: string): Kind {
  if (isKind(written)) return written
  const name = written.slice(0, 40).toWellFormed()
  throw refuse('META_KIND_UNKNOWN', '', { params: { name }, hint: didYouMean(nearest(name, KIND_NAMES)) })
}

const MAX_ADDRESS_LENGTH = 200

/**
 * The address of a definition in a draft; whether the name is a good one is the check's matter.
 * @throws AppError META_KIND_UNKNOWN, META_NAME_INVALID
 */
export function parseAddress(parameters: { readonly kind?: string; readonly name?: string }): {
  readonly kind: Kind
  readonly name: string
} {
  const kind = parseKind(parameters.kind ?? '')
  const name = parameters.name ?? ''
  if (name !== '' && name.length <= MAX_ADDRESS_LENGTH && isStorableText(name)) return { kind, name }
  throw refuse('META_NAME_INVALID', '', { params: { name: name.slice(0, 40).toWellFormed() } })
}

/** A version's number from an address. @throws AppError META_VERSION_UNKNOWN */
export function parseVersion(written: string): number {
  const version = /^\d{1,9}$/.test(written) ? Number(written) : 0
  if (version > 0) return version
  throw refuse('META_VERSION_UNKNOWN', '', { params: { version: written.slice(0, 20).toWellFormed() } })
}
