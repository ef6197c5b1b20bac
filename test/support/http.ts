/** A record as the API gives it. */
export interface ApiRecord {
  readonly id: string
  readonly version: number
  readonly [field: string]: unknown
}

export interface ApiProblem {
  readonly code: string
  readonly path: string
  readonly message: string
  readonly hint?: string
}

/** One answer, read whole. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** The parsed body; undefined where there is none or it is no JSON. */
  readonly body: unknown
  /** `data` of the body as a record; throws with the whole answer where there is none. */
  readonly record: ApiRecord
  /** `data` of the body as a list; throws with the whole answer where it is none. */
  readonly records: readonly ApiRecord[]
  /** `errors` of the body, [] where there are none. */
  readonly problems: readonly ApiProblem[]
}

export interface Call {
  readonly headers?: Readonly<Record<string, string>>
  /** Sent as JSON; a string, buffer or form goes as it is. */
  readonly body?: unknown
}

/** Calls of one person, signed in or not. */
export interface Client {
  readonly token: string | undefined
  call(method: string, path: string, call?: Call): Promise<Answer>
  get(path: string, call?: Call): Promise<Answer>
  post(path: string, body?: unknown, call?: Call): Promise<Answer>
  put(path: string, body?: unknown, call?: Call): Promise<Answer>
  patch(path: string, body?: unknown, call?: Call): Promise<Answer>
  delete(path: string, call?: Call): Promise<Answer>
  /** The same client with another token, or with none. */
  as(token: string | undefined): Client
  /** Signs in and returns that person's client. */
  login(email: string, password: string): Promise<Client>
}

/** A client of the engine at `url`. */
export function createClient(url: string, token?: string): Client {
  const call: Client['call'] = (method, path, options = {}) => send(url + path, method, token, options)
  return {
    token,
    call,
    get: (path, options) => call('GET', path, options),
    post: (path, body, options) => call('POST', path, { ...options, body }),
    put: (path, body, options) => call('PUT', path, { ...options, body }),
    patch: (path, body, options) => call('PATCH', path, { ...options, body }),
    delete: (path, options) => call('DELETE', path, options),
    as: (other) => createClient(url, other),
    async login(email, password) {
      const answer = await call('POST', '/api/auth/login', { body: { email, password } })
      if (answer.status !== 200) throw new Error(`sign-in of ${email}: ${answer.status} ${answer.text}`)
      return createClient(url, (answer.body as { token: string }).token)
    },
  }
}

async function send(
  address: string,
  method: string,
  token: string | undefined,
  { headers = {}, body }: Call,
): Promise<Answer> {
  const isRaw = typeof body === 'string' || body instanceof Uint8Array || body instanceof FormData
  const response = await fetch(address, {
    method,
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined || body instanceof FormData ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: isRaw ? (body as BodyInit) : JSON.stringify(body) }),
  })
  const text = await textOf(response)
  return describeAnswer(`${method} ${address}`, response, text)
}

/** The whole body; of a stream without end its beginning. */
async function textOf(response: Response): Promise<string> {
  const isEndless = response.headers.get('content-type')?.startsWith('text/event-stream') === true
  if (!isEndless || response.body === null) return await response.text()
  const reader = response.body.getReader()
  const { value } = await reader.read()
  await reader.cancel()
  return new TextDecoder().decode(value)
}

interface ApiBody {
  readonly data?: unknown
  readonly errors?: readonly ApiProblem[]
}

function describeAnswer(what: string, { status, headers }: Response, text: string): Answer {
  const isJson = /[/+]json\b/.test(headers.get('content-type') ?? '')
  const body: unknown = isJson && text !== '' ? JSON.parse(text) : undefined
  const { data, errors } = (body ?? {}) as ApiBody
  const unexpected = (expected: string): Error => new Error(`${what}: no ${expected}, but ${status} ${text}`)
  return {
    status,
    headers,
    text,
    body,
    get record() {
      if (typeof data !== 'object' || data === null || Array.isArray(data)) throw unexpected('record')
      return data as ApiRecord
    },
    get records() {
      if (!Array.isArray(data)) throw unexpected('list')
      return data as ApiRecord[]
    },
    problems: errors ?? [],
  }
}
