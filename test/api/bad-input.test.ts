import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { startEngine, type TestEngine } from '../support/engine.ts'
import type { Answer, Client } from '../support/http.ts'
import { httpTemplate, outcome } from '../support/http-model.ts'

const DATA = join(import.meta.dirname, '../../../shared/data/bad-input')

describe('bad input', () => {
  let engine: TestEngine
  let admin: Client
  before(async () => {
    engine = await startEngine({ template: httpTemplate })
    admin = await engine.loginAdmin()
  })
  after(() => engine.stop())

  const create = (body: unknown): Promise<Answer> => admin.post('/api/records/company', body)
  const list = (query: Record<string, string>): Promise<Answer> =>
    admin.get(`/api/records/company?${new URLSearchParams(query)}`)
  const query = (body: unknown): Promise<Answer> => admin.post('/api/records/company/query', body)

  describe('naughty strings', () => {
    if (!existsSync(DATA)) return console.log('      (../shared/data/bad-input is not here: left out)')
    const strings = JSON.parse(readFileSync(join(DATA, 'blns/blns.json'), 'utf8')) as string[]

    it('come back byte for byte as a long text, or are refused with a problem', async () => {
      const refused: string[] = []
      for (const text of strings) {
        const made = await create({ name: 'x', description: text })
        if (made.status !== 201) {
          expect(outcome(made)).to.match(/^422 FIELD_/)
          refused.push(text)
          continue
        }
        expect(made.record.description).to.equal(text)
        const read = await admin.get(made.headers.get('location')!)
        expect(read.record.description).to.equal(text)
      }
      expect(refused).to.deep.equal([])
    })

    it('as names, tags, JSON and in a search give an answer that is no fault of ours', async () => {
      for (const text of strings) {
        const made = await create({
          name: text,
          tags: [text],
          extra: { [text]: text },
          code: text,
          website: text,
        })
        expect(made.status, JSON.stringify(text)).to.be.oneOf([201, 409, 422])
        if (made.status === 201)
          expect(made.record).to.deep.include({ name: text, tags: [text], extra: { [text]: text } })
        for (const answer of [
          await list({ q: text }),
          await list({ filter: JSON.stringify({ '==': [{ var: 'name' }, text] }) }),
          await list({ filter: text, sort: text, fields: text, expand: text }),
          await admin.get(`/api/records/${encodeURIComponent(text)}`),
          await admin.get(`/api/records/company/${encodeURIComponent(text)}`),
        ]) {
          expect(answer.status, JSON.stringify(text)).to.be.below(500)
        }
      }
    })
  })

  describe('the JSON test suite', () => {
    if (!existsSync(DATA)) return
    const folder = join(DATA, 'json-test-suite/test_parsing')
    const files = readdirSync(folder)

    it('has its 188 files that are no JSON refused with 400', async () => {
      const names = files.filter((name) => name.startsWith('n_'))
      expect(names).to.have.length(188)
      for (const name of names) {
        const answer = await create(readFileSync(join(folder, name)))
        expect([name, answer.status]).to.deep.equal([name, 400])
      }
    })

    it('has no other file end in a fault of ours', async () => {
      for (const name of files.filter((other) => !other.startsWith('n_'))) {
        const bytes = readFileSync(join(folder, name))
        const whole = await create(bytes)
        expect([name, whole.status]).to.deep.equal([name, whole.status < 500 ? whole.status : 'below 500'])
        const inside = await create(
          Buffer.concat([Buffer.from('{"name":"x","extra":'), bytes, Buffer.from('}')]),
        )
        expect([name, inside.status]).to.deep.equal([name, inside.status < 500 ? inside.status : 'below 500'])
      }
    })
  })

  describe('bodies', () => {
    const nested = (levels: number) => `${'{"extra":'.repeat(levels)}1${'}'.repeat(levels)}`
    const cases: { what: string; body: unknown; expected: string }[] = [
      { what: 'nothing', body: '', expected: '400 HTTP_BODY_EMPTY' },
      { what: 'blanks', body: '  \r\n', expected: '400 HTTP_BODY_EMPTY' },
      { what: 'half a body', body: '{"name":"x"', expected: '400 HTTP_BODY_UNREADABLE' },
      {
        what: 'bytes that are no UTF-8',
        body: Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]),
        expected: '400 HTTP_BODY_UNREADABLE',
      },
      { what: 'UTF-16', body: Buffer.from('{"name":"x"}', 'utf16le'), expected: '400 HTTP_BODY_UNREADABLE' },
      { what: 'a list', body: [], expected: '422 RECORD_BODY_INVALID' },
      { what: 'null', body: 'null', expected: '422 RECORD_BODY_INVALID' },
      { what: 'a number', body: '1', expected: '422 RECORD_BODY_INVALID' },
      { what: 'a huge number', body: '1e999', expected: '422 RECORD_BODY_INVALID' },
      { what: 'a text', body: '"x"', expected: '422 RECORD_BODY_INVALID' },
      { what: 'an empty object', body: {}, expected: '422 FIELD_REQUIRED' },
      { what: 'a hundred thousand levels', body: '['.repeat(100_000), expected: '400 HTTP_BODY_TOO_DEEP' },
      { what: 'two hundred levels', body: nested(200), expected: '400 HTTP_BODY_TOO_DEEP' },
      { what: 'an unknown field', body: { name: 'x', nmae: 'y' }, expected: '422 FIELD_UNKNOWN' },
      { what: 'constructor', body: { name: 'x', constructor: {} }, expected: '422 FIELD_UNKNOWN' },
      { what: '__proto__', body: '{"name":"x","__proto__":{"score":1}}', expected: '422 FIELD_UNKNOWN' },
      { what: 'a system field', body: { name: 'x', version: 7 }, expected: '403 FIELD_READ_ONLY' },
      { what: 'a generated field', body: { name: 'x', number: 'C-1' }, expected: '403 FIELD_READ_ONLY' },
      { what: 'duplicate keys (the last counts)', body: '{"name":1,"name":"x"}', expected: '201' },
    ]
    for (const { what, body, expected } of cases) {
      it(`of ${what}: ${expected}`, async () => expect(outcome(await create(body))).to.equal(expected))
    }

    it('with many faults name every one', async () => {
      const answer = await create({
        name: 7,
        score: 'x',
        level: 'z',
        founded: '2026-02-30',
        tags: 'x',
        nmae: 1,
      })
      expect(answer.problems.map(({ path, code }) => `${path} ${code}`).sort()).to.deep.equal([
        '/founded FIELD_FORMAT_INVALID',
        '/level FIELD_OPTION_UNKNOWN',
        '/name FIELD_TYPE_WRONG',
        '/nmae FIELD_UNKNOWN',
        '/score FIELD_TYPE_WRONG',
        '/tags FIELD_TYPE_WRONG',
      ])
    })
  })

  describe('values', () => {
    const refused: { field: string; json: string; code: string }[] = [
      { field: 'description', json: '"a\\u0000b"', code: 'FIELD_TEXT_INVALID' },
      { field: 'description', json: '"\\ud800"', code: 'FIELD_TEXT_INVALID' },
      { field: 'description', json: '"\\udc00\\ud800"', code: 'FIELD_TEXT_INVALID' },
      { field: 'code', json: '"\\u0000"', code: 'FIELD_TEXT_INVALID' },
      { field: 'tags', json: '["\\udfff"]', code: 'FIELD_TEXT_INVALID' },
      { field: 'extra', json: '{"a\\u0000":1}', code: 'FIELD_TEXT_INVALID' },
      { field: 'extra', json: '["\\ud800"]', code: 'FIELD_TEXT_INVALID' },
      { field: 'amount', json: '1234567890123456', code: 'FIELD_NUMBER_TOO_PRECISE' },
      { field: 'amount', json: '0.1234567890123456', code: 'FIELD_NUMBER_TOO_PRECISE' },
      { field: 'amount', json: '1.005', code: 'FIELD_NUMBER_TOO_PRECISE' },
      { field: 'amount', json: '1e400', code: 'FIELD_NUMBER_TOO_PRECISE' },
      { field: 'amount', json: '-1', code: 'FIELD_NUMBER_TOO_SMALL' },
      { field: 'amount', json: '"1"', code: 'FIELD_TYPE_WRONG' },
      { field: 'score', json: '1.5', code: 'FIELD_TYPE_WRONG' },
      { field: 'score', json: '1e15', code: 'FIELD_NUMBER_TOO_LARGE' },
      { field: 'score', json: '9007199254740993', code: 'FIELD_NUMBER_TOO_PRECISE' },
      { field: 'founded', json: '"0000-01-01"', code: 'FIELD_FORMAT_INVALID' },
      { field: 'founded', json: '"10000-01-01"', code: 'FIELD_FORMAT_INVALID' },
      { field: 'founded', json: '"2026-02-29"', code: 'FIELD_FORMAT_INVALID' },
      { field: 'founded', json: '"infinity"', code: 'FIELD_FORMAT_INVALID' },
      { field: 'met_at', json: '"2026-01-01T25:00:00Z"', code: 'FIELD_FORMAT_INVALID' },
      { field: 'met_at', json: '"294277-01-01T00:00:00Z"', code: 'FIELD_FORMAT_INVALID' },
      { field: 'parent', json: '"not an id"', code: 'FIELD_FORMAT_INVALID' },
      { field: 'parent', json: '"01900000-0000-7000-8000-000000000001"', code: 'FIELD_REFERENCE_MISSING' },
      { field: 'owner', json: '"01900000-0000-7000-8000-000000000001"', code: 'FIELD_REFERENCE_MISSING' },
      { field: 'active', json: '"true"', code: 'FIELD_TYPE_WRONG' },
      { field: 'website', json: '"javascript:alert(1)"', code: 'FIELD_FORMAT_INVALID' },
      { field: 'email', json: '"a@b\\r\\nBcc: c@d.ef"', code: 'FIELD_FORMAT_INVALID' },
    ]
    for (const { field, json, code } of refused) {
      it(`${field} ${json}: ${code}`, async () => {
        const answer = await create(`{"name":"x","${field}":${json}}`)
        expect([outcome(answer), answer.problems[0]?.path.split('/')[1]]).to.deep.equal([
          `422 ${code}`,
          field,
        ])
      })
    }

    const stored: { field: string; value: unknown }[] = [
      { field: 'amount', value: 999_999_999_999_999 },
      { field: 'amount', value: 9_999_999_999_999.99 },
      { field: 'amount', value: 0.01 },
      { field: 'founded', value: '0001-01-01' },
      { field: 'founded', value: '9999-12-31' },
      { field: 'met_at', value: '2026-03-02T01:00:00.123Z' },
      { field: 'description', value: '\u0001\u001f\u007f\u200b\ufeff\u202e\t\r\n ' },
      { field: 'description', value: "'; DROP TABLE company; --" },
      { field: 'description', value: '<script>alert(1)</script>{{constructor}}#{7*7}' },
      { field: 'description', value: '🏴󠁧󠁢󠁥󠁮󠁧󠁿 𠮷 é é' },
    ]
    for (const { field, value } of stored) {
      it(`${field} ${JSON.stringify(value)} comes back as it went in`, async () => {
        const made = await create({ name: 'x', [field]: value })
        expect(made.status, made.text).to.equal(201)
        const read = await admin.get(made.headers.get('location')!)
        expect(read.record[field]).to.equal(value)
      })
    }

    it('of an id of another entity point to nothing', async () => {
      const order = await admin.post('/api/records/order', { select: 'x' })
      const { id } = order.record
      expect(outcome(await create({ name: 'x', parent: id }))).to.equal('422 FIELD_REFERENCE_MISSING')
      expect(outcome(await admin.get(`/api/records/company/${id}`))).to.equal('404 RECORD_NOT_FOUND')
      expect(outcome(await admin.patch(`/api/records/company/${id}`, { name: 'x' }))).to.equal(
        '404 RECORD_NOT_FOUND',
      )
      expect(outcome(await admin.delete(`/api/records/company/${id}`))).to.equal('404 RECORD_NOT_FOUND')
      expect((await admin.get(`/api/records/order/${id}`)).status).to.equal(200)
    })
  })

  describe('questions', () => {
    const deep = (levels: number): unknown => (levels === 0 ? true : { '!': [deep(levels - 1)] })
    const many = Array.from({ length: 10_000 }, (_, index) => ({ '==': [{ var: 'score' }, index] }))
    const cases: { what: string; ask: () => Promise<Answer>; expected: RegExp }[] = [
      { what: 'a filter that is no JSON', ask: () => list({ filter: '{' }), expected: /^400 / },
      {
        what: 'a filter of an unknown operator',
        ask: () => list({ filter: '{"drop":[1]}' }),
        expected: /^400 RULE_OPERATOR_UNKNOWN/,
      },
      {
        what: 'a filter on an unknown field',
        ask: () => list({ filter: '{"==":[{"var":"nmae"},1]}' }),
        expected: /^400 /,
      },
      {
        what: 'a filter on a password',
        ask: () => admin.get('/api/records/user?filter={"!=":[{"var":"password"},null]}'),
        expected: /^400 /,
      },
      {
        what: 'a filter that compares a text with a number',
        ask: () => list({ filter: '{"==":[{"var":"name"},1]}' }),
        expected: /^400 /,
      },
      {
        what: 'a filter of ten thousand parts',
        ask: () => query({ filter: { or: many } }),
        expected: /^400 RULE_TOO_LARGE/,
      },
      {
        what: 'a list of ten thousand values',
        ask: () => query({ filter: { in: [{ var: 'score' }, many.map((_, index) => index)] } }),
        expected: /^(200|400 RULE_TOO_LARGE)/,
      },
      { what: 'a filter of ninety levels', ask: () => query({ filter: deep(90) }), expected: /^400 / },
      {
        what: 'a filter of a thousand levels',
        ask: () => list({ filter: JSON.stringify(deep(1000)) }),
        expected: /^400 /,
      },
      {
        what: 'a filter of a hundred thousand levels',
        ask: () => query(`{"filter":${'{"!":['.repeat(100_000)}`),
        expected: /^400 HTTP_BODY_TOO_DEEP/,
      },
      {
        what: 'a filter with a NUL',
        ask: () => query({ filter: { '==': [{ var: 'name' }, 'a\0b'] } }),
        expected: /^400 /,
      },
      {
        what: 'a filter with half a surrogate pair',
        ask: () => query({ filter: { '==': [{ var: 'name' }, '\ud800'] } }),
        expected: /^400 /,
      },
      {
        what: 'a filter with a number past floats',
        ask: () => query('{"filter":{"==":[{"var":"score"},1e999]}}'),
        expected: /^400 /,
      },
      {
        what: 'a filter with a number past 15 digits',
        ask: () => query('{"filter":{"==":[{"var":"score"},12345678901234567890]}}'),
        expected: /^400 /,
      },
      { what: 'a filter that is a list', ask: () => query({ filter: [] }), expected: /^400 / },
      {
        what: 'a filter on __proto__',
        ask: () => query('{"filter":{"==":[{"var":"__proto__.x"},1]}}'),
        expected: /^400 /,
      },
      { what: 'an unknown sort', ask: () => list({ sort: '-nmae' }), expected: /^400 QUERY_FIELD_UNKNOWN/ },
      {
        what: 'SQL for a sort',
        ask: () => list({ sort: 'name; DROP TABLE x' }),
        expected: /^400 QUERY_FIELD_UNKNOWN/,
      },
      {
        what: 'an unsortable sort',
        ask: () => list({ sort: 'tags' }),
        expected: /^400 QUERY_FIELD_NOT_SORTABLE/,
      },
      { what: 'an unknown field', ask: () => list({ fields: 'nmae' }), expected: /^400 QUERY_FIELD_UNKNOWN/ },
      {
        what: 'an expansion of a text',
        ask: () => list({ expand: 'name' }),
        expected: /^400 QUERY_FIELD_NOT_EXPANDABLE/,
      },
      {
        what: 'an expansion too deep',
        ask: () => list({ expand: 'parent.parent.parent' }),
        expected: /^400 QUERY_EXPAND_TOO_DEEP/,
      },
      { what: 'a limit of 0', ask: () => list({ limit: '0' }), expected: /^400 QUERY_LIMIT_INVALID/ },
      { what: 'a limit of 1e1', ask: () => list({ limit: '1e1' }), expected: /^400 QUERY_LIMIT_INVALID/ },
      { what: 'a limit of 201', ask: () => query({ limit: 201 }), expected: /^400 QUERY_LIMIT_INVALID/ },
      { what: 'a broken cursor', ask: () => list({ after: 'xxx' }), expected: /^400 QUERY_CURSOR_INVALID/ },
      {
        what: 'a cursor of ten thousand characters',
        ask: () => list({ after: 'A'.repeat(10_000) }),
        expected: /^400 QUERY_CURSOR_INVALID/,
      },
      { what: 'a search with a NUL', ask: () => list({ q: 'a\0' }), expected: /^400 QUERY_TEXT_INVALID/ },
      {
        what: 'a search of ten thousand characters',
        ask: () => list({ q: '榫'.repeat(501) }),
        expected: /^400 QUERY_TEXT_INVALID/,
      },
      { what: 'an unknown count', ask: () => list({ count: 'all' }), expected: /^400 QUERY_COUNT_INVALID/ },
      { what: 'a list for a body', ask: () => query([]), expected: /^422 HTTP_BODY_NOT_OBJECT/ },
      {
        what: 'an unknown parameter in the body',
        ask: () => query({ fitler: {} }),
        expected: /^400 HTTP_PARAMETER_UNKNOWN/,
      },
      {
        what: 'an unknown measure',
        ask: () =>
          admin.post('/api/records/company/aggregate', { measures: [{ fn: 'median', field: 'score' }] }),
        expected: /^400 QUERY_MEASURE_INVALID/,
      },
      { what: 'a related list with a broken filter', ask: () => relatedWith('{'), expected: /^400 / },
      {
        what: 'a bulk call of nothing',
        ask: () => admin.post('/api/records/company/bulk', {}),
        expected: /^422 BULK_SHAPE_INVALID/,
      },
      {
        what: 'a bulk call of numbers',
        ask: () => admin.post('/api/records/company/bulk', { create: [1, null], delete: [1] }),
        expected: /^422 /,
      },
      {
        what: 'a bulk call of 5,001 deletions',
        ask: () =>
          admin.post('/api/records/company/bulk', { delete: Array.from({ length: 5001 }, () => 'x') }),
        expected: /^422 BULK_TOO_MANY/,
      },
      {
        what: 'an upsert by what is not unique',
        ask: () => admin.put('/api/records/company/by/nmae/x', {}),
        expected: /^400 UPSERT_KEY_INVALID/,
      },
    ]
    const relatedWith = async (filter: string): Promise<Answer> => {
      const made = await create({ name: 'x' })
      const search = new URLSearchParams({ filter })
      return admin.get(`/api/records/company/${made.record.id}/related/subsidiaries?${search}`)
    }
    for (const { what, ask, expected } of cases) {
      it(`${what}: ${expected.source}`, async () => expect(outcome(await ask())).to.match(expected))
    }

    it('with the cursor of another question are refused', async () => {
      for (const name of ['a', 'b', 'c']) await create({ name })
      const { body } = await list({ limit: '1', sort: 'name' })
      const { next } = (body as { page: { next: string } }).page
      expect((await list({ limit: '1', sort: 'name', after: next })).status).to.equal(200)
      expect(outcome(await list({ limit: '1', sort: '-name', after: next }))).to.equal(
        '400 QUERY_CURSOR_INVALID',
      )
      expect(outcome(await admin.get(`/api/records/order?sort=select&after=${next}`))).to.equal(
        '400 QUERY_CURSOR_INVALID',
      )
    })
  })

  it('leaves the process up and the log without a fault', async () => {
    expect((await engine.client.get('/readyz')).status).to.equal(200)
    const { text } = await engine.client.get('/metrics')
    expect(text).not.to.match(/tenon_observations_total\{kind="fault"\} [1-9]/)
    expect(text).not.to.match(/status="5xx"/)
  })
})
