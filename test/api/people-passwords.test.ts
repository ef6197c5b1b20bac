import { expect } from 'chai'
import { ADMIN, startEngine, type TestEngine } from '../support/engine.ts'
import type { Answer, Client } from '../support/http.ts'
import { eventually, httpTemplate, loginAs, outcome, PASSWORD } from '../support/http-model.ts'
import { type MailServer, startMailServer } from '../support/mail.ts'

interface Invitation {
  readonly purpose: string
  readonly mailed: boolean
  readonly link?: string
  readonly expires_at?: string
}

const NEW_PASSWORD = 'quite another password'
const tokenIn = (text: string) => /\/set-password#([\w-]{43})/.exec(text)?.[1] ?? ''
const invitationOf = (answer: Answer) => (answer.body as { invitation: Invitation }).invitation

describe('people without a mail server', () => {
  let engine: TestEngine
  let admin: Client
  let nobody: Client
  before(async () => {
    engine = await startEngine({ template: httpTemplate })
    admin = await engine.loginAdmin()
    nobody = engine.client
  })
  after(() => engine.stop())

  const invited = async (name: string): Promise<{ id: string; token: string; email: string }> => {
    const email = `${name}@example.com`
    const made = await admin.post('/api/records/user', { name, email, roles: ['reader'] })
    expect(made.status, made.text).to.equal(201)
    return { id: made.record.id, token: tokenIn(invitationOf(made).link ?? ''), email }
  }

  it('are invited by a link to pass on when they are made without a password', async () => {
    const made = await admin.post('/api/records/user', {
      name: 'Ida',
      email: 'ida@example.com',
      roles: ['reader'],
    })
    const { link, expires_at, ...rest } = invitationOf(made)
    expect(rest).to.deep.equal({ purpose: 'invitation', mailed: false })
    expect(link).to.match(new RegExp(`^${engine.url}/set-password#[\\w-]{43}$`))
    const days = (Date.parse(expires_at ?? '') - Date.now()) / 86_400_000
    expect(days).to.be.within(6.9, 7)
  })

  it('are not invited when they have a password, when it is a dry run, or when they are switched off', async () => {
    const answers = [
      await admin.post('/api/records/user', { name: 'x', email: 'has@example.com', password: PASSWORD }),
      await admin.post('/api/records/user?dry_run=1', { name: 'x', email: 'dry@example.com' }),
      await admin.post('/api/records/user', { name: 'x', email: 'off@example.com', active: false }),
    ]
    expect(answers.map((answer) => [answer.status, invitationOf(answer)])).to.deep.equal([
      [201, undefined],
      [200, undefined],
      [201, undefined],
    ])
  })

  it('are invited once by a call that is repeated with its key', async () => {
    const call = () =>
      admin.post(
        '/api/records/user',
        { name: 'Key', email: 'key@example.com' },
        {
          headers: { 'idempotency-key': 'invite-once' },
        },
      )
    const first = await call()
    const second = await call()
    expect([invitationOf(first).purpose, invitationOf(second)]).to.deep.equal(['invitation', undefined])
    const { status } = await nobody.post('/api/auth/link', { token: tokenIn(invitationOf(first).link ?? '') })
    expect(status).to.equal(200)
  })

  it('see whose link it is, set a password and are signed in', async () => {
    const { token, email } = await invited('una')
    const look = await nobody.post('/api/auth/link', { token })
    expect(look.body).to.deep.equal({ data: { purpose: 'invitation', name: 'una', email } })
    const answer = await nobody.post('/api/auth/password', { token, password: NEW_PASSWORD })
    expect([answer.status, answer.headers.get('set-cookie')?.split('=')[0]]).to.deep.equal([
      200,
      'tenon_session',
    ])
    const session = nobody.as((answer.body as { token: string }).token)
    expect((await session.get('/api/auth/me')).record.roles).to.deep.equal(['reader'])
    expect((await nobody.post('/api/auth/login', { email, password: NEW_PASSWORD })).status).to.equal(200)
  })

  it('use a link once, also when two come at the same time', async () => {
    const { token } = await invited('twice')
    const answers = await Promise.all(
      [1, 2, 3].map(() => nobody.post('/api/auth/password', { token, password: NEW_PASSWORD })),
    )
    expect(answers.map(({ status }) => status).sort()).to.deep.equal([200, 404, 404])
    expect(outcome(await nobody.post('/api/auth/link', { token }))).to.equal('404 AUTH_LINK_INVALID')
  })

  it('keep the link when the password is refused', async () => {
    const { token } = await invited('short')
    const refused = await nobody.post('/api/auth/password', { token, password: 'short' })
    expect([outcome(refused), refused.problems[0]?.path]).to.deep.equal([
      '422 FIELD_TEXT_TOO_SHORT',
      '/password',
    ])
    expect((await nobody.post('/api/auth/password', { token, password: NEW_PASSWORD })).status).to.equal(200)
  })

  const endings: { what: string; end: (user: { id: string; token: string }) => Promise<unknown> }[] = [
    {
      what: 'time',
      end: () => engine.database.query({ text: 'UPDATE ws_default.tenon_pass SET expires_at = now()' }),
    },
    { what: 'another invitation', end: ({ id }) => admin.post(`/api/users/${id}/invitation`) },
    {
      what: 'a change of the e-mail',
      end: ({ id }) => admin.patch(`/api/records/user/${id}`, { email: 'moved@example.com' }),
    },
    {
      what: 'a password set by hand',
      end: ({ id }) => admin.patch(`/api/records/user/${id}`, { password: PASSWORD }),
    },
    { what: 'switching off', end: ({ id }) => admin.patch(`/api/records/user/${id}`, { active: false }) },
  ]
  for (const [index, { what, end }] of endings.entries()) {
    it(`cannot use a link after ${what}`, async () => {
      const user = await invited(`ends${index}`)
      await end(user)
      const answers = [
        await nobody.post('/api/auth/link', { token: user.token }),
        await nobody.post('/api/auth/password', { token: user.token, password: NEW_PASSWORD }),
      ]
      expect(answers.map(outcome)).to.deep.equal(['404 AUTH_LINK_INVALID', '404 AUTH_LINK_INVALID'])
    })
  }

  it('get a link for another password from an administrator, which ends their sessions when used', async () => {
    const lost = await loginAs(admin, 'lost', ['reader'])
    const answer = await admin.post(`/api/users/${lost.id}/invitation`)
    const { link, purpose } = answer.record as unknown as Invitation
    expect([answer.status, purpose]).to.deep.equal([201, 'password_reset'])
    await nobody.post('/api/auth/password', { token: tokenIn(link ?? ''), password: NEW_PASSWORD })
    await eventually(async () => (await lost.get('/api/auth/me')).status === 401)
  })

  it('get it from nobody else', async () => {
    const clerk = await loginAs(admin, 'nosy', ['clerk'])
    const target = await invited('target')
    const reader = await loginAs(admin, 'blind', ['reader'])
    const answers = [
      await clerk.post(`/api/users/${target.id}/invitation`),
      await clerk.delete(`/api/users/${target.id}/sessions`),
      await reader.post(`/api/users/${target.id}/invitation`),
      await nobody.post(`/api/users/${target.id}/invitation`),
    ]
    expect(answers.map(outcome)).to.deep.equal([
      '403 AUTH_DENIED',
      '403 AUTH_DENIED',
      '404 ENTITY_UNKNOWN',
      '401 AUTH_REQUIRED',
    ])
  })

  it('keeps only hashes of links', async () => {
    const { token } = await invited('hashed')
    const { rows } = await engine.database.query<{ all: string }>({
      text: 'SELECT json_agg(p)::text AS all FROM ws_default.tenon_pass p',
    })
    expect(rows[0]?.all).to.not.include(token)
    expect(rows[0]?.all).to.not.include(Buffer.from(token).toString('hex'))
  })

  it('are told that no mail goes out', async () => {
    const answers = [
      await nobody.post('/api/auth/forgot', { email: ADMIN.email }),
      await nobody.post('/api/auth/forgot', { email: 'nobody@example.com' }),
    ]
    expect(answers.map(({ status, text }) => [status, text])).to.deep.equal([
      [202, '{"data":{"mailed":false}}'],
      [202, '{"data":{"mailed":false}}'],
    ])
  })
})

describe('people with a mail server', () => {
  let engine: TestEngine
  let admin: Client
  let nobody: Client
  let server: MailServer
  before(async () => {
    server = await startMailServer()
    engine = await startEngine({
      template: httpTemplate,
      env: {
        TENON_SMTP_URL: server.url,
        TENON_MAIL_FROM: 'Tenon <crm@example.com>',
        TENON_PUBLIC_URL: 'https://crm.example.com',
      },
    })
    admin = await engine.loginAdmin()
    nobody = engine.client
  })
  after(async () => {
    await engine.stop()
    await server.stop()
  })

  it('are invited by mail in their language, with a link to the public address', async () => {
    const email = 'wei@example.com'
    const made = await admin.post('/api/records/user', { name: '伟', email, language: 'zh-CN' })
    expect(invitationOf(made)).to.deep.equal({ purpose: 'invitation', mailed: true })
    const mail = await server.mailTo(email)
    expect([mail.from, mail.to, mail.subject]).to.deep.equal([
      'crm@example.com',
      [email],
      'Admin邀请您使用 Tenon',
    ])
    expect(mail.text).to.include('伟，您好：').and.to.include('https://crm.example.com/set-password#')
    const answer = await nobody.post('/api/auth/password', {
      token: tokenIn(mail.text),
      password: NEW_PASSWORD,
    })
    expect(answer.status).to.equal(200)
  })

  it('are mailed again when the server says “not now”, and the mail is in no job', async () => {
    server.refuseNext(451)
    const email = 'later@example.com'
    await admin.post('/api/records/user', { name: 'Later', email, language: 'en' })
    const { rows } = await engine.database.query<{ payload: string }>({
      text: 'SELECT payload::text AS payload FROM ws_default.tenon_job',
    })
    expect(rows.map(({ payload }) => payload).join()).to.not.match(/set-password|[\w-]{43}"/)
    const mail = await server.mailTo(email)
    expect((await nobody.post('/api/auth/link', { token: tokenIn(mail.text) })).status).to.equal(200)
  })

  it('end in a failed job when the server refuses them for good', async () => {
    server.refuseNext(550)
    await admin.post('/api/records/user', { name: 'Never', email: 'never@example.com' })
    await eventually(async () => {
      const { rows } = await engine.database.query<{ result: string }>({
        text: "SELECT result::text AS result FROM ws_default.tenon_job WHERE state = 'failed'",
      })
      return rows.some(({ result }) => result.includes('MAIL_REFUSED'))
    })
  })

  it('get a link for a new password when they forgot theirs, by e-mail or phone number', async () => {
    const lily = await loginAs(admin, 'lily', ['reader'])
    await admin.patch(`/api/records/user/${lily.id}`, { language: 'en', phone: '139 0000 1111' })
    expect((await nobody.post('/api/auth/forgot', { email: '13900001111' })).status).to.equal(202)
    const mail = await server.mailTo('lily@example.com')
    expect(mail.subject).to.equal('Choose a new password')
    const token = tokenIn(mail.text)
    expect((await nobody.post('/api/auth/password', { token, password: NEW_PASSWORD })).status).to.equal(200)
    await eventually(async () => (await lily.get('/api/auth/me')).status === 401)
  })

  it('get the same answer for an account that there is not, and no mail', async () => {
    await loginAs(admin, 'known', ['reader'])
    const known = await nobody.post('/api/auth/forgot', { email: 'known@example.com' })
    const unknown = await nobody.post('/api/auth/forgot', { email: 'unknown@example.com' })
    expect([unknown.status, unknown.text]).to.deep.equal([known.status, known.text])
    await server.mailTo('known@example.com')
    expect(server.mails.some(({ to }) => to.includes('unknown@example.com'))).to.equal(false)
  })

  it('are not flooded: one mail in two minutes, and who asks too often waits', async () => {
    await loginAs(admin, 'flooded', ['reader'])
    const answers: string[] = []
    for (let asked = 0; asked < 7; asked++) {
      answers.push(outcome(await nobody.post('/api/auth/forgot', { email: 'flooded@example.com' })))
      if (asked === 0) await server.mailTo('flooded@example.com')
    }
    expect(answers.slice(0, 5)).to.deep.equal(Array(5).fill('202'))
    expect(answers.slice(5)).to.deep.equal(Array(2).fill('429 AUTH_THROTTLED'))
    expect(server.mails.filter(({ to }) => to.includes('flooded@example.com')).length).to.equal(1)
  })

  it('get the workspace’s own words where it has a message of that name', async () => {
    const message = {
      kind: 'message',
      name: 'invitation',
      subject: 'Come in, {{name}}',
      body: 'Here: {{link}} <b>{{name}}</b>',
    }
    expect((await admin.put('/api/meta/content/message/invitation', message)).status).to.equal(200)
    const name = '<script>{{link}}\r\nBcc: x@example.com'
    await admin.post('/api/records/user', { name: name.replace('\r\n', ' '), email: 'own@example.com' })
    const mail = await server.mailTo('own@example.com')
    expect(mail.subject).to.equal('Come in, <script>{{link}} Bcc: x@example.com')
    expect(mail.text).to.include('&lt;b&gt;&lt;script&gt;{{link}} Bcc')
    expect(mail.text).to.not.match(/^Bcc:/m)
  })
})
