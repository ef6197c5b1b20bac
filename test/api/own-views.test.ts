import { expect } from 'chai'
import { publishAll, type Written } from '../support/drafts.ts'
import { startEngine, type TestEngine } from '../support/engine.ts'
import type { Client } from '../support/http.ts'
import { loginAs, outcome } from '../support/http-model.ts'

const definitions: readonly Written[] = [
  {
    kind: 'entity',
    name: 'firm',
    owned: true,
    fields: [
      { name: 'name', type: 'text', required: true },
      { name: 'level', type: 'select', options: [{ name: 'a' }, { name: 'b' }] },
      { name: 'secret', type: 'text' },
    ],
  },
  { kind: 'entity', name: 'hidden', fields: [{ name: 'name', type: 'text' }] },
  {
    kind: 'role',
    name: 'seller',
    default: { read: 'none' },
    entities: { firm: { read: 'all', create: true, update: 'own', fields: { secret: { read: false } } } },
  },
] as unknown as readonly Written[]

type Person = Client & { readonly id: string }

describe('views of one’s own', () => {
  let engine: TestEngine
  let admin: Client
  let ann: Person
  let bob: Person
  let carl: Person
  let team: string

  before(async () => {
    engine = await startEngine()
    admin = await engine.loginAdmin()
    await publishAll(admin, definitions)
    ann = await loginAs(admin, 'ann', ['seller'])
    bob = await loginAs(admin, 'bob', ['seller'])
    carl = await loginAs(admin, 'carl', ['seller'])
    team = (await admin.post('/api/records/team', { name: 'North' })).record.id
    for (const { id } of [ann, bob]) await admin.patch(`/api/records/user/${id}`, { team })
  })
  after(() => engine.stop())

  const view = (name: string, more: object) => ({
    ...{ kind: 'view', name, label: 'Mine', entity: 'firm', type: 'table', columns: ['name', 'level'] },
    ...more,
  })
  const save = (who: Client, name: string, more: object) =>
    who.put(`/api/meta/content/view/${name}`, view(name, more))
  const mine = async (who: Client) =>
    ((await who.get('/api/views')).body as { data: readonly { name: string }[] }).data.map(({ name }) => name)

  it('are in force on save, for the person and for nobody else', async () => {
    const filter = { '==': [{ var: 'level' }, 'a'] }
    const saved = await save(ann, 'own_one', { belongsTo: { user: ann.id }, filter, sort: ['-name'] })
    expect(saved.status).to.equal(200)
    expect([await mine(ann), await mine(bob), await mine(admin)]).to.deep.equal([['own_one'], [], []])
    const answer = await ann.get('/api/views')
    expect((answer.body as { data: readonly object[] }).data[0]).to.deep.include({
      ...{
        entity: 'firm',
        type: 'table',
        label: 'Mine',
        filter,
        sort: ['-name'],
        belongsTo: { user: ann.id },
      },
      columns: [{ field: 'name' }, { field: 'level' }],
    })
    for (const who of [ann, bob]) expect((await who.get('/api/meta/model')).text).not.to.include('own_one')
  })

  it('of a team are those of everybody in it, who change and remove them too', async () => {
    expect((await save(ann, 'team_one', { belongsTo: { team } })).status).to.equal(200)
    expect([(await mine(bob)).includes('team_one'), await mine(carl)]).to.deep.equal([true, []])
    expect((await save(bob, 'team_one', { belongsTo: { team }, label: 'Ours' })).status).to.equal(200)
    expect((await bob.delete('/api/meta/content/view/team_one')).status).to.equal(204)
    expect(await mine(bob)).to.deep.equal([])
  })

  it('are saved for no one else, and nothing of everybody’s is', async () => {
    const refused = [
      await save(ann, 'of_bob', { belongsTo: { user: bob.id } }),
      await save(carl, 'of_team', { belongsTo: { team } }),
      await save(ann, 'of_all', {}),
      await save(bob, 'own_one', { belongsTo: { user: bob.id } }),
      await bob.delete('/api/meta/content/view/own_one'),
    ]
    expect(refused.map(outcome)).to.deep.equal(Array(5).fill('403 AUTH_DENIED'))
    expect((await save(admin, 'of_all', {})).status).to.equal(200)
  })

  it('tell nothing of fields and entities that one may not know', async () => {
    const own = { belongsTo: { user: ann.id } }
    const told = async (more: object) => {
      const answer = await save(ann, 'own_two', { ...own, ...more })
      return [answer.status, ...answer.problems.map(({ code, path }) => `${code} ${path}`)]
    }
    expect(await told({ columns: ['name', 'secret'] })).to.deep.equal([400, 'QUERY_FIELD_UNKNOWN /columns/1'])
    expect(await told({ columns: ['name', 'nonsense'] })).to.deep.equal([
      400,
      'QUERY_FIELD_UNKNOWN /columns/1',
    ])
    expect(await told({ sort: ['-secret'] })).to.deep.equal([400, 'QUERY_FIELD_UNKNOWN /sort/0'])
    expect(await told({ type: 'board', group: 'secret' })).to.deep.equal([400, 'QUERY_FIELD_UNKNOWN /group'])
    const hidden = await told({ filter: { '==': [{ var: 'secret' }, 'x'] } })
    const nothing = await told({ filter: { '==': [{ var: 'nonsen' }, 'x'] } })
    expect(hidden).to.deep.equal(nothing)
    expect((await told({ entity: 'hidden', columns: ['name'] }))[0]).to.equal(404)
    expect(await mine(ann)).to.deep.equal(['own_one'])
  })

  it('hold boards to a field of a few values', async () => {
    const told = async (more: object) => {
      const answer = await save(admin, 'board', { type: 'board', ...more })
      return [answer.status, ...answer.problems.map(({ code, path }) => `${code} ${path}`)]
    }
    expect(await told({})).to.deep.equal([422, 'FIELD_REQUIRED /group'])
    expect(await told({ group: 'name' })).to.deep.equal([422, 'META_VALUE_INVALID /group'])
    expect(await told({ group: 'levle' })).to.deep.equal([422, 'META_REFERENCE_UNKNOWN /group'])
    expect(await told({ group: 'level' })).to.deep.equal([200])
  })

  it('hold groups of tables, rows of boards and days of calendars to fields that have them', async () => {
    const told = async (more: object) => {
      const answer = await save(admin, 'other', more)
      return [answer.status, ...answer.problems.map(({ code, path }) => `${code} ${path}`)]
    }
    const refused = (at: string) => [422, `META_VALUE_INVALID ${at}`]
    expect(await told({ group: 'level' })).to.deep.equal([200])
    expect(await told({ group: 'name' })).to.deep.equal(refused('/group'))
    expect(await told({ group: 'level', type: 'cards' })).to.deep.equal(refused('/group'))
    expect(await told({ lanes: 'level' })).to.deep.equal(refused('/lanes'))
    expect(await told({ type: 'board', group: 'level', lanes: 'level' })).to.deep.equal(refused('/lanes'))
    expect(await told({ type: 'board', group: 'level', limits: { c: 2 } })).to.deep.equal(
      refused('/limits/c'),
    )
    expect(await told({ type: 'calendar' })).to.deep.equal([422, 'FIELD_REQUIRED /date'])
    expect(await told({ type: 'calendar', date: 'name' })).to.deep.equal(refused('/date'))
    expect(await told({ date: 'created_at' })).to.deep.equal(refused('/date'))
    expect(await told({ type: 'calendar', date: 'created_at' })).to.deep.equal([200])
    const known = await save(ann, 'days', { type: 'calendar', date: 'secret', belongsTo: { user: ann.id } })
    expect(known.problems.map(({ code, path }) => `${code} ${path}`)).to.deep.equal([
      'QUERY_FIELD_UNKNOWN /date',
    ])
  })
})
