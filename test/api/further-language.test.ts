import { join } from 'node:path'
import { expect } from 'chai'
import { startEngine, type TestEngine } from '../support/engine.ts'
import type { Call, Client } from '../support/http.ts'
import { httpTemplate, loginAs } from '../support/http-model.ts'

const languages = join(import.meta.dirname, '..', 'fixtures', 'languages')
const GERMAN: Call = { headers: { 'accept-language': 'de-AT, en;q=0.8' } }
const ENGLISH: Call = { headers: { 'accept-language': 'en, de;q=0.8' } }

describe('a language that is only files', () => {
  let engine: TestEngine
  let admin: Client
  before(async () => {
    engine = await startEngine({ template: httpTemplate, languages })
    admin = await engine.loginAdmin()
  })
  after(() => engine.stop())

  it('is that of problems, for who wants it before all', async () => {
    const german = await admin.get('/api/records/compny', GERMAN)
    expect(german.headers.get('content-language')).to.equal('de')
    expect(german.body).to.deep.include({
      title: 'Nicht gefunden',
      detail: 'Eine Entität „compny“ gibt es nicht.',
    })
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
})
