import { expect } from 'chai'
import { SYSTEM_ACTOR } from '../../engine/access/actor.ts'
import { createModelStore, type ModelStore } from '../../engine/model/store.ts'
import { passOnUnaccepted } from '../../engine/process/assignment/accept.ts'
import { NO_WAKES } from '../../engine/process/flows/deps.ts'
import { recycleRecords } from '../../engine/process/pool/recycle.ts'
import type { TellWays } from '../../engine/process/telling/deps.ts'
import { type RequestContext, requestContext } from '../../engine/records/context.ts'
import { createRecord } from '../../engine/records/create.ts'
import { patchRecord } from '../../engine/records/patch.ts'
import { publishAll } from '../support/drafts.ts'
import { startEngine, type TestEngine } from '../support/engine.ts'
import type { Answer, ApiRecord, Client } from '../support/http.ts'
import { loginAs } from '../support/http-model.ts'
import { fullRegistry } from '../support/model-world.ts'

const DAY_MS = 86_400_000
const PHONE = '+8613812345678'

const DEFINITIONS = [
  {
    kind: 'entity',
    name: 'lead',
    title: 'name',
    owned: true,
    fields: [
      { name: 'name', type: 'text', required: true, searchable: true },
      {
        name: 'level',
        type: 'select',
        options: [{ name: 'a' }, { name: 'c' }, { name: 'new' }, { name: 'ask' }],
      },
      { name: 'phone', type: 'phone', searchable: true },
      { name: 'touched', type: 'date' },
    ],
  },
  {
    kind: 'entity',
    name: 'plain',
    title: 'name',
    owned: true,
    fields: [{ name: 'name', type: 'text', required: true }],
  },
  {
    kind: 'role',
    name: 'sales',
    default: { read: 'none' },
    personal: { contact: 'read' },
    entities: { lead: { create: true, read: 'own', update: 'own' } },
  },
  {
    kind: 'role',
    name: 'manager',
    default: { read: 'all' },
    personal: { contact: 'read' },
    entities: { lead: { create: true, read: 'all', update: 'all', bulk: true } },
  },
  { kind: 'role', name: 'asked', entities: {} },
  {
    kind: 'pool',
    name: 'open_leads',
    label: { en: 'Open leads', 'zh-CN': '线索公海' },
    entity: 'lead',
    members: [{ role: 'sales' }],
    hide: ['phone'],
    claim: { perDay: 3, holding: 5, coolDown: 'P7D' },
    recycle: [
      { name: 'still', when: "level = 'c'", limit: { after: 'P15D', since: 'touched' }, warn: 'P2D' },
      { name: 'new', when: "level = 'new'", limit: { after: 'P3D' } },
    ],
  },
  {
    kind: 'assignment',
    name: 'leads',
    entity: 'lead',
    on: ['created'],
    rules: [{ name: 'asked', when: "level = 'ask'", to: { role: 'asked' } }],
    otherwise: { pool: 'open_leads' },
    accept: { after: 'PT2H' },
  },
]

describe('pools', () => {
  let engine: TestEngine
  let admin: Client
  let manager: Client
  let models: ModelStore
  const people: Record<string, Client & { id: string }> = {}
  let pool: string

  before(async () => {
    engine = await startEngine()
    admin = await engine.loginAdmin()
    await publishAll(admin, DEFINITIONS)
    manager = await loginAs(admin, 'max', ['manager'])
    for (const name of ['ann', 'bob', 'cleo', 'dan']) people[name] = await loginAs(admin, name, ['sales'])
    for (const name of ['eve', 'finn']) people[name] = await loginAs(admin, name, ['sales', 'asked'])
    people.out = await loginAs(admin, 'out', [])
    pool = (await admin.get('/api/pools')).records[0]!.id
    models = await createModelStore(engine.database, fullRegistry())
  })
  after(async () => {
    await models.close()
    await engine.stop()
  })

  const at = (id: string) => `/api/records/lead/${id}`
  const make = async (values: object = {}): Promise<ApiRecord> => {
    const answer = await manager.post('/api/records/lead', { name: 'Lead', phone: PHONE, ...values })
    expect(answer.status, answer.text).to.equal(201)
    return answer.record
  }
  const claim = (client: Client, id: string) => client.post(`${at(id)}/actions/claim`)
  const codeOf = ({ body }: Answer) => (body as { errors?: { code: string }[] }).errors?.[0]?.code
  /** What comes about by time alone, so many days from now. */
  const later = async (days: number, work: (context: RequestContext, telling: TellWays) => Promise<void>) => {
    const model = (await models.refresh('default'))!
    const now = () => new Date(Date.now() + days * DAY_MS)
    const registry = fullRegistry()
    await work(
      requestContext({
        ...{ model, db: engine.database, search: registry.search() },
        ...{ actor: SYSTEM_ACTOR, via: 'pool', now },
      }),
      { registry, wakes: NO_WAKES },
    )
  }
  const ownerOf = async (id: string) => (await admin.get(at(id))).record.owner

  it('takes what no rule gives, and shows it to its members without the hidden fields on every path', async () => {
    const lead = await make({ name: 'Hidden Ltd' })
    expect(lead).to.include({ owner: pool, phone: null })
    const ann = people.ann!
    expect((await ann.get(at(lead.id))).record).to.include({ name: 'Hidden Ltd', phone: null })
    const list = await ann.post('/api/records/lead/query', { filter: { '==': [{ var: 'owner' }, pool] } })
    expect(list.records.find(({ id }) => id === lead.id)).to.include({ phone: null })
    const byPhone = { filter: { '==': [{ var: 'phone' }, PHONE] } }
    for (const client of [ann, manager]) {
      expect((await client.post('/api/records/lead/query', byPhone)).records).to.deep.equal([])
      expect((await client.get('/api/records/lead?q=13812345678')).records).to.deep.equal([])
      const texts = [`${at(lead.id)}/history`, '/api/records/lead?sort=phone', '/api/search?q=Hidden']
      for (const path of texts) expect((await client.get(path)).text).not.to.include('1381234')
      const grouped = await client.post('/api/records/lead/aggregate', {
        group: ['phone'],
        measures: [{ fn: 'count' }],
      })
      expect(grouped.text).not.to.include('1381234')
    }
    expect((await manager.patch(at(lead.id), { phone: '+8613800000000' })).status).to.equal(403)
    expect((await people.out!.get(at(lead.id))).status).to.equal(404)
    expect((await admin.get(at(lead.id))).record).to.include({ phone: PHONE })
    const shown = await ann.get(`${at(lead.id)}?expand=owner`)
    expect(shown.record.owner).to.include({ id: pool, label: '线索公海', pool: 'open_leads' })
  })

  it('lets one of a hundred claim a record', async () => {
    const lead = await make()
    const claimers = ['ann', 'bob', 'cleo', 'dan']
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, index) => claim(people[claimers[index % 4]!]!, lead.id)),
    )
    const won = answers.filter(({ status }) => status === 200)
    expect(won).to.have.length(1)
    expect(won[0]!.record).to.include({ phone: PHONE })
    const lost = answers
      .filter(({ status }) => status !== 200)
      .map((answer) => [answer.status, codeOf(answer)])
    // Those who are not shown the record any more do not learn of it.
    for (const [status, code] of lost)
      expect([
        [409, 'POOL_RECORD_TAKEN'],
        [404, 'RECORD_NOT_FOUND'],
      ]).to.deep.include([status, code])
    const history = (await admin.get(`${at(lead.id)}/history`)).records
    expect(history[0]).to.include({ via: 'pool' })
    await admin.patch(at(lead.id), { owner: people.out!.id })
  })

  it('keeps what a member takes within the day’s number, what they hold, and the cool-down', async () => {
    const bob = people.bob!
    const leads = []
    for (let index = 0; index < 5; index++) leads.push(await make())
    const answers = await Promise.all(leads.map(({ id }) => claim(bob, id)))
    const claimed = answers.filter(({ status }) => status === 200).length
    expect(answers.filter(({ status }) => status === 409).map(codeOf)).to.deep.equal(
      Array(5 - claimed).fill('POOL_DAY_FULL'),
    )
    const [pools] = (await bob.get('/api/pools?entity=lead')).records as unknown as {
      claim: { claimed_today: number; held: number }
    }[]
    expect(pools!.claim).to.include({ claimed_today: 3, per_day: 3 })
    const first = leads[answers.findIndex(({ status }) => status === 200)]!
    expect(codeOf(await people.ann!.post(`${at(first.id)}/actions/release`))).to.equal('RECORD_NOT_FOUND')
    expect(codeOf(await manager.post(`${at(first.id)}/actions/release`))).to.equal('POOL_NOT_YOURS')
    expect((await bob.post(`${at(first.id)}/actions/release`, { pool: 'x' })).status).to.equal(404)
    expect((await bob.post(`${at(first.id)}/actions/release`)).status).to.equal(200)
    expect(await ownerOf(first.id)).to.equal(pool)
    expect(codeOf(await claim(manager, first.id))).to.equal('POOL_NOT_A_MEMBER')
    const cleo = people.cleo!
    await claim(cleo, first.id)
    await cleo.post(`${at(first.id)}/actions/release`)
    expect(codeOf(await claim(cleo, first.id))).to.equal('POOL_COOLING_DOWN')
    for (let index = 0; index < 5; index++) await make({ owner: people.dan!.id })
    expect(codeOf(await claim(people.dan!, first.id))).to.equal('POOL_HOLDING_FULL')
  })

  it('keeps one ledger: who held a record, and why', async () => {
    const lead = await make({ name: 'Ledger' })
    await claim(people.ann!, lead.id)
    await people.ann!.post(`${at(lead.id)}/actions/release`)
    const { rows } = await engine.database.query<{ why: string; holder: string; open: boolean }>({
      text: 'SELECT why, holder::text AS holder, held_until IS NULL AS open FROM ws_default.tenon_ownership WHERE record = $1::uuid ORDER BY id',
      values: [lead.id],
    })
    expect(
      rows.map(({ why, holder, open }) => [why, holder === pool ? 'pool' : 'person', open]),
    ).to.deep.equal([
      ['api', 'person', false],
      ['assignment', 'pool', false],
      ['claimed', 'person', false],
      ['released', 'pool', true],
    ])
  })

  it('says what returns when, warns its owner once, and brings it back', async () => {
    const ann = people.ann!
    const today = new Date()
    const day = (days: number) => new Date(today.getTime() + days * DAY_MS).toISOString().slice(0, 10)
    const owner = ann.id
    const still = await make({ owner, level: 'c', touched: '2020-01-01' })
    const worked = await make({ owner, level: 'c', touched: day(10) })
    const fresh = await make({ owner, level: 'new' })
    const other = await make({ owner, level: 'a', touched: '2020-01-01' })
    await later(0, recycleRecords)
    expect(await ownerOf(still.id)).to.equal(owner)
    const forecast = async (client: Client, days: number) =>
      (await client.get(`/api/pools/open_leads/recycling?until=${day(days)}`)).record as unknown as {
        count: number
        days: { day: string; count: number; rules: { name: string }[] }[]
        records: { id: string; owner: { id: string } }[]
      }
    const soon = await forecast(ann, 17)
    expect(soon.records.map(({ id }) => id)).to.deep.equal([fresh.id, still.id])
    expect(soon.days.map(({ count, rules }) => [count, rules[0]!.name])).to.deep.equal([
      [1, 'new'],
      [1, 'still'],
    ])
    expect((await forecast(manager, 40)).records.map(({ id }) => id)).to.include.members([worked.id])
    expect((await forecast(people.dan!, 40)).count).to.equal(0)
    for (const until of ['soon', day(-1), '0001-01-01T00:00:00Z', day(800)])
      expect((await ann.get(`/api/pools/open_leads/recycling?until=${until}`)).status, until).to.equal(400)
    const warnings = async () =>
      (await ann.get('/api/records/notification?limit=100')).records.filter(
        ({ record }) => record === still.id,
      )
    await later(14, recycleRecords)
    await later(14.01, recycleRecords)
    expect((await warnings()).map(({ title }) => String(title))).to.have.length(1)
    expect(await ownerOf(still.id)).to.equal(owner)
    await later(15.1, recycleRecords)
    expect([await ownerOf(still.id), await ownerOf(fresh.id)]).to.deep.equal([pool, pool])
    expect([await ownerOf(worked.id), await ownerOf(other.id)]).to.deep.equal([owner, owner])
    expect(codeOf(await claim(ann, still.id))).to.equal('POOL_COOLING_DOWN')
  })

  it('gives on what is not accepted in time, each once, and then to the pool; the trace says so', async () => {
    const lead = await make({ level: 'ask' })
    const asked = [people.eve!.id, people.finn!.id]
    expect(asked).to.include(lead.owner)
    await later(1 / 24, (context) => passOnUnaccepted(context))
    expect(await ownerOf(lead.id)).to.equal(lead.owner)
    await later(0.1, (context) => passOnUnaccepted(context))
    const second = await ownerOf(lead.id)
    expect(asked.filter((id) => id !== lead.owner)).to.deep.equal([second])
    await later(0.3, (context) => passOnUnaccepted(context))
    expect(await ownerOf(lead.id)).to.equal(pool)
    const [last] = (await admin.get(`${at(lead.id)}/assignments`)).records as unknown as {
      cause: string
      owner: { pool: string }
      rules: { people: { skip: string }[] }[]
    }[]
    expect(last).to.include({ cause: 'not_accepted' })
    expect(last!.owner.pool).to.equal('open_leads')
    expect(last!.rules[0]!.people.map(({ skip }) => skip)).to.deep.equal(['not_accepted', 'not_accepted'])
  })

  it('takes the owner’s word, or their first change, for acceptance', async () => {
    const accepts = [
      (client: Client, id: string) => client.post(`${at(id)}/actions/accept`),
      (client: Client, id: string) => client.patch(at(id), { name: 'Worked on' }),
    ]
    for (const accept of accepts) {
      const lead = await make({ level: 'ask' })
      const owner = [people.eve!, people.finn!].find(({ id }) => id === lead.owner)!
      const before = (await owner.get(`${at(lead.id)}/assignments`)).records[0]
      expect(before).to.include({ awaits: true, accepted_at: null })
      expect(codeOf(await manager.post(`${at(lead.id)}/actions/accept`))).to.equal('ASSIGNMENT_NOT_WAITING')
      await manager.patch(at(lead.id), { level: 'a' })
      expect((await accept(owner, lead.id)).status).to.equal(200)
      await later(1, (context) => passOnUnaccepted(context))
      expect(await ownerOf(lead.id)).to.equal(lead.owner)
      const after = (await owner.get(`${at(lead.id)}/assignments`)).records[0]!
      expect([after.awaits, typeof after.accepted_at]).to.deep.equal([false, 'string'])
      expect(codeOf(await owner.post(`${at(lead.id)}/actions/accept`))).to.equal('ASSIGNMENT_NOT_WAITING')
    }
  })

  it('costs entities without pools nothing: one statement, and none of the ledger', async () => {
    const model = (await models.refresh('default'))!
    const texts: string[] = []
    const db = {
      ...engine.database,
      query: ((statement) => {
        texts.push(statement.text)
        return engine.database.query(statement)
      }) as typeof engine.database.query,
      transaction: () => expect.fail('a transaction') as never,
    }
    const context = requestContext({
      ...{ model, db, search: fullRegistry().search(), actor: SYSTEM_ACTOR, via: 'api' },
    })
    const made = JSON.parse((await createRecord(context, 'plain', { name: 'Plain' })).body) as {
      data: ApiRecord
    }
    await patchRecord(context, 'plain', made.data.id, { owner: people.ann!.id }, { ifMatch: undefined })
    expect(texts).to.have.length(2)
    expect(texts.filter((text) => /tenon_(ownership|assignment|acceptance)/.test(text))).to.deep.equal([])
  })

  it('finds what is due by an index, and not by going through the table', async () => {
    const { rows } = await engine.database.query<{ indexdef: string }>({
      text: "SELECT indexdef FROM pg_indexes WHERE schemaname = 'ws_default' AND (indexdef LIKE '%touched%' OR tablename = 'tenon_ownership')",
    })
    const found = rows.map(({ indexdef }) => /USING (.*)$/.exec(indexdef)?.[1] ?? '')
    expect(found.some((one) => /^btree \(touched, id\) WHERE \(deleted_at IS NULL\)/.test(one))).to.equal(
      true,
    )
    expect(found).to.include('btree (entity, held_from) WHERE (held_until IS NULL)')
  })
})
