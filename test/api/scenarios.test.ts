import { expect } from 'chai'
import { dataOf, inForce, openDraft, planOf, publish, publishAll, type Written } from '../support/drafts.ts'
import { startEngine, type TestEngine } from '../support/engine.ts'
import type { Answer, Client } from '../support/http.ts'

const account = (tags: object): Written => ({
  kind: 'entity',
  name: 'account',
  label: { en: 'Account', 'zh-CN': '客户' },
  owned: true,
  fields: [
    { name: 'name', type: 'text', required: true },
    { name: 'code', type: 'text', unique: true },
    { name: 'amount', type: 'currency', min: 0 },
    { name: 'due', type: 'date' },
    { name: 'days_left', type: 'formula', result: 'integer', value: DAYS_LEFT },
    { name: 'parent', type: 'lookup', to: 'account', inverse: 'children' },
    { name: 'tags', type: 'tags', maxLength: 20, ...tags },
  ],
})
const DAYS_LEFT = { days_between: [{ var: 'today' }, { var: 'due' }] }

const sales: Written = {
  kind: 'role',
  name: 'sales',
  default: { read: 'none' },
  entities: {
    account: { create: true, read: 'own', update: 'own', delete: 'own', import: true },
    user: { read: 'all' },
  },
}

/** The example of the language, as it stands there. */
const tenTags: Written = {
  kind: 'scenario',
  name: 'ten_tags',
  requirement: 'REQ-CUST-001',
  priority: 'must',
  label: { en: 'At most ten tags of twenty characters', 'zh-CN': '标签最多十个，每个不超过二十字' },
  clock: '2026-03-02T09:00:00+08:00',
  given: {
    lily: { user: { roles: ['sales'] } },
    acme: { account: { name: '华兴机械', owner: 'lily' } },
  },
  steps: [
    {
      as: 'lily',
      update: 'acme',
      set: { tags: ['t1', 't2', 't3', 't4', 't5', 't6', 't7', 't8', 't9', 't10'] },
      // biome-ignore lint/suspicious/noThenProperty: the key of the language
      then: { ok: true },
    },
    {
      as: 'lily',
      update: 'acme',
      add: { tags: ['t11'] },
      // biome-ignore lint/suspicious/noThenProperty: the key of the language
      then: { problem: { code: 'FIELD_TAGS_TOO_MANY', path: '/tags' } },
    },
  ],
}

interface Line {
  readonly path: string
  readonly text: string
  readonly outcome: string
  readonly expected?: string
  readonly found?: string
}
interface Result {
  readonly name: string
  readonly passed: boolean
  readonly requirement: string | null
  readonly priority: string
  readonly label: string
  readonly story: readonly Line[]
}

/** A step, whose expectation goes last so that no step is ever taken for a promise. */
const step = (act: object, then?: object) => ({ ...act, ...(then && { ['then' as string]: then }) })

function scenario(name: string, given: object, steps: readonly object[], more: object = {}): Written {
  return { kind: 'scenario', name, given, steps, ...more }
}

async function planned(
  client: Client,
  id: string,
  language = 'en',
): Promise<{ hash: string; scenarios: readonly Result[] }> {
  const headers = { 'accept-language': language }
  return dataOf(await client.post(`/api/meta/changesets/${id}/plan`, undefined, { headers }), 200)
}

describe('scenarios', () => {
  let engine: TestEngine
  let admin: Client
  const schemas = async () =>
    (await engine.database.query<{ n: number }>({ text: 'SELECT count(*)::int AS n FROM pg_namespace' }))
      .rows[0]?.n
  const countOf = async (table: string) =>
    (
      await engine.database.query<{ n: number }>({
        text: `SELECT count(*)::int AS n FROM ws_default.${table}`,
      })
    ).rows[0]?.n

  before(async () => {
    engine = await startEngine()
    admin = await engine.loginAdmin()
    await publishAll(admin, [account({ max: 10 }), sales, tenTags])
  })
  after(async () => engine?.stop())

  /** What the plan of a draft says of one scenario, the draft thrown away. */
  async function tryOut(written: Written, others: readonly Written[] = []): Promise<Result> {
    const id = await openDraft(admin, [...others, written])
    const { scenarios } = await planned(admin, id)
    await admin.delete(`/api/meta/changesets/${id}`)
    return scenarios.find(({ name }) => name === written.name)!
  }
  const failed = ({ story }: Result) => story.find(({ outcome }) => outcome === 'failed')

  it('tell the example of the language as a story', async () => {
    const result = await tryOut({ ...tenTags, note: 'again' })
    expect(result).to.deep.include({ passed: true, requirement: 'REQ-CUST-001', priority: 'must' })
    expect(result.story.map(({ path, outcome }) => `${path} ${outcome}`)).to.deep.equal([
      '/given/acme passed',
      '/given/lily passed',
      '/steps/0 passed',
      '/steps/1 passed',
    ])
  })

  it('fail where the rule that they are about is broken, with what was expected and found, in both languages', async () => {
    const id = await openDraft(admin, [account({ max: 11 })])
    const { scenarios } = await planned(admin, id)
    expect(scenarios[0]).to.include({ name: 'ten_tags', passed: false })
    expect(failed(scenarios[0]!)).to.deep.equal({
      path: '/steps/1/then',
      text: 'lily changes acme: + tags: “t11” → it is refused: tags: there are too many tags',
      outcome: 'failed',
      expected: 'It should be refused: tags: there are too many tags.',
      found: 'It was done.',
    })
    const chinese = (await planned(admin, id, 'zh-CN')).scenarios[0]!
    expect(chinese.label).to.equal('标签最多十个，每个不超过二十字')
    expect(failed(chinese)?.found).to.equal('操作成功。')
  })

  describe('that fail', () => {
    let id: string
    let hash: string
    const faultsOf = (answer: Answer) =>
      (answer.body as { errors: readonly { code: string; path: string }[] }).errors.map(({ code, path }) => ({
        code,
        path,
      }))

    before(async () => {
      id = await openDraft(admin, [account({ max: 12 })])
      hash = (await planOf(admin, id)).hash
    })

    it('block the publish', async () => {
      const answer = await publish(admin, id, hash)
      expect(answer.status).to.equal(422)
      expect(faultsOf(answer)).to.deep.equal([
        { code: 'META_SCENARIO_FAILED', path: '/scenario/ten_tags/steps/1/then' },
      ])
    })

    for (const override of [{}, { reason: ' ' }, { reason: 7 }, 'because']) {
      it(`do not give way to ${JSON.stringify(override)}`, async () => {
        const answer = await admin.post(`/api/meta/changesets/${id}/publish`, { hash, override })
        expect(answer.status).to.be.oneOf([400, 422])
        expect(faultsOf(answer)[0]?.path).to.match(/^\/override/)
      })
    }

    it('give way to a reason, which is kept with the version and in the audit', async () => {
      const override = { reason: 'The customer asked for twelve.' }
      const answer = await admin.post(`/api/meta/changesets/${id}/publish`, { hash, override })
      const { version } = dataOf<{ version: number }>(answer, 200)
      const versions = dataOf<readonly { version: number; override?: object }[]>(
        await admin.get('/api/meta/versions'),
        200,
      )
      const kept = { reason: override.reason, failed: ['ten_tags'] }
      expect(versions[0]).to.deep.include({ version, override: kept })
      expect(versions[1]).to.not.have.property('override')
      const { rows } = await engine.database.query<{ changes: string }>({
        text: `SELECT changes::text AS changes FROM ws_default.tenon_audit WHERE action = 'published' ORDER BY id DESC LIMIT 1`,
      })
      expect(JSON.parse(rows[0]!.changes)).to.deep.include({ override: kept })
    })

    it('are told as old to drafts that leave them as they are', async () => {
      const draft = await openDraft(admin, [{ kind: 'role', name: 'bystander', entities: {} }])
      const plan = await planned(admin, draft, 'en')
      expect(plan.scenarios.filter(({ passed }) => !passed)).to.have.length(1)
      expect(plan.scenarios.find(({ name }) => name === 'ten_tags')).to.include({ already: true })
      // They are asked for by themselves where somebody wants to read the steps meanwhile.
      const bare = await admin.post(`/api/meta/changesets/${draft}/plan?scenarios=0`, {})
      expect(bare.record).to.include({ hash: plan.hash, scenarios: null })
      const run = await admin.post(
        '/api/meta/scenarios/run',
        { changeset: draft },
        { headers: { 'Accept-Language': 'en' } },
      )
      expect(run.records).to.deep.equal(plan.scenarios)
      const wrong = await admin.post(`/api/meta/changesets/${draft}/plan?scenarios=later`, {})
      expect(wrong.problems[0]).to.include({ code: 'HTTP_PARAMETER_INVALID', path: '/scenarios' })
      // It is published with a reason all the same: that the version does not hold is kept with it.
      expect((await publish(admin, draft, plan.hash)).status).to.equal(422)
      await admin.delete(`/api/meta/changesets/${draft}`)
      // Written anew it is the draft's own.
      const { $schema: _schema, ...standing } = await inForce<Written>(admin, 'scenario/ten_tags')
      const rewritten = await openDraft(admin, [{ ...standing, label: 'Ten tags' }])
      const again = await planned(admin, rewritten, 'en')
      expect(again.scenarios.find(({ name }) => name === 'ten_tags')).to.not.have.property('already')
      await admin.delete(`/api/meta/changesets/${rewritten}`)
      await publishAll(admin, [account({ max: 10 })])
    })
  })

  it('have a clock that rules, the engine’s own fields and waiting go by', async () => {
    const written = scenario(
      'clock',
      {
        lily: { user: { roles: ['sales'] } },
        acme: { account: { name: 'Acme', owner: 'lily', due: '2024-03-10' } },
      },
      [
        step(
          { as: 'lily', read: 'acme' },
          { values: { days_left: 11, created_at: '2024-02-28T01:00:00.000Z' } },
        ),
        { wait: 'P1M' },
        step({ as: 'lily', read: 'acme' }, { values: { days_left: -18 } }),
        step(
          { as: 'lily', update: 'acme', set: { amount: 5 } },
          { values: { updated_at: '2024-03-28T01:00:00.000Z' } },
        ),
      ],
      { clock: '2024-02-28T09:00:00+08:00' },
    )
    const result = await tryOut(written)
    expect(failed(result)).to.equal(undefined)
  })

  it('act with the rights of the roles that people have', async () => {
    const people = { lily: { user: { roles: ['sales'] } }, max: { user: { roles: ['sales'] } } }
    const his = { account: { name: 'His', owner: 'max' } }
    const steps = [
      step({ as: 'lily', list: 'account' }, { hidden: ['his'], count: 0 }),
      step({ as: 'lily', read: 'his' }, { problem: { code: 'RECORD_NOT_FOUND' } }),
      step({ as: 'max', update: 'his', set: { owner: 'lily' } }, { owner: 'lily', hidden: ['his'] }),
      step({ as: 'lily', read: 'his' }, { values: { name: 'His' } }),
    ]
    expect(failed(await tryOut(scenario('rights', { ...people, his }, steps)))).to.equal(undefined)
    const open = { ...sales, entities: { account: { read: 'all' }, user: { read: 'all' } } }
    const result = await tryOut(scenario('rights', { ...people, his }, steps), [open])
    expect(failed(result)).to.deep.include({ path: '/steps/0/then/hidden', found: 'his is shown.' })
  })

  it('import rows, upsert, delete, restore, sum up and look into the history', async () => {
    const steps = [
      step(
        {
          as: 'lily',
          import: {
            account: [
              { name: 'A', code: 'a', amount: '3' },
              { name: 'B', amount: '-1' },
            ],
          },
        },
        { problem: { code: 'FIELD_NUMBER_TOO_SMALL', path: '/amount' }, count: 1 },
      ),
      step(
        { as: 'lily', upsert: { account: { code: 'a', amount: 4 } }, by: 'code', name: 'a' },
        { values: { name: 'A' } },
      ),
      step(
        { as: 'lily', create: { account: { name: 'Child', parent: 'a' } }, name: 'child' },
        { values: { parent: 'a' }, owner: 'lily' },
      ),
      step({ as: 'lily', update: ['a', 'child'], set: { amount: 10.5 } }, { values: { amount: 10.5 } }),
      step(
        { as: 'lily', summarise: 'account', measures: [{ fn: 'count' }, { fn: 'sum', field: 'amount' }] },
        { rows: [{ count: 2, sum_amount: 21 }] },
      ),
      step(
        { as: 'lily', update: 'a', set: { name: 'A2' } },
        { noted: { by: 'lily', action: 'update', changes: { name: { from: 'A', to: 'A2' } } } },
      ),
      step({ as: 'lily', read: 'a' }, { lane: [{ record: 'a', owner: 'lily' }] }),
      step({ as: 'lily', delete: 'child' }, { exists: false, noted: { by: 'lily', action: 'delete' } }),
      step({ as: 'lily', restore: 'child' }, { exists: true }),
      step({ as: 'lily', export: 'account' }, { problem: { code: 'AUTH_DENIED' } }),
    ]
    const result = await tryOut(scenario('acts', { lily: { user: { roles: ['sales'] } } }, steps))
    expect(failed(result)).to.equal(undefined)
  })

  const wrong: readonly { title: string; step: object; at: string }[] = [
    {
      title: 'a value',
      step: step({ as: 'lily', read: 'acme' }, { values: { name: 'B' } }),
      at: '/then/values/name',
    },
    { title: 'an owner', step: step({ as: 'lily', read: 'acme' }, { owner: 'max' }), at: '/then/owner' },
    { title: 'tags', step: step({ as: 'lily', read: 'acme' }, { tags: ['x'] }), at: '/then/tags' },
    {
      title: 'a shown field',
      step: step({ as: 'lily', read: 'acme' }, { absent: ['name'] }),
      at: '/then/absent',
    },
    {
      title: 'a record that is there',
      step: step({ as: 'lily', update: 'acme', set: { amount: 1 } }, { exists: false }),
      at: '/then/exists',
    },
    {
      title: 'sight',
      step: step({ as: 'max', list: 'account' }, { visible: ['acme'] }),
      at: '/then/visible',
    },
    { title: 'a count', step: step({ as: 'lily', list: 'account' }, { count: 3 }), at: '/then/count' },
    {
      title: 'rows',
      step: step({ as: 'lily', summarise: 'account' }, { rows: [{ count: 2 }] }),
      at: '/then/rows',
    },
    {
      title: 'the history',
      step: step({ as: 'lily', update: 'acme', set: { amount: 1 } }, { noted: { by: 'max' } }),
      at: '/then/noted',
    },
    {
      title: 'a lane',
      step: step({ as: 'lily', read: 'acme' }, { lane: [{ record: 'acme', owner: 'lily', lasts: 'P1D' }] }),
      at: '/then/lane',
    },
    {
      title: 'another problem',
      step: step(
        { as: 'lily', update: 'acme', set: { amount: -1 } },
        { problem: { code: 'FIELD_REQUIRED' } },
      ),
      at: '/then',
    },
    { title: 'a refusal', step: { as: 'lily', update: 'acme', set: { amount: -1 } }, at: '/then' },
  ]
  it('fail at what was not expected, and skip the rest', async () => {
    const given = {
      lily: { user: { roles: ['sales'] } },
      max: { user: { roles: ['sales'] } },
      acme: { account: { name: 'Acme', owner: 'lily' } },
    }
    const all = wrong.map((one, index) => scenario(`wrong_${index}`, given, [one.step, { wait: 'P1D' }]))
    const { scenarios } = await planned(admin, await openDraft(admin, all))
    const found = wrong.map(({ title }, index) => {
      const { story } = scenarios.find(({ name }) => name === `wrong_${index}`)!
      return {
        title,
        at: story.find(({ outcome }) => outcome === 'failed')?.path,
        last: story.at(-1)?.outcome,
      }
    })
    expect(found).to.deep.equal(
      wrong.map(({ title, at }) => ({ title, at: `/steps/0${at}`, last: 'skipped' })),
    )
  })

  it('fail where what is given cannot be', async () => {
    const result = await tryOut(scenario('given', { acme: { account: { amount: 1 } } }, [{ wait: 'P1D' }]))
    expect(failed(result)?.path).to.equal('/given/acme')
    expect(failed(result)?.found).to.equal('name: This field is required.')
  })

  it('run side by side and leave nothing behind', async () => {
    const tables = ['tenon_audit', 'tenon_job', 'tenon_import']
    const state = async () => [await schemas(), ...(await Promise.all(tables.map(countOf)))]
    const ids = await Promise.all([1, 2, 3].map((n) => openDraft(admin, [{ ...tenTags, note: `run ${n}` }])))
    const before = await state()
    const plans = await Promise.all(ids.map((id) => planned(admin, id)))
    expect(plans.map(({ scenarios }) => scenarios.map(({ passed }) => passed))).to.deep.equal([
      [true],
      [true],
      [true],
    ])
    expect(await state()).to.deep.equal(before)
    const again = await planned(admin, ids[0]!)
    expect(again.hash).to.equal(plans[0]?.hash)
  })

  it('follow a rename, and where-used lists what they mention', async () => {
    const uses = dataOf<readonly { definition: { kind: string }; path: string }[]>(
      await admin.get('/api/meta/definitions/entity/account/uses?item=tags'),
      200,
    )
    const paths = uses.filter(({ definition }) => definition.kind === 'scenario').map(({ path }) => path)
    expect(paths).to.deep.equal(['/steps/0/set/tags', '/steps/1/add/tags', '/steps/1/then/problem/path'])
    const { fields, ...rest } = account({ max: 10 }) as Written & { fields: readonly { name: string }[] }
    const renamed = fields.map((field) =>
      field.name === 'tags' ? { ...field, name: 'labels', was: 'tags' } : field,
    )
    const id = await openDraft(admin, [{ ...rest, fields: renamed }])
    const { scenarios } = await planned(admin, id)
    expect(failed(scenarios[0]!)).to.equal(undefined)
    expect(scenarios[0]?.story.at(-1)?.text).to.contain('labels')

    // A draft that takes the field away tells the same places, and what may stand there.
    const without = fields.filter(({ name }) => name !== 'tags')
    const lost = await openDraft(admin, [{ ...rest, fields: without }])
    type Taken = { item: string; others: { name: string }[]; uses: { path: string; in_key?: true }[] }
    const { taken } = dataOf<{ taken: readonly Taken[] }>(
      await admin.post(`/api/meta/changesets/${lost}/check`),
      200,
    )
    expect(taken.map(({ item }) => item)).to.deep.equal(['tags'])
    expect(taken[0]?.others.map(({ name }) => name)).to.deep.equal(without.map(({ name }) => name))
    const told = taken[0]!.uses.map(({ path, in_key }) => `${path} ${in_key ?? false}`)
    expect(told).to.include.members([
      '/steps/0/set/tags true',
      '/steps/1/add/tags true',
      '/steps/1/then/problem/path false',
    ])
  })

  const BY_ITSELF: Written = {
    kind: 'flow',
    name: 'by_itself',
    trigger: { record: 'account', on: ['created'] },
    steps: [{ name: 'end', do: 'stop' }],
  }
  const faulty: readonly { title: string; steps: readonly object[]; code: string; path: string }[] = [
    {
      title: 'two acts',
      steps: [{ as: 'lily', read: 'acme', list: 'account' }],
      code: 'META_VALUE_INVALID',
      path: '/steps/0',
    },
    { title: 'nobody', steps: [{ read: 'acme' }], code: 'META_KEY_MISSING', path: '/steps/0/as' },
    {
      title: 'a stranger',
      steps: [{ as: 'lilly', read: 'acme' }],
      code: 'META_SCENARIO_NAME_UNKNOWN',
      path: '/steps/0/as',
    },
    {
      title: 'a record that acts',
      steps: [{ as: 'acme', read: 'acme' }],
      code: 'META_SCENARIO_NAME_UNKNOWN',
      path: '/steps/0/as',
    },
    {
      title: 'a field that is none',
      steps: [{ as: 'lily', update: 'acme', set: { nam: 'x' } }],
      code: 'META_REFERENCE_UNKNOWN',
      path: '/steps/0/set/nam',
    },
    {
      title: 'a lookup to nothing',
      steps: [{ as: 'lily', update: 'acme', set: { parent: 'beta' } }],
      code: 'META_SCENARIO_NAME_UNKNOWN',
      path: '/steps/0/set/parent',
    },
    {
      title: 'a conversion into what there is not',
      steps: [{ as: 'lily', convert: 'acme', made: { deal: 'line' } }],
      code: 'META_SCENARIO_NAME_UNKNOWN',
      path: '/steps/0/made/deal',
    },
    {
      title: 'a button that is not named',
      steps: [{ as: 'lily', press: 'acme' }],
      code: 'META_KEY_MISSING',
      path: '/steps/0/flow',
    },
    {
      title: 'the button of a flow that there is not',
      steps: [{ as: 'lily', press: 'acme', flow: 'nowhere' }],
      code: 'META_REFERENCE_UNKNOWN',
      path: '/steps/0/flow',
    },
    {
      title: 'the button of a flow that has none',
      steps: [{ as: 'lily', press: 'acme', flow: 'by_itself' }],
      code: 'META_VALUE_INVALID',
      path: '/steps/0/flow',
    },
    {
      title: 'an event of a connection that there is not',
      steps: [{ event: 'nowhere.finished' }],
      code: 'META_REFERENCE_UNKNOWN',
      path: '/steps/0/event',
    },
    {
      title: 'a click in a report that there is not',
      steps: [{ as: 'lily', report: 'nowhere', click: {} }],
      code: 'META_REFERENCE_UNKNOWN',
      path: '/steps/0/report',
    },
    {
      title: 'a lane of what there is not',
      steps: [step({ as: 'lily', read: 'acme' }, { lane: [{ record: 'beta' }] })],
      code: 'META_SCENARIO_NAME_UNKNOWN',
      path: '/steps/0/then/lane/0/record',
    },
    {
      title: 'what an act has not',
      steps: [step({ as: 'lily', read: 'acme' }, { count: 1 })],
      code: 'META_VALUE_INVALID',
      path: '/steps/0/then/count',
    },
    {
      title: 'a wrong filter',
      steps: [{ as: 'lily', list: 'account', filter: { '==': [{ var: 'nope' }, 1] } }],
      code: 'RULE_FIELD_UNKNOWN',
      path: '/steps/0/filter/==/0/var',
    },
    {
      title: 'no entity',
      steps: [{ as: 'lily', list: 'acount' }],
      code: 'META_REFERENCE_UNKNOWN',
      path: '/steps/0/list',
    },
  ]
  for (const { title, steps, code, path } of faulty) {
    it(`are refused with ${title}`, async () => {
      const given = { lily: { user: { roles: ['sales'] } }, acme: { account: { name: 'Acme' } } }
      const id = await openDraft(admin, [scenario('faulty', given, steps), BY_ITSELF])
      const { problems } = dataOf<{ problems: readonly { code: string; path: string }[] }>(
        await admin.post(`/api/meta/changesets/${id}/check`),
        200,
      )
      expect(problems.map((fault) => `${fault.code} ${fault.path}`)).to.deep.equal([
        `${code} /scenario/faulty${path}`,
      ])
    })
  }
})
