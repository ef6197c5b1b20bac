import type { IncomingMessage } from 'node:http'
import { type Request, Router } from 'express'
import { nearest } from '../../../metadata/nearest.ts'
import type { ConnectionDefinition } from '../../../metadata/types.ts'
import { recordAudit } from '../../audit/record-audit.ts'
import { AppError, didYouMean, type Problem, problem, refuse } from '../../errors.ts'
import { isRecordId, isStorableText } from '../../fields/parts/formats.ts'
import { isRecord, pointer } from '../../model/pointer.ts'
import { CALL_STATES, listCalls, retryCall } from '../../notify/outgoing/log.ts'
import { MESSAGE } from '../../notify/outgoing/perform.ts'
import { setSecrets } from '../../notify/outgoing/secrets.ts'
import { wakeSenders } from '../../notify/outgoing/sender.ts'
import { insertCall } from '../../notify/outgoing/store.ts'
import { listReceipts } from '../../process/telling/receipts.ts'
import { messageFor } from '../../process/telling/words.ts'
import type { RequestContext } from '../../records/context.ts'
import { parseLimit } from '../../records/parse-list.ts'
import type { Connector } from '../../registry/connector.ts'
import { readShape } from '../body-shape.ts'
import type { HttpDeps } from '../deps.ts'
import { metaContext } from '../meta/meta-context.ts'
import { parseParameters } from '../parameters.ts'
import { presentConnections } from '../present-connections.ts'
import { noParameters, queryOf } from '../query-of.ts'
import { readJsonBody } from '../read-body.ts'
import { sendData, sendJson } from '../respond.ts'

const LONGEST_SECRET = 4_000
const TEST_TRIES = 3
const TEST_KEPT_MS = 600_000

/** Connections: their secrets, their calls, a test; and what people were told. */
export function connectionRoutes(deps: HttpDeps): Router {
  const routes = Router()

  routes.get('/api/connections', async (request, response) => {
    const context = await metaContext(deps, request, 'connections')
    noParameters(request)
    sendData(response, 200, await presentConnections(deps, context))
  })

  routes.get('/api/connections/:name/calls', async (request, response) => {
    const context = await metaContext(deps, request, 'connections')
    const { state, limit: size, after } = parseParameters(queryOf(request), ['state', 'limit', 'after'])
    const { id } = connectionIn(deps, context, request.params.name)
    const problems: Problem[] = []
    const limit = parseLimit(size, problems)
    if (state !== undefined && !(CALL_STATES as readonly string[]).includes(state))
      problems.push(problem('FIELD_OPTION_UNKNOWN', '/state', { params: { value: state.slice(0, 40) } }))
    if (after !== undefined && !isRecordId(after)) problems.push(problem('QUERY_CURSOR_INVALID', '/after'))
    if (problems.length > 0) throw new AppError(problems)
    const { data, next } = await listCalls(deps.db, context.model.schema, {
      connection: id,
      state,
      limit,
      after,
    })
    sendJson(response, 200, JSON.stringify({ data, page: { next } }))
  })

  routes.put('/api/connections/:name/secrets', async (request, response) => {
    const context = await actingContext(deps, request)
    noParameters(request)
    const body = await readJsonBody(request)
    const { id, name, connector } = connectionIn(deps, context, request.params.name)
    const secrets = parseSecrets(connector, body)
    const { model, actor } = context
    await deps.db.transaction(async (tx) => {
      await setSecrets(tx, deps.registry, model.schema, { connection: id, by: actor.id }, secrets)
      await recordAudit(tx, model.schema, {
        ...{ action: 'secrets_changed', actor: actor.id, via: context.via, origin: context.origin },
        subject: `connection/${name}`,
        details: { set: namesOf(secrets, false), removed: namesOf(secrets, true) },
      })
      await wakeSenders(tx, model.workspace)
    })
    sendData(response, 200, (await presentConnections(deps, context, name))[0]!)
  })

  routes.post('/api/connections/:name/test', async (request, response) => {
    const context = await actingContext(deps, request)
    noParameters(request)
    const { to } = readShape(await readJsonBody(request), { to: 'text' })
    sendData(response, 202, { call: await queueTest(deps, context, request, to) })
  })

  routes.post('/api/connections/:name/calls/:id/retry', async (request, response) => {
    const context = await actingContext(deps, request)
    noParameters(request)
    const { id: connection } = connectionIn(deps, context, request.params.name)
    await deps.db.transaction(async (tx) => {
      await retryCall(tx, context.model.schema, { id: request.params.id, connection })
      await wakeSenders(tx, context.model.workspace)
    })
    sendData(response, 200, { call: request.params.id.toLowerCase() })
  })

  routes.get('/api/deliveries', async (request, response) => {
    const context = await metaContext(deps, request, 'connections')
    const { limit: size, ...asked } = parseParameters(queryOf(request), [
      ...['person', 'record', 'run', 'limit', 'after'],
    ])
    const problems: Problem[] = []
    const limit = parseLimit(size, problems)
    for (const [name, value] of Object.entries(asked))
      if (value !== undefined && !isRecordId(value))
        problems.push(problem('HTTP_PARAMETER_INVALID', `/${name}`, { params: { name } }))
    if (problems.length > 0) throw new AppError(problems)
    const { data, next } = await listReceipts(deps.db, context.model, { ...asked, limit })
    sendJson(response, 200, JSON.stringify({ data, page: { next } }))
  })

  return routes
}

/** Who sees as somebody else looks only. */
async function actingContext(deps: HttpDeps, request: IncomingMessage): Promise<RequestContext> {
  const context = await metaContext(deps, request, 'connections')
  if (context.actor.viewer !== undefined) throw refuse('AUTH_VIEW_READ_ONLY')
  return context
}

interface Known {
  readonly id: string
  readonly name: string
  readonly definition: ConnectionDefinition
  readonly connector: Connector | undefined
}

function connectionIn({ registry }: HttpDeps, { model }: RequestContext, written = ''): Known {
  const definition = model.definitions.connection.get(written)
  if (definition?.id === undefined) {
    const name = written.slice(0, 40).toWellFormed()
    const hint = didYouMean(nearest(name, [...model.definitions.connection.keys()]))
    throw refuse('CONNECTION_UNKNOWN', '', { params: { name }, hint })
  }
  const { id, name } = definition
  return { id, name, definition, connector: registry.connector(definition.connector) }
}

/** @throws AppError with every problem */
function parseSecrets(
  connector: Connector | undefined,
  body: unknown,
): Readonly<Record<string, string | null>> {
  if (!isRecord(body)) throw refuse('HTTP_BODY_NOT_OBJECT')
  const names = Object.keys(connector?.secrets ?? {})
  const problems = Object.entries(body).flatMap(([written, value]) => {
    const name = written.slice(0, 40).toWellFormed()
    if (!names.includes(written)) {
      const hint = didYouMean(nearest(name, names))
      return [problem('CONNECTION_SECRET_UNKNOWN', pointer(name), { params: { name }, hint })]
    }
    const isText = typeof value === 'string' && value !== '' && value.length <= LONGEST_SECRET
    const isFit = value === null || (isText && isStorableText(value))
    return isFit ? [] : [problem('CONNECTION_SECRET_INVALID', pointer(name))]
  })
  if (problems.length > 0) throw new AppError(problems)
  return body as Readonly<Record<string, string | null>>
}

function namesOf(secrets: Readonly<Record<string, string | null>>, isRemoved: boolean): readonly string[] {
  return Object.entries(secrets).flatMap(([name, value]) => ((value === null) === isRemoved ? [name] : []))
}

const TEST_WORDS = {
  en: { title: 'A test from Tenon', text: 'This connection works.' },
  'zh-CN': { title: 'Tenon 测试消息', text: '该连接工作正常。' },
} as const

/** The same way as every message: what the log says of it is what came of it. */
async function queueTest(
  deps: HttpDeps,
  context: RequestContext,
  request: Request<{ name: string }>,
  to: string,
): Promise<string> {
  const { id, name, connector } = connectionIn(deps, context, request.params.name)
  if (connector?.channel === undefined) throw refuse('CONNECTION_NO_CHANNEL')
  const { model, actor } = context
  const { language } = actor
  const told = { id: '', person: '', kind: '', flow: '', entity: null, record: null, isFirst: false }
  const message = messageFor([{ ...told, ...TEST_WORDS[language] }], {
    ...{
      to: to.slice(0, 200),
      spoken: { language },
      workspace: model.workspace,
      publicUrl: deps.settings.publicUrl,
    },
  })
  const now = context.now()
  return await deps.db.transaction(async (tx) => {
    const call = await insertCall(
      tx,
      model.schema,
      {
        ...{ connection: id, name, operation: MESSAGE, purpose: 'test', input: { ...message } },
        ...{ mostTries: TEST_TRIES, until: new Date(now.getTime() + TEST_KEPT_MS) },
      },
      now,
    )
    await wakeSenders(tx, model.workspace)
    return call
  })
}
