import { join } from 'node:path'
import { expect } from 'chai'
import { publishAll, type Written } from '../support/drafts.ts'
import { startEngine, type TestEngine } from '../support/engine.ts'
import type { Call, Client } from '../support/http.ts'
import { eventually, httpTemplate, loginAs } from '../support/http-model.ts'
import { type MailServer, startMailServer } from '../support/mail.ts'

const languages = join(import.meta.dirname, '..', 'fixtures', 'languages')
const GERMAN: Call = { headers: { 'accept-language': 'de-AT, en;q=0.8' } }
const ENGLISH: Call = { headers: { 'accept-language': 'en, de;q=0.8' } }

describe('a language that is only files', () => {
  let engine: TestEngine
  let admin: Client
  let mail: MailServer
  before(async () => {
    mail = await startMailServer()
    const env = {
      TENON_SMTP_URL: mail.url,
      TENON_MAIL_FROM: 'crm@example.com',
      TENON_PUBLIC_URL: 'https://crm.example.com',
    }
    engine = await startEngine({ template: httpTemplate, languages, env })
    admin = await engine.loginAdmin()
  })
  after(async () => {
    await engine.stop()
    await mail.stop()
  })

  it('is that of problems, for who wants it before all', async () => {
    const german = await admin.get('/api/records/compny', GERMAN)
    expect(german.headers.get('content-language')).to.equal('de')
    expect(german.body).to.deep.include({
      title: 'Nicht gefunden',
      detail: 'Eine Entität „compny“ gibt es nicht.',
    })
    expect(german.problems[0]?.hint).to.equal('Meinten Sie „company“?')
    const english = await admin.get('/api/records/compny', ENGLISH)
    expect(english.headers.get('content-language')).to.equal('en')
    expect(english.body).to.deep.include({ title: 'Not found', detail: 'There is no entity “compny”.' })
    const stranger = await engine.client.get('/api/records/company', GERMAN)
    expect(stranger.problems[0]?.message).to.equal('Bitte melden Sie sich an.')
    const method = await engine.client.put('/api/records/company', {}, GERMAN)
    expect(method.problems[0]?.message).to.equal('PUT geht hier nicht.')
  })

  it('is English where its file does not say a problem, which the answer tells', async () => {
    const answer = await admin.get('/api/records/company?limt=3', GERMAN)
    expect(answer.headers.get('content-language')).to.equal('en')
    expect(answer.problems[0]?.message).to.equal('There is no parameter “limt”.')
  })

  it('says words and hints of the engine and what definitions call their own', async () => {
    const wrong = { name: 'Tenon', email: 'nobody', amount: 'much', stage: 'gained' }
    const answer = await admin.post('/api/records/company', wrong, GERMAN)
    const told = answer.problems.map(({ path, message, hint }) => [path, message, hint])
    expect(told).to.deep.include([
      ...['/email', 'Dies ist keine gültige E-Mail-Adresse.', 'Sie sieht aus wie name@example.com.'],
    ])
    expect(told).to.deep.include(['/amount', 'Erwartet wird eine Zahl.', undefined])
  })

  it('is that of each operation of a bulk call', async () => {
    const create = [{ name: 'Tenon' }, { email: 'nobody' }]
    const { records } = await admin.post('/api/records/company/bulk', { create, atomic: false }, GERMAN)
    const [, refused] = records as unknown as readonly { readonly errors: readonly object[] }[]
    expect(refused?.errors).to.deep.equal([
      { code: 'FIELD_REQUIRED', path: '/create/1/name', message: 'Dieses Feld ist nötig.' },
      {
        ...{ code: 'FIELD_FORMAT_INVALID', path: '/create/1/email' },
        ...{ message: 'Dies ist keine gültige E-Mail-Adresse.', hint: 'Sie sieht aus wie name@example.com.' },
      },
    ])
  })

  it('is that of what a check of definitions finds, and of what one’s role may not', async () => {
    const body = { entity: 'company', rule: { '==': [{ var: 'nam' }, 1] } }
    const checked = await admin.post('/api/meta/rules/check', body, GERMAN)
    const { data } = checked.body as { readonly data: { readonly problems: readonly { message: string }[] } }
    expect(data.problems.map(({ message }) => message)).to.deep.equal(['Ein Feld „nam“ gibt es hier nicht.'])
    const clerk = await loginAs(admin, 'clerk', ['clerk'])
    const denied = await clerk.get('/api/meta/versions', GERMAN)
    expect(denied.problems[0]?.message).to.equal('Ihre Rolle erlaubt das nicht.')
  })

  describe('on the public page of a web form', () => {
    const STRANGER: Call = { headers: { accept: 'text/html', ...GERMAN.headers } }

    /** What lies in the page for its script. */
    const pageOf = async (path: string, call: Call = STRANGER) => {
      const { status, text } = await engine.client.get(path, call)
      const [, json = '{}'] = /id="webform-data">(.*?)<\/script>/s.exec(text) ?? []
      const [, lang] = /<html lang="(.*?)">/.exec(text) ?? []
      return { status, lang, text, data: JSON.parse(json) as Readonly<Record<string, unknown>> }
    }

    before(() =>
      publishAll(admin, [
        {
          ...{ kind: 'webform', name: 'join', label: { en: 'Join', 'zh-CN': '加入', de: 'Mitmachen' } },
          ...{ entity: 'company', fields: [{ field: 'name' }, { field: 'email' }], minimumSeconds: 0 },
          consent: {
            text: { en: 'Write to me.', 'zh-CN': '可联系我。', de: 'Schreiben Sie mir.' },
            version: '1',
          },
        },
      ] as unknown as readonly Written[]),
    )

    it('is asked for by the browser or by the address, and comes alone', async () => {
      const { lang, text, data } = await pageOf('/f/join')
      expect(lang).to.equal('de')
      expect(text).to.contain('Bitte erlauben Sie JavaScript')
      expect(data).to.deep.include({ language: 'de', title: 'Mitmachen' })
      expect(data.fields).to.deep.include.members([
        { name: 'name', label: 'Firmenname', control: 'text', required: true, max: 200 },
      ])
      expect(data.texts).to.include({ submit: 'Absenden', pick: 'Please choose' })
      const asked = await pageOf('/f/join?lang=de', { headers: { 'accept-language': 'zh-CN' } })
      expect(asked.data).to.deep.equal({ ...data, ticket: asked.data.ticket })
      const others = [
        await pageOf('/f/join?lang=en'),
        await pageOf('/f/join', { headers: { 'accept-language': 'zh' } }),
        await pageOf('/f/join?lang=xx', ENGLISH),
      ]
      expect(
        others.map((one) => [one.lang, one.data.title, (one.data.texts as { submit: string }).submit]),
      ).to.deep.equal([
        ['en', 'Join', 'Send'],
        ['zh-CN', '加入', '提交'],
        ['en', 'Join', 'Send'],
      ])
      const gone = await pageOf('/f/nobody')
      expect([gone.status, gone.lang, gone.data.title]).to.deep.equal([
        ...[404, 'de', 'Dieses Formular gibt es nicht.'],
      ])
    })

    it('is that of what is refused, of the thanks, and of the consent that is kept', async () => {
      const sendAs = async (answers: object) => {
        const { data } = await pageOf('/f/join')
        const headers = { 'accept-language': String(data.language) }
        const body = { ticket: data.ticket, answers, consent: true }
        return await engine.client.post('/api/webforms/join/submissions', body, { headers })
      }
      const refused = await sendAs({ name: 'Tenon', email: 'nobody' })
      expect(refused.problems.map(({ message }) => message)).to.deep.equal([
        'Dies ist keine gültige E-Mail-Adresse.',
      ])
      const taken = await sendAs({ name: 'Visitor', email: 'visitor@example.com' })
      expect(taken.body).to.deep.equal({ data: { text: 'Danke. Wir melden uns.', address: null } })
      const [record] = (await admin.get('/api/records/company?q=Visitor')).records
      const [entry] = (await admin.get(`/api/submissions/company/${record!.id}`)).records
      expect(entry?.consent).to.deep.equal({ version: '1', language: 'de', words: 'Schreiben Sie mir.' })
    })
  })

  describe('for who has chosen it', () => {
    let reader: Client & { id: string }
    before(async () => {
      reader = await loginAs(admin, 'reader', ['reader', 'clerk'])
      // The project has no folder of it, and so no such option.
      const { rowCount } = await engine.database.query({
        text: `UPDATE "ws_default"."user" SET language = 'de' WHERE id = $1::uuid`,
        values: [reader.id],
      })
      expect(rowCount).to.equal(1)
    })

    it('is that of the bell and of mails, however others read', async () => {
      const company = (await admin.post('/api/records/company', { name: 'Acme' })).record.id
      const body = { text: 'Look, please.', mentions: [reader.id] }
      expect((await admin.post(`/api/records/company/${company}/comments`, body)).status).to.equal(201)
      const [told] = (await reader.get('/api/records/notification?fields=title')).records
      expect(told?.title).to.match(/^.+ hat Sie erwähnt: Acme$/)
      const sent = await mail.mailTo('reader@example.com')
      expect(sent.subject).to.equal(told?.title)
      const own = await reader.get('/api/auth/notifications', GERMAN)
      expect(own.record.kinds).to.deep.include({ name: 'mention', label: 'Erwähnungen in Kommentaren' })
    })

    it('is that of what a flow tells them, in so far as its texts have it', async () => {
      await publishAll(admin, [
        {
          ...{ kind: 'message', name: 'welcome', entity: 'company' },
          subject: { en: 'New: {{name}}', 'zh-CN': '新：{{name}}' },
          body: { en: 'Level {{level}}', 'zh-CN': '级别 {{level}}' },
        },
        {
          ...{ kind: 'flow', name: 'told', trigger: { record: 'company', on: ['created'] } },
          steps: [
            { do: 'notify', to: { role: 'reader' }, message: 'welcome' },
            {
              do: 'notify',
              to: { role: 'reader' },
              title: { en: 'Look', 'zh-CN': '请看', de: 'Bitte ansehen' },
            },
          ],
        },
      ] as unknown as readonly Written[])
      await admin.post('/api/records/company', { name: 'Bolt', level: 'a' })
      const told = async () => (await reader.get('/api/records/notification?fields=title,text')).records
      await eventually(async () => (await told()).some(({ title }) => title === 'Bitte ansehen'))
      // Messages are written in the engine's languages; what they say of a record is in the reader's.
      expect((await told()).find(({ title }) => title === 'New: Bolt')?.text).to.equal('Level Am besten')
    })

    it('is that of the mail by which they choose a new password', async () => {
      await engine.client.post('/api/auth/forgot', { email: 'reader@example.com' })
      await eventually(async () => mail.mails.some(({ subject }) => subject === 'Neues Kennwort'))
      const sent = mail.mails.find(({ subject }) => subject === 'Neues Kennwort')
      expect(sent?.text).to.match(/https:\/\/crm\.example\.com\/set-password#[\w-]{43}/)
      expect(sent?.text).to.match(/Guten Tag reader,[\s\S]*bis \d+\. \S+ \d{4} um/)
    })
  })
})
