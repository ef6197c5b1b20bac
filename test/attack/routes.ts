/** A JSON Schema as the document writes it. */
export interface Schema {
  readonly [key: string]: unknown
}

export interface Parameter {
  readonly name: string
  readonly in: 'path' | 'query' | 'header'
  readonly schema: Schema
}

/** One call of the OpenAPI document. */
export interface Route {
  /** As the document has it, with `{id}`. */
  readonly path: string
  readonly method: string
  readonly operationId: string
  /** Without a sign-in. */
  readonly isOpen: boolean
  readonly parameters: readonly Parameter[]
  /** Of the JSON body; undefined for a call without one. */
  readonly body: Schema | undefined
  /** Whether it takes a multipart form. */
  readonly isForm: boolean
}

export interface ApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Schema>>>>
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> }
}

const MUTATING: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])

/** Every call of a document, in its order: a route that is new tomorrow is attacked tomorrow. */
export function routesOf(document: ApiDocument): Route[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => {
      const content = (operation.requestBody as { content?: Record<string, { schema: Schema }> } | undefined)
        ?.content
      return {
        path,
        method: method.toUpperCase(),
        operationId: String(operation.operationId),
        isOpen: Array.isArray(operation.security) && operation.security.length === 0,
        parameters: (operation.parameters ?? []) as readonly Parameter[],
        body: content?.['application/json']?.schema,
        isForm: content?.['multipart/form-data'] !== undefined,
      }
    }),
  )
}

export function isMutating(route: Route): boolean {
  return MUTATING.has(route.method)
}

/** The entity whose records a call is about; undefined for all other calls. */
export function entityOf({ path }: Route): string | undefined {
  return /^\/api\/records\/([a-z][a-z0-9_]*)/.exec(path)?.[1]
}

/** A schema with its references followed. */
export function resolve(document: ApiDocument, schema: Schema): Schema {
  const reference = schema.$ref
  if (typeof reference !== 'string') return schema
  const name = reference.slice('#/components/schemas/'.length)
  const found = document.components.schemas[name]
  if (found === undefined) throw new Error(`the document refers to ${reference}, which it does not have`)
  return resolve(document, found)
}

const BY_FORMAT: Readonly<Record<string, unknown>> = {
  uuid: '01900000-0000-7000-8000-000000000001',
  date: '2026-03-02',
  'date-time': '2036-03-02T01:00:00.000Z',
  email: 'someone@example.com',
  uri: 'https://example.com/',
  time: '09:00',
  duration: 'P1D',
}

/** Values that fit by their name where the schema says less than the engine asks; made anew for each body. */
export type Known = Readonly<Record<string, () => unknown>>

/** The smallest value that a schema describes. */
export function exampleOf(document: ApiDocument, raw: Schema, known: Known = {}): unknown {
  const schema = resolve(document, raw)
  if (schema.const !== undefined) return schema.const
  if (Array.isArray(schema.enum)) return schema.enum[0]
  const choice = ((schema.anyOf ?? schema.oneOf) as Schema[] | undefined)?.[0]
  if (choice !== undefined) return exampleOf(document, choice, known)
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type
  if (type === 'object') return requiredOf(document, schema, known)
  if (type === 'array') return [exampleOf(document, (schema.items ?? {}) as Schema, known)]
  if (type === 'integer' || type === 'number') return schema.minimum ?? 1
  if (type === 'boolean') return true
  return BY_FORMAT[String(schema.format)] ?? 'x'.repeat(Number(schema.minLength ?? 1) || 1)
}

function requiredOf(document: ApiDocument, schema: Schema, known: Known): Record<string, unknown> {
  const properties = (schema.properties ?? {}) as Readonly<Record<string, Schema>>
  const required = (schema.required ?? []) as readonly string[]
  return Object.fromEntries(
    required.map((name) => [
      name,
      known[name] === undefined ? exampleOf(document, properties[name] ?? {}, known) : known[name](),
    ]),
  )
}

/**
 * Bodies that a call takes: the smallest, and for each property that it may hold the smallest with that one.
 * Empty where it takes none.
 */
export function bodiesOf(
  document: ApiDocument,
  route: Route,
  known: Known = {},
): readonly Record<string, unknown>[] {
  if (route.body === undefined) return []
  const schema = resolve(document, route.body)
  const properties = Object.entries((schema.properties ?? {}) as Readonly<Record<string, Schema>>)
  const smallest = () => requiredOf(document, schema, known)
  const further = properties
    .filter(([name]) => !((schema.required ?? []) as readonly string[]).includes(name))
    .map(([name, property]) => ({
      ...smallest(),
      ...companionsOf(properties, name),
      [name]: known[name] === undefined ? exampleOf(document, property, known) : known[name](),
    }))
  return [smallest(), ...further]
}

const NOTHING_SUCH = { '==': [{ var: 'id' }, BY_FORMAT.uuid] }

/** What must stand beside a property so that the body is read on: a set with its filter, measures to count. */
function companionsOf(
  properties: readonly (readonly [string, Schema])[],
  name: string,
): Record<string, unknown> {
  const has = (other: string) => properties.some(([property]) => property === other)
  if (name === 'filter' && has('set')) return { set: {} }
  if (name === 'set' && has('filter')) return { filter: NOTHING_SUCH }
  if (has('measures')) return { measures: [{ fn: 'count' }] }
  return {}
}

/** One place in a body, as the steps that lead there. */
export type Place = readonly (string | number)[]

/** Every place of a body below its top, lists and objects included. */
export function placesOf(value: unknown, at: Place = []): Place[] {
  if (typeof value !== 'object' || value === null) return []
  const entries: (readonly [string | number, unknown])[] = Array.isArray(value)
    ? value.map((item, index) => [index, item])
    : Object.entries(value)
  return entries.flatMap(([step, inner]) => [[...at, step], ...placesOf(inner, [...at, step])])
}

/** The body with another value at a place; the body itself stays as it is. */
export function withValue(body: unknown, place: Place, value: unknown): unknown {
  const [step, ...rest] = place
  if (step === undefined) return value
  if (Array.isArray(body)) {
    return body.map((item, index) => (index === step ? withValue(item, rest, value) : item))
  }
  const inner = body as Readonly<Record<string, unknown>>
  return { ...inner, [step]: withValue(inner[step], rest, value) }
}
