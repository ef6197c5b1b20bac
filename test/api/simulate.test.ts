import { expect } from 'chai'
import { dataOf, openDraft, publishAll } from '../support/drafts.ts'
import { startEngine, type TestEngine } from '../support/engine.ts'
import type { ApiRecord, Client } from '../support/http.ts'

interface Simulation {
  readonly definition: { readonly kind: string; readonly name: string }
  readonly field?: string
  readonly effect: string
  readonly looked: number
  readonly sample: boolean
  readonly records: number | null
  readonly examples: readonly { readonly label: string; readonly from?: unknown; readonly to?: unknown }[]
}

const deal = (fields: readonly object[] = [], net: unknown = { '*': [{ var: 'amount' }, 2] }) => ({
  kind: 'entity',
  name: 'deal',
  title: 'name',
  fields: [
    { name: 'name', type: 'text', required: true },
    { name: 'amount', type: 'currency' },
    { name: 'state', type: 'select', options: [{ name: 'open' }, { name: 'won' }] },
    { name: 'net', type: 'formula', result: 'currency', value: net },
    ...fields,
  ],
})

describe('a plan that changes rules', () => {
  let engine: TestEngine
  let admin: Client

  before(async () => {
    engine = await startEngine()
    admin = await engine.loginAdmin()
    await publishAll(admin, [deal()])
    for (const [name, amount, state] of [
      ['One', 1, 'open'],
      ['Two', 20, 'won'],
      ['Three', null, 'won'],
    ] as const) {
      dataOf(await admin.post('/api/records/deal', { name, amount, state }), 201)
    }
  })
  after(() => engine.stop())

  const simulate = async (definitions: readonly object[]) => {
    const id = await openDraft(admin, definitions as never)
    const answer = await admin.post(`/api/meta/changesets/${id}/plan`)
    return dataOf<{ simulations: readonly Simulation[] }>(answer, 200).simulations
  }
  it('tells nothing of a rule whose trial takes longer than people wait, and the rest of the plan all the same', async () => {
    // Nobody can read the records while they are held: the trial waits until its time is over.
    const isOver = engine.database.transaction(async (tx) => {
      await tx.query({ text: 'LOCK TABLE ws_default.deal IN ACCESS EXCLUSIVE MODE' })
      const when = { '==': [{ var: 'state' }, 'won'] }
      const must = { '>': [{ var: 'amount' }, 5] }
      const problem = { message: { en: 'No amount.', 'zh-CN': '没有金额。' } }
      const [found] = await simulate([
        { kind: 'validation', name: 'slow', entity: 'deal', when, must, problem },
      ])
      return found
    })
    expect(await isOver).to.deep.include({ effect: 'violates', looked: 0, records: null, examples: [] })
  })

  const labels = (simulation: Simulation) => simulation.examples.map(({ label }) => label).sort()

  it('tells how many records a validation does not hold for, and which', async () => {
    const [found, ...others] = await simulate([
      {
        kind: 'validation',
        name: 'priced',
        entity: 'deal',
        when: { '==': [{ var: 'state' }, 'won'] },
        must: { '>': [{ var: 'amount' }, 0] },
        problem: { field: 'amount', message: 'x' },
      },
    ])
    expect(others).to.deep.equal([])
    expect(found).to.deep.include({
      ...{ entity: 'deal', effect: 'violates', looked: 3, sample: false, records: 1 },
    })
    expect(labels(found!)).to.deep.equal(['Three'])
  })

  it('tells what a formula changes, from what to what', async () => {
    const [found] = await simulate([deal([], { '*': [{ var: 'amount' }, 3] })])
    expect(found).to.deep.include({ effect: 'changes', field: 'net', records: 2 })
    const moves = found!.examples.map(({ label, from, to }) => [label, from, to])
    expect(moves).to.deep.include.members([
      ['One', 2, 3],
      ['Two', 40, 60],
    ])
  })

  it('tells which records a gate would stop, at the stage before it', async () => {
    const staged = {
      ...{ kind: 'entity', name: 'case', title: 'name' },
      fields: [
        { name: 'name', type: 'text', required: true },
        { name: 'amount', type: 'currency' },
        { name: 'stage', type: 'stage' },
      ],
    }
    const flow = (talk: object = {}, won: object = {}) => ({
      ...{ kind: 'pipeline', name: 'case_flow', entity: 'case', field: 'stage' },
      stages: [
        { name: 'talk', label: { en: 'Talk' }, type: 'open', next: ['offer'], ...talk },
        { name: 'offer', type: 'open', next: ['won'] },
        { name: 'won', type: 'won', ...won },
      ],
    })
    await publishAll(admin, [staged, flow()] as never)
    for (const [name, amount, stage] of [
      ['A', 1, 'talk'],
      ['B', null, 'talk'],
      ['C', null, 'offer'],
      ['D', 9, 'offer'],
      ['E', null, 'won'],
    ] as const) {
      dataOf(await admin.post('/api/records/case', { name, amount, stage }), 201)
    }
    const found = await simulate([flow({ requires: ['amount'] }, { must: { '>': [{ var: 'amount' }, 5] } })])
    const told = found.map((one) => ({ ...one, examples: labels(one) }))
    const definition = { kind: 'pipeline', name: 'case_flow' }
    const head = { definition, entity: 'case', field: 'stage', effect: 'violates' }
    const rest = { looked: 5, sample: false, records: 1 }
    expect(told).to.deep.equal([
      { ...head, stage: 'talk', ...rest, examples: ['B'] },
      { ...head, stage: 'won', ...rest, examples: ['C'] },
    ])
  })

  it('tries a condition that looks at a field which comes with it', async () => {
    const [found] = await simulate([
      deal([
        { name: 'checked', type: 'boolean' },
        { name: 'reason', type: 'text', requiredWhen: { '!': [{ var: 'checked' }] } },
      ]),
    ])
    expect(found).to.deep.include({ field: 'reason', effect: 'violates', records: 3 })
  })

  it('warns of a level of an approval whose role does not see the record, once', async () => {
    const clerk = {
      kind: 'role',
      name: 'auditor',
      label: { en: 'Auditor', 'zh-CN': '审计' },
      default: { read: 'none' },
    }
    const approval = (role: string, active = true) => ({
      ...{ kind: 'approval', name: 'big', entity: 'deal', active },
      levels: [{ name: 'first', by: [{ user: 'ann@example.com' }, { role }] }],
    })
    const warned = async (...definitions: readonly object[]) => {
      const id = await openDraft(admin, definitions as never)
      const answer = await admin.post(`/api/meta/changesets/${id}/check`)
      type Warned = { warnings: readonly { code: string; path: string; message: string }[] }
      return dataOf<Warned>(answer, 200).warnings.map(({ path, message }) => [path, message])
    }
    const told = [
      ['/approval/big/levels/0/by/1/role', '角色“审计”无权查看“deal”，级别“first”按此角色将没有人可以审批。'],
    ]
    expect(
      await warned(deal([{ name: 'boss', type: 'user' }]), clerk, approval('administrator')),
    ).to.deep.equal([])
    expect(await warned(clerk, approval('auditor', false))).to.deep.equal([])
    expect(await warned(clerk, approval('auditor'))).to.deep.equal(told)
  })

  it('warns of a role that sees a value and not what it is made of, once', async () => {
    const role = {
      kind: 'role',
      name: 'clerk',
      entities: { deal: { read: 'all', fields: { amount: { read: false } } } },
    }
    const warnings = async (act: 'check' | 'plan') => {
      const id = await openDraft(admin, [role] as never)
      const answer = await admin.post(`/api/meta/changesets/${id}/${act}`)
      type Warned = { warnings: readonly { code: string; path: string }[] }
      return dataOf<Warned>(answer, 200).warnings.map(({ code, path }) => `${code} ${path}`)
    }
    const told = ['META_COMPUTED_REVEALS /entity/deal/fields/3']
    expect([await warnings('check'), await warnings('plan')]).to.deep.equal([told, told])
    await publishAll(admin, [role])
    expect(await warnings('check')).to.deep.equal([])
  })

  it('tells nothing of rules that stay as they are, and writes nothing', async () => {
    expect(await simulate([{ ...deal(), label: { en: 'Deal' } }])).to.deep.equal([])
    const records: readonly ApiRecord[] = (await admin.get('/api/records/deal?sort=name')).records
    expect(records.map(({ net, version }) => [net, version])).to.deep.equal([
      [2, 1],
      [null, 1],
      [40, 1],
    ])
  })
})
