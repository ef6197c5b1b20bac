import type { Database, Rows, Statement, Transaction } from './database.ts'

const WRITES = /\b(INSERT|UPDATE|DELETE)\b/

/**
 * A database that lives in one open transaction: each transaction is a part of it that is taken back alone when it fails, as
 * it would be outside, and so is each statement alone that writes. One after the other, on one connection; whoever rolls
 * the outer transaction back has never changed anything. A statement that reads costs no part of its own, two journeys
 * more: when it fails, what is around it ends as well. It prepares no statements and neither listens nor holds sessions.
 */
export function databaseWithin(tx: Transaction): Database {
  const inTurn = createTurns()
  const run = <Row>({ text, values }: Statement): Promise<Rows<Row>> =>
    tx.query<Row>(values === undefined ? { text } : { text, values })
  const query = <Row>(statement: Statement): Promise<Rows<Row>> => inTurn(() => run<Row>(statement))
  let parts = 0
  const inPart = async <T>(mark: typeof run, work: () => Promise<T>): Promise<T> => {
    const part = `tenon_part_${++parts}`
    await mark({ text: `SAVEPOINT ${part}` })
    try {
      const result = await work()
      await mark({ text: `RELEASE SAVEPOINT ${part}` })
      return result
    } catch (error) {
      await mark({ text: `ROLLBACK TO SAVEPOINT ${part}; RELEASE SAVEPOINT ${part}` })
      throw error
    }
  }
  return {
    // One turn for all of it: another statement in between would end with the part.
    query: (statement) =>
      WRITES.test(statement.text) ? inTurn(() => inPart(run, () => run(statement))) : query(statement),
    transaction: (work) => inPart(query, () => work({ query, inTransaction: true })),
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
