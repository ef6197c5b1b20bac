import { expect } from 'chai'
import { dataOf, openDraft, type PlanStep, planOf, publish, type Written } from '../support/drafts.ts'
import { startEngine, type TestEngine } from '../support/engine.ts'
import type { Client } from '../support/http.ts'

type Value = unknown
interface Case {
  readonly from: object
  readonly to: object
  readonly tag: 'safe' | 'lossy'
  /** What is stored, what becomes of it, and what it is once the type is taken back. */
  readonly values: readonly (readonly [Value, Value])[]
}

type Converting = PlanStep & {
  readonly note: string
  readonly conversion: {
    readonly examples: readonly {
      readonly value: Value
      readonly becomes: Value
      readonly record?: { readonly id: string; readonly label: string }
    }[]
    readonly lost_records: readonly string[]
  }
}

const SIZES = [
  { name: 'small', label: { en: 'Small', 'zh-CN': '小' } },
  { name: 'large', label: { en: 'Large', 'zh-CN': '大' } },
]

const CASES: readonly Case[] = [
  {
    from: { type: 'text' },
    to: { type: 'integer' },
    tag: 'lossy',
    values: [
      ['12', 12],
      [' 1,204 ', 1204],
      ['twelve', null],
      ['1.5', null],
    ],
  },
  {
    from: { type: 'text' },
    to: { type: 'currency' },
    tag: 'lossy',
    values: [
      ['¥1,200.50', 1200.5],
      ['free', null],
    ],
  },
  {
    from: { type: 'text' },
    to: { type: 'date' },
    tag: 'lossy',
    values: [
      ['2026-03-02', '2026-03-02'],
      ['2026-02-30', null],
    ],
  },
  {
    from: { type: 'text' },
    to: { type: 'select', options: SIZES },
    tag: 'lossy',
    values: [
      ['small', 'small'],
      ['Large', 'large'],
      ['大', 'large'],
      ['huge', null],
    ],
  },
  {
    from: { type: 'text' },
    to: { type: 'email' },
    tag: 'lossy',
    values: [
      ['li.ming@example.com', 'li.ming@example.com'],
      ['by phone', null],
    ],
  },
  {
    from: { type: 'text', max: 2000 },
    to: { type: 'long_text' },
    tag: 'safe',
    values: [[' kept as it is ', ' kept as it is ']],
  },
  {
    from: { type: 'long_text' },
    to: { type: 'text', max: 5 },
    tag: 'lossy',
    values: [
      ['short', 'short'],
      ['far too long', null],
    ],
  },
  {
    from: { type: 'long_text' },
    to: { type: 'rich_text' },
    tag: 'safe',
    values: [['1 < 2 & 3\nend', '<p>1 &lt; 2 &amp; 3<br>end</p>']],
  },
  {
    from: { type: 'integer' },
    to: { type: 'text' },
    tag: 'safe',
    values: [
      [12, '12'],
      [-999_999_999_999_999, '-999999999999999'],
    ],
  },
  {
    from: { type: 'decimal', scale: 2 },
    to: { type: 'integer' },
    tag: 'lossy',
    values: [
      [3, 3],
      [3.5, null],
    ],
  },
  {
    from: { type: 'date_time' },
    to: { type: 'date' },
    tag: 'lossy',
    values: [['2026-03-02T20:30:00.000Z', '2026-03-03']],
  },
  {
    from: { type: 'date' },
    to: { type: 'date_time' },
    tag: 'safe',
    values: [['2026-03-03', '2026-03-02T16:00:00.000Z']],
  },
  {
    from: { type: 'boolean' },
    to: { type: 'integer' },
    tag: 'safe',
    values: [
      [true, 1],
      [false, 0],
    ],
  },
  {
    from: { type: 'select', options: SIZES },
    to: { type: 'multi_select', options: SIZES },
    tag: 'safe',
    values: [['small', ['small']]],
  },
  {
    from: { type: 'multi_select', options: SIZES },
    to: { type: 'select', options: SIZES },
    tag: 'lossy',
    values: [
      [['large'], 'large'],
      [['small', 'large'], null],
    ],
  },
  {
    from: { type: 'select', options: SIZES },
    to: { type: 'text' },
    tag: 'safe',
    values: [['large', '大']],
  },
]

describe('a change of a field’s type', () => {
  let engine: TestEngine
  let admin: Client
  before(async () => {
    engine = await startEngine()
    admin = await engine.loginAdmin()
    const setting = { kind: 'setting', name: 'company', timeZone: 'Asia/Shanghai' }
    await admin.put('/api/meta/content/setting/company', setting)
    await put(CASES.map(({ from }, index) => entity(index, from)))
  })
  after(() => engine?.stop())

  const nameOf = (index: number) => `thing_${index}`
  const entity = (index: number, field: object): Written => ({
    kind: 'entity',
    name: nameOf(index),
    fields: [
      { name: 'name', type: 'text' },
      { name: 'it', ...field },
    ],
  })

  async function draft(definitions: readonly Written[]) {
    const id = await openDraft(admin, definitions)
    const plan = await planOf(admin, id)
    return { id, plan }
  }

  async function put(definitions: readonly Written[]): Promise<number> {
    const { id, plan } = await draft(definitions)
    return dataOf<{ version: number }>(await publish(admin, id, plan.hash), 200).version
  }

  const stored = async (index: number): Promise<readonly Value[]> => {
    const { body } = await admin.get(`/api/records/${nameOf(index)}?sort=created_at,name&limit=200`)
    return (body as { data: readonly { it: Value }[] }).data.map(({ it }) => it)
  }

  describe('carries values over, and back again', () => {
    let steps: readonly PlanStep[] = []
    const held: { before: readonly Value[]; during: readonly Value[]; after: readonly Value[] }[] = []
    const all = () => Promise.all(CASES.map((_case, index) => stored(index)))
    before(async () => {
      for (const [index, { values }] of CASES.entries()) {
        const records = values.map(([it], number) => ({ name: `n${number}`, it }))
        dataOf(await admin.post(`/api/records/${nameOf(index)}/bulk`, { create: records }), 200)
      }
      const first = await all()
      const { id, plan } = await draft(CASES.map(({ to }, index) => entity(index, to)))
      steps = plan.steps
      const { version } = dataOf<{ version: number }>(await publish(admin, id, plan.hash), 200)
      const second = await all()
      await back(version - 1)
      const third = await all()
      for (const [index, before] of first.entries())
        held.push({ before, during: second[index]!, after: third[index]! })
    })

    for (const [index, { from, to, tag, values }] of CASES.entries()) {
      const [old, now] = [from, to].map((one) => (one as { type: string }).type)
      it(`from ${old} to ${now}`, () => {
        const ours = steps.filter(({ definition }) => definition.name === nameOf(index))
        expect(ours.map((step) => [step.kind, step.tag])).to.deep.equal([['changeFieldType', tag]])
        const lost = values.filter(([, becomes]) => becomes === null).length
        expect(ours[0]!.conversion).to.deep.include({ values: values.length, lost })
        expect(ours[0]!.records).to.equal(lost)
        expect(held[index]).to.deep.equal({
          before: values.map(([value]) => value),
          during: values.map(([, becomes]) => becomes),
          after: values.map(([value]) => value),
        })
      })
    }
  })

  async function back(version: number): Promise<void> {
    const { id } = dataOf<{ id: string }>(await admin.post(`/api/meta/versions/${version}/restore`, {}), 201)
    const { hash } = await planOf(admin, id)
    dataOf(await publish(admin, id, hash), 200)
  }

  describe('besides', () => {
    it('shows values that do not convert, and what becomes of those that do', async () => {
      const { plan } = await draft([entity(0, { type: 'integer' })])
      const [step] = plan.steps as readonly Converting[]
      const told = step!.conversion.examples.map(({ value, becomes }) => ({ value, becomes }))
      expect(told).to.deep.include({ value: 'twelve', becomes: null })
      expect(told).to.deep.include({ value: '12', becomes: 12 })
    })

    it('names the record of each example, and every record that loses its value', async () => {
      const { plan } = await draft([entity(0, { type: 'integer' })])
      const { conversion } = plan.steps[0] as Converting
      const { records } = await admin.get(`/api/records/${nameOf(0)}?fields=name,it`)
      const by = (value: Value) =>
        records.find(({ it }) => it === value) as unknown as { id: string; name: string }
      const twelve = conversion.examples.find(({ value }) => value === 'twelve')
      const { id, name } = by('twelve')
      expect(twelve).to.deep.include({ records: 1, record: { id, label: name } })
      expect(conversion).to.deep.include({ entity: nameOf(0), field: 'it' })
      expect(conversion.lost_records).to.have.members([id, by('1.5').id])
    })

    it('names neither values nor records to whoever does not see them all', async () => {
      const designs = { kind: 'role', name: 'planner', administration: ['definitions'] }
      await put([{ ...designs, entities: { [nameOf(0)]: { read: 'all', fields: { it: { read: false } } } } }])
      const email = 'planner@example.com'
      dataOf(
        await admin.post('/api/records/user', { name: 'P', email, roles: ['planner'], password: email }),
        201,
      )
      const planner = await engine.client.login(email, email)
      const { plan } = await draft([entity(0, { type: 'integer' })])
      const id = await openDraft(planner, [entity(0, { type: 'integer' })])
      const [theirs] = (await planOf(planner, id)).steps as readonly Converting[]
      expect(theirs!.conversion).to.deep.equal({ values: 4, lost: 2, altered: 1 })
      expect((plan.steps[0] as Converting).conversion).to.have.property('examples')
    })

    it('asks for no yes where no value is lost, and for one again once one is', async () => {
      const about = (type: string) => ({
        ...{ kind: 'entity', name: 'parcel' },
        fields: [
          { name: 'name', type: 'text' },
          { name: 'weight', type },
        ],
      })
      await put([about('text')])
      for (const weight of ['12', '7', undefined])
        await admin.post('/api/records/parcel', { name: 'a', weight })
      const { id, plan } = await draft([about('integer')])
      const [step] = plan.steps as readonly Converting[]
      expect(step).to.deep.include({ kind: 'changeFieldType', tag: 'safe' })
      expect(step!.note).to.equal('所有值都会转换；原来的值会保留，可随时恢复。')
      await admin.post('/api/records/parcel', { name: 'b', weight: '1,000' })
      expect((await publish(admin, id, plan.hash)).status).to.equal(409)
      const again = await planOf(admin, id)
      const [asking] = again.steps as readonly Converting[]
      // It is a number, but nothing leads back to how it was written.
      expect(asking).to.deep.include({ tag: 'lossy' })
      expect(asking!.conversion).to.deep.include({ values: 3, lost: 0, altered: 1 })
      dataOf(await publish(admin, id, again.hash), 200)
    })

    it('says which values come back where a type does', async () => {
      const version = await put([entity(0, { type: 'integer' })])
      const { id } = dataOf<{ id: string }>(
        await admin.post(`/api/meta/versions/${version - 1}/restore`, {}),
        201,
      )
      const plan = await planOf(admin, id)
      const [step] = plan.steps as readonly Converting[]
      // “12” and “1,204” are numbers today; the second was written otherwise, and two others were no numbers.
      expect(step!.conversion).to.deep.include({ values: 2, lost: 0, returned: 3 })
      const told = step!.conversion.examples.map(({ value, becomes }) => ({ value, becomes }))
      expect(told).to.deep.include({ value: null, becomes: 'twelve' })
      expect(told).to.deep.include({ value: 1204, becomes: ' 1,204 ' })
      dataOf(await publish(admin, id, plan.hash), 200)
      expect(await stored(0)).to.have.members(['12', ' 1,204 ', 'twelve', '1.5'])
    })

    it('keeps what was said since, and the old values of all others', async () => {
      const { records } = await admin.get(`/api/records/${nameOf(0)}?sort=name`)
      const version = await put([entity(0, { type: 'integer' })])
      const [first, second] = records as readonly { id: string }[]
      await admin.patch(`/api/records/${nameOf(0)}/${first!.id}`, { it: 77 })
      await admin.patch(`/api/records/${nameOf(0)}/${second!.id}`, { it: null })
      await admin.post(`/api/records/${nameOf(0)}`, { name: 'n9', it: 5 })
      const { body } = await admin.get(`/api/records/${nameOf(0)}/${first!.id}/history`)
      const said = (body as { data: { changes: { before: Value; after: Value }[] }[] }).data.map(
        ({ changes }) => changes.map((change) => [change.before, change.after]),
      )
      expect(said.flat()).to.deep.include.members([
        [12, 77],
        [null, '12'],
      ])
      await back(version - 1)
      expect(await stored(0)).to.deep.equal(['77', null, 'twelve', '1.5', '5'])
    })

    it('is refused where there is no reading of one as the other', async () => {
      const { plan } = await draft([entity(0, { type: 'lookup', to: 'user' })])
      expect(plan.steps).to.have.length(1)
      expect(plan.steps[0]).to.deep.include({ kind: 'changeFieldType', tag: 'blocked' })
    })

    it('works out anew what is made of its values, finds and sorts by them', async () => {
      const fields = (it: object) => ({
        kind: 'entity',
        name: 'invoice',
        fields: [
          { name: 'name', type: 'text' },
          { name: 'total', ...it },
        ],
      })
      await put([fields({ type: 'text', searchable: true })])
      for (const total of ['9', '10', '200']) await admin.post('/api/records/invoice', { name: total, total })
      const twice = {
        name: 'twice',
        type: 'formula',
        result: 'decimal',
        value: { '*': [{ var: 'total' }, 2] },
      }
      const numbers = fields({ type: 'decimal', unique: true })
      await put([{ ...numbers, fields: [...numbers.fields, twice] }])
      const { records } = await admin.get('/api/records/invoice?sort=-total&fields=total,twice')
      expect(records.map(({ total, twice: doubled }) => [total, doubled])).to.deep.equal([
        [200, 400],
        [10, 20],
        [9, 18],
      ])
      const again = await admin.post('/api/records/invoice', { name: 'again', total: 10 })
      expect(again.status).to.equal(409)
    })
  })
})
