import { expect } from 'chai'
import type { Database, Statement } from '../../../engine/db/database.ts'
import { bulkRecords } from '../../../engine/records/bulk.ts'
import { type FlowWorld, flowWorld } from '../../support/flow-world.ts'
import { SCHEMA } from '../../support/model-world.ts'

const entity = (name: string) => ({
  ...{ kind: 'entity', name, title: 'name', owned: true },
  fields: [
    { name: 'name', type: 'text' },
    { name: 'state', type: 'text' },
    { name: 'count', type: 'integer' },
  ],
})
const flow = (name: string, trigger: object, steps: readonly object[]) => ({
  ...{ kind: 'flow', name, trigger: { record: 'enquiry', ...trigger }, steps },
})
const onState = (state: string) => ({
  ...{ on: ['changed'], fields: ['state'], when: { '==': [{ var: 'state' }, state] } },
})

const DEFINITIONS = [
  entity('enquiry'),
  entity('plain'),
  {
    ...entity('lead'),
    fields: [
      { name: 'name', type: 'text' },
      { name: 'area', type: 'text' },
    ],
  },
  {
    ...{ kind: 'entity', name: 'area', title: 'name' },
    fields: [
      { name: 'name', type: 'text' },
      { name: 'area', type: 'text' },
      { name: 'person', type: 'user', onDelete: 'clear', inverse: 'areas' },
    ],
  },
  {
    ...{ kind: 'assignment', name: 'leads', entity: 'lead', on: ['created'] },
    rules: [{ name: 'area', to: { table: 'area', match: ['area'], take: 'person' } }],
  },
  {
    ...{ kind: 'role', name: 'consultant', default: { read: 'none' } },
    entities: { enquiry: { read: 'own', update: 'own' } },
  },
  {
    ...{ kind: 'assignment', name: 'enquiries', entity: 'enquiry', on: ['created'] },
    rules: [
      {
        ...{ name: 'consultants', when: { '!=': [{ var: 'state' }, 'nobody'] } },
        ...{ to: { role: 'consultant' }, by: 'round_robin' },
      },
    ],
  },
  flow('again', onState('again'), [
    { name: 'given', do: 'assign' },
    { do: 'notify', to: { value: { var: 'steps.given.owner' } }, title: 'yours' },
  ]),
  {
    ...{ kind: 'flow', name: 'passed_on', trigger: { record: 'plain', on: ['created'] } },
    steps: [{ name: 'made', do: 'create', entity: 'enquiry', set: { name: { var: 'name' } } }],
  },
  flow('circle', { on: ['changed'], fields: ['owner'] }, [
    { do: 'update', add: { count: 1 } },
    { do: 'assign', when: { '==': [{ var: 'state' }, 'circle'] } },
  ]),
]

describe('a step that assigns', () => {
  let world: FlowWorld
  const people: string[] = []
  before(async () => {
    world = await flowWorld(DEFINITIONS)
    for (const name of ['ann', 'bob', 'cem'])
      people.push(await world.create('user', { name, email: `${name}@example.com`, roles: ['consultant'] }))
    people.sort()
  })
  after(() => world.close())

  const ownerOf = async (id: string) =>
    (
      await world.query<{ owner: string }>(
        `SELECT owner::text AS owner FROM ${SCHEMA}.enquiry WHERE id = $1`,
        [id],
      )
    )[0]!.owner
  const decisions = (id: string) =>
    world.query<{ cause: string; outcome: string; chosen: string | null }>(
      `SELECT cause, outcome, chosen::text AS chosen FROM ${SCHEMA}.tenon_assignment WHERE record = $1 ORDER BY id`,
      [id],
    )

  it('decides by the rules whoever has the record, in turn with what is created, and keeps why', async () => {
    const id = await world.create('enquiry', { name: 'one' })
    const other = await world.create('enquiry', { name: 'two' })
    await world.patch('enquiry', id, { state: 'again' })
    await world.settle()
    expect([await ownerOf(other), await ownerOf(id)]).to.deep.equal([people[1], people[2]])
    expect(await decisions(id)).to.deep.equal([
      { cause: 'created', outcome: 'given', chosen: people[0] },
      { cause: 'flow', outcome: 'given', chosen: people[2] },
    ])
    const [told] = await world.query(`SELECT owner::text AS owner, record FROM ${SCHEMA}.notification`)
    expect(told).to.deep.equal({ owner: people[2], record: id })
  })

  it('spreads exactly what many runs at once ask for', async () => {
    const create = Array.from({ length: 30 }, (_, index) => ({ name: `many ${index}`, owner: people[0] }))
    await world.bulk('enquiry', { create })
    await world.bulk('enquiry', { filter: { '>=': [{ var: 'name' }, 'many'] }, set: { state: 'again' } })
    await world.settle()
    const spread = await world.query(
      `SELECT count(*)::int AS n FROM ${SCHEMA}.enquiry WHERE name LIKE 'many%' AND owner = ANY($1::uuid[]) GROUP BY owner`,
      [people],
    )
    expect(spread).to.deep.equal([{ n: 10 }, { n: 10 }, { n: 10 }])
  })

  it('needs none for what a flow creates: the assignment of new records decides, in turn with others', async () => {
    const names = Array.from({ length: 6 }, (_, index) => `passed on ${index}`)
    await world.bulk('plain', { create: names.map((name) => ({ name })) })
    await world.settle()
    const made = await world.query<{ id: string; owner: string }>(
      `SELECT id::text AS id, owner::text AS owner FROM ${SCHEMA}.enquiry WHERE name LIKE 'passed on %'`,
    )
    expect(made.map(({ owner }) => owner).sort()).to.deep.equal([...people, ...people].sort())
    for (const { id, owner } of made)
      expect(await decisions(id)).to.deep.equal([{ cause: 'created', outcome: 'given', chosen: owner }])
  })

  it('reads what a table is asked by once, however many records come at once', async () => {
    for (const [index, person] of people.entries()) await world.create('area', { area: `a${index}`, person })
    const seen: string[] = []
    const context = await world.context()
    const spied = (executor: object) => ({
      ...executor,
      query(statement: Statement) {
        seen.push(statement.text)
        return (executor as Database).query(statement)
      },
    })
    const db = {
      ...world.db,
      transaction: (work: never, choice?: never) =>
        world.db.transaction((tx) => (work as (tx: object) => Promise<unknown>)(spied(tx)), choice),
    } as unknown as Database
    const create = Array.from({ length: 30 }, (_, index) => ({ name: `l${index}`, area: `a${index % 3}` }))
    await bulkRecords({ ...context, db }, 'lead', { create })
    const owned = await world.query<{ area: string; owner: string }>(
      `SELECT area, owner::text AS owner FROM ${SCHEMA}.lead`,
    )
    expect(owned.map(({ area, owner }) => owner === people[Number(area.slice(1))])).to.deep.equal(
      Array(30).fill(true),
    )
    const reads = seen.filter((text) => text.startsWith('SELECT row_to_json') && text.includes('"lead" t'))
    expect(reads.length).to.be.within(1, 3)
  })

  it('leaves the owner where nobody is found', async () => {
    const id = await world.create('enquiry', { name: 'kept', state: 'nobody', owner: people[1] })
    await world.model.publish([
      flow('lost', onState('nobody'), [{ do: 'assign' }]),
      flow('button', { button: {} }, [{ do: 'assign' }]),
    ])
    await world.patch('enquiry', id, { state: 'x' })
    await world.patch('enquiry', id, { state: 'nobody' })
    await world.settle()
    expect([await ownerOf(id), (await decisions(id)).at(-1)]).to.deep.equal([
      people[1],
      { cause: 'flow', outcome: 'nobody', chosen: null },
    ])
  })

  it('is cut where what it gives sets its own flow off', async () => {
    const [turn] = await world.query<{ last: string }>(
      `SELECT last::text AS last FROM ${SCHEMA}.tenon_assignment_turn WHERE last IS NOT NULL`,
    )
    const next = people[(people.indexOf(turn!.last) + 1) % people.length]
    const id = await world.create('enquiry', { name: 'round', state: 'circle', owner: next })
    await world.settle()
    await world.patch('enquiry', id, { owner: turn!.last }) // whom the turn does not come to at once
    await world.settle()
    const runs = (await world.runs('circle')).filter(({ record }) => record === id)
    expect(runs.map(({ state, fault }) => [state, fault?.code])).to.deep.equal([
      ['done', undefined],
      ['cut', 'FLOW_LOOP'],
    ])
  })

  it('is refused where no assignment speaks of the record', async () => {
    const { problems } = await world.model
      .publish([
        { ...flow('wrong', { button: {} }, [{ do: 'assign' }]), trigger: { record: 'plain', button: {} } },
      ])
      .then(
        () => ({ problems: [] }),
        (error: { problems: readonly { code: string; path: string }[] }) => error,
      )
    expect(problems.map(({ code, path }) => `${code} ${path}`)).to.deep.equal([
      'META_VALUE_INVALID /flow/wrong/steps/0',
    ])
  })
})
