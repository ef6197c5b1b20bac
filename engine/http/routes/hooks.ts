import { createHmac, timingSafeEqual } from 'node:crypto'
import { Router } from 'express'
import { refuse } from '../../errors.ts'
import { isStorableText } from '../../fields/parts/formats.ts'
import type { FileStore } from '../../files/file-store.ts'
import type { CompiledModel } from '../../model/compiled.ts'
import { isRecord } from '../../model/pointer.ts'
import { openSecrets } from '../../notify/outgoing/secrets.ts'
import { type HookFile, takeHookEvent } from '../../process/flows/outside.ts'
import { queueWakes } from '../../process/flows/wakes.ts'
import { onCurrentModel } from '../../records/model-moved.ts'
import type { HttpDeps } from '../deps.ts'
import { noParameters } from '../query-of.ts'
import { readJson } from '../read-body.ts'
import { sendData } from '../respond.ts'
import { modelOf } from '../workspace.ts'

/** A signed contract comes with its event. */
const MOST_BYTES = 8 * 1024 * 1024
const MOST_FILES = 5
/** How far the sender's clock may be off, seconds; within it each event counts once, so that none is played again. */
const CLOCK_SECONDS = 300
const SIGNATURE = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/
const EVENT = /^[a-z][a-z0-9_]{0,39}$/

/** What other systems send here: signed events, for which runs of flows wait. */
export function hookRoutes(deps: HttpDeps, store: FileStore): Router {
  const routes = Router()

  routes.post('/api/hooks/:connection', async (request, response) => {
    noParameters(request)
    const model = await modelOf(deps.models, request)
    const { text, value } = await readJson(request, MOST_BYTES)
    const found = await signerOf(deps, model, request.params.connection)
    // One answer for all that does not fit: nobody learns from it which connections there are.
    if (!isSigned(found?.secret, String(request.headers['x-tenon-signature'] ?? ''), text, new Date()))
      throw refuse('HOOK_REFUSED')
    const { id, event, data, files } = parseEvent(value)
    const whole = { connection: found!.id, id, event: `${found!.name}.${event}`, data, files }
    const renew = async () => {
      await deps.models.refresh(model.workspace)
      return await modelOf(deps.models, request)
    }
    const isNew = await onCurrentModel(model, renew, (current) => {
      const flows = {
        ...{ db: deps.db, registry: deps.registry, observe: deps.observer.observe, wakes: queueWakes },
        ...{ now: () => new Date(), modelOf: async () => current, files: store },
      }
      return deps.db.transaction((tx) => takeHookEvent(flows, current, tx, whole))
    })
    sendData(response, 202, { new: isNew })
  })

  return routes
}

interface Signer {
  readonly id: string
  readonly name: string
  readonly secret: string | undefined
}

async function signerOf(
  { db, registry }: HttpDeps,
  model: CompiledModel,
  written: string,
): Promise<Signer | undefined> {
  const definition = model.definitions.connection.get(written)
  const hookSecret = definition && registry.connector(definition.connector)?.hookSecret
  if (definition?.id === undefined || hookSecret === undefined) return undefined
  const secrets = await openSecrets(db, registry, model.schema, definition.id)
  return { id: definition.id, name: definition.name, secret: secrets[hookSecret] }
}

/** `t=<seconds>,v1=<hex>`: HMAC-SHA256 over the seconds, a point and the body as it came. */
export function isSigned(secret: string | undefined, header: string, body: string, now: Date): boolean {
  const [, seconds = '0', given = '0'.repeat(64)] = SIGNATURE.exec(header) ?? []
  const due = createHmac('sha256', secret ?? 'nobody')
    .update(`${seconds}.${body}`)
    .digest()
  const isSame = timingSafeEqual(due, Buffer.from(given, 'hex'))
  const isFresh = Math.abs(now.getTime() / 1_000 - Number(seconds)) <= CLOCK_SECONDS
  return isSame && isFresh && secret !== undefined && SIGNATURE.test(header)
}

function parseEvent(value: unknown) {
  if (!isRecord(value)) throw refuse('HOOK_EVENT_INVALID')
  const { id, event, data = {}, files = {}, ...rest } = value
  const isId = typeof id === 'string' && id !== '' && id.length <= 200 && storable(id)
  const isEvent = typeof event === 'string' && EVENT.test(event)
  if (!isId || !isEvent || !isRecord(data) || Object.keys(rest).length > 0 || !storable(JSON.stringify(data)))
    throw refuse('HOOK_EVENT_INVALID')
  return { id, event, data, files: parseFiles(files) }
}

const NAME = /^[a-z][a-z0-9_]{0,39}$/
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/

/** Files by the name under which the event's data gives them: each with name, media type and content. */
function parseFiles(value: unknown): ReadonlyMap<string, HookFile> {
  if (!isRecord(value) || Object.keys(value).length > MOST_FILES) throw refuse('HOOK_EVENT_INVALID')
  return new Map(Object.entries(value).map(([key, file]) => [key, parseFile(key, file)]))
}

function parseFile(key: string, value: unknown): HookFile {
  if (!NAME.test(key) || !isRecord(value)) throw refuse('HOOK_EVENT_INVALID')
  const { name, media_type: mediaType = '', content, ...rest } = value
  const isText = typeof name === 'string' && typeof mediaType === 'string' && storable(name)
  const isContent = typeof content === 'string' && content !== '' && BASE64.test(content)
  if (!isText || !isContent || Object.keys(rest).length > 0) throw refuse('HOOK_EVENT_INVALID')
  return { name, mediaType, content: Buffer.from(content, 'base64') }
}

/** Also where it is kept as JSON, escapes and all. */
function storable(text: string): boolean {
  return isStorableText(text) && !/\\u(0000|d[89a-f])/i.test(text)
}
