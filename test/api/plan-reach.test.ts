import { expect } from 'chai'
import { dataOf, openDraft, publishAll, type Written } from '../support/drafts.ts'
import { startEngine, type TestEngine } from '../support/engine.ts'
import type { Client } from '../support/http.ts'
import { loginAs } from '../support/http-model.ts'

const label = { en: 'Seats', 'zh-CN': '座位' }
const LESSON = {
  ...{ kind: 'entity', name: 'lesson', title: 'name' },
  fields: [
    { name: 'name', type: 'text' },
    { name: 'seats', type: 'integer', label },
    { name: 'room', type: 'text' },
  ],
}
const definitions = [
  LESSON,
  { kind: 'entity', name: 'other', title: 'name', fields: [{ name: 'name', type: 'text' }] },
  { kind: 'view', name: 'by_seats', entity: 'lesson', type: 'table', columns: ['name', 'seats'] },
  { kind: 'view', name: 'by_room', entity: 'lesson', type: 'table', columns: ['name', 'room'] },
  {
    ...{ kind: 'validation', name: 'few', label: { en: 'Few', 'zh-CN': '少' }, entity: 'lesson' },
    ...{ must: { '<': [{ var: 'seats' }, 100] }, problem: { message: 'Too many' } },
  },
  { kind: 'report', name: 'seats_in_all', entity: 'lesson', measures: [{ fn: 'sum', field: 'seats' }] },
  { kind: 'role', name: 'teacher', entities: { lesson: { read: 'own' } } },
  { kind: 'role', name: 'guest', entities: { other: { read: 'all' } } },
] as unknown as readonly Written[]

interface Reach {
  readonly touched: {
    readonly definitions: readonly { readonly kind: string; readonly name: string; readonly label: string }[]
    readonly roles: readonly { readonly name: string }[]
    readonly people: number
  }
  readonly estimate: object
}

describe('what a plan reaches', () => {
  let engine: TestEngine
  let admin: Client

  before(async () => {
    engine = await startEngine()
    admin = await engine.loginAdmin()
    await publishAll(admin, definitions)
    for (const name of ['tom', 'tina']) await loginAs(admin, name, ['teacher'])
    await loginAs(admin, 'gus', ['guest'])
  })
  after(async () => engine?.stop())

  const planned = async (fields: readonly object[]): Promise<Reach> => {
    const id = await openDraft(admin, [{ ...LESSON, fields } as Written])
    return dataOf<Reach>(await admin.post(`/api/meta/changesets/${id}/plan`), 200)
  }

  it('is told with what mentions the change, the roles that read it, and how many people have them', async () => {
    const [name, seats, room] = LESSON.fields
    const { touched, estimate } = await planned([
      name!,
      { ...seats, label: { ...label, en: 'Places' } },
      room!,
    ])
    expect(touched.definitions.map(({ kind, name: one }) => `${kind}/${one}`)).to.have.members([
      ...['view/by_seats', 'validation/few', 'report/seats_in_all'],
    ])
    expect(touched.definitions.find(({ name: one }) => one === 'few')!.label).to.equal('少')
    // The administrator reads everything, and is one of them.
    expect(touched.roles.map(({ name: one }) => one)).to.have.members(['administrator', 'teacher'])
    expect(touched.people).to.equal(3)
    expect(estimate).to.deep.equal({ seconds: { least: 1, most: 1 }, rewritten: 0, indexed: 0 })
  })

  it('is told of what nothing mentions, too', async () => {
    const { touched } = await planned([...LESSON.fields, { name: 'day', type: 'date' }])
    expect(touched.definitions).to.deep.equal([])
    expect(touched.people).to.equal(3)
  })

  it('takes long where a table is full: values and indexes are counted, by how busy the database is', async () => {
    await engine.database.query({
      text: `INSERT INTO ws_default.lesson (id, name, seats, created_at)
SELECT gen_random_uuid(), 'L' || n, n % 30, now() FROM generate_series(1, 24000) n`,
    })
    await engine.database.query({ text: 'ANALYZE ws_default.lesson' })
    const [name, seats, room] = LESSON.fields
    const { estimate } = await planned([{ ...name, unique: true }, seats!, { ...room, type: 'integer' }])
    expect(estimate).to.deep.equal({
      ...{ seconds: { least: 8, most: 22 }, rewritten: 24_000, indexed: 24_000 },
    })
  })
})
