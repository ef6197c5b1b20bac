import type { PersonNames } from './people.ts'

/** One thing that happened to a record, not yet told. */
export interface TimelineRow {
  /** UTC, with milliseconds: instants in this form sort as texts. */
  readonly at: string
  /** By which a later page begins with this row, or with the next one where it is gone by then. */
  readonly key: string
  /** The people whose names telling it takes, by id. */
  readonly people: readonly string[]
  /** What it is told with, besides its type and instant. */
  readonly tell: (names: PersonNames) => object
}

/** Things of one kind that happened to one record, as far as the actor may know of them. */
export interface TimelineSource {
  /** What its entries are: `change`, `record.call`. */
  readonly type: string
  /** One of its kind, in cursors: two fields may lead from one entity to the record. */
  readonly name: string
  /** What its keys look like. */
  readonly key: RegExp
  /** The rows from the one of a key on, the newest first. */
  readonly read: (limit: number, from: string | undefined) => Promise<readonly TimelineRow[]>
}

/** Keys that are a number of the database. */
export const NUMBER_KEY = /^\d{1,18}$/

const INSTANT = String.raw`\d{4,6}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z`
const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'

/** Keys that are an instant and an id. */
export const INSTANT_KEY = new RegExp(`^${INSTANT} ${UUID}$`)
/** The same, and a number besides. */
export const NUMBERED_KEY = new RegExp(`^${INSTANT} ${UUID} \\d{1,9}$`)
