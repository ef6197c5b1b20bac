import type { Socket } from 'node:net'
import { performance } from 'node:perf_hooks'
import { expect } from 'chai'
import { createHttpServer } from '../../engine/http/server.ts'
import { openDraft } from '../support/drafts.ts'
import type { Answer } from '../support/http.ts'
import { outcome } from '../support/http-model.ts'
import { openSocket, sendRaw } from './raw.ts'
import { entityOf } from './routes.ts'
import { startWorld, type World } from './world.ts'

const MEGABYTE = 1024 * 1024
/** The most work that one request may do in one go, milliseconds of processor: all others wait for it. */
const LONGEST_BLOCK_MS = 4_000
const MANY = 300

describe('too much, too slow, too deep', () => {
  let world: World
  before(async () => {
    world = await startWorld()
  })
  after(() => world.stop())
  afterEach(async () => {
    expect((await world.engine.client.get('/healthz')).status).to.equal(200)
  })

  const query = (body: unknown): Promise<Answer> => world.admin.post('/api/records/company/query', body)
  /**
   * The most that this process worked between two turns of its loop, milliseconds of processor: how long others waited for
   * that depends on who else uses the machine.
   */
  const longestBlock = async (work: () => Promise<unknown>): Promise<number> => {
    let [before, longest] = [process.cpuUsage(), 0]
    const look = (): void => {
      const { user, system } = process.cpuUsage(before)
      before = process.cpuUsage()
      longest = Math.max(longest, (user + system) / 1000)
    }
    const timer = setInterval(look, 10)
    await work()
    clearInterval(timer)
    look()
    return longest
  }

  describe('questions', () => {
    const wide = (count: number): unknown => ({
      or: Array.from({ length: count }, (_, index) => ({ '==': [{ var: 'score' }, index] })),
    })
    const deep = (levels: number, operator: string): string =>
      `${`{"${operator}":[`.repeat(levels)}true${']}'.repeat(levels)}`
    const cases: readonly { what: string; body: () => string; expected: RegExp }[] = [
      {
        what: 'JSON Logic of two megabytes, wide',
        body: () => JSON.stringify({ filter: wide(60_000) }),
        expected: /^400 RULE_TOO_LARGE/,
      },
      {
        what: 'JSON Logic of two megabytes, one text',
        body: () => JSON.stringify({ filter: { '==': [{ var: 'name' }, 'x'.repeat(2 * MEGABYTE)] } }),
        expected: /^(200|400 )/,
      },
      {
        what: 'JSON Logic of two megabytes, one path',
        body: () => JSON.stringify({ filter: { '==': [{ var: 'a.'.repeat(MEGABYTE) }, 1] } }),
        expected: /^400 /,
      },
      {
        what: 'JSON Logic of two megabytes, one operator',
        body: () => JSON.stringify({ filter: { ['x'.repeat(2 * MEGABYTE)]: [1] } }),
        expected: /^400 /,
      },
      {
        what: 'JSON Logic of two megabytes, a list of values',
        body: () =>
          JSON.stringify({ filter: { in: [{ var: 'name' }, Array.from({ length: 300_000 }, () => 'x')] } }),
        expected: /^400 /,
      },
      {
        what: 'JSON Logic of ten thousand keys',
        body: () =>
          JSON.stringify({
            filter: Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`k${index}`, 1])),
          }),
        expected: /^400 /,
      },
      ...['!', 'and', '+', 'if', 'some', 'map'].map((operator) => ({
        what: `JSON Logic of ninety levels of ${operator}`,
        body: () => `{"filter":${deep(45, operator)}}`,
        expected: /^400 /,
      })),
      {
        what: 'a million levels of lists',
        body: () => `{"filter":${'['.repeat(1_000_000)}`,
        expected: /^400 HTTP_BODY_TOO_DEEP/,
      },
      {
        what: 'a million levels of objects',
        body: () => '{"a":'.repeat(1_000_000),
        expected: /^400 HTTP_BODY_TOO_DEEP/,
      },
      {
        what: 'ten thousand fields',
        body: () => JSON.stringify({ fields: 'name,'.repeat(10_000) }),
        expected: /^(200|400 )/,
      },
      {
        what: 'ten thousand sorts',
        body: () => JSON.stringify({ sort: 'name,'.repeat(10_000) }),
        expected: /^(200|400 )/,
      },
      {
        what: 'a number of a megabyte',
        body: () => `{"limit":${'9'.repeat(MEGABYTE)}}`,
        expected: /^400 /,
      },
    ]
    for (const { what, body, expected } of cases) {
      it(`of ${what} are refused, and nobody waits for it`, async () => {
        const text = body()
        const answers: Answer[] = []
        const block = await longestBlock(async () => answers.push(await query(text)))
        expect(outcome(answers[0]!)).to.match(expected)
        expect(block).to.be.below(LONGEST_BLOCK_MS)
      })
    }
  })

  it('bodies of twelve megabytes of names, wherever they go, hold nobody up', async () => {
    const names = (count: number): string => Array.from({ length: count }, (_, at) => `"k${at}":1`).join(',')
    const [most, all] = [`{${names(20_000)}}`, `{${names(1_000_000)}}`]
    const slow: string[] = []
    for (const route of world.routes.filter((one) => one.body !== undefined)) {
      const entity = entityOf(route)
      if (entity !== undefined && entity !== 'company') continue
      const address = await world.addressOf(route)
      const client = route.isOpen ? world.engine.client : world.admin
      const block = await longestBlock(async () => {
        const answer = await client.call(route.method, address, { body: most })
        expect([route.path, answer.status < 500]).to.deep.equal([route.path, true])
      })
      if (block > LONGEST_BLOCK_MS) slow.push(`${route.method} ${route.path}: ${block} ms`)
    }
    expect(slow).to.deep.equal([])
    const bodies = [all, `{"extra":${all}}`, `{"name":"x",${'"name":"y",'.repeat(100_000)}"score":1}`]
    const block = await longestBlock(async () => {
      for (const body of bodies) {
        const answer = await world.admin.post('/api/records/company', body)
        expect(outcome(answer)).to.equal('400 HTTP_BODY_TOO_WIDE')
      }
      const login = await world.engine.client.post('/api/auth/login', all)
      expect(outcome(login)).to.equal('413 HTTP_BODY_TOO_LARGE')
    })
    expect(block).to.be.below(LONGEST_BLOCK_MS)
  })

  it('five thousand records of unknown names hold nobody up', async () => {
    const record = `{${Array.from({ length: 200 }, (_, at) => `"k${at}":1`).join(',')}}`
    const body = `{"create":[${Array.from({ length: 5_000 }, () => record).join(',')}]}`
    const block = await longestBlock(async () => {
      const answer = await world.admin.post('/api/records/company/bulk', body)
      expect(answer.status).to.equal(422)
    })
    expect(block).to.be.below(LONGEST_BLOCK_MS)
  })

  describe('patterns', () => {
    const bombs = ['(a+)+$', '^(a|aa)+$', '(.*)*x', '([a-zA-Z]+)*$', '^(([a-z])+.)+[A-Z]([a-z])+$']
    it('of an admin are none: no field takes a regular expression', async () => {
      const types = ['text', 'long_text', 'email', 'phone', 'url', 'tags', 'json', 'rich_text']
      for (const type of types) {
        for (const key of ['pattern', 'regex', 'match', 'format']) {
          const entity = { kind: 'entity', name: 'bomb', fields: [{ name: 'x', type, [key]: bombs[0] }] }
          const { id } = (await world.admin.post('/api/meta/changesets', { label: 'x' })).record
          await world.admin.put(`/api/meta/changesets/${id}/definitions/entity/bomb`, entity)
          const check = (await world.admin.post(`/api/meta/changesets/${id}/check`)).record
          expect([type, key, (check.problems as []).length > 0]).to.deep.equal([type, key, true])
        }
      }
    })

    it('of a number are words of ours, whatever else stands in them', async () => {
      for (const bomb of bombs) {
        const pattern = `${bomb}{####}`
        const entity = {
          kind: 'entity',
          name: 'bomb',
          fields: [{ name: 'x', type: 'auto_number', pattern }],
        }
        const id = await openDraft(world.admin, [entity])
        const block = await longestBlock(() => world.admin.post(`/api/meta/changesets/${id}/check`))
        expect(block).to.be.below(LONGEST_BLOCK_MS)
      }
    })

    it('of the engine stay quick on what is made to slow them down', async () => {
      const n = 50_000
      const hostile = [
        'a'.repeat(n),
        `${'a-'.repeat(n)}@x`,
        `a@${'a.'.repeat(n)}`,
        `a@${'a'.repeat(n)}.${'b'.repeat(n)}`,
        `http://${'a.'.repeat(n)}`,
        `http://${'%41'.repeat(n)}`,
        '+'.repeat(n),
        '1'.repeat(n),
        ' '.repeat(n),
        '\t \n'.repeat(n),
        `P${'1Y'.repeat(n)}`,
        `2026-${'0'.repeat(n)}`,
        '<'.repeat(n),
        '<a href="'.repeat(n / 10),
        '{{'.repeat(n),
        '客'.repeat(n),
      ]
      const fields = [
        'name',
        'code',
        'description',
        'website',
        'email',
        'phone',
        'founded',
        'met_at',
        'level',
      ]
      const block = await longestBlock(async () => {
        for (const value of hostile) {
          const bodies = fields.map((field) => ({ name: 'x', [field]: value }))
          for (const body of bodies) {
            const answer = await world.admin.post('/api/records/company', body)
            expect(answer.status).to.be.oneOf([201, 422])
          }
          const read = await world.admin.get(
            `/api/records/company?q=${encodeURIComponent(value.slice(0, 3000))}`,
          )
          expect(read.status).to.be.below(500)
        }
      })
      expect(block).to.be.below(LONGEST_BLOCK_MS)
    })

    it('of the heads of requests stay quick too', async () => {
      const long = 15_000
      const heads: readonly (readonly [string, string])[] = [
        ['authorization', `Bearer ${' '.repeat(long)}x y`],
        ['cookie', 'tenon_session='.repeat(long / 15)],
        ['cookie', `${';'.repeat(long)}`],
        ['accept-language', 'en-'.repeat(long / 3)],
        ['accept-language', `${'en;q=0.1,'.repeat(long / 9)}`],
        ['accept', `${'text/html;q=0.1,'.repeat(long / 16)}`],
        ['content-type', `application/${'a+'.repeat(long / 2)}x`],
        ['if-match', `"${'1'.repeat(long)}`],
        ['if-none-match', `${'"x",'.repeat(long / 4)}`],
        ['x-workspace', 'a'.repeat(long)],
        ['idempotency-key', 'k'.repeat(long)],
        ['range', `bytes=${'0-1,'.repeat(long / 4)}`],
      ]
      const block = await longestBlock(async () => {
        for (const [name, value] of heads) {
          const headers = { [name]: value.trimEnd() }
          for (const answer of [
            await world.admin.get('/api/records/company?limit=1', { headers }),
            await world.admin.get('/api/meta/model', { headers }),
            await world.admin.post('/api/records/company', { name: 'x' }, { headers }),
            await world.engine.client.get('/sign-in', { headers }),
          ]) {
            expect([name, answer.status < 500, answer.status < 500 ? '' : answer.text]).to.deep.equal([
              name,
              true,
              '',
            ])
          }
        }
      })
      expect(block).to.be.below(LONGEST_BLOCK_MS)
    })
  })

  describe('connections', () => {
    const held = async (bytes: string, work: () => Promise<void>): Promise<void> => {
      const sockets: Socket[] = await Promise.all(
        Array.from({ length: MANY }, () => openSocket(world.engine.url)),
      )
      for (const socket of sockets) {
        socket.on('error', () => undefined)
        if (bytes !== '') socket.write(bytes)
      }
      try {
        await work()
      } finally {
        for (const socket of sockets) socket.destroy()
      }
    }
    const served = async (): Promise<void> => {
      const begun = performance.now()
      const answers = await Promise.all([
        world.admin.get('/api/records/company?limit=1'),
        world.admin.post('/api/records/company', { name: 'x' }),
        world.admin.get('/api/meta/model'),
        world.engine.client.get('/readyz'),
      ])
      expect(answers.map(({ status }) => status)).to.deep.equal([200, 201, 200, 200])
      expect(performance.now() - begun).to.be.below(LONGEST_BLOCK_MS)
    }
    const token = (): string => `Authorization: Bearer ${world.admin.token}\r\n`
    const cases: readonly { what: string; bytes: () => string }[] = [
      { what: 'say nothing', bytes: () => '' },
      { what: 'never end their head', bytes: () => 'GET /api/records/company HTTP/1.1\r\nHost: x\r\nX-A: ' },
      {
        what: 'never end their body',
        bytes: () =>
          `POST /api/records/company HTTP/1.1\r\nHost: x\r\n${token()}Content-Type: application/json\r\nContent-Length: 100000\r\n\r\n{"na`,
      },
      {
        what: 'send a body in chunks that never end',
        bytes: () =>
          `POST /api/records/company HTTP/1.1\r\nHost: x\r\n${token()}Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n`,
      },
      {
        what: 'upload a file that never ends',
        bytes: () =>
          `POST /api/files HTTP/1.1\r\nHost: x\r\n${token()}Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 9999999\r\n\r\n--b\r\nContent-Disposition: form-data; name="file"; filename="x"\r\n\r\nabc`,
      },
      {
        what: 'ask and never read',
        bytes: () => `GET /api/openapi.json HTTP/1.1\r\nHost: x\r\n${token()}\r\n`.repeat(3),
      },
    ]
    for (const { what, bytes } of cases) {
      it(`that ${what}, ${MANY} of them, keep nobody else from being served`, async () => {
        await held(bytes(), served)
      })
    }

    it('have an end: a head within a minute, a whole request within five, and no request for ever', () => {
      const { server } = createHttpServer({
        settings: { dataDir: 'none', pagesDir: 'none', trustProxy: false },
      } as unknown as Parameters<typeof createHttpServer>[0])
      expect(server.headersTimeout).to.be.within(1, 60_000)
      expect(server.requestTimeout).to.be.within(1, 300_000)
      expect(server.keepAliveTimeout).to.be.within(1, 120_000)
      expect(server.maxHeadersCount ?? 2000).to.be.within(1, 2000)
    })
  })

  describe('bytes that two servers could read differently', () => {
    const body = '{"name":"smuggled"}'
    const cases: readonly { what: string; bytes: string; expected: readonly number[] }[] = [
      {
        what: 'a length and chunks',
        bytes: `POST /api/auth/login HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /healthz HTTP/1.1\r\nHost: x\r\n\r\n`,
        expected: [400],
      },
      {
        what: 'two lengths',
        bytes: `POST /api/auth/login HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n${body}`,
        expected: [400],
      },
      {
        what: 'a length that is none',
        bytes: `POST /api/auth/login HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n${body}`,
        expected: [400],
      },
      {
        what: 'chunks of no size',
        bytes:
          'POST /api/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n{}\r\n0\r\n\r\n',
        expected: [400],
      },
      {
        what: 'an encoding that hides another',
        bytes:
          'POST /api/auth/login HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: xchunked\r\nContent-Length: 3\r\n\r\nabc',
        expected: [400],
      },
      {
        what: 'a line break in a header',
        bytes: 'GET /healthz HTTP/1.1\r\nHost: x\r\nX-A: a\nX-B: b\r\r\nX-C: c\r\n\r\n',
        expected: [400],
      },
      {
        what: 'a blank before the colon',
        bytes: 'GET /healthz HTTP/1.1\r\nHost : x\r\n\r\n',
        expected: [400],
      },
      {
        what: 'a NUL in a header',
        bytes: 'GET /healthz HTTP/1.1\r\nHost: x\r\nX: a\0b\r\n\r\n',
        expected: [400],
      },
      { what: 'a NUL in the address', bytes: 'GET /healthz\0 HTTP/1.1\r\nHost: x\r\n\r\n', expected: [400] },
      { what: 'no host', bytes: 'GET /healthz HTTP/1.1\r\n\r\n', expected: [400] },
      { what: 'HTTP/2 without asking', bytes: 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', expected: [400] },
      { what: 'HTTP/9.9', bytes: 'GET / HTTP/9.9\r\nHost: x\r\n\r\n', expected: [400] },
      { what: 'TLS', bytes: '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', expected: [0, 400] },
      {
        what: 'CONNECT',
        bytes: 'CONNECT evil.example:443 HTTP/1.1\r\nHost: x\r\n\r\n',
        expected: [0, 400, 405],
      },
      {
        what: 'the address of another host',
        bytes: 'GET http://169.254.169.254/latest/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
        expected: [200, 400, 404],
      },
      {
        what: 'TRACE',
        bytes: 'TRACE /api/auth/me HTTP/1.1\r\nHost: x\r\nCookie: a=b\r\n\r\n',
        expected: [404, 405],
      },
      {
        what: 'a method of its own',
        bytes: 'QUERY /api/records/company HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n',
        expected: [400, 401, 404, 405],
      },
      {
        what: 'an expectation that nobody has',
        bytes: 'GET /healthz HTTP/1.1\r\nHost: x\r\nExpect: a-miracle\r\n\r\n',
        expected: [417],
      },
      {
        what: 'an upgrade',
        bytes:
          'GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: x\r\n\r\n',
        expected: [200, 400],
      },
      {
        what: 'three thousand headers',
        bytes: `GET /healthz HTTP/1.1\r\nHost: x\r\n${'X: y\r\n'.repeat(3000)}\r\n`,
        expected: [200, 431],
      },
      {
        what: 'a head of a megabyte',
        bytes: `GET /healthz HTTP/1.1\r\nHost: x\r\nX: ${'y'.repeat(MEGABYTE)}\r\n\r\n`,
        expected: [0, 431],
      },
    ]
    for (const { what, bytes, expected } of cases) {
      it(`such as ${what}: ${expected.join(' or ')}`, async () => {
        const answer = await sendRaw(world.engine.url, Buffer.from(bytes, 'latin1'))
        expect(answer.status).to.be.oneOf([...expected])
        expect(answer.text).not.to.include('a=b')
        expect(answer.text.match(/HTTP\/1\.1 \d/g) ?? []).to.have.length(answer.status === 0 ? 0 : 1)
      })
    }
  })
})
