import { expect } from 'chai'
import type { Answer } from '../support/http.ts'
import { loginAs, outcome, PASSWORD } from '../support/http-model.ts'
import { entityOf, exampleOf, type Route, resolve, type Schema } from './routes.ts'
import { inParallel, inWorkspace, newRecord, OTHER, startWorld, type World } from './world.ts'

describe('ids and tokens of strangers', () => {
  let world: World
  before(async () => {
    world = await startWorld()
  })
  after(() => world.stop())

  const bodyOf = (route: Route): { readonly body?: unknown } => {
    const body = world.bodiesOf(route)[0]
    return body === undefined ? {} : { body }
  }
  const faultsOf = async (
    routes: readonly Route[],
    call: (route: Route) => Promise<Answer>,
    expected: (answer: Answer) => boolean,
  ): Promise<string[]> => {
    const found = await inParallel(routes, async (route) => {
      const answer = await call(route)
      return expected(answer)
        ? []
        : [`${route.method} ${route.path}: ${answer.status} ${answer.text.slice(0, 200)}`]
    })
    return found.flat()
  }
  const closed = (): readonly Route[] => world.routes.filter((route) => !route.isOpen)
  const withId = (): readonly Route[] => closed().filter((route) => route.path.includes('{id}'))
  const isRefused = ({ status }: Answer): boolean => status === 404

  it('from another workspace open no route of this one', async () => {
    const stranger = inWorkspace(world.admin, OTHER)
    const faults = await faultsOf(
      closed(),
      async (route) => stranger.call(route.method, await world.otherAddressOf(route), bodyOf(route)),
      (answer) => outcome(answer) === '401 AUTH_REQUIRED',
    )
    expect(faults).to.deep.equal([])
  })

  it('of things of another workspace lead nowhere in this one', async () => {
    expect(withId().length).to.be.greaterThan(40)
    const faults = await faultsOf(
      withId(),
      async (route) => world.admin.call(route.method, await world.otherAddressOf(route), bodyOf(route)),
      isRefused,
    )
    expect(faults).to.deep.equal([])
    for (const route of withId().filter(({ method }) => method === 'GET')) {
      const mine = await world.otherAdmin.get(await world.otherAddressOf(route))
      expect([route.path, mine.status < 300 || mine.status === 404]).to.deep.equal([route.path, true])
    }
  })

  it('of records of another workspace cannot be named in any field, list or filter', async () => {
    const theirs = (await world.otherAdmin.post('/api/records/company', { name: 'Theirs' })).record.id
    const faults: string[] = []
    for (const [name, schema] of Object.entries(world.document.components.schemas)) {
      const entity = /^(\w+)\.create$/.exec(name)?.[1]
      if (entity === undefined) continue
      const body = exampleOf(world.document, schema, world.known) as object
      const properties = resolve(world.document, schema).properties as Record<string, Schema>
      for (const [field, property] of Object.entries(properties)) {
        const value = referenceOf(property, theirs)
        if (value === undefined) continue
        const answer = await world.admin.post(`/api/records/${entity}`, { ...body, [field]: value })
        if (answer.status !== 422) faults.push(`${entity}.${field}: ${answer.status} ${answer.text}`)
      }
    }
    expect(faults).to.deep.equal([])
    const bulk = await world.admin.post('/api/records/company/bulk', {
      atomic: false,
      update: [{ id: theirs, name: 'mine' }],
      delete: [theirs],
    })
    const results = (bulk.body as { data?: { status: number }[] }).data ?? [bulk]
    expect(results.map(({ status }) => status)).to.deep.equal(results.map(() => 404))
    const own = await newRecord(world.admin, world.document, 'company', world.known)
    const merge = await world.admin.post(`/api/records/company/${own}/actions/merge`, { with: [theirs] })
    expect(outcome(merge)).to.equal('422 FIELD_REFERENCE_MISSING')
    const filter = encodeURIComponent(JSON.stringify({ '==': [{ var: 'id' }, theirs] }))
    expect((await world.admin.get(`/api/records/company?filter=${filter}`)).records).to.deep.equal([])
    expect((await world.otherAdmin.get(`/api/records/company/${theirs}`)).record).to.deep.include({
      name: 'Theirs',
      version: 1,
    })
  })

  it('of a colleague’s records lead nowhere for who reads only their own', async () => {
    const route = (one: Route): boolean => /^\/api\/records\/(company|order)\//.test(one.path)
    const faults = await faultsOf(
      withId().filter(route),
      async (one) => world.clerk.call(one.method, await world.addressOf(one), bodyOf(one)),
      isRefused,
    )
    expect(faults).to.deep.equal([])
  })

  it('of another entity lead nowhere', async () => {
    const order = await newRecord(world.admin, world.document, 'order', world.known)
    const routes = withId().filter((route) => entityOf(route) === 'company')
    const faults = await faultsOf(
      routes,
      async (route) =>
        world.admin.call(route.method, await world.addressOf(route, { id: order }), bodyOf(route)),
      isRefused,
    )
    expect(faults).to.deep.equal([])
  })

  it('tell nothing: one that exists and one that does not are answered alike', async () => {
    const theirs = await newRecord(world.admin, world.document, 'company', world.known)
    const nobodys = '01900000-0000-7000-8000-00000000dead'
    const masked = ({ status, text, headers }: Answer, id: string): unknown => [
      status,
      text.replaceAll(id, 'ID'),
      [...headers.keys()].filter((name) => name !== 'date').sort(),
    ]
    for (const route of world.routes.filter((one) => /^\/api\/records\/company\/\{id\}/.test(one.path))) {
      const ask = async (id: string): Promise<unknown> =>
        masked(await world.clerk.call(route.method, await world.addressOf(route, { id }), bodyOf(route)), id)
      expect([route.path, await ask(theirs)]).to.deep.equal([route.path, await ask(nobodys)])
    }
    const own = await newRecord(world.clerk, world.document, 'company', world.known)
    const merge = async (id: string): Promise<unknown> =>
      masked(await world.clerk.post(`/api/records/company/${own}/actions/merge`, { with: [id] }), id)
    expect(await merge(theirs)).to.deep.equal(await merge(nobodys))
  })

  it('of tokens of others revoke nothing', async () => {
    const mate = await loginAs(world.admin, 'mate', ['integrator'])
    const { id, token } = (await world.admin.post('/api/tokens', { label: 'x', roles: ['reader'] })).record
    expect((await mate.delete(`/api/tokens/${id}`)).status).to.equal(404)
    expect((await world.engine.client.as(String(token)).get('/api/records/company')).status).to.equal(200)
  })

  it('that make a retry safe give nobody the answer of another', async () => {
    const call = { headers: { 'idempotency-key': 'k-1' } }
    const body = { name: 'of one', description: 'a secret of one' }
    const first = await world.admin.post('/api/records/company', body, call)
    const again = await world.admin.post('/api/records/company', body, call)
    const stranger = await world.clerk.post('/api/records/company', body, call)
    const guess = await world.clerk.post('/api/records/company', { name: 'x' }, call)
    expect(again.record.id).to.equal(first.record.id)
    for (const answer of [stranger, guess]) expect(answer.text).not.to.include(first.record.id)
  })

  it('are not guessed: a token differs from every other in most of its characters', async () => {
    const tokens = new Set<string>()
    for (let turn = 0; turn < 5; turn++) {
      const { body } = await world.engine.client.post('/api/auth/login', {
        email: 'clara@example.com',
        password: PASSWORD,
      })
      tokens.add((body as { token: string }).token)
    }
    const [first = '', ...others] = [...tokens]
    expect(others).to.have.length(4)
    for (const other of others) {
      const equal = [...other].filter((character, at) => character === first[at]).length
      expect(equal).to.be.below(first.length / 2)
    }
  })
})

/** A value of a field that refers to another record; undefined for a field that does not. */
function referenceOf(schema: Schema, id: string): unknown {
  const choices = ((schema.anyOf as Schema[] | undefined) ?? [schema]).filter(({ type }) => type !== 'null')
  const [first = {}] = choices
  if (first.format === 'uuid') return id
  const items = first.items as Schema | undefined
  if (items?.format === 'uuid') return [id]
  const properties = first.properties as Record<string, Schema> | undefined
  return properties?.entity !== undefined && properties.id !== undefined
    ? { entity: 'company', id }
    : undefined
}
