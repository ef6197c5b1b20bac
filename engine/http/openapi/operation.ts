import type { JsonSchema } from '../../registry/field-type.ts'

export type HttpMethod = 'get' | 'post' | 'put' | 'patch' | 'delete'

/** An address with what it takes, by method. */
export type PathItem = Readonly<Partial<Record<HttpMethod, Operation>>>
export type Paths = Readonly<Record<string, PathItem>>
export type Operation = JsonSchema & { readonly operationId: string }

export interface ParameterSpec {
  readonly name: string
  readonly in: 'path' | 'query' | 'header'
  readonly description: string
  readonly schema: JsonSchema
}

/** What is said of a call; everything else of an OpenAPI operation follows from it. */
export interface OperationSpec {
  readonly id: string
  readonly tag: string
  readonly summary: string
  readonly description?: string
  readonly parameters?: readonly ParameterSpec[]
  /** Schema of the JSON body; absent for calls without one. */
  readonly body?: JsonSchema
  /** A body that is no JSON, by media type. */
  readonly form?: Readonly<Record<string, JsonSchema>>
  /** Answers that are successes, by status; null for one without a body. */
  readonly answers: Readonly<Record<number, Answer | null>>
  /** Statuses of refusals besides those that every signed call has. */
  readonly problems?: readonly number[]
  /** Open to everybody. */
  readonly open?: boolean
}

export interface Answer {
  readonly description: string
  /** Schema of the JSON; absent where the media types say it. */
  readonly schema?: JsonSchema
  readonly content?: Readonly<Record<string, JsonSchema>>
  readonly headers?: readonly string[]
}

const REFUSALS: Readonly<Record<number, string>> = {
  400: 'The request cannot be read, or asks for what there is not.',
  401: 'Nobody is signed in.',
  403: 'The roles do not allow this, or a field may not be written.',
  404: 'There is no such thing, or not for this actor.',
  409: 'It conflicts with what is stored.',
  412: 'Changed by somebody else meanwhile.',
  413: 'Too large.',
  415: 'Another media type is expected.',
  422: 'Not valid; every problem at once.',
  429: 'Too many attempts.',
  503: 'The database is away; try again after Retry-After seconds.',
}

const HEADERS: Readonly<Record<string, JsonSchema>> = {
  Location: { description: 'The address of what was made.', schema: { type: 'string' } },
  ETag: { description: 'For If-None-Match.', schema: { type: 'string' } },
  'Set-Cookie': { description: 'The session cookie.', schema: { type: 'string' } },
  'Idempotency-Replayed': {
    description: '`true` when this is the kept answer of an earlier request with the same key.',
    schema: { type: 'string', const: 'true' },
  },
}

/** One call as OpenAPI 3.1 describes it. */
export function operation(spec: OperationSpec): Operation {
  const body = spec.form ?? (spec.body === undefined ? undefined : { 'application/json': spec.body })
  return {
    operationId: spec.id,
    tags: [spec.tag],
    summary: spec.summary,
    ...(spec.description === undefined ? {} : { description: spec.description }),
    ...(spec.open === true ? { security: [] } : {}),
    ...(spec.parameters === undefined ? {} : { parameters: spec.parameters.map(parameter) }),
    ...(body === undefined ? {} : { requestBody: { required: true, content: contentOf(body) } }),
    responses: { ...answersOf(spec), ...refusalsOf(spec, body !== undefined) },
  }
}

function parameter(spec: ParameterSpec): JsonSchema {
  return { ...spec, ...(spec.in === 'path' ? { required: true } : {}) }
}

function contentOf(media: Readonly<Record<string, JsonSchema>>): JsonSchema {
  return Object.fromEntries(Object.entries(media).map(([type, schema]) => [type, { schema }]))
}

function answersOf(spec: OperationSpec): JsonSchema {
  const answers = Object.entries(spec.answers).map(([status, answer]) => {
    if (answer === null) return [status, { description: 'Done.' }]
    const media =
      answer.content ?? (answer.schema === undefined ? undefined : { 'application/json': answer.schema })
    const headers = Object.fromEntries((answer.headers ?? []).map((name) => [name, HEADERS[name]!]))
    return [
      status,
      {
        description: answer.description,
        ...(media === undefined ? {} : { content: contentOf(media) }),
        ...(answer.headers === undefined ? {} : { headers }),
      },
    ]
  })
  return Object.fromEntries(answers)
}

/** Every call may be refused in some ways: unknown parameters, nobody signed in, no database. */
function refusalsOf(spec: OperationSpec, hasBody: boolean): JsonSchema {
  const always = spec.open === true ? [400, 404, 503] : [400, 401, 404, 503]
  const ofBody = hasBody ? [413, 415, 422] : []
  const statuses = [...new Set([...always, ...ofBody, ...(spec.problems ?? [])])].sort((a, b) => a - b)
  return Object.fromEntries(statuses.map((status) => [status, { $ref: `#/components/responses/${status}` }]))
}

/** The shared refusals, for `components/responses`. */
export function sharedRefusals(): JsonSchema {
  const retry = {
    'Retry-After': { description: 'Seconds to wait.', schema: { type: 'integer', minimum: 1 } },
  }
  return Object.fromEntries(
    Object.entries(REFUSALS).map(([status, description]) => [
      status,
      {
        description,
        content: contentOf({ 'application/problem+json': ref('Problem') }),
        ...(status === '429' || status === '503' ? { headers: retry } : {}),
      },
    ]),
  )
}

export function ref(schema: string): JsonSchema {
  return { $ref: `#/components/schemas/${schema}` }
}

/** `{"data": …}` */
export function dataOf(schema: JsonSchema): JsonSchema {
  return { type: 'object', required: ['data'], properties: { data: schema } }
}

/** The same answer where duplicate rules may have found something beside it. */
export function withFound(schema: JsonSchema): JsonSchema {
  const { properties } = schema as { readonly properties: JsonSchema }
  return { ...schema, properties: { ...properties, duplicates: listOf(ref('FoundDuplicate')) } }
}

export function listOf(schema: JsonSchema): JsonSchema {
  return { type: 'array', items: schema }
}
