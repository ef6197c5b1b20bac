import { expect } from 'chai'
import { eventually } from '../../support/http-model.ts'
import { type MailServer, startMailServer } from '../../support/mail.ts'
import { make, NOBODY, outcome, type Person, startWorld, type World } from './world.ts'

interface Mentioned {
  readonly id: string
  readonly label: string | null
}

describe('people mentioned in comments', () => {
  let mail: MailServer
  let world: World
  /** Owns the record and reads people. */
  let giver: Person
  /** Reads all accounts, and no people. */
  let reader: Person
  /** Reads their own accounts alone. */
  let sales: Person
  let account: string
  let at: string

  before(async () => {
    mail = await startMailServer()
    world = await startWorld({
      env: {
        TENON_SMTP_URL: mail.url,
        TENON_MAIL_FROM: 'crm@example.com',
        TENON_PUBLIC_URL: 'https://crm.example.com',
      },
    })
    giver = await world.person('giver', 'giver')
    reader = await world.person('reader', 'reader')
    sales = await world.person('sales', 'sales')
    await world.admin.patch(`/api/records/user/${reader.id}`, { name: '李雷', language: 'en' })
    await world.admin.patch(`/api/records/user/${sales.id}`, { name: '李蓉' })
    account = (await make(giver, 'account', { name: 'Acme' })).id
    at = `/api/records/account/${account}`
  })
  after(async () => {
    await world?.stop()
    await mail?.stop()
  })

  const offered = async (client: Person, q: string, path = at) =>
    (
      (await client.get(`${path}/mentionable?q=${encodeURIComponent(q)}`)).records as unknown as Mentioned[]
    ).map(({ label }) => label)
  const told = async (client: Person) =>
    (await client.get('/api/records/notification?fields=title,text,entity,record,flow,read')).records

  it('are offered by name, pinyin and initials, where they are active and may read the record', async () => {
    for (const q of ['李', 'lilei', 'll']) expect(await offered(giver, q), q).to.deep.equal(['李雷'])
    expect(await offered(giver, 'nobody of the kind')).to.deep.equal([])
    expect(await offered(giver, ''))
      .to.include.members(['李雷'])
      .and.not.include('李蓉')
    const mine = (await make(sales, 'account', { name: 'Other' })).id
    // By their own sight: 李蓉 owns it, the reader reads all of them, the giver none but their own.
    const others = world.admin as Person
    expect((await offered(others, '', at))[0]).to.equal('giver') // who has it, before the others
    expect(await offered(others, '', `/api/records/account/${mine}`))
      .to.include.members(['李雷', '李蓉'])
      .and.not.include('giver')
    expect(await offered(reader, '')).to.deep.equal([])
    expect(outcome(await sales.get(`${at}/mentionable`))).to.deep.equal([404, 'RECORD_NOT_FOUND'])
    expect(outcome(await giver.get(`${at}/mentionable?limit=3`))).to.deep.equal([
      400,
      'HTTP_PARAMETER_UNKNOWN /limit',
    ])
    expect(outcome(await world.admin.get(`/api/records/order/${NOBODY}/mentionable`))[0]).to.equal(404)

    await world.admin.patch(`/api/records/user/${reader.id}`, { active: false })
    expect(await offered(giver, '李')).to.deep.equal([])
    expect(
      outcome(await giver.post(`${at}/comments`, { text: '@李雷', mentions: [reader.id] })),
    ).to.deep.equal([...[422, 'COMMENT_MENTION_UNFIT /mentions/0']])
    await world.admin.patch(`/api/records/user/${reader.id}`, { active: true })
  })

  it('are told once, with the way to the comments, by the bell and by mail, unless they want no mail', async () => {
    const text = '@李雷 please look, <b>today</b>'
    const call = { headers: { 'Idempotency-Key': 'one comment' } }
    const body = { text, mentions: [reader.id, giver.id] }
    const [first, again] = [
      await giver.post(`${at}/comments`, body, call),
      await giver.post(`${at}/comments`, body, call),
    ]
    const mentions = [
      { id: reader.id, label: '李雷' },
      { id: giver.id, label: 'giver' },
    ]
    expect([first.status, again.status]).to.deep.equal([201, 201])
    expect(first.record).to.deep.include({ text, mentions })
    expect(again.record.id).to.equal(first.record.id)
    // Not oneself; the other in their language.
    expect(await told(giver)).to.deep.equal([])
    const [one, ...more] = await told(reader)
    expect(more).to.deep.equal([])
    expect(one).to.deep.include({
      ...{ title: 'Somebody mentioned you: Acme', text, flow: 'mention', read: false },
      ...{ entity: 'account', record: account },
    })
    const sent = await mail.mailTo('reader@example.com')
    expect(sent.text).to.contain(`https://crm.example.com/records/account/${account}#comments`)
    expect(sent.text).to.contain('&lt;b&gt;today&lt;/b&gt;')

    const own = await reader.get('/api/auth/notifications')
    expect(own.record.kinds).to.deep.equal([{ name: 'mention', label: 'Mentions in comments' }])
    await reader.put('/api/auth/notifications', { off: { mention: ['mail'] } })
    await giver.post(`${at}/comments`, { text: 'Once more @李雷', mentions: [reader.id] })
    expect((await told(reader)).length).to.equal(2)
    const ways = async () =>
      (
        (await world.admin.get(`/api/deliveries?record=${account}`)).records as unknown as {
          ways: { channel: string; state: string }[]
        }[]
      ).flatMap((delivery) => delivery.ways.map(({ channel, state }) => `${channel} ${state}`))
    await eventually(
      async () => (await ways()).sort().join() === 'in_app sent,in_app sent,mail sent,mail skipped',
    )
  })

  it('stand with comments and timeline, for those who may read no people by the name that the text says', async () => {
    const list = async (client: Person) => (await client.get(`${at}/comments?fields=id,text`)).records
    const timeline = async (client: Person) => (await client.get(`${at}/timeline?types=comment`)).records
    const [second, first] = await list(giver)
    expect(second!.mentions).to.deep.equal([{ id: reader.id, label: '李雷' }])
    expect((await timeline(giver)).map(({ mentions }) => mentions)).to.deep.equal([
      second!.mentions,
      first!.mentions,
    ])
    for (const [, seen] of [await list(reader), await timeline(reader)])
      expect(seen!.mentions).to.deep.equal([
        { id: reader.id, label: '李雷' },
        { id: giver.id, label: null }, // the text does not say it
      ])
    await giver.post(`${at}/comments`, { text: 'nobody' })
    expect((await list(giver))[0]!.mentions).to.deep.equal([])
  })

  it('stay with a record that is deleted, restored and merged', async () => {
    const { admin } = world
    const [kept, gone] = [
      (await make(admin, 'account', { name: 'Kept' })).id,
      (await make(admin, 'account', { name: 'Gone' })).id,
    ]
    const path = `/api/records/account/${gone}`
    await admin.post(`${path}/comments`, { text: '@李雷', mentions: [reader.id] })
    await admin.delete(path)
    await admin.post(`${path}/restore`, {})
    const mentions = [{ id: reader.id, label: '李雷' }]
    expect((await admin.get(`${path}/comments`)).records[0]!.mentions).to.deep.equal(mentions)
    const merged = await admin.post(`/api/records/account/${kept}/actions/merge`, { with: [gone] })
    expect(merged.status, merged.text).to.equal(200)
    expect((await admin.get(`/api/records/account/${kept}/comments`)).records[0]!.mentions).to.deep.equal(
      mentions,
    )
    const [entry] = (await admin.get(`/api/records/account/${kept}/timeline?types=comment`)).records
    expect(entry).to.deep.include({ text: '@李雷', mentions })
  })

  const refusals: readonly { what: string; mentions: () => unknown; problems: readonly string[] }[] = [
    {
      what: 'one who may not read it',
      mentions: () => [reader.id, sales.id],
      problems: ['COMMENT_MENTION_UNFIT /mentions/1'],
    },
    { what: 'nobody', mentions: () => [NOBODY], problems: ['COMMENT_MENTION_UNFIT /mentions/0'] },
    {
      what: 'what is no id',
      mentions: () => ["'; DROP TABLE", '', '@'],
      problems: [0, 1, 2].map((i) => `COMMENT_MENTION_UNFIT /mentions/${i}`),
    },
    {
      what: 'a record that is no person',
      mentions: () => [account],
      problems: ['COMMENT_MENTION_UNFIT /mentions/0'],
    },
    {
      what: 'one twice',
      mentions: () => [reader.id, reader.id.toUpperCase()],
      problems: ['FIELD_LIST_DUPLICATE /mentions/1'],
    },
    {
      what: 'twenty-one',
      mentions: () => Array.from({ length: 21 }, () => reader.id),
      problems: ['FIELD_LIST_TOO_LONG /mentions'],
    },
    { what: 'a text', mentions: () => reader.id, problems: ['FIELD_TYPE_WRONG /mentions'] },
    { what: 'objects', mentions: () => [{ id: reader.id }], problems: ['FIELD_TYPE_WRONG /mentions'] },
  ]
  for (const { what, mentions, problems } of refusals)
    it(`refuses to mention ${what}, and keeps no comment`, async () => {
      const before = [await told(reader), (await giver.get(`${at}/comments?count=exact`)).body]
      const answer = await giver.post(`${at}/comments`, { text: 'x', mentions: mentions() })
      expect(outcome(answer)).to.deep.equal([422, ...problems])
      expect([await told(reader), (await giver.get(`${at}/comments?count=exact`)).body]).to.deep.equal(before)
    })

  it('is not for who may read no people, nor for who may not read the record', async () => {
    const body = { text: '@giver', mentions: [giver.id] }
    expect(outcome(await reader.post(`${at}/comments`, body))).to.deep.equal([
      422,
      'COMMENT_MENTION_UNFIT /mentions/0',
    ])
    expect(outcome(await sales.post(`${at}/comments`, body))).to.deep.equal([404, 'RECORD_NOT_FOUND'])
    expect(await told(giver)).to.deep.equal([])
  })

  it('keeps nothing where the comment itself is refused', async () => {
    const before = await told(reader)
    expect(
      outcome(await giver.post(`${at}/comments`, { text: 'x'.repeat(10_001), mentions: [reader.id] }))[0],
    ).to.equal(422)
    expect(await told(reader)).to.deep.equal(before)
    const { rows } = await world.database.query<{ n: number }>({
      text:
        'SELECT count(*)::int AS n FROM "ws_default".tenon_mention m WHERE NOT EXISTS ' +
        '(SELECT FROM "ws_default".comment c WHERE c.id = m.comment)',
    })
    expect(rows[0]!.n).to.equal(0)
  })
})
