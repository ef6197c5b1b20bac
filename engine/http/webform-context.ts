import type { IncomingMessage } from 'node:http'
import { type Language, refuse } from '../errors.ts'
import type { CompiledModel } from '../model/compiled.ts'
import { type Webform, webformActor, webformOf } from '../portal/webform.ts'
import { type RequestContext, requestContext } from '../records/context.ts'
import type { Vault } from '../registry/vault.ts'
import type { HttpDeps } from './deps.ts'
import { languageOf } from './language.ts'
import { requestOrigin } from './request-origin.ts'
import { modelOf } from './workspace.ts'

/** A form that a stranger asks for, with the workspace it is of. */
export interface OpenedWebform {
  readonly model: CompiledModel
  readonly form: Webform
}

/** @throws AppError WEBFORM_UNKNOWN, WORKSPACE_UNKNOWN */
export async function openWebform(
  deps: HttpDeps,
  request: IncomingMessage,
  name: string,
): Promise<OpenedWebform> {
  const model = await modelOf(deps.models, request)
  const form = webformOf(model, name)
  if (form === undefined) throw refuse('WEBFORM_UNKNOWN')
  return { model, form }
}

/** The context in which what a form takes in is written. Whoever is signed in beside it does not count. */
export function webformContext(
  deps: HttpDeps,
  request: IncomingMessage,
  { model, form }: OpenedWebform,
): RequestContext {
  return requestContext({
    ...{ model, actor: webformActor(model, form), db: deps.db, via: 'webform' },
    search: deps.registry.search(),
    origin: requestOrigin(request, deps.trusts),
  })
}

/** The language in which a stranger is spoken to: the one that is asked for, the browser's, the workspace's. */
export function languageFor(request: IncomingMessage, { model }: OpenedWebform, asked?: string): Language {
  if (asked === 'en' || asked === 'zh-CN') return asked
  return languageOf(request, model.settings.language)
}

const vaults = new WeakMap<HttpDeps, Map<string, Promise<Vault>>>()

/** The keys of a workspace by which its pages are signed; opened once. */
export function webformVault(deps: HttpDeps, { schema }: CompiledModel): Promise<Vault> {
  const known = vaults.get(deps) ?? new Map<string, Promise<Vault>>()
  vaults.set(deps, known)
  let vault = known.get(schema)
  if (vault === undefined) {
    vault = deps.registry.vaults().open(schema)
    // A database that was away a moment ago may be back.
    vault.catch(() => known.delete(schema))
    known.set(schema, vault)
  }
  return vault
}
