import { expect } from 'chai'
import type { Answer, Client } from '../support/http.ts'
import { outcome } from '../support/http-model.ts'
import { startWorld, type World } from './world.ts'

const FORM = '/api/webforms/call_me'

/** A stranger, who has nothing but the address of a form. */
describe('a stranger at a web form', () => {
  let world: World
  let stranger: Client
  before(async () => {
    world = await startWorld()
    stranger = world.engine.client
  })
  after(() => world.stop())

  const ticket = async () => (await stranger.get(FORM)).record.ticket
  const send = async (more: object, headers: Readonly<Record<string, string>> = {}): Promise<Answer> =>
    stranger.post(`${FORM}/submissions`, { ticket: await ticket(), ...more }, { headers })
  const orders = async () =>
    ((await world.admin.get('/api/records/order?count=exact&limit=1')).body as { readonly count: number })
      .count

  it('sees labels and rules, and nothing that is stored or set', async () => {
    const page = (await stranger.get(FORM)).record
    expect(Object.keys(page).sort()).to.deep.equal(
      [
        ...['closed', 'fields', 'language', 'name', 'parameters', 'rules', 'ticket', 'time_zone'],
        ...['title', 'today', 'validator'],
      ].sort(),
    )
  })

  const bodies: readonly { what: string; body: object; expected: RegExp }[] = [
    {
      what: 'a field of the entity that is not asked',
      body: { answers: { select: 'x', case: 1 } },
      expected: /^422 FIELD_UNKNOWN/,
    },
    {
      what: 'a system field',
      body: { answers: { select: 'x', created_by: 'x', version: 9 } },
      expected: /^422 FIELD_UNKNOWN/,
    },
    {
      what: '__proto__',
      body: JSON.parse('{"answers":{"select":"x","__proto__":{"a":1}}}') as object,
      expected: /^422 FIELD_UNKNOWN/,
    },
    {
      what: 'an object in the place of a text',
      body: { answers: { select: { var: 'x' } } },
      expected: /^422 FIELD_TYPE_WRONG/,
    },
    { what: 'NUL in a text', body: { answers: { select: 'a\u0000b' } }, expected: /^422 FIELD_/ },
    {
      what: 'a list in the place of the answers',
      body: { answers: ['x'] },
      expected: /^422 FIELD_TYPE_WRONG/,
    },
    {
      what: 'a key that there is not',
      body: { answers: { select: 'x' }, actor: 'admin' },
      expected: /^422 FIELD_UNKNOWN/,
    },
    {
      what: 'thousands of names',
      body: { answers: Object.fromEntries(Array.from({ length: 4_000 }, (_, at) => [`f${at}`, 1])) },
      expected: /^422 FIELD_UNKNOWN/,
    },
    { what: 'a hundred kilobytes', body: { answers: { select: 'x'.repeat(100_000) } }, expected: /^413 / },
  ]
  for (const { what, body, expected } of bodies) {
    it(`is refused with ${what}, and nothing is stored`, async () => {
      const before = await orders()
      expect(outcome(await send(body))).to.match(expected)
      expect(await orders()).to.equal(before)
    })
  }

  it('stores markup and SQL as the text that it is', async () => {
    const text = `<script>alert(1)</script>'); DROP TABLE x; -- {{constructor}}`
    expect((await send({ answers: { select: text } })).status).to.equal(201)
    const filter = encodeURIComponent(JSON.stringify({ '==': [{ var: 'select' }, text] }))
    expect((await world.admin.get(`/api/records/order?filter=${filter}`)).records).to.have.length(1)
  })

  const tickets: readonly { what: string; of: (real: string) => string }[] = [
    { what: 'with another time', of: (real) => real.replace(/^./, (first) => (first === 'z' ? 'y' : 'z')) },
    { what: 'with another id', of: (real) => real.replace(/\.[0-9a-f]{8}/, '.00000000') },
    {
      what: 'with another signature',
      of: (real) => real.replace(/.$/, (last) => (last === '0' ? '1' : '0')),
    },
    { what: 'without a signature', of: (real) => real.split('.').slice(0, 2).join('.') },
    { what: 'empty', of: () => '' },
    { what: 'of nothing but dots', of: () => '.'.repeat(50_000) },
  ]
  for (const { what, of } of tickets) {
    it(`is refused by a ticket ${what}`, async () => {
      const answer = await send({ ticket: of(String(await ticket())), answers: { select: 'x' } })
      expect(outcome(answer)).to.match(/^(409 WEBFORM_TICKET_INVALID|422 FIELD_REQUIRED)/)
    })
  }

  it('is refused by a ticket of another workspace', async () => {
    const other = await stranger.get(FORM, { headers: { 'x-workspace': 'other' } })
    const answer = await send({ ticket: other.record.ticket, answers: { select: 'x' } })
    expect(outcome(answer)).to.equal('409 WEBFORM_TICKET_INVALID')
  })

  it('cannot send from the page of another site, whatever session the browser has', async () => {
    const foreign: readonly Readonly<Record<string, string>>[] = [
      { origin: 'https://evil.example' },
      { 'sec-fetch-site': 'cross-site' },
    ]
    for (const headers of foreign) {
      expect(outcome(await send({ answers: { select: 'x' } }, headers))).to.equal('403 HTTP_ORIGIN_DENIED')
    }
  })

  it('gains nothing by a session beside it: the form acts, with its own rights', async () => {
    const text = `by ${Date.now()}`
    const sent = await world.admin.post(`${FORM}/submissions`, {
      ticket: await ticket(),
      answers: { select: text },
    })
    expect(sent.status).to.equal(201)
    const filter = encodeURIComponent(JSON.stringify({ '==': [{ var: 'select' }, text] }))
    const [record] = (await world.admin.get(`/api/records/order?filter=${filter}`)).records
    expect(record).to.include({ created_by: null, owner: null })
  })

  it('finds no page of a form framed, and no form behind any other name', async () => {
    const page = await stranger.get('/f/call_me')
    expect(page.headers.get('content-security-policy')).to.include("frame-ancestors 'none'")
    expect(page.headers.get('content-security-policy')).to.match(/script-src 'self'(;|$)/)
    const embedded = await stranger.get('/f/call_me?embed=1')
    expect(embedded.headers.get('content-security-policy')).to.match(/frame-ancestors 'self'(;|$)/)
    for (const name of ['user', '__proto__', 'constructor', '..%2Fapi', 'x'.repeat(500)]) {
      expect((await stranger.get(`/api/webforms/${name}`)).status, name).to.equal(404)
    }
  })

  it('puts nothing into the page by its address', async () => {
    const page = await stranger.get('/f/call_me?lang=%3Cscript%3E&utm_source=%22%3E%3Cscript%3Ealert(1)')
    expect(page.text).not.to.include('alert(1)')
    expect(page.text.match(/<script/g)).to.have.length(2)
  })
})
