import { expect } from 'chai'
import type { Database } from '../../engine/db/database.ts'
import { listDefinitions } from '../../engine/model/definition-set.ts'
import { killPublish } from '../support/kill-publish.ts'
import { describeTables, type ModelWorld, modelTemplate, modelWorld } from '../support/model-world.ts'
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts'

const isDeep = process.env.TENON_TEST_DEEP === '1'

const account = {
  kind: 'entity',
  name: 'account',
  fields: [
    { name: 'name', type: 'text' },
    { name: 'level', type: 'select', options: [{ name: 'gold' }, { name: 'silver' }] },
  ],
}

/** A draft that touches everything: new, renamed and retired things, uniques, indexes, content. */
function changed(inForce: readonly { kind: string; name: string; id?: string }[]): readonly unknown[] {
  const { id } = inForce.find(({ kind, name }) => kind === 'entity' && name === 'account')!
  return [
    {
      kind: 'entity',
      name: 'customer',
      id,
      owned: true,
      fields: [
        { name: 'title', was: 'name', type: 'text', searchable: true, unique: true },
        { name: 'partners', type: 'many_to_many', to: 'customer' },
        { name: 'city', type: 'text' },
      ],
      indexes: [['city', '-created_at']],
    },
    { kind: 'entity', name: 'visit', fields: [{ name: 'customer', type: 'lookup', to: 'customer' }] },
    { kind: 'view', name: 'visits', entity: 'visit', type: 'table', columns: ['customer'] },
  ]
}

describe('a publish that is killed', function () {
  this.timeout(isDeep ? 600_000 : 120_000)
  let test: TestDatabase
  let db: Database
  let world: ModelWorld
  before(async () => {
    test = await createTestDatabase(modelTemplate)
    db = test.open()
    world = modelWorld(db, test.url)
    await world.publish([account])
    await db.query({ text: `INSERT INTO ws_default.account (id, name) VALUES (gen_random_uuid(), 'A')` })
  })
  after(() => test.drop())

  /** Everything that a mixture of two versions would show in. */
  async function snapshot(changeset: string) {
    const { rows } = await db.query({ text: 'SELECT * FROM ws_default.tenon_physical ORDER BY item_id' })
    return {
      version: await world.version(),
      definitions: listDefinitions(await world.definitions()),
      tables: await describeTables(db),
      places: rows,
      state: (await world.changeset(changeset)).state,
    }
  }

  it('leaves the old version or the new one, wherever it is killed', async () => {
    const { id, plan } = await world.draft(changed(listDefinitions(await world.definitions())))
    const task = { url: test.url, changeset: id, hash: plan.hash }
    const old = await snapshot(id)
    const points: string[] = []
    for (let killAt = 1; ; killAt += isDeep ? 1 : 9) {
      const { killed, said } = await killPublish({ ...task, killAt })
      if (!killed) {
        expect(said).to.match(/^published after \d+ points$/)
        break
      }
      points.push(said)
      expect(await snapshot(id), said).to.deep.equal(old)
    }
    expect(points.length).to.be.greaterThan(2)
    const now = await snapshot(id)
    expect([now.version, now.state]).to.deep.equal([old.version + 1, 'published'])
    expect(now.tables).to.include('account.city text')
    const { rows } = await db.query({ text: 'SELECT name FROM ws_default.account' })
    expect(rows).to.deep.equal([{ name: 'A' }])
  })
})
