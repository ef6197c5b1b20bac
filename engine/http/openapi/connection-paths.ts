import { dataOf, listOf, type OperationSpec, operation, type Paths } from './operation.ts'
import { ID } from './record-parameters.ts'
import { uuid } from './shared-schemas.ts'

const text = { type: 'string' } as const
const maybe = { type: ['string', 'null'] } as const
const count = { type: 'integer' } as const
const object = (properties: Readonly<Record<string, object>>, optional: readonly string[] = []) => ({
  type: 'object',
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
  properties,
})

const NAME = { name: 'name', in: 'path', description: 'Name of the connection.', schema: text } as const
const LIMIT = {
  name: 'limit',
  in: 'query',
  description: 'At most so many.',
  schema: { type: 'integer', minimum: 1, maximum: 200, default: 25 },
} as const
const AFTER = {
  name: 'after',
  in: 'query',
  description: 'The `next` of the page before.',
  schema: uuid,
} as const

const connection = object({
  name: text,
  label: text,
  connector: text,
  connector_label: text,
  channel: { ...maybe, description: 'By which people are told: mail, wecom, sms, dingtalk.' },
  operations: listOf(text),
  secrets: listOf(
    object({
      name: text,
      label: text,
      description: text,
      required: { type: 'boolean' },
      set_at: { ...maybe, description: 'When it was set; never what it is.' },
    }),
  ),
  ready: { type: 'boolean', description: 'Whether every secret is set without which nothing goes out.' },
  hook: { ...maybe, description: 'Where the other system sends its events.' },
  calls: { ...object({ done: count, failed: count, waiting: count }), description: 'Of the last day.' },
})

const fault = { type: ['object', 'null'], properties: { code: text, text, kind: text } } as const
const call = object({
  id: text,
  name: { ...text, description: 'As the connection was called.' },
  operation: text,
  purpose: { enum: ['call', 'message', 'test'] },
  key: { ...text, description: 'By which the other side can tell a repetition.' },
  state: { enum: ['waiting', 'sending', 'done', 'failed', 'cancelled'] },
  input: { type: 'object', description: 'What was sent, its texts cut.' },
  output: { type: ['object', 'null'] },
  fault: { ...fault, description: 'Of the last try.' },
  tries: count,
  person: maybe,
  run: maybe,
  due_at: text,
  created_at: text,
  begun_at: maybe,
  ended_at: maybe,
  duration_ms: { type: ['integer', 'null'] },
})

const receipt = object({
  id: text,
  person: text,
  name: maybe,
  kind: { ...text, description: 'The message, or the flow.' },
  title: text,
  entity: maybe,
  record: maybe,
  flow: text,
  run: maybe,
  first: { type: 'boolean', description: 'Whether one way that reaches is enough.' },
  created_at: text,
  ways: listOf(
    object({
      channel: text,
      state: { enum: ['later', 'held', 'sending', 'sent', 'read', 'failed', 'skipped'] },
      due_at: maybe,
      at: maybe,
      fault,
      tries: { type: ['integer', 'null'] },
    }),
  ),
})

const pageOf = (schema: object) => object({ data: listOf({ ...schema }), page: object({ next: maybe }) })

function signed(spec: Omit<OperationSpec, 'tag'>) {
  return operation({ tag: 'connections', ...spec, problems: [403, ...(spec.problems ?? [])] })
}

const queued = (description: string) => ({ description, schema: dataOf(object({ call: text })) })

/** Connections and what went out through them, for those who may look after them. */
/** What comes with an event, by the name under which its data gives the file's id. */
const HOOK_FILES = {
  type: 'object',
  maxProperties: 5,
  additionalProperties: {
    ...object({ name: text, media_type: text, content: { type: 'string', contentEncoding: 'base64' } }, [
      'media_type',
    ]),
    additionalProperties: false,
  },
}

export const CONNECTION_PATHS: Paths = {
  '/api/connections': {
    get: signed({
      id: 'list_connections',
      summary: 'The connections, which secrets are set, and what became of their calls',
      answers: { 200: { description: 'All of them.', schema: dataOf(listOf(connection)) } },
    }),
  },
  '/api/connections/{name}/calls': {
    get: signed({
      id: 'list_connection_calls',
      summary: 'The calls of a connection, the newest first',
      parameters: [
        NAME,
        {
          name: 'state',
          in: 'query',
          description: 'In this state.',
          schema: { enum: ['waiting', 'sending', 'done', 'failed', 'cancelled'] },
        },
        LIMIT,
        AFTER,
      ],
      answers: { 200: { description: 'A page.', schema: pageOf(call) } },
    }),
  },
  '/api/connections/{name}/secrets': {
    put: signed({
      id: 'set_connection_secrets',
      summary: 'Set secrets of a connection, or take them away with null',
      description: 'They are kept encrypted and never answered.',
      parameters: [NAME],
      body: { type: 'object', additionalProperties: maybe },
      answers: { 200: { description: 'The connection.', schema: dataOf(connection) } },
    }),
  },
  '/api/connections/{name}/test': {
    post: signed({
      id: 'test_connection',
      summary: 'Send a test message',
      parameters: [NAME],
      body: {
        ...object({ to: { ...text, description: 'An address as the channel takes it.' } }),
        additionalProperties: false,
      },
      answers: { 202: queued('The call; its log says what became of it.') },
      problems: [409],
    }),
  },
  '/api/connections/{name}/calls/{id}/retry': {
    post: signed({
      id: 'retry_connection_call',
      summary: 'Make a test that failed once more',
      parameters: [NAME, ID],
      answers: { 200: queued('The call.') },
      problems: [409],
    }),
  },
  '/api/deliveries': {
    get: signed({
      id: 'list_deliveries',
      summary: 'What people were told, with the receipt of each way',
      parameters: [
        { name: 'person', in: 'query', description: 'Told to this user.', schema: uuid },
        { name: 'record', in: 'query', description: 'About this record.', schema: uuid },
        { name: 'run', in: 'query', description: 'By this run of a flow.', schema: uuid },
        LIMIT,
        AFTER,
      ],
      answers: { 200: { description: 'A page.', schema: pageOf(receipt) } },
    }),
  },
}

const time = { type: 'string', pattern: '^\\d\\d:\\d\\d$' } as const
const preference = {
  type: 'object',
  additionalProperties: false,
  properties: {
    quiet: {
      ...object({ from: time, until: time, weekend: { type: 'boolean' } }, ['weekend']),
      type: ['object', 'null'],
      description: 'Nothing but the bell within these hours by one’s own clock; what comes meanwhile waits.',
    },
    gather: { ...count, description: 'Minutes that are gathered into one message; 0: each at once.' },
    off: {
      type: 'object',
      additionalProperties: listOf(text),
      description: 'Channels that are off, by kind of message; * for all others.',
    },
  },
} as const
const own = object({
  preference,
  channels: { ...listOf(text), description: 'Those that there are besides the bell.' },
  kinds: listOf(object({ name: text, label: text })),
})

/** How one wants to be told. */
export const OWN_NOTIFICATION_PATHS: Paths = {
  '/api/auth/notifications': {
    get: signed({
      id: 'get_notification_preference',
      summary: 'How one wants to be told, and what there is to choose from',
      answers: { 200: { description: 'One’s own.', schema: dataOf(own) } },
    }),
    put: signed({
      id: 'set_notification_preference',
      summary: 'Say how one wants to be told',
      body: preference,
      answers: { 200: { description: 'One’s own.', schema: dataOf(own) } },
    }),
  },
}

/** What other systems send. */
export const HOOK_PATHS: Paths = {
  '/api/hooks/{connection}': {
    post: operation({
      id: 'take_hook',
      tag: 'connections',
      summary: 'An event of another system, for flows that wait for it',
      description:
        'Signed with the connection’s secret: `X-Tenon-Signature: t=<seconds>,v1=<hex HMAC-SHA256 of "seconds.body">`. An `id` counts once.',
      open: true,
      parameters: [
        { name: 'connection', in: 'path', description: 'Name of the connection.', schema: text },
        { name: 'X-Tenon-Signature', in: 'header', description: 'As above.', schema: text },
      ],
      body: {
        ...object({ id: text, event: text, data: { type: 'object' }, files: HOOK_FILES }, ['data', 'files']),
        additionalProperties: false,
      },
      answers: {
        202: {
          description: 'Taken, or known already.',
          schema: dataOf(object({ new: { type: 'boolean' } })),
        },
      },
      problems: [401],
    }),
  },
}
