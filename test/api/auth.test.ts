import { expect } from 'chai'
import { ADMIN, startEngine, type TestEngine } from '../support/engine.ts'
import type { Answer, Client } from '../support/http.ts'
import { eventually, httpTemplate, loginAs, outcome, PASSWORD } from '../support/http-model.ts'

describe('sign-in', () => {
  let engine: TestEngine
  let admin: Client
  before(async () => {
    engine = await startEngine({ template: httpTemplate })
    admin = await engine.loginAdmin()
  })
  after(() => engine.stop())

  const login = (body: unknown, headers: Record<string, string> = {}): Promise<Answer> =>
    engine.client.post('/api/auth/login', body, { headers })

  it('answers a token, the user and a cookie that scripts cannot read', async () => {
    const answer = await login(ADMIN)
    expect(answer.status).to.equal(200)
    const { token, user, ...rest } = answer.body as { token: string; user: object }
    expect(rest).to.deep.equal({})
    expect(token).to.match(/^[\w-]{43}$/)
    expect(user).to.include({ email: ADMIN.email })
    expect(answer.headers.get('set-cookie')).to.equal(
      `tenon_session=${token}; Path=/; HttpOnly; SameSite=Lax; Max-Age=2592000`,
    )
  })

  it('takes the e-mail in any case', async () => {
    expect((await login({ ...ADMIN, email: ADMIN.email.toUpperCase() })).status).to.equal(200)
  })

  const wrong = [
    { what: 'a wrong password', body: { ...ADMIN, password: 'wrong' } },
    { what: 'an unknown account', body: { email: 'nobody@example.com', password: 'wrong' } },
    { what: 'an empty password', body: { ...ADMIN, password: '' } },
    { what: 'a password of many kilobytes', body: { ...ADMIN, password: 'x'.repeat(15_000) } },
    { what: 'SQL for an e-mail', body: { email: "' OR 1=1 --", password: 'x' } },
    { what: 'a NUL in the e-mail', body: { email: 'a\0b', password: 'x' } },
    { what: 'half a surrogate pair in both', body: { email: '\ud800', password: '\ud800' } },
  ]
  for (const { what, body } of wrong) {
    it(`says the same of ${what} as of any other failure`, async () => {
      const answer = await login(body)
      expect(outcome(answer)).to.equal('401 AUTH_FAILED')
      expect(answer.headers.get('set-cookie')).to.equal(null)
    })
  }

  it('reads no more than 16 KB of whoever is not signed in', async () => {
    const answer = await login({ ...ADMIN, password: 'x'.repeat(1_000_000) })
    expect(outcome(answer)).to.equal('413 HTTP_BODY_TOO_LARGE')
  })

  it('names every fault of the body at once, in the asked language', async () => {
    const answer = await login({ emial: 1, password: 2 }, { 'accept-language': 'zh-CN' })
    expect(answer.status).to.equal(422)
    expect(answer.headers.get('content-type')).to.equal('application/problem+json; charset=utf-8')
    expect(answer.body).to.deep.equal({
      type: 'urn:tenon:problem:FIELD_UNKNOWN',
      title: '校验未通过',
      status: 422,
      code: 'FIELD_UNKNOWN',
      detail: '没有名为“emial”的字段。',
      errors: [
        {
          code: 'FIELD_UNKNOWN',
          path: '/emial',
          message: '没有名为“emial”的字段。',
          hint: '您是不是要用“email”？',
        },
        { code: 'FIELD_REQUIRED', path: '/email', message: '此项必填。' },
        { code: 'FIELD_TYPE_WRONG', path: '/password', message: '应为文本。' },
      ],
    })
  })

  it('slows down guessing of one account and leaves others alone', async () => {
    const email = 'guessed@example.com'
    await admin.post('/api/records/user', { name: 'Guessed', email, roles: ['reader'], password: PASSWORD })
    const statuses: number[] = []
    for (let index = 0; index < 6; index++) statuses.push((await login({ email, password: 'guess' })).status)
    expect(statuses).to.deep.equal([401, 401, 401, 401, 401, 429])
    const throttled = await login({ email, password: PASSWORD })
    expect(throttled.status).to.equal(429)
    expect(throttled.headers.get('retry-after')).to.equal('1')
    expect((await login(ADMIN)).status).to.equal(200)
    await new Promise((resolve) => setTimeout(resolve, 1050))
    expect((await login({ email, password: PASSWORD })).status).to.equal(200)
  })

  it('refuses to sign in for a page of another site', async () => {
    const answer = await login(ADMIN, { origin: 'https://evil.example' })
    expect(outcome(answer)).to.equal('403 HTTP_ORIGIN_DENIED')
  })

  it('tells who is signed in, by token and by cookie', async () => {
    const lily = await loginAs(admin, 'lily', ['clerk', 'reader'])
    const expected = {
      user: { id: lily.id, name: 'lily', email: 'lily@example.com', language: null },
      roles: ['clerk', 'reader'],
      permissions: {
        company: { create: true, read: 'all', update: 'some', delete: 'own', export: 'none' },
        order: { create: true, read: 'own', update: 'own', delete: 'none', export: 'none' },
        user: { create: false, read: 'all', update: 'none', delete: 'none', export: 'none' },
        comment: { create: true, read: 'own', update: 'none', delete: 'none', export: 'none' },
        file: { create: true, read: 'own', update: 'none', delete: 'none', export: 'none' },
        notification: { create: false, read: 'own', update: 'own', delete: 'own', export: 'none' },
      },
      administration: [],
      definitions: [],
      language: 'zh-CN',
      workspace: 'default',
      settings: { favourites: [], opening_views: {} },
    }
    const byToken = await lily.get('/api/auth/me', { headers: { 'accept-language': 'zh' } })
    expect(byToken.record).to.deep.equal(expected)
    const cookie = `a=b; tenon_session=${lily.token}`
    const byCookie = await engine.client.get('/api/auth/me', { headers: { cookie, 'accept-language': 'en' } })
    expect(byCookie.record).to.deep.equal({ ...expected, language: 'en' })
  })

  const strangers = [
    { what: 'nothing', headers: {} },
    { what: 'an unknown token', headers: { authorization: `Bearer ${'x'.repeat(43)}` } },
    { what: 'no token of ours', headers: { authorization: 'Bearer x' } },
    { what: 'another scheme', headers: { authorization: 'Basic YWJjOmRlZg==' } },
    { what: 'an empty header beside a cookie', headers: { authorization: '', cookie: 'tenon_session=x' } },
  ]
  for (const { what, headers } of strangers) {
    it(`answers 401 to ${what}`, async () => {
      for (const path of ['/api/auth/me', '/api/records/company', '/api/meta/model', '/api/openapi.json']) {
        const answer = await engine.client.get(path, { headers: headers as Record<string, string> })
        expect([path, outcome(answer)]).to.deep.equal([path, '401 AUTH_REQUIRED'])
        expect(answer.headers.get('www-authenticate')).to.equal('Bearer realm="tenon"')
      }
    })
  }

  it('ends a session at sign-out, on this node and on others', async () => {
    const second = await startEngine({ on: engine })
    try {
      const tom = await loginAs(admin, 'tom', ['reader'])
      const elsewhere = second.client.as(tom.token)
      expect((await elsewhere.get('/api/auth/me')).status).to.equal(200)
      const out = await tom.post('/api/auth/logout')
      expect(out.status).to.equal(204)
      expect(out.headers.get('set-cookie')).to.match(
        /^tenon_session=; Path=\/; HttpOnly; SameSite=Lax; Max-Age=0$/,
      )
      expect((await tom.get('/api/auth/me')).status).to.equal(401)
      await eventually(async () => (await elsewhere.get('/api/auth/me')).status === 401)
      expect((await tom.post('/api/auth/logout')).status).to.equal(204)
    } finally {
      await second.stop()
    }
  })

  const endings = [
    { what: 'deactivation', end: (id: string) => admin.patch(`/api/records/user/${id}`, { active: false }) },
    {
      what: 'a new password',
      end: (id: string) => admin.patch(`/api/records/user/${id}`, { password: `${PASSWORD}!` }),
    },
    {
      what: 'a new password in a bulk call',
      end: (id: string) =>
        admin.post('/api/records/user/bulk', { update: [{ id, password: `${PASSWORD}!` }] }),
    },
  ]
  for (const [index, { what, end }] of endings.entries()) {
    it(`ends a user's sessions at ${what}`, async () => {
      const user = await loginAs(admin, `ending${index}`, ['reader'])
      expect((await user.get('/api/auth/me')).status).to.equal(200)
      expect((await end(user.id)).status).to.equal(200)
      await eventually(async () => (await user.get('/api/auth/me')).status === 401)
    })
  }

  it('lets who changes their own password go on', async () => {
    const self = await loginAs(admin, 'self', ['administrator'])
    const other = await engine.client.login('self@example.com', PASSWORD)
    const changed = await self.patch(`/api/records/user/${self.id}`, { password: 'another good one' })
    expect(changed.status).to.equal(200)
    expect((await self.get('/api/auth/me')).status).to.equal(200)
    await eventually(async () => (await other.get('/api/auth/me')).status === 401)
  })

  it('takes roles away at once', async () => {
    const kim = await loginAs(admin, 'kim', ['clerk'])
    expect((await kim.get('/api/records/company')).status).to.equal(200)
    await admin.patch(`/api/records/user/${kim.id}`, { roles: [] })
    await eventually(async () => (await kim.get('/api/records/company')).status === 404)
    expect((await kim.get('/api/auth/me')).record.roles).to.deep.equal([])
  })

  it('lets a cookie change nothing from another site, and a bearer token everything', async () => {
    const ann = await loginAs(admin, 'ann', ['clerk'])
    const cookie = `tenon_session=${ann.token}`
    const own = engine.url
    const send = (headers: Record<string, string>) =>
      engine.client.post('/api/records/company', { name: 'x' }, { headers })
    expect((await send({ cookie, origin: own })).status).to.equal(201)
    expect((await send({ cookie, origin: own, 'sec-fetch-site': 'same-origin' })).status).to.equal(201)
    const foreign: Record<string, string>[] = [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
    ]
    for (const headers of foreign) {
      const answer = await send({ cookie, ...headers })
      expect(outcome(answer)).to.equal('403 HTTP_ORIGIN_DENIED')
    }
    const bearer = { authorization: `Bearer ${ann.token}`, origin: 'https://partner.example' }
    expect((await send(bearer)).status).to.equal(201)
  })
})

describe('sign-in behind a proxy', () => {
  it('marks the cookie Secure and knows its own origin when the trusted proxy speaks TLS', async () => {
    const engine = await startEngine({ template: httpTemplate, env: { TENON_TRUST_PROXY: '1' } })
    try {
      const headers = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'crm.example.com' }
      const own = { ...headers, origin: 'https://crm.example.com' }
      const answer = await engine.client.post('/api/auth/login', ADMIN, { headers: own })
      expect(answer.status).to.equal(200)
      const cookie = answer.headers.get('set-cookie') ?? ''
      expect(cookie).to.match(/^__Host-tenon_session=[^;]+; Path=\/; .*; Secure$/)
      const mine = cookie.split(';')[0]!
      const statusOf = async (sent: string) =>
        (await engine.client.get('/api/auth/me', { headers: { ...headers, cookie: sent } })).status
      expect([await statusOf(mine), await statusOf(mine.replace('__Host-', ''))]).to.deep.equal([200, 401])
      const foreign = { ...headers, origin: engine.url }
      const refused = await engine.client.post('/api/auth/login', ADMIN, { headers: foreign })
      expect(outcome(refused)).to.equal('403 HTTP_ORIGIN_DENIED')
    } finally {
      await engine.stop()
    }
  })
})

describe('API tokens', () => {
  let engine: TestEngine
  let admin: Client
  before(async () => {
    engine = await startEngine({ template: httpTemplate })
    admin = await engine.loginAdmin()
  })
  after(() => engine.stop())

  const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString()

  it('act with their own roles, and are shown once', async () => {
    const made = await admin.post('/api/tokens', {
      label: 'web shop',
      roles: ['reader'],
      expires_at: inDays(7),
    })
    expect(made.status).to.equal(201)
    const { token, ...rest } = made.record
    expect(rest).to.deep.include({ label: 'web shop', roles: ['reader'] })
    const shop = engine.client.as(String(token))
    expect((await shop.get('/api/auth/me')).record).to.deep.include({
      roles: ['reader'],
      administration: [],
    })
    expect((await shop.post('/api/records/company', { name: 'x' })).status).to.equal(403)
    const listed = await admin.get('/api/tokens')
    expect(listed.text).not.to.include(token)
    expect(listed.records.map((one) => one.label)).to.deep.equal(['web shop'])
  })

  it('stop with their revocation', async () => {
    const made = await admin.post('/api/tokens', { label: 'short', roles: ['reader'] })
    const short = engine.client.as(String(made.record.token))
    expect((await short.get('/api/auth/me')).status).to.equal(200)
    const { id } = made.record
    expect((await admin.get('/api/tokens')).records.find((one) => one.label === 'short')!.id).to.equal(id)
    expect((await admin.delete(`/api/tokens/${id}`)).status).to.equal(204)
    expect((await short.get('/api/auth/me')).status).to.equal(401)
    expect((await admin.delete(`/api/tokens/${id}`)).status).to.equal(404)
  })

  it('lose the roles that their maker loses', async () => {
    const maker = await loginAs(admin, 'maker', ['integrator', 'reader'])
    const made = await maker.post('/api/tokens', { label: 'sync', roles: ['reader', 'integrator'] })
    expect(made.status).to.equal(201)
    const sync = engine.client.as(String(made.record.token))
    expect((await sync.get('/api/auth/me')).record.roles).to.deep.equal(['integrator', 'reader'])
    await admin.patch(`/api/records/user/${maker.id}`, { roles: ['reader'] })
    await eventually(
      async () => ((await sync.get('/api/auth/me')).record.roles as string[]).join() === 'reader',
    )
    await admin.patch(`/api/records/user/${maker.id}`, { active: false })
    await eventually(async () => (await sync.get('/api/auth/me')).status === 401)
  })

  it('cannot give more than their maker has', async () => {
    const maker = await loginAs(admin, 'climber', ['integrator'])
    const body = { label: 'x', roles: ['administrator', 'integratr'] }
    const answer = await maker.post('/api/tokens', body, { headers: { 'accept-language': 'en' } })
    expect(answer.status).to.equal(422)
    expect(answer.problems).to.deep.equal([
      {
        code: 'FIELD_OPTION_UNKNOWN',
        path: '/roles/0',
        message: '“administrator” is not one of the options.',
      },
      {
        code: 'FIELD_OPTION_UNKNOWN',
        path: '/roles/1',
        message: '“integratr” is not one of the options.',
        hint: 'Did you mean “integrator”?',
      },
    ])
  })

  it('are made by those alone who have the right', async () => {
    const clerk = await loginAs(admin, 'plain', ['clerk'])
    for (const answer of [
      await clerk.post('/api/tokens', { label: 'x', roles: ['clerk'] }),
      await clerk.get('/api/tokens'),
      await clerk.delete(`/api/tokens/${'0'.repeat(64)}`),
    ]) {
      expect(outcome(answer)).to.equal('403 AUTH_DENIED')
    }
  })

  const faulty = [
    { body: { label: '', roles: ['reader'] }, path: '/label', code: 'FIELD_REQUIRED' },
    { body: { label: 'x'.repeat(121), roles: ['reader'] }, path: '/label', code: 'FIELD_TEXT_TOO_LONG' },
    { body: { label: 'a\0', roles: ['reader'] }, path: '/label', code: 'FIELD_TEXT_INVALID' },
    { body: { label: 'x', roles: [] }, path: '/roles', code: 'FIELD_REQUIRED' },
    {
      body: { label: 'x', roles: ['reader'], expires_at: '2001-01-01T00:00:00Z' },
      path: '/expires_at',
      code: 'AUTH_EXPIRY_INVALID',
    },
    {
      body: { label: 'x', roles: ['reader'], expires_at: 'soon' },
      path: '/expires_at',
      code: 'AUTH_EXPIRY_INVALID',
    },
    {
      body: { label: 'x', roles: ['reader'], expires_at: '2999-01-01T00:00:00Z' },
      path: '/expires_at',
      code: 'AUTH_EXPIRY_INVALID',
    },
  ]
  for (const { body, path, code } of faulty) {
    it(`are refused for ${JSON.stringify(body).slice(0, 70)}`, async () => {
      const answer = await admin.post('/api/tokens', body)
      expect([outcome(answer), answer.problems[0]?.path]).to.deep.equal([`422 ${code}`, path])
    })
  }
})
