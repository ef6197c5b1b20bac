import {
  type ConnectorCall,
  type ConnectorOperation,
  defineConnector,
  type OutgoingAnswer,
  type OutgoingRequest,
} from '../registry/connector.ts'
import { statusFault } from '../registry/connector-fault.ts'
import type { JsonSchema } from '../registry/field-type.ts'

type Values = Readonly<Record<string, unknown>>

interface HttpOperation {
  readonly name: string
  readonly label?: string
  readonly method?: OutgoingRequest['method']
  readonly path: string
  readonly files?: readonly string[]
}

interface HttpSettings {
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  readonly tokenHeader?: string
  readonly tokenPrefix?: string
  readonly keyHeader?: string
  readonly operations?: readonly HttpOperation[]
  readonly needs?: readonly string[]
}

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const
const HEADER = { type: 'string', pattern: '^[A-Za-z0-9-]{1,60}$' } as const
const PATH = { type: 'string', pattern: '^/[^\\s#]*$', maxLength: 500 } as const

const said = (title: string, chinese: string, description: string, chineseText: string): JsonSchema => ({
  ...{ title, description },
  'x-zh': { title: chinese, description: chineseText },
})

const OPERATION_SCHEMA = {
  ...said('Operation', '操作', 'One thing that can be called.', '可调用的一项操作。'),
  type: 'object',
  additionalProperties: false,
  required: ['name', 'path'],
  properties: {
    name: {
      ...said('Name', '名称', 'By which steps call it.', '步骤调用时使用的名称。'),
      ...{ type: 'string', pattern: '^[a-z][a-z0-9_]{0,39}$' },
    },
    label: {
      ...said('Label', '显示名', 'What people read.', '界面显示的名称。'),
      type: 'string',
      maxLength: 80,
    },
    method: {
      ...said('Method', '方法', 'Of the request.', '请求的方法。'),
      ...{ enum: METHODS, default: 'POST' },
    },
    path: {
      ...said(
        'Path',
        '路径',
        'Below the address; {name} is filled with the value of that name.',
        '接在地址之后的路径；{名称} 以同名的值代入。',
      ),
      ...PATH,
    },
    files: {
      ...said(
        'Files',
        '文件',
        'Which inputs are files: each is sent as an object with name, media_type and content (base64).',
        '哪些参数是文件：以包含 name、media_type、content（base64）的对象发送。',
      ),
      ...{
        type: 'array',
        maxItems: 10,
        uniqueItems: true,
        items: { type: 'string', pattern: '^[a-z][a-z0-9_]{0,39}$' },
      },
    },
  },
} as const

/** Any system that speaks JSON over HTTP. */
export const httpConnector = defineConnector({
  name: 'http',
  label: { en: 'HTTP and JSON', 'zh-CN': 'HTTP 接口（JSON）' },
  description: {
    en: 'Calls any system that takes and gives JSON, and takes events that it signs.',
    'zh-CN': '调用任何收发 JSON 的系统，并接收其签名推送的事件。',
  },
  settings: {
    type: 'object',
    additionalProperties: false,
    required: ['url'],
    properties: {
      url: {
        ...said('Address', '地址', 'Where the system is reached.', '对方系统的地址。'),
        ...{ type: 'string', pattern: '^https?://[^\\s?#@]+$', maxLength: 300 },
      },
      headers: {
        ...said(
          'Headers',
          '请求头',
          'Sent with every request; nothing secret.',
          '每次请求附带的请求头，不得含密钥。',
        ),
        ...{ type: 'object', maxProperties: 20, propertyNames: HEADER },
        additionalProperties: { type: 'string', maxLength: 500 },
      },
      tokenHeader: {
        ...said(
          'Token header',
          '令牌请求头',
          'The header that carries the secret token.',
          '携带密钥令牌的请求头。',
        ),
        ...HEADER,
        default: 'Authorization',
      },
      tokenPrefix: {
        ...said('Token prefix', '令牌前缀', 'What stands before the token.', '令牌之前的文字。'),
        ...{ type: 'string', maxLength: 40, default: 'Bearer ' },
      },
      keyHeader: {
        ...said(
          'Key header',
          '幂等键请求头',
          'The header that carries the idempotency key of a call.',
          '携带调用幂等键的请求头。',
        ),
        ...HEADER,
        default: 'Idempotency-Key',
      },
      operations: {
        ...said(
          'Operations',
          '操作',
          'What can be called by name, besides “request”.',
          '除 request 外可按名称调用的操作。',
        ),
        ...{ type: 'array', maxItems: 60, items: OPERATION_SCHEMA },
      },
      needs: {
        ...said(
          'Needs',
          '必需密钥',
          'Secrets without which it is not called: calls wait until they are set.',
          '缺少时不发起调用的密钥：设置之前调用一直等待。',
        ),
        ...{ type: 'array', maxItems: 2, uniqueItems: true, items: { enum: ['token', 'hook_secret'] } },
      },
    },
  },
  secrets: {
    token: {
      label: { en: 'Token', 'zh-CN': '令牌' },
      description: { en: 'Sent in the token header.', 'zh-CN': '在令牌请求头中发送。' },
    },
    hook_secret: {
      label: { en: 'Signing secret', 'zh-CN': '签名密钥' },
      description: {
        en: 'With which the system signs the events that it sends here.',
        'zh-CN': '对方系统推送事件时用于签名的密钥。',
      },
    },
  },
  hookSecret: 'hook_secret',
  operations: {
    request: {
      label: { en: 'Request', 'zh-CN': '请求' },
      input: {
        type: 'object',
        additionalProperties: false,
        required: ['path'],
        properties: { method: { enum: METHODS }, path: PATH, query: { type: 'object' }, body: {} },
      },
      output: { type: 'object' },
      run: (call, { method = 'POST', path, query, body }) =>
        perform(call, {
          ...{ method: method as OutgoingRequest['method'], path: String(path) },
          ...{ query: (query ?? {}) as Values, body },
        }),
    },
  },
  operationsOf: (settings) =>
    Object.fromEntries(
      ((settings as unknown as HttpSettings).operations ?? []).map((one) => [one.name, named(one)]),
    ),
  needs: (settings) => (settings as unknown as HttpSettings).needs ?? [],
  check(settings) {
    const names = ((settings as unknown as HttpSettings).operations ?? []).map(({ name }) => name)
    return names.flatMap((name, index) =>
      name === 'request' || names.indexOf(name) !== index
        ? [
            {
              path: `/operations/${index}/name`,
              reason: { en: `“${name}” is there already`, 'zh-CN': `“${name}”已存在` },
            },
          ]
        : [],
    )
  },
  examples: {
    valid: [
      { url: 'https://erp.example.com/api' },
      {
        url: 'https://sign.example.com',
        headers: { 'X-Tenant': 'acme' },
        needs: ['token'],
        operations: [{ name: 'send', path: '/contracts', files: ['file'] }],
      },
    ],
    invalid: [
      {},
      { url: 'ftp://erp.example.com' },
      { url: 'https://user:password@erp.example.com' },
      { url: 'https://erp.example.com', password: 'x' },
      { url: 'https://erp.example.com', needs: ['password'] },
      { url: 'https://erp.example.com', operations: [{ name: 'request', path: '/' }] },
      { url: 'https://erp.example.com', operations: [{ name: 'send', path: 'contracts' }] },
    ],
  },
})

/** What stands in the path goes there, the rest into the body, or behind the question mark where there is none. */
function named({ name, label, method = 'POST', path, files = [] }: HttpOperation): ConnectorOperation {
  return {
    label: { en: label ?? name, 'zh-CN': label ?? name },
    input: { type: 'object' },
    output: { type: 'object' },
    async run(call, given) {
      const input = await withFiles(call, given, files)
      const used = new Set<string>()
      const filled = path.replace(/\{([a-z][a-z0-9_]*)\}/gi, (_whole, key: string) => {
        used.add(key)
        return encodeURIComponent(String(input[key] ?? ''))
      })
      const rest = Object.fromEntries(Object.entries(input).filter(([key]) => !used.has(key)))
      const isBare = method === 'GET' || method === 'DELETE'
      return await perform(call, {
        method,
        path: filled,
        query: isBare ? rest : {},
        body: isBare ? undefined : rest,
      })
    },
  }
}

/** What the other side is given of a file in place of its id. */
async function withFiles(call: ConnectorCall, input: Values, files: readonly string[]): Promise<Values> {
  const sent: Record<string, unknown> = { ...input }
  for (const key of files) {
    const id = input[key]
    if (id === undefined || id === null) continue
    const { name, mediaType, content } = await call.file(String(id))
    sent[key] = { name, media_type: mediaType, content: Buffer.from(content).toString('base64') }
  }
  return sent
}

interface Asked {
  readonly method: OutgoingRequest['method']
  readonly path: string
  readonly query: Values
  readonly body: unknown
}

async function perform(call: ConnectorCall, { method, path, query, body }: Asked): Promise<Values> {
  const settings = call.settings as unknown as HttpSettings
  const url = new URL(settings.url.replace(/\/$/, '') + path)
  for (const [name, value] of Object.entries(query))
    if (value !== null && value !== undefined) url.searchParams.append(name, textOf(value))
  const { token } = call.secrets
  const answer = await call.request({
    ...{ method, url: url.toString() },
    headers: {
      ...settings.headers,
      ...(token === undefined
        ? {}
        : { [settings.tokenHeader ?? 'Authorization']: (settings.tokenPrefix ?? 'Bearer ') + token }),
      [settings.keyHeader ?? 'Idempotency-Key']: call.key,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return outcomeOf(answer)
}

function textOf(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

function outcomeOf(answer: OutgoingAnswer): Values {
  const content = jsonOf(answer.text)
  if (answer.status >= 200 && answer.status < 300)
    return isRecord(content) ? content : content === undefined ? {} : { body: content }
  throw statusFault(answer.status, textIn(content, answer), codeIn(content), answer.headers['retry-after'])
}

function jsonOf(text: string): unknown {
  try {
    return text.trim() === '' ? undefined : (JSON.parse(text) as unknown)
  } catch {
    return undefined // what is no JSON says nothing that a flow could read
  }
}

/** The other side's own code: `code`, or that of an `error`. */
function codeIn(content: unknown): string | undefined {
  if (!isRecord(content)) return undefined
  const inner = isRecord(content.error) ? content.error.code : content.error
  const code = content.code ?? inner
  return typeof code === 'string' && code !== '' ? codeText(code) : undefined
}

function codeText(code: string): string | undefined {
  return /^[A-Za-z][\w.-]{2,79}$/.test(code) ? code : undefined
}

function textIn(content: unknown, { status, text }: OutgoingAnswer): string {
  const inner = isRecord(content) ? (content.detail ?? content.message ?? content.error) : undefined
  return `${status} ${typeof inner === 'string' ? inner : text.slice(0, 200)}`
}

function isRecord(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
