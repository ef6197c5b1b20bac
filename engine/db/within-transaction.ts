import type { Database, Rows, Statement, Transaction } from './database.ts'

const WRITES = /\b(INSERT|UPDATE|DELETE)\b/
const SAVEPOINTS = /^(SAVEPOINT|RELEASE|ROLLBACK) /

/**
 * A database that lives in one open transaction: each transaction is a part of it that is taken back alone when it fails, as
 * it would be outside, and so is each statement alone that writes. One after the other, on one connection; whoever rolls
 * the outer transaction back has never changed anything. A statement that reads costs no part of its own, a journey
 * more: when it fails, what is around it ends as well. It neither listens nor holds sessions.
 * @param nameOf names a statement that is to be prepared, by its text, where the connection ends with the transaction;
 *   without it none is
 */
export function databaseWithin(
  tx: Transaction,
  nameOf: (text: string) => string | undefined = noName,
): Database {
  const inTurn = createTurns()
  const run = <Row>({ text, values }: Statement): Promise<Rows<Row>> => {
    if (values === undefined) return tx.query<Row>({ text })
    const name = nameOf(text)
    return tx.query<Row>(name === undefined ? { text, values } : { text, values, name })
  }
  const parts = createParts()
  const query = <Row>(statement: Statement): Promise<Rows<Row>> =>
    inTurn(() =>
      run<Row>(SAVEPOINTS.test(statement.text) ? { text: parts.beside(statement.text) } : statement),
    )
  /** @param turn runs what it is given when its turn has come: what a part begins with depends on those before it */
  const inPart = async <T>(turn: Turns, work: () => Promise<T>): Promise<T> => {
    const part = await turn(() => begin(parts, run))
    try {
      const result = await work()
      part.end()
      return result
    } catch (error) {
      await turn(() => run({ text: part.drop() }))
      throw error
    }
  }
  const database: Database = {
    // One turn for all of it: another statement in between would end with the part.
    query: (statement) =>
      WRITES.test(statement.text)
        ? inTurn(() =>
            inPart(
              (work) => work(),
              () => run(statement),
            ),
          )
        : query(statement),
    transaction: (work) => inPart(inTurn, () => work({ query, inTransaction: true })),
    session: () => Promise.reject(new Error('there is no session within a transaction')),
    listen: () => Promise.reject(new Error('nothing is heard within a transaction')),
    isBusy: () => false, // its connection is its own
    get background() {
      return database
    },
    close: () => Promise.resolve(),
  }
  return database
}

const noName = (): undefined => undefined

type Turns = <T>(work: () => Promise<T>) => Promise<T>

async function begin(parts: Parts, run: (statement: Statement) => Promise<unknown>): Promise<Part> {
  const part = parts.begin()
  try {
    await run({ text: part.opening })
  } catch (error) {
    part.drop()
    throw error
  }
  return part
}

interface Parts {
  /** Call when its turn has come. */
  begin(): Part
  /** What a savepoint of somebody else's is to be, who knows nothing of parts: those begun behind it go with it. */
  beside(savepoint: string): string
}

interface Part {
  /** The statements with which it begins. */
  readonly opening: string
  /** It has come to its end: what it did stays. */
  end(): void
  /** @returns the statements that take it back */
  drop(): string
}

/**
 * Savepoints by number. One that has come to its end is released with the statement that begins the next one, or by what is
 * around it: a release of its own would be one more journey for each of them.
 */
function createParts(): Parts {
  let last = 0
  let ended: number | undefined
  const open = new Set<number>()
  const name = (part: number) => `tenon_part_${part}`
  /** A release takes along what was begun behind it, which may still go on. */
  const release = (): string => {
    const part = ended
    if (part === undefined || [...open].some((one) => one > part)) return ''
    ended = undefined
    return `RELEASE SAVEPOINT ${name(part)}; `
  }
  return {
    begin() {
      const opening = `${release()}SAVEPOINT ${name(++last)}`
      const part = last
      open.add(part)
      return {
        opening,
        end() {
          open.delete(part)
          ended = Math.min(ended ?? part, part)
        },
        drop() {
          open.delete(part)
          if (ended !== undefined && ended > part) ended = undefined
          return `ROLLBACK TO SAVEPOINT ${name(part)}; RELEASE SAVEPOINT ${name(part)}`
        },
      }
    },
    beside(savepoint) {
      if (savepoint.startsWith('SAVEPOINT')) return release() + savepoint
      ended = undefined
      return savepoint
    },
  }
}

/** Lets works follow each other, whatever becomes of each. */
function createTurns(): Turns {
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
  const database: Database = {
    query: tx.query,
    transaction: (work) => work(tx),
    session: () => Promise.reject(new Error('there is no session within a transaction')),
    listen: () => Promise.reject(new Error('nothing is heard within a transaction')),
    isBusy: () => false,
    get background() {
      return database
    },
    close: () => Promise.resolve(),
  }
  return database
}
