import { expect } from 'chai'
import type pg from 'pg'
import { databasePid, endDatabase, killHard, waitForStatus } from '../../start/support.ts'
import { dataOf, publishAll, type Written } from '../../support/drafts.ts'
import { ADMIN } from '../../support/engine.ts'
import { type ApiRecord, type Client, createClient } from '../../support/http.ts'
import { type EngineProcess, spawnEngine } from '../../support/process.ts'
import { scratchFolder } from '../../support/scratch.ts'
import { connect } from '../flows/crash-world.ts'

const MOVES = 12

/** A move that does something in three tables besides: its record, another one, a new one. */
const DEFINITIONS: readonly Written[] = [
  {
    ...{ kind: 'entity', name: 'account', title: 'name' },
    fields: [
      { name: 'name', type: 'text' },
      { name: 'tags', type: 'tags' },
      { name: 'won', type: 'roll_up', over: 'deals', fn: 'count', filter: "stage = 'won'" },
    ],
  },
  {
    ...{ kind: 'entity', name: 'deal', title: 'name' },
    fields: [
      { name: 'name', type: 'text' },
      { name: 'stage', type: 'stage' },
      { name: 'note', type: 'text' },
      { name: 'account', type: 'lookup', to: 'account', inverse: 'deals' },
    ],
  },
  {
    ...{ kind: 'entity', name: 'memo', title: 'name' },
    fields: [
      { name: 'name', type: 'text' },
      { name: 'account', type: 'lookup', to: 'account' },
    ],
  },
  {
    ...{ kind: 'pipeline', name: 'sales', entity: 'deal', field: 'stage' },
    stages: [
      { name: 'begun', type: 'open', next: ['won'] },
      {
        ...{ name: 'won', type: 'won' },
        onEnter: [
          { do: 'update', set: { note: 'done' } },
          { do: 'tag', record: 'account', add: ['customer'] },
          { do: 'create', entity: 'memo', set: { name: { var: 'name' }, account: { var: 'account' } } },
        ],
      },
    ],
  },
]

describe('moves between stages whose engine or database is killed', function () {
  this.timeout(180_000)
  const dataDir = scratchFolder('stage-crash')
  let engine: EngineProcess
  let url: string

  before(async () => {
    await start()
    await publishAll(await signIn(), DEFINITIONS)
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

  const KILLS = {
    'the engine': async () => {
      await engine.end('SIGKILL')
      await start()
    },
    'the database': async () => {
      await killHard(databasePid(dataDir))
      await waitForStatus(url, 503)
      await waitForStatus(url, 200)
    },
  } as const

  for (const victim of ['the engine', 'the database'] as const) {
    it(`are whole or not at all where ${victim} dies`, async () => {
      const admin = await signIn()
      const make = async (entity: string, body: object): Promise<ApiRecord> =>
        dataOf(await admin.post(`/api/records/${entity}`, body), 201)
      const pairs = await Promise.all(
        Array.from({ length: MOVES }, async (_, index) => {
          const name = `${victim} ${index}`
          const account = await make('account', { name })
          return { account, deal: await make('deal', { name, account: account.id }) }
        }),
      )
      const [first, ...others] = pairs
      const win = (deal: ApiRecord) => admin.patch(`/api/records/deal/${deal.id}`, { stage: 'won' })
      dataOf(await win(first!.deal), 200)
      const holder = await connect(dataDir)
      // The last action of each move waits here: its record and the account are written by then.
      await holder.query('BEGIN; LOCK TABLE ws_default.memo IN SHARE MODE')
      const moves = others.map(({ deal }) =>
        win(deal).then(
          ({ status }) => status,
          () => 0,
        ),
      )
      await until(async () => (await waiting(holder)) > 2)
      await KILLS[victim]()
      await holder.end().catch(() => undefined)
      const answered = await Promise.all(moves)
      const client = await connect(dataDir)
      // What the dead engine had begun ends as its connections do.
      await until(async () => (await waiting(client)) === 0)
      const states = await statesOf(client, pairs)
      expect(states[0]).to.deep.equal(WHOLE)
      for (const [index, state] of states.slice(1).entries())
        expect(state, String(answered[index])).to.deep.equal(
          answered[index] === 200 || state.won === 1 ? WHOLE : NONE,
        )
      const again = await signIn()
      for (const { deal } of others) await again.patch(`/api/records/deal/${deal.id}`, { stage: 'won' })
      expect(await statesOf(client, pairs)).to.deep.equal(pairs.map(() => WHOLE))
      await client.end()
    })
  }
})

const WHOLE = { stage: 'won', note: 'done', tags: ['customer'], won: 1, memos: 1, entries: 2 }
const NONE = { stage: 'begun', note: null, tags: null, won: 0, memos: 0, entries: 1 }

/** One after another: a connection answers one question at a time. */
async function statesOf(
  client: pg.Client,
  pairs: readonly { readonly deal: ApiRecord; readonly account: ApiRecord }[],
): Promise<(typeof WHOLE)[]> {
  const states: (typeof WHOLE)[] = []
  for (const { deal, account } of pairs) states.push(await stateOf(client, deal, account))
  return states
}

async function stateOf(client: pg.Client, deal: ApiRecord, account: ApiRecord) {
  const { rows } = await client.query<typeof WHOLE>(
    `SELECT d.stage, d.note, a.tags, a.won::int AS won,
       (SELECT count(*)::int FROM ws_default.memo m WHERE m.account = a.id) AS memos,
       (SELECT count(*)::int FROM ws_default.tenon_stage_entry s WHERE s.record = d.id) AS entries
     FROM ws_default.deal d JOIN ws_default.account a ON a.id = $2 WHERE d.id = $1`,
    [deal.id, account.id],
  )
  return rows[0]!
}

/** Moves that stand before the locked table. */
async function waiting(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ n: number }>(
    "SELECT count(*)::int AS n FROM pg_locks WHERE relation = 'ws_default.memo'::regclass AND NOT granted",
  )
  return rows[0]!.n
}

/** Polls as the database answers; nothing is taken for slow before a minute. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + 60_000
  while (!(await holds())) {
    if (performance.now() > end) throw new Error('it did not come to that')
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
