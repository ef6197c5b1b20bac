import { expect } from 'chai'
import { publishAll } from '../support/drafts.ts'
import { startEngine, type TestEngine } from '../support/engine.ts'
import type { Client } from '../support/http.ts'
import { listen } from '../support/live.ts'

type Json = Readonly<Record<string, unknown>>
interface Changed {
  readonly sent: Json & { readonly fields: readonly Json[] }
  readonly stored: Json & { readonly fields: readonly Json[] }
}

const PLANT = {
  kind: 'entity',
  name: 'plant',
  label: { en: 'Plant', 'zh-CN': '植物' },
  title: 'name',
  fields: [
    { name: 'name', type: 'text' },
    { name: 'height', type: 'integer' },
  ],
}

describe('two windows on one draft', () => {
  let engine: TestEngine
  let admin: Client
  let at: string
  let draft: string

  before(async () => {
    engine = await startEngine()
    admin = await engine.loginAdmin()
  })
  after(() => engine.stop())
  beforeEach(async () => {
    draft = (await admin.post('/api/meta/changesets', { label: 'Garden' })).record.id
    at = `/api/meta/changesets/${draft}/definitions/entity/plant`
  })

  const change = async (body: object): Promise<Changed> =>
    (await admin.post(at, body)).record as unknown as Changed
  const begin = async () => (await change({ from: null, to: PLANT })).stored
  const stored = async () => {
    const { items } = (await admin.get(`/api/meta/changesets/${draft}`)).record
    return (items as { definition: Json }[])[0]?.definition
  }
  const faults = async (body: object) => {
    const answer = await admin.post(at, body, { headers: { 'Accept-Language': 'en' } })
    return [String(answer.status), ...answer.problems.map(({ code, path, message }) => [code, path, message])]
  }

  it('keep what each of them changes, fields that either has added included', async () => {
    const from = await begin()
    const one = await change({ from, to: { ...from, label: { en: 'Herb', 'zh-CN': '植物' } } })
    expect(one.stored).to.eql(one.sent)
    const fields = [{ name: 'bed', type: 'text' }, ...from.fields]
    const two = await change({ from, to: { ...from, fields } })
    expect(two.sent.label).to.eql(PLANT.label)
    expect(two.stored.label).to.eql({ en: 'Herb', 'zh-CN': '植物' })
    // The first one goes on, and adds a field that is new to the second.
    const more = [...one.sent.fields, { name: 'family', type: 'text' }]
    const three = await change({ from: one.sent, to: { ...one.sent, fields: more } })
    expect(three.stored.fields.map(({ name }) => name)).to.eql(['bed', 'name', 'height', 'family'])
    expect(await stored()).to.eql(three.stored)
    const ids = three.stored.fields.map(({ id }) => id)
    expect(new Set(ids).size).to.equal(4)
    // A field that has got its id is not made anew by whoever sends it without.
    const again = await change({
      from: three.sent,
      to: { ...three.sent, fields: three.sent.fields.map(({ id: _id, ...field }) => field), title: 'bed' },
    })
    expect(again.stored.fields.map(({ id }) => id)).to.eql(ids)
  })

  it('ask whose value stands where both have changed the same, and store nothing before', async () => {
    const from = await begin()
    const called = (en: string) => ({ ...from, label: { ...(from.label as object), en } })
    const theirs = await change({ from, to: called('Herb') })
    const ours = { ...called('Weed'), title: 'height' }
    expect(await faults({ from, to: ours })).to.eql([
      '409',
      ['META_DRAFT_MOVED', '/label/en', 'This was changed in another window meanwhile, to “Herb”.'],
    ])
    expect(await stored()).to.eql(theirs.stored)
    const settled = await change({ from, to: ours, theirs: ['/label/en'] })
    expect([settled.stored.label, settled.stored.title]).to.eql([{ en: 'Herb', 'zh-CN': '植物' }, 'height'])
    const mine = await change({ from, to: called('Weed'), ours: ['/label/en'] })
    expect([(mine.stored.label as Json).en, mine.stored.title]).to.eql(['Weed', 'height'])
  })

  it('do not remove what the other is changing without being asked', async () => {
    const from = await begin()
    await change({ from, to: { ...from, title: 'height' } })
    expect(await faults({ from, to: null })).to.eql([
      '409',
      ['META_DRAFT_MOVED', '', 'This was changed in another window meanwhile, to something else.'],
    ])
    const gone = await change({ from, to: null, ours: [''] })
    expect([gone.stored, await stored()]).to.eql([null, undefined])
    // Whoever goes on with what the other has removed brings it back.
    await change({ from, to: { ...from, title: 'height' } })
    expect((await stored())?.title).to.equal('height')
  })

  it('hear of each other, and nobody hears who may define nothing', async () => {
    const from = await begin()
    const password = 'a long enough password'
    await admin.post('/api/records/user', { name: 'Lily', email: 'lily@example.com', roles: [], password })
    const lily = await listen(engine.url, await engine.client.login('lily@example.com', password))
    const listener = await listen(engine.url, admin)
    try {
      await change({ from, to: { ...from, title: 'height' } })
      await listener.until(() => listener.heard.some(({ event }) => event === 'draft'))
      expect(listener.heard.find(({ event }) => event === 'draft')?.data).to.eql({ id: draft })
      expect(lily.heard.filter(({ event }) => event === 'draft')).to.eql([])
    } finally {
      listener.close()
      lily.close()
    }
  })

  it('say nothing of what is again as it is in force', async () => {
    const from = await begin()
    await publishAll(admin, [from as never])
    const inForce = (await admin.get('/api/meta/definitions/entity/plant')).record as unknown as Json
    draft = (await admin.post('/api/meta/changesets', { label: 'Back and forth' })).record.id
    at = `/api/meta/changesets/${draft}/definitions/entity/plant`
    const { stored: changed } = await change({ from: inForce, to: { ...inForce, note: 'Green' } })
    expect(await stored()).to.eql(changed)
    expect((await change({ from: changed, to: inForce })).stored).to.eql(inForce)
    expect(await stored()).to.equal(undefined)
  })
})
