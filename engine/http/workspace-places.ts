import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { Executor } from '../db/database.ts'
import { AppError, problem } from '../errors.ts'
import type { Observe } from '../observe.ts'
import type { PlacesOptions } from './places.ts'

const LOOK_AGAIN_MS = 200
/** So long a place stays taken whose node has died. */
const LEASE_SECONDS = 30
const RENEW_MS = 10_000

/**
 * Does a work in one of the few places that a workspace has for it over all nodes. A place is a row with a time that is
 * renewed while the work lasts: no connection is held for it, and a node that dies leaves it to the others by itself. It
 * keeps load away; that no two works clash is the affair of the works.
 * @param schema quoted, of the workspace
 * @throws AppError with the code of the places where none becomes free in time
 */
export async function inWorkspacePlace<T>(
  { db, observe }: { readonly db: Executor; readonly observe: Observe },
  schema: string,
  options: PlacesOptions,
  work: () => Promise<T>,
): Promise<T> {
  const holder = randomUUID()
  await takePlace(db, schema, holder, options)
  const told = (error: unknown) => observe('fault', { during: 'place', error })
  const renewing = setInterval(() => {
    db.query({
      text: `UPDATE ${schema}.tenon_place SET until = now() + make_interval(secs => $2) WHERE holder = $1`,
      values: [holder, LEASE_SECONDS],
    }).catch(told)
  }, RENEW_MS)
  try {
    return await work()
  } finally {
    clearInterval(renewing)
    const leave = { text: `DELETE FROM ${schema}.tenon_place WHERE holder = $1`, values: [holder] }
    // What was done is done: the place becomes free by itself.
    await db.query(leave).catch(told)
  }
}

async function takePlace(
  db: Executor,
  schema: string,
  holder: string,
  { most, code, waitMs, retryAfterSeconds }: PlacesOptions,
): Promise<void> {
  const begun = Date.now()
  for (;;) {
    for (let number = 1; number <= most; number++) {
      const { rowCount } = await db.query({
        text:
          `INSERT INTO ${schema}.tenon_place (code, number, holder, until) ` +
          'VALUES ($1, $2, $3, now() + make_interval(secs => $4)) ON CONFLICT (code, number) ' +
          'DO UPDATE SET holder = excluded.holder, until = excluded.until WHERE tenon_place.until < now()',
        values: [code, number, holder, LEASE_SECONDS],
      })
      if (rowCount > 0) return
    }
    if (Date.now() - begun >= waitMs) throw new AppError(problem(code), { retryAfterSeconds })
    await pause(LOOK_AGAIN_MS)
  }
}
