import { expect } from 'chai'
import { dropOldCalls } from '../../engine/notify/outgoing/log.ts'
import { type FakeSystem, startSystem } from '../support/fake-systems.ts'
import { eventually } from '../support/http-model.ts'
import { type MailServer, startMailServer } from '../support/mail.ts'
import { flowOn, receiptsOf, SCHEMA, type TellingWorld, tellingWorld } from './telling-world.ts'

const notify = (through: readonly string[], more: object = {}) => ({
  ...{ do: 'notify', to: { field: 'owner' }, through },
  title: { en: 'A new deal', 'zh-CN': '新商机' },
  ...more,
})

describe('people are told', () => {
  let sms: FakeSystem
  let mail: MailServer
  let world: TellingWorld

  before(async () => {
    sms = await startSystem(() => ({ id: 'sms-1' }))
    mail = await startMailServer()
    const [, port] = /:(\d+)$/.exec(mail.url)!
    world = await tellingWorld([
      {
        kind: 'connection',
        name: 'sms',
        connector: 'sms',
        settings: { gateway: 'json', url: sms.url, sign: '榫卯' },
      },
      {
        ...{ kind: 'connection', name: 'post', connector: 'smtp' },
        settings: {
          host: '127.0.0.1',
          port: Number(port),
          security: 'none',
          from: 'Tenon <crm@example.com>',
        },
      },
      flowOn('sms', [notify(['sms'])]),
      flowOn('mail', [notify(['in_app', 'mail'], { text: { 'zh-CN': '请在 <b>今天</b> 处理' } })]),
      flowOn('dingtalk', [notify(['dingtalk', 'in_app'], { deliver: 'first_reached' })]),
    ])
    const { admin, lily } = world
    await admin.put('/api/connections/sms/secrets', { key: 'sms-key' })
    await admin.patch(`/api/records/user/${lily.id}`, { phone: '+8613812345678' })
  })
  after(async () => {
    await world.engine.stop()
    await Promise.all([sms.stop(), mail.stop()])
  })

  const deal = async (step: string, name = 'Acme') =>
    (await world.lily.post('/api/records/deal', { name, step })).record.id
  const ways = async (record: string) =>
    (await receiptsOf(world.admin, record)).flatMap((one) =>
      one.ways.map(({ channel, state, fault }) => [channel, state, fault?.code].filter(Boolean).join(' ')),
    )
  const settled = (record: string, wanted: readonly string[]) =>
    eventually(async () => (await ways(record)).join() === wanted.join())
  const prefer = async (preference: object) => {
    const answer = await world.lily.put('/api/auth/notifications', preference)
    expect(answer.status, answer.text).to.equal(200)
    return answer.record
  }

  it('by text message, signed and with the key of the call', async () => {
    const record = await deal('sms')
    await settled(record, ['sms sent'])
    expect(sms.asked[0]).to.deep.include({
      json: {
        to: '+8613812345678',
        text: '新商机',
        sign: '榫卯',
        key: sms.asked[0]!.headers['idempotency-key'],
      },
    })
    expect(sms.asked[0]!.headers.authorization).to.equal('Bearer sms-key')
  })

  it('by mail through a connection, escaped, with the way to the record', async () => {
    const record = await deal('mail')
    await settled(record, ['in_app sent', 'mail sent'])
    const { subject, text, from } = await mail.mailTo('lily@example.com')
    expect([subject, from]).to.deep.equal(['新商机', 'crm@example.com'])
    expect(text)
      .to.contain('&lt;b&gt;今天&lt;/b&gt;')
      .and.contain(`https://crm.example.com/records/deal/${record}`)
    expect(text).to.match(/^Message-ID: <[0-9a-f-]+@tenon\.invalid>/im)
  })

  it('by the next way where there is no connection for the first', async () => {
    await settled(await deal('dingtalk'), ['dingtalk skipped TELL_NO_CONNECTION', 'in_app sent'])
  })

  it('as they want to be: what there is to choose, what is off, by kind of message', async () => {
    const own = await world.lily.get('/api/auth/notifications')
    expect(own.record).to.deep.equal({
      preference: {},
      channels: ['mail', 'sms'],
      kinds: [
        { name: 'on_dingtalk', label: '流程 dingtalk' },
        { name: 'on_mail', label: '流程 mail' },
        { name: 'on_sms', label: '流程 sms' },
      ],
    })
    await prefer({ off: { on_sms: ['sms'] } })
    await settled(await deal('sms'), ['sms skipped TELL_SWITCHED_OFF'])
    await settled(await deal('mail'), ['in_app sent', 'mail sent'])
    await prefer({})
    const bad = await world.lily.put('/api/auth/notifications', { quiet: { from: 'x', until: '07:00' } })
    expect(bad.problems.map(({ code, path }) => `${code} ${path}`)).to.deep.equal([
      'META_VALUE_INVALID /quiet/from',
    ])
  })

  it('after their quiet hours, all that came meanwhile in one message, nothing lost', async () => {
    const count = sms.done.length
    const now = new Date(Date.now() + 8 * 3_600_000)
    const hour = (add: number) => `${String((now.getUTCHours() + add + 24) % 24).padStart(2, '0')}:30`
    await world.admin.patch(`/api/records/user/${world.lily.id}`, { time_zone: 'Asia/Shanghai' })
    await prefer({ quiet: { from: hour(-2), until: hour(2) } })
    const records = [await deal('sms', 'One'), await deal('sms', 'Two'), await deal('sms', 'Three')]
    for (const record of records) await settled(record, ['sms held'])
    const [held] = (await receiptsOf(world.admin, records[0]!))[0]!.ways
    expect(held!.due_at).to.match(/:30:00\.000Z$/)
    expect(sms.done.length).to.equal(count)
    await prefer({})
    await releaseNow()
    for (const record of records) await settled(record, ['sms sent'])
    expect(sms.done.slice(count).map(({ json }) => (json as { text: string }).text)).to.deep.equal([
      '3 条通知 · 新商机\n· 新商机\n· 新商机',
    ])
  })

  /** What is held back is due by now, and looked at now. */
  async function releaseNow(): Promise<void> {
    await world.query(`UPDATE ${SCHEMA}.tenon_delivery SET due_at = now() WHERE state = 'held'`)
    await world.query(
      "SELECT graphile_worker.add_job('deliveries', payload => '{\"workspace\":\"default\"}', job_key => 'deliveries default')",
    )
  }

  it('in one message for all that comes within some minutes', async () => {
    const count = sms.done.length
    await prefer({ gather: 30 })
    const records = [await deal('sms', 'A'), await deal('sms', 'B')]
    for (const record of records) await settled(record, ['sms held'])
    const dues = await world.query<{ n: string }>(
      `SELECT count(DISTINCT due_at)::text AS n FROM ${SCHEMA}.tenon_delivery WHERE state = 'held'`,
    )
    expect(dues).to.deep.equal([{ n: '1' }])
    await releaseNow()
    for (const record of records) await settled(record, ['sms sent'])
    expect(sms.done.length).to.equal(count + 1)
    await prefer({})
  })

  it('not at all when they are gone, but those who look know why', async () => {
    const { admin, lily } = world
    await prefer({ gather: 30 })
    const record = await deal('sms')
    await settled(record, ['sms held'])
    await admin.patch(`/api/records/user/${lily.id}`, { active: false })
    await releaseNow()
    await settled(record, ['sms skipped TELL_PERSON_GONE'])
    await admin.patch(`/api/records/user/${lily.id}`, { active: true })
  })

  it('and what is over long ago goes from the log, what waits stays', async () => {
    const { query, engine } = world
    const count = async (table: string) =>
      Number((await query<{ n: string }>(`SELECT count(*)::text AS n FROM ${SCHEMA}.${table}`))[0]!.n)
    await query(
      `UPDATE ${SCHEMA}.tenon_outgoing SET ended_at = now() - interval '31 days' WHERE id = (SELECT min(id::text)::uuid FROM ${SCHEMA}.tenon_outgoing)`,
    )
    await query(
      `UPDATE ${SCHEMA}.tenon_told SET created_at = now() - interval '181 days' WHERE id = (SELECT min(id::text)::uuid FROM ${SCHEMA}.tenon_told)`,
    )
    const before = [await count('tenon_outgoing'), await count('tenon_told')]
    await dropOldCalls(engine.database, SCHEMA, new AbortController().signal)
    expect([await count('tenon_outgoing'), await count('tenon_told')]).to.deep.equal(before.map((n) => n - 1))
  })

  it('and nobody else reads what they were told', async () => {
    const { lily } = world
    expect((await lily.get('/api/deliveries')).status).to.be.oneOf([401, 403])
    expect((await world.engine.client.get('/api/deliveries')).status).to.equal(401)
    expect((await world.admin.get('/api/deliveries?record=x')).problems[0]!.code).to.equal(
      'HTTP_PARAMETER_INVALID',
    )
  })
})
