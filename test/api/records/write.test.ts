import { expect } from 'chai'
import type { Client } from '../../support/http.ts'
import { make, NOBODY, outcome, startWorld, type World } from './world.ts'

describe('writing one record', () => {
  let world: World
  let admin: Client
  const at = (id: string) => `/api/records/account/${id}`

  before(async () => {
    world = await startWorld()
    admin = world.admin
  })
  after(() => world.stop())

  it('creates with system fields, defaults and Location', async () => {
    const answer = await admin.post('/api/records/account', { name: 'Acme' })
    const { id, created_at, created_by, ...rest } = answer.record
    expect([answer.status, answer.headers.get('location')]).to.deep.equal([201, at(id)])
    expect(id).to.match(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(created_at).to.match(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
    expect(rest).to.deep.include({
      owner: created_by,
      updated_by: created_by,
      updated_at: created_at,
      version: 1,
      level: 'c',
    })
    expect(rest).to.deep.include({ amount: null, parent: null, products: [], name: 'Acme' })
    expect((await admin.get(at(id))).record).to.deep.equal(answer.record)
  })

  const values: readonly (readonly [string, unknown, unknown?])[] = [
    ['name', '  kept as sent \r\n\t '],
    ['name', "'; DROP TABLE account; -- <script>alert(1)</script> {x} {{y}}"],
    ['name', 'e\u0301 is not \u00e9, 𠮷野家 👨‍👩‍👧 \u202e\u200b'],
    ['note', 'x'.repeat(10_000)],
    ['amount', 9999999999999.99],
    ['amount', -0.01],
    ['amount', 0],
    ['score', 12345678901.2345],
    ['staff', 999999999999999],
    ['discount', 0.3],
    ['founded', '2024-02-29'],
    ['founded', '0001-01-01'],
    ['seen_at', '2026-03-02T09:00:00+08:00', '2026-03-02T01:00:00.000Z'],
    ['seen_at', '2026-03-02T01:00:00.123Z'],
    ['active', false],
    ['tags', ['a', '中文']],
    ['tags', []],
    ['hobbies', ['tea', 'go']],
    ['extra', { a: [1, null, { b: '中' }], 'c d': 1.5 }],
    ['extra', [1, 2]],
    ['extra', 'text'],
    ['name', '__proto__'],
  ]
  for (const [field, value, stored = value] of values) {
    it(`keeps ${field} ${JSON.stringify(value).slice(0, 60)} through create, patch and list`, async () => {
      const created = await make(admin, 'account', { name: 'x', [field]: value })
      expect(created[field]).to.deep.equal(stored)
      const patched = await make(admin, 'account', { name: 'y' })
      const answer = await admin.patch(at(patched.id), { [field]: value })
      expect(answer.record[field]).to.deep.equal(stored)
      const read = await admin.get(`${at(patched.id)}?fields=${field}`)
      expect(read.record).to.deep.equal({ id: patched.id, [field]: stored })
    })
  }

  it('gives money back digit by digit', async () => {
    const sent = '{"name":"rich","amount":1234567890123.45,"score":0.0001}'
    const answer = await admin.post('/api/records/account', sent)
    expect(answer.status).to.equal(201)
    expect(answer.text)
      .to.match(/"amount":1234567890123\.45,/)
      .and.to.match(/"score":0\.0001,/)
  })

  const refused: readonly (readonly [string, unknown, readonly (number | string)[]])[] = [
    ['no body that is a record', [], [422, 'RECORD_BODY_INVALID']],
    ['a text', '"x"', [422, 'RECORD_BODY_INVALID']],
    ['an empty body', '', [400, 'HTTP_BODY_EMPTY']],
    ['a required field left out', {}, [422, 'FIELD_REQUIRED /name']],
    ['a required field of blanks', { name: ' ' }, [422, 'FIELD_REQUIRED /name']],
    ['a required field cleared', { name: null }, [422, 'FIELD_REQUIRED /name']],
    ['16 digits', '{"name":"x","amount":12345678901234.56}', [422, 'FIELD_NUMBER_TOO_PRECISE /amount']],
    ['too many decimals', { name: 'x', amount: 0.001 }, [422, 'FIELD_NUMBER_TOO_PRECISE /amount']],
    [
      '17 digits in an integer',
      '{"name":"x","staff":12345678901234567}',
      [422, 'FIELD_NUMBER_TOO_PRECISE /staff'],
    ],
    ['a date out of range', { name: 'x', founded: '2023-02-29' }, [422, 'FIELD_FORMAT_INVALID /founded']],
    ['NUL in a text', { name: 'a\0' }, [422, 'FIELD_TEXT_INVALID /name']],
    ['half a surrogate pair', { name: '\ud83d' }, [422, 'FIELD_TEXT_INVALID /name']],
    ['a wrong type', { name: 5 }, [422, 'FIELD_TYPE_WRONG /name']],
    ['an id of another entity', { name: 'x', parent: NOBODY }, [422, 'FIELD_REFERENCE_MISSING /parent']],
    ['an id that is none', { name: 'x', parent: 'x' }, [422, 'FIELD_FORMAT_INVALID /parent']],
    ['a link to nobody', { name: 'x', products: [NOBODY] }, [422, 'FIELD_REFERENCE_MISSING /products']],
    [
      'a field that the system keeps',
      { name: 'x', created_at: '2020-01-01T00:00:00Z' },
      [403, 'FIELD_READ_ONLY /created_at'],
    ],
    ['an id of the client', { id: NOBODY, name: 'x' }, [403, 'FIELD_READ_ONLY /id']],
    ['__proto__', '{"name":"x","__proto__":{"a":1}}', [422, 'FIELD_UNKNOWN /__proto__']],
    ['slashes in a name', { name: 'x', 'a/b~c': 1 }, [422, 'FIELD_UNKNOWN /a~1b~0c']],
    [
      'everything at once',
      {
        nmae: 'x',
        level: 'z',
        amount: 'y',
        discount: 0.5,
        tags: ['a', 'a'],
        email: 'no',
        parent: NOBODY,
        version: 3,
      },
      [
        422,
        'FIELD_UNKNOWN /nmae',
        'FIELD_READ_ONLY /version',
        'FIELD_REQUIRED /name',
        'FIELD_OPTION_UNKNOWN /level',
        'FIELD_TYPE_WRONG /amount',
        'FIELD_NUMBER_TOO_LARGE /discount',
        'FIELD_LIST_DUPLICATE /tags',
        'FIELD_FORMAT_INVALID /email',
        'FIELD_REFERENCE_MISSING /parent',
      ],
    ],
  ]
  for (const [name, body, expected] of refused) {
    it(`refuses ${name}, on create, patch and dry run alike`, async () => {
      const created = await admin.post('/api/records/account', body)
      expect([created.status, ...outcome(created).slice(1).sort()]).to.deep.equal([
        expected[0],
        ...expected.slice(1).sort(),
      ])
      expect(outcome(await admin.post('/api/records/account?dry_run=1', body))).to.deep.equal(
        outcome(created),
      )
      const { id } = await make(admin, 'account', { name: 'stays' })
      const patched = await admin.patch(at(id), body)
      const left = expected.filter(
        (line) => line !== 'FIELD_REQUIRED /name' || (body as { name?: unknown }).name !== undefined,
      )
      if (left.length > 1) expect(outcome(patched).slice(1).sort()).to.deep.equal(left.slice(1).sort())
      expect((await admin.get(`${at(id)}?fields=name,version`)).record).to.deep.include({
        name: 'stays',
        version: patched.status === 200 ? 2 : 1,
      })
    })
  }

  it('says everything that a value clashes with, each at its field', async () => {
    await make(admin, 'account', { name: 'first', code: 'C1', email: 'one@example.com' })
    const second = await make(admin, 'account', { name: 'second', code: 'C2' })
    const body = { name: 'x', code: 'C1', email: 'one@example.com' }
    const expected = [409, 'RECORD_DUPLICATE /code', 'RECORD_DUPLICATE /email']
    expect(outcome(await admin.post('/api/records/account', body))).to.deep.equal(expected)
    expect(outcome(await admin.patch(at(second.id), body))).to.deep.equal(expected)
    expect((await admin.patch(at(second.id), { code: 'C2' })).status).to.equal(200)
  })

  it('holds a unique of two fields, names both, and lets nulls be', async () => {
    const account = await make(admin, 'account', { name: 'buyer' })
    const other = await make(admin, 'account', { name: 'other' })
    await make(admin, 'order', { account: account.id, group: 'g' })
    const clash = await admin.post('/api/records/order', { account: account.id, group: 'g' })
    expect(outcome(clash)).to.deep.equal([409, 'RECORD_DUPLICATE /account', 'RECORD_DUPLICATE /group'])
    for (const body of [
      { account: other.id, group: 'g' },
      { account: account.id },
      { account: account.id },
    ]) {
      expect((await admin.post('/api/records/order', body)).status).to.equal(201)
    }
  })

  it('refuses a text that its index cannot hold, at its field', async () => {
    const account = await make(admin, 'account', { name: 'buyer' })
    const group = randomText(2000)
    const refused = [422, 'FIELD_TEXT_NOT_INDEXABLE /group']
    expect(outcome(await admin.post('/api/records/order', { account: account.id, group }))).to.deep.equal(
      refused,
    )
    const order = await make(admin, 'order', { account: account.id })
    expect(outcome(await admin.patch(`/api/records/order/${order.id}`, { group }))).to.deep.equal(refused)
    const bulk = await admin.post('/api/records/order/bulk', {
      create: [{ account: account.id }, { account: account.id, group }],
    })
    expect(outcome(bulk)).to.deep.equal([422, 'FIELD_TEXT_NOT_INDEXABLE /create/1/group'])
  })

  it('shows in a dry run what would be stored and stores nothing', async () => {
    const answer = await admin.post('/api/records/account?dry_run=1', { name: 'dry', parent: null })
    expect([answer.status, answer.record.name, answer.record.level]).to.deep.equal([200, 'dry', 'c'])
    expect(outcome(await admin.get(at(answer.record.id)))).to.deep.equal([404, 'RECORD_NOT_FOUND'])
    const trail = await world.database.query({
      text: `SELECT 1 FROM ws_default.tenon_audit WHERE record = $1`.replace(
        'ws_default',
        await schemaName(),
      ),
      values: [answer.record.id],
    })
    expect(trail.rows).to.deep.equal([])
    expect((await admin.post('/api/records/account', { name: 'dry' }, { headers: {} })).status).to.equal(201)
    expect(outcome(await admin.post('/api/records/account?dry_run=x', { name: 'dry' }))[0]).to.equal(400)
  })

  async function schemaName(): Promise<string> {
    const found = await world.database.query<{ s: string }>({
      text: `SELECT table_schema AS s FROM information_schema.tables WHERE table_name = 'tenon_audit'`,
    })
    return `"${found.rows[0]!.s}"`
  }

  it('patches by If-Match only the version that was read', async () => {
    const { id } = await make(admin, 'account', { name: 'one' })
    const patch = (name: string, ifMatch: string) =>
      admin.patch(at(id), { name }, { headers: { 'if-match': ifMatch } })
    expect((await patch('two', '"1"')).record.version).to.equal(2)
    expect(outcome(await patch('three', '"1"'))).to.deep.equal([412, 'RECORD_VERSION_MOVED'])
    expect(outcome(await patch('three', 'x'))).to.deep.equal([400, 'RECORD_IF_MATCH_INVALID'])
    expect((await patch('three', '*')).record).to.deep.include({ name: 'three', version: 3 })
    const gone = await admin.delete(at(id), { headers: { 'if-match': '"2"' } })
    expect(outcome(gone)).to.deep.equal([412, 'RECORD_VERSION_MOVED'])
    expect((await admin.delete(at(id), { headers: { 'if-match': '"3"' } })).status).to.equal(200)
  })

  it('clears by null, leaves out what is not named, and knows ids in capitals', async () => {
    const { id } = await make(admin, 'account', { name: 'n', amount: 5, level: 'a' })
    const answer = await admin.patch(at(id.toUpperCase()), { amount: null })
    expect([answer.record.id, answer.record.amount, answer.record.level]).to.deep.equal([id, null, 'a'])
  })

  const nowhere = ['x', NOBODY, '../etc', '%00', "1' OR '1'='1", '0'.repeat(300)]
  for (const id of nowhere) {
    it(`answers 404 for the id ${id.slice(0, 20)}`, async () => {
      const path = at(encodeURIComponent(id))
      const answers = await Promise.all([
        admin.get(path),
        admin.patch(path, { name: 'x' }),
        admin.delete(path),
        admin.post(`${path}/restore`),
        admin.get(`${path}/history`),
        admin.get(`${path}/comments`),
        admin.get(`${path}/related/orders`),
      ])
      expect(answers.map((answer) => answer.status)).to.deep.equal(
        answers.map(() => (id === '%00' ? answers[0]!.status : 404)),
      )
      expect(answers[0]!.status).to.be.oneOf([400, 404])
    })
  }

  it('moves a stage only along the pipeline, and says where to', async () => {
    const account = await make(admin, 'account', { name: 'buyer' })
    const order = await make(admin, 'order', { account: account.id })
    const path = `/api/records/order/${order.id}`
    const move = (stage: string | null) =>
      admin.patch(path, { stage }, { headers: { 'accept-language': 'en' } })
    expect(order.stage).to.equal('draft')
    const denied = await move('won')
    expect([...outcome(denied), denied.problems[0]?.hint]).to.deep.equal([
      422,
      'STAGE_TRANSITION_DENIED /stage',
      'Allowed from here: sent.',
    ])
    expect((await move('draft')).status).to.equal(200)
    expect((await move('sent')).status).to.equal(200)
    expect((await move('won')).record.stage).to.equal('won')
    expect((await move('sent')).problems[0]?.hint).to.equal('This stage is final.')
    expect(outcome(await move('nowhere'))).to.deep.equal([422, 'FIELD_OPTION_UNKNOWN /stage'])
  })

  it('numbers on its own, and nobody writes numbers', async () => {
    const account = await make(admin, 'account', { name: 'buyer' })
    const orders = await Promise.all(
      Array.from({ length: 20 }, () => make(admin, 'order', { account: account.id })),
    )
    const numbers = orders.map((order) => String(order.number))
    expect(new Set(numbers).size).to.equal(20)
    for (const number of numbers) expect(number).to.match(/^O-20\d\d-\d{4}$/)
    expect(
      outcome(await admin.post('/api/records/order', { account: account.id, number: 'O-1' })),
    ).to.deep.equal([403, 'FIELD_READ_ONLY /number'])
  })

  it('upserts by a unique field', async () => {
    const put = (field: string, value: string, body: unknown) =>
      admin.put(`/api/records/account/by/${field}/${encodeURIComponent(value)}`, body)
    const made = await put('code', 'U 1/中', { name: 'new' })
    expect([made.status, made.record.code, made.headers.get('location')]).to.deep.equal([
      201,
      'U 1/中',
      at(made.record.id),
    ])
    const changed = await put('code', 'U 1/中', { name: 'changed' })
    expect([changed.status, changed.record.id, changed.record.version]).to.deep.equal([
      200,
      made.record.id,
      2,
    ])
    const same = await put('code', 'U 1/中', { name: 'same', code: 'U 1/中' })
    expect(same.status).to.equal(200)
    expect((await put('id', made.record.id, { name: 'by id' })).record.version).to.equal(4)
    const refusals = [
      await put('code', 'U 1/中', { code: 'other' }),
      await put('code', 'new', { name: 'x', code: 'other' }),
      await put('code', 'new', {}),
      await put('name', 'x', {}),
      await put('cdoe', 'x', {}),
      await put('id', 'x', { name: 'x' }),
      await put('id', NOBODY, { name: 'x' }),
      await put('email', 'no mail', { name: 'x' }),
      await put('code', 'a\0b', { name: 'x' }),
      await put('code', 'x'.repeat(501), { name: 'x' }),
    ]
    expect(refusals.map(outcome)).to.deep.equal([
      [422, 'UPSERT_KEY_MISMATCH /code'],
      [422, 'UPSERT_KEY_MISMATCH /code'],
      [422, 'FIELD_REQUIRED /name'],
      [400, 'UPSERT_KEY_INVALID'],
      [400, 'UPSERT_KEY_INVALID'],
      [404, 'RECORD_NOT_FOUND'],
      [404, 'RECORD_NOT_FOUND'],
      [422, 'FIELD_FORMAT_INVALID /email'],
      [422, 'FIELD_TEXT_INVALID /code'],
      [422, 'FIELD_TEXT_TOO_LONG /code'],
    ])
  })

  it('writes child lists with their parent: makes, changes, deletes', async () => {
    const account = await make(admin, 'account', { name: 'buyer' })
    const order = await make(admin, 'order', {
      account: account.id,
      lines: [
        { quantity: 1, note: 'a' },
        { quantity: 2, note: 'b' },
      ],
    })
    const path = `/api/records/order/${order.id}?fields=lines,version`
    const lines = (await admin.get(path)).record.lines as { id: string; note: string }[]
    const kept = lines.find((line) => line.note === 'a')!
    const next = [
      { id: kept.id, quantity: 5 },
      { quantity: 9, note: 'c', parts: [{ name: 'bolt' }] },
    ]
    expect((await admin.patch(`/api/records/order/${order.id}`, { lines: next })).status).to.equal(200)
    const after = (await admin.get(path)).record
    const shown = (after.lines as { note: string; quantity: number }[]).map(({ note, quantity }) => [
      note,
      quantity,
    ])
    expect([after.version, shown.sort()]).to.deep.equal([
      2,
      [
        ['a', 5],
        ['c', 9],
      ],
    ])
    const bad = [{ quantity: 0 }, { id: NOBODY, quantity: 1 }, { note: 'x' }, { quantity: 1, parts: [{}] }]
    const problems = await Promise.all(
      bad.map((line) => admin.patch(`/api/records/order/${order.id}`, { lines: [{ id: kept.id }, line] })),
    )
    expect(problems.map(outcome)).to.deep.equal([
      [422, 'FIELD_NUMBER_TOO_SMALL /lines/1/quantity'],
      [422, 'FIELD_REFERENCE_MISSING /lines/1/id'],
      [422, 'FIELD_REQUIRED /lines/1/quantity'],
      [422, 'FIELD_REQUIRED /lines/1/parts/0/name'],
    ])
    expect((await admin.get(path)).record).to.deep.equal(after)
  })

  it('refuses every fault of a child list at once', async () => {
    const account = await make(admin, 'account', { name: 'buyer' })
    const body = { account: account.id, case: 'x', lines: [{ quantity: 0 }, { qty: 1 }, { quantity: 1 }] }
    expect(outcome(await admin.post('/api/records/order', body))).to.deep.equal([
      422,
      'FIELD_OPTION_UNKNOWN /case',
      'FIELD_NUMBER_TOO_SMALL /lines/0/quantity',
      'FIELD_UNKNOWN /lines/1/qty',
      'FIELD_REQUIRED /lines/1/quantity',
    ])
  })

  it('takes comments of whoever reads the record', async () => {
    const { id } = await make(admin, 'account', { name: 'talked about' })
    expect((await admin.post(`${at(id)}/comments`, { text: '好的' })).status).to.equal(201)
    expect((await admin.get(`${at(id)}/comments`)).records.map((row) => row.text)).to.deep.equal(['好的'])
    expect((await admin.get(`${at(id)}/files`)).records).to.deep.equal([])
    expect(outcome(await admin.get(`/api/records/campus/${NOBODY}/comments`))).to.deep.equal([
      404,
      'RECORD_NOT_FOUND',
    ])
  })
})

/** Text that no compression makes short. */
function randomText(length: number): string {
  let seed = 7
  return Array.from({ length }, () => {
    seed = (seed * 48271) % 2147483647
    return String.fromCharCode(0x4e00 + (seed % 20000))
  }).join('')
}
