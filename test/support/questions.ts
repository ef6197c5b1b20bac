import {
  type ApiDocument,
  entityOf,
  type Parameter,
  type Route,
  routesOf,
  type Schema,
} from '../attack/routes.ts'

/** One question to the API that changes nothing. */
export interface Question {
  /** By which it is told apart from all others, such as `GET /api/reports`. */
  readonly key: string
  /** As the document has its path, with `{id}`. */
  readonly route: string
  readonly method: string
  readonly path: string
  readonly body?: unknown
}

/** What the parts of addresses may be, of which every one is asked. */
export interface Places {
  /** Ids of records, by entity. */
  readonly ids: Readonly<Record<string, readonly string[]>>
  /** Names of definitions, by kind. */
  readonly names: Readonly<Record<string, readonly string[]>>
  /** Names of fields, by entity. */
  readonly fields: Readonly<Record<string, readonly string[]>>
}

/** Calls with POST that only ask. */
const ASKING = /\/(query|aggregate|export|run|check|evaluate)$|^\/api\/explain\//
/**
 * What says something of the moment, of the process or of who asks, and what does not end: it is never the same twice,
 * and holds nothing of records. `/api/events` is listened to instead; `/api/changes` says only that some record, anybody's, may have changed.
 */
const MOMENTARY =
  /^\/(healthz|readyz|metrics|api\/(events|changes|backups|jobs|audit|auth|tokens|webforms|hooks)(\/|$))|scenarios\/run$|changesets/

/** Fields that tell of each change of a record, whatever was changed. */
const OF_THE_CHANGE: ReadonlySet<string> = new Set(['version', 'updated_at', 'updated_by'])

/** Kinds whose names stand in an address, by its beginning. */
const NAMED: Readonly<Record<string, string>> = {
  '/api/reports/': 'report',
  '/api/dashboards/': 'dashboard',
  '/api/pools/': 'pool',
  '/api/flows/': 'flow',
  '/api/connections/': 'connection',
}

/** Every route of the document that only asks, with all that its address and its parameters may be. */
export function questionsOf(document: ApiDocument, places: Places): Question[] {
  return routesOf(document)
    .filter(({ method, path }) => method === 'GET' || (method === 'POST' && ASKING.test(path)))
    .filter(({ path }) => !MOMENTARY.test(path))
    .flatMap((route) => addressesOf(route, places).flatMap((path) => asked(route, path, places)))
}

/** The addresses of a route: each value of each part of the path. */
function addressesOf(route: Route, places: Places): readonly string[] {
  const parts = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!)
  return parts.reduce<readonly string[]>(
    (paths, name) =>
      paths.flatMap((path) =>
        valuesOf(route, path, name, places).map((value) => path.replace(`{${name}}`, value)),
      ),
    [route.path],
  )
}

function valuesOf(
  route: Route,
  path: string,
  name: string,
  { ids, names, fields }: Places,
): readonly string[] {
  const choices = route.parameters.find((one) => one.in === 'path' && one.name === name)?.schema.enum
  if (Array.isArray(choices)) return choices.map(String)
  const entity =
    entityOf(route) ?? /^\/api\/(?:explain|submissions|explain\/fields)\/([a-z_]+)/.exec(path)?.[1]
  if (name === 'entity') return Object.keys(ids)
  if (name === 'field') return fields[path.split('/')[4]!] ?? []
  if (name === 'id') return ids[path.startsWith('/api/explain/users/') ? 'user' : (entity ?? 'file')] ?? []
  const kind = Object.entries(NAMED).find(([beginning]) => path.startsWith(beginning))?.[1]
  if (name === 'name' && kind !== undefined) return names[kind] ?? []
  if (name === 'kind') return Object.keys(names)
  if (name === 'name') return names[path.split('/')[4]!]?.slice(0, 2) ?? []
  if (name === 'from' || name === 'to' || name === 'version') return ['1']
  return []
}

/** A route at one address: as it is, and the lists of records with each field in each of their parts. */
function asked(route: Route, path: string, { fields }: Places): Question[] {
  const { method } = route
  const question = (query: string, body?: unknown): Question => ({
    key: `${method} ${path}${query}${body === undefined ? '' : ` ${JSON.stringify(body)}`}`,
    route: route.path,
    method,
    path: path + query,
    ...(body === undefined ? {} : { body }),
  })
  const rest = route.path.replace(/^\/api\/records\/\w+/, '')
  const own = (fields[entityOf(route) ?? ''] ?? []).filter((field) => !OF_THE_CHANGE.has(field))
  if (rest === '' && method === 'GET') {
    const hasAny = (field: string) => encodeURIComponent(JSON.stringify({ '!=': [{ var: field }, null] }))
    return [
      question(''),
      question('?count=exact&limit=200'),
      question('?q=canary'),
      question('?deleted=only'),
      ...own.map((field) =>
        question(`?count=exact&fields=id,${field}&sort=-${field}&filter=${hasAny(field)}`),
      ),
    ]
  }
  if (rest === '/aggregate') {
    const count = { fn: 'count' }
    return [
      question('', { measures: [count] }),
      ...own.map((field) => question('', { group: [field], measures: [count] })),
    ]
  }
  if (/^\/api\/forms\/\{entity\}$/.test(route.path)) return [question('')]
  if (route.path === '/api/search') return ['canary', 'name', '1', 'n'].map((q) => question(`?q=${q}`))
  if (route.body !== undefined) return [question('', {})]
  return [question(queryOf(route.parameters))]
}

/** The parameters of a query that must stand there. */
function queryOf(parameters: readonly Parameter[]): string {
  const needed = parameters.filter(
    (one) => one.in === 'query' && (one as unknown as Schema).required === true,
  )
  return needed.length === 0 ? '' : `?${needed.map(({ name }) => `${name}=x`).join('&')}`
}
