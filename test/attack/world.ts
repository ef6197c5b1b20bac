import { randomUUID } from 'node:crypto'
import { registerBuiltInActions } from '../../engine/actions/built-in.ts'
import type { Database } from '../../engine/db/database.ts'
import { createWorkspace } from '../../engine/db/migrate.ts'
import { registerBuiltInFields } from '../../engine/fields/built-in.ts'
import { bootstrapWorkspace } from '../../engine/model/bootstrap.ts'
import { exportDefinitions } from '../../engine/model/export.ts'
import { publishDefinitions } from '../../engine/model/publish-definitions.ts'
import { loadState, schemaOf } from '../../engine/model/state.ts'
import { createModelStore } from '../../engine/model/store.ts'
import { ensureFirstAdministrator } from '../../engine/ops/first-administrator.ts'
import { createRegistry } from '../../engine/registry/registry.ts'
import { createReports } from '../../engine/reports/reports-port.ts'
import { createSearch } from '../../engine/search/tokens.ts'
import { ADMIN, startEngine, type TestEngine } from '../support/engine.ts'
import type { Answer, Call, Client } from '../support/http.ts'
import { httpTemplate, loginAs, PASSWORD } from '../support/http-model.ts'
import type { Template } from '../support/postgres.ts'
import {
  type ApiDocument,
  bodiesOf,
  entityOf,
  exampleOf,
  type Known,
  type Route,
  resolve,
  routesOf,
} from './routes.ts'

export const OTHER = 'other'

/** Two workspaces of one model, each with its administrator, who has the same address and password. */
export const twoWorkspaces: Template = {
  key: 'attack',
  async build(database, url) {
    await httpTemplate.build(database, url)
    const registry = createRegistry()
    registerBuiltInFields(registry)
    registerBuiltInActions(registry)
    registry.setSearch(createSearch())
    registry.setReports(createReports())
    const schema = (await schemaOf(database, 'default'))!
    const { definitions } = await loadState(database, schema)
    await createWorkspace(database, OTHER)
    await bootstrapWorkspace(database, registry, OTHER)
    await publishDefinitions(database, registry, OTHER, exportDefinitions(definitions, registry), 'test')
    const models = await createModelStore(database, registry)
    try {
      const model = (await models.current(OTHER))!
      await ensureFirstAdministrator({ db: database, registry, model, ...ADMIN })
    } finally {
      await models.close()
    }
  },
}

/** An engine under attack, with something to hit behind every address. */
export interface World {
  readonly engine: TestEngine
  readonly admin: Client
  /** May read and change own records, and nothing else. */
  readonly clerk: Client & { readonly id: string }
  readonly document: ApiDocument
  readonly routes: readonly Route[]
  /** Values of properties that a body cannot do without. */
  readonly known: Known
  /** The administrator, or a stuntman of the same roles where the call may end sessions or change who makes it. */
  callerFor(route: Route): Promise<Client>
  /** Bodies that a call takes, the smallest first; empty where it takes none. */
  bodiesOf(route: Route): readonly unknown[]
  /** The address of a route, every part of which leads to something that is there. */
  addressOf(route: Route, instead?: Readonly<Record<string, string>>): Promise<string>
  /** The administrator of the other workspace, of the same address and password. */
  readonly otherAdmin: WorkspaceClient
  /** The same address with ids of the other workspace. */
  otherAddressOf(route: Route): Promise<string>
  stop(): Promise<void>
}

const VIEW = {
  kind: 'view',
  name: 'large',
  label: { en: 'Large' },
  entity: 'company',
  type: 'table',
  filter: { '>': [{ var: 'amount' }, 1000] },
  sort: ['-amount'],
  columns: ['name', { field: 'amount', total: 'sum' }],
}
/** Bodies that the document leaves open: a definition, an archive. */
const OPEN_BODIES: Readonly<Record<string, readonly unknown[]>> = {
  save_content: [VIEW],
  set_in_draft: [VIEW],
  import_definitions: [{ manifest: { name: 'x', version: '1.0.0' }, definitions: [VIEW] }],
}

export async function startWorld(env: Readonly<Record<string, string>> = {}): Promise<World> {
  const engine = await startEngine({ template: twoWorkspaces, env })
  const admin = await engine.loginAdmin()
  const clerk = await loginAs(admin, 'clara', ['clerk'])
  const document = (await admin.get('/api/openapi.json')).body as ApiDocument
  const company = (await admin.post('/api/records/company', { name: 'Acme' })).record.id
  const known = knownValues(company)
  const samples = createSamples({ engine, client: admin, workspace: 'default', document, known })
  const otherAdmin = await loginOther(engine)
  const otherCompany = (await otherAdmin.post('/api/records/company', { name: 'Theirs' })).record.id
  const otherSamples = createSamples({
    engine,
    client: otherAdmin,
    workspace: OTHER,
    document,
    known: knownValues(otherCompany),
  })
  return {
    engine,
    admin,
    clerk,
    document,
    routes: routesOf(document),
    known,
    callerFor: async (route) =>
      route.path.startsWith('/api/auth/') ? loginAs(admin, `stunt${++count}`, ['administrator']) : admin,
    bodiesOf: (route) => OPEN_BODIES[route.operationId] ?? bodiesOf(document, route, known),
    otherAdmin,
    addressOf: async (route, instead = {}) => fill(route, { ...(await samples(route)), ...instead }),
    otherAddressOf: async (route) => fill(route, await otherSamples(route)),
    stop: () => engine.stop(),
  }
}

async function loginOther({ client }: TestEngine): Promise<WorkspaceClient> {
  const login = await inWorkspace(client, OTHER).post('/api/auth/login', ADMIN)
  return inWorkspace(client.as((login.body as { token: string }).token), OTHER)
}

function fill(route: Route, values: Readonly<Record<string, string>>): string {
  return route.path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => values[name] ?? 'x')
}

let count = 0

function knownValues(company: string): Known {
  return {
    email: () => `someone${++count}@example.com`,
    name: () => `n${++count}`,
    password: () => PASSWORD,
    about: () => ({ entity: 'company', id: company }),
    roles: () => ['reader'],
    code: () => `c${++count}`,
    key: () => 'code',
  }
}

interface SampleSource {
  readonly engine: TestEngine
  readonly client: WorkspaceClient
  readonly workspace: string
  readonly document: ApiDocument
  readonly known: Known
}

/** Parts of an address that lead to something, by route; what has been deleted is made again. */
function createSamples({ engine, client: admin, workspace, document, known }: SampleSource) {
  const kept = new Map<string, string>()
  const keep = async (key: string, make: () => Promise<string>): Promise<string> => {
    const found = kept.get(key) ?? (await make())
    kept.set(key, found)
    return found
  }
  const makers: readonly (readonly [string, (entity: string) => Promise<string>])[] = [
    ['/api/records/', (entity) => newRecord(admin, document, entity, known)],
    ['/api/files/', () => newFile(admin)],
    ['/api/jobs/', () => newJob(engine.database, workspace)],
    [
      '/api/meta/changesets/',
      async () => (await admin.post('/api/meta/changesets', { label: 'x' })).record.id,
    ],
    [
      '/api/tokens/',
      async () => (await admin.post('/api/tokens', { label: 'x', roles: ['reader'] })).record.id,
    ],
  ]
  return async (route: Route): Promise<Record<string, string>> => {
    const choices = Object.fromEntries(
      route.parameters
        .filter((parameter) => parameter.in === 'path')
        .map((parameter) => [parameter.name, String(exampleOf(document, parameter.schema))]),
    )
    const values = { ...choices, ...WORDS }
    const maker = makers.find(([prefix]) => route.path.startsWith(prefix))
    if (!route.path.includes('{id}') || maker === undefined) return values
    const entity = entityOf(route) ?? ''
    const key = `${maker[0]} ${entity}`
    if (route.method === 'DELETE') kept.delete(key)
    return { ...values, id: await keep(key, () => maker[1](entity)) }
  }
}

/** Names that the model has, for parts of an address that the document calls plain texts. */
const WORDS: Readonly<Record<string, string>> = {
  entity: 'company',
  kind: 'view',
  name: 'large',
  from: '1',
  to: '2',
  version: '1',
}

/** A record with the least that its entity asks for. */
export async function newRecord(
  client: Pick<Client, 'post'>,
  document: ApiDocument,
  entity: string,
  known: Known,
): Promise<string> {
  const schema = document.components.schemas[`${entity}.create`]
  if (schema === undefined) return randomUUID()
  return (await client.post(`/api/records/${entity}`, exampleOf(document, resolve(document, schema), known)))
    .record.id
}

export async function newFile(client: Pick<Client, 'post'>): Promise<string> {
  const form = new FormData()
  form.set('file', new Blob(['hello']), 'hello.txt')
  return (await client.post('/api/files', form)).record.id
}

async function newJob(database: Database, workspace: string): Promise<string> {
  const id = randomUUID()
  await database.query({
    text: `INSERT INTO ${await schemaOf(database, workspace)}.tenon_job (id, kind, state, payload)
VALUES ($1, 'prepare', 'done', '{}')`,
    values: [id],
  })
  return id
}

export type WorkspaceClient = Pick<Client, 'call' | 'get' | 'post'>

/** A client whose calls all mean another workspace. */
export function inWorkspace(client: Client, workspace: string): WorkspaceClient {
  const call: Client['call'] = (method, path, options: Call = {}) =>
    client.call(method, path, { ...options, headers: { ...options.headers, 'x-workspace': workspace } })
  return {
    call,
    get: (path, options) => call('GET', path, options),
    post: (path, body, options) => call('POST', path, { ...options, body }),
  }
}

const LEAKS =
  /node_modules|\bat \w[\w.<>]* \(|\.ts:\d|syntax error at or near|relation "|violates \w+ constraint|pg_catalog|ECONN|argon2id?\$|"token_hash"/

/** What is wrong with an answer to something hostile; undefined where it is an orderly one. */
export function faultOf(answer: Answer): string | undefined {
  const type = answer.headers.get('content-type') ?? ''
  if (answer.status >= 500) return `${answer.status} ${answer.text.slice(0, 300)}`
  if (answer.status >= 400 && !type.startsWith('application/problem+json'))
    return `${answer.status} without a problem: ${type} ${answer.text.slice(0, 100)}`
  if (answer.headers.has('x-pwned')) return 'a header was smuggled in'
  const leak = answer.status >= 400 ? LEAKS.exec(answer.text)?.[0] : undefined
  return leak === undefined ? undefined : `it tells “${leak}”: ${answer.text.slice(0, 300)}`
}

/** Whether a call gets all that there is: it is no call on records, or on those that stand for the others. */
export function isSpecimen(entity: string | undefined): boolean {
  return entity === undefined || entity === 'company'
}

/** Runs work over items, a few at a time; what each returns, in order. */
export async function inParallel<T, R>(
  items: readonly T[],
  work: (item: T, index: number) => Promise<R>,
  lanes = 6,
): Promise<R[]> {
  const results = new Array<R>(items.length)
  let next = 0
  const lane = async (): Promise<void> => {
    for (let index = next++; index < items.length; index = next++) {
      results[index] = await work(items[index]!, index)
    }
  }
  await Promise.all(Array.from({ length: Math.min(lanes, items.length) }, lane))
  return results
}
