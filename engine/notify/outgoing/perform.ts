import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import type { ConnectionDefinition } from '../../../metadata/types.ts'
import type { AllowedHost } from '../../allowed-hosts.ts'
import { createGuard } from '../../connectors/guard.ts'
import { guardedRequest } from '../../connectors/request.ts'
import type { Database } from '../../db/database.ts'
import { AppError } from '../../errors.ts'
import type { CompiledModel } from '../../model/compiled.ts'
import type { Observe } from '../../observe.ts'
import {
  type ChannelMessage,
  type Connector,
  type ConnectorCall,
  type ConnectorOperation,
  neededSecrets,
  type OutgoingFile,
  operationsOf,
} from '../../registry/connector.ts'
import { type ConnectorFault, connectorFault, faultOf } from '../../registry/connector-fault.ts'
import type { Registry } from '../../registry/registry.ts'
import type { Mailer } from '../mailer.ts'
import { openSecrets } from './secrets.ts'
import type { OutgoingCall } from './store.ts'
import { tokenOf } from './tokens.ts'

/** What calls stand on. */
export interface CallDeps {
  readonly db: Database
  readonly registry: Registry
  readonly observe: Observe
  /** Closed hosts that the operator lets connections reach. */
  readonly allowedHosts: readonly AllowedHost[]
  /** The operator's mail server; undefined where none is set. */
  readonly mailer: Mailer | undefined
  /** A file with its content. @throws AppError where it is not there */
  fileOf(model: CompiledModel, id: string): Promise<OutgoingFile>
  now(): Date
}

/** Of a call to a channel in place of an operation. */
export const MESSAGE = 'message'
/** Milliseconds for all requests of one call together. */
export const CALL_TIMEOUT_MS = 20_000

/** What is told of every call of a sandbox: it is kept as it would have gone out, and goes nowhere. */
const HELD: ConnectorFault = {
  code: 'CALL_SANDBOX',
  text: 'a sandbox sends nothing out; this is what would have been sent',
  kind: 'refused',
}

type Values = Readonly<Record<string, unknown>>

export type Tried =
  | { readonly kind: 'done'; readonly output: Values }
  | { readonly kind: 'fault'; readonly fault: ConnectorFault }

/** Makes one try of a call. @returns what came back, or why nothing did; never rejects */
export async function performCall(deps: CallDeps, model: CompiledModel, call: OutgoingCall): Promise<Tried> {
  if (model.sandboxOf !== undefined) return { kind: 'fault', fault: HELD }
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    const fault = connectorFault('CALL_TIMED_OUT', 'the call took too long', { kind: 'again' })
    timer = setTimeout(() => reject(fault), CALL_TIMEOUT_MS)
  })
  try {
    const act = call.connection === null ? sendSystemMail(deps, call) : callConnection(deps, model, call)
    return { kind: 'done', output: await Promise.race([act, late]) }
  } catch (error) {
    const fault = faultOf(error)
    if (fault !== undefined) return { kind: 'fault', fault }
    deps.observe('fault', { during: `connection ${call.name}`, error })
    const own = { code: 'CALL_FAILED', text: 'a fault of the connector', kind: 'again' } as const
    return { kind: 'fault', fault: own }
  } finally {
    clearTimeout(timer)
  }
}

async function sendSystemMail({ mailer }: CallDeps, call: OutgoingCall): Promise<Values> {
  if (mailer === undefined)
    throw connectorFault('CALL_CONNECTION_GONE', 'no mail server is set', { kind: 'again' })
  const { to, title, text, html } = call.input as unknown as ChannelMessage
  try {
    await mailer.send(to, { subject: title, text, html, key: call.key })
  } catch (error) {
    if (error instanceof AppError) throw connectorFault('MAIL_REFUSED', causeOf(error))
    throw connectorFault('MAIL_UNREACHABLE', causeOf(error), { kind: 'again' })
  }
  return {}
}

function causeOf(error: unknown): string {
  const { message, cause } = error as {
    readonly message: string
    readonly cause?: { readonly message?: string }
  }
  return cause?.message ?? message
}

async function callConnection(deps: CallDeps, model: CompiledModel, call: OutgoingCall): Promise<Values> {
  const definition = connectionById(model, call.connection!)
  const connector = definition && deps.registry.connector(definition.connector)
  if (definition === undefined || connector === undefined)
    throw connectorFault('CALL_CONNECTION_GONE', `the connection ${call.name} is gone`)
  const secrets = await openSecrets(deps.db, deps.registry, model.schema, call.connection!)
  const missing = neededSecrets(connector, definition.settings ?? {}).find(
    (name) => secrets[name] === undefined,
  )
  if (missing !== undefined)
    throw connectorFault('CALL_SECRET_MISSING', `the secret ${missing} is not set`, { kind: 'again' })
  const doors = doorsOf(deps, model, definition, call, secrets)
  if (call.operation === MESSAGE) return await sendMessage(connector, doors, call)
  const operation = operationsOf(connector, doors.settings)[call.operation]
  if (operation === undefined)
    throw connectorFault('CALL_OPERATION_UNKNOWN', `there is no operation ${call.operation}`)
  assertFits(operation, call.input)
  return await operation.run(doors, call.input)
}

async function sendMessage(
  { name, channel }: Connector,
  doors: ConnectorCall,
  call: OutgoingCall,
): Promise<Values> {
  if (channel === undefined) throw connectorFault('CALL_OPERATION_UNKNOWN', `${name} tells nobody anything`)
  return await channel.send(doors, call.input as unknown as ChannelMessage)
}

export function connectionById(model: CompiledModel, id: string): ConnectionDefinition | undefined {
  return [...model.definitions.connection.values()].find((one) => one.id === id)
}

/** What the connector acts by: requests past the guard, with what the operator allows this connection of this workspace. */
function doorsOf(
  { db, registry, allowedHosts, fileOf, now }: CallDeps,
  model: CompiledModel,
  { name, settings = {} }: ConnectionDefinition,
  call: OutgoingCall,
  secrets: Readonly<Record<string, string>>,
): ConnectorCall {
  const { schema, workspace } = model
  const guard = createGuard({
    allowed: allowedHosts.filter((one) => one.workspace === workspace && one.connection === name),
  })
  const source = { db, registry, schema, connection: call.connection!, now }
  return {
    ...{ settings, secrets, key: call.key, isRepeated: call.tries > 1, now },
    request: (request) => guardedRequest(guard, request),
    addressOf: (host, port) => guard.addressOf(host, port),
    file: (id) => fileOf(model, id).catch(missingFile),
    token: (fetch, refused) => tokenOf(source, fetch, refused),
  }
}

function missingFile(error: unknown): never {
  if (error instanceof AppError) throw connectorFault('CALL_FILE_MISSING', error.message)
  throw error
}

const ajv = new Ajv2020({ allErrors: false, strict: false, ownProperties: true })
const validators = new WeakMap<object, ValidateFunction>()

function assertFits({ input: schema }: ConnectorOperation, input: Values): void {
  const validate = validators.get(schema) ?? ajv.compile(schema)
  validators.set(schema, validate)
  if (validate(input)) return
  const [error] = validate.errors ?? []
  throw connectorFault(
    'CALL_INPUT_INVALID',
    `${error?.instancePath ?? ''} ${error?.message ?? 'does not fit'}`.trim(),
  )
}
