import { expect } from 'chai'
import { bootstrapWorkspace } from '../../../engine/model/bootstrap.ts'
import type { Definition } from '../../../engine/model/compiled.ts'
import { publishDefinitions } from '../../../engine/model/publish-definitions.ts'
import { startEngine, type TestEngine } from '../../support/engine.ts'
import { type Client, createClient } from '../../support/http.ts'
import { workspaceTemplate } from '../../support/postgres.ts'
import { listPath, make, outcome, recordsRegistry } from './world.ts'

const CARD = '6222021234567890123'
const OTHER = '6222029999990123'
const PASSPORT = '护照 "E12345678"'

const DEFINITIONS: readonly Definition[] = [
  {
    kind: 'entity',
    name: 'payee',
    title: 'name',
    fields: [
      { name: 'name', type: 'text', required: true, searchable: true },
      { name: 'card', type: 'encrypted', personal: 'financial', mask: 'id_number' },
      { name: 'id_number', type: 'encrypted', unique: true },
      { name: 'extra', type: 'json' },
      { name: 'payments', type: 'child_list', of: 'payment', by: 'payee' },
    ],
  },
  {
    kind: 'entity',
    name: 'payment',
    title: 'name',
    fields: [
      { name: 'name', type: 'text', required: true },
      { name: 'note', type: 'encrypted' },
      { name: 'payee', type: 'lookup', to: 'payee', required: true, onDelete: 'cascade', inverse: 'paid' },
    ],
  },
  {
    kind: 'role',
    name: 'clerk',
    personal: { financial: 'masked' },
    entities: { payee: { read: 'all', update: 'all' } },
  },
  { kind: 'role', name: 'visitor', entities: { payee: { read: 'all' } } },
]

describe('encrypted fields', () => {
  let engine: TestEngine
  let admin: Client
  before(async () => {
    engine = await startEngine({
      template: {
        key: 'encrypted',
        async build(database, url) {
          await workspaceTemplate.build(database, url)
          await bootstrapWorkspace(database, recordsRegistry(), 'default')
          await publishDefinitions(database, recordsRegistry(), 'default', DEFINITIONS, 'encrypted')
        },
      },
    })
    admin = await engine.loginAdmin()
  })
  after(() => engine.stop())

  /** Everything that the database holds of a workspace, as text. */
  async function everyRow(): Promise<string> {
    const { rows } = await engine.database.query<{ name: string }>({
      text: `SELECT c.oid::regclass::text AS name FROM pg_class c WHERE c.relkind = 'r' AND c.relnamespace = 'ws_default'::regnamespace`,
    })
    const texts: string[] = []
    for (const { name } of rows) {
      const found = await engine.database.query<{ t: string | null }>({
        text: `SELECT string_agg(x::text, E'\\n') AS t FROM ${name} x`,
      })
      texts.push(found.rows[0]?.t ?? '')
    }
    return texts.join('\n')
  }

  it('come back from every call as they went in', async () => {
    const made = await admin.post('/api/records/payee', { name: 'A', card: CARD, id_number: PASSPORT })
    const { id } = made.record
    const patched = await admin.patch(`/api/records/payee/${id}`, { card: OTHER })
    const one = await admin.get(`/api/records/payee/${id}?fields=card,id_number`)
    const list = await admin.get(listPath('payee', { filter: { '==': [{ var: 'name' }, 'A'] } }))
    const child = await make(admin, 'payment', { name: 'P', payee: id, note: 'for the house' })
    const expanded = await admin.get(`/api/records/payment/${child.id}?expand=payee&fields=note,payee.card`)
    const related = await admin.get(`/api/records/payee/${id}/related/paid?fields=note`)
    const children = await admin.get(`/api/records/payee/${id}?fields=payments`)
    expect({
      made: [made.status, made.record.card, made.record.id_number],
      patched: [patched.record.card, patched.record.id_number],
      one: one.record,
      list: list.records.map((record) => [record.card, record.id_number]),
      expanded: [expanded.record.note, (expanded.record.payee as { card: string }).card],
      related: related.records.map((record) => record.note),
      children: (children.record.payments as { note: string }[]).map((payment) => payment.note),
    }).to.deep.equal({
      made: [201, CARD, PASSPORT],
      patched: [OTHER, PASSPORT],
      one: { id, card: OTHER, id_number: PASSPORT },
      list: [[OTHER, PASSPORT]],
      expanded: ['for the house', OTHER],
      related: ['for the house'],
      children: ['for the house'],
    })
  })

  it('are nowhere in the database as they are, not in audit, events, search or kept answers', async () => {
    const secrets = ['6217000099998888777', '11010519491231002X', '6217555544443333222']
    const made = await admin.post(
      '/api/records/payee',
      { name: 'Hidden', card: secrets[0], id_number: secrets[1] },
      { headers: { 'Idempotency-Key': 'payee-1' } },
    )
    await admin.patch(`/api/records/payee/${made.record.id}`, { card: secrets[2] })
    await admin.post('/api/records/payee/bulk', { update: [{ id: made.record.id, card: secrets[0] }] })
    const all = await everyRow()
    expect(all).to.include('Hidden')
    for (const secret of secrets) expect(all).not.to.include(secret)
    const again = await admin.post(
      '/api/records/payee',
      { name: 'Hidden', card: secrets[0], id_number: secrets[1] },
      { headers: { 'Idempotency-Key': 'payee-1' } },
    )
    expect([again.status, again.headers.get('idempotency-replayed'), again.record]).to.deep.equal([
      201,
      'true',
      made.record,
    ])
  })

  it('show in the history that they changed, not from what to what; the same value once more is no change', async () => {
    const { id } = await make(admin, 'payee', { name: 'H', card: CARD })
    await admin.patch(`/api/records/payee/${id}`, { card: OTHER, name: 'H2' })
    await admin.patch(`/api/records/payee/${id}`, { card: OTHER, name: 'H3' })
    const history = await admin.get(`/api/records/payee/${id}/history`)
    const changes = history.records.map((entry) =>
      (entry.changes as { field: string; before: unknown; after: unknown }[]).map((change) => change.field),
    )
    expect(changes).to.deep.equal([['name'], ['name', 'card'], ['name', 'card']])
    const told = (history.records[1]!.changes as { field: string }[]).find(({ field }) => field === 'card')
    expect(told).to.deep.equal({ field: 'card', label: 'card', before: null, after: null, concealed: true })
    expect(history.text).not.to.include(CARD).and.not.to.include(OTHER)
  })

  const filters = [
    { filter: { '==': [{ var: 'card' }, 'F-card 1234'] }, finds: ['f1'] },
    { filter: { '==': ['F-card 1234', { var: 'card' }] }, finds: ['f1'] },
    { filter: { '==': [{ var: 'card' }, 'f-card 1234'] }, finds: [] },
    { filter: { in: [{ var: 'card' }, ['F-card 1234', 'F-other 123x', 'nobody']] }, finds: ['f1', 'f2'] },
    { filter: { ends_with: [{ var: 'card' }, '1234'] }, finds: ['f1'] },
    { filter: { ends_with: [{ var: 'card' }, '123X'] }, finds: ['f2'] },
    { filter: { '!=': [{ var: 'card' }, 'F-card 1234'] }, finds: ['f2', 'f3'] },
    { filter: { empty: [{ var: 'card' }] }, finds: ['f3'] },
    { filter: { '!': [{ not_empty: { var: 'card' } }] }, finds: ['f3'] },
    { filter: { '!!': [{ var: 'card' }] }, finds: ['f1', 'f2'] },
    { filter: { '==': [{ var: 'card' }, null] }, finds: ['f3'] },
  ]
  describe('in a filter', () => {
    before(async () => {
      await make(admin, 'payee', { name: 'f1', card: 'F-card 1234' })
      await make(admin, 'payee', { name: 'f2', card: 'F-other 123x' })
      await make(admin, 'payee', { name: 'f3' })
    })
    const among = { in: [{ var: 'name' }, ['f1', 'f2', 'f3']] }

    for (const { filter, finds } of filters) {
      it(`answer ${JSON.stringify(filter)}`, async () => {
        const found = await admin.get(listPath('payee', { filter: { and: [among, filter] }, sort: 'name' }))
        expect(found.records.map((record) => record.name)).to.deep.equal(finds)
        const counted = await admin.post('/api/records/payee/aggregate', { filter: { and: [among, filter] } })
        expect(counted.records).to.deep.equal([{ count: finds.length }])
      })
    }

    it('answer through a lookup', async () => {
      const payee = await admin.get(listPath('payee', { filter: { '==': [{ var: 'name' }, 'f1'] } }))
      await make(admin, 'payment', { name: 'of f1', payee: payee.records[0]!.id })
      const filter = { ends_with: [{ var: 'payee.card' }, '1234'] }
      const found = await admin.get(listPath('payment', { filter }))
      expect(found.records.map((record) => record.name)).to.deep.equal(['of f1'])
    })

    const refused = [
      { contains: [{ var: 'card' }, '12'] },
      { starts_with: [{ var: 'card' }, '6222'] },
      { ends_with: [{ var: 'card' }, '123'] },
      { ends_with: [{ var: 'card' }, '01234'] },
      { '<': [{ var: 'card' }, '7'] },
      { '==': [{ var: 'card' }, { var: 'name' }] },
      { '==': [{ var: 'card' }, { var: 'id_number' }] },
      { in: ['12', { var: 'card' }] },
      { '==': [{ var: ['card', 'x'] }, 'x'] },
      { '==': [{ length: { var: 'card' } }, 16] },
      { '==': [{ coalesce: [{ var: 'card' }, 'x'] }, 'x'] },
      { some: [{ var: 'actor.roles' }, { '==': [{ var: 'item' }, { var: 'record.card' }] }] },
    ]
    for (const filter of refused) {
      it(`refuse ${JSON.stringify(filter)}`, async () => {
        const answer = await admin.get(listPath('payee', { filter }))
        expect(outcome(answer)).to.deep.equal([400, 'SECRET_COMPARISON_UNFIT /filter'])
      })
    }

    it('are found by their index', async () => {
      const { rows } = await engine.database.query<{ indexdef: string }>({
        text: `SELECT indexdef FROM pg_indexes WHERE schemaname = 'ws_default' AND tablename = 'payee' AND indexdef LIKE '%(card)%'`,
      })
      expect(rows).to.have.length(1)
    })
  })

  it('are neither sorted, grouped, measured nor searched by', async () => {
    const group = await admin.post('/api/records/payee/aggregate', { group: ['card'] })
    const sum = await admin.post('/api/records/payee/aggregate', { measures: [{ fn: 'max', field: 'card' }] })
    const sorted = await admin.get('/api/records/payee?sort=card')
    const searched = await admin.get('/api/records/payee?q=6222021234567890123')
    expect([group.status, sum.status, sorted.status, searched.status]).to.deep.equal([400, 400, 400, 200])
    expect(searched.records).to.deep.equal([])
  })

  it('are unique by the whole value, and found by it for an upsert', async () => {
    await make(admin, 'payee', { name: 'U', id_number: 'U-1' })
    const twice = await admin.post('/api/records/payee', { name: 'U2', id_number: 'U-1' })
    const changed = await admin.put('/api/records/payee/by/id_number/U-1', { name: 'U3' })
    const added = await admin.put('/api/records/payee/by/id_number/U-2', { name: 'U4' })
    expect({
      twice: outcome(twice),
      changed: [changed.status, changed.record.name, changed.record.id_number],
      added: [added.status, added.record.id_number],
    }).to.deep.equal({
      twice: [409, 'RECORD_DUPLICATE /id_number'],
      changed: [200, 'U3', 'U-1'],
      added: [201, 'U-2'],
    })
  })

  it('cannot be counterfeited by what a record holds', async () => {
    const forged = '"\\u0062ox:00000000-0000-7000-8000-000000000000:00000000-0000-7000-8000-000000000000:00"'
    const made = await make(admin, 'payee', { name: forged, card: forged, extra: { [forged]: [forged] } })
    const { record } = await admin.get(`/api/records/payee/${made.id}`)
    expect([record.name, record.card, record.extra]).to.deep.equal([forged, forged, { [forged]: [forged] }])
  })

  it('are not shown where someone moved them to another record in the database', async () => {
    const [one, two] = [
      await make(admin, 'payee', { name: 'M1', card: 'mine' }),
      await make(admin, 'payee', { name: 'M2', card: 'theirs' }),
    ]
    await engine.database.query({
      text: `UPDATE ws_default.payee SET card_box = (SELECT card_box FROM ws_default.payee WHERE id = $1) WHERE id = $2`,
      values: [one.id, two.id],
    })
    const answer = await admin.get(`/api/records/payee/${two.id}`)
    expect(outcome(answer)).to.deep.equal([500, 'SECRET_VALUE_DAMAGED'])
    await engine.database.query({ text: 'DELETE FROM ws_default.payee WHERE id = $1', values: [two.id] })
  })

  it('go through bulk, dry run, delete and restore', async () => {
    const bulk = await admin.post('/api/records/payee/bulk', {
      create: [
        { name: 'B1', card: 'bulk one' },
        { name: 'B2', card: 'bulk two' },
      ],
    })
    const dry = await admin.post('/api/records/payee?dry_run=1', { name: 'D', card: 'dry' })
    const found = await admin.get(
      listPath('payee', { filter: { in: [{ var: 'card' }, ['bulk one', 'bulk two']] } }),
    )
    const { id } = found.records[0]!
    await admin.delete(`/api/records/payee/${id}`)
    const restored = await admin.post(`/api/records/payee/${id}/restore`)
    expect({
      bulk: bulk.status,
      dry: dry.record.card,
      found: found.records.map((record) => record.card).sort(),
      restored: restored.record.card,
    }).to.deep.equal({
      bulk: 200,
      dry: 'dry',
      found: ['bulk one', 'bulk two'],
      restored: found.records[0]!.card,
    })
  })

  it('are masked or unknown to whom they are not granted', async () => {
    await make(admin, 'payee', { name: 'masked', card: CARD })
    const filter = { '==': [{ var: 'name' }, 'masked'] }
    const byCard = { '==': [{ var: 'card' }, CARD] }
    const [clerk, visitor] = [await person('clerk'), await person('visitor')]
    const seen = await clerk.get(listPath('payee', { filter }))
    const found = await clerk.get(listPath('payee', { filter: { and: [filter, byCard] } }))
    const unseen = await visitor.get(listPath('payee', { filter }))
    expect({
      seen: seen.records.map((record) => record.card),
      found: found.records,
      unseen: unseen.records.map((record) => Object.hasOwn(record, 'card')),
      asked: outcome(await visitor.get(listPath('payee', { filter: byCard }))),
      named: outcome(await visitor.get('/api/records/payee?fields=card')),
    }).to.deep.equal({
      seen: ['***************0123'],
      found: [],
      unseen: [false],
      asked: [400, 'RULE_FIELD_UNKNOWN /filter/==/0/var'],
      named: [400, 'QUERY_FIELD_UNKNOWN /fields'],
    })
  })

  async function person(role: string): Promise<Client> {
    const email = `${role}@example.com`
    const password = 'correct horse battery'
    await admin.post('/api/records/user', { name: role, email, roles: [role], password })
    return await engine.client.login(email, password)
  }

  it('say which key is missing on a node that lacks it, which serves all else', async () => {
    const made = await make(admin, 'payee', { name: 'keyless', card: CARD })
    const node = await startEngine({ on: engine })
    try {
      const there = createClient(node.url, admin.token)
      const sealed = await there.get(`/api/records/payee/${made.id}`)
      expect(outcome(sealed)).to.deep.equal([500, 'SECRET_KEY_MISSING'])
      const written = await there.post('/api/records/payee', { name: 'keyless too', card: CARD })
      expect(outcome(written)).to.deep.equal([500, 'SECRET_KEY_MISSING'])
      const open = await there.get(`/api/records/payee/${made.id}?fields=name`)
      expect(open.record).to.deep.equal({ id: made.id, name: 'keyless' })
      const filter = { '==': [{ var: 'name' }, 'keyless too'] }
      expect((await admin.get(listPath('payee', { filter }))).records).to.deep.equal([])
    } finally {
      await node.stop()
    }
  })

  it('say no default, no search and no title in a definition', async () => {
    const { record: draft } = await admin.post('/api/meta/changesets', { label: 'bad' })
    await admin.put(`/api/meta/changesets/${draft.id}/definitions/entity/bad`, {
      kind: 'entity',
      name: 'bad',
      title: 'code',
      fields: [{ name: 'code', type: 'encrypted', default: 'x', searchable: true }],
    })
    const checked = await admin.post(`/api/meta/changesets/${draft.id}/check`)
    const text = JSON.stringify(checked.body)
    for (const code of ['META_DEFAULT_INVALID', 'META_FIELD_NOT_SEARCHABLE', 'META_TITLE_UNREADABLE']) {
      expect(text).to.include(code)
    }
  })
})
