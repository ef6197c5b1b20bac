import type { Database, Executor, Rows, Statement, Transaction } from './database.ts'

/** Statements that open and close parts of a transaction; they cannot stand in a part of their own. */
const PART_MARK = /^\s*(SAVEPOINT|RELEASE|ROLLBACK TO)\b/i
const PART_BEGIN = /^\s*SAVEPOINT\b/i

/**
 * A database that lives in one open transaction: each statement and each transaction is a part of it that is taken back
 * alone when it fails, as it would be outside. One after the other, on one connection; whoever rolls the outer
 * transaction back has never changed anything. It prepares no statements and neither listens nor holds sessions.
 */
export function databaseWithin(tx: Transaction): Database {
  const inTurn = createTurns()
  const run = <Row>({ text, values }: Statement): Promise<Rows<Row>> =>
    tx.query<Row>(values === undefined ? { text } : { text, values })
  // Left open behind a statement and closed on the way to the next one: that saves a journey each.
  let isMarked = false
  const close = () => (isMarked ? 'RELEASE SAVEPOINT tenon_statement; ' : '')
  /** Whatever is open lies behind the last part, and ends with it. */
  const mark = <Row>({ text }: Statement): Promise<Rows<Row>> =>
    inTurn(() => {
      const before = PART_BEGIN.test(text) ? close() : ''
      isMarked = false
      return run<Row>({ text: before + text })
    })
  const alone = <Row>(statement: Statement): Promise<Rows<Row>> =>
    PART_MARK.test(statement.text)
      ? mark<Row>(statement)
      : inTurn(async () => {
          await run({ text: `${close()}SAVEPOINT tenon_statement` })
          isMarked = true
          try {
            return await run<Row>(statement)
          } catch (error) {
            await run({ text: 'ROLLBACK TO SAVEPOINT tenon_statement' })
            throw error
          }
        })
  // A fault ends a transaction as a whole, so that its statements need no parts of their own.
  const inner: Executor = {
    query: (statement) => (PART_MARK.test(statement.text) ? mark(statement) : inTurn(() => run(statement))),
  }
  let parts = 0
  return {
    query: alone,
    async transaction(work) {
      const part = `tenon_transaction_${++parts}`
      await inner.query({ text: `SAVEPOINT ${part}` })
      try {
        const result = await work({ ...inner, inTransaction: true })
        await inner.query({ text: `RELEASE SAVEPOINT ${part}` })
        return result
      } catch (error) {
        await inner.query({ text: `ROLLBACK TO SAVEPOINT ${part}` })
        await inner.query({ text: `RELEASE SAVEPOINT ${part}` })
        throw error
      }
    },
    session: () => Promise.reject(new Error('there is no session within a transaction')),
    listen: () => Promise.reject(new Error('nothing is heard within a transaction')),
    close: () => Promise.resolve(),
  }
}

/** Lets works follow each other, whatever becomes of each. */
function createTurns(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const next = last.then(work)
    last = next.catch(() => undefined) // told to whoever waits for `next`
    return next
  }
}

/**
 * The database as it is seen by an open transaction, for what reads by a database: its statements are those of the
 * transaction, and a fault ends that as a whole.
 */
export function databaseOn(tx: Transaction): Database {
  return {
    query: tx.query,
    transaction: (work) => work(tx),
    session: () => Promise.reject(new Error('there is no session within a transaction')),
    listen: () => Promise.reject(new Error('nothing is heard within a transaction')),
    close: () => Promise.resolve(),
  }
}
