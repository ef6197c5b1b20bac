import { expect } from 'chai'
import { type FakeWecom, startWecom } from '../support/fake-systems.ts'
import { eventually } from '../support/http-model.ts'
import { flowOn, receiptsOf, SCHEMA, type TellingWorld, tellingWorld } from './telling-world.ts'

const notify = (more: object) => ({
  do: 'notify',
  to: { field: 'owner' },
  title: { en: 'A new deal', 'zh-CN': '新商机' },
  text: { en: 'Have a look', 'zh-CN': '请查看' },
  ...more,
})

describe('WeCom', () => {
  let wecom: FakeWecom
  let world: TellingWorld

  before(async () => {
    wecom = await startWecom(['lily.chen'])
    world = await tellingWorld([
      {
        ...{ kind: 'connection', name: 'wecom', label: { en: 'Our WeCom', 'zh-CN': '公司企业微信' } },
        ...{ connector: 'wecom', settings: { corpId: 'ww-test', agentId: 1000002, url: wecom.url } },
      },
      flowOn('wecom', [notify({ through: ['wecom'] })]),
      flowOn('either', [notify({ through: ['wecom', 'in_app'], deliver: 'first_reached' })]),
      flowOn('both', [notify({ through: ['in_app', 'wecom'] })]),
    ])
    const { admin, lily } = world
    expect((await admin.patch(`/api/records/user/${lily.id}`, { wecom_id: 'lily.chen' })).status).to.equal(
      200,
    )
  })
  after(async () => {
    await world.engine.stop()
    await wecom.stop()
  })

  const deal = async (step: string, name = 'Acme') =>
    (await world.lily.post('/api/records/deal', { name, step })).record.id
  const notes = async () => (await world.lily.get('/api/records/notification')).records
  const waysOf = async (record: string) =>
    (await receiptsOf(world.admin, record)).flatMap(({ ways }) =>
      ways.map(({ channel, state, fault }) => `${channel} ${state}${fault === null ? '' : ` ${fault.code}`}`),
    )
  const settled = async (record: string, ways: readonly string[]) => {
    await eventually(async () => (await waysOf(record)).join() === ways.join()).catch(() => undefined)
    expect(await waysOf(record)).to.deep.equal(ways)
  }

  it('waits for its secret, which is set once and never answered', async () => {
    const early = await deal('wecom', 'Early')
    await eventually(async () => (await waysOf(early))[0] === 'wecom sending CALL_SECRET_MISSING')
    const path = '/api/connections/wecom/secrets'
    const wrong = await world.admin.put(path, { corp_secrt: 'x', corp_secret: 7 })
    expect(wrong.problems.map(({ code, path: at, hint }) => [code, at, hint])).to.deep.equal([
      ['CONNECTION_SECRET_UNKNOWN', '/corp_secrt', '您是不是要用“corp_secret”？'],
      ['CONNECTION_SECRET_INVALID', '/corp_secret', undefined],
    ])
    expect((await world.lily.put(path, { corp_secret: 'x' })).status).to.equal(403)
    const answer = await world.admin.put(path, { corp_secret: 'wecom-secret' })
    expect(answer.text).to.not.contain('wecom-secret')
    expect(answer.record).to.include({ name: 'wecom', channel: 'wecom', ready: true })
    const kept = await world.query<{ box: string }>(
      `SELECT encode(box, 'escape') AS box FROM ${SCHEMA}.tenon_connection_secret`,
    )
    expect(kept.map(({ box }) => box.includes('wecom-secret'))).to.deep.equal([false])
    const everything = await world.admin.get('/api/meta/export')
    expect(everything.text).to.not.contain('wecom-secret')
    await settled(early, ['wecom sent'])
  })

  it('gets a card that leads to the record, and the log says so without the token', async () => {
    const count = wecom.received.length
    const record = await deal('wecom', 'Card')
    await settled(record, ['wecom sent'])
    expect(wecom.received.slice(count)).to.deep.equal([
      {
        touser: 'lily.chen',
        agentid: 1000002,
        msgtype: 'textcard',
        textcard: {
          title: '新商机',
          description: '请查看',
          url: `https://crm.example.com/records/deal/${record}`,
          btntxt: '查看',
        },
        enable_duplicate_check: 1,
        duplicate_check_interval: 120,
      },
    ])
    const log = await world.admin.get('/api/connections/wecom/calls?state=done')
    expect(log.records[0]).to.deep.include({
      ...{ operation: 'message', purpose: 'message', state: 'done', tries: 1, person: world.lily.id },
      output: { msgid: `m${count + 1}` },
    })
    expect(log.records[0]!.duration_ms).to.be.a('number')
    expect(log.text).to.not.match(/token-\d|wecom-secret/)
  })

  it('asks for one token, and for one more when it is refused', async () => {
    await settled(await deal('wecom', 'Before'), ['wecom sent'])
    const count = wecom.tokens()
    await Promise.all(Array.from({ length: 6 }, (_, index) => deal('wecom', `Same ${index}`)))
    await eventually(async () => (await world.query(waiting)).length === 0)
    expect(wecom.tokens()).to.equal(count)
    wecom.expire()
    const records = await Promise.all(Array.from({ length: 6 }, (_, index) => deal('wecom', `New ${index}`)))
    for (const record of records) await settled(record, ['wecom sent'])
    expect(wecom.tokens()).to.equal(count + 101)
  })

  const waiting = `SELECT 1 FROM ${SCHEMA}.tenon_outgoing WHERE state IN ('waiting', 'sending')`

  it('falls back to the bell where there is no such member, and says why', async () => {
    const { admin, lily } = world
    const before = (await notes()).length
    await admin.patch(`/api/records/user/${lily.id}`, { wecom_id: 'nobody' })
    const record = await deal('either', 'Gone')
    await settled(record, ['wecom failed WECOM_USER_UNKNOWN', 'in_app sent'])
    await admin.patch(`/api/records/user/${lily.id}`, { wecom_id: null })
    await settled(await deal('either', 'Without'), ['wecom skipped TELL_NO_ADDRESS', 'in_app sent'])
    await admin.patch(`/api/records/user/${lily.id}`, { wecom_id: 'lily.chen' })
    await settled(await deal('either', 'Reached'), ['wecom sent', 'in_app later'])
    expect((await notes()).length).to.equal(before + 2)
  })

  it('shows in the receipt what was read in the bell', async () => {
    const record = await deal('both', 'Read')
    await settled(record, ['in_app sent', 'wecom sent'])
    const note = (await notes()).find((one) => one.record === record)!
    await world.lily.patch(`/api/records/notification/${note.id}`, { read: true })
    await settled(record, ['in_app read', 'wecom sent'])
  })

  it('holds everything back while the other side takes no more', async () => {
    wecom.refuseNext(45009)
    const record = await deal('wecom', 'Limited')
    await settled(record, ['wecom sending WECOM_45009'])
    const [state] = await world.query<{ left: string }>(
      `SELECT extract(epoch FROM paused_until - now())::text AS left FROM ${SCHEMA}.tenon_connection`,
    )
    expect(Number(state!.left)).to.be.within(30, 61)
    const next = await deal('wecom', 'Next')
    await settled(next, ['wecom sending'])
    await world.query(`UPDATE ${SCHEMA}.tenon_connection SET paused_until = now()`)
    await world.query(`UPDATE ${SCHEMA}.tenon_outgoing SET due_at = now() WHERE state = 'waiting'`)
    await settled(await wakeUp(), ['wecom sent'])
    await settled(record, ['wecom sent'])
    await settled(next, ['wecom sent'])
  })

  /** Any new message calls the senders. */
  const wakeUp = () => deal('wecom', 'Wake up')

  it('sends a member thirty messages a minute, the rest later, none lost', async () => {
    await world.query(`UPDATE ${SCHEMA}.tenon_outgoing SET begun_at = now() - interval '2 minutes'`)
    const count = wecom.seen.length
    const bodies = Array.from({ length: 40 }, (_, index) => ({ name: `Many ${index}`, step: 'wecom' }))
    const made = await world.lily.post('/api/records/deal/bulk', { create: bodies })
    expect(made.status, made.text).to.be.below(300)
    await eventually(async () => wecom.seen.length === count + 30)
    await eventually(async () => (await world.query(waiting)).length === 10)
    const held = `SELECT 1 FROM ${SCHEMA}.tenon_outgoing WHERE state = 'waiting' AND tries = 0 AND due_at > now() + interval '20 seconds'`
    await eventually(async () => (await world.query(held)).length === 10)
    expect(wecom.seen.length).to.equal(count + 30)
    await world.query(
      `UPDATE ${SCHEMA}.tenon_outgoing SET begun_at = begun_at - interval '2 minutes', due_at = due_at - interval '2 minutes'`,
    )
    await wakeUp()
    await eventually(async () => wecom.seen.length === count + 41)
    await eventually(async () => (await world.query(waiting)).length === 0)
    expect(wecom.seen.length).to.equal(count + 41)
  })

  it('takes a test from an administrator', async () => {
    const sent = await world.admin.post('/api/connections/wecom/test', { to: 'lily.chen' })
    expect(sent.status).to.equal(202)
    const stateOf = async () =>
      (await world.admin.get('/api/connections/wecom/calls')).records.find(
        ({ id }) => id === sent.record.call,
      )
    await eventually(async () => (await stateOf())?.state === 'done')
    expect(wecom.seen.at(-1)).to.deep.include({ msgtype: 'textcard', touser: 'lily.chen' })
    const failed = await world.admin.post('/api/connections/wecom/test', { to: 'stranger' })
    const failure = async () =>
      (await world.admin.get('/api/connections/wecom/calls?state=failed')).records.find(
        ({ id }) => id === failed.record.call,
      )
    await eventually(async () => (await failure()) !== undefined)
    expect((await failure())!.fault).to.include({ code: 'WECOM_USER_UNKNOWN' })
    expect((await world.lily.post('/api/connections/wecom/test', { to: 'x' })).status).to.equal(403)
  })
})
