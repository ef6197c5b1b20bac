import type { IncomingMessage } from 'node:http'
import { refuse } from '../errors.ts'
import type { CompiledModel } from '../model/compiled.ts'
import type { ModelSource } from './deps.ts'
import { enteredSandbox } from './sandbox-cookie.ts'

export const DEFAULT_WORKSPACE = 'default'
const NAME = /^[a-z][a-z0-9_-]{0,39}$/

/**
 * The model of the workspace that a request means: header X-Workspace; else the sandbox that its browser has entered; else
 * the first label of the host where a workspace has that name; else `default`. At once where it is in memory.
 * @throws AppError WORKSPACE_UNKNOWN, without a hint: the names of workspaces are nobody's business; AUTH_SANDBOX_ENDED
 */
export function modelOf(
  models: ModelSource,
  request: IncomingMessage,
): CompiledModel | Promise<CompiledModel> {
  const header = request.headers['x-workspace']
  if (header !== undefined) return named(models, String(header))
  const sandbox = enteredSandbox(request)
  if (sandbox !== undefined) return models.peek(sandbox.workspace) ?? entered(models, sandbox.workspace)
  return ofHost(models, request)
}

/** The workspace that a request means where its browser is in no sandbox. */
export function ofHost(
  models: ModelSource,
  request: IncomingMessage,
): CompiledModel | Promise<CompiledModel> {
  const label = subdomainOf(request.headers.host)
  if (label === undefined) return models.peek(DEFAULT_WORKSPACE) ?? named(models, DEFAULT_WORKSPACE)
  return models.peek(label) ?? fromSubdomain(models, label)
}

/** A sandbox that was thrown away is not taken for the live workspace. */
async function entered(models: ModelSource, name: string): Promise<CompiledModel> {
  const model = await models.current(name)
  if (model?.sandboxOf === undefined) throw refuse('AUTH_SANDBOX_ENDED')
  return model
}

function named(models: ModelSource, name: string): CompiledModel | Promise<CompiledModel> {
  if (!NAME.test(name)) throw unknown(name)
  const model = models.peek(name)
  if (model !== undefined) return model
  return models.current(name).then((loaded) => {
    if (loaded === undefined) throw unknown(name)
    return loaded
  })
}

/** `crm.example.com` is an address of the default workspace unless one is called `crm`. */
async function fromSubdomain(models: ModelSource, label: string): Promise<CompiledModel> {
  const model = await models.current(label)
  return model ?? named(models, DEFAULT_WORKSPACE)
}

function unknown(name: string) {
  return refuse('WORKSPACE_UNKNOWN', '', { params: { name: name.slice(0, 40) } })
}

/** Hosts are few; each is taken apart once. */
const labels = new Map<string, string | undefined>()
const LABELS_LIMIT = 1000

/** The first label of `name.example.com` or `name.localhost`; undefined for plain hosts and IP addresses. */
export function subdomainOf(host: string | undefined): string | undefined {
  if (host === undefined) return undefined
  if (labels.has(host)) return labels.get(host)
  const label = parse(host)
  if (labels.size >= LABELS_LIMIT) labels.clear()
  labels.set(host, label)
  return label
}

function parse(host: string): string | undefined {
  const name = host.replace(/:\d+$/, '').toLowerCase()
  if (name.startsWith('[') || /^[\d.]+$/.test(name)) return undefined
  const parts = name.split('.')
  const enough = parts.at(-1) === 'localhost' ? 2 : 3
  const [first] = parts
  return parts.length >= enough && first !== undefined && NAME.test(first) ? first : undefined
}
