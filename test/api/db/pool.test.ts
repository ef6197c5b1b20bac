import { expect } from 'chai'
import type { Database } from '../../../engine/db/database.ts'
import { openDatabase } from '../../../engine/db/pool.ts'
import { parseJson } from '../../../engine/db/values.ts'
import { AppError } from '../../../engine/errors.ts'
import { createTestDatabase, emptyTemplate, type TestDatabase } from '../../support/postgres.ts'

async function codeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'none',
    (fault: { code?: string; message: string }) => fault.code ?? fault.message,
  )
}

describe('the database', () => {
  let test: TestDatabase
  let db: Database

  before(async () => {
    test = await createTestDatabase(emptyTemplate)
    db = test.open(1)
    await db.query({ text: 'CREATE TABLE item (name text PRIMARY KEY)' })
  })
  after(() => test.drop())

  async function backend(): Promise<number> {
    const { rows } = await db.query<{ pid: number }>({ text: 'SELECT pg_backend_pid() AS pid' })
    return rows[0]!.pid
  }

  async function names(): Promise<string[]> {
    const { rows } = await db.query<{ name: string }>({ text: 'SELECT name FROM item ORDER BY name' })
    return rows.map(({ name }) => name)
  }

  const values: [string, unknown][] = [
    ['true', true],
    ['7::smallint', 7],
    ['2147483647', 2147483647],
    ['9007199254740993::bigint', '9007199254740993'],
    ['123456789012345.60::numeric', '123456789012345.60'],
    ['0.1::float8', 0.1],
    [`'2026-03-02 09:00:00.120+08'::timestamptz`, '2026-03-02 01:00:00.12+00'],
    [`'2026-03-02'::date`, '2026-03-02'],
    [`'09:30'::time`, '09:30:00'],
    [`'P1DT2H'::interval`, 'P1DT2H'],
    [`'{"a": [1.10]}'::jsonb`, '{"a": [1.10]}'],
    [`'{"a":1}'::json`, '{"a":1}'],
    [`ARRAY['a', NULL, '中"文']`, ['a', null, '中"文']],
    [`'\\x0102'::bytea`, Buffer.from([1, 2])],
    ['NULL::text', null],
  ]
  for (const [sql, value] of values) {
    it(`gives ${sql} as ${JSON.stringify(value)}`, async () => {
      const { rows } = await db.query<{ value: unknown }>({ text: `SELECT ${sql} AS value` })
      expect(rows[0]?.value).to.deep.equal(value)
    })
  }

  it('gives the text of json to those who want it parsed', () => {
    expect(parseJson<{ a: number }>('{"a":1}')).to.deep.equal({ a: 1 })
  })

  it('keeps a connection and its prepared statements when a statement is refused', async () => {
    const pid = await backend()
    const insert = { name: 'insert', text: 'INSERT INTO item VALUES ($1)', values: ['once'] }
    expect(await codeOf(db.query(insert))).to.equal('none')
    expect(await codeOf(db.query(insert))).to.equal('23505')
    expect(await backend()).to.equal(pid)
    const { rows } = await db.query({ text: 'SELECT name FROM pg_prepared_statements' })
    expect(rows).to.deep.equal([{ name: 'insert' }])
    await db.query({ text: 'DELETE FROM item' })
  })

  it('commits what resolves and rolls back what rejects', async () => {
    const put = (name: string, fails: boolean): Promise<void> =>
      db.transaction(async (tx) => {
        await tx.query({ text: 'INSERT INTO item VALUES ($1)', values: [name] })
        if (fails) throw new Error('no')
      })
    expect([await codeOf(put('kept', false)), await codeOf(put('lost', true))]).to.deep.equal(['none', 'no'])
    expect(await names()).to.deep.equal(['kept'])
  })

  it('does not take a rolled back transaction for a committed one', async () => {
    const swallowed = db.transaction(async (tx) => {
      await tx.query({ text: `INSERT INTO item VALUES ('kept')` }).catch(() => undefined)
    })
    expect(await codeOf(swallowed)).to.equal('the transaction had failed and was rolled back')
  })

  it('waits for a lock as long as it was told', async () => {
    const wait = db.transaction(
      async (tx) => {
        await tx.query({ text: 'LOCK TABLE item' })
        await db.transaction((other) => other.query({ text: 'LOCK TABLE item' }), {
          direct: true,
          lockTimeoutMs: 20,
        })
      },
      { lockTimeoutMs: 20 },
    )
    expect(await codeOf(wait)).to.equal('55P03')
  })

  it('stops a statement that takes too long, and only that', async () => {
    const slow = db.transaction((tx) => tx.query({ text: 'SELECT pg_sleep(5)' }), { statementTimeoutMs: 30 })
    expect(await codeOf(slow)).to.equal('QUERY_TOO_COSTLY')
    const { rows } = await db.query({ text: 'SHOW statement_timeout' })
    expect(rows).to.deep.equal([{ statement_timeout: '30s' }])
  })

  it('frees the locks of a session when its work ends', async () => {
    const lock = { text: 'SELECT pg_try_advisory_lock(42) AS held' }
    const tries = [
      await db.session(async (session) => (await session.query(lock)).rows[0]),
      await db.session(async (session) => (await session.query(lock)).rows[0]),
    ]
    expect(tries).to.deep.equal([{ held: true }, { held: true }])
  })

  it('is unavailable while its connection is broken, then back', async () => {
    const pid = await backend()
    const broken = db.query({ text: 'SELECT pg_sleep(5)' }).catch((thrown: unknown) => thrown)
    await db.session((session) => session.query({ text: 'SELECT pg_terminate_backend($1)', values: [pid] }))
    expect(await broken)
      .to.be.instanceOf(AppError)
      .with.property('code', 'HTTP_UNAVAILABLE')
    expect(await names()).to.deep.equal(['kept'])
  })

  it('is unavailable where nobody listens', async () => {
    const nowhere = openDatabase({ url: 'postgres://nobody@127.0.0.1:9/none' })
    const faults = [
      await codeOf(nowhere.query({ text: 'SELECT 1' })),
      await codeOf(nowhere.transaction(async () => 1)),
      await codeOf(nowhere.session(async () => 1)),
      await codeOf(
        nowhere.listen(
          'x',
          () => undefined,
          () => undefined,
        ),
      ),
    ]
    expect(faults).to.deep.equal(Array(4).fill('HTTP_UNAVAILABLE'))
    await nowhere.close()
  })

  it('listens, again after a lost connection', async () => {
    const heard: string[] = []
    const waitFor = async (text: string): Promise<void> => {
      while (heard.at(-1) !== text) await new Promise((resolve) => setTimeout(resolve, 5))
    }
    const end = await db.listen(
      'Odd "name"',
      (payload) => heard.push(payload),
      () => heard.push('reconnected'),
    )
    const notify = { text: `SELECT pg_notify('Odd "name"', $1)`, values: ['one'] }
    await db.query(notify)
    await waitFor('one')
    await db.query({
      text: `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%' AND datname = current_database()`,
    })
    await waitFor('reconnected')
    await db.query({ ...notify, values: ['two'] })
    await waitFor('two')
    await end()
    await db.query({ ...notify, values: ['three'] })
    expect(heard).to.deep.equal(['one', 'reconnected', 'two'])
  })
})
