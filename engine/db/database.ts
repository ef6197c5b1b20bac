/** One SQL statement; `name` makes it a prepared statement that each connection parses once. */
export interface Statement {
  readonly text: string
  readonly values?: readonly unknown[]
  readonly name?: string
}

export interface Rows<Row> {
  readonly rows: Row[]
  readonly rowCount: number
}

/** Runs statements: the pool (each in its own autocommit transaction) or an open transaction. */
export interface Executor {
  query<Row = Record<string, unknown>>(statement: Statement): Promise<Rows<Row>>
}

/** A transaction in progress, on one connection. */
export interface Transaction extends Executor {
  readonly inTransaction: true
}

export interface TransactionOptions {
  /** Milliseconds to wait for one lock, 0 = no limit. */
  readonly lockTimeoutMs?: number
  /** Milliseconds for one statement, 0 = no limit. */
  readonly statementTimeoutMs?: number
  /** A direct connection, past a pooler: for DDL, session locks and LISTEN. */
  readonly direct?: boolean
  /** Its connection ends with it, and so do the statements that it prepared. */
  readonly alone?: boolean
}

/** A connection outside any transaction, held for session locks and CREATE INDEX CONCURRENTLY. */
export interface Session extends Executor {
  readonly inTransaction: false
}

export interface Database extends Executor {
  /** Commits when `work` resolves, rolls back when it rejects. */
  transaction<T>(work: (tx: Transaction) => Promise<T>, options?: TransactionOptions): Promise<T>
  /** One direct connection for the time of `work`; its session locks end with it. */
  session<T>(work: (session: Session) => Promise<T>): Promise<T>
  /**
   * Calls back for each NOTIFY on the channel; reconnects by itself, and calls `onReconnect` then, since
   * notifications may have been missed. The returned function ends it.
   */
  listen(
    channel: string,
    onPayload: (payload: string) => void,
    onReconnect: () => void,
  ): Promise<() => Promise<void>>
  /** Whether at this moment somebody waits for a statement, by whichever handle but `background`. */
  isBusy(): boolean
  /** The same for work that nobody waits for. */
  readonly background: Database
  close(): Promise<void>
}
