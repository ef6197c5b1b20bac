import { expect } from 'chai'
import type { CompiledModel } from '../../../engine/model/compiled.ts'
import type { Mailer } from '../../../engine/notify/mailer.ts'
import { type CallDeps, performCall } from '../../../engine/notify/outgoing/perform.ts'
import type { OutgoingCall } from '../../../engine/notify/outgoing/store.ts'
import { ADMIN, type TestEngine } from '../../support/engine.ts'
import type { Client } from '../../support/http.ts'
import { eventually, loginAs } from '../../support/http-model.ts'
import { startSales } from '../../support/sales.ts'

const BASE = '/api/sandboxes'
const SECRETS = [
  '华兴机械',
  '王建国',
  '13912345678',
  'wang@huaxing.cn',
  '310101199001011234',
  '跟他说价格可以再降',
]

describe('a sandbox', () => {
  let engine: TestEngine
  let admin: Client
  let lily: Client & { readonly id: string }
  let made: { readonly name: string; readonly records: number }
  let seconds: number

  before(async () => {
    engine = await startSales()
    admin = await engine.loginAdmin()
    lily = await loginAs(admin, 'lily', ['sales'])
    const account = (
      await admin.post('/api/records/account', {
        ...{ name: SECRETS[0], owner: lily.id, phone: SECRETS[2], email: SECRETS[3] },
        address: { province: '浙江省', city: '杭州市', street: '文三路 1 号' },
      })
    ).record
    const contact = await admin.post('/api/records/contact', {
      ...{ name: SECRETS[1], account: account.id, mobile: SECRETS[2], id_number: SECRETS[4], owner: lily.id },
    })
    if (contact.status !== 201) throw new Error(contact.text)
    const note = { subject: SECRETS[5], text: SECRETS[5], about: { entity: 'account', id: account.id } }
    const noted = await admin.post('/api/records/note', note)
    if (noted.status !== 201) throw new Error(noted.text)
    const begun = performance.now()
    const answer = await admin.post(BASE, { name: 'tryout', label: '试验田', records: 20 })
    seconds = (performance.now() - begun) / 1000
    if (answer.status !== 201) throw new Error(answer.text)
    made = answer.record as unknown as typeof made
  })
  after(() => engine.stop())

  const enter = async (): Promise<Client> =>
    inSandbox(String((await admin.post('/api/auth/sandbox', { name: 'tryout' })).record.token))
  const inSandbox = (token: string): Client => {
    const client = engine.client.as(token)
    const headers = { 'x-workspace': 'tryout' }
    const call: Client['call'] = (method, path, options = {}) =>
      client.call(method, path, { ...options, headers: { ...options.headers, ...headers } })
    return {
      ...client,
      call,
      get: (path, options) => call('GET', path, options),
      post: (path, body, options) => call('POST', path, { ...options, body }),
      put: (path, body, options) => call('PUT', path, { ...options, body }),
      patch: (path, body, options) => call('PATCH', path, { ...options, body }),
      delete: (path, options) => call('DELETE', path, options),
    }
  }

  it('is there in less than ten seconds, knows its live workspace, and who administers it signs in there', async () => {
    expect(seconds).to.be.below(10)
    const [listed] = (await admin.get(BASE)).records
    const live = (await admin.get('/api/meta/versions')).records[0]!
    const { version } = live as unknown as { version: number }
    expect(listed).to.include({
      name: 'tryout',
      label: '试验田',
      base_version: version,
      live_version: version,
    })
    const own = await engine.client.call('POST', '/api/auth/login', {
      body: ADMIN,
      headers: { 'x-workspace': 'tryout' },
    })
    expect(own.status, own.text).to.equal(200)
    const me = (await (await enter()).get('/api/auth/me')).record
    expect([
      ...[me.workspace, me.workspace_label, me.sandbox_of, (me.user as { email: string }).email],
    ]).to.eql([...['tryout', '试验田', 'default', ADMIN.email]])
    expect((await admin.get('/api/auth/me')).record).to.not.have.property('sandbox_of')
    const strangers = await engine.client.call('POST', '/api/auth/login', {
      body: { email: 'lily@example.com', password: 'correct horse battery' },
      headers: { 'x-workspace': 'tryout' },
    })
    expect(strangers.status).to.equal(401)
  })

  it('has the same definitions, by the same ids', async () => {
    const inside = await enter()
    const [there, here] = await Promise.all([inside.get('/api/meta/export'), admin.get('/api/meta/export')])
    const of = ({ body }: typeof there) => (body as { definitions: unknown }).definitions
    expect(of(there)).to.eql(of(here))
    expect((await inside.get('/api/records/account?count=exact')).body).to.have.property('count', 1)
  })

  it('holds nobody real, believably, and links as they were', async () => {
    const inside = await enter()
    const tables = await engine.database.query<{ text: string }>({
      text: `SELECT query_to_xml(format('SELECT * FROM ws_tryout.%I', tablename), true, true, '')::text AS text
        FROM pg_tables WHERE schemaname = 'ws_tryout'
        AND tablename NOT IN ('tenon_version', 'tenon_base', 'tenon_content', 'tenon_content_history')`,
    })
    const all = tables.rows.map(({ text }) => text).join('\n')
    expect(SECRETS.filter((secret) => all.includes(secret))).to.eql([])
    const [account] = (await inside.get('/api/records/account?expand=owner')).records
    const [contact] = (await inside.get('/api/records/contact')).records
    expect(account?.name).to.match(/公司|集团|示例/)
    expect(account?.phone).to.match(/^1380000\d{4}$/)
    expect(account?.email).to.match(/@example\.com$/)
    expect(account?.address).to.include({ province: '浙江省', city: '杭州市' })
    expect([contact?.account, contact?.id_number === SECRETS[4]]).to.eql([account?.id, false])
    expect(contact?.name).to.match(/^\p{Script=Han}{2,3}$/u)
    expect(account?.owner).to.have.property('label').that.does.not.equal('lily')
    const [note] = (await inside.get('/api/records/note')).records
    expect(note?.about).to.eql({ entity: 'account', id: account?.id })
    const found = async () =>
      (await inside.get(`/api/records/account?q=${account?.name}`)).records.length === 1
    await eventually(found)
    expect(made.records).to.equal(3)
  })

  it('counts as a workspace of its own: a number goes on, the live records stay', async () => {
    const inside = await enter()
    const before = await admin.get('/api/records/account?count=exact')
    const created = await inside.post('/api/records/account', { name: 'Only here' })
    expect(created.status, created.text).to.equal(201)
    expect((await admin.get('/api/records/account?count=exact')).body).to.eql(before.body)
  })

  it('sends nothing out, and says so where it would have', async () => {
    const sent: string[] = []
    const mailer: Mailer = {
      send: async (to) => void sent.push(to),
      verify: async () => undefined,
      close: () => undefined,
    }
    const call = {
      connection: null,
      name: 'mail',
      input: { to: 'real@example.org' },
    } as unknown as OutgoingCall
    const deps = { mailer } as unknown as CallDeps
    const of = (sandboxOf: string | undefined) => performCall(deps, { sandboxOf } as CompiledModel, call)
    const held = await of('default')
    expect(held.kind === 'fault' && held.fault.code).to.equal('CALL_SANDBOX')
    expect(sent).to.eql([])
    expect((await of(undefined)).kind).to.equal('done')
    expect(sent).to.eql(['real@example.org'])
  })

  it('is for those who may publish, and is none inside another', async () => {
    const tries = [
      await lily.get(BASE),
      await lily.post(BASE, { name: 'mine' }),
      await lily.get(`${BASE}/tryout`),
      await lily.delete(`${BASE}/tryout`),
      await lily.post(`${BASE}/tryout/promote`, {}),
      await lily.post(`${BASE}/tryout/refresh`, {}),
      await lily.post('/api/auth/sandbox', { name: 'tryout' }),
    ]
    expect(tries.map(({ status }) => status)).to.eql(tries.map(() => 403))
    const within = await (await enter()).post(BASE, { name: 'deeper' })
    expect([within.status, within.problems[0]?.code]).to.eql([409, 'SANDBOX_WITHIN'])
    const wrong = [
      await admin.post(BASE, { name: 'tryout' }),
      await admin.post(BASE, { name: 'Not a name' }),
      await admin.post(BASE, { name: 'big', records: 100_000 }),
      await admin.post(BASE, { name: 'big', records: -1 }),
      await admin.get(`${BASE}/nothing`),
      await admin.delete(`${BASE}/default`),
    ]
    expect(wrong.map(({ status, problems }) => [status, problems[0]?.code])).to.eql([
      [409, 'SANDBOX_NAME_TAKEN'],
      [422, 'WORKSPACE_NAME_INVALID'],
      [422, 'FIELD_NUMBER_TOO_LARGE'],
      [422, 'FIELD_TYPE_WRONG'],
      [404, 'SANDBOX_UNKNOWN'],
      [404, 'SANDBOX_UNKNOWN'],
    ])
  })

  it('is there whole or not at all: what is cut off in the middle leaves nothing', async () => {
    const cutOff = admin.post(BASE, { name: 'cut', records: 20 })
    const end = Date.now() + 10_000
    let killed = 0
    while (killed === 0 && Date.now() < end) {
      const { rowCount } = await engine.database.query({
        text: `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
          WHERE query LIKE '%"ws_cut"%' AND pid <> pg_backend_pid() AND state <> 'idle'`,
      })
      killed = rowCount
    }
    expect([killed, (await cutOff).status >= 500]).to.eql([1, true])
    expect((await admin.get(BASE)).records.map(({ name }) => name)).to.eql(['tryout'])
    const left = await engine.database.query({ text: `SELECT FROM pg_namespace WHERE nspname = 'ws_cut'` })
    expect(left.rowCount).to.equal(0)
    expect((await admin.post(BASE, { name: 'cut', records: 0 })).status).to.equal(201)
    // Work that goes on in it for some seconds is waited for.
    const work = engine.database.transaction((tx) =>
      tx.query({ text: 'LOCK TABLE ws_cut.tenon_job IN ROW SHARE MODE; SELECT pg_sleep(6)' }),
    )
    const removed = await admin.delete(`${BASE}/cut`)
    await work
    expect(removed.status, removed.text).to.equal(204)
  })

  it('is entered by a browser, which is never taken for the live workspace when the sandbox is gone', async () => {
    await admin.post(BASE, { name: 'short', records: 0 })
    const signedIn = await engine.client.post('/api/auth/login', ADMIN)
    const session = cookiesOf(signedIn.headers)
    const headers = { cookie: session, origin: engine.url }
    const entered = await engine.client.post('/api/auth/sandbox', { name: 'short' }, { headers })
    expect(entered.status, entered.text).to.equal(201)
    const both = { cookie: `${session}; ${cookiesOf(entered.headers)}`, origin: engine.url }
    const me = (await engine.client.get('/api/auth/me', { headers: both })).record
    expect([me.workspace, me.sandbox_of]).to.eql(['short', 'default'])
    expect((await admin.delete(`${BASE}/short`)).status).to.equal(204)
    const gone = await engine.client.get('/api/auth/me', { headers: both })
    expect([gone.status, gone.problems[0]?.code]).to.eql([401, 'AUTH_SANDBOX_ENDED'])
    expect(gone.headers.getSetCookie().join()).to.match(/tenon_sandbox=;/)
    expect((await admin.get(BASE)).records.map(({ name }) => name)).to.eql(['tryout'])
    const left = await engine.database.query({ text: `SELECT FROM pg_namespace WHERE nspname = 'ws_short'` })
    expect(left.rowCount).to.equal(0)
  })
})

const cookiesOf = (headers: Headers): string =>
  headers
    .getSetCookie()
    .map((one) => one.split(';')[0]!)
    .join('; ')
