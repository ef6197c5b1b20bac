import { expect } from 'chai'
import { schemaOf } from '../../engine/model/state.ts'
import { safeTarget } from '../../runtime-ui/screens/safe-target.ts'
import { ADMIN } from '../support/engine.ts'
import type { Answer } from '../support/http.ts'
import { outcome } from '../support/http-model.ts'
import { sendRaw } from './raw.ts'
import { isMutating, type Route } from './routes.ts'
import { inParallel, startWorld, type World } from './world.ts'

const DENIED = '403 HTTP_ORIGIN_DENIED'

describe('forged requests', () => {
  let world: World
  let cookie: string
  let schema: string
  before(async () => {
    world = await startWorld()
    cookie = await newCookie()
    schema = (await schemaOf(world.engine.database, 'default'))!
  })
  after(() => world.stop())

  const newCookie = async (): Promise<string> => {
    const login = await world.engine.client.post('/api/auth/login', ADMIN)
    return login.headers.get('set-cookie')!.split(';')[0]!
  }
  const withCookie = async (route: Route, headers: Readonly<Record<string, string>>): Promise<Answer> => {
    const body = world.bodiesOf(route)[0]
    return world.engine.client.call(route.method, await world.addressOf(route), {
      headers: { cookie, ...headers },
      ...(body === undefined ? {} : { body }),
    })
  }
  /** What has been written so far: entries of the audit, drafts, tokens. */
  const traces = async (): Promise<unknown> => {
    const { rows } = await world.engine.database.query({
      text: `SELECT (SELECT count(*) FROM w.tenon_audit WHERE version IS NOT NULL) AS writes,
  (SELECT count(*) FROM w.tenon_changeset) AS drafts, (SELECT count(*) FROM w.tenon_session) AS sessions,
  (SELECT count(*) FROM w.tenon_content) AS content`.replaceAll('w.', `${schema}.`),
    })
    return rows[0]
  }

  const foreign: readonly (readonly [string, Record<string, string>])[] = [
    ['another site', { origin: 'https://evil.example' }],
    ['a page of no origin', { origin: 'null' }],
    ['a sister of ours', { origin: 'http://127.0.0.1.evil.example' }],
    ['another port', { origin: 'http://127.0.0.1:1' }],
    ['another site that hides its origin', { 'sec-fetch-site': 'cross-site' }],
    ['a sister that hides its origin', { 'sec-fetch-site': 'same-site' }],
    [
      'another site that speaks for a proxy',
      { origin: 'https://evil.example', 'x-forwarded-host': 'evil.example' },
    ],
  ]
  for (const [who, headers] of foreign) {
    it(`by ${who} with a browser's cookie change nothing on any route`, async () => {
      // An address must lead somewhere before, or making what it leads to would be counted.
      for (const route of world.routes) await world.addressOf({ ...route, method: 'GET' })
      const before = await traces()
      const found = await inParallel(world.routes.filter(isMutating), async (route) => {
        const address = { ...route, path: await world.addressOf({ ...route, method: 'GET' }) }
        const answer = await withCookie(address, headers)
        // What is open to everybody needs no cookie; it must only give nobody a session.
        const isRefused = route.isOpen ? !answer.headers.has('set-cookie') : outcome(answer) === DENIED
        return isRefused ? [] : [`${route.method} ${route.path}: ${answer.text}`]
      })
      expect(found.flat()).to.deep.equal([])
      expect(await traces()).to.deep.equal(before)
    })
  }

  it('cannot be made of what only reads: no GET writes anything', async () => {
    for (const route of world.routes) await world.addressOf({ ...route, method: 'GET' })
    const before = await traces()
    for (const route of world.routes.filter((one) => !isMutating(one))) {
      await withCookie(route, { 'sec-fetch-site': 'cross-site', 'x-http-method-override': 'DELETE' })
    }
    expect(await traces()).to.deep.equal(before)
  })

  it('by a form of another site are no JSON', async () => {
    const types = ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']
    const routes = world.routes.filter((route) => route.body !== undefined && !route.isOpen)
    const found = await inParallel(routes, async (route) => {
      const answers = await Promise.all(
        types.map((type) => withCookie(route, { 'content-type': type, 'sec-fetch-site': 'none' })),
      )
      return answers
        .filter((answer) => answer.status !== 415)
        .map((answer) => `${route.path}: ${answer.text}`)
    })
    expect(found.flat()).to.deep.equal([])
  })

  describe('sessions', () => {
    it('are never those that somebody else chose', async () => {
      const chosen = 'tenon_session=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'
      const login = await world.engine.client.post('/api/auth/login', ADMIN, { headers: { cookie: chosen } })
      const given = login.headers.get('set-cookie')!
      expect(given).to.match(/^tenon_session=[\w-]{40,}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=\d+$/)
      expect(given).not.to.include(chosen)
      const me = await world.engine.client.get('/api/auth/me', { headers: { cookie: chosen } })
      expect(outcome(me)).to.equal('401 AUTH_REQUIRED')
    })

    it('are new at each sign-in, and one that was ended stays ended', async () => {
      const [first, second] = [await newCookie(), await newCookie()]
      expect(first).not.to.equal(second)
      await world.engine.client.post('/api/auth/logout', undefined, { headers: { cookie: first } })
      const status = async (one: string): Promise<number> =>
        (await world.engine.client.get('/api/auth/me', { headers: { cookie: one } })).status
      expect([await status(first), await status(second)]).to.deep.equal([401, 200])
    })

    it('are not read from an address, where logs and other sites would see them', async () => {
      const token = cookie.slice(cookie.indexOf('=') + 1)
      for (const name of ['token', 'access_token', 'tenon_session', 'session', 'authorization']) {
        const answer = await world.engine.client.get(`/api/auth/me?${name}=${token}`)
        expect([name, answer.status]).to.deep.equal([name, answer.status === 400 ? 400 : 401])
      }
    })

    it('lie in the database as hashes alone', async () => {
      const token = cookie.slice(cookie.indexOf('=') + 1)
      const { rows } = await world.engine.database.query<{ row: string }>({
        text: `SELECT s::text AS row FROM ${schema}.tenon_session s`,
      })
      const text = rows.map(({ row }) => row).join('\n')
      expect(text).not.to.include(token)
      expect(text).not.to.include(Buffer.from(token).toString('hex'))
    })
  })

  describe('addresses', () => {
    const elsewhere = ['//evil.example/', '/\\evil.example', 'https://evil.example/', '/%2f%2fevil.example']
    it('that name another site never become a redirect', async () => {
      const names = ['next', 'to', 'url', 'redirect', 'return_to', 'continue', 'goto', 'callback', 'from']
      const addresses = [
        ...elsewhere,
        '//evil.example/%2e%2e',
        '///evil.example',
        '/assets//evil.example/',
        '/designer//evil.example',
        ...names.map((name) => `/sign-in?${name}=https://evil.example/`),
        ...names.map((name) => `/api/auth/me?${name}=https://evil.example/`),
      ]
      for (const address of addresses) {
        const answer = await sendRaw(
          world.engine.url,
          `GET ${address} HTTP/1.1\r\nHost: x\r\nAccept: text/html\r\nConnection: close\r\n\r\n`,
        )
        expect([address, answer.status < 300 || answer.status >= 400]).to.deep.equal([address, true])
        expect(answer.text.split('\r\n\r\n')[0]).not.to.match(/^location:/im)
      }
    })

    it('to which a page goes on after the sign-in are its own, whatever a link says', () => {
      const written = [
        '\t/evil.example',
        '\n/evil.example',
        '\r\n/evil.example',
        '/evil.example',
        '\\evil.example',
      ]
      for (const rest of written) expect(safeTarget(`/${rest}`)).to.equal('/')
      for (const to of ['https://evil.example', 'javascript:alert(1)', 'evil.example', '', ' /x', null])
        expect(safeTarget(to)).to.equal('/')
      const target = '/records/account?q=客户&sort=-name#x'
      expect(safeTarget(target)).to.equal(target)
    })

    it('in a Location lead to this engine, whatever host the request names', async () => {
      const body = '{"name":"x"}'
      const { text } = await sendRaw(
        world.engine.url,
        `POST /api/records/company HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: evil.example\r\n` +
          `Authorization: Bearer ${world.admin.token}\r\nContent-Type: application/json\r\nConnection: close\r\n` +
          `Content-Length: ${body.length}\r\n\r\n${body}`,
      )
      expect(/^location: (.*)$/im.exec(text)?.[1]).to.match(/^\/api\/records\/company\/[0-9a-f-]{36}$/)
      expect(text).not.to.include('evil.example')
    })

    it('of every Location that any route answers are relative', async () => {
      const found = await inParallel(world.routes.filter(isMutating), async (route) => {
        const body = world.bodiesOf(route)[0]
        const client = await world.callerFor(route)
        const answer = await client.call(route.method, await world.addressOf(route), {
          headers: { 'x-forwarded-host': 'evil.example' },
          ...(body === undefined ? {} : { body }),
        })
        const location = answer.headers.get('location') ?? '/api/'
        return /^\/api\/(?!\/)/.test(location) ? [] : [`${route.path}: ${location}`]
      })
      expect(found.flat()).to.deep.equal([])
    })
  })
})
