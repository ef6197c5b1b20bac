import { expect } from 'chai'
import { publishAll } from '../support/drafts.ts'
import { startEngine, type TestEngine } from '../support/engine.ts'
import type { Client } from '../support/http.ts'
import { httpTemplate, loginAs, outcome } from '../support/http-model.ts'

const GREETING = {
  kind: 'message',
  name: 'greeting',
  entity: 'company',
  subject: { en: '{{name}}: {{level}}', 'zh-CN': '{{name}}：{{level}}' },
  body: {
    en: '{{amount}} since {{founded}}, {{owner}} {{parent.name}} {{active}}',
    'zh-CN': '{{amount}} {{active}}',
  },
}

describe('messages', () => {
  let engine: TestEngine
  let admin: Client
  before(async () => {
    engine = await startEngine({ template: httpTemplate })
    admin = await engine.loginAdmin()
  })
  after(() => engine.stop())

  const save = (message: object) => admin.put('/api/meta/content/message/greeting', message)
  const preview = (body: object, client = admin) => client.post('/api/meta/messages/preview', body)

  it('act on save, are listed, and tell where they use a field', async () => {
    expect((await save(GREETING)).status).to.equal(200)
    const uses = await admin.get('/api/meta/definitions/entity/company/uses?item=level')
    expect(JSON.stringify(uses.body)).to.include('"/subject/en"').and.to.include('"/subject/zh-CN"')
    const listed = await admin.get('/api/meta/definitions?kind=message')
    expect(listed.records.map(({ name }) => name)).to.deep.equal(['greeting'])
  })

  const faults = [
    { what: 'a field that there is not', body: '{{nmae}}', code: 'META_REFERENCE_UNKNOWN', path: '/body' },
    {
      what: 'a block that is not closed',
      body: 'a\n{{#if name}}',
      code: 'META_VALUE_INVALID',
      path: '/body',
    },
    { what: 'a helper that there is not', body: '{{log name}}', code: 'META_VALUE_INVALID', path: '/body' },
    { what: 'a partial', body: { en: '{{> x}}' }, code: 'META_VALUE_INVALID', path: '/body/en' },
    { what: 'a way to the prototype', body: '{{name.__proto__}}', code: 'META_VALUE_INVALID', path: '/body' },
    { what: 'what is behind a text', body: '{{name.first}}', code: 'META_VALUE_INVALID', path: '/body' },
    { what: 'a secret', body: '{{owner.password}}', code: 'META_VALUE_INVALID', path: '/body' },
    { what: 'no text', body: undefined, code: 'META_KEY_MISSING', path: '/body' },
  ]
  for (const { what, body, code, path } of faults) {
    it(`are refused with ${what}, saved and in a preview`, async () => {
      const saved = await save({ ...GREETING, body })
      expect([saved.status, ...saved.problems.map((fault) => `${fault.code} ${fault.path}`)]).to.deep.equal([
        422,
        `${code} ${path}`,
      ])
      const shown = await preview({ message: { ...GREETING, body } })
      expect(shown.problems.map((fault) => `${fault.code} ${fault.path}`)).to.deep.equal([
        `${code} /message${path}`,
      ])
    })
  }

  it('are previewed as a receiver may see the record, by those who may see as they do', async () => {
    const clerk = await loginAs(admin, 'previewed', ['clerk'])
    const mine = (await clerk.post('/api/records/company', { name: 'Mine', level: 'a' })).record.id
    const theirs = (await admin.post('/api/records/company', { name: 'Theirs', level: 'b' })).record.id
    const message = { ...GREETING, body: { en: '{{name}}' } }
    const seen = (record: string, client = admin) =>
      preview({ message, record, receiver: clerk.id, language: 'en' }, client)
    expect((await seen(mine)).record).to.include({ subject: 'Mine: Best', text: 'Mine' })
    expect((await seen(theirs)).record).to.include({ subject: ':', text: '' })
    expect((await seen(mine, clerk)).status).to.equal(403)
  })

  it('know the places of messages without an entity', async () => {
    const answer = await admin.put('/api/meta/content/message/invitation', {
      kind: 'message',
      name: 'invitation',
      subject: 'x',
      body: '{{lnik}}',
    })
    expect([outcome(answer), answer.problems[0]?.hint]).to.deep.equal([
      '422 META_VALUE_INVALID',
      '您是不是要用“link”？',
    ])
  })

  it('are shown with the fields’ labels, and with a record as it reads in each language', async () => {
    await save(GREETING)
    const sample = await preview({ name: 'greeting', language: 'en' })
    expect(sample.record).to.deep.include({
      subject: '[Name]: [level]',
      text: '[amount] since [founded], [Owner] [Name] [active]',
    })
    const parent = (await admin.post('/api/records/company', { name: 'Mother' })).record.id
    const fields = { name: 'Acme', level: 'a', amount: 1234.5, founded: '2001-02-03', parent }
    const { id } = (await admin.post('/api/records/company', fields)).record
    const english = (await preview({ name: 'greeting', language: 'en', record: id })).record
    expect([english.subject, english.text]).to.deep.equal([
      'Acme: Best',
      'CN¥1,234.50 since February 3, 2001, Admin Mother yes',
    ])
    const chinese = (await preview({ name: 'greeting', language: 'zh-CN', record: id })).record
    expect([chinese.subject, chinese.text]).to.deep.equal(['Acme：最好', '¥1,234.50 是'])
  })

  it('follow a field that is renamed', async () => {
    await save({ ...GREETING, body: '{{name}} {{website}}' })
    const { record } = await admin.get('/api/meta/definitions/entity/company')
    const company = record as unknown as { fields: { name: string }[] }
    const renamed = company.fields.map((field) =>
      field.name === 'website' ? { ...field, name: 'site' } : field,
    )
    await publishAll(admin, [{ ...(company as object), kind: 'entity', name: 'company', fields: renamed }])
    expect((await admin.get('/api/meta/definitions/message/greeting')).record.body).to.equal(
      '{{name}} {{site}}',
    )
  })

  it('are previewed by who edits definitions, with records in their sight', async () => {
    const reader = await loginAs(admin, 'rita', ['reader'])
    const unknown = '019a0000-0000-7000-8000-000000000000'
    const answers = [
      await preview({ name: 'invitation' }, reader),
      await preview({ name: 'invitatoin' }),
      await preview({ name: 'greeting', record: unknown }),
      await preview({ name: 'greeting', language: 'fr' }),
    ]
    expect(answers.map(outcome)).to.deep.equal([
      '403 AUTH_DENIED',
      '404 META_DEFINITION_UNKNOWN',
      '404 RECORD_NOT_FOUND',
      '422 FIELD_OPTION_UNKNOWN',
    ])
  })
})
