import { expect } from 'chai'
import { dataOf, openDraft, planOf, publish, publishAll, type Written } from '../../support/drafts.ts'
import type { ApiRecord, Client } from '../../support/http.ts'
import { listPath, NOBODY, outcome, type Person, startWorld, type World } from './world.ts'

const STAGES = [
  { name: 'contact', type: 'open', next: ['requirement', 'proposal', 'lost'] },
  {
    name: 'requirement',
    label: { en: 'Requirement', 'zh-CN': '需求确认' },
    type: 'open',
    next: ['contact', 'proposal', 'won', 'lost'],
    requires: ['budget', 'decider'],
    must: { '>': [{ var: 'amount' }, 0] },
    milestones: [
      { name: 'confirmed', label: { en: 'Document confirmed', 'zh-CN': '客户确认需求文档' }, required: true },
      { name: 'visited' },
    ],
  },
  {
    name: 'proposal',
    type: 'open',
    probability: 0.6,
    forecast: 'commit',
    next: ['contact', 'requirement', 'won', 'lost'],
  },
  { name: 'won', type: 'won', requires: ['signed_on'], next: ['contact'] },
  { name: 'lost', type: 'lost', requires: ['reason'], next: ['contact', 'won'] },
]

const PIPELINE: Written = {
  kind: 'pipeline',
  name: 'deals',
  entity: 'deal',
  field: 'stage',
  stages: STAGES,
  back: { by: [{ role: 'leader' }] },
  stalled: { after: 'P14D', since: 'seen_on' },
}

const DEFINITIONS: readonly Written[] = [
  {
    kind: 'entity',
    name: 'deal',
    title: 'name',
    owned: true,
    fields: [
      { name: 'name', type: 'text', required: true, unique: true },
      { name: 'stage', type: 'stage' },
      { name: 'budget', type: 'currency', label: { en: 'Budget', 'zh-CN': '预算' } },
      { name: 'decider', type: 'text', visibleWhen: { '!=': [{ var: 'amount' }, 7] } },
      { name: 'amount', type: 'currency' },
      { name: 'reason', type: 'text' },
      { name: 'signed_on', type: 'date' },
      { name: 'seen_on', type: 'date' },
    ],
  },
  PIPELINE,
  { kind: 'role', name: 'leader', entities: { deal: { read: 'all', create: true, update: 'all' } } },
  { kind: 'role', name: 'seller', entities: { deal: { read: 'own', create: true, update: 'own' } } },
  {
    kind: 'role',
    name: 'blind',
    entities: { deal: { read: 'all', update: 'all', fields: { stage: { read: false } } } },
  },
  {
    kind: 'role',
    name: 'dim',
    entities: { deal: { read: 'all', update: 'all', fields: { amount: { read: false } } } },
  },
]

const OPEN = ['STAGE_REQUIRES /budget', 'STAGE_REQUIRES /decider']
const ALL = [422, ...OPEN, 'STAGE_MILESTONE_OPEN /stage', 'STAGE_CONDITION_UNMET /stage']
const ENGLISH = { headers: { 'accept-language': 'en' } }
const FILLED = { budget: 100, decider: 'Li', amount: 50 }

describe('stages of a pipeline', () => {
  let world: World
  let leader: Person
  let seller: Person
  let blind: Person
  let dim: Person
  let names = 0

  before(async () => {
    world = await startWorld()
    await publishAll(world.admin, DEFINITIONS)
    leader = await world.person('leader', 'leader')
    seller = await world.person('seller', 'seller')
    blind = await world.person('blind', 'blind')
    dim = await world.person('dim', 'dim')
  })
  after(() => world.stop())

  const at = (id: string) => `/api/records/deal/${id}`
  const create = async (body: object = {}, client: Client = leader): Promise<ApiRecord> =>
    dataOf(await client.post('/api/records/deal', { name: `Deal ${++names}`, ...body }), 201)
  const move = async (id: string, stage: string | null, body: object = {}, client: Client = leader) =>
    outcome(await client.patch(at(id), { stage, ...body }))
  const tick = async (id: string, milestone = 'confirmed', done = true, client: Client = leader) =>
    outcome(await client.post(`${at(id)}/actions/milestone`, { milestone, done }))
  const inRequirement = async (body: object = {}) => (await create({ stage: 'requirement', ...body })).id
  const stages = async (id: string, client: Client = leader) =>
    dataOf<{
      readonly entries: readonly Record<string, unknown>[]
      readonly milestones: readonly Record<string, unknown>[]
    }>(await client.get(`${at(id)}/stages`), 200)

  describe('that ask something of those who leave', () => {
    it('tell all that is missing at once, and store nothing', async () => {
      const id = await inRequirement()
      expect(await move(id, 'proposal')).to.deep.equal(ALL)
      expect((await leader.get(at(id))).record).to.include({ stage: 'requirement', version: 1 })
    })

    it('say which stage asks for what, in both languages', async () => {
      const id = await inRequirement()
      const say = async (language: string) =>
        (
          await leader.patch(at(id), { stage: 'proposal' }, { headers: { 'accept-language': language } })
        ).problems.map(({ message }) => message)
      expect(await say('en')).to.deep.equal([
        'The stage “Requirement” asks for “Budget”.',
        'The stage “Requirement” asks for “decider”.',
        '“Document confirmed” of the stage “Requirement” is not done yet.',
        'The stage “Requirement” asks that amount is above 0.',
      ])
      expect((await say('zh-CN'))[0]).to.equal('阶段“需求确认”要求填写“预算”。')
      expect((await say('zh-CN'))[2]).to.equal('阶段“需求确认”的里程碑“客户确认需求文档”尚未完成。')
    })

    it('tell what must hold and of which fields before anybody tries, but not who may not know one', async () => {
      const told = async (person: Client) => {
        const { entities } = (await person.get('/api/meta/model', ENGLISH)).record as unknown as {
          entities: {
            name: string
            pipelines: Record<string, { name: string; must?: string; asks?: string[] }[]>
          }[]
        }
        const stages = entities.find(({ name }) => name === 'deal')?.pipelines.stage
        const { must, asks } = stages?.find(({ name }) => name === 'requirement') ?? { name: '' }
        return { must, asks }
      }
      expect(await told(leader)).to.deep.equal({ must: 'amount is above 0', asks: ['amount'] })
      expect(await told(dim)).to.deep.equal({ must: undefined, asks: undefined })
    })

    it('let through what is filled with the move itself', async () => {
      const id = await inRequirement()
      await tick(id)
      expect(await move(id, 'proposal', FILLED)).to.deep.equal([200])
    })

    it('do not ask for what is hidden', async () => {
      const id = await inRequirement({ amount: 7, budget: 1 })
      await tick(id)
      expect(await move(id, 'proposal')).to.deep.equal([200])
    })

    const moves: readonly { to: string; body?: object; gives: readonly (string | number)[] }[] = [
      { to: 'lost', gives: [422, 'STAGE_REQUIRES /reason'] },
      { to: 'lost', body: { reason: 'price' }, gives: [200] },
      { to: 'contact', gives: [200] },
      { to: 'won', gives: [...ALL, 'STAGE_REQUIRES /signed_on'] },
      { to: 'requirement', gives: [200] },
    ]
    for (const { to, body = {}, gives } of moves) {
      it(`answer ${gives[0]} to a move to ${to} ${JSON.stringify(body)}`, async () => {
        const answer = await move(await inRequirement(), to, body)
        expect([...answer].sort()).to.deep.equal([...gives].sort())
      })
    }
  })

  describe('in which a record begins', () => {
    const begins: readonly { body: object; gives: readonly (string | number)[] }[] = [
      { body: { stage: 'requirement' }, gives: [201] },
      { body: { stage: 'proposal' }, gives: [422, ...OPEN, 'STAGE_CONDITION_UNMET /stage'] },
      { body: { stage: 'proposal', ...FILLED }, gives: [201] },
      { body: { stage: 'lost' }, gives: [422, 'STAGE_REQUIRES /reason'] },
      { body: { stage: 'won', ...FILLED }, gives: [422, 'STAGE_REQUIRES /signed_on'] },
    ]
    for (const { body, gives } of begins) {
      it(`ask it what the stages before ask: ${JSON.stringify(body)}`, async () => {
        const answer = await leader.post('/api/records/deal', { name: `Deal ${++names}`, ...body })
        expect(outcome(answer)).to.deep.equal(gives)
      })
    }
  })

  describe('on every path', () => {
    const refused = (path: string) => [
      422,
      ...ALL.slice(1).map((line) => String(line).replace(' /', ` ${path}/`)),
    ]
    it('are asked in a bulk update', async () => {
      const id = await inRequirement()
      const answer = await leader.post('/api/records/deal/bulk', { update: [{ id, stage: 'proposal' }] })
      expect(outcome(answer)).to.deep.equal(refused('/update/0'))
      const set = { filter: { '==': [{ var: 'id' }, id] }, set: { stage: 'proposal' } }
      expect(outcome(await leader.post('/api/records/deal/bulk', { update: set }))[0]).to.equal(422)
    })

    it('are asked in an upsert', async () => {
      const record = await create({ stage: 'requirement' })
      const address = `/api/records/deal/by/name/${encodeURIComponent(String(record.name))}`
      expect(outcome(await leader.put(address, { stage: 'proposal' }))).to.deep.equal(ALL)
      const other = await leader.put(`/api/records/deal/by/name/Other`, { stage: 'proposal' })
      expect(outcome(other)).to.deep.equal([422, ...OPEN, 'STAGE_CONDITION_UNMET /stage'])
    })

    it('are asked in a bulk create', async () => {
      const rows = [{ name: 'One' }, { name: 'Two', stage: 'proposal' }]
      const answer = await leader.post('/api/records/deal/bulk', { create: rows })
      const lines = [...OPEN, 'STAGE_CONDITION_UNMET /stage'].map((line) => line.replace(' /', ' /create/1/'))
      expect(outcome(answer)).to.deep.equal([422, ...lines])
    })

    it('are asked by the way back to an earlier version', async () => {
      const id = await inRequirement()
      await tick(id)
      await move(id, 'proposal', FILLED)
      expect(await move(id, 'requirement', { budget: null })).to.deep.equal([200])
      const answer = await leader.post(`${at(id)}/history/restore`, { version: 3, field: 'stage' })
      expect(outcome(answer)).to.deep.equal([422, 'STAGE_REQUIRES /budget'])
    })
  })

  describe('behind a record', () => {
    it('are closed to those who may not bring it back', async () => {
      const id = (await create({ stage: 'requirement' }, seller)).id
      const denied = [403, 'STAGE_BACK_DENIED /stage']
      expect(await move(id, 'contact', {}, seller)).to.deep.equal(denied)
      expect(await move(id, 'lost', { reason: 'x' }, seller)).to.deep.equal([200])
      expect(await move(id, 'contact', {}, seller)).to.deep.equal(denied)
      expect(await move(id, 'contact')).to.deep.equal([200])
      expect(await move(id, 'requirement', {}, seller)).to.deep.equal([200])
    })
  })

  describe('with milestones', () => {
    it('are ticked and unticked, which counts as a change of the record', async () => {
      const id = await inRequirement()
      expect(await tick(id)).to.deep.equal([200])
      expect(await tick(id)).to.deep.equal([200])
      const [first] = (await stages(id)).milestones
      expect(first).to.deep.include({ name: 'confirmed', stage: 'requirement', required: true, done: true })
      expect(first?.done_by).to.deep.include({ id: leader.id })
      expect((await leader.get(at(id))).record.version).to.equal(2)
      expect(await tick(id, 'confirmed', false)).to.deep.equal([200])
      expect((await stages(id)).milestones.map(({ done }) => done)).to.deep.equal([false, false])
      const history = (await leader.get(`${at(id)}/history`)).records.slice(0, 2)
      expect(history.map(({ changes }) => changes)).to.deep.equal([
        [{ field: 'stage', label: '客户确认需求文档', before: true, after: false }],
        [{ field: 'stage', label: '客户确认需求文档', before: false, after: true }],
      ])
    })

    it('refuse what they do not know, and those who may not change the stage', async () => {
      const id = await inRequirement()
      expect(await tick(id, 'confirmd')).to.deep.equal([422, 'MILESTONE_UNKNOWN /milestone'])
      expect(await tick(id, 'confirmed', true, seller)).to.deep.equal([404, 'RECORD_NOT_FOUND'])
      expect(await tick(id, 'confirmed', true, blind)).to.deep.equal([403, 'FIELD_DENIED /milestone'])
      expect(await tick(NOBODY)).to.deep.equal([404, 'RECORD_NOT_FOUND'])
      const answer = await leader.post(`${at(id)}/actions/milestone`, { done: 'yes', extra: 1 })
      expect(outcome(answer)).to.deep.equal([
        422,
        'FIELD_UNKNOWN /extra',
        'FIELD_REQUIRED /milestone',
        'FIELD_TYPE_WRONG /done',
      ])
      const stale = await leader.post(
        `${at(id)}/actions/milestone`,
        { milestone: 'visited' },
        { headers: { 'if-match': '"9"' } },
      )
      expect(outcome(stale)).to.deep.equal([412, 'RECORD_VERSION_MOVED'])
    })
  })

  describe('that a record went through', () => {
    it('are told with who, when and how long, newest first', async () => {
      const record = await create()
      await move(record.id, 'requirement')
      await move(record.id, 'requirement', { budget: 5 })
      await move(record.id, 'lost', { reason: 'x' })
      const { entries } = await stages(record.id)
      const names = entries.map(({ from, to }) => [from, to].map((one) => (one as ApiRecord | null)?.name))
      expect(names).to.deep.equal([
        ['requirement', 'lost'],
        ['contact', 'requirement'],
        [undefined, 'contact'],
      ])
      expect(entries[0]).to.deep.include({ field: 'stage', via: 'api', version: 4, seconds: 0 })
      expect(entries[0]?.actor).to.deep.include({ id: leader.id })
      expect(entries[1]?.to).to.deep.equal({ name: 'requirement', label: '需求确认' })
      expect((entries[2] as ApiRecord).seconds).to.equal(null)
    })

    it('stay with those who see the record and its stage', async () => {
      const id = await inRequirement()
      expect(outcome(await seller.get(`${at(id)}/stages`))).to.deep.equal([404, 'RECORD_NOT_FOUND'])
      expect(await stages(id, blind)).to.deep.equal({ entries: [], milestones: [] })
      expect((await blind.get(at(id))).record).to.not.have.any.keys(
        'stage',
        'stage_since',
        'closed_at',
        'ever_reached',
      )
      const filter = { '==': [{ var: 'stage.type' }, 'open'] }
      expect(outcome(await blind.get(listPath('deal', { filter })))[0]).to.equal(400)
    })

    it('have no gap where two move at once', async () => {
      const id = await inRequirement(FILLED)
      await tick(id)
      const answers = await Promise.all(
        Array.from({ length: 8 }, (_, index) => move(id, index % 2 === 0 ? 'proposal' : 'requirement')),
      )
      expect(answers.filter(([status]) => status === 200)).to.not.have.length(0)
      const { entries } = await stages(id)
      const chain = [...entries].reverse() as { from: ApiRecord | null; to: ApiRecord }[]
      for (const [index, { from }] of chain.entries()) {
        expect(from?.name).to.equal(chain[index - 1]?.to.name)
      }
      expect((await leader.get(at(id))).record.stage).to.equal(chain.at(-1)?.to.name)
    })

    it('follow an untick that comes at the same time as the move', async () => {
      for (let round = 0; round < 5; round++) {
        const id = await inRequirement(FILLED)
        await tick(id)
        const [moved] = await Promise.all([move(id, 'proposal'), tick(id, 'confirmed', false)])
        const done = (await stages(id)).milestones[0]?.done
        expect(done).to.equal(false)
        const { entries } = await stages(id)
        expect(entries).to.have.length(moved[0] === 200 ? 2 : 1)
      }
    })
  })

  describe('that a publish takes away', () => {
    it('give their records to the one that takes them, as the plan said', async () => {
      const id = await inRequirement()
      const { stages: list, ...rest } = (await world.admin.get('/api/meta/definitions/pipeline/deals'))
        .record as unknown as Written & { readonly stages: readonly (Written & { next?: string[] })[] }
      const kept = list.filter(({ name }) => name !== 'requirement')
      const without = kept.map((stage) => ({
        ...stage,
        next: stage.next?.filter((name) => name !== 'requirement'),
        ...(stage.name === 'proposal' ? { takes: ['requirement'] } : {}),
      }))
      const draft = await openDraft(world.admin, [{ ...rest, stages: without } as unknown as Written])
      const plan = await planOf(world.admin, draft)
      const step = plan.steps.find(({ kind }) => kind === 'replaceStage')
      expect(step).to.include({ tag: 'safe' })
      expect(step?.records).to.be.greaterThan(0)
      expect((await publish(world.admin, draft, plan.hash)).status).to.equal(200)
      const record = (await leader.get(at(id))).record
      expect(record).to.deep.include({ stage: 'proposal', ever_reached: ['requirement', 'proposal'] })
      const [entry] = (await stages(id)).entries
      expect(entry).to.deep.include({
        from: { name: 'requirement', label: 'requirement' },
        to: { name: 'proposal', label: 'proposal' },
        via: 'publish',
        actor: null,
      })
      await publishAll(world.admin, [{ ...rest, stages: list } as unknown as Written])
      expect(await move(id, 'requirement')).to.deep.equal([200])
    })
  })

  describe('as fields', () => {
    const found = async (filter: object) =>
      (await leader.get(listPath('deal', { filter, fields: 'name', sort: 'name', limit: 200 }))).records.map(
        ({ name }) => name,
      )
    const named = (name: string, rest: object) => ({ and: [{ starts_with: [{ var: 'name' }, name] }, rest] })
    before(async () => {
      await create({ name: 'F open' })
      const back = await create({ name: 'F back', stage: 'proposal', ...FILLED, seen_on: '2020-01-01' })
      await move(back.id, 'contact')
      const lost = await create({ name: 'F lost', stage: 'contact', seen_on: '2020-01-01' })
      await move(lost.id, 'lost', { reason: 'x' })
      await create({ name: 'F offered', stage: 'proposal', ...FILLED })
      await create({ name: 'F won', stage: 'won', ...FILLED, signed_on: '2026-01-01' })
    })

    const filters: readonly { filter: object; finds: readonly string[] }[] = [
      { filter: { '==': [{ var: 'stage.type' }, 'open'] }, finds: ['F back', 'F offered', 'F open'] },
      { filter: { in: [{ var: 'stage.type' }, ['won', 'lost']] }, finds: ['F lost', 'F won'] },
      { filter: { var: 'ever_reached.proposal' }, finds: ['F back', 'F offered'] },
      { filter: { '>=': [{ var: 'stage.probability' }, 0.6] }, finds: ['F offered'] },
      { filter: { '==': [{ var: 'stage.forecast' }, 'commit'] }, finds: ['F offered'] },
      { filter: { '!': [{ var: 'closed_at' }] }, finds: ['F back', 'F offered', 'F open'] },
      {
        filter: { '==': [{ var: 'days_in_stage' }, 0] },
        finds: ['F back', 'F lost', 'F offered', 'F open', 'F won'],
      },
      { filter: { '>': [{ var: 'days_in_stage' }, 3] }, finds: [] },
      { filter: { var: 'is_stalled' }, finds: ['F back'] },
    ]
    it('are told by what people call them', async () => {
      const cases: readonly (readonly [object, string])[] = [
        [{ '==': [{ var: 'stage.type' }, 'won'] }, 'stage的类型为成功结束'],
        [{ in: [{ var: 'before.stage.type' }, ['open']] }, '变更前的stage的类型属于进行中'],
        [{ '!': [{ var: 'is_stalled' }] }, '已停滞为否'],
        [
          { and: [{ var: 'is_stalled' }, { '>': [{ var: 'days_in_stage' }, 3] }] },
          '已停滞为是，且在当前stage的天数大于3',
        ],
        [{ var: 'ever_reached.requirement' }, '曾达阶段的需求确认为是'],
        [{ '==': [{ var: 'stage.forecast' }, 'commit'] }, 'stage的预测类别为承诺'],
        [{ '>=': [{ var: 'stage.probability' }, 0.6] }, 'stage的赢单概率不低于0.6'],
      ]
      for (const [rule, sentence] of cases) {
        const { record } = await leader.post('/api/meta/rules/check', { rule, entity: 'deal' })
        expect(record.sentence, JSON.stringify(rule)).to.equal(sentence)
      }
    })

    for (const { filter, finds } of filters) {
      it(`are filtered by: ${JSON.stringify(filter)}`, async () => {
        expect(await found(named('F ', filter))).to.deep.equal(finds)
      })
    }

    it('are empty again where a record is open again', async () => {
      const { id } = await create({ stage: 'lost', reason: 'x' })
      expect((await leader.get(at(id))).record.closed_at).to.be.a('string')
      await move(id, 'contact')
      expect((await leader.get(at(id))).record).to.deep.include({
        closed_at: null,
        ever_reached: ['lost', 'contact'],
      })
    })

    it('sort, group and stay out of the hands of clients', async () => {
      const list = await leader.get(
        listPath('deal', { sort: '-stage_since', fields: 'stage_since', limit: 1 }),
      )
      expect(list.records[0]).to.have.property('stage_since')
      const answer = await leader.post('/api/records/deal/aggregate', {
        group: [{ field: 'closed_at', bucket: 'year' }],
        measures: [{ fn: 'count' }],
      })
      expect(answer.status).to.equal(200)
      expect(
        outcome(await leader.post('/api/records/deal', { name: 'x', closed_at: '2020-01-01T00:00:00Z' }))[0],
      ).to.equal(403)
    })

    it('go along with a stage that is renamed', async () => {
      const id = await inRequirement()
      const current = (await world.admin.get('/api/meta/definitions/pipeline/deals')).record as unknown as {
        readonly stages: readonly { readonly name: string }[]
      }
      const rename = (from: string, to: string) => ({
        ...(current as unknown as Written),
        stages: current.stages.map((stage) => (stage.name === from ? { ...stage, name: to } : stage)),
      })
      await publishAll(world.admin, [rename('requirement', 'needs')])
      const { entries } = await stages(id)
      expect(entries[0]?.to).to.deep.include({ name: 'needs' })
      expect((await leader.get(at(id))).record.ever_reached).to.deep.equal(['needs'])
      await publishAll(world.admin, [current as unknown as Written])
    })
  })
})
