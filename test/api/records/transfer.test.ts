import { expect } from 'chai'
import { publishAll, type Written } from '../../support/drafts.ts'
import { startEngine, type TestEngine } from '../../support/engine.ts'
import type { Client } from '../../support/http.ts'
import { loginAs, outcome } from '../../support/http-model.ts'

const owned = (name: string, fields: readonly object[]): Written => ({
  kind: 'entity',
  name,
  owned: true,
  fields: [{ name: 'name', type: 'text', required: true }, ...fields],
})
const definitions: readonly Written[] = [
  owned('company', []),
  owned('person', [{ name: 'company', type: 'lookup', to: 'company', inverse: 'people' }]),
  owned('deal', [{ name: 'company', type: 'lookup', to: 'company', inverse: 'deals' }]),
  {
    kind: 'entity',
    name: 'place',
    fields: [
      { name: 'name', type: 'text' },
      { name: 'company', type: 'lookup', to: 'company', inverse: 'places' },
    ],
  },
  {
    kind: 'role',
    name: 'seller',
    default: { read: 'all', create: true, update: 'own' },
    entities: { deal: { read: 'all', create: true, update: 'none' } },
  },
  { kind: 'role', name: 'keeper', default: { read: 'all', update: 'all', transfer: 'none' } },
]

type Person = Client & { readonly id: string }

describe('POST /api/records/{entity}/{id}/actions/transfer', () => {
  let engine: TestEngine
  let admin: Client
  let ann: Person
  let bob: Person
  let keeper: Person
  let count = 0

  before(async () => {
    engine = await startEngine()
    admin = await engine.loginAdmin()
    await publishAll(admin, definitions)
    ann = await loginAs(admin, 'ann', ['seller'])
    bob = await loginAs(admin, 'bob', ['seller'])
    keeper = await loginAs(admin, 'kay', ['keeper'])
  })
  after(() => engine?.stop())

  /** A company of Ann with two people and a deal of hers, and a person whom Bob looks after. */
  async function world() {
    const company = (await admin.post('/api/records/company', { name: `C${++count}`, owner: ann.id })).record
      .id
    const made = async (entity: string, owner: string) =>
      (await admin.post(`/api/records/${entity}`, { name: `${entity} ${++count}`, company, owner })).record.id
    const own = [await made('person', ann.id), await made('person', ann.id)]
    return { company, own, others: await made('person', bob.id), deal: await made('deal', ann.id) }
  }
  const give = (client: Client, id: string, body: unknown, query = '') =>
    client.post(`/api/records/company/${id}/actions/transfer${query}`, body)
  const ownerOf = async (entity: string, id: string) =>
    (await admin.get(`/api/records/${entity}/${id}`)).record.owner

  it('gives the record alone, and with it what its owner had of the relations that are named', async () => {
    const { company, own, others, deal } = await world()
    const alone = await give(admin, company, { owner: keeper.id })
    expect(alone.body).to.deep.equal({ data: { id: company, owner: keeper.id, with: {} } })
    expect(await ownerOf('person', own[0]!)).to.equal(ann.id)
    await give(admin, company, { owner: ann.id })
    const along = await give(admin, company, { owner: keeper.id, with: ['people', 'deals'] })
    expect(along.body).to.deep.equal({
      data: { id: company, owner: keeper.id, with: { people: 2, deals: 1 } },
    })
    for (const id of own) expect(await ownerOf('person', id)).to.equal(keeper.id)
    expect([await ownerOf('person', others), await ownerOf('deal', deal)]).to.deep.equal([bob.id, keeper.id])
    const [entry] = (await admin.get(`/api/records/person/${own[0]}/history`)).records as unknown as {
      changes: { field: string; before: unknown; after: unknown }[]
    }[]
    expect(entry?.changes).to.deep.include.members([
      { ...entry!.changes[0]!, field: 'owner', before: ann.id, after: keeper.id },
    ])
  })

  it('stores nothing in a dry run, and makes a retry safe by its key', async () => {
    const { company, own } = await world()
    const tried = await give(admin, company, { owner: keeper.id, with: ['people'] }, '?dry_run=1')
    expect(tried.body).to.deep.equal({ data: { id: company, owner: keeper.id, with: { people: 2 } } })
    expect([await ownerOf('company', company), await ownerOf('person', own[0]!)]).to.deep.equal([
      ann.id,
      ann.id,
    ])
    const call = { headers: { 'idempotency-key': 'transfer-1' } }
    const path = `/api/records/company/${company}/actions/transfer`
    const first = await admin.post(path, { owner: bob.id, with: ['people'] }, call)
    const again = await admin.post(path, { owner: bob.id, with: ['people'] }, call)
    expect(again.text).to.equal(first.text)
  })

  it('passes all or none: one record that may not be changed keeps everything where it is', async () => {
    const { company, own } = await world()
    const answer = await give(ann, company, { owner: bob.id, with: ['people', 'deals'] })
    expect([answer.status, answer.problems[0]?.path.startsWith('/with/1')]).to.deep.equal([403, true])
    expect([await ownerOf('company', company), await ownerOf('person', own[0]!)]).to.deep.equal([
      ann.id,
      ann.id,
    ])
    expect((await give(ann, company, { owner: bob.id, with: ['people'] })).status).to.equal(200)
    expect(await ownerOf('person', own[1]!)).to.equal(bob.id)
  })

  const refused = [
    { what: 'no owner', body: {}, is: '422 FIELD_REQUIRED', at: '/owner' },
    { what: 'nobody', body: { owner: null }, is: '422 FIELD_REQUIRED', at: '/owner' },
    {
      what: 'somebody who is not there',
      body: { owner: '01900000-0000-7000-8000-000000000001' },
      is: '422 FIELD_REFERENCE_MISSING',
      at: '/owner',
    },
    { what: 'something else', body: { owner: 7 }, is: '422 FIELD_TYPE_WRONG', at: '/owner' },
    { what: 'a misspelt relation', with: ['peopel'], is: '422 TRANSFER_RELATION_UNKNOWN', at: '/with/0' },
    { what: 'records without owners', with: ['places'], is: '422 TRANSFER_RELATION_UNKNOWN', at: '/with/0' },
    { what: 'an unknown property', body: { to: 'x' }, is: '422 FIELD_UNKNOWN', at: '/to' },
  ]
  for (const { what, body, with: along, is, at } of refused)
    it(`refuses ${what}`, async () => {
      const { company } = await world()
      const answer = await give(admin, company, body ?? { owner: bob.id, with: along })
      expect([outcome(answer), answer.problems[0]?.path]).to.deep.equal([is, at])
      expect(await ownerOf('company', company)).to.equal(ann.id)
    })

  it('guesses which relation is meant', async () => {
    const { company } = await world()
    const answer = await give(admin, company, { owner: bob.id, with: ['peopel'] })
    expect(answer.problems[0]?.hint).to.contain('people')
  })

  it('is closed to who may not change the record, or not its owner', async () => {
    const { company } = await world()
    expect((await give(bob, company, { owner: bob.id })).status).to.equal(403)
    expect((await give(keeper, company, { owner: bob.id })).status).to.equal(403)
    const nobody = await loginAs(admin, `nobody${++count}`, [])
    expect((await give(nobody, company, { owner: bob.id })).status).to.equal(404)
    expect(await ownerOf('company', company)).to.equal(ann.id)
  })
})
