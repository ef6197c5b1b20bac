import { expect } from 'chai'
import type { Definition } from '../../../engine/model/compiled.ts'
import { publishDefinitions } from '../../../engine/model/publish-definitions.ts'
import type { ApiRecord, Client } from '../../support/http.ts'
import { DEFINITIONS, make, NOBODY, outcome, recordsRegistry, startWorld, type World } from './world.ts'

interface Entry {
  readonly action: string
  readonly version: number
  readonly via: string
  readonly actor: { readonly id: string; readonly label: string | null } | null
  readonly changes: readonly { readonly field: string; readonly before: unknown; readonly after: unknown }[]
}

describe('history, audit and events', () => {
  let world: World
  let admin: Client
  let schema: string

  before(async () => {
    world = await startWorld()
    admin = world.admin
    const found = await world.database.query<{ s: string }>({
      text: `SELECT quote_ident(table_schema) AS s FROM information_schema.tables WHERE table_name = 'tenon_audit'`,
    })
    schema = found.rows[0]!.s
  })
  after(() => world.stop())

  const history = async (entity: string, { id }: ApiRecord, query = '') =>
    (await admin.get(`/api/records/${entity}/${id}/history${query}`)).records as unknown as readonly Entry[]
  const changes = (entry: Entry | undefined) =>
    Object.fromEntries((entry?.changes ?? []).map(({ field, before, after }) => [field, [before, after]]))
  const rows = async (id: string) =>
    (
      await world.database.query<{ action: string; version: number }>({
        text: `SELECT action, version FROM ${schema}.tenon_audit WHERE record = $1 ORDER BY id`,
        values: [id],
      })
    ).rows.map((row) => `${row.action} ${row.version}`)

  it('tells each write with who, how, before and after, newest first', async () => {
    const pump = await make(admin, 'product', { name: 'Pump' })
    const record = await make(admin, 'account', { name: 'one', amount: 1.5, tags: ['x'], products: [] })
    const at = `/api/records/account/${record.id}`
    await admin.patch(at, {
      name: 'two',
      amount: 1.5,
      tags: ['x', 'y'],
      seen_at: '2026-01-01T08:00:00+08:00',
    })
    await admin.patch(at, { products: [pump.id] })
    await admin.patch(at, { products: [] })
    await admin.delete(at)
    await admin.post(`${at}/restore`)
    const entries = await history('account', record)
    expect(entries.map((entry) => `${entry.action} ${entry.version} ${entry.via}`)).to.deep.equal([
      'restore 6 api',
      'delete 5 api',
      'update 4 api',
      'update 3 api',
      'update 2 api',
      'create 1 api',
    ])
    expect(entries.map(changes)).to.deep.equal([
      {},
      {},
      { products: [[pump.id], []] },
      { products: [[], [pump.id]] },
      { name: ['one', 'two'], tags: [['x'], ['x', 'y']], seen_at: [null, '2026-01-01T00:00:00.000Z'] },
      {
        name: [null, 'one'],
        amount: [null, 1.5],
        tags: [null, ['x']],
        products: [null, []],
        level: [null, 'c'],
        owner: [null, record.owner],
      },
    ])
    expect(entries[0]?.actor).to.deep.equal({ id: record.created_by, label: entries[0]?.actor?.label })
    expect(entries[0]?.actor?.label).to.be.a('string')
  })

  it('leaves an audit row and an event for each committed write, and none for others', async () => {
    const record = await make(admin, 'account', { name: 'one', code: 'A1' })
    const at = `/api/records/account/${record.id}`
    await make(admin, 'account', { name: 'taken', code: 'A2' })
    expect((await admin.patch(at, { code: 'A2' })).status).to.equal(409)
    expect((await admin.patch(at, { level: 'z' })).status).to.equal(422)
    expect((await admin.patch(at, { parent: NOBODY })).status).to.equal(422)
    expect((await admin.patch(at, { name: 'x' }, { headers: { 'if-match': '"7"' } })).status).to.equal(412)
    await admin.delete(`${at}?dry_run=1`)
    await admin.post('/api/records/account/bulk', { update: [{ id: record.id, name: 'x' }, { id: NOBODY }] })
    expect((await admin.patch(at, { name: 'two' })).status).to.equal(200)
    expect(await rows(record.id)).to.deep.equal(['create 1', 'update 2'])
  })

  it('pages', async () => {
    const record = await make(admin, 'account', { name: '0' })
    for (const name of ['1', '2', '3']) await admin.patch(`/api/records/account/${record.id}`, { name })
    const at = `/api/records/account/${record.id}/history`
    const versions: number[] = []
    let after = ''
    do {
      const answer = await admin.get(`${at}?limit=2${after}`)
      versions.push(...answer.records.map((row) => row.version))
      const { next } = (answer.body as { page: { next: string | null } }).page
      after = next === null ? '' : `&after=${next}`
    } while (after !== '')
    expect(versions).to.deep.equal([4, 3, 2, 1])
    const first = (await admin.get(`${at}?limit=1`)).body as { page: { next: string } }
    const other = await make(admin, 'account', { name: 'other' })
    const bad = [
      await admin.get(`/api/records/account/${other.id}/history?after=${first.page.next}`),
      await admin.get(`${at}?after=x`),
      await admin.get(`${at}?limit=0`),
      await admin.get(`${at}?sort=at`),
    ]
    expect(bad.map(outcome)).to.deep.equal([
      [400, 'QUERY_CURSOR_INVALID /after'],
      [400, 'QUERY_CURSOR_INVALID /after'],
      [400, 'QUERY_LIMIT_INVALID /limit'],
      [400, 'HTTP_PARAMETER_UNKNOWN /sort'],
    ])
  })

  it('never holds a password', async () => {
    const secret = 'a very secret password'
    const made = await admin.post('/api/records/user', {
      name: 'n',
      email: 'n@example.com',
      roles: ['sales'],
      password: secret,
    })
    expect(made.status).to.equal(201)
    await admin.patch(`/api/records/user/${made.record.id}`, { password: `${secret} 2` })
    const entries = await history('user', made.record)
    expect(made.record).to.not.have.property('password')
    expect(entries.map((entry) => Object.keys(changes(entry)).includes('password'))).to.deep.equal([
      false,
      false,
    ])
    const kept = await world.database.query<{ text: string }>({
      text: `SELECT string_agg(a::text, ' ') AS text FROM ${schema}.tenon_audit a WHERE record = $1`,
      values: [made.record.id],
    })
    expect(kept.rows[0]?.text).to.not.include('secret').and.not.include('argon2')
  })

  it('tells a dynamic lookup by the names of today, and outlives the rename of a field', async () => {
    const account = await make(admin, 'account', { name: 'told', note: 'first' })
    const activity = await make(admin, 'activity', {
      subject: 's',
      about: { entity: 'account', id: account.id },
    })
    await admin.patch(`/api/records/activity/${activity.id}`, { about: null })
    await admin.patch(`/api/records/account/${account.id}`, { note: 'second' })
    const about = { entity: 'account', id: account.id }
    expect((await history('activity', activity)).map((entry) => changes(entry).about)).to.deep.equal([
      [about, null],
      [null, about],
    ])
    await publishDefinitions(world.database, recordsRegistry(), 'default', renamed(DEFINITIONS), 'rename')
    const until = Date.now() + 60_000
    while ((await admin.get('/api/records/account?fields=remark')).status !== 200 && Date.now() < until)
      await pause(20)
    const told = (await history('account', account)).map((entry) => changes(entry).remark)
    expect(told).to.deep.equal([
      ['first', 'second'],
      [null, 'first'],
    ])
  })
})

/** The account with `note` called `remark`. */
function renamed(definitions: readonly Definition[]): readonly Definition[] {
  return definitions
    .filter((definition) => definition.name === 'account')
    .map((definition) =>
      definition.kind !== 'entity'
        ? definition
        : {
            ...definition,
            fields: definition.fields.map((field) =>
              field.name === 'note' ? { ...field, name: 'remark', was: 'note' } : field,
            ),
          },
    )
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}
