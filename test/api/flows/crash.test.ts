import { expect } from 'chai'
import type pg from 'pg'
import { sampled } from '../../attack/payloads.ts'
import { databasePid, endDatabase, killHard, waitForStatus } from '../../start/support.ts'
import { dataOf, publishAll, type Written } from '../../support/drafts.ts'
import { ADMIN } from '../../support/engine.ts'
import { type FakeSystem, startSystem } from '../../support/fake-systems.ts'
import { type Answer, type ApiRecord, type Client, createClient } from '../../support/http.ts'
import { type EngineProcess, spawnEngine } from '../../support/process.ts'
import { scratchFolder } from '../../support/scratch.ts'
import {
  DECISION_DEFINITIONS,
  DECISION_POINTS,
  followedOf,
  isFollowed,
  toldOf,
  WHOLE,
  WORDS,
} from './crash-decision-world.ts'
import {
  answer,
  HOOK_SECRET,
  isReached,
  makeReady,
  ownerOf,
  passLostCalls,
  REACH_POINTS,
  REACHED,
  reachDefinitions,
  reachedOf,
  unlessGone,
  waitingOf,
} from './crash-reach-world.ts'
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
const today = Math.floor(Date.now() / 86_400_000)

/** All of them in an order in which a few that follow each other differ in everything; `stride` is coprime with their number. */
function mixed<T>(cases: readonly T[], stride: number): readonly T[] {
  return cases.map((_, index) => cases[(index * stride) % cases.length]!)
}

/** Every point with every victim, of runs that share a transaction and of runs that do not; what `npm test` takes of them moves on by the day. */
const byManner = <P>(points: readonly P[]) =>
  points.flatMap((point) =>
    VICTIMS.flatMap((victim) => MANNERS.map((manner) => ({ ...point, victim, manner }))),
  )
const WALKS = mixed(byManner(POINTS), 19)
const REACHES = mixed(byManner(REACH_POINTS), 19)
const DECISIONS = mixed(
  WORDS.flatMap((word) =>
    DECISION_POINTS.flatMap((point) => VICTIMS.map((victim) => ({ ...point, word, victim }))),
  ),
  11,
)

describe('a flow whose engine or database is killed', () => {
  const dataDir = scratchFolder('flow-crash')
  let engine: EngineProcess
  let url: string
  let erp: FakeSystem
  const sellers: string[] = []

  before(async () => {
    erp = await startSystem((_json, count) => ({ reference: `R${count}` }))
    await start()
    const admin = await signIn()
    const definitions = [...DEFINITIONS, ...reachDefinitions(erp.url), ...DECISION_DEFINITIONS]
    await publishAll(admin, definitions as readonly Written[])
    dataOf(await admin.put('/api/connections/erp/secrets', { hook_secret: HOOK_SECRET }), 200)
    for (const name of ['ann', 'bob']) {
      const body = { name, email: `${name}@example.com`, roles: ['seller'] }
      sellers.push(dataOf<ApiRecord>(await admin.post('/api/records/user', body), 201).id)
    }
    const client = await connect(dataDir)
    await installBarrier(client)
    await client.end()
  })
  after(async () => {
    await engine.end('SIGKILL')
    await endDatabase(dataDir)
    await erp.stop()
  })

  async function start(): Promise<void> {
    const env = {
      ...{ TENON_ADMIN_EMAIL: ADMIN.email, TENON_ADMIN_PASSWORD: ADMIN.password },
      TENON_ALLOWED_HOSTS: 'erp=127.0.0.1',
    }
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

  const make = async (admin: Client, entity: string, body: object): Promise<ApiRecord> =>
    dataOf(await admin.post(`/api/records/${entity}`, body), 201)

  /** Sets off the runs of these records, at once. */
  const go = async (admin: Client, entity: string, ids: readonly string[]): Promise<void> => {
    const update = ids.map((id) => ({ id, state: 'go' }))
    dataOf(await admin.post(`/api/records/${entity}/bulk`, { update }), 200)
  }

  for (const { name, at, victim, manner } of sampled(WALKS, today, 2)) {
    it(`goes on as if nothing had been where ${victim} dies: ${name}, ${manner}`, async () => {
      const admin = await signIn()
      const accounts: string[] = []
      for (const account of ['Acme', 'Beta']) {
        const { id } = await make(admin, 'account', { name: account })
        for (const part of ['one', 'two']) await make(admin, 'part', { name: part, account: id })
        accounts.push(id)
      }
      const holder = await connect(dataDir)
      await raiseBarrier(holder, at, manner)
      await go(admin, 'account', accounts)
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

  for (const { name, at, victim, manner, meanwhile } of sampled(REACHES, today, 1)) {
    it(`reaches others once where ${victim} dies: ${name}, ${manner}`, async () => {
      let admin = await signIn()
      const names = ['one', 'two'].map((which) => `${which} ${at} ${victim} ${manner} ${meanwhile ?? ''}`)
      const deals: string[] = []
      for (const deal of names) deals.push((await make(admin, 'deal', { name: deal })).id)
      const holder = await connect(dataDir)
      await raiseBarrier(holder, at, manner)
      await go(admin, 'deal', deals)
      // Whoever answers may be held with what they say: nobody waits for them.
      const answered = new Map<string, Promise<void>>()
      const isHeldOnTheWay = async () => {
        if (await isHeld(holder)) return true
        for (const one of await waitingOf(holder)) {
          const key = `${one.record} ${one.at}`
          answered.set(key, answered.get(key) ?? answer(one, admin, url))
        }
        return false
      }
      await until(holder, isHeldOnTheWay, 'nobody came to the barrier')
      if (meanwhile === 'ready') for (const deal of deals) await makeReady(admin, deal)
      await KILLS[victim](holder)
      const client = await connect(dataDir)
      await Promise.all(answered.values())
      await passLostCalls(client)
      admin = await signIn()
      for (const deal of deals) {
        const isEnded = async () => {
          for (const one of await waitingOf(client)) await answer(one, admin, url)
          return await isReached(client, deal)
        }
        await until(client, isEnded, 'the run did not end')
        expect(await reachedOf(client, deal)).to.deep.equal(REACHED)
      }
      const owners = [await ownerOf(client, deals[0]!), await ownerOf(client, deals[1]!)]
      expect(owners).to.have.members(sellers)
      expect(
        erp.done.map(({ json }) => json).filter((json) => names.includes(json as string)),
      ).to.have.members(names)
      await client.end()
    })
  }

  for (const { name, at, victim, word } of sampled(DECISIONS, today, 1)) {
    it(`keeps the word “${word}” whole or not at all where ${victim} dies ${name}`, async () => {
      let admin = await signIn()
      const { id } = await make(admin, 'paper', { name: 'Contract' })
      const act = `/api/records/paper/${id}/actions`
      dataOf(await admin.post(`${act}/submit`), 200)
      const stored = async () => (await admin.get(`/api/records/paper/${id}/approvals`)).records[0]!
      const [level] = (await stored()).levels as readonly { people: readonly { turn: string }[] }[]
      const body = { turn: level!.people[0]!.turn }
      const holder = await connect(dataDir)
      await raiseBarrier(holder, at, 'together')
      const said = unlessGone<Answer>(admin.post(`${act}/${word}`, body))
      await until(holder, () => isHeld(holder), 'nobody came to the barrier')
      await KILLS[victim](holder)
      const client = await connect(dataDir)
      admin = await signIn()
      const first = await said
      const left = toldOf(await stored())
      expect(WHOLE[word]).to.include(left)
      const isKept = left === WHOLE[word][1]
      if (first?.status === 200) expect(isKept).to.equal(true)
      expect((await admin.post(`${act}/${word}`, body)).status).to.equal(isKept ? 409 : 200)
      await until(client, () => isFollowed(client, id), 'what follows did not end')
      expect(toldOf(await stored())).to.equal(WHOLE[word][1])
      const noted = WHOLE[word][1]!.split(' ').length - 1
      expect(await followedOf(client, id)).to.deep.equal({ runs: ['done'], count: 1, told: 1, noted })
      await client.end()
    })
  }
})
