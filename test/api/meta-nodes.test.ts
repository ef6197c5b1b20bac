import { setTimeout as delay } from 'node:timers/promises'
import { expect } from 'chai'
import { SYSTEM_ACTOR } from '../../engine/access/actor.ts'
import { createModelStore } from '../../engine/model/store.ts'
import { requestContext } from '../../engine/records/context.ts'
import { getRecord } from '../../engine/records/get.ts'
import { inForce, openDraft, planOf, publish, publishAll, type Written } from '../support/drafts.ts'
import { startEngine, type TestEngine } from '../support/engine.ts'
import type { Client } from '../support/http.ts'
import { fullRegistry } from '../support/model-world.ts'

type Field = { readonly id: string; readonly name: string }
type Entity = Written & { readonly fields: readonly Field[] }

const shop: Written = {
  kind: 'entity',
  name: 'shop',
  fields: [
    { name: 'name', type: 'text' },
    { name: 'rank', type: 'integer' },
  ],
}

describe('two nodes on one database', () => {
  let first: TestEngine
  let second: TestEngine
  let here: Client
  let there: Client
  before(async () => {
    first = await startEngine()
    second = await startEngine({ on: first })
    here = await first.loginAdmin()
    there = await second.loginAdmin()
  })
  after(async () => {
    await second.stop()
    await first.stop()
  })

  /** Milliseconds until the other node answers as it should. */
  async function timeUntil(isSo: () => Promise<boolean>): Promise<number> {
    const begun = performance.now()
    while (!(await isSo())) {
      if (performance.now() - begun > 5_000) throw new Error('the other node does not follow')
      await delay(5)
    }
    return performance.now() - begun
  }

  it('a publish on one is in force on the other within a second', async () => {
    await publishAll(here, [shop])
    expect(await timeUntil(async () => (await there.get('/api/records/shop')).status === 200)).to.be.below(
      1_000,
    )
    const made = await there.post('/api/records/shop', { name: 'A', rank: 1 })
    const before = await inForce<Entity>(here, 'entity/shop')
    const fields = before.fields.map((field) => (field.name === 'rank' ? { ...field, name: 'place' } : field))
    await publishAll(there, [{ ...before, fields }])
    const sees = async () => (await here.get(`/api/records/shop/${made.record.id}`)).record.place === 1
    expect(await timeUntil(sees)).to.be.below(1_000)
  })

  it('content that is saved on one is in force on the other within a second', async () => {
    const view = { kind: 'view', name: 'shops', entity: 'shop', type: 'table', columns: ['name'] }
    const saved = await here.put('/api/meta/content/view/shops', view)
    expect(saved.status, saved.text).to.equal(200)
    const sees = async () => (await there.get('/api/meta/definitions/view/shops')).status === 200
    expect(await timeUntil(sees)).to.be.below(1_000)
    expect((await there.delete('/api/meta/content/view/shops')).status).to.equal(204)
    expect(
      await timeUntil(async () => (await here.get('/api/meta/definitions/view/shops')).status === 404),
    ).to.be.below(1_000)
  })

  it('of two publishes on two nodes at once one wins, and the other gets 409', async () => {
    const before = await inForce<Entity>(here, 'entity/shop')
    const draft = (name: string) =>
      openDraft(here, [{ ...before, fields: [...before.fields, { name, type: 'text' }] }])
    const [left, right] = [await draft('left_side'), await draft('right_side')]
    const plans = [await planOf(here, left), await planOf(there, right)]
    const answers = await Promise.all([
      publish(here, left, plans[0]!.hash),
      publish(there, right, plans[1]!.hash),
    ])
    expect(answers.map((answer) => answer.status).sort()).to.deep.equal([200, 409])
  })

  it('a read that has begun finishes on the model that it began with', async () => {
    const store = await createModelStore(first.database, fullRegistry())
    try {
      const model = (await store.current('default'))!
      const made = await here.post('/api/records/shop', { name: 'B', place: 5 })
      const context = requestContext({
        model,
        actor: SYSTEM_ACTOR,
        db: first.database,
        search: fullRegistry().search(),
        via: 'system',
      })
      const before = await inForce<Entity>(here, 'entity/shop')
      await publishAll(here, [{ ...before, fields: before.fields.filter((field) => field.name !== 'place') }])
      const answer = await getRecord(context, 'shop', String(made.record.id), {})
      const { data } = JSON.parse(answer.body) as { data: { place: number } }
      expect([answer.status, data.place]).to.deep.equal([200, 5])
      const swapped = async () => store.peek('default')?.entities.get('shop')?.fields.has('place') === false
      expect(await timeUntil(swapped)).to.be.below(1_000)
    } finally {
      await store.close()
    }
  })
})
