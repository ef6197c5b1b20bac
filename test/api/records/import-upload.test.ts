import { expect } from 'chai'
import excel from 'exceljs'
import type { Answer, Client } from '../../support/http.ts'
import { eventually } from '../../support/http-model.ts'
import { make, outcome, type Person, startWorld, type World } from './world.ts'

interface Uploaded {
  readonly id: string
  readonly name: string
  readonly rows: number
  readonly sheet?: string
  readonly columns: readonly {
    readonly header: string
    readonly field?: string
    readonly samples: readonly string[]
  }[]
  readonly keys: readonly string[]
}
interface Outcome {
  readonly created: number
  readonly changed: number
  readonly refused: number
  readonly duplicates: number
  readonly problems: readonly {
    readonly row: number
    readonly errors: readonly { readonly code: string; readonly column?: number }[]
  }[]
  readonly undo?: string
}

describe('an upload that becomes records', function () {
  this.timeout(180_000)
  let world: World
  let admin: Client
  let sally: Person
  let serial = 0

  before(async () => {
    world = await startWorld()
    admin = world.admin
    sally = await world.person('sally', 'sales')
  })
  after(() => world.stop())

  const send = (
    content: string | Uint8Array,
    { who = admin, entity = 'account', name = 'list.csv' } = {},
  ) => {
    const form = new FormData()
    form.set('file', new Blob([content as BlobPart]), name)
    return who.post(`/api/imports/${entity}`, form)
  }
  const uploaded = async (content: string | Uint8Array, options: Parameters<typeof send>[1] = {}) => {
    const answer = await send(content, options)
    expect(answer.status, answer.text).to.equal(201)
    return (answer.body as { data: Uploaded }).data
  }
  const run = (id: string, body: object, { who = admin, query = '' } = {}) =>
    who.post(`/api/imports/account/${id}${query}`, body)
  const told = (answer: Answer) => {
    expect(answer.status, answer.text).to.equal(200)
    const { created, changed, refused, duplicates, problems, undo } = (answer.body as { data: Outcome }).data
    const faults = problems.map(({ row, errors }) => [
      row,
      ...errors.map(({ code, column }) => `${code} ${column}`),
    ])
    return { counts: [created, changed, refused, duplicates], faults, undo }
  }
  const counted = async (rule: object) =>
    (await admin.post('/api/records/account/query', { filter: rule, limit: 200 })).records.length
  const named = (begin: string) => ({ starts_with: [{ var: 'name' }, begin] })

  it('guesses the columns of a workbook, tells what would come of it, imports it and takes it back', async () => {
    const book = new excel.Workbook()
    const sheet = book.addWorksheet('Customers')
    sheet.addRow(['Name', 'Founded', 'Seen at', 'Level', 'Remarks'])
    const row = sheet.addRow([
      'Book A',
      new Date('2020-05-04T00:00:00Z'),
      new Date('2026-03-02T09:30:00Z'),
      'A',
      'x',
    ])
    row.getCell(3).numFmt = 'yyyy-mm-dd hh:mm'
    sheet.addRow(['Book B', 'soon', undefined, 'z'])
    sheet.addRow([])
    sheet.addRow([undefined, undefined, undefined, 'b'])
    const {
      id,
      rows,
      sheet: name,
      columns,
    } = await uploaded(new Uint8Array(await book.xlsx.writeBuffer()), {
      name: 'customers.xlsx',
    })
    expect([rows, name]).to.deep.equal([3, 'Customers'])
    expect(columns.map(({ header, field }) => [header, field])).to.deep.equal([
      ...[
        ['Name', 'name'],
        ['Founded', 'founded'],
        ['Seen at', 'seen_at'],
      ],
      ...[
        ['Level', 'level'],
        ['Remarks', undefined],
      ],
    ])
    const choice = { columns: columns.map(({ field }) => field ?? '') }
    const faults = [
      [3, 'FIELD_FORMAT_INVALID 1', 'FIELD_OPTION_UNKNOWN 3'],
      [5, 'FIELD_REQUIRED 0'],
    ]
    const dry = told(await run(id, choice, { query: '?dry_run=1' }))
    expect(dry).to.deep.equal({ counts: [1, 0, 2, 0], faults, undo: undefined })
    expect(await counted(named('Book'))).to.equal(0)

    const done = told(await run(id, choice))
    expect([done.counts, done.faults]).to.deep.equal([[1, 0, 2, 0], faults])
    const [record] = (await admin.post('/api/records/account/query', { filter: named('Book') })).records
    expect([record!.founded, record!.level]).to.deep.equal(['2020-05-04', 'a'])
    const zone = (await admin.get('/api/meta/model')).body
    expect(String(record!.seen_at), JSON.stringify(zone).slice(0, 80)).to.match(
      /^2026-03-02T\d\d:30:00\.000Z$/,
    )
    expect((await admin.get(`/api/imports/account/${id}`)).record).to.deep.include({
      done: 3,
      total: 3,
      finished: true,
    })

    const back = await admin.post(`/api/undo/${done.undo}`)
    expect((back.body as { data: { done: number } }).data.done).to.equal(1)
    expect(await counted(named('Book'))).to.equal(0)
  })

  it('stores no row twice when it is asked again, and the same file once more as another import', async () => {
    const csv = `name\ntwice ${++serial}\n`
    const first = await uploaded(csv)
    const once = told(await run(first.id, { columns: ['name'] }))
    const again = told(await run(first.id, { columns: ['name'] }))
    expect([once.counts, again.counts, again.undo]).to.deep.equal([[1, 0, 0, 0], [1, 0, 0, 0], once.undo])
    expect(await counted(named('twice'))).to.equal(1)
    await run((await uploaded(csv)).id, { columns: ['name'] })
    expect(await counted(named('twice'))).to.equal(2)
  })

  it('changes the records that a key finds, and gives their fields back unless they were changed since', async () => {
    const key = `K${++serial}`
    const old = await make(admin, 'account', { name: 'Old', code: key, staff: 1, note: 'mine' })
    const { id, keys } = await uploaded(`code,name,staff,note\n${key},New,2,theirs\n${key}b,Fresh,3,\n`)
    expect(keys).to.include('code')
    const choice = { columns: ['code', 'name', 'staff', 'note'], key: 'code' }
    expect(told(await run(id, choice, { query: '?dry_run=1' })).counts).to.deep.equal([1, 1, 0, 0])
    const done = told(await run(id, choice))
    expect(done.counts).to.deep.equal([1, 1, 0, 0])
    await admin.patch(`/api/records/account/${old.id}`, { staff: 9 })
    const back = (await admin.post(`/api/undo/${done.undo}`)).body as {
      data: { done: number; kept: { errors: { path: string }[] }[] }
    }
    expect([back.data.done, back.data.kept.map(({ errors }) => errors[0]!.path)]).to.deep.equal([
      2,
      ['/staff'],
    ])
    const { name, staff, note } = (await admin.get(`/api/records/account/${old.id}`)).record
    expect([name, staff, note]).to.deep.equal(['Old', 9, 'mine'])
    expect(await counted({ '==': [{ var: 'code' }, `${key}b`] })).to.equal(0)
  })

  it('tells what is there already apart from what is wrong', async () => {
    const key = `D${++serial}`
    await make(admin, 'account', { name: 'There', code: key })
    const { id } = await uploaded(`name,code\nA,${key}\nB,${key}x\nC,${key}x\n`)
    const dry = told(await run(id, { columns: ['name', 'code'] }, { query: '?dry_run=1' }))
    expect(dry.counts).to.deep.equal([1, 0, 2, 2])
  })

  it('keeps to three imports at once: the fourth is told to come again, with its file kept, and nothing is lost', async () => {
    const begin = `Busy ${++serial}`
    const ids: string[] = []
    for (const at of [0, 1, 2, 3]) ids.push((await uploaded(`name\n${begin} ${at} a\n${begin} ${at} b\n`)).id)
    const start = (id: string | undefined) => run(id!, { columns: ['name'] })
    const [running, refused] = await world.database.transaction(async (tx) => {
      // As large imports are: on their way, and not done before the table is free.
      await tx.query({ text: 'LOCK TABLE ws_default.account IN SHARE MODE' })
      const first = ids.slice(0, 3).map(start)
      const waiting = async () => {
        const { rows } = await tx.query<{ n: number }>({
          text: "SELECT count(*)::int AS n FROM pg_locks WHERE NOT granted AND relation = 'ws_default.account'::regclass",
        })
        return rows[0]?.n === 3
      }
      await eventually(waiting)
      return [first, await start(ids[3])] as const
    })
    expect(outcome(refused)).to.deep.equal([429, 'IMPORT_BUSY'])
    expect(Number(refused.headers.get('retry-after'))).to.be.within(1, 60)
    for (const answer of await Promise.all(running)) expect(told(answer).counts).to.deep.equal([2, 0, 0, 0])
    expect(await counted(named(begin))).to.equal(6)
    expect(told(await start(ids[3])).counts).to.deep.equal([2, 0, 0, 0])
    expect(await counted(named(begin))).to.equal(8)
  })

  it('keeps to them over all nodes, as one that died frees its place', async () => {
    const begin = `Nodes ${++serial}`
    const { id } = await uploaded(`name\n${begin}\n`)
    const taken = (seconds: number) =>
      world.database.query({
        text:
          'INSERT INTO ws_default.tenon_place (code, number, holder, until) ' +
          `SELECT 'IMPORT_BUSY', n, gen_random_uuid(), now() + make_interval(secs => $1) FROM generate_series(1, 3) AS n ` +
          'ON CONFLICT (code, number) DO UPDATE SET until = excluded.until',
        values: [seconds],
      })
    // As other nodes have it: none runs here.
    await taken(60)
    const start = () => run(id, { columns: ['name'] })
    expect(outcome(await start())).to.deep.equal([429, 'IMPORT_BUSY'])
    expect(await counted(named(begin))).to.equal(0)
    await taken(-1)
    expect(told(await start()).counts).to.deep.equal([1, 0, 0, 0])
    const { rows } = await world.database.query({ text: 'SELECT number FROM ws_default.tenon_place' })
    expect(rows.map(({ number }) => number)).to.deep.equal([2, 3])
    await world.database.query({ text: 'DELETE FROM ws_default.tenon_place' })
  })

  it('leaves its upload to whoever sent it, for the entity that it was sent for', async () => {
    const { id } = await uploaded('name\nx\n')
    for (const answer of [
      await run(id, { columns: ['name'] }, { who: sally }),
      await admin.post(`/api/imports/campus/${id}`, { columns: ['name'] }),
      await admin.get('/api/imports/account/x'),
    ])
      expect(answer.status).to.equal(404)
  })

  it('refuses whoever may not create, entities with ways of their own, and files that cannot be read', async () => {
    expect(outcome(await send('name\nx\n', { who: sally, entity: 'product' }))).to.include('AUTH_DENIED')
    expect(outcome(await send('name\nx\n', { entity: 'user' }))).to.include('AUTH_DENIED')
    expect(outcome(await send('PK\x03\x04 no workbook'))).to.include('IMPORT_FILE_UNREADABLE /file')
    expect(outcome(await send(Buffer.from('d0cf11e0a1b11ae1', 'hex')))).to.include(
      'IMPORT_FILE_UNREADABLE /file',
    )
    expect(outcome(await send(''))).to.include('IMPORT_FILE_EMPTY')
    expect(outcome(await send(`name\n${'x\n'.repeat(20_001)}`))).to.include('IMPORT_TOO_LONG /file')
  })

  it('names the columns that are at fault before it tries a row', async () => {
    const { id } = await uploaded('a,b\nx,y\n')
    const problems = async (columns: readonly string[]) =>
      (await run(id, { columns })).problems.map(({ code, path }) => `${code} ${path}`)
    expect(await problems(['code', ''])).to.deep.equal(['IMPORT_FIELD_UNMAPPED /columns'])
    expect(await problems(['name', 'name'])).to.deep.equal(['IMPORT_FIELD_TWICE /columns'])
    expect(await problems(['nothing', ''])).to.deep.equal(['FIELD_UNKNOWN /columns'])
    expect(await problems(['version', ''])).to.deep.equal(['FIELD_READ_ONLY /columns'])
  })
})
