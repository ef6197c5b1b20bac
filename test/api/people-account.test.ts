import { expect } from 'chai'
import { startEngine, type TestEngine } from '../support/engine.ts'
import type { Client } from '../support/http.ts'
import { eventually, httpTemplate, loginAs, outcome, PASSWORD } from '../support/http-model.ts'

interface Session {
  readonly id: string
  readonly current: boolean
  readonly agent: string | null
  readonly address: string | null
}

describe('one’s own account', () => {
  let engine: TestEngine
  let admin: Client
  before(async () => {
    engine = await startEngine({ template: httpTemplate })
    admin = await engine.loginAdmin()
  })
  after(() => engine.stop())

  const sessionsOf = async (client: Client) =>
    (await client.get('/api/auth/sessions')).records as unknown as readonly Session[]
  const again = (name: string, agent = 'Phone') =>
    engine.client
      .post(
        '/api/auth/login',
        { email: `${name}@example.com`, password: PASSWORD },
        { headers: { 'user-agent': agent } },
      )
      .then(({ body }) => engine.client.as((body as { token: string }).token))

  it('shows the profile to one who may read no users, and changes what is one’s own', async () => {
    const rita = await loginAs(admin, 'rita', ['reader'])
    const team = (await admin.post('/api/records/team', { name: 'East' })).record.id
    await admin.patch(`/api/records/user/${rita.id}`, { team })
    const change = {
      language: 'en',
      time_zone: 'Europe/Berlin',
      working_days: ['monday'],
      works_from: '08:30:00',
    }
    const changed = await rita.patch('/api/auth/profile', change)
    expect([changed.status, changed.record]).to.deep.include(200)
    const { record } = await rita.get('/api/auth/profile')
    expect(record).to.deep.include({ ...change, name: 'rita', roles: ['reader'] })
    expect(record.team).to.deep.include({ id: team, label: 'East' })
    expect((await rita.get('/api/auth/me')).record.language).to.equal('en')
  })

  it('changes nothing else', async () => {
    const eve = await loginAs(admin, 'eve', ['reader'])
    const bodies = [
      { roles: ['administrator'] },
      { email: 'x@example.com' },
      { active: true },
      { password: PASSWORD },
    ]
    const answers = await Promise.all(bodies.map((body) => eve.patch('/api/auth/profile', body)))
    expect(answers.map(outcome)).to.deep.equal(bodies.map(() => '422 FIELD_UNKNOWN'))
    expect(outcome(await eve.patch('/api/auth/profile', { time_zone: 'Mars' }))).to.equal(
      '422 FIELD_OPTION_UNKNOWN',
    )
    expect(outcome(await eve.patch('/api/auth/profile', []))).to.equal('422 HTTP_BODY_NOT_OBJECT')
  })

  it('changes the password of who knows the present one, and ends the other sessions', async () => {
    const sam = await loginAs(admin, 'sam', ['reader'])
    const phone = await again('sam')
    const wrong = await sam.post('/api/auth/password/change', {
      current_password: 'x',
      password: 'another password',
    })
    expect([outcome(wrong), wrong.problems[0]?.path]).to.deep.equal([
      '422 AUTH_PASSWORD_WRONG',
      '/current_password',
    ])
    const weak = await sam.post('/api/auth/password/change', {
      current_password: PASSWORD,
      password: 'short',
    })
    expect(outcome(weak)).to.equal('422 FIELD_TEXT_TOO_SHORT')
    const right = await sam.post('/api/auth/password/change', {
      current_password: PASSWORD,
      password: 'another password',
    })
    expect(right.status).to.equal(204)
    await eventually(async () => (await phone.get('/api/auth/me')).status === 401)
    expect((await sam.get('/api/auth/me')).status).to.equal(200)
  })

  it('slows down who guesses the present password', async () => {
    const gus = await loginAs(admin, 'gus', ['reader'])
    const outcomes: string[] = []
    for (let tried = 0; tried < 6; tried++) {
      outcomes.push(
        outcome(await gus.post('/api/auth/password/change', { current_password: 'x', password: PASSWORD })),
      )
    }
    expect(outcomes).to.deep.equal([...Array(5).fill('422 AUTH_PASSWORD_WRONG'), '429 AUTH_THROTTLED'])
  })

  it('lists sessions with where they are from, and ends one', async () => {
    const ann = await loginAs(admin, 'ann', ['reader'])
    const phone = await again('ann')
    const list = await sessionsOf(ann)
    expect(
      list.map(({ current, agent, address }) => [current, agent === 'Phone', address]),
    ).to.have.deep.members([
      [true, false, '127.0.0.1'],
      [false, true, '127.0.0.1'],
    ])
    const other = list.find(({ current }) => !current)
    expect((await ann.delete(`/api/auth/sessions/${other?.id}`)).status).to.equal(204)
    await eventually(async () => (await phone.get('/api/auth/me')).status === 401)
    expect((await sessionsOf(ann)).length).to.equal(1)
  })

  it('ends nobody else’s session', async () => {
    const bob = await loginAs(admin, 'bob', ['reader'])
    const [theirs] = await sessionsOf(admin)
    const answers = [
      await bob.delete(`/api/auth/sessions/${theirs?.id}`),
      await bob.delete('/api/auth/sessions/x'),
    ]
    expect(answers.map(outcome)).to.deep.equal(['404 AUTH_SESSION_UNKNOWN', '404 AUTH_SESSION_UNKNOWN'])
    expect((await admin.get('/api/auth/me')).status).to.equal(200)
  })

  it('signs out everywhere, oneself or another for whom one answers', async () => {
    for (const [name, end] of [
      ['ove', (client: Client) => client.delete('/api/auth/sessions')],
      ['pia', (_client: Client, id: string) => admin.delete(`/api/users/${id}/sessions`)],
    ] as const) {
      const client = await loginAs(admin, name, ['reader'])
      const phone = await again(name)
      expect((await end(client, client.id)).status).to.equal(204)
      await eventually(async () => (await phone.get('/api/auth/me')).status === 401)
      expect((await client.get('/api/auth/me')).status).to.equal(401)
    }
  })

  it('is not for API tokens', async () => {
    const issued = await admin.post('/api/tokens', { label: 'x', roles: ['administrator'] })
    const token = admin.as(String(issued.record.token))
    const answers = [
      await token.get('/api/auth/sessions'),
      await token.delete('/api/auth/sessions'),
      await token.patch('/api/auth/profile', {}),
      await token.post('/api/auth/password/change', { current_password: 'x', password: 'x' }),
    ]
    expect(answers.map(outcome)).to.deep.equal(answers.map(() => '403 AUTH_SESSION_NEEDED'))
  })

  it('is told of a lock, once it is worth the word', async () => {
    await loginAs(admin, 'locked', ['reader'])
    const guess = () => engine.client.post('/api/auth/login', { email: 'locked@example.com', password: 'x' })
    for (let tried = 0; tried < 5; tried++) await guess()
    expect(outcome(await guess())).to.equal('429 AUTH_THROTTLED')
  })
})
