import type { IncomingMessage } from 'node:http'
import { type Language, refuse } from '../errors.ts'
import type { CompiledModel } from '../model/compiled.ts'
import { spokenTo } from '../model/languages.ts'
import { readIn } from '../model/read-in.ts'
import { type Webform, webformActor, webformOf } from '../portal/webform.ts'
import { type RequestContext, requestContext } from '../records/context.ts'
import type { Vault } from '../registry/vault.ts'
import type { Spoken } from '../registry/words.ts'
import type { HttpDeps } from './deps.ts'
import { furtherWords, languageOf, readingLanguage } from './language.ts'
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

/** A form as a visitor reads it. */
export interface ReadWebform extends OpenedWebform, Spoken {}

/**
 * The same in the language of the visitor: the one that is asked for, the browser's, the workspace's.
 * @throws AppError WEBFORM_UNKNOWN, WORKSPACE_UNKNOWN
 */
export async function readWebform(
  deps: HttpDeps,
  request: IncomingMessage,
  name: string,
  asked?: string,
): Promise<ReadWebform> {
  const opened = await openWebform(deps, request, name)
  const { language, reading, words } = visitorLanguage(deps, request, opened.model.settings.language, asked)
  if (reading === undefined) return { ...opened, language }
  const model = readIn(opened.model, deps.registry, reading, language)
  return { model, form: webformOf(model, name)!, language, words }
}

interface VisitorLanguage extends Spoken {
  /** Another one, which the engine does not speak. */
  readonly reading?: string | undefined
}

/** @param fallback what is spoken where neither the address nor the browser says it */
export function visitorLanguage(
  { registry }: HttpDeps,
  request: IncomingMessage,
  fallback: Language,
  asked?: string,
): VisitorLanguage {
  if (asked === 'en' || asked === 'zh-CN') return { language: asked }
  const words = asked === undefined ? undefined : registry.words(asked)
  if (words !== undefined) return { language: spokenTo(words.tag), reading: words.tag, words }
  const reading = readingLanguage(request)
  return { language: languageOf(request, fallback), reading, words: furtherWords(registry, request) }
}

/** The context in which what a form takes in is written. Whoever is signed in beside it does not count. */
export function webformContext(
  deps: HttpDeps,
  request: IncomingMessage,
  { model, form, words }: ReadWebform,
): RequestContext {
  return requestContext({
    ...{ model, actor: webformActor(model, form), db: deps.db, via: 'webform', words },
    search: deps.registry.search(),
    origin: requestOrigin(request, deps.trusts),
  })
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
