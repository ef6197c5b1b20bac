import { expect } from 'chai'
import type { Database } from '../../../engine/db/database.ts'
import { databaseWithin } from '../../../engine/db/within-transaction.ts'
import { createTestDatabase, emptyTemplate, type TestDatabase } from '../../support/postgres.ts'

class Enough extends Error {}

/** No prepared statement outlives its test. */
const ALONE = { direct: true, alone: true }

describe('a database within a transaction', () => {
  let testDatabase: TestDatabase
  let db: Database

  before(async () => {
    testDatabase = await createTestDatabase(emptyTemplate)
    db = testDatabase.open()
    await db.query({ text: 'CREATE TABLE thing (name text PRIMARY KEY)' })
  })
  after(() => testDatabase.drop())

  const add = (name: string) => ({ text: 'INSERT INTO thing (name) VALUES ($1)', values: [name] })
  const codeOf = (fault: unknown) => (fault as { code?: string }).code
  const refused = (work: Promise<unknown>) => work.then(() => 'nothing', codeOf)

  /** What is there at the end, which nobody else ever sees. */
  async function inside(
    work: (within: Database) => Promise<void>,
    nameOf?: (text: string) => string,
  ): Promise<readonly string[]> {
    let names: readonly string[] = []
    const outer = db.transaction(async (tx) => {
      const within = nameOf === undefined ? databaseWithin(tx) : databaseWithin(tx, nameOf)
      await work(within)
      const { rows } = await within.query<{ name: string }>({ text: 'SELECT name FROM thing ORDER BY name' })
      names = rows.map(({ name }) => name)
      throw new Enough()
    }, ALONE)
    await outer.catch((fault) => {
      if (!(fault instanceof Enough)) throw fault
    })
    expect((await db.query({ text: 'SELECT 1 FROM thing' })).rows).to.deep.equal([])
    return names
  }

  it('takes back a transaction that fails, and nothing else', async () => {
    const names = await inside(async (within) => {
      await within.query(add('before'))
      const failing = within.transaction(async (part) => {
        await part.query(add('lost'))
        await part.query(add('before'))
      })
      expect(await refused(failing)).to.equal('23505')
      await within.transaction((part) => part.query(add('behind')))
    })
    expect(names).to.deep.equal(['before', 'behind'])
  })

  it('prepares what it has names for, once, whatever became of it the first time', async () => {
    const prepared = `SELECT name, statement FROM pg_prepared_statements WHERE name LIKE 'known%'`
    const { text } = add('')
    const names = await inside(
      async (within) => {
        await within.query(add('one'))
        expect(await refused(within.query(add('one')))).to.equal('23505')
        await within.query(add('two'))
        expect((await within.query({ text: prepared })).rows).to.deep.equal([
          { name: 'known', statement: text },
        ])
      },
      (asked) => (asked === text ? 'known' : 'unknown'),
    )
    expect(names).to.deep.equal(['one', 'two'])
    const { rows } = await db.transaction((tx) => tx.query({ text: prepared }), { direct: true })
    expect(rows, 'the connection ended').to.deep.equal([])
  })

  it('takes back a single statement that writes and fails', async () => {
    const names = await inside(async (within) => {
      await within.query(add('one'))
      expect(await refused(within.query(add('one')))).to.equal('23505')
      await within.query(add('two'))
    })
    expect(names).to.deep.equal(['one', 'two'])
  })

  it('takes back one part of another, or both', async () => {
    const names = await inside(async (within) => {
      await within.transaction(async (outer) => {
        await within.transaction((inner) => inner.query(add('kept')))
        await outer.query(add('kept too'))
        const failing = within.transaction(async (inner) => {
          await within.transaction((innermost) => innermost.query(add('lost')))
          await inner.query(add('kept'))
        })
        expect(await refused(failing)).to.equal('23505')
      })
      const both = within.transaction(async (outer) => {
        await within.transaction((inner) => inner.query(add('lost as well')))
        await outer.query(add('kept'))
      })
      expect(await refused(both)).to.equal('23505')
      await within.query(add('last'))
    })
    expect(names).to.deep.equal(['kept', 'kept too', 'last'])
  })

  it('takes back a part that goes on when one around it has come to its end', async () => {
    const names = await inside(async (within) => {
      let goOn: () => void = () => undefined
      const waits = new Promise<void>((resolve) => {
        goOn = resolve
      })
      let second: Promise<unknown> = Promise.resolve()
      await within.transaction(async (first) => {
        await first.query(add('first'))
        second = refused(
          within.transaction(async (part) => {
            await part.query(add('second'))
            await waits
            await part.query(add('first'))
          }),
        )
        await within.query({ text: 'SELECT 1' })
      })
      await within.query(add('third'))
      goOn()
      expect(await second).to.equal('23505')
      await within.query(add('fourth'))
    })
    expect(names).to.deep.equal(['first', 'fourth'])
  })

  it('takes back a part that was asked for while a statement before it still waited for its turn', async () => {
    const names = await inside(async (within) => {
      const first = within.query(add('first'))
      const failing = within.transaction(async (part) => {
        await part.query(add('lost'))
        await within.query(add('lost too'))
        await part.query(add('first'))
      })
      await first
      expect(await refused(failing)).to.equal('23505')
      await within.query(add('last'))
    })
    expect(names).to.deep.equal(['first', 'last'])
  })

  it('lets a savepoint of its users take back the parts behind it', async () => {
    const names = await inside(async (within) => {
      await within.query(add('kept'))
      await within.transaction(async (part) => {
        await part.query({ text: 'SAVEPOINT look' })
        await within.transaction((inner) => inner.query(add('lost')))
        await part.query({ text: 'ROLLBACK TO SAVEPOINT look' })
        await part.query({ text: 'RELEASE SAVEPOINT look' })
        await within.transaction((inner) => inner.query(add('next')))
        await part.query({ text: 'SAVEPOINT look' })
        await within.transaction((inner) => inner.query(add('released')))
        await part.query({ text: 'RELEASE SAVEPOINT look' })
        await within.transaction((inner) => inner.query(add('last')))
      })
    })
    expect(names).to.deep.equal(['kept', 'last', 'next', 'released'])
  })

  it('goes on behind a statement that reads and fails in a part', async () => {
    const names = await inside(async (within) => {
      await within.query(add('kept'))
      const failing = within.transaction(async (part) => {
        await part.query(add('lost'))
        await within.query({ text: 'SELECT 1 / 0' })
      })
      expect(await refused(failing)).to.equal('22012')
    })
    expect(names).to.deep.equal(['kept'])
  })

  it('takes statements that are sent at once one after the other', async () => {
    const names = await inside(async (within) => {
      const outcomes = ['a', 'a', 'b', 'c'].map((name) => refused(within.query(add(name))))
      expect(await Promise.all(outcomes)).to.deep.equal(['nothing', '23505', 'nothing', 'nothing'])
    })
    expect(names).to.deep.equal(['a', 'b', 'c'])
  })
})
