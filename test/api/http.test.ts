import { connect } from 'node:net'
import { expect } from 'chai'
import { startEngine, type TestEngine } from '../support/engine.ts'
import type { Client } from '../support/http.ts'
import { httpTemplate, loginAs, outcome } from '../support/http-model.ts'

const ID = '01900000-0000-7000-8000-000000000001'

describe('HTTP', () => {
  let engine: TestEngine
  let admin: Client
  before(async () => {
    engine = await startEngine({ template: httpTemplate })
    admin = await engine.loginAdmin()
  })
  after(() => engine.stop())

  /** Writes bytes as they are and gives everything that comes back until the server closes. */
  const raw = (bytes: string | Buffer, thenEnd = false): Promise<string> =>
    new Promise((resolve, reject) => {
      const { hostname, port } = new URL(engine.url)
      const socket = connect(Number(port), hostname, () => {
        socket.write(bytes)
        if (thenEnd) socket.end()
      })
      const chunks: Buffer[] = []
      socket.on('data', (chunk) => chunks.push(chunk))
      socket.on('error', reject)
      socket.on('close', () => resolve(Buffer.concat(chunks).toString()))
    })

  describe('addresses', () => {
    const cases = [
      { method: 'GET', path: '/api/nothing', expected: '404 HTTP_ROUTE_UNKNOWN' },
      { method: 'GET', path: '/api/records', expected: '404 HTTP_ROUTE_UNKNOWN' },
      { method: 'GET', path: '/api/records/', expected: '404 HTTP_ROUTE_UNKNOWN' },
      { method: 'GET', path: '/api/records/company/x/y', expected: '404 HTTP_ROUTE_UNKNOWN' },
      { method: 'GET', path: '/api/records/compny', expected: '404 ENTITY_UNKNOWN' },
      { method: 'GET', path: '/api/records/__proto__', expected: '404 ENTITY_UNKNOWN' },
      { method: 'GET', path: `/api/records/company/${ID}`, expected: '404 RECORD_NOT_FOUND' },
      { method: 'GET', path: '/api/records/company/not-an-id', expected: '404 RECORD_NOT_FOUND' },
      { method: 'GET', path: '/api/records/company/%00', expected: '404 RECORD_NOT_FOUND' },
      { method: 'GET', path: '/api/records/%E5%95', expected: '400 HTTP_ADDRESS_INVALID' },
      { method: 'GET', path: '/api/forms/%E5%95', expected: '400 HTTP_ADDRESS_INVALID' },
      { method: 'GET', path: '/api/forms/compny', expected: '404 ENTITY_UNKNOWN' },
      { method: 'GET', path: '/api/forms/company?layout=clerk_pag', expected: '404 LAYOUT_UNKNOWN' },
      { method: 'GET', path: '/api/records/company?limt=3', expected: '400 HTTP_PARAMETER_UNKNOWN' },
      { method: 'GET', path: '/api/records/company?limit=3&limit=4', expected: '400 HTTP_PARAMETER_TWICE' },
      { method: 'GET', path: '/api/records/company?q=%', expected: '400 HTTP_ADDRESS_INVALID' },
      { method: 'GET', path: '/api/auth/me?x=1', expected: '400 HTTP_PARAMETER_UNKNOWN' },
      { method: 'GET', path: '/api/meta/model?x=1', expected: '400 HTTP_PARAMETER_UNKNOWN' },
      { method: 'GET', path: '/healthz?x=1', expected: '400 HTTP_PARAMETER_UNKNOWN' },
      {
        method: 'DELETE',
        path: `/api/records/company/${ID}?dry_run=maybe`,
        expected: '400 HTTP_PARAMETER_INVALID',
      },
      { method: 'GET', path: `/api/records/order/${ID}/comments`, expected: '404 RECORD_NOT_FOUND' },
      { method: 'GET', path: `/api/files/${ID}`, expected: '404 RECORD_NOT_FOUND' },
    ]
    for (const { method, path, expected } of cases) {
      it(`${method} ${path}: ${expected}`, async () => {
        expect(outcome(await admin.call(method, path))).to.equal(expected)
      })
    }

    it('guesses what was meant', async () => {
      const english = { headers: { 'accept-language': 'en' } }
      const entity = await admin.get('/api/records/compny', english)
      expect(entity.problems[0]?.hint).to.equal('Did you mean “company”?')
      const parameter = await admin.get('/api/records/company?limt=3', english)
      expect(parameter.problems).to.deep.equal([
        {
          code: 'HTTP_PARAMETER_UNKNOWN',
          path: '/limt',
          message: 'There is no parameter “limt”.',
          hint: 'Did you mean “limit”?',
        },
      ])
    })

    const methods = [
      { path: '/api/records/company', allow: 'GET, POST, HEAD, OPTIONS' },
      { path: `/api/records/company/${ID}`, allow: 'GET, PATCH, DELETE, HEAD, OPTIONS' },
      { path: '/api/records/company/by/code/1', allow: 'PUT, OPTIONS' },
      { path: '/api/auth/login', allow: 'POST, OPTIONS' },
      { path: '/api/tokens', allow: 'GET, POST, HEAD, OPTIONS' },
      { path: '/healthz', allow: 'GET, HEAD, OPTIONS' },
    ]
    for (const { path, allow } of methods) {
      it(`says which methods ${path} takes`, async () => {
        const wrong = await admin.call('PROPFIND', path)
        expect(outcome(wrong)).to.equal('405 HTTP_METHOD_NOT_ALLOWED')
        expect(wrong.headers.get('allow')).to.equal(allow)
        const options = await admin.call('OPTIONS', path)
        expect([options.status, options.headers.get('allow')]).to.deep.equal([204, allow])
        expect(options.headers.get('access-control-allow-origin')).to.equal(null)
      })
    }

    it('answers HEAD with the head of GET', async () => {
      for (const path of ['/api/records/company', '/healthz', '/api/meta/model']) {
        const [head, get] = [await admin.call('HEAD', path), await admin.get(path)]
        expect([head.status, head.text]).to.deep.equal([200, ''])
        expect(head.headers.get('content-length')).to.equal(get.headers.get('content-length'))
      }
    })
  })

  describe('headers', () => {
    it('are the same careful ones on every answer of the API', async () => {
      for (const path of ['/api/records/company', '/api/auth/me', '/api/nothing', '/healthz', '/metrics']) {
        const { headers } = await admin.get(path)
        expect({
          path,
          sniff: headers.get('x-content-type-options'),
          frame: headers.get('x-frame-options'),
          referrer: headers.get('referrer-policy'),
          policy: headers.get('content-security-policy'),
          resource: headers.get('cross-origin-resource-policy'),
          cache: headers.get('cache-control'),
          powered: headers.get('x-powered-by'),
        }).to.deep.equal({
          path,
          sniff: 'nosniff',
          frame: 'DENY',
          referrer: 'no-referrer',
          policy: "default-src 'none';frame-ancestors 'none'",
          resource: 'same-origin',
          cache: 'no-store',
          powered: null,
        })
      }
    })
  })

  describe('the language of problems', () => {
    const cases = [
      { accept: 'zh-CN,zh;q=0.9', detail: '没有此地址。' },
      { accept: 'en-GB', detail: 'There is no such address.' },
      { accept: 'fr', detail: '没有此地址。' },
    ]
    for (const { accept, detail } of cases) {
      it(`is right for “${accept}”`, async () => {
        const answer = await admin.get('/api/nothing', { headers: { 'accept-language': accept } })
        expect((answer.body as { detail: string }).detail).to.equal(detail)
      })
    }
  })

  describe('workspaces', () => {
    it('are chosen by header; an unknown one is refused without a guess', async () => {
      expect((await admin.get('/api/auth/me', { headers: { 'x-workspace': 'default' } })).status).to.equal(
        200,
      )
      for (const name of ['defalt', 'Default', 'a b', '../x', '']) {
        const answer = await admin.get('/api/auth/me', { headers: { 'x-workspace': name } })
        expect(outcome(answer)).to.equal('404 WORKSPACE_UNKNOWN')
        expect(answer.problems[0]).not.to.have.property('hint')
      }
    })
  })

  describe('probes', () => {
    it('say that all is well, with the version of the model', async () => {
      expect((await engine.client.get('/healthz')).body).to.deep.equal({ status: 'ok' })
      const { status, body } = await engine.client.get('/readyz')
      expect(status).to.equal(200)
      const { checks } = body as { checks: Record<string, { ok: boolean; value?: unknown }> }
      expect(checks.database).to.deep.equal({ ok: true })
      expect(checks.model).to.deep.include({ ok: true })
      expect(checks.model!.value).to.be.greaterThan(1)
    })

    it('count requests by class, never by address', async () => {
      await admin.get(`/api/records/company/${ID}`)
      const { text, headers } = await engine.client.get('/metrics')
      expect(headers.get('content-type')).to.match(/^text\/plain/)
      expect(text).to.match(
        /tenon_request_seconds_count\{method="GET",route="\/api\/records",status="4xx"\} \d/,
      )
      expect(text).not.to.include(ID)
    })
  })

  describe('bodies on the wire', () => {
    const head = (length: string) =>
      `POST /api/records/company HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${admin.token}\r\n` +
      `Content-Type: application/json\r\n${length}\r\n\r\n`

    it('that stop half-way store nothing and disturb nobody', async () => {
      const before = await admin.get('/api/records/company?count=exact')
      const nothingOrBad = /^$|^HTTP\/1\.1 400/
      expect(await raw(`${head('Content-Length: 500')}{"name":"half`, true)).to.match(nothingOrBad)
      const chunked = `${head('Transfer-Encoding: chunked')}ff\r\n{"name":"half`
      expect(await raw(chunked, true)).to.match(nothingOrBad)
      const after = await admin.get('/api/records/company?count=exact')
      expect(after.text).to.equal(before.text)
    })

    it('that are no HTTP are refused by closing', async () => {
      expect(await raw('GARBAGE\r\n\r\n')).to.match(/^HTTP\/1\.1 400/)
      expect((await engine.client.get('/healthz')).status).to.equal(200)
    })

    it('behind an address of 70,000 bytes get a problem like any other', async () => {
      const answer = await admin.get(`/api/records/company?filter=${'x'.repeat(70_000)}`)
      expect(outcome(answer)).to.equal('431 HTTP_HEAD_TOO_LARGE')
    })

    it('of too many bytes get 413, whether announced or chunked', async () => {
      const large = Buffer.alloc(12 * 1024 * 1024 + 1, 0x20)
      const announced = await admin.post('/api/records/company', large)
      expect(outcome(announced)).to.equal('413 HTTP_BODY_TOO_LARGE')
      const stream = new ReadableStream({
        start(controller) {
          for (let at = 0; at < large.length; at += 1 << 20)
            controller.enqueue(large.subarray(at, at + (1 << 20)))
          controller.close()
        },
      })
      const chunked = await fetch(`${engine.url}/api/records/company`, {
        method: 'POST',
        headers: { authorization: `Bearer ${admin.token}`, 'content-type': 'application/json' },
        body: stream,
        duplex: 'half',
      } as RequestInit)
      expect(chunked.status).to.equal(413)
    })

    it('of ten megabytes are read', async () => {
      const answer = await admin.post('/api/records/company', {
        name: 'large',
        description: 'x'.repeat(10_000_000),
      })
      expect(outcome(answer)).to.equal('422 FIELD_TEXT_TOO_LONG')
    })

    const types: { what: string; headers: Record<string, string>; expected: string }[] = [
      { what: 'no type', headers: { 'content-type': '' }, expected: '415 HTTP_MEDIA_TYPE_UNSUPPORTED' },
      {
        what: 'a form',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        expected: '415 HTTP_MEDIA_TYPE_UNSUPPORTED',
      },
      {
        what: 'plain text',
        headers: { 'content-type': 'text/plain' },
        expected: '415 HTTP_MEDIA_TYPE_UNSUPPORTED',
      },
      {
        what: 'another charset',
        headers: { 'content-type': 'application/json; charset=gbk' },
        expected: '415 HTTP_MEDIA_TYPE_UNSUPPORTED',
      },
      {
        what: 'compression',
        headers: { 'content-encoding': 'gzip' },
        expected: '415 HTTP_MEDIA_TYPE_UNSUPPORTED',
      },
      { what: 'a merge patch', headers: { 'content-type': 'application/merge-patch+json' }, expected: '201' },
      {
        what: 'JSON in UTF-8',
        headers: { 'content-type': 'Application/JSON; charset="UTF-8"' },
        expected: '201',
      },
    ]
    for (const { what, headers, expected } of types) {
      it(`with ${what}: ${expected}`, async () => {
        const answer = await admin.post('/api/records/company', '{"name":"typed"}', { headers })
        expect(outcome(answer)).to.equal(expected)
      })
    }

    it('are looked at only for those who are signed in', async () => {
      expect(outcome(await engine.client.post('/api/records/company', '{broken'))).to.equal(
        '401 AUTH_REQUIRED',
      )
    })

    it('begin with a byte order mark if they like', async () => {
      expect((await admin.post('/api/records/company', '\ufeff{"name":"marked"}')).status).to.equal(201)
    })
  })

  describe('writes', () => {
    it('are made once for one Idempotency-Key', async () => {
      const headers = { 'idempotency-key': 'order 1' }
      const first = await admin.post('/api/records/company', { name: 'once' }, { headers })
      const again = await admin.post('/api/records/company', { name: 'once' }, { headers })
      expect([first.status, again.status, again.text]).to.deep.equal([201, 201, first.text])
      expect(again.headers.get('location')).to.equal(`/api/records/company/${first.record.id}`)
      const other = await admin.post('/api/records/company', { name: 'twice' }, { headers })
      expect(outcome(other)).to.equal('422 IDEMPOTENCY_KEY_REUSED')
    })

    it('of a lost update are refused with 412', async () => {
      const made = await admin.post('/api/records/company', { name: 'v1' })
      const path = made.headers.get('location')!
      const headers = { 'if-match': '"1"' }
      expect((await admin.patch(path, { name: 'v2' }, { headers })).status).to.equal(200)
      expect(outcome(await admin.patch(path, { name: 'v3' }, { headers }))).to.equal(
        '412 RECORD_VERSION_MOVED',
      )
      expect(outcome(await admin.patch(path, {}, { headers: { 'if-match': 'v1' } }))).to.equal(
        '400 RECORD_IF_MATCH_INVALID',
      )
    })

    it('can be tried without storing', async () => {
      const tried = await admin.post('/api/records/company?dry_run=1', { name: 'tried', code: 'T-1' })
      expect(tried.status).to.equal(200)
      expect(tried.record).to.include({ name: 'tried' })
      expect((await admin.get(`/api/records/company/${tried.record.id}`)).status).to.equal(404)
      expect((await admin.post('/api/records/company', { name: 'kept', code: 'T-1' })).status).to.equal(201)
    })
  })

  describe('comments', () => {
    it('are read and written by everybody who may read the record, and by nobody else', async () => {
      const [ann, bob] = [await loginAs(admin, 'ann', ['clerk']), await loginAs(admin, 'bob', ['reader'])]
      const eve = await loginAs(admin, 'eve', ['clerk'])
      const made = await ann.post('/api/records/company', { name: 'Discussed' })
      const path = `/api/records/company/${made.record.id}/comments`
      expect((await ann.post(path, { text: 'first' })).status).to.equal(201)
      expect((await bob.post(path, { text: '第二' })).status).to.equal(201)
      for (const reader of [ann, bob, admin]) {
        const texts = (await reader.get(path)).records.map((one) => one.text)
        expect(texts).to.deep.equal(['第二', 'first'])
      }
      expect(outcome(await eve.get(path))).to.equal('404 RECORD_NOT_FOUND')
      expect(outcome(await eve.post(path, { text: 'x' }))).to.equal('404 RECORD_NOT_FOUND')
      expect((await eve.get('/api/records/comment')).records).to.deep.equal([])
      expect(outcome(await bob.get('/api/records/comment'))).to.equal('404 ENTITY_UNKNOWN')
    })

    it('need a text, and an entity that has them', async () => {
      const made = await admin.post('/api/records/company', { name: 'Silent' })
      const path = `/api/records/company/${made.record.id}/comments`
      expect(outcome(await admin.post(path, {}))).to.equal('422 FIELD_REQUIRED')
      expect(outcome(await admin.post(path, { text: '' }))).to.equal('422 FIELD_REQUIRED')
      expect(outcome(await admin.post(path, { txt: 'x', text: 'y' }))).to.equal('422 FIELD_UNKNOWN')
      const order = await admin.post('/api/records/order', { select: 'x' })
      expect(outcome(await admin.get(`/api/records/order/${order.record.id}/comments`))).to.equal(
        '404 FEATURE_OFF',
      )
    })
  })
})
