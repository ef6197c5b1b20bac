import type { Executor, Transaction } from '../db/database.ts'
import type { EventBatch } from './event.ts'

/**
 * Takes the events of every workspace, batch by batch. How to be one:
 *
 * - Each consumer has a cursor of its own in each workspace. It moves in the transaction in which `take` is called, so
 *   that what `take` stores by `tx` is stored exactly once for each event: nothing is lost, nothing is done twice, kill -9
 *   and a database that goes away included. Anything done outside of `tx` (a message to pages, a cache) may be done again.
 * - `take` stores what is to be done and returns; whoever does it is woken by a job put in the queue by the same `tx`.
 *   It holds no rows of records and waits for nobody outside.
 * - Events come once their transactions are there. Two writes of one record come in their order; of different records,
 *   what a long transaction wrote comes when it ends, behind younger writes of others.
 * - A new consumer begins with what happens from then on. One that throws is called again with the same batch, ever less
 *   often; the others go on.
 * - In a workspace where `isIdle` says yes its events are passed over.
 *
 * Registered in app.ts by the name under which its cursors are kept, which is never used for anything else.
 */
export interface EventConsumer {
  readonly name: string
  take(batch: EventBatch, tx: Transaction): Promise<void>
  /**
   * Whether the workspace has nothing that this consumer could do; asked before its events are read, while its cursor is held.
   * @param at the workspace's schema, quoted, and the transaction that moves the cursor: it must not be given a number here
   */
  isIdle?(workspace: string, at: { readonly schema: string; readonly tx: Executor }): Promise<boolean>
}
