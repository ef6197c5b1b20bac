import { expect } from 'chai'
import {
  dataOf,
  openDraft,
  type PlanStep,
  planOf,
  publish,
  publishAll,
  type Written,
} from '../support/drafts.ts'
import { startEngine, type TestEngine } from '../support/engine.ts'
import type { Client } from '../support/http.ts'
import { loginAs } from '../support/http-model.ts'

interface Example {
  readonly entity: string
  readonly record: { readonly id: string; readonly label: string }
  readonly field?: string
  readonly value?: unknown
}
type Told = PlanStep & { readonly examples?: readonly Example[] }

const option = (name: string) => ({ name, label: { en: name, 'zh-CN': name } })
const COLOURS = [option('red'), option('green')]
const NAME = { name: 'name', type: 'text' }
const FIELDS: readonly Readonly<Record<string, unknown>>[] = [
  NAME,
  { name: 'code', type: 'text', max: 20 },
  { name: 'colour', type: 'select', options: COLOURS },
  { name: 'size', type: 'integer' },
  { name: 'shelf', type: 'lookup', to: 'shelf' },
  { name: 'near', type: 'dynamic_lookup', to: ['shelf', 'room'] },
  { name: 'marks', type: 'multi_select', optionSet: 'mark' },
  { name: 'rooms', type: 'many_to_many', to: 'room' },
]
const box = (fields: readonly object[], more: object = {}) =>
  ({ kind: 'entity', name: 'box', title: 'name', owned: true, fields, ...more }) as Written
const without = (...names: readonly string[]) => FIELDS.filter(({ name }) => !names.includes(String(name)))
const changed = (name: string, keys: object) =>
  FIELDS.map((field) => (field.name === name ? { ...field, ...keys } : field))
const plain = (name: string) => ({ kind: 'entity', name, title: 'name', fields: [NAME] })
const marks = (...names: readonly string[]) => ({
  ...{ kind: 'option_set', name: 'mark', label: { en: 'Mark', 'zh-CN': '标记' } },
  options: names.map(option),
})
const planner = (name: string, entities: object) => ({
  ...{ kind: 'role', name, label: { en: name, 'zh-CN': name } },
  ...{ administration: ['definitions'], entities },
})
const OTHERS = { shelf: { read: 'all' }, room: { read: 'all' } }

describe('the records that a step of a plan counts', () => {
  let engine: TestEngine
  let admin: Client
  const made = new Map<string, string>()

  const make = async (client: Client, entity: string, record: { readonly name: string }) => {
    const { id } = dataOf<{ id: string }>(await client.post(`/api/records/${entity}`, record), 201)
    made.set(record.name, id)
    return id
  }
  before(async () => {
    engine = await startEngine()
    admin = await engine.loginAdmin()
    await publishAll(admin, [
      ...[marks('new', 'old'), plain('shelf'), plain('room')],
      ...[box(FIELDS), plain('bare')],
      planner('all_but_code', { box: { read: 'all', fields: { code: { read: false } } }, ...OTHERS }),
      planner('own', { box: { read: 'own', create: true }, ...OTHERS }),
      planner('no_box', OTHERS),
      planner('no_room', { box: { read: 'all' }, shelf: { read: 'all' } }),
    ] as readonly Written[])
    const shelf = await make(admin, 'shelf', { name: 'Top' })
    const room = await make(admin, 'room', { name: 'Cellar' })
    await make(admin, 'box', { name: 'first', code: 'twice', colour: 'red', size: 3, shelf } as never)
    await make(admin, 'box', { name: 'second', code: 'twice', near: { entity: 'room', id: room } } as never)
    await make(admin, 'box', { name: 'third', code: 'a code too long', marks: ['old', 'new'] } as never)
    await make(admin, 'box', { name: 'fourth', colour: 'green', size: 12, rooms: [room] } as never)
    const binned = await make(admin, 'box', { name: 'binned', code: 'twice', colour: 'red' } as never)
    await admin.delete(`/api/records/box/${binned}`)
  })
  after(() => engine?.stop())

  const plan = async (client: Client, definitions: readonly object[], removed: readonly string[] = []) => {
    const { steps } = await planOf(client, await openDraft(client, definitions as Written[], removed))
    return steps as readonly Told[]
  }
  const only = async (client: Client, definition: object, kind: string, ...more: object[]): Promise<Told> =>
    (await plan(client, [definition, ...more])).find((step) => step.kind === kind)!
  // The role that is kept from the code is no longer where there is none.
  const noCode = planner('all_but_code', { box: { read: 'all' }, ...OTHERS })
  const of = (name: string, more: object = {}) => ({
    ...{ entity: 'box', record: { id: made.get(name)!, label: name } },
    ...more,
  })

  it('are told with the value that goes with a field, the newest first', async () => {
    const step = await only(admin, box(without('code')), 'retireField', noCode)
    expect(step).to.deep.include({ tag: 'lossy', records: 3 })
    expect(step.examples).to.deep.equal([
      of('third', { field: 'code', value: 'a code too long' }),
      of('second', { field: 'code', value: 'twice' }),
      of('first', { field: 'code', value: 'twice' }),
    ])
  })

  it('are told with the names of what a value leads to', async () => {
    const shelf = await only(admin, box(without('shelf')), 'retireField')
    expect(shelf.examples).to.deep.equal([
      of('first', { field: 'shelf', value: { id: made.get('Top'), label: 'Top' } }),
    ])
    const rooms = await only(admin, box(without('rooms')), 'retireField')
    expect(rooms.examples).to.deep.equal([
      of('fourth', { field: 'rooms', value: [{ id: made.get('Cellar'), label: 'Cellar' }] }),
    ])
    const near = await only(admin, box(changed('near', { to: ['shelf'] })), 'changeFieldTarget')
    expect(near).to.deep.include({ tag: 'blocked', records: 1 })
    expect(near.examples).to.deep.equal([
      of('second', { field: 'near', value: { entity: 'room', id: made.get('Cellar'), label: 'Cellar' } }),
    ])
  })

  it('are told of an entity that goes, at most five; of an empty one there are none', async () => {
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) await make(admin, 'room', { name })
    // Without what leads there.
    const steps = await plan(
      admin,
      [box(without('near', 'rooms')), planner('own', {}), planner('all_but_code', {}), planner('no_box', {})],
      ['entity/room', 'entity/bare'],
    )
    const gone = new Map(
      steps.flatMap((step) => (step.kind === 'retireEntity' ? [[step.definition.name, step]] : [])),
    )
    expect(gone.get('room')).to.deep.include({ tag: 'lossy', records: 7 })
    expect(gone.get('room')!.examples).to.deep.equal(
      ['f', 'e', 'd', 'c', 'b'].map((name) => ({
        entity: 'room',
        record: { id: made.get(name), label: name },
      })),
    )
    expect(gone.get('bare')).to.deep.include({ tag: 'safe', records: 0 }).and.not.have.property('examples')
  })

  it('are told of an option that goes, of a field and of a set', async () => {
    const own = await only(admin, box(changed('colour', { options: COLOURS.slice(1) })), 'removeOption')
    expect(own).to.deep.include({ records: 1, examples: [of('first')] })
    const set = await only(admin, marks('new'), 'removeOption')
    expect(set).to.deep.include({ records: 1, examples: [of('third')] })
  })

  it('are told of what a field asks for now', async () => {
    const longer = await only(admin, box(changed('code', { max: 10, required: true })), 'changeField')
    expect(longer.records).to.equal(2)
    // One lacks what is required, the other is too long.
    expect(longer.examples).to.deep.equal([
      of('fourth'),
      of('third', { field: 'code', value: 'a code too long' }),
    ])
    const range = await only(admin, box(changed('size', { max: 10 })), 'changeField')
    expect(range.examples).to.deep.equal([of('fourth', { field: 'size', value: 12 })])
    const owner = await only(admin, box(FIELDS, { owned: false }), 'removeOwner')
    expect(owner.records).to.equal(owner.examples?.length)
    expect(owner.examples![0]!.value).to.have.property('label', 'Admin')
  })

  it('are told of values that occur twice, those beside one another that share one', async () => {
    const step = await only(admin, box(changed('code', { unique: true })), 'addUnique')
    expect(step).to.deep.include({ tag: 'blocked', records: 2 })
    expect(step.examples).to.deep.equal(
      ['second', 'first'].map((name) => of(name, { field: 'code', value: 'twice' })),
    )
    // Of two fields together the records are told alone.
    await make(admin, 'box', { name: 'first', code: 'pair', size: 3 } as never)
    await make(admin, 'box', { name: 'first', code: 'other', size: 3 } as never)
    const pair = await only(admin, box(FIELDS, { unique: [['name', 'size']] }), 'addUnique')
    expect(pair).to.deep.include({ tag: 'blocked', records: 3 })
    expect(pair.examples?.map((one) => Object.keys(one))).to.deep.equal(
      Array.from({ length: 3 }, () => ['entity', 'record']),
    )
  })

  describe('to whoever may not know all of them', () => {
    it('not at all where the field or the entity is hidden, nor by what they would have to see elsewhere', async () => {
      const blind = await loginAs(admin, 'blind', ['all_but_code'])
      const code = await only(blind, box(without('code')), 'retireField', noCode)
      expect(code.records).to.be.greaterThan(2)
      expect(code).not.to.have.property('examples')
      const twice = await only(blind, box(changed('code', { unique: true })), 'addUnique')
      expect(twice).to.have.property('tag', 'blocked')
      expect(twice).not.to.have.property('examples')
      const size = await only(blind, box(without('size')), 'retireField')
      expect(size.examples).to.deep.include(of('fourth', { field: 'size', value: 12 }))
      const outside = await loginAs(admin, 'outside', ['no_box'])
      const hidden = await only(outside, box(without('size')), 'retireField')
      expect(hidden.records).to.be.greaterThan(1)
      expect(hidden).not.to.have.property('examples')
      const roomless = await loginAs(admin, 'roomless', ['no_room'])
      for (const [definition, kind] of [
        [box(without('rooms')), 'retireField'],
        [box(changed('near', { to: ['shelf'] })), 'changeFieldTarget'],
      ] as const)
        expect(await only(roomless, definition, kind)).not.to.have.property('examples')
    })

    it('only those that they may read, without a value that they do not see everywhere', async () => {
      const owner = await loginAs(admin, 'owner', ['own'])
      const step = () => only(owner, box(without('size')), 'retireField')
      expect(await step()).not.to.have.property('examples')
      await make(owner, 'box', { name: 'mine', size: 4, code: 'twice' } as never)
      expect((await step()).examples).to.deep.equal([of('mine')])
      // That another record shares the value is not theirs to know.
      const twice = await only(owner, box(changed('code', { unique: true })), 'addUnique')
      expect(twice.records).to.equal(3)
      expect(twice).not.to.have.property('examples')
    })
  })

  it('are no part of the plan: it is the same while others come and go', async () => {
    const id = await openDraft(admin, [box(without('marks'))])
    const before = await planOf(admin, id)
    await make(admin, 'box', { name: 'later', marks: ['new'] } as never)
    const after = await planOf(admin, id)
    const [told] = after.steps.filter(({ kind }) => kind === 'retireField') as readonly Told[]
    expect(told!.examples![0]).to.deep.equal(of('later', { field: 'marks', value: ['new'] }))
    expect(after.hash).to.equal(before.hash)
    dataOf(await publish(admin, id, before.hash), 200)
  })
})
