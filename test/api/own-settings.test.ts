import { expect } from 'chai'
import { startEngine, type TestEngine } from '../support/engine.ts'
import type { Client } from '../support/http.ts'
import { loginAs, outcome } from '../support/http-model.ts'

const ID = '01900000-0000-7000-8000-000000000001'
const record = { kind: 'record', entity: 'firm', id: ID, label: '华兴机械' }
const list = { kind: 'list', entity: 'firm', view: 'stalled', label: 'Stalled' }
const report = { kind: 'report', name: 'won', label: 'Won' }

describe('what a person arranges for themselves', () => {
  let engine: TestEngine
  let admin: Client
  let ann: Client
  before(async () => {
    engine = await startEngine()
    admin = await engine.loginAdmin()
    ann = await loginAs(admin, 'ann', [])
  })
  after(() => engine.stop())

  const save = (who: Client, change: unknown) => who.patch('/api/auth/settings', change as object)
  const read = async (who: Client) => ((await who.get('/api/auth/settings')).body as { data: unknown }).data

  it('is kept in its order, for this person alone, and told at once', async () => {
    expect(await read(ann)).to.deep.equal({ favourites: [], opening_views: {} })
    expect((await save(ann, { favourites: [record, list, report] })).status).to.equal(200)
    const settings = { favourites: [record, list, report], opening_views: {} }
    expect(await read(ann)).to.deep.equal(settings)
    const me = (await ann.get('/api/auth/me')).body as { data: { settings: unknown } }
    expect(me.data.settings).to.deep.equal(settings)
    expect(await read(admin)).to.deep.equal({ favourites: [], opening_views: {} })
    await save(ann, { favourites: [report, record] })
    expect(await read(ann)).to.deep.equal({ favourites: [report, record], opening_views: {} })
  })

  it('lets two devices say different views without undoing one another', async () => {
    await Promise.all([
      save(ann, { opening_views: { firm: 'stalled' } }),
      save(ann, { opening_views: { deal: 'board' } }),
    ])
    await save(ann, { opening_views: { firm: null } })
    expect(await read(ann)).to.deep.include({ opening_views: { deal: 'board' } })
  })

  it('never offers a tour again that was seen on any device', async () => {
    await save(admin, { tours_seen: ['designer'] })
    await Promise.all([save(admin, { tours_seen: ['work'] }), save(admin, { tours_seen: [] })])
    expect(await read(admin)).to.deep.include({ tours_seen: ['work', 'designer'] })
    expect(await read(ann)).not.to.have.property('tours_seen')
  })

  const wrong: readonly { readonly what: string; readonly sent: unknown; readonly faults: object }[] = [
    { what: 'no object', sent: [], faults: { '': 'HTTP_BODY_NOT_OBJECT' } },
    { what: 'an unknown name', sent: { colour: 1 }, faults: { '/colour': 'FIELD_UNKNOWN' } },
    {
      what: 'a tour that there is not',
      sent: { tours_seen: ['moon'] },
      faults: { '/tours_seen': 'META_VALUE_INVALID' },
    },
    { what: 'no list', sent: { favourites: {} }, faults: { '/favourites': 'META_VALUE_INVALID' } },
    {
      what: 'too many',
      sent: { favourites: Array.from({ length: 51 }, () => report) },
      faults: { '/favourites': 'META_VALUE_INVALID' },
    },
    {
      what: 'a kind that there is not',
      sent: { favourites: [{ ...report, kind: 'constructor' }, null] },
      faults: { '/favourites/0/kind': 'META_VALUE_INVALID', '/favourites/1': 'META_VALUE_INVALID' },
    },
    {
      what: 'every part that does not fit',
      sent: { favourites: [{ ...record, id: 'x', label: 'a\0', to: 'javascript:alert(1)' }] },
      faults: {
        '/favourites/0/id': 'META_VALUE_INVALID',
        '/favourites/0/label': 'META_VALUE_INVALID',
        '/favourites/0/to': 'FIELD_UNKNOWN',
      },
    },
    {
      what: 'a view that is no name',
      sent: { opening_views: { firm: '../x', __proto__: null } },
      faults: { '/opening_views/firm': 'META_VALUE_INVALID' },
    },
  ]
  for (const { what, sent, faults } of wrong) {
    it(`refuses ${what}`, async () => {
      const before = await read(ann)
      const answer = await save(ann, sent)
      const errors = (answer.body as { errors: readonly { path: string; code: string }[] }).errors
      expect(Object.fromEntries(errors.map(({ path, code }) => [path, code]))).to.deep.equal(faults)
      expect(await read(ann)).to.deep.equal(before)
    })
  }

  it('is nothing for who is not signed in', async () => {
    expect(outcome(await engine.client.patch('/api/auth/settings', { favourites: [] }))).to.equal(
      '401 AUTH_REQUIRED',
    )
  })
})
