import { expect } from 'chai'
import type { RoleDefinition } from '../../metadata/types.ts'
import {
  type ApiDocument,
  entityOf,
  exampleOf,
  type Known,
  type Route,
  resolve,
  routesOf,
  type Schema,
} from '../attack/routes.ts'
import { inParallel } from '../attack/world.ts'
import type { TestEngine } from '../support/engine.ts'
import type { Answer, Client } from '../support/http.ts'
import { loginAs } from '../support/http-model.ts'
import { grants, isOnTurn, needOf, rightsOf, type Verdict, verdictOf } from '../support/route-verdicts.ts'
import { startSales } from '../support/sales.ts'
import { inShares } from '../support/shares.ts'

interface Person {
  readonly role: RoleDefinition
  readonly client: Client & { readonly id: string }
  /** Every call and schema that the role's own document names. */
  readonly document: ApiDocument
  /** Ids of records that are theirs, by entity. */
  readonly mine: Readonly<Record<string, string>>
}

/** Values of classified fields by type, and what of each must never be seen by who may not see the field. */
const SECRETS: Readonly<Record<string, { readonly value: unknown; readonly needle: string }>> = {
  phone: { value: '+8613987654321', needle: '98765' },
  email: { value: 'secret.person@hidden.example', needle: 'secret.person' },
  address: { value: { city: 'Secretville' }, needle: 'Secretville' },
}

const NO_ID = '01900000-0000-7000-8000-000000000001'
/** Parts of an address that the document calls plain texts. */
const WORDS: Readonly<Record<string, string>> = { entity: 'account', value: 'upsert@example.com' }

/** Whether a role's definition shows a field, masks it, or keeps it hidden; `maybe` where a rule decides. */
function sightOf(role: RoleDefinition, entity: string, field: string, personal: string): string {
  const right = rightsOf(role, entity).fields?.[field]?.read
  if (right === true) return 'read'
  if (right === false) return 'hidden'
  if (right !== undefined) return right === 'masked' ? 'masked' : 'maybe'
  return (role.personal as Record<string, string> | undefined)?.[personal] ?? 'hidden'
}

describe('every route for every role of the sales template', () => {
  let engine: TestEngine
  let admin: Client
  let document: ApiDocument
  let routes: readonly Route[]
  let known: Known
  let people: Person[]
  let nobody: Client & { readonly id: string }
  const theirs: Record<string, string> = {}
  const classified: { entity: string; field: string; personal: string; type: string }[] = []

  before(async () => {
    engine = await startSales()
    admin = await engine.loginAdmin()
    document = (await admin.get('/api/openapi.json')).body as ApiDocument
    routes = routesOf(document)
    await readClassified()
    await makeTheirs()
    const names = (await admin.get('/api/meta/definitions?kind=role')).records.map(({ name }) => String(name))
    expect(names).to.include.members(['administrator', 'sales', 'supervisor', 'executive'])
    nobody = await loginAs(admin, 'roleless', [])
    people = []
    for (const name of names) people.push(await newPerson(name))
  })
  after(() => engine.stop())

  async function newPerson(name: string): Promise<Person> {
    const role = (await admin.get(`/api/meta/definitions/role/${name}`)).record as unknown as RoleDefinition
    const client = await loginAs(admin, `person_${name}`, [name])
    const mine: Record<string, string> = { user: client.id }
    for (const entity of ownedEntities()) mine[entity] = await newRecord(entity, client.id)
    return {
      role,
      client,
      mine,
      document: (await client.get('/api/openapi.json')).body as ApiDocument,
    }
  }

  const propertiesOf = (of: ApiDocument, name: string): Readonly<Record<string, Schema>> =>
    (of.components.schemas[name]?.properties ?? {}) as Record<string, Schema>
  const entities = (): string[] =>
    Object.keys(document.components.schemas).flatMap((name) => /^(\w+)\.create$/.exec(name)?.[1] ?? [])
  const ownedEntities = (): string[] =>
    entities().filter((entity) => propertiesOf(document, `${entity}.create`).owner !== undefined)

  async function readClassified(): Promise<void> {
    for (const entity of entities()) {
      const { fields } = (await admin.get(`/api/meta/definitions/entity/${entity}`)).record as unknown as {
        fields: { name: string; type: string; personal?: string }[]
      }
      for (const { name, type, personal } of fields) {
        if (personal !== undefined && SECRETS[type] !== undefined)
          classified.push({ entity, field: name, personal, type })
      }
    }
  }

  let count = 0
  async function makeTheirs(): Promise<void> {
    known = {
      email: () => `matrix${++count}@example.com`,
      password: () => 'correct horse battery',
      code: () => `P${++count}`,
      name: () => `n${++count}`,
      account: () => theirs.account,
      about: () => ({ entity: 'account', id: theirs.account }),
    }
    theirs.account = await newRecord('account')
    for (const entity of entities()) theirs[entity] ??= await newRecord(entity)
  }

  /** A record with a secret in each classified field; of the administrator, or of somebody. */
  async function newRecord(entity: string, owner?: string): Promise<string> {
    const secrets = classified
      .filter((one) => one.entity === entity)
      .map(({ field, type }) => [field, SECRETS[type]!.value] as const)
    const smallest = exampleOf(
      document,
      resolve(document, { $ref: `#/components/schemas/${entity}.create` }),
      known,
    )
    const body = {
      ...(smallest as object),
      ...(entity === 'user' ? {} : Object.fromEntries(secrets)),
      ...(owner === undefined ? {} : { owner }),
    }
    // Every phone number is the same one here.
    const made = await admin.post(`/api/records/${entity}?duplicates=accept`, body)
    if (made.status !== 201) throw new Error(`${entity}: ${made.text}`)
    return made.record.id
  }

  const call = (client: Client, route: Route, id: string | undefined): Promise<Answer> => {
    const values: Readonly<Record<string, string>> = { ...WORDS, id: id ?? NO_ID }
    const choices = Object.fromEntries(
      route.parameters.map((one) => [one.name, String(exampleOf(document, one.schema))]),
    )
    const address = route.path.replaceAll(
      /\{(\w+)\}/g,
      (_whole, name: string) => values[name] ?? choices[name]!,
    )
    // Nothing is really deleted: the record is needed for the next call.
    const isTried = needOf(route) === 'delete' && route.path.endsWith('{id}')
    const body = route.body === undefined ? undefined : bodyFor(route)
    return client.call(
      route.method,
      isTried ? `${address}?dry_run=1` : address,
      body === undefined ? {} : { body },
    )
  }
  const bodyFor = (route: Route): unknown => {
    if (route.path.endsWith('/bulk')) return { filter: { '==': [{ var: 'id' }, NO_ID] }, set: {} }
    if (route.path.endsWith('/export')) return {}
    // Nothing is really given back either.
    if (route.path.endsWith('/actions/release')) return { pool: 'nowhere' }
    if (route.path.endsWith('/aggregate')) return { measures: [{ fn: 'count' }] }
    return exampleOf(document, resolve(document, route.body!), known)
  }

  /** What is wrong with a status, given what the role says; undefined where it is as it should be. */
  const faultOf = (
    verdict: Verdict,
    need: string | undefined,
    { status, text }: Answer,
  ): string | undefined => {
    const isFine =
      status < 500 &&
      status !== 401 &&
      (verdict === 'no'
        ? status === 403 || status === 404
        : verdict === 'maybe' ||
          (status !== 403 && status !== 404 && ((need !== 'read' && need !== 'export') || status < 300)))
    return isFine ? undefined : `${status} although the role says ${verdict}: ${text.slice(0, 200)}`
  }

  it('is closed to who is not signed in', async () => {
    const faults: string[] = []
    for (const route of routes.filter((one) => !one.isOpen)) {
      const answer = await call(engine.client, route, theirs[entityOf(route) ?? ''])
      if (answer.status !== 401) faults.push(`${route.method} ${route.path}: ${answer.status} ${answer.text}`)
    }
    expect(faults).to.deep.equal([])
    expect(routes.length).to.be.greaterThan(100)
  })

  it('is closed to who is signed in without a role, but for what is about themselves', async () => {
    const own = (await nobody.get('/api/openapi.json')).body as ApiDocument
    expect(Object.keys(own.paths).filter((path) => path.startsWith('/api/records/'))).to.deep.equal([])
    const faults: string[] = []
    for (const route of routes.filter(
      (one) => own.paths[one.path]?.[one.method.toLowerCase()] === undefined,
    )) {
      const fault = faultOf('no', needOf(route), await call(nobody, route, theirs[entityOf(route) ?? '']))
      if (fault !== undefined) faults.push(`${route.method} ${route.path}: ${fault}`)
    }
    expect(faults).to.deep.equal([])
  })

  it('does on records what the definition of the role says, on one’s own and on others’', async () => {
    const faults: string[] = []
    await inParallel(people, async ({ role, client, mine }) => {
      for (const route of inShares(
        routes,
        people.findIndex((one) => one.role === role),
      )) {
        const entity = entityOf(route)
        if (entity === undefined) continue
        const ids = route.path.includes('{id}') ? [mine[entity], theirs[entity]] : [theirs[entity]]
        for (const id of ids.filter((one) => one !== undefined)) {
          const verdict = verdictOf(role, route, id === mine[entity])
          const fault = faultOf(verdict, needOf(route), await call(client, route, id))
          if (fault !== undefined)
            faults.push(
              `${role.name}: ${route.method} ${route.path} (${id === mine[entity] ? 'mine' : 'theirs'}): ${fault}`,
            )
        }
      }
    })
    expect(faults).to.deep.equal([])
  })

  it('is in a role’s own document exactly where it answers that role', async () => {
    const faults: string[] = []
    for (const [turn, { role, client, document: own }] of people.entries()) {
      for (const route of inShares(routes, turn)) {
        if (/logout|sessions?(\/|$)/.test(route.path)) continue
        const isNamed = own.paths[route.path]?.[route.method.toLowerCase()] !== undefined
        const entity = entityOf(route)
        if (entity === undefined) {
          if (isNamed) continue
          const { status, text } = await call(client, route, undefined)
          if (status !== 403 && status !== 404)
            faults.push(`${role.name}: ${route.method} ${route.path} is not named, yet ${status} ${text}`)
        } else if (needOf(route) !== undefined && isNamed !== isPromised(role, route)) {
          faults.push(`${role.name}: ${route.method} ${route.path} is ${isNamed ? '' : 'not '}named`)
        }
      }
    }
    expect(faults).to.deep.equal([])
  })

  /** Whether the role says that the call may be made on some record. */
  const isPromised = (role: RoleDefinition, route: Route): boolean => {
    const rights = rightsOf(role, entityOf(route) ?? '')
    const need = needOf(route)
    if (isOnTurn(route)) return grants(rights.read)
    if (need === 'update' || need === 'delete' || need === 'share')
      return grants(rights.read) && grants(rights[need])
    if (need === 'merge') return grants(rights.read) && grants(rights.update) && grants(rights.delete)
    return verdictOf(role, route, true) !== 'no'
  }
  it('answers no field that the role’s document does not know', async () => {
    const faults: string[] = []
    for (const { role, client, document: own, mine } of people) {
      for (const entity of entities()) {
        const id = mine[entity] ?? theirs[entity]
        for (const path of [`/api/records/${entity}?limit=5`, `/api/records/${entity}/${id}`]) {
          const answer = await client.get(path)
          if (answer.status !== 200) continue
          const { data } = answer.body as { data: object | object[] }
          const allowed = new Set(Object.keys(propertiesOf(own, entity)))
          for (const record of Array.isArray(data) ? data : [data]) {
            const strange = Object.keys(record).filter((name) => !allowed.has(name))
            if (strange.length > 0) faults.push(`${role.name} ${path}: ${strange.join(', ')}`)
          }
        }
      }
    }
    expect(faults).to.deep.equal([])
  })

  it('tells no value of a class of personal data that the role does not grant', async () => {
    const faults: string[] = []
    let seen = 0
    let unseen = 0
    for (const { role, client, mine } of people) {
      for (const { entity, field, personal, type } of classified) {
        const id = mine[entity]
        if (id === undefined) continue
        const sight = sightOf(role, entity, field, personal)
        const { needle, value } = SECRETS[type]!
        const shown = (await client.get(`/api/records/${entity}/${id}?fields=${field}`)).text.includes(needle)
        const may = sight === 'read' && grants(rightsOf(role, entity).read)
        if (shown !== may && sight !== 'maybe')
          faults.push(`${role.name}: ${entity}.${field} is ${shown ? '' : 'not '}shown`)
        if (shown) seen++
        else unseen++
        if (may || sight === 'maybe' || sees(role, entity, needle)) continue
        const filter = encodeURIComponent(JSON.stringify({ '==': [{ var: field }, value] }))
        const asked = [
          ...routes
            .filter((route) => route.method === 'GET' && entityOf(route) === entity)
            .map((route) => call(client, route, id)),
          client.get(`/api/records/${entity}?sort=${field}&fields=id,${field}`),
          client.get(`/api/forms/${entity}?record=${id}`),
          client.get(`/api/explain/${entity}/${id}`),
          client.post(`/api/records/${entity}/aggregate`, { group: [field], measures: [{ fn: 'count' }] }),
        ]
        for (const answer of await Promise.all(asked))
          if (answer.text.includes(needle))
            faults.push(`${role.name}: ${entity}.${field} in ${answer.text.slice(0, 300)}`)
        const found = [
          await client.get(`/api/records/${entity}?filter=${filter}`),
          await client.get(`/api/records/${entity}?q=${encodeURIComponent(needle)}`),
        ]
        for (const answer of found)
          if (answer.status === 200 && answer.records.length > 0)
            faults.push(`${role.name}: finds by ${entity}.${field}`)
      }
    }
    expect(faults).to.deep.equal([])
    expect([seen > 10, unseen > 10]).to.deep.equal([true, true])
  })

  /** Whether the role sees that text in another field of the record. */
  const sees = (role: RoleDefinition, entity: string, needle: string): boolean =>
    classified.some(
      (one) =>
        one.entity === entity &&
        SECRETS[one.type]!.needle === needle &&
        sightOf(role, entity, one.field, one.personal) === 'read',
    )
})
