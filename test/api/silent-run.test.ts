import { expect } from 'chai'
import { dataOf, inForce, openDraft, planOf, publish, publishAll, type Written } from '../support/drafts.ts'
import { startEngine, type TestEngine } from '../support/engine.ts'
import type { Client } from '../support/http.ts'
import { eventually, loginAs, outcome } from '../support/http-model.ts'

const text = (name: string) => ({ name, type: 'text' })
const definitions = [
  {
    kind: 'entity',
    name: 'deal',
    title: 'name',
    owned: true,
    fields: [
      { ...text('name'), label: 'Name' },
      { name: 'amount', type: 'integer', label: 'Amount' },
      { name: 'mark', type: 'text', label: 'Mark' },
      { name: 'number', type: 'auto_number', pattern: 'D{####}' },
    ],
  },
  {
    ...{ kind: 'entity', name: 'memo', title: 'name' },
    fields: [text('name'), { name: 'size', type: 'integer' }],
  },
  {
    ...{ kind: 'validation', name: 'short', entity: 'memo', problem: { message: 'Too long.' } },
    must: { '<': [{ var: 'size' }, 100] },
  },
  {
    ...{ kind: 'entity', name: 'ticket', title: 'name' },
    fields: [text('name'), { name: 'number', type: 'auto_number', pattern: 'T{####}' }],
  },
  {
    ...{ kind: 'flow', name: 'ticketing', trigger: { record: 'memo', on: ['deleted'] } },
    steps: [
      { do: 'create', entity: 'ticket', set: { name: 'one' } },
      { do: 'create', entity: 'ticket', set: { name: 'other' } },
    ],
  },
  { kind: 'role', name: 'seller', default: { create: true, read: 'all', update: 'all', delete: 'all' } },
  { kind: 'role', name: 'writer', default: { read: 'none' }, administration: ['definitions'] },
  {
    ...{
      kind: 'validation',
      name: 'small',
      entity: 'deal',
      problem: { field: 'amount', message: 'Too much.' },
    },
    must: { '<': [{ var: 'amount' }, 100] },
  },
  {
    ...{ kind: 'assignment', name: 'by_hand', entity: 'deal', on: ['created'] },
    rules: [{ name: 'all', to: [{ user: 'ann@example.com' }] }],
  },
  {
    ...{ kind: 'flow', name: 'greet', trigger: { record: 'deal', on: ['created'] } },
    steps: [{ do: 'update', set: { mark: 'greeted' } }],
  },
] as unknown as readonly Written[]

interface Example {
  readonly differs: string
  readonly record: { readonly id: string; readonly label: string } | null
  readonly is_new: boolean
  readonly now: { readonly does: string; readonly [key: string]: unknown } | null
  readonly draft: { readonly does: string; readonly [key: string]: unknown } | null
  readonly problem: { readonly code: string } | null
}
interface Watched {
  readonly name: string
  readonly looked_at: number
  readonly same: number
  readonly differing: Readonly<Record<string, number>>
  readonly examples: readonly Example[]
}
interface Silent {
  readonly run: {
    readonly ended: { readonly why: string; readonly problems: readonly { readonly path: string }[] } | null
    readonly current: boolean
    readonly looked_at: number
    readonly waiting: number
    readonly passed_over: number
    readonly limit: number
    readonly definitions: readonly Watched[]
  } | null
  readonly problems: readonly { readonly code: string; readonly path: string }[]
}
type Person = Client & { readonly id: string }

describe('a draft that runs silently', () => {
  let engine: TestEngine
  let admin: Client
  let sue: Person
  let ann: Person
  let bob: Person
  let writer: Person
  let count = 0

  before(async () => {
    engine = await startEngine()
    admin = await engine.loginAdmin()
    ann = await loginAs(admin, 'ann', [])
    await publishAll(admin, definitions)
    sue = await loginAs(admin, 'sue', ['seller'])
    bob = await loginAs(admin, 'bob', ['seller'])
    writer = await loginAs(admin, 'wim', ['writer'])
  })
  after(async () => engine?.stop())

  const at = (id: string): string => `/api/meta/changesets/${id}/silent`
  const silent = async (id: string, who: Client = admin) => dataOf<Silent>(await who.get(at(id)), 200)
  const begin = async (id: string) => {
    const { hash } = await planOf(admin, id)
    return admin.put(at(id), { hash })
  }
  const begun = async (drafted: readonly Written[], removed: readonly string[] = []) => {
    const id = await openDraft(admin, drafted, removed)
    dataOf(await begin(id), 200)
    return id
  }
  /** What has been found once so many writes have been judged. */
  const found = async (id: string, writes: number) => {
    await eventually(async () => (await silent(id)).run!.looked_at >= writes)
    return (await silent(id)).run!
  }
  const make = async (amount: number, who: Client = sue) =>
    (await who.post('/api/records/deal', { name: `d${++count}`, amount })).record
  const named = (run: NonNullable<Silent['run']>, name: string): Watched =>
    run.definitions.find((one) => one.name === name)!
  const differing = ({ differing: all }: Watched) =>
    Object.fromEntries(Object.entries(all).filter(([, times]) => times > 0))
  const countOf = async (table: string): Promise<number> => {
    const { rows } = await engine.database.query<{ n: number }>({
      text: `SELECT count(*)::integer AS n FROM "ws_default".${table}`,
    })
    return rows[0]!.n
  }

  it('says of each write what a validation, an assignment and a flow would do otherwise, and does nothing', async () => {
    const check: Written = await inForce(admin, 'validation/small')
    const rule: Written = await inForce(admin, 'assignment/by_hand')
    const flow: Written = await inForce(admin, 'flow/greet')
    const id = await begun([
      { ...check, must: { '<': [{ var: 'amount' }, 70] } },
      {
        ...rule,
        rules: [
          { name: 'large', when: { '>': [{ var: 'amount' }, 50] }, to: [{ user: 'bob@example.com' }] },
          ...(rule.rules as object[]),
        ],
      },
      {
        ...flow,
        steps: [
          ...(flow.steps as object[]),
          {
            do: 'create',
            entity: 'deal',
            when: { '>': [{ var: 'amount' }, 50] },
            set: { name: 'More', amount: 1 },
          },
          {
            do: 'notify',
            to: [{ user: 'bob@example.com' }],
            title: 'Look',
            when: { '>': [{ var: 'amount' }, 50] },
          },
        ],
      },
    ] as Written[])
    const [small, large, huge] = [await make(5), await make(60), await make(80)]
    const run = await found(id, 9) // each is made, given to somebody, and marked by the flow
    expect(named(run, 'small')).to.deep.include({ looked_at: 6, same: 4 })
    expect(differing(named(run, 'small'))).to.deep.equal({ would_refuse: 2 })
    expect(named(run, 'small').examples[0]).to.deep.include({
      record: { id: huge.id, label: huge.name },
      now: { does: 'accepts' },
      draft: { does: 'refuses', message: 'Too much.' },
    })
    expect([named(run, 'by_hand').same, differing(named(run, 'by_hand'))]).to.deep.equal([
      1,
      { other_owner: 2 },
    ])
    expect(named(run, 'by_hand').examples[0]).to.deep.include({
      now: { does: 'gives', to: { id: ann.id, label: 'ann' }, rule: 'all' },
      draft: { does: 'gives', to: { id: bob.id, label: 'bob' }, rule: 'large' },
    })
    expect(differing(named(run, 'greet'))).to.deep.equal({ other_steps: 2 })
    // The draft's own validation would stop its flow at the last of them.
    const steps = named(run, 'greet').examples.map(({ draft }) =>
      (draft!.steps as { fault: string | null }[]).map(({ fault }) => fault),
    )
    expect(steps).to.deep.equal([['Too much.'], [null, null, null]])
    // Nothing of the draft has been: no record, no note, no run, no other owner, no number.
    expect((await admin.get('/api/records/deal?count=exact')).records.length).to.equal(3)
    expect((await bob.get('/api/records/notification')).records).to.deep.equal([])
    expect(await countOf('tenon_run')).to.equal(3)
    expect(await countOf('tenon_told')).to.equal(0)
    for (const one of [small, large, huge])
      expect((await admin.get(`/api/records/deal/${one.id}`)).record.owner).to.equal(ann.id)
    expect((await make(5)).number).to.equal('D0004')
    expect((await admin.delete(at(id))).status).to.equal(204)
    expect((await silent(id)).run?.ended?.why).to.equal('withdrawn')
    expect(named((await silent(id)).run!, 'small').examples.length).to.equal(2)
    await make(60)
    await eventually(async () => (await countOf("tenon_run WHERE state = 'done'")) === 5)
    expect(await countOf('tenon_silent_event')).to.equal(0)
  })

  it('counts what is refused today and would be accepted, and what sets off one side only', async () => {
    const check: Written = await inForce(admin, 'validation/small')
    const flow: Written & { readonly trigger: object } = await inForce(admin, 'flow/greet')
    const id = await begun([
      { ...check, must: { '<': [{ var: 'amount' }, 150] } },
      { ...flow, trigger: { ...flow.trigger, when: { '>': [{ var: 'amount' }, 50] } } },
      {
        ...flow,
        id: undefined,
        name: 'also',
        trigger: { record: 'deal', on: ['changed'], fields: ['amount'] },
      },
    ] as Written[])
    expect(outcome(await sue.post('/api/records/deal', { name: 'x', amount: 120 }))).to.equal(
      '422 RECORD_VALIDATION_FAILED',
    )
    const kept = await make(20)
    for (const amount of [130, 200])
      expect(outcome(await sue.patch(`/api/records/deal/${kept.id}`, { amount }))).to.equal(
        '422 RECORD_VALIDATION_FAILED',
      )
    dataOf(await sue.patch(`/api/records/deal/${kept.id}`, { amount: 30 }), 200)
    const run = await found(id, 7)
    const small = named(run, 'small')
    expect([small.looked_at, small.same, differing(small)]).to.deep.equal([6, 4, { would_accept: 2 }])
    expect(small.examples.map(({ record, is_new: isNew }) => [record?.id, isNew])).to.have.deep.members([
      [kept.id, false],
      [undefined, true],
    ])
    expect(differing(named(run, 'greet'))).to.deep.equal({ only_now: 1 })
    expect(named(run, 'greet').examples[0]).to.deep.include({ draft: { does: 'nothing' } })
    expect(differing(named(run, 'also'))).to.deep.equal({ only_draft: 1 })
    expect(await countOf('tenon_silent_event')).to.equal(0)
    await admin.delete(at(id))
  })

  it('goes on over what is published meanwhile, ends where that clashes, and with its own publish', async () => {
    const check: Written = await inForce(admin, 'validation/small')
    const flow: Written = await inForce(admin, 'flow/greet')
    const going = await begun([{ ...check, must: { '<': [{ var: 'amount' }, 40] } }])
    const clashing = await begun([{ ...flow, steps: [{ do: 'update', set: { mark: 'mine' } }] }])
    await publishAll(admin, [{ ...flow, steps: [{ do: 'update', set: { mark: 'theirs' } }] }])
    const ended = (await silent(clashing)).run!.ended!
    expect([ended.why, ended.problems.map(({ path }) => path)]).to.deep.equal([
      'clash',
      ['/flow/greet/steps/0/set/mark'],
    ])
    const told = async () => (await admin.get('/api/records/notification')).records
    await eventually(async () => (await told()).some(({ record }) => record === clashing))
    expect((await told()).map(({ entity, record }) => [entity, record])).to.deep.equal([
      ['changeset', clashing],
    ])
    await make(50)
    expect(differing(named(await found(going, 3), 'small'))).to.deep.equal({ would_refuse: 2 })
    const listed = (await admin.get('/api/meta/changesets')).records
    expect(listed.find((one) => one.id === going)!.silent_since).to.be.a('string')
    expect(outcome(await admin.delete(`/api/meta/changesets/${going}`))).to.equal('409 META_SILENT_RUNNING')
    const plan = await planOf(admin, going)
    dataOf(await publish(admin, going, plan.hash), 200)
    expect((await silent(going)).run?.ended?.why).to.equal('published')
    await publishAll(admin, [check])
  })

  it('says what cannot be compared, and judges the rest', async () => {
    const entity = await inForce<Written & { fields: object[] }>(admin, 'entity/deal')
    const check: Written = await inForce(admin, 'validation/small')
    const flow: Written = await inForce(admin, 'flow/greet')
    const pressed = { ...flow, id: undefined, name: 'pressed', trigger: { record: 'deal', button: {} } }
    const asksNew = {
      ...check,
      ...{
        id: undefined,
        name: 'more_said',
        must: { '!=': [{ var: 'more' }, 'x'] },
        problem: { message: 'More?' },
      },
    }
    const drafted = [
      { ...entity, fields: [...entity.fields, { name: 'more', type: 'text' }] },
      asksNew,
      { ...pressed, steps: [{ do: 'create', entity: 'deal', set: { name: 'n', amount: 1 } }] },
    ] as Written[]
    const unfit = ['/flow/pressed', '/validation/more_said']
    const refused = await begin(await openDraft(admin, drafted))
    expect(refused.problems.map(({ code, path }) => `${code} ${path}`)).to.have.members(
      unfit.map((place) => `META_SILENT_UNFIT ${place}`),
    )
    const id = await begun([...drafted, { ...check, must: { '<': [{ var: 'amount' }, 30] } }])
    expect((await silent(id)).problems.map(({ path }) => path)).to.have.members(unfit)
    expect((await silent(id)).run!.definitions.map(({ name }) => name)).to.deep.equal(['small'])
    await make(40)
    expect(differing(named(await found(id, 3), 'small'))).to.deep.equal({ would_refuse: 2 })
    await admin.delete(at(id))
  })

  it('refuses hostile and wrong input, and whoever may not publish', async () => {
    const check: Written = await inForce(admin, 'validation/small')
    const id = await openDraft(admin, [{ ...check, must: { '<': [{ var: 'amount' }, 20] } }])
    const { hash } = await planOf(admin, id)
    const cases = [
      [{}, '422 FIELD_REQUIRED'],
      [{ hash: 1 }, '422 FIELD_TYPE_WRONG'],
      [{ hash, people: [] }, '422 FIELD_UNKNOWN'],
      [{ hash: 'x' }, '409 META_PLAN_MOVED'],
    ] as const
    for (const [body, expected] of cases) expect(outcome(await admin.put(at(id), body))).to.equal(expected)
    expect(outcome(await admin.put(at('x'), { hash }))).to.equal('404 META_CHANGESET_UNKNOWN')
    expect(outcome(await admin.delete(at(id)))).to.equal('404 META_SILENT_NONE')
    expect(outcome(await writer.put(at(id), { hash }))).to.equal('403 AUTH_DENIED')
    expect(outcome(await writer.delete(at(id)))).to.equal('403 AUTH_DENIED')
    expect(outcome(await sue.get(at(id)))).to.equal('403 AUTH_DENIED')
    const view = { kind: 'view', name: 'v', entity: 'deal', type: 'table', columns: ['name'] }
    expect(outcome(await begin(await openDraft(admin, [view])))).to.equal('409 META_SILENT_EMPTY')
    dataOf(await admin.put(at(id), { hash }), 200)
    await make(25)
    // Whoever writes definitions and may not read the records learns how many differ, not which.
    await found(id, 3)
    const run = (await silent(id, writer)).run!
    expect(named(run, 'small').examples.map(({ record }) => record)).to.deep.equal([null, null])
    const drafted = { ...check, must: { '<': [{ var: 'amount' }, 10] } }
    dataOf(await admin.put(`/api/meta/changesets/${id}/definitions/validation/small`, drafted), 200)
    expect((await silent(id)).run!.current).to.equal(false)
    dataOf(await begin(id), 200)
    expect([(await silent(id)).run!.current, (await silent(id)).run!.looked_at]).to.deep.equal([true, 0])
    await admin.delete(at(id))
  })

  it('counts nothing twice and loses nothing where it is cut off', async () => {
    const check: Written = await inForce(admin, 'validation/small')
    const id = await begun([{ ...check, must: { '<': [{ var: 'amount' }, 20] } }])
    // Who notes the writes waits at the first of these, with its cursor; who judges them at the second, all figures written.
    for (const [index, table] of ['tenon_silent_event', 'tenon_silent_example'].entries()) {
      await engine.database.session(async (held) => {
        await held.query({ text: 'BEGIN' })
        await held.query({ text: `LOCK TABLE "ws_default".${table} IN SHARE MODE` })
        await make(30)
        await eventually(async () => {
          const { rows } = await engine.database.query<{ cut: boolean }>({
            text: `SELECT pg_terminate_backend(pid) AS cut FROM pg_stat_activity
WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%INSERT INTO%.${table} %'`,
          })
          return rows.length > 0
        })
        await held.query({ text: 'ROLLBACK' })
      })
      if (index === 1) await make(30) // calls again at once
    }
    const small = named(await found(id, 9), 'small')
    expect([small.looked_at, differing(small)]).to.deep.equal([6, { would_refuse: 6 }])
    expect(small.examples.length).to.equal(6)
    await admin.delete(at(id))
  })

  it('judges once more what somebody held for a moment', async () => {
    const flow: Written = await inForce(admin, 'flow/greet')
    const id = await begun([
      {
        ...flow,
        steps: [...(flow.steps as object[]), { do: 'create', entity: 'memo', set: { name: 'More' } }],
      },
    ] as Written[])
    // Whoever judges gets no lock on a run, as if another held it; tries are counted where nothing takes them back.
    const run = (text: string) => engine.database.query<{ tries: number }>({ text })
    await run('CREATE SEQUENCE "ws_default".tries')
    await run(`CREATE FUNCTION "ws_default".hold() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting('lock_timeout') = '200ms' THEN
    PERFORM nextval('"ws_default".tries');
    RAISE EXCEPTION 'held' USING ERRCODE = '55P03';
  END IF;
  RETURN NEW;
END $$`)
    await run(
      'CREATE TRIGGER held BEFORE INSERT ON "ws_default".tenon_run FOR EACH ROW EXECUTE FUNCTION "ws_default".hold()',
    )
    await make(60)
    await eventually(async () => {
      const { rows } = await run(
        'SELECT CASE WHEN is_called THEN last_value::integer ELSE 0 END AS tries FROM "ws_default".tries',
      )
      return rows[0]!.tries > 1
    })
    await run('DROP FUNCTION "ws_default".hold() CASCADE')
    const greet = named(await found(id, 3), 'greet')
    expect(differing(greet)).to.deep.equal({ other_steps: 1 })
    await run('DROP SEQUENCE "ws_default".tries')
    await admin.delete(at(id))
  })

  it('draws no number for what is taken back, also where none was ever drawn', async () => {
    const { id } = (await admin.post('/api/records/memo', { name: 'm', size: 1 })).record
    const numbers: unknown[] = []
    for (let turn = 0; turn < 2; turn++) {
      const tried = dataOf<{ state: string }>(
        await admin.post('/api/flows/ticketing/simulate', { record: id }),
        200,
      )
      expect(tried.state).to.equal('done')
      numbers.push((await admin.post('/api/records/ticket', { name: 't' })).record.number)
    }
    expect(numbers).to.deep.equal(['T0001', 'T0002'])
  })

  it('looks at some of a mass, keeps the newest examples, and stops when it has seen enough', async () => {
    const short: Written = await inForce(admin, 'validation/short')
    const id = await begun([{ ...short, must: { '<': [{ var: 'size' }, 10] } }])
    const create = Array.from({ length: 260 }, (_, index) => ({ name: `m${index}`, size: 20 }))
    dataOf(await admin.post('/api/records/memo/bulk', { create }), 200)
    await found(id, 200)
    dataOf(await admin.post('/api/records/memo', { name: 'last', size: 30 }), 201)
    const run = await found(id, 201)
    expect([run.looked_at, run.passed_over, run.waiting]).to.deep.equal([201, 60, 0])
    const { differing: all, examples } = named(run, 'short')
    expect([all.would_refuse, examples.length, examples[0]!.record!.label]).to.deep.equal([201, 200, 'last'])
    const brief = dataOf<Silent>(await admin.get(`${at(id)}?figures_only=true`), 200).run!
    expect([named(brief, 'short').looked_at, named(brief, 'short').examples]).to.deep.equal([201, []])
    // A write of which the record is gone, before one that can be judged.
    const gone = { id: '1', source: 'audit', at: new Date().toISOString(), action: 'create', version: 1 }
    const entity = (await inForce<Written & { id: string }>(admin, 'entity/memo')).id
    await engine.database.query({
      text: `INSERT INTO "ws_default".tenon_silent_event (run, event)
SELECT id, $1::jsonb FROM "ws_default".tenon_silent_run WHERE ended_at IS NULL`,
      values: [
        JSON.stringify({
          ...{ ...gone, entity, record: '01a221c2-7d24-7024-819d-115600c109a8', actor: null, via: 'api' },
          ...{ request: null, subject: null, changes: { size: 20 }, fields: ['size'] },
        }),
      ],
    })
    dataOf(await admin.post('/api/records/memo', { name: 'more', size: 5 }), 201)
    const still = named(await found(id, 203), 'short')
    expect([still.same, differing(still)]).to.deep.equal([1, { would_refuse: 201, not_comparable: 1 }])
    expect(still.examples[0]!.problem!.code).to.equal('META_SILENT_INCOMPARABLE')
    await engine.database.query({
      text: 'UPDATE "ws_default".tenon_silent_run SET taken = 5000, looked = 5000',
    })
    dataOf(await admin.post('/api/records/memo', { name: 'unseen', size: 50 }), 201)
    expect(outcome(await admin.post('/api/records/memo', { size: 200 }))).to.equal(
      '422 RECORD_VALIDATION_FAILED',
    )
    const { looked_at: looked, limit } = (await silent(id)).run!
    expect([looked, limit]).to.deep.equal([5000, 5000])
    await admin.delete(at(id))
  })
})
