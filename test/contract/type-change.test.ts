import { expect } from 'chai'
import type { Database } from '../../engine/db/database.ts'
import { migrateQueue } from '../../engine/jobs/worker.ts'
import { publishDraft } from '../../engine/model/publish.ts'
import { observeNothing } from '../../engine/observe.ts'
import { killPublish } from '../support/kill-publish.ts'
import { type ModelWorld, modelTemplate, modelWorld } from '../support/model-world.ts'
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts'

const isDeep = process.env.TENON_TEST_DEEP === '1'
const RECORDS = 11_000

describe('a change of type on a full table', function () {
  this.timeout(isDeep ? 600_000 : 120_000)
  let test: TestDatabase
  let db: Database
  let world: ModelWorld
  before(async () => {
    test = await createTestDatabase(modelTemplate)
    db = test.open(8)
    world = modelWorld(db, test.url)
    await migrateQueue(test.url, observeNothing)
    await world.publish([
      {
        kind: 'entity',
        name: 'part',
        fields: [
          { name: 'name', type: 'text' },
          { name: 'amount', type: 'text' },
        ],
      },
    ])
    // Every hundredth is no number.
    await db.query({
      text: `INSERT INTO ws_default.part (id, name, amount)
SELECT gen_random_uuid(), 'P' || n, CASE WHEN n % 100 = 0 THEN 'none' ELSE n::text END FROM generate_series(1, ${RECORDS}) n`,
    })
  })
  after(() => test.drop())

  async function queue(amount: object) {
    const now = (await world.definitions()).entity.get('part')!
    const fields = now.fields.map((field) =>
      field.name === 'amount' ? { id: field.id, name: field.name, ...amount } : field,
    )
    const { id, plan } = await world.draft([{ ...now, fields }])
    const outcome = await publishDraft(world.deps, { changeset: id, hash: plan.hash, by: undefined })
    if (!('job' in outcome)) throw new Error('published at once')
    return { id, plan, job: outcome.job }
  }

  /** What somebody does on the model in force, who knows the old column alone. */
  const write = async (name: string, amount: string | null, column = 'amount') => {
    const changed = await db.query({
      text: `UPDATE ws_default.part SET ${column} = $2, version = version + 1 WHERE name = $1`,
      values: [name, amount],
    })
    if (changed.rowCount > 0) return
    await db.query({
      text: `INSERT INTO ws_default.part (id, name, ${column}) VALUES (gen_random_uuid(), $1, $2)`,
      values: [name, amount],
    })
  }
  /** The column of today. */
  const column = async (): Promise<string> => {
    const { rows } = await db.query<{ name: string }>({
      text: `SELECT place->'columns'->>0 AS name FROM ws_default.tenon_physical
WHERE kind = 'field' AND place->'columns'->>0 LIKE 'amount%'`,
    })
    return rows[0]!.name
  }
  const read = async (...names: string[]) => {
    const { rows } = await db.query<{ name: string; amount: string | null }>({
      text: `SELECT name, "${await column()}"::text AS amount FROM ws_default.part WHERE name = ANY($1)`,
      values: [names],
    })
    return Object.fromEntries(rows.map((row) => [row.name, row.amount]))
  }
  const count = async (where: string) => {
    const { rows } = await db.query<{ n: number }>({
      text: `SELECT count(*)::int AS n FROM ws_default.part WHERE ${where.replaceAll('it', `"${await column()}"`)}`,
    })
    return rows[0]!.n
  }
  const leftovers = async () => {
    const { rows } = await db.query<{ n: number }>({
      text: `SELECT ((SELECT count(*) FROM pg_trigger WHERE tgname LIKE 'tenon\\_note\\_%') +
  (SELECT count(*) FROM ws_default.tenon_converting))::int AS n`,
    })
    return rows[0]!.n
  }

  it('tells how many values have no counterpart, and misses nothing that is written meanwhile', async () => {
    const { plan, job } = await queue({ type: 'integer' })
    expect(
      plan.steps.map(({ kind, tag, records, isPrepared }) => ({ kind, tag, records, isPrepared })),
    ).to.deep.equal([{ kind: 'changeFieldType', tag: 'lossy', records: RECORDS / 100, isPrepared: true }])
    const done = await world.finish(job, async (point) => {
      if (point === 'planned') await write('P1', '1001')
      if (point === 'converted values beside') {
        await write('P2', '1002')
        await write('P3', null)
        await write('new', '7')
      }
      if (point === 'planned') await write('late', '8')
    })
    expect(done.state, JSON.stringify(done.result)).to.equal('done')
    expect(await column()).to.not.equal('amount')
    expect(await read('P1', 'P2', 'P3', 'P4', 'P100', 'new', 'late')).to.deep.equal({
      ...{ P1: '1001', P2: '1002', P3: null, P4: '4', P100: null, new: '7', late: '8' },
    })
    expect(await count('it IS NULL')).to.equal(RECORDS / 100 + 1)
    expect(await leftovers()).to.equal(0)
  })

  it('brings back what stood there, with what was said since, although it is killed again and again', async () => {
    await write('P5', '55', await column())
    const version = await world.version()
    const { job } = await queue({ type: 'text' })
    const points: string[] = []
    for (let killAt = 2; killAt < 40; killAt += isDeep ? 1 : 6) {
      const { killed, said } = await killPublish({ url: test.url, job, killAt })
      if (!killed) break
      points.push(said)
      expect(await world.version(), said).to.equal(version)
    }
    expect(points.length).to.be.greaterThan(2)
    expect((await world.finish(job)).state).to.equal('done')
    expect(await read('P1', 'P3', 'P5', 'P100', 'new')).to.deep.equal({
      ...{ P1: '1001', P3: null, P5: '55', P100: 'none', new: '7' },
    })
    expect(await count(`it = 'none'`)).to.equal(RECORDS / 100)
    expect(await leftovers()).to.equal(0)
  })

  it('leaves nothing behind where it is given up', async () => {
    const twice = { type: 'integer', unique: true }
    const { id, job } = await queue(twice)
    const before = await column()
    const failed = await world.finish(job, async (point) => {
      if (point === 'converted values beside') await write('P6', ' 8 ')
    })
    const { problems } = failed.result as { problems: { code: string }[] }
    expect([failed.state, problems.map(({ code }) => code)]).to.deep.equal([
      'failed',
      ['META_UNIQUE_DUPLICATES'],
    ])
    expect([await column(), (await world.changeset(id)).state]).to.deep.equal([before, 'open'])
    expect(await leftovers()).to.equal(0)
  })
})
