import { expect } from 'chai'
import { DateTime } from 'luxon'
import type { Definition } from '../../../engine/model/compiled.ts'
import { publishDefinitions } from '../../../engine/model/publish-definitions.ts'
import { auditPath } from '../../support/audit.ts'
import { ADMIN } from '../../support/engine.ts'
import type { Answer, Client } from '../../support/http.ts'
import { listPath, make, NOBODY, outcome, recordsRegistry, startWorld, type World } from '../records/world.ts'

interface Entry {
  readonly id: string
  readonly action: string
  readonly via: string
  readonly actor: { readonly id: string; readonly label: string | null } | null
  readonly entity: { readonly name: string } | null
  readonly record: {
    readonly id: string | null
    readonly label: string | null
    readonly hidden?: true
  } | null
  readonly subject: string | null
  readonly request: string | null
  readonly address: string | null
  readonly erased: boolean
  readonly changes: readonly { readonly field: string; readonly before: unknown; readonly after: unknown }[]
  readonly details: Readonly<Record<string, unknown>>
}

const ROLES: readonly Definition[] = [
  {
    kind: 'role',
    name: 'auditor',
    default: { read: 'none' },
    administration: ['audit'],
    entities: { account: { read: 'own' } },
  },
  { kind: 'role', name: 'reader_clerk', entities: { account: { read: 'all', create: true, update: 'own' } } },
  { kind: 'role', name: 'clerk', entities: { account: { read: 'own', create: true, update: 'own' } } },
]

/** Where a new workspace's days begin. */
const WORKSPACE_ZONE = 'Asia/Shanghai'

describe('the audit over HTTP', () => {
  let world: World
  let admin: Client

  before(async () => {
    world = await startWorld()
    admin = world.admin
    await publishDefinitions(world.database, recordsRegistry(), 'default', ROLES, 'roles')
  })
  after(() => world.stop())

  const entriesOf = (answer: Answer) => answer.records as unknown as readonly Entry[]
  const ask = async (query: string, client = admin) => entriesOf(await client.get(auditPath(`${query}`)))
  const latest = async (query: string) => (await ask(`${query}&limit=1`))[0]!

  it('tells a write with who, from where, through what, and before and after', async () => {
    const request = '0198c5b2-0000-7000-8000-0000000000aa'
    const record = await make(admin, 'account', { name: 'Acme', amount: 5 })
    const sent = { body: { amount: 7 }, headers: { 'x-request-id': request } }
    await admin.call('PATCH', `/api/records/account/${record.id}`, sent)
    const [entry, ...others] = await ask(`record=${record.id}&action=update`)
    expect(others).to.deep.equal([])
    expect({ ...entry, id: '', at: '', actor: entry?.actor?.id }).to.deep.equal({
      ...{ id: '', at: '', actor: record.created_by, via: 'api', action: 'update' },
      entity: { name: 'account', label: 'account' },
      record: { id: record.id, label: 'Acme' },
      ...{ version: 2, subject: null, request, address: entry?.address, erased: false },
      changes: [{ field: 'amount', label: 'amount', before: 5, after: 7 }],
      details: {},
    })
    expect(entry?.address).to.match(/127\.0\.0\.1|::1/)
  })

  it('is asked by person, entity, field, action, request and period', async () => {
    const clerk = await world.person('clerk', 'clerk')
    const record = await make(clerk, 'account', { name: 'Beta', level: 'a' })
    await clerk.patch(`/api/records/account/${record.id}`, { level: 'b' })
    await clerk.patch(`/api/records/account/${record.id}`, { name: 'Gamma' })
    const actions = async (query: string) =>
      (await ask(`record=${record.id}&${query}`)).map(({ action, changes }) => `${action} ${changes.length}`)
    expect(await actions(`user=${clerk.id}`)).to.deep.equal(['update 1', 'update 1', 'create 3'])
    expect(await actions('entity=account&field=level')).to.deep.equal(['update 1', 'create 3'])
    expect(await actions('action=create,delete')).to.deep.equal(['create 3'])
    expect(await actions('entity=product')).to.deep.equal([])
    const hour = (offset: number) => new Date(Date.now() + offset * 3_600_000).toISOString()
    expect(await actions(`from=${hour(-1)}&until=${hour(1)}`)).to.have.length(3)
    expect(await actions(`from=${hour(1)}`)).to.deep.equal([])
    expect(await actions('until=2020-01-01T00:00:00Z')).to.deep.equal([])
    const { request } = await latest(`record=${record.id}`)
    expect((await ask(`request=${request}`)).map(({ action }) => action)).to.deep.equal(['update'])
  })

  it('pages without a gap or a repeat', async () => {
    const all = (await ask('entity=account&limit=200')).map(({ id }) => id)
    const seen: string[] = []
    let after = ''
    do {
      const answer = await admin.get(auditPath(`entity=account&limit=2${after}`))
      seen.push(...entriesOf(answer).map(({ id }) => id))
      const { next } = (answer.body as { page: { next: string | null } }).page
      after = next === null ? '' : `&after=${next}`
    } while (after !== '')
    expect(seen).to.deep.equal(all)
    const { page } = (await admin.get(auditPath('entity=account&limit=1'))).body as { page: { next: string } }
    const other = await admin.get(auditPath(`entity=product&limit=1&after=${page.next}`))
    expect(outcome(other)).to.deep.equal([400, 'QUERY_CURSOR_INVALID /after'])
  })

  const field = { has: [{ var: 'fields' }, 'name'] }
  const bad: [Readonly<Record<string, unknown>>, (string | number)[]][] = [
    [{ users: 'x' }, [400, 'HTTP_PARAMETER_UNKNOWN /users']],
    [{ filter: { '==': [{ var: 'user' }, 'x'] } }, [400, 'RULE_FIELD_UNKNOWN /filter/==/0/var']],
    [{ filter: { '==': [{ var: 'actor' }, 'x'] } }, [400, 'RULE_LITERAL_INVALID /filter/==/1']],
    [{ filter: { '==': [{ var: 'entity' }, 'accounts'] } }, [400, 'RULE_OPTION_UNKNOWN /filter/==/1']],
    [{ filter: { '==': [{ var: 'action' }, 'creat'] } }, [400, 'RULE_OPTION_UNKNOWN /filter/==/1']],
    [{ filter: field }, [400, 'QUERY_AUDIT_FIELD_ALONE /filter']],
    [
      { filter: { or: [field, { '==': [{ var: 'entity' }, 'account'] }] } },
      [400, 'QUERY_AUDIT_FIELD_ALONE /filter'],
    ],
    [
      { filter: { and: [{ has: [{ var: 'fields' }, 'names'] }, { '==': [{ var: 'entity' }, 'account'] }] } },
      [400, 'QUERY_FIELD_UNKNOWN /filter'],
    ],
    [
      { filter: '{', limit: 0, after: 'x' },
      [400, 'RULE_SHAPE_INVALID /filter', 'QUERY_LIMIT_INVALID /limit'],
    ],
    [{ after: 'x' }, [400, 'QUERY_CURSOR_INVALID /after']],
    [
      { sort: 'action', count: 'exact', fields: 'id,change' },
      [400, 'QUERY_FIELD_NOT_SORTABLE /sort', 'QUERY_COUNT_INVALID /count', 'QUERY_FIELD_UNKNOWN /fields'],
    ],
  ]
  for (const [question, expected] of bad) {
    it(`refuses ${JSON.stringify(question)}`, async () => {
      expect(outcome(await admin.get(listPath('audit_entry', question)))).to.deep.equal(expected)
    })
  }

  it('is read like records: any rule, a body, parts of entries, one by its number', async () => {
    const record = await make(admin, 'account', { name: 'Rule', level: 'a' })
    await admin.patch(`/api/records/account/${record.id}`, { level: 'b' })
    const filter = {
      and: [
        { '==': [{ var: 'record' }, record.id] },
        { or: [{ '>': [{ var: 'version' }, 1] }, { '==': [{ var: 'action' }, 'delete'] }] },
        { '!': { in: [{ var: 'via' }, ['import']] } },
      ],
    }
    const asked = await admin.post('/api/records/audit_entry/query', { filter, fields: 'action,version' })
    const [found, ...others] = asked.records
    expect([found, others]).to.deep.equal([{ id: found?.id, action: 'update', version: 2 }, []])
    const one = await admin.get(`/api/records/audit_entry/${found!.id}`)
    expect(one.record.changes).to.deep.equal([{ field: 'level', label: 'level', before: 'a', after: 'b' }])
    expect(outcome(await admin.get('/api/records/audit_entry/999999999'))).to.deep.equal([
      ...[404, 'RECORD_NOT_FOUND'],
    ])
    expect(outcome(await admin.get(`/api/records/audit_entry/${NOBODY}`))).to.deep.equal([
      ...[404, 'RECORD_NOT_FOUND'],
    ])
  })

  it('is never written through the API', async () => {
    const at = '/api/records/audit_entry'
    const [entry] = await ask('limit=1')
    for (const [method, path, allow] of [
      ['POST', at, 'GET, HEAD, OPTIONS'],
      ['PATCH', `${at}/${entry!.id}`, 'GET, HEAD, OPTIONS'],
      ['DELETE', `${at}/${entry!.id}`, 'GET, HEAD, OPTIONS'],
      ['POST', `${at}/bulk`, 'OPTIONS'],
      ['PUT', `${at}/by/id/1`, 'OPTIONS'],
      ['POST', `${at}/${entry!.id}/restore`, 'OPTIONS'],
    ] as const) {
      const answer = await admin.call(method, path, { body: {} })
      expect([...outcome(answer), answer.headers.get('allow')]).to.deep.equal([
        ...[405, 'HTTP_METHOD_NOT_ALLOWED', allow],
      ])
    }
  })

  it('is for those who have the right, and tells them only what they read', async () => {
    const clerk = await world.person('nosy', 'clerk')
    const at = '/api/records/audit_entry'
    expect(outcome(await clerk.get(at))).to.deep.equal([403, 'AUTH_DENIED'])
    const denied = await latest(`user=${clerk.id}&action=denied`)
    expect(denied.details).to.deep.equal({ method: 'GET', path: at, code: 'AUTH_DENIED' })

    const auditor = await world.person('auditor', 'auditor')
    const mine = await make(admin, 'account', { name: 'Mine', owner: auditor.id })
    const secret = await make(admin, 'account', { name: 'Secret' })
    const product = await make(admin, 'product', { name: 'Hidden product' })
    const of = async (id: string) => (await ask(`record=${id}`, auditor))[0]!
    const hidden = { id: null, label: null, hidden: true }
    expect((await of(mine.id)).record).to.deep.equal({ id: mine.id, label: 'Mine' })
    expect((await of(mine.id)).changes.map(({ field }) => field)).to.include('name')
    expect([(await of(secret.id)).record, (await of(secret.id)).changes]).to.deep.equal([hidden, []])
    const unknown = await of(product.id)
    expect([unknown.entity, unknown.record, unknown.changes]).to.deep.equal([null, hidden, []])
    expect(await ask(`entity=account&field=name&record=${secret.id}`, auditor)).to.deep.equal([])
    expect(outcome(await auditor.get(auditPath('entity=product')))).to.deep.equal([
      ...[400, 'RULE_OPTION_UNKNOWN /filter/and/0/==/1'],
    ])
    expect(JSON.stringify(await ask('limit=200', auditor))).not.to.contain('Hidden product')
  })

  it('tells sign-ins, failed ones, sign-outs and tokens', async () => {
    const person = await world.person('ann', 'clerk')
    await world.client.post('/api/auth/login', { email: 'ann@example.com', password: 'wrong' })
    await person.post('/api/auth/logout')
    const failed = await latest('action=sign_in_failed')
    expect([failed.actor, failed.details]).to.deep.equal([null, { account: 'ann@example.com' }])
    const actions = (await ask(`user=${person.id}`)).map(({ action }) => action)
    expect(actions).to.deep.equal(['sign_out', 'sign_in'])
    await admin.post(`/api/users/${person.id}/invitation`)
    const invited = await latest('action=invited')
    expect([invited.record, invited.details]).to.deep.equal([
      { id: person.id, label: 'ann' },
      { purpose: 'password_reset', mailed: false },
    ])
    await admin.delete(`/api/users/${person.id}/sessions`)
    expect((await latest('action=sessions_ended')).record).to.deep.equal({ id: person.id, label: 'ann' })
    const made = await admin.post('/api/tokens', { label: 'script', roles: ['clerk'] })
    await admin.delete(`/api/tokens/${made.record.id}`)
    const [revoked, issued] = await ask('action=token_made,token_revoked')
    expect([revoked?.subject, issued?.subject]).to.deep.equal([made.record.id, made.record.id])
    expect(issued?.details).to.deep.include({ label: 'script', roles: ['clerk'] })
    expect(JSON.stringify(issued)).not.to.contain((made.body as { data: { token: string } }).data.token)
  })

  it('tells sign-ins that are held back, by the first, tenth, hundredth of an hour', async () => {
    const email = 'guessed@example.com'
    const guess = () => world.client.post('/api/auth/login', { email, password: 'wrong' })
    const codes: string[] = []
    for (let attempt = 1; attempt <= 16; attempt++) codes.push(outcome(await guess())[1] as string)
    expect([codes.filter((code) => code === 'AUTH_FAILED').length, codes.at(-1)]).to.deep.equal([
      ...[5, 'AUTH_THROTTLED'],
    ])
    const told = (await ask('action=denied')).filter(({ details }) => details.account === email)
    expect(told.map(({ actor, details }) => [actor, details.attempts])).to.deep.equal([
      [null, 10],
      [null, 1],
    ])
    const call = { method: 'POST', path: '/api/auth/login', code: 'AUTH_THROTTLED' }
    expect(told[0]!.details).to.deep.equal({ ...call, account: email, attempts: 10 })
    expect(told[0]!.address).to.match(/127\.0\.0\.1|::1/)
  })

  it('tells what was refused within a call on many records, once a call', async () => {
    const clerk = await world.person('bulky', 'reader_clerk')
    const [own, others, more] = [
      await make(clerk, 'account', { name: 'Own' }),
      await make(admin, 'account', { name: 'Others' }),
      await make(admin, 'account', { name: 'More' }),
    ]
    const update = [own, others, more].map(({ id }) => ({ id, level: 'a' }))
    const path = '/api/records/account/bulk'
    const each = await clerk.post(path, { update, atomic: false })
    expect(each.records.map(({ status }) => status)).to.deep.equal([200, 403, 403])
    const call = { method: 'POST', path, code: 'AUTH_DENIED' }
    const denied = () => ask(`user=${clerk.id}&action=denied`)
    const refused = { ...call, refused: 2, places: ['/update/1', '/update/2'] }
    expect((await denied()).map(({ details }) => details)).to.deep.equal([refused])
    expect(outcome(await clerk.post(path, { update }))[0]).to.equal(403)
    expect((await denied()).map(({ details }) => details)).to.deep.equal([refused, refused])
    // What is wrong besides, and told first, hides no refusal.
    const mixed = await clerk.post(path, { update: [{ id: own.id, level: 'z' }, ...update.slice(1, 2)] })
    expect(mixed.status).to.equal(422)
    expect((await denied())[0]!.details).to.deep.equal(call)
    await clerk.post(path, { update: update.slice(0, 1), atomic: false })
    expect(await denied()).to.have.length(3)
  })

  describe('counted', () => {
    const count = (body: object, client = admin) => client.post('/api/records/audit_entry/aggregate', body)

    it('is grouped by who, what, and the day', async () => {
      const clerk = await world.person('counted', 'clerk')
      const record = await make(clerk, 'account', { name: 'Counted' })
      await clerk.patch(`/api/records/account/${record.id}`, { level: 'b' })
      await clerk.patch(`/api/records/account/${record.id}`, { level: 'a' })
      const filter = { '==': [{ var: 'record' }, record.id] }
      const { body } = await count({
        ...{ filter, group: ['action', 'actor', 'entity'], sort: '-count' },
        measures: [{ fn: 'count' }, { fn: 'count_distinct', field: 'request', as: 'calls' }],
      })
      const by = { actor: clerk.id, entity: 'account' }
      expect(body).to.deep.equal({
        data: [
          { action: 'update', ...by, count: 2, calls: 2 },
          { action: 'create', ...by, count: 1, calls: 1 },
        ],
      })
      const day = {
        group: [{ field: 'at', bucket: 'day' }],
        measures: [{ fn: 'count' }, { fn: 'max', field: 'at' }],
      }
      const [only, ...more] = (await count({ filter, ...day })).records as unknown as Record<string, string>[]
      expect(more).to.deep.equal([])
      const today = DateTime.fromISO(only!.max_at ?? '', { zone: WORKSPACE_ZONE }).toISODate()
      expect([only!.count, only!.at]).to.deep.equal([3, today])
      const having = { '>': [{ var: 'count' }, 1] }
      expect((await count({ filter, group: ['action'], having })).body).to.deep.equal({
        data: [{ action: 'update', count: 2 }],
      })
      expect((await count({ filter })).body).to.deep.equal({ data: [{ count: 3 }] })
    })

    it('tells no entity out of sight, and is for those who may read it', async () => {
      const auditor = await world.person('counter', 'auditor')
      await make(admin, 'product', { name: 'Uncounted' })
      const { text } = await count({ group: ['entity'], limit: 100 }, auditor)
      expect(text).to.contain('"account"').and.not.to.contain('product')
      const clerk = await world.person('uncounting', 'clerk')
      expect(outcome(await count({}, clerk))).to.deep.equal([403, 'AUTH_DENIED'])
    })

    const faults: [object, (string | number)[]][] = [
      [{ group: ['record'] }, [400, 'QUERY_FIELD_NOT_GROUPABLE /group/0']],
      [{ group: ['at'] }, [400, 'QUERY_MEASURE_INVALID /group/0/bucket']],
      [{ group: [{ field: 'via', bucket: 'day' }] }, [400, 'QUERY_MEASURE_INVALID /group/0/bucket']],
      [{ measures: [{ fn: 'sum', field: 'version' }] }, [400, 'QUERY_MEASURE_INVALID /measures/0/fn']],
      [{ measures: [{ fn: 'max', field: 'record' }] }, [400, 'QUERY_MEASURE_INVALID /measures/0/field']],
      [{ filter: { has: [{ var: 'fields' }, 'name'] } }, [400, 'RULE_FIELD_UNKNOWN /filter/has/0/var']],
      [
        { groups: [], sort: '-x', limit: 0 },
        [400, 'HTTP_PARAMETER_UNKNOWN /groups', 'QUERY_FIELD_UNKNOWN /sort', 'QUERY_LIMIT_INVALID /limit'],
      ],
    ]
    for (const [question, expected] of faults) {
      it(`refuses ${JSON.stringify(question)}`, async () => {
        expect(outcome(await count(question))).to.deep.equal(expected)
      })
    }
  })

  it('tells definitions that were published or saved, exports and downloads', async () => {
    const view = { kind: 'view', name: 'v', entity: 'account', type: 'table', columns: ['name'] }
    await admin.put('/api/meta/content/view/v', view)
    await admin.put('/api/meta/content/view/v', { ...view, columns: ['name', 'level'] })
    const saved = await latest('subject=view/v')
    expect(saved.details.before).to.deep.include({ columns: ['name'] })
    expect(saved.details.after).to.deep.include({ columns: ['name', 'level'] })

    const { id } = (await admin.post('/api/meta/changesets', { label: 'A role' })).record
    const role = { kind: 'role', name: 'temp', default: { read: 'own' } }
    await admin.put(`/api/meta/changesets/${id}/definitions/role/temp`, role)
    const { hash } = (await admin.post(`/api/meta/changesets/${id}/plan`)).record
    await admin.post(`/api/meta/changesets/${id}/publish`, { hash })
    const [published, changed] = await ask('action=published,definition_changed&limit=2')
    expect([published?.action, published?.details, published?.request]).to.deep.equal([
      ...['published', { label: 'A role' }, changed?.request],
    ])
    expect([changed?.subject, changed?.details.before]).to.deep.equal(['role/temp', null])

    await admin.get('/api/meta/export')
    expect((await latest('action=exported')).subject).to.equal('definitions')
    const form = new FormData()
    form.set('file', new Blob(['hello']), 'hello.txt')
    const file = (await admin.post('/api/files', form)).record
    await admin.get(`/api/files/${file.id}`)
    expect((await ask(`record=${file.id}`)).map(({ action }) => action)).to.deep.equal([
      'downloaded',
      'create',
    ])
  })

  it('is kept as long as the policy says, and tells who changed that', async () => {
    const at = '/api/audit/retention'
    expect((await admin.get(at)).record).to.deep.equal({ months: null })
    expect((await admin.put(at, { months: 24 })).record).to.deep.equal({ months: 24 })
    expect((await latest('action=retention_changed')).details).to.deep.equal({ before: null, after: 24 })
    const faults = [{ months: 0 }, { months: 1.5 }, { months: '3' }, {}, { month: 3 }, []]
    const codes = []
    for (const body of faults) codes.push(outcome(await admin.put(at, body))[1])
    expect(codes).to.deep.equal([
      ...['FIELD_TYPE_WRONG /months', 'FIELD_TYPE_WRONG /months', 'FIELD_TYPE_WRONG /months'],
      ...['FIELD_REQUIRED /months', 'FIELD_UNKNOWN', 'HTTP_BODY_NOT_OBJECT'],
    ])
  })

  it('says “form” of what the pages send', async () => {
    const login = { email: ADMIN.email, password: ADMIN.password }
    const signedIn = await world.client.post('/api/auth/login', login)
    const cookie = signedIn.headers.get('set-cookie')!.split(';')[0]!
    const made = await world.client.call('POST', '/api/records/account', {
      body: { name: 'P' },
      headers: { cookie },
    })
    expect((await latest(`record=${made.record.id}`)).via).to.equal('form')
  })

  describe('restoring', () => {
    const back = (id: string, body: unknown, client = admin, headers = {}) =>
      client.call('POST', `/api/records/account/${id}/history/restore`, { body, headers })

    async function changed(client = admin) {
      const pump = await make(admin, 'product', { name: `Pump ${Math.random()}` })
      const record = await make(client, 'account', { name: 'one', amount: 1.5, tags: ['x'], level: 'a' })
      const at = `/api/records/account/${record.id}`
      await client.patch(at, { name: 'two', tags: ['y'], amount: 123456789012.25 })
      await admin.patch(at, { products: [pump.id], seen_at: '2026-01-01T00:00:00Z' })
      await client.patch(at, { name: 'three', amount: null })
      return { id: record.id, pump: pump.id }
    }

    it('gives a record the values of a version, as an ordinary change', async () => {
      const { id, pump } = await changed()
      const first = (await back(id, { version: 1 })).record
      const values = ({ version, name, amount, tags, products, seen_at, level }: typeof first) =>
        [version, name, amount, tags, products, seen_at, level] as unknown[]
      expect(values(first)).to.deep.equal([5, 'one', 1.5, ['x'], [], null, 'a'])
      const third = (await back(id, { version: 3 })).record
      expect(values(third)).to.deep.equal([
        ...[6, 'two', 123456789012.25, ['y'], [pump], '2026-01-01T00:00:00.000Z', 'a'],
      ])
      expect((await back(id, { version: 6 })).record.version).to.equal(6)
      expect((await latest(`record=${id}`)).action).to.equal('update')
    })

    it('gives one field its value alone', async () => {
      const { id } = await changed()
      const record = (await back(id, { field: 'name', version: 2 })).record
      expect([record.name, record.amount, record.version]).to.deep.equal(['two', null, 5])
      expect((await back(id, { field: 'level', version: 1 })).record.version).to.equal(5)
    })

    it('refuses what was never there, what may not be written and what is gone', async () => {
      const { id } = await changed()
      expect([
        outcome(await back(id, { version: 9 })),
        outcome(await back(id, { version: 0 })),
        outcome(await back(id, { field: 'nam', versio: 1 })),
        outcome(await back(id, { field: 'created_at', version: 1 })),
        outcome(await back(id, [])),
        outcome(await back(NOBODY, { version: 1 })),
        outcome(await back(id, { version: 1 }, admin, { 'if-match': '"2"' })),
      ]).to.deep.equal([
        [422, 'HISTORY_VERSION_UNKNOWN /version'],
        [422, 'FIELD_TYPE_WRONG /version'],
        [422, 'FIELD_UNKNOWN /versio', 'FIELD_REQUIRED /version', 'QUERY_FIELD_UNKNOWN /field'],
        [403, 'FIELD_READ_ONLY /field'],
        [422, 'HTTP_BODY_NOT_OBJECT'],
        [404, 'RECORD_NOT_FOUND'],
        [412, 'RECORD_VERSION_MOVED'],
      ])
      await world.database.query({
        text: `UPDATE "ws_default".tenon_audit SET changes = NULL, salt = NULL WHERE record = $1 AND version = 2`,
        values: [id],
      })
      expect(outcome(await back(id, { version: 1 }))).to.deep.equal([409, 'HISTORY_NOT_KEPT /version'])
      expect((await back(id, { version: 2 })).status).to.equal(200)
      const history = await admin.get(`/api/records/account/${id}/history`)
      expect(history.status).to.equal(200)
      const entry = (await ask(`record=${id}`)).find(({ erased }) => erased)
      expect(entry?.changes).to.deep.equal([])
    })

    it('is for those who may change the record', async () => {
      const reader = await world.person('reader', 'auditor')
      const record = await make(admin, 'account', { name: 'one', owner: reader.id })
      await admin.patch(`/api/records/account/${record.id}`, { name: 'two' })
      expect(outcome(await back(record.id, { version: 1 }, reader))).to.deep.equal([403, 'AUTH_DENIED'])
    })

    it('checks the old values by the rules of today', async () => {
      const record = await make(admin, 'account', { name: 'one', code: 'C1' })
      await admin.patch(`/api/records/account/${record.id}`, { code: 'C2' })
      await make(admin, 'account', { name: 'other', code: 'C1' })
      expect(outcome(await back(record.id, { version: 1 }))).to.deep.equal([409, 'RECORD_DUPLICATE /code'])
    })
  })
})
