import { expect } from 'chai'
import { publishAll, type Written } from '../../support/drafts.ts'
import { startEngine, type TestEngine } from '../../support/engine.ts'
import type { Answer, ApiRecord, Client } from '../../support/http.ts'
import { loginAs } from '../../support/http-model.ts'
import { DEFINITIONS, FORM, openForm, type Sending, submit } from './world.ts'

describe('what a visitor sends by a web form', () => {
  let engine: TestEngine
  let admin: Client
  let stranger: Client
  let campaign: string

  const variant = (name: string, more: object) => ({ ...FORM, name, ...more }) as unknown as Written

  before(async () => {
    engine = await startEngine()
    admin = await engine.loginAdmin()
    stranger = engine.client
    await publishAll(admin, [
      ...(DEFINITIONS as readonly Written[]),
      variant('over', { onMatch: 'overwrite' }),
      variant('further', { onMatch: 'create' }),
      variant('slow', { minimumSeconds: 60 }),
      variant('ended', { open: { until: '2020-01-01T00:00:00Z', closed: 'Too late.' } }),
      variant('two_seats', { open: { most: 2 } }),
      variant('rare', { perHour: { address: 2 } }),
      variant('member', {
        fields: [{ field: 'name' }, { field: 'member' }],
        thanks: { address: 'https://example.com/thanks' },
      }),
    ])
    campaign = (await admin.post('/api/records/campaign', { name: 'Fair', code: 'fair' })).record.id
  })
  after(() => engine.stop())

  const named = async (name: string): Promise<readonly ApiRecord[]> => {
    const filter = encodeURIComponent(JSON.stringify({ '==': [{ var: 'name' }, name] }))
    return (await admin.get(`/api/records/enquiry?filter=${filter}`)).records
  }
  const byPhone = async (phone: string): Promise<readonly ApiRecord[]> => {
    const filter = encodeURIComponent(JSON.stringify({ '==': [{ var: 'phone' }, phone] }))
    return (await admin.get(`/api/records/enquiry?filter=${filter}&sort=created_at`)).records
  }
  const faults = (answer: Answer) => answer.problems.map(({ code, path }) => `${code} ${path}`)

  it('becomes a record with what the form sets, told as the form’s doing', async () => {
    const sent = await submit(
      stranger,
      { name: 'Ada', phone: '13800138001', topic: 'price', budget: 12.5 },
      {
        parameters: { utm_source: 'wechat', utm_campaign: 'spring', other: 'x' },
        headers: { 'accept-language': 'zh' },
      },
    )
    expect([sent.status, sent.body]).to.deep.equal([
      201,
      { data: { text: '感谢提交，我们会尽快与您联系。', address: null } },
    ])
    const [record, ...more] = await named('Ada')
    expect(more).to.deep.equal([])
    expect(record).to.include({
      phone: '13800138001',
      topic: 'price',
      budget: 12.5,
      origin: 'wechat',
      owner: null,
    })
    expect(record).to.deep.include({ campaign, tags: ['fair_lead'] })
    const [written] = (await admin.get(`/api/records/enquiry/${record!.id}/history`)).records
    expect(written).to.deep.include({
      via: 'webform',
      actor: null,
      webform: { name: 'fair', label: '展会报名' },
    })
    const [entry] = (await admin.get(`/api/submissions/enquiry/${record!.id}`)).records
    expect(entry).to.deep.include({
      webform: { name: 'fair', label: '展会报名' },
      outcome: 'created',
      consent: { version: '2026-11', language: 'zh-CN', words: '同意致电。' },
      parameters: { utm_source: 'wechat', utm_campaign: 'spring' },
    })
  })

  it('is one record however often the same page is sent, also at once', async () => {
    const { ticket } = await openForm(stranger)
    const send = () => submit(stranger, { name: 'Bo', phone: '13800138002' }, { ticket })
    const answers = [...(await Promise.all([send(), send(), send()])), await send()]
    expect(answers.map(({ status, text }) => `${status} ${text}`)).to.deep.equal(
      Array.from({ length: 4 }, () => `201 ${answers[0]!.text}`),
    )
    expect(await named('Bo')).to.have.length(1)
  })

  it('is one record when the same answers come by two pages, also where no rule compares them', async () => {
    const send = () => submit(stranger, { name: 'Cy', member: 'cy' }, { form: 'member' })
    const [first, second] = await Promise.all([send(), send()])
    expect([first!.status, second!.status, first!.text]).to.deep.equal([201, 201, second!.text])
    expect(await named('Cy')).to.have.length(1)
  })

  describe('where the visitor is known', () => {
    it('fills what is empty, adds tags and long texts, and leaves the rest; the answer is the same', async () => {
      const known = await admin.post('/api/records/enquiry', {
        ...{ name: 'Dee', phone: '138 0013 8003', message: 'Called in May.', tags: ['vip'], secret: 'x' },
      })
      const sent = await submit(stranger, {
        ...{ name: 'Impostor', phone: '+8613800138003', email: 'dee@example.com' },
        ...{ topic: 'other', message: 'Any news?' },
      })
      const fresh = await submit(stranger, { name: 'Nobody', phone: '13800138004' })
      expect([sent.status, sent.text]).to.deep.equal([fresh.status, fresh.text])
      expect((await admin.get(`/api/records/enquiry/${known.record.id}`)).record).to.deep.include({
        ...{ name: 'Dee', phone: '138 0013 8003', email: 'dee@example.com', topic: 'other' },
        ...{ message: 'Called in May.\n\nAny news?', tags: ['vip', 'fair_lead'], secret: 'x', campaign },
      })
      expect(await named('Impostor')).to.deep.equal([])
      const [entry] = (await admin.get(`/api/submissions/enquiry/${known.record.id}`)).records
      expect(entry).to.include({ outcome: 'updated' })
    })

    it('takes the answers over where the form says so', async () => {
      await submit(stranger, { name: 'Eve', phone: '13800138005', budget: 1 })
      await submit(stranger, { name: 'Eva', phone: '13800138005' }, { form: 'over' })
      const records = await byPhone('13800138005')
      expect(records.map(({ name, budget }) => ({ name, budget }))).to.deep.equal([
        { name: 'Eva', budget: 1 },
      ])
    })

    it('makes a further record where form and rule say so, never where the rule blocks', async () => {
      await submit(
        stranger,
        { name: 'Flo', phone: '13800138006', email: 'flo@example.com' },
        { form: 'further' },
      )
      await submit(
        stranger,
        { name: 'Flora', phone: '13800138007', email: 'flo@example.com' },
        { form: 'further' },
      )
      await submit(stranger, { name: 'Florence', phone: '13800138006' }, { form: 'further' })
      expect(
        [await named('Flo'), await named('Flora'), await named('Florence')].map((list) => list.length),
      ).to.deep.equal([1, 1, 0])
    })

    it('adds to the one that has a unique value, and answers as ever', async () => {
      await admin.post('/api/records/enquiry', { name: 'Gus', member: 'g-1' })
      const sent = await submit(stranger, { name: 'Gustav', member: 'g-1' }, { form: 'member' })
      expect([sent.status, sent.body]).to.deep.equal([
        201,
        {
          data: {
            text: '感谢提交，我们会尽快与您联系。',
            address: 'https://example.com/thanks',
          },
        },
      ])
      const [gus] = await named('Gus')
      expect(gus).to.deep.include({ member: 'g-1', tags: ['fair_lead'] })
    })

    it('is found by one of two who come at the same moment', async () => {
      const send = (name: string) => submit(stranger, { name, phone: '13800138008' })
      const answers = await Promise.all(['H1', 'H2', 'H3', 'H4'].map(send))
      expect(answers.map(({ status }) => status)).to.deep.equal([201, 201, 201, 201])
      expect(await byPhone('13800138008')).to.have.length(1)
    })
  })

  describe('is refused', () => {
    const cases: readonly {
      name: string
      answers: object
      more?: Sending
      status: number
      faults: readonly string[]
    }[] = [
      {
        name: 'with every fault at once, each at its field',
        answers: { phone: 'call me', topic: 'other', budget: -1, surname: 'x' },
        status: 422,
        faults: [
          ...[
            'FIELD_UNKNOWN /answers/surname',
            'FIELD_REQUIRED /answers/name',
            'FIELD_REQUIRED /answers/message',
          ],
        ],
      },
      {
        name: 'where a value is none of its field',
        answers: { name: 'x', phone: 'call me', budget: -1 },
        status: 422,
        faults: ['FIELD_FORMAT_INVALID /answers/phone', 'FIELD_NUMBER_TOO_SMALL /answers/budget'],
      },
      {
        name: 'where an option is not offered, although the field has it',
        answers: { name: 'x', phone: '13800138009', topic: 'internal' },
        status: 422,
        faults: ['FIELD_OPTION_UNKNOWN /answers/topic'],
      },
      {
        name: 'in a field that the form does not ask for, although it sets or has it',
        answers: { name: 'x', phone: '13800138009', secret: 'x', tags: ['x'], owner: null, id: 'x' },
        status: 422,
        faults: ['secret', 'tags', 'owner', 'id'].map((field) => `FIELD_UNKNOWN /answers/${field}`),
      },
      {
        name: 'without the consent that it asks for',
        answers: { name: 'x', phone: '13800138009' },
        more: { consent: false },
        status: 422,
        faults: ['WEBFORM_CONSENT_NEEDED /consent'],
      },
      {
        name: 'by a rule of the entity, in its words',
        answers: { name: 'Joker', phone: '13800138009' },
        status: 422,
        faults: ['RECORD_VALIDATION_FAILED /answers/name'],
      },
      {
        name: 'from a page faster than a person',
        answers: { name: 'x', phone: '13800138009' },
        more: { form: 'slow' },
        status: 429,
        faults: ['WEBFORM_TOO_FAST '],
      },
      {
        name: 'by a form that does not exist, or no longer takes any',
        answers: {},
        more: { form: 'none', ticket: 'x' },
        status: 404,
        faults: ['WEBFORM_UNKNOWN '],
      },
      {
        name: 'with a ticket of nobody',
        answers: {},
        more: { ticket: 'x' },
        status: 409,
        faults: ['WEBFORM_TICKET_INVALID /ticket'],
      },
    ]
    for (const { name, answers, more, status, faults: expected } of cases) {
      it(name, async () => {
        const before = (await admin.get('/api/records/enquiry?count=exact&limit=1')).body as { count: number }
        const answer = await submit(stranger, answers, more)
        expect([answer.status, faults(answer)]).to.deep.equal([status, expected])
        const after = (await admin.get('/api/records/enquiry?count=exact&limit=1')).body as { count: number }
        expect(after.count).to.equal(before.count)
      })
    }

    it('where its time is over', async () => {
      const page = await openForm(stranger, 'ended')
      expect([page.closed, page.ticket]).to.deep.equal(['Too late.', null])
      const { ticket } = await openForm(stranger)
      expect((await submit(stranger, {}, { form: 'ended', ticket })).problems[0]?.code).to.equal(
        'WEBFORM_TICKET_INVALID',
      )
    })

    it('where all seats are taken, also by those who come at once', async () => {
      const pages = await Promise.all(Array.from({ length: 4 }, () => openForm(stranger, 'two_seats')))
      const answers = await Promise.all(
        pages.map(({ ticket }, index) =>
          submit(
            stranger,
            { name: `Seat ${index}`, phone: `1390000000${index}` },
            { form: 'two_seats', ticket },
          ),
        ),
      )
      expect(answers.map(({ status }) => status).sort()).to.deep.equal([201, 201, 409, 409])
      expect((await openForm(stranger, 'two_seats')).closed).to.equal('此表单已关闭。')
    })

    it('when one address sends more than the form takes, and says when to come back', async () => {
      const send = (index: number) =>
        submit(stranger, { name: 'Rare', phone: `1390000001${index}` }, { form: 'rare' })
      expect([(await send(1)).status, (await send(2)).status]).to.deep.equal([201, 201])
      const refused = await send(3)
      expect([refused.status, faults(refused)]).to.deep.equal([429, ['WEBFORM_BUSY ']])
      expect(Number(refused.headers.get('retry-after'))).to.be.within(1, 1800)
    })
  })

  it('drops what is hidden instead of storing it', async () => {
    const sent = await submit(stranger, {
      name: 'Ida',
      phone: '13800138010',
      topic: 'price',
      message: 'unseen',
    })
    expect(sent.status).to.equal(201)
    expect((await named('Ida'))[0]).to.include({ topic: 'price', message: null })
  })

  it('thanks a machine that fills in what nobody sees, and keeps nothing of it', async () => {
    const sent = await submit(
      stranger,
      { name: 'Bot', phone: '13800138011' },
      { trap: 'http://spam.example' },
    )
    expect([sent.status, await named('Bot')]).to.deep.equal([201, []])
  })

  it('is counted for those who edit forms, and for nobody else', async () => {
    const [fair] = (await admin.get('/api/webforms')).records.filter(({ name }) => name === 'fair')
    expect(fair).to.deep.include({ path: '/f/fair', open: true, sites: ['https://www.example.com'] })
    const counts = fair!.counts as Record<string, number>
    expect(counts.trapped).to.equal(1)
    expect(counts.created! + counts.updated!).to.equal(counts.week)
    const roleless = await loginAs(admin, 'formless', [])
    expect((await roleless.get('/api/webforms')).status).to.equal(403)
    const [ada] = await named('Ada')
    expect((await roleless.get(`/api/submissions/enquiry/${ada!.id}`)).status).to.equal(404)
  })
})
