/** A piece of SQL that can be read as a value. */
export interface ColumnSql {
  readonly sql: string
  /** Its PostgreSQL type, such as `integer` or `numeric`: literals beside it are sent so that its index is used. */
  readonly sqlType: string
  /** Whether it is never null. */
  readonly notNull?: boolean
}

/** Records that point to the one at hand, as the FROM part of a subquery. */
export interface RelatedRows {
  /** Complete once all columns were asked for: their lookups are joined here. */
  from(): string
  /** Which of them point here and are in sight. */
  readonly where: string
  /** The expressions by which they are in order. */
  readonly order: readonly string[]
  /** The id of one, a `uuid`. */
  readonly id: string
  column(path: readonly string[]): ColumnSql
}

/**
 * Where the SQL of a rule goes: the statement under construction. It collects parameters, and adds joins behind
 * paths that go through lookups. What rules see must have these PostgreSQL types: text `text`, number `numeric` or
 * an integer type, boolean `boolean`, date `date`, datetime `timestamptz`, time `time`, duration `interval`,
 * id `uuid`, texts `text[]`, ids `uuid[]`.
 */
export interface SqlTarget {
  /** Adds a value to the statement; gives its placeholder with the cast, such as `$3::numeric`. */
  parameter(value: unknown, sqlType: string): string
  /** The value at a checked path: a field of the record, or through lookups of a relative. */
  column(path: readonly string[]): ColumnSql
  /** The workspace's day, a `date`. */
  today(): string
  /** The instant of the question, a `timestamptz`. */
  now(): string
  /** The name of the workspace's time zone, a `text`. */
  timeZone(): string
  /** The id of the actor's user, a `uuid`; undefined where the actor is no person. */
  actorId(): string | undefined
  /** The names of the actor's roles, a `text[]`. */
  actorRoles(): string
  /** A setting of the workspace, a `text`; absent where rules cannot name them. */
  setting?(name: string): string
  /** The records that a path of type `records` leads to; absent where rules cannot look at lists of records. */
  related?(path: readonly string[], alias: string): RelatedRows
  /** Within a list of plain values, the value at hand. */
  item?(): ColumnSql
  /** Within a list, where the rule's own record is. */
  readonly record?: SqlTarget
}
