import { expect } from 'chai'
import type { Database } from '../../engine/db/database.ts'
import { migrateQueue } from '../../engine/jobs/worker.ts'
import { publishDraft } from '../../engine/model/publish.ts'
import { observeNothing } from '../../engine/observe.ts'
import { killPublish } from '../support/kill-publish.ts'
import { describeTables, type ModelWorld, modelTemplate, modelWorld } from '../support/model-world.ts'
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts'

const isDeep = process.env.TENON_TEST_DEEP === '1'
const RECORDS = 12_000

const account = {
  kind: 'entity',
  name: 'account',
  fields: [
    { name: 'name', type: 'text' },
    { name: 'code', type: 'text' },
  ],
}

describe('a publish on a full table', function () {
  this.timeout(isDeep ? 600_000 : 120_000)
  let test: TestDatabase
  let db: Database
  let world: ModelWorld
  before(async () => {
    test = await createTestDatabase(modelTemplate)
    db = test.open(8)
    world = modelWorld(db, test.url)
    await migrateQueue(test.url, observeNothing)
    await world.publish([account])
    await db.query({
      text: `INSERT INTO ws_default.account (id, name, code)
SELECT gen_random_uuid(), 'Name ' || n % 5000, 'C' || n FROM generate_series(1, ${RECORDS}) n`,
    })
  })
  after(() => test.drop())

  /** Queues a publish of the account with these changes. @returns the draft and its job */
  async function queue(change: object) {
    const now = (await world.definitions()).entity.get('account')!
    const { id, plan } = await world.draft([{ ...now, ...change }])
    const outcome = await publishDraft(world.deps, { changeset: id, hash: plan.hash, by: undefined })
    if (!('job' in outcome)) throw new Error('published at once')
    return { id, plan, job: outcome.job }
  }

  const indexesOf = async (text: string) => (await describeTables(db)).filter((line) => line.includes(text))
  const fields = async () => (await world.definitions()).entity.get('account')!.fields

  it('is a job with progress that builds its indexes and then publishes', async () => {
    const version = await world.version()
    const { id, plan, job } = await queue({ indexes: [['name', '-created_at']] })
    expect(plan.steps.map(({ kind, isPrepared }) => ({ kind, isPrepared }))).to.deep.equal([
      { kind: 'addIndex', isPrepared: true },
    ])
    expect((await world.changeset(id)).state).to.equal('publishing')
    const done = await world.finish(job)
    expect(done).to.deep.include({ state: 'done', result: { version: version + 1 }, done: 100, total: 100 })
    expect(await indexesOf('(name, created_at DESC, id DESC)')).to.have.length(1)
    expect((await world.changeset(id)).state).to.equal('published')
  })

  const makeEqual = () => db.query({ text: `UPDATE ws_default.account SET code = 'C1' WHERE code = 'C2'` })
  const makeUnequal = () =>
    db.query({
      text: `UPDATE ws_default.account SET code = 'C2' WHERE ctid =
  (SELECT ctid FROM ws_default.account WHERE code = 'C1' LIMIT 1)`,
    })

  it('fails when records have become equal since the plan was confirmed, and leaves nothing behind', async () => {
    const unique = (await fields()).map((field) =>
      field.name === 'code' ? { ...field, unique: true } : field,
    )
    const { id, job } = await queue({ fields: unique })
    const before = await describeTables(db)
    await makeEqual()
    const failed = await world.finish(job)
    await makeUnequal()
    const { problems } = failed.result as { problems: { code: string; path: string }[] }
    expect([failed.state, problems.map(({ code }) => code)]).to.deep.equal(['failed', ['META_PLAN_MOVED']])
    expect(await describeTables(db)).to.deep.equal(before)
    expect((await world.changeset(id)).state).to.equal('open')
  })

  it('fails with the field when equal values come in while the index is built', async () => {
    const unique = (await fields()).map((field) =>
      field.name === 'code' ? { ...field, unique: true } : field,
    )
    const { id, job } = await queue({ fields: unique })
    const before = await indexesOf('code')
    const failed = await world.finish(job, async (point) => {
      if (point === 'planned') await makeEqual()
    })
    await makeUnequal()
    const { problems } = failed.result as { problems: { code: string; path: string }[] }
    expect(problems).to.deep.include({
      code: 'META_UNIQUE_DUPLICATES',
      path: '/entity/account/fields/1',
      params: { fields: 'code' },
    })
    expect(await indexesOf('code')).to.deep.equal(before)
    expect((await world.changeset(id)).state).to.equal('open')
  })

  it('goes on where it was killed, and ends with one version and whole indexes', async () => {
    const version = await world.version()
    const more = [
      ...(await fields()),
      { name: 'city', type: 'text', searchable: true },
      { name: 'parent', type: 'lookup', to: 'account' },
    ]
    const unique = more.map((field) => (field.name === 'code' ? { ...field, unique: true } : field))
    const { job } = await queue({ fields: unique, indexes: [['name', '-created_at'], ['city']], owned: true })
    const points: string[] = []
    for (let killAt = 1; killAt < 60; killAt += isDeep ? 1 : 7) {
      const { killed, said } = await killPublish({ url: test.url, job, killAt })
      if (!killed) break
      points.push(said)
      expect(await world.version(), said).to.equal(version)
    }
    expect(points.length).to.be.greaterThan(2)
    expect(await world.finish(job)).to.deep.include({ state: 'done', result: { version: version + 1 } })
    const tables = await describeTables(db)
    expect(tables.filter((line) => line.includes('INVALID'))).to.deep.equal([])
    expect(await indexesOf('(city, id)')).to.have.length(1)
    expect(await indexesOf('(code) WHERE')).to.have.length(1)
    expect(await indexesOf('account USING btree (parent, created_at DESC')).to.have.length(1)
    const { rows } = await db.query({
      text: `SELECT count(*)::int AS waiting FROM ws_default.tenon_physical WHERE place ? 'prepared'`,
    })
    expect(rows).to.deep.equal([{ waiting: 0 }])
  })

  it('finds what it searches by from now on in the records that there are', async () => {
    const searched = (await fields()).map((field) =>
      field.name === 'name' ? { ...field, searchable: true } : field,
    )
    const now = (await world.definitions()).entity.get('account')!
    await world.publish([{ ...now, fields: searched }])
    const { rows } = await db.query<{ id: string }>({
      text: `SELECT id FROM ws_default.tenon_job WHERE kind = 'refresh_search' ORDER BY id DESC LIMIT 1`,
    })
    expect(await world.finish(rows[0]!.id)).to.deep.include({ state: 'done', result: { records: RECORDS } })
    const found = await db.query({
      text: `SELECT count(*)::int AS n FROM ws_default.account WHERE search @> $1`,
      values: [world.registry.search().questionOf('4711')[0]!.alternatives[0]!.tokens],
    })
    expect(found.rows).to.deep.equal([{ n: 2 }])
  })

  it('takes records by their ids where it makes search anew, as every other write does', async () => {
    const place = { kind: 'entity', name: 'place', fields: [{ name: 'name', type: 'text' }] }
    await world.publish([place])
    // In the table the other way round.
    await db.query({
      text: `INSERT INTO ws_default.place (id, name)
SELECT ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, 'Place ' || n FROM generate_series(300, 1, -1) n`,
    })
    await db.query({ text: 'ANALYZE ws_default.place' })
    const now = (await world.definitions()).entity.get('place')!
    await world.publish([{ ...now, fields: now.fields.map((field) => ({ ...field, searchable: true })) }])
    const { rows } = await db.query<{ id: string }>({
      text: `SELECT id FROM ws_default.tenon_job WHERE kind = 'refresh_search' ORDER BY id DESC LIMIT 1`,
    })
    const waits = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'transactionid'`
    const { free, finished } = await db.transaction(async (tx) => {
      await tx.query({ text: 'SELECT 1 FROM ws_default.place ORDER BY id LIMIT 1 FOR UPDATE' })
      const finishing = world.finish(rows[0]!.id)
      while ((await db.query({ text: waits })).rows.length === 0);
      const others = await db.query({ text: 'SELECT id FROM ws_default.place FOR UPDATE SKIP LOCKED' })
      return { free: others.rows.length, finished: finishing }
    })
    expect(free).to.equal(299)
    expect(await finished).to.deep.include({ state: 'done', result: { records: 300 } })
  })
})
