import type { Language, LocalText } from '../errors.ts'
import type { JsonSchema } from './field-type.ts'

/** A secret of a connection: kept encrypted in the workspace, never part of its definition. */
export interface ConnectorSecret {
  readonly label: LocalText
  readonly description: LocalText
  /** Whether nothing goes out without it. */
  readonly required?: boolean
}

/** What a request by HTTP says. */
export interface OutgoingRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

export interface OutgoingAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** As UTF-8. */
  readonly text: string
}

/** A token as the other side gave it. */
export interface FreshToken {
  readonly value: string
  /** How long it is good for, in seconds. */
  readonly seconds: number
}

/** What a connector acts by. Nothing reaches the network but through it, past the guard of addresses. */
/** A file of the workspace on its way to another system. */
export interface OutgoingFile {
  readonly name: string
  readonly mediaType: string
  readonly content: Uint8Array
}

export interface ConnectorCall {
  readonly settings: Readonly<Record<string, unknown>>
  readonly secrets: Readonly<Record<string, string>>
  /** The same for every try of one call: hand it to the other side, which can tell a repetition by it. */
  readonly key: string
  /** Whether an earlier try may have reached the other side without our knowing. */
  readonly isRepeated: boolean
  now(): Date
  /**
   * One request, redirects not followed.
   * @throws ConnectorFault CALL_ADDRESS_REFUSED, CALL_UNREACHABLE, CALL_TIMED_OUT, CALL_ANSWER_TOO_LARGE
   */
  request(request: OutgoingRequest): Promise<OutgoingAnswer>
  /** A file of the workspace by its id. @throws ConnectorFault CALL_FILE_MISSING */
  file(id: string): Promise<OutgoingFile>
  /** For protocols other than HTTP: an address of the host that may be connected to. @throws ConnectorFault CALL_ADDRESS_REFUSED */
  addressOf(host: string, port: number): Promise<string>
  /**
   * The connection's access token, shared by all nodes and kept encrypted until it runs out.
   * @param refused the token that the other side would not take: it is renewed unless somebody has done so already
   */
  token(fetch: () => Promise<FreshToken>, refused?: string): Promise<string>
}

export interface ConnectorOperation {
  readonly label: LocalText
  /** JSON Schemas of what goes in and what comes out. */
  readonly input: JsonSchema
  readonly output: JsonSchema
  /** The codes with which the other side refuses, for `onError`. */
  readonly errors?: readonly string[]
  /** @throws ConnectorFault */
  run(
    call: ConnectorCall,
    input: Readonly<Record<string, unknown>>,
  ): Promise<Readonly<Record<string, unknown>>>
}

/** Ways by which people are told something, besides the bell. */
export type ChannelName = 'mail' | 'wecom' | 'sms' | 'dingtalk'

export interface ChannelMessage {
  readonly to: string
  readonly title: string
  readonly text: string
  /** The same for a mail's HTML. */
  readonly html: string
  /** Where the record is shown; undefined where nobody has said where Tenon is reached. */
  readonly url: string | undefined
  readonly language: Language
}

export interface ConnectorChannel {
  readonly name: ChannelName
  /** The field of the user that holds their address. */
  readonly address: 'email' | 'phone' | 'wecom_id' | 'dingtalk_id'
  /** So many a minute to one person at most; further ones wait. */
  readonly perMinute?: number
  /** @throws ConnectorFault */
  send(call: ConnectorCall, message: ChannelMessage): Promise<Readonly<Record<string, unknown>>>
}

/** Everything the engine knows about one sort of other system; built-ins and plugins enter through one door. */
export interface Connector {
  readonly name: string
  readonly label: LocalText
  readonly description: LocalText
  /** JSON Schema of a connection's `settings`, an object; nothing in it is secret. */
  readonly settings: JsonSchema
  readonly secrets: Readonly<Record<string, ConnectorSecret>>
  readonly operations: Readonly<Record<string, ConnectorOperation>>
  /** Operations that a connection declares itself, by its settings. */
  operationsOf?(settings: Readonly<Record<string, unknown>>): Readonly<Record<string, ConnectorOperation>>
  readonly channel?: ConnectorChannel
  /** The secret with which the other side signs what it sends to POST /api/hooks/{connection}. */
  readonly hookSecret?: string
  /** Secrets without which a connection with these settings is not called, besides those that always are required. */
  needs?(settings: Readonly<Record<string, unknown>>): readonly string[]
  /** What is wrong with settings beyond their schema: a JSON pointer into them and the reason. */
  check?(
    settings: Readonly<Record<string, unknown>>,
  ): readonly { readonly path: string; readonly reason: LocalText }[]
  /** Proof for the contract suite: settings that must pass and settings that must not. */
  readonly examples: {
    readonly valid: readonly Readonly<Record<string, unknown>>[]
    readonly invalid: readonly Readonly<Record<string, unknown>>[]
  }
}

const NAME = /^[a-z][a-z0-9_]{0,39}$/

/**
 * Declares a connector and checks the declaration itself at once.
 * @throws Error naming the connector when it is malformed
 */
export function defineConnector(connector: Connector): Connector {
  const wrong = (why: string) => new Error(`connector "${connector.name}": ${why}`)
  const names = [connector.name, ...Object.keys(connector.operations), ...Object.keys(connector.secrets)]
  const bad = names.find((name) => !NAME.test(name))
  if (bad !== undefined) throw wrong(`"${bad}" is not a snake_case name`)
  if (connector.settings.type !== 'object' || connector.settings.additionalProperties !== false)
    throw wrong('its settings are an object without further keys')
  if (connector.hookSecret !== undefined && connector.secrets[connector.hookSecret] === undefined)
    throw wrong(`has no secret "${connector.hookSecret}"`)
  if (connector.examples.valid.length === 0) throw wrong('needs at least one example')
  return Object.freeze(connector)
}

/** The secrets without which a connection is not called. */
export function neededSecrets(
  connector: Connector,
  settings: Readonly<Record<string, unknown>>,
): readonly string[] {
  const own = Object.entries(connector.secrets).flatMap(([name, { required }]) =>
    required === true ? [name] : [],
  )
  return [...new Set([...own, ...(connector.needs?.(settings) ?? [])])]
}

/** The operations of a connection: those of its connector and those that it declares itself. */
export function operationsOf(
  connector: Connector,
  settings: Readonly<Record<string, unknown>>,
): Readonly<Record<string, ConnectorOperation>> {
  return { ...connector.operations, ...connector.operationsOf?.(settings) }
}
