import { randomUUID } from 'node:crypto'
import { expect } from 'chai'
import type { RoleDefinition } from '../../metadata/types.ts'
import {
  type ApiDocument,
  entityOf,
  exampleOf,
  isMutating,
  type Route,
  resolve,
  routesOf,
} from '../attack/routes.ts'
import { inParallel } from '../attack/world.ts'
import type { TestEngine } from '../support/engine.ts'
import type { Answer, Client } from '../support/http.ts'
import { loginAs } from '../support/http-model.ts'
import { both, grants, reaches, rightsOf, type Verdict, verdictOf } from '../support/route-verdicts.ts'
import { startSales } from '../support/sales.ts'
import { inShares } from '../support/shares.ts'

/** The records that one person's calls are made on. */
type Target = 'mine' | 'theirs' | 'gone' | 'kept' | 'spare' | 'left'
type Ids = Readonly<Record<string, Readonly<Record<Target, string>>>>

interface Person {
  readonly role: RoleDefinition
  readonly client: Client & { readonly id: string }
  readonly ids: Ids
}

/** One write as it was made, and what the model says of it. */
interface Attempt {
  readonly what: string
  readonly request: string
  readonly verdict: Verdict
  readonly answer: Answer
  /** What the audit must hold of it where it was let through; undefined where that may be nothing. */
  readonly effect: string | undefined
}

/** Which administrative right a write needs that is about no record, by its operation; none for one's own affairs. */
const NEEDED: Readonly<Record<string, NonNullable<RoleDefinition['administration']>[number]>> = {
  retry_flow_run: 'flows',
  cancel_flow_run: 'flows',
  replay_flow_run: 'flows',
  simulate_flow: 'flows',
  set_connection_secrets: 'connections',
  test_connection: 'connections',
  retry_connection_call: 'connections',
  create_token: 'tokens',
  revoke_token: 'tokens',
  make_backup: 'backups',
  set_audit_retention: 'audit',
  restore_version: 'definitions',
  save_content: 'definitions',
  remove_content: 'definitions',
  promote_content: 'definitions',
  open_changeset: 'definitions',
  describe_changeset: 'definitions',
  discard_changeset: 'definitions',
  set_in_draft: 'definitions',
  change_in_draft: 'definitions',
  remove_in_draft: 'definitions',
  check_changeset: 'definitions',
  resolve_changeset: 'definitions',
  plan_changeset: 'definitions',
  import_definitions: 'definitions',
  preview_message: 'definitions',
  preview_document: 'definitions',
  propose_entity: 'definitions',
  read_texts: 'definitions',
  explain_role: 'definitions',
  run_scenarios: 'definitions',
  answer_request: 'definitions',
  ask_agreement: 'definitions',
  decide_agreement: 'definitions',
  link_requests: 'definitions',
  publish_changeset: 'publish',
  put_pilot: 'publish',
  withdraw_pilot: 'publish',
  begin_silent_run: 'publish',
  end_silent_run: 'publish',
  make_sandbox: 'publish',
  remove_sandbox: 'publish',
  promote_sandbox: 'publish',
  refresh_sandbox: 'publish',
  enter_sandbox: 'publish',
  install_template: 'publish',
  upgrade_template: 'publish',
  uninstall_template: 'publish',
  remove_demo: 'publish',
  invite_user: 'users',
  sign_out_user: 'users',
  view_as: 'users',
}
/** For everybody about themselves, for nobody in particular, or of no effect. */
const OWN = new Set([
  ...['login', 'logout', 'forgot_password', 'look_at_link', 'set_password', 'change_password'],
  ...['update_profile', 'sign_out_everywhere', 'end_session', 'end_view_as', 'upload_file', 'leave_sandbox'],
  'remove_file',
  ...['decide_approvals', 'add_delegation', 'remove_delegation', 'file_request'],
  ...[
    'set_notification_preference',
    'save_own_settings',
    'take_hook',
    'submit_webform',
    'keep_report',
    'undo_act',
    'tell_effort',
    'tell_opened',
  ],
  ...['upload_import', 'import_upload'],
  ...['evaluate_rule', 'check_rule', 'parse_rule', 'print_rule', 'preview_report', 'run_report'],
])
const NO_ID = '01900000-0000-7000-8000-000000000001'

/** In which order: what takes a record away comes last. */
const ORDER = [
  '',
  '/{id}/comments',
  '/{id}/shares',
  '/{id}',
  '/{id}/history/restore',
  '/{id}/actions/milestone',
  '/bulk',
  '/by/',
  '/{id}/actions/',
  '/{id}/restore',
  'DELETE',
]

function placeOf(route: Route): number {
  const rest = route.path.replace(/^\/api\/records\/\w+/, '')
  if (route.method === 'DELETE') return ORDER.indexOf('DELETE')
  const group = ['/by/', '/{id}/actions/'].find((begin) => rest.startsWith(begin) && !ORDER.includes(rest))
  return ORDER.indexOf(group ?? rest)
}

describe('every write for every role of the sales template', () => {
  let engine: TestEngine
  let admin: Client
  let document: ApiDocument
  let writes: readonly Route[]
  let people: Person[]
  let count = 0
  const holders: Record<string, string> = {}

  before(async () => {
    engine = await startSales()
    admin = await engine.loginAdmin()
    document = (await admin.get('/api/openapi.json')).body as ApiDocument
    writes = routesOf(document)
      .filter(isMutating)
      .filter((route) => !/\/(query|aggregate|export|duplicates)$/.test(route.path))
      .sort((one, other) => placeOf(one) - placeOf(other))
    holders.account = (await admin.post('/api/records/account', { name: 'Held' })).record.id
    const names = (await admin.get('/api/meta/definitions?kind=role')).records.map(({ name }) => String(name))
    people = []
    for (const name of names) people.push(await newPerson(name))
  })
  after(() => engine.stop())

  const known = {
    email: () => `write${++count}@example.com`,
    password: () => 'correct horse battery',
    code: () => `W${++count}`,
    name: () => `w${++count}`,
  }
  const entities = () => [...new Set(writes.flatMap((route) => entityOf(route) ?? []))]
  /** The smallest record, which points to what that person reads; of nobody, to what the administrator has. */
  const bodyOf = (entity: string, ids?: Ids, role?: RoleDefinition) => {
    const account = ids?.account?.kept ?? holders.account
    const isKnown = role === undefined || grants(rightsOf(role, 'account').read)
    const about = isKnown ? { entity: 'account', id: account } : { entity: 'task', id: ids?.task?.kept }
    const schema = resolve(document, { $ref: `#/components/schemas/${entity}.create` })
    return exampleOf(document, schema, { ...known, account: () => account, about: () => about }) as object
  }
  const hasOwner = (entity: string) =>
    (document.components.schemas[`${entity}.create`]?.properties as object | undefined) !== undefined &&
    Object.hasOwn(document.components.schemas[`${entity}.create`]!.properties as object, 'owner')

  /**
   * For each entity a record of theirs, one of the administrator, one of theirs in the bin, one to point to, and one of theirs
   * to merge into each of the first two.
   */
  async function newPerson(name: string): Promise<Person> {
    const role = (await admin.get(`/api/meta/definitions/role/${name}`)).record as unknown as RoleDefinition
    const client = await loginAs(admin, `writer_${name}`, [name])
    const ids: Record<string, Readonly<Record<Target, string>>> = {}
    await inParallel(entities(), async (entity) => {
      const owner = hasOwner(entity) ? { owner: client.id } : {}
      const create = [owner, {}, owner, owner, owner, owner].map((one) => ({ ...bodyOf(entity), ...one }))
      const made = await admin.post(`/api/records/${entity}/bulk`, { create })
      if (made.status !== 200) throw new Error(`${entity}: ${made.text}`)
      const [mine = '', theirs = '', gone = '', kept = '', spare = '', left = ''] = made.records.map(
        ({ id }) => id,
      )
      ids[entity] = { mine: entity === 'user' ? client.id : mine, theirs, gone, kept, spare, left }
      if (entity !== 'user') await admin.delete(`/api/records/${entity}/${gone}`)
    })
    return { role, client, ids }
  }

  const isDelete = (route: Route) => route.method === 'DELETE'
  const isRestore = (route: Route) => /\{id\}\/restore$/.test(route.path)
  const targetsOf = (route: Route): readonly Target[] => {
    if (isRestore(route)) return ['gone']
    return route.path.includes('{id}') || route.path.endsWith('/bulk') ? ['theirs', 'mine'] : ['mine']
  }

  /** What the role says of a write, as naively as it is written. */
  function verdictOn(role: RoleDefinition, route: Route, target: Target): Verdict {
    const entity = entityOf(route)!
    const rights = rightsOf(role, entity)
    const isMine = target !== 'theirs' && (hasOwner(entity) || entity === 'user')
    const isReached = reaches(rights.read, isMine)
    if (isRestore(route)) return both(isReached, reaches(rights.restore ?? rights.delete, isMine))
    if (route.path.endsWith('/bulk')) return both(isReached, reaches(rights.update, isMine))
    return verdictOf(role, route, isMine)
  }

  /** What the audit tells of it. */
  function effectOf(route: Route): string | undefined {
    const entity = entityOf(route)!
    if (route.path.endsWith('/comments')) return 'create comment'
    if (route.path.endsWith('/shares')) return `shared ${entity}`
    if (route.path.endsWith('/history/restore')) return undefined // to the version at which it stands
    if (route.path.endsWith('/actions/merge')) return `merged ${entity}`
    if (route.path.endsWith('/milestone')) return undefined // it is not ticked as it is
    if (route.path.endsWith('/actions/submit')) return `approval ${entity}`
    if (isRestore(route)) return `restore ${entity}`
    if (isDelete(route)) return `delete ${entity}`
    const creates = route.path.includes('/by/') || (route.method === 'POST' && !route.path.endsWith('/bulk'))
    return `${creates ? 'create' : 'update'} ${entity}`
  }

  const NOTHING = { mine: NO_ID, theirs: NO_ID, gone: NO_ID, kept: NO_ID, spare: NO_ID, left: NO_ID } as const

  function requestOf(route: Route, all: Ids, target: Target, role?: RoleDefinition) {
    const entity = entityOf(route)
    const ids = all[entity ?? ''] ?? NOTHING
    const field = route.parameters.find(({ name }) => name === 'field')
    const key = field === undefined ? '' : String(exampleOf(document, field.schema))
    const fresh = known[key as 'code']?.() ?? `k${++count}`
    const parts: Readonly<Record<string, string>> = { id: ids[target], field: key, value: String(fresh) }
    const path = route.path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => {
      const parameter = route.parameters.find((one) => one.name === name)
      return parts[name] ?? String(exampleOf(document, parameter?.schema ?? {}))
    })
    if (entity === undefined) {
      return { path, body: route.body && exampleOf(document, resolve(document, route.body), known) }
    }
    if (path.endsWith('/bulk')) return { path, body: { update: [{ id: ids[target] }] } }
    if (path.endsWith('/comments')) return { path, body: { text: 'x' } }
    if (path.endsWith('/shares')) return { path, body: { with: { role: 'sales' }, access: 'read' } }
    if (path.endsWith('/history/restore')) return { path, body: { version: 1 } }
    if (path.endsWith('/actions/release')) return { path, body: { pool: 'nowhere' } } // it is needed as it is
    if (path.endsWith('/actions/merge'))
      return { path, body: { with: [target === 'mine' ? ids.spare : ids.left] } }
    if (path.endsWith('/milestone')) {
      const example = exampleOf(document, resolve(document, route.body!)) as object
      return { path, body: { ...example, done: false } }
    }
    if (path.includes('/actions/') || route.method === 'PATCH') return { path, body: {} }
    if (route.body === undefined) return { path, body: undefined }
    const { [key]: _key, ...body } = bodyOf(entity, all, role) as Record<string, unknown>
    return { path, body }
  }

  async function attempt(
    client: Client,
    route: Route,
    ids: Ids,
    target: Target,
    role?: RoleDefinition,
  ): Promise<{ readonly request: string; readonly answer: Answer }> {
    const request = randomUUID()
    const { path, body } = requestOf(route, ids, target, role)
    const headers = { 'x-request-id': request }
    const answer = await client.call(route.method, path, { headers, ...(body === undefined ? {} : { body }) })
    return { request, answer }
  }

  /** By request: what was done to records, as `action entity`. */
  async function effects(): Promise<ReadonlyMap<string, readonly string[]>> {
    const model = (await admin.get('/api/meta/definitions?kind=entity')).records
    const names = new Map(model.map(({ id, name }) => [id, String(name)]))
    const { rows } = await engine.database.query<{ request: string; action: string; entity: string }>({
      text: `SELECT request::text AS request, action, entity::text AS entity FROM "ws_default".tenon_audit
WHERE request IS NOT NULL AND action <> 'denied'`,
    })
    const found = new Map<string, string[]>()
    for (const { request, action, entity } of rows)
      found.set(request, [...(found.get(request) ?? []), `${action} ${names.get(entity) ?? '-'}`])
    return found
  }

  /** Status and effect that do not agree with the model, each in a line. */
  async function faultsOf(attempts: readonly Attempt[]): Promise<readonly string[]> {
    const done = await effects()
    return attempts.flatMap(({ what, request, verdict, answer, effect }) => {
      const { status, text } = answer
      const told = done.get(request) ?? []
      const isRefused = status === 401 || status === 403 || status === 404
      const isDone = status < 300 && (effect === undefined || told.includes(effect))
      const isRight =
        verdict === 'yes' ? isDone : verdict === 'no' ? isRefused && told.length === 0 : status < 500
      return isRight ? [] : [`${what}: ${verdict}, yet ${status} [${told.join(', ')}] ${text.slice(0, 160)}`]
    })
  }

  it('does on records what the role says, and nothing else', async () => {
    const attempts: Attempt[] = []
    await inParallel(people, async ({ role, client, ids }) => {
      for (const route of inShares(
        writes,
        people.findIndex((one) => one.role === role),
      )) {
        const entity = entityOf(route)
        if (entity === undefined) continue
        for (const target of targetsOf(route)) {
          const made = await attempt(client, route, ids, target, role)
          const verdict = verdictOn(role, route, target)
          const what = `${role.name}: ${route.method} ${route.path} (${target})`
          attempts.push({ what, verdict, effect: effectOf(route), ...made })
        }
      }
    })
    expect(await faultsOf(attempts)).to.deep.equal([])
    expect(attempts.length).to.be.greaterThan(writes.length)
    const said = (verdict: Verdict) => attempts.filter((one) => one.verdict === verdict).length
    expect([said('yes') > 100, said('no') > 100]).to.deep.equal([true, true])
  })

  it('does elsewhere what the role’s administrative rights say', async () => {
    const attempts: Attempt[] = []
    for (const [turn, { role, client }] of people.entries()) {
      const rights: readonly string[] = role.administration ?? []
      for (const route of inShares(writes, turn)) {
        if (entityOf(route) !== undefined || OWN.has(route.operationId)) continue
        const right = NEEDED[route.operationId]
        if (right === undefined) throw new Error(`which right does ${route.operationId} need?`)
        const made = await attempt(client, route, {}, 'mine')
        // What may be done here is done to nothing that there is.
        const verdict = rights.includes(right) ? 'maybe' : 'no'
        attempts.push({ what: `${role.name}: ${route.operationId}`, verdict, effect: undefined, ...made })
        if (verdict === 'maybe' && made.answer.status === 403)
          throw new Error(`${role.name} may not ${route.operationId}: ${made.answer.text}`)
      }
    }
    expect(await faultsOf(attempts)).to.deep.equal([])
  })

  it('does nothing for who has no role, or is not signed in', async () => {
    const roleless = await loginAs(admin, 'roleless', [])
    const ids = people[0]!.ids
    const attempts: Attempt[] = []
    for (const [who, client] of [
      ['nobody', engine.client],
      ['without a role', roleless],
    ] as const) {
      for (const route of writes.filter(({ operationId }) => !OWN.has(operationId))) {
        const made = await attempt(client, route, ids, 'theirs')
        attempts.push({
          what: `${who}: ${route.method} ${route.path}`,
          verdict: 'no',
          effect: undefined,
          ...made,
        })
      }
    }
    expect(await faultsOf(attempts)).to.deep.equal([])
    const unsigned = attempts.filter(({ what }) => what.startsWith('nobody'))
    expect(unsigned.filter(({ answer }) => answer.status !== 401).map(({ what }) => what)).to.deep.equal([])
  })
})
