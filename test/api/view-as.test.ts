import { expect } from 'chai'
import { auditPath } from '../support/audit.ts'
import { publishAll, type Written } from '../support/drafts.ts'
import { ADMIN } from '../support/engine.ts'
import type { Answer, Client } from '../support/http.ts'
import { eventually } from '../support/http-model.ts'
import { make, outcome, type Person, startWorld, type World } from './records/world.ts'

const PEOPLE = { user: { read: 'all' } } as const
const ROLES: readonly Written[] = [
  { kind: 'role', name: 'registrar', default: { read: 'none' }, entities: PEOPLE, administration: ['users'] },
  { kind: 'role', name: 'auditor', default: { read: 'none' }, administration: ['audit'] },
  { kind: 'role', name: 'drawer', default: { read: 'none' }, definitions: ['view'] },
]
const READ_ONLY = [403, 'AUTH_VIEW_READ_ONLY']
const VIEW = '/api/auth/view-as'

describe('seeing as another user', () => {
  let world: World
  let admin: Client
  let lily: Person
  let registrar: Person
  let hers: string

  before(async () => {
    world = await startWorld()
    admin = world.admin
    await publishAll(admin, ROLES)
    lily = await world.person('lily', 'sales')
    registrar = await world.person('registrar', 'registrar')
    hers = (await make(lily, 'account', { name: 'Hers' })).id
    await make(admin, 'account', { name: 'Not hers' })
  })
  after(() => world.stop())

  const view = async (by: Client, user: string): Promise<Client> =>
    world.client.as(String((await by.post(VIEW, { user })).record.token))
  const names = async (client: Client) =>
    (await client.get('/api/records/account?sort=name')).records.map(({ name }) => name)
  const audited = async (query: string) => (await admin.get(auditPath(`${query}`))).records

  it('shows what that user sees, and who really looks', async () => {
    const made = await registrar.post(VIEW, { user: lily.id })
    expect(made.status).to.equal(201)
    const hour = new Date(String(made.record.expires_at)).getTime() - Date.now()
    expect(hour).to.be.within(59 * 60_000, 60 * 60_000)
    const seen = world.client.as(String(made.record.token))
    expect(await names(seen)).to.deep.equal(['Hers'])
    const me = (await seen.get('/api/auth/me')).record
    expect([me.user, me.roles, me.viewer]).to.deep.equal([
      { id: lily.id, name: 'lily', email: 'lily@example.com', language: null },
      ['sales'],
      { id: registrar.id, name: 'registrar', until: made.record.expires_at },
    ])
    expect((await lily.get('/api/auth/me')).record).to.not.have.property('viewer')
    const asked = await seen.post('/api/records/account/query', { fields: 'name' })
    expect(asked.records.map(({ name }) => name)).to.deep.equal(['Hers'])
    const counted = await seen.post('/api/records/account/aggregate', { measures: [{ fn: 'count' }] })
    expect(counted.records).to.deep.equal([{ count: 1 }])
  })

  it('writes nothing, whatever is tried, and each attempt is told with who made it', async () => {
    const seen = await view(registrar, lily.id)
    const at = `/api/records/account/${hers}`
    const attempts: (readonly [string, string, unknown?])[] = [
      ['POST', '/api/records/account', { name: 'x' }],
      ['PATCH', at, { name: 'x' }],
      ['DELETE', at],
      ['POST', `${at}/restore`],
      ['POST', `${at}/comments`, { text: 'x' }],
      ['POST', `${at}/history/restore`, { version: 1 }],
      ['PUT', '/api/records/account/by/code/x', { name: 'x' }],
      ['POST', '/api/records/account/bulk', { create: [{ name: 'x' }] }],
      ['GET', '/api/records/account/export'],
      ['POST', '/api/records/account/export', {}],
      ['PATCH', '/api/auth/profile', { language: 'en' }],
      ['POST', '/api/auth/password/change', { current_password: 'x', password: 'y' }],
      ['DELETE', '/api/auth/sessions'],
      ['POST', '/api/tokens', { label: 'x', roles: ['sales'] }],
      ['POST', '/api/files', {}],
      ['POST', '/api/meta/changesets', { label: 'x' }],
      ['PUT', '/api/meta/content/view/v', {}],
      ['PUT', '/api/audit/retention', { months: 1 }],
      ['POST', VIEW, { user: registrar.id }],
      ['POST', '/api/records/account/query/../bulk', {}],
    ]
    const faults: unknown[] = []
    for (const [method, path, body] of attempts) {
      const told = outcome(await seen.call(method, path, body === undefined ? {} : { body }))
      if (String(told) !== String(READ_ONLY)) faults.push([method, path, ...told])
    }
    expect(faults).to.deep.equal([])
    expect((await admin.get(at)).record.version).to.equal(1)
    const [last] = await audited(`action=denied&user=${registrar.id}&limit=1`)
    expect([last?.details, (last?.actor as { id: string } | undefined)?.id]).to.deep.equal([
      {
        ...{ method: 'POST', path: '/api/records/account/bulk', code: 'AUTH_VIEW_READ_ONLY' },
        as: lily.id,
      },
      registrar.id,
    ])
  })

  it('is audited from its beginning to its end, downloads in it too', async () => {
    const form = new FormData()
    form.set('file', new Blob(['hello']), 'hello.txt')
    form.set('entity', 'account')
    form.set('record', hers)
    const file = (await lily.post('/api/files', form)).record.id
    const seen = await view(registrar, lily.id)
    expect((await seen.get(`/api/files/${file}`)).text).to.equal('hello')
    expect((await seen.delete(VIEW)).status).to.equal(204)
    expect((await seen.get('/api/auth/me')).status).to.equal(401)
    const told = await audited(`user=${registrar.id}&action=view_begun,view_ended,downloaded&limit=3`)
    expect(told.map(({ action }) => action)).to.deep.equal(['view_ended', 'downloaded', 'view_begun'])
    expect(told.map(({ record }) => (record as { id: string }).id)).to.deep.equal([lily.id, file, lily.id])
    expect(told.every(({ request, address }) => request !== null && address !== null)).to.equal(true)
    expect((await audited(`user=${lily.id}&action=downloaded`)).length).to.equal(0)
    expect(told.map(({ details }) => (details as { as?: string }).as)).to.deep.equal([
      ...[lily.id, lily.id, undefined],
    ])
  })

  it('is for administrators of users in a session of their own, and of nobody with more rights', async () => {
    const adminId = String(((await admin.get('/api/auth/me')).record.user as { id: string }).id)
    const auditor = await world.person('auditor', 'auditor')
    const drawer = await world.person('drawer', 'drawer')
    const off = await world.person('off', 'sales')
    await admin.patch(`/api/records/user/${off.id}`, { active: false })
    const token = await admin.post('/api/tokens', { label: 'x', roles: ['registrar'] })
    const cases: (readonly [Client, unknown, (string | number)[]])[] = [
      [lily, { user: registrar.id }, [404, 'ENTITY_UNKNOWN']],
      [world.client, { user: lily.id }, [401, 'AUTH_REQUIRED']],
      [registrar, { user: adminId }, [403, 'AUTH_BEYOND_OWN']],
      [registrar, { user: auditor.id }, [403, 'AUTH_BEYOND_OWN']],
      [registrar, { user: drawer.id }, [403, 'AUTH_BEYOND_OWN']],
      [registrar, { user: registrar.id }, [422, 'AUTH_VIEW_SELF /user']],
      [registrar, { user: off.id }, [422, 'AUTH_VIEW_INACTIVE /user']],
      [registrar, { user: 'x' }, [404, 'RECORD_NOT_FOUND']],
      [registrar, {}, [422, 'FIELD_REQUIRED /user']],
      [world.client.as(String(token.record.token)), { user: lily.id }, [403, 'AUTH_SESSION_NEEDED']],
    ]
    for (const [client, body, expected] of cases)
      expect(outcome(await client.post(VIEW, body))).to.deep.equal(expected)
    expect((await admin.post(VIEW, { user: registrar.id })).status).to.equal(201)
  })

  describe('ends', () => {
    let looker: Person
    let seen: Person
    let eyes: Client
    let count = 0

    beforeEach(async () => {
      looker = await world.person(`looker${++count}`, 'registrar')
      seen = await world.person(`seen${count}`, 'sales')
      eyes = await view(looker, seen.id)
      expect((await eyes.get('/api/auth/me')).status).to.equal(200)
    })
    const isOver = () => eventually(async () => (await eyes.get('/api/auth/me')).status === 401)
    const at = (person: Person) => `/api/records/user/${person.id}`

    const ends: Record<string, () => Promise<unknown>> = {
      'when who looks signs out': () => looker.post('/api/auth/logout'),
      'when who looks signs out everywhere': () => looker.delete('/api/auth/sessions'),
      'when who looks is switched off': () => admin.patch(at(looker), { active: false }),
      'when who looks loses the right': () => admin.patch(at(looker), { roles: ['sales'] }),
      'when who is seen is switched off': () => admin.patch(at(seen), { active: false }),
      'when who is seen gets rights beyond': () => admin.patch(at(seen), { roles: ['auditor'] }),
      'when who is seen is signed out everywhere': () => admin.delete(`/api/users/${seen.id}/sessions`),
      'when the next one begins': () => view(looker, lily.id),
      'by itself, after its time': () =>
        world.database
          .query({
            text: `UPDATE "ws_default".tenon_session SET expires_at = now() WHERE kind = 'view_as' AND user_id = $1`,
            values: [seen.id],
          })
          .then(() => admin.patch(at(seen), { name: 'other' })),
    }
    for (const [when, end] of Object.entries(ends)) {
      it(when, async () => {
        await end()
        await isOver()
      })
    }

    it('alone where it is signed out by its own token', async () => {
      await eyes.post('/api/auth/logout')
      await isOver()
      expect((await looker.get('/api/auth/me')).status).to.equal(200)
    })
  })

  describe('in a browser', () => {
    const cookiesOf = (answer: Answer) =>
      Object.fromEntries(
        answer.headers
          .getSetCookie()
          .map((cookie) => cookie.split(';', 1)[0]!.split('=') as [string, string]),
      )
    const call = (method: string, path: string, cookies: object, body?: unknown, origin = world.url) =>
      world.client.call(method, path, {
        headers: {
          cookie: Object.entries(cookies)
            .map(([name, value]) => `${name}=${value}`)
            .join('; '),
          origin,
        },
        ...(body === undefined ? {} : { body }),
      })
    const userOf = (answer: Answer) => (answer.record.user as { name: string }).name

    it('goes before the session, beside it, until it is stopped', async () => {
      const signedIn = cookiesOf(await world.client.post('/api/auth/login', ADMIN))
      const foreign = await call('POST', VIEW, signedIn, { user: lily.id }, 'https://evil.example')
      expect(outcome(foreign)).to.deep.equal([403, 'HTTP_ORIGIN_DENIED'])
      const begun = await call('POST', VIEW, signedIn, { user: lily.id })
      const [set] = begun.headers.getSetCookie()
      expect(set).to.match(/^tenon_view=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/)
      const both = { ...signedIn, ...cookiesOf(begun) }
      expect(userOf(await call('GET', '/api/auth/me', both))).to.equal('lily')
      expect(outcome(await call('POST', '/api/records/account', both, { name: 'x' }))).to.deep.equal(
        READ_ONLY,
      )
      expect(outcome(await call('DELETE', VIEW, both, undefined, 'https://evil.example'))).to.deep.equal([
        ...[403, 'HTTP_ORIGIN_DENIED'],
      ])
      const stopped = await call('DELETE', VIEW, both)
      expect([stopped.status, stopped.headers.getSetCookie()]).to.deep.equal([
        ...[204, ['tenon_view=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0']],
      ])
      expect(userOf(await call('GET', '/api/auth/me', signedIn))).to.not.equal('lily')
    })

    it('is never followed unnoticed by acts of one’s own', async () => {
      const signedIn = cookiesOf(await world.client.post('/api/auth/login', ADMIN))
      const begun = await call('POST', VIEW, signedIn, { user: lily.id })
      const both = { ...signedIn, ...cookiesOf(begun) }
      await admin.delete(`/api/users/${lily.id}/sessions`)
      const over = await call('POST', '/api/records/account', both, { name: 'unnoticed' })
      expect([...outcome(over), over.headers.getSetCookie()[0]]).to.deep.equal([
        ...[401, 'AUTH_VIEW_ENDED', 'tenon_view=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0'],
      ])
      expect(await names(admin)).to.not.include('unnoticed')
    })

    it('goes with signing out and in', async () => {
      const signedIn = cookiesOf(await world.client.post('/api/auth/login', ADMIN))
      const both = { ...signedIn, ...cookiesOf(await call('POST', VIEW, signedIn, { user: registrar.id })) }
      const out = await call('POST', '/api/auth/logout', both)
      expect(cookiesOf(out)).to.deep.equal({ tenon_session: '', tenon_view: '' })
      expect((await call('GET', '/api/auth/me', signedIn)).status).to.equal(401)
      expect((await call('GET', '/api/auth/me', both)).status).to.equal(401)
      expect(cookiesOf(await call('POST', '/api/auth/login', both, ADMIN)).tenon_view).to.equal('')
      expect(cookiesOf(await world.client.post('/api/auth/login', ADMIN))).to.have.keys(['tenon_session'])
    })
  })
})
