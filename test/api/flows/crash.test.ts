import { expect } from 'chai'
import type pg from 'pg'
import { sampled } from '../../attack/payloads.ts'
import { databasePid, endDatabase, killHard, waitForStatus } from '../../start/support.ts'
import { dataOf, publishAll, type Written } from '../../support/drafts.ts'
import { ADMIN } from '../../support/engine.ts'
import { type ApiRecord, type Client, createClient } from '../../support/http.ts'
import { type EngineProcess, spawnEngine } from '../../support/process.ts'
import { scratchFolder } from '../../support/scratch.ts'
import {
  connect,
  DEFINITIONS,
  installBarrier,
  isHeld,
  isOver,
  type Manner,
  ONCE,
  POINTS,
  raiseBarrier,
  stateOf,
} from './crash-world.ts'

const VICTIMS = ['the engine', 'the database', 'both'] as const
type Victim = (typeof VICTIMS)[number]

const MANNERS: readonly Manner[] = ['together', 'alone']
/** Every point with every victim, of runs that share a transaction and of runs that do not; what `npm test` takes of them moves on by the day. */
const CASES = POINTS.flatMap((point) =>
  VICTIMS.flatMap((victim) => MANNERS.map((manner) => ({ ...point, victim, manner }))),
)
/** Coprime with their number, so that a few of them differ in all. */
const STRIDE = 19
const MIXED = CASES.map((_, index) => CASES[(index * STRIDE) % CASES.length]!)
const today = Math.floor(Date.now() / 86_400_000)

describe('a flow whose engine or database is killed', () => {
  const dataDir = scratchFolder('flow-crash')
  let engine: EngineProcess
  let url: string

  before(async () => {
    await start()
    const admin = await signIn()
    await publishAll(admin, DEFINITIONS as readonly Written[])
    const client = await connect(dataDir)
    await installBarrier(client)
    await client.end()
  })
  after(async () => {
    await engine.end('SIGKILL')
    await endDatabase(dataDir)
  })

  async function start(): Promise<void> {
    const env = { TENON_ADMIN_EMAIL: ADMIN.email, TENON_ADMIN_PASSWORD: ADMIN.password }
    engine = spawnEngine({ dataDir, env })
    url = await engine.ready
  }
  const signIn = (): Promise<Client> => createClient(url).login(ADMIN.email, ADMIN.password)

  /** Polls as the database answers; nothing is taken for slow before a minute. */
  async function until(client: pg.Client, holds: () => Promise<boolean>, what: string): Promise<void> {
    const end = performance.now() + 60_000
    while (!(await holds())) {
      if (performance.now() > end) throw new Error(`${what}: ${JSON.stringify(await stuck(client))}`)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }

  async function stuck(client: pg.Client): Promise<unknown> {
    const runs = await client.query(
      'SELECT name, state, steps, tries, fault, due_at FROM ws_default.tenon_run',
    )
    const jobs = await client.query(
      'SELECT task_identifier, run_at, attempts, locked_by, last_error FROM graphile_worker.jobs',
    )
    return { runs: runs.rows.slice(-3), jobs: jobs.rows }
  }

  const KILLS: { readonly [V in Victim]: (holder: pg.Client) => Promise<void> } = {
    async 'the engine'(holder) {
      await engine.end('SIGKILL')
      await holder.end() // what it held goes on now, for a client that is not there any more
      await start()
    },
    async 'the database'() {
      const pid = databasePid(dataDir)
      await killHard(pid)
      await waitForStatus(url, 503)
      await waitForStatus(url, 200)
    },
    async both() {
      const pid = databasePid(dataDir)
      await engine.end('SIGKILL')
      await killHard(pid)
      await start()
    },
  }

  for (const { name, at, victim, manner } of sampled(MIXED, today, 3)) {
    it(`goes on as if nothing had been where ${victim} dies: ${name}, ${manner}`, async () => {
      const admin = await signIn()
      const make = async (entity: string, body: object): Promise<ApiRecord> =>
        dataOf(await admin.post(`/api/records/${entity}`, body), 201)
      const accounts: string[] = []
      for (const account of ['Acme', 'Beta']) {
        const { id } = await make('account', { name: account })
        for (const part of ['one', 'two']) await make('part', { name: part, account: id })
        accounts.push(id)
      }
      const holder = await connect(dataDir)
      await raiseBarrier(holder, at, manner)
      dataOf(
        await admin.post('/api/records/account/bulk', {
          update: accounts.map((id) => ({ id, state: 'go' })),
        }),
        200,
      )
      await until(holder, () => isHeld(holder), 'nobody came to the barrier')
      await KILLS[victim](holder)
      const client = await connect(dataDir)
      for (const account of accounts) {
        await until(client, () => isOver(client, account), 'the run did not end')
        expect(await stateOf(client, account)).to.deep.equal(ONCE)
      }
      await client.end()
    })
  }
})
