import { expect } from 'chai'
import { registerBuiltInFields } from '../../../engine/fields/built-in.ts'
import type { Definition } from '../../../engine/model/compiled.ts'
import { planDdl } from '../../../engine/model/ddl.ts'
import { toDefinitionSet } from '../../../engine/model/definition-set.ts'
import { assignPhysical } from '../../../engine/model/physical.ts'
import type { FieldPlace, PhysicalRow } from '../../../engine/model/place.ts'
import { createRegistry } from '../../../engine/registry/registry.ts'

const registry = createRegistry()
registerBuiltInFields(registry)

const id = (number: number) => `0192f0c0-0000-7000-8000-${String(number).padStart(12, '0')}`
type Wish = {
  readonly id: string
  readonly name: string
  readonly type: string
  readonly [key: string]: unknown
}

function entity(number: number, name: string, fields: readonly Wish[], more: object = {}): Definition {
  return { kind: 'entity', id: id(number), name, fields, ...more } as Definition
}

function assign(
  definitions: readonly Definition[],
  before: readonly PhysicalRow[] = [],
): readonly PhysicalRow[] {
  return assignPhysical(toDefinitionSet(definitions), before, registry)
}

function placeOf(rows: readonly PhysicalRow[], item: string) {
  const row = rows.find((one) => one.itemId === item)
  if (row === undefined) throw new Error(`no place for ${item}`)
  return { ...(row.place as FieldPlace), retired: row.retired }
}

const text = (number: number, name: string): Wish => ({ id: id(number), name, type: 'text' })

describe('places of definitions', () => {
  const columns: readonly { readonly name: string; readonly column: string }[] = [
    { name: 'order', column: 'order' },
    { name: 'ctid', column: 'ctid_2' },
    { name: 'search', column: 'search_2' },
    { name: 'a'.repeat(40), column: 'a'.repeat(40) },
  ]
  for (const { name, column } of columns) {
    it(`a field ${name.slice(0, 10)} lies in the column ${column.slice(0, 10)}`, () => {
      const rows = assign([entity(1, 'shop', [text(11, name)])])
      expect(placeOf(rows, id(11)).columns).to.deep.equal([column])
    })
  }

  it('keeps its column through a rename, and gives the free name to nobody else', () => {
    const before = assign([entity(1, 'shop', [text(11, 'name')])])
    const after = assign([entity(1, 'shop', [text(11, 'title'), text(12, 'name')])], before)
    expect([placeOf(after, id(11)).columns, placeOf(after, id(12)).columns]).to.deep.equal([
      ['name'],
      ['name_2'],
    ])
  })

  it('finds its column again when it returns', () => {
    const before = assign([entity(1, 'shop', [text(11, 'name'), text(12, 'city')])])
    const without = assign([entity(1, 'shop', [text(11, 'name')])], before)
    expect(placeOf(without, id(12))).to.deep.include({ columns: ['city'], retired: true })
    const back = assign([entity(1, 'shop', [text(11, 'name'), text(12, 'town')])], without)
    expect(placeOf(back, id(12))).to.deep.include({ columns: ['city'], retired: false })
    expect(planDdl('"s"', without, back).statements).to.deep.equal([])
  })

  it('gets another column for another type, and the old one back with the old type', () => {
    const before = assign([entity(1, 'shop', [text(11, 'code')])])
    const number = assign([entity(1, 'shop', [{ ...text(11, 'code'), type: 'integer' }])], before)
    expect(placeOf(number, id(11)).columns).to.deep.equal(['code_2'])
    const again = assign([entity(1, 'shop', [text(11, 'code')])], number)
    expect(placeOf(again, id(11)).columns).to.deep.equal(['code'])
    const third = assign([entity(1, 'shop', [{ ...text(11, 'code'), type: 'integer' }])], again)
    expect(placeOf(third, id(11)).columns).to.deep.equal(['code_2'])
  })

  it('gives a table of its own to an entity whose name a retired one has', () => {
    const before = assign([entity(1, 'shop', [text(11, 'name')])])
    const after = assign([entity(2, 'shop', [text(21, 'name')])], before)
    const tables = after.flatMap((row) => (row.kind === 'entity' ? [[row.place.table, row.retired]] : []))
    expect(tables).to.deep.equal([
      ['shop_2', false],
      ['shop', true],
    ])
  })

  it('follows no lookup to another entity with the old values', () => {
    const to = (target: string): Wish => ({ id: id(11), name: 'of', type: 'lookup', to: target })
    const [left, right] = [entity(2, 'left', [text(21, 'name')]), entity(3, 'right', [text(31, 'name')])]
    const before = assign([entity(1, 'shop', [to('left')]), left, right])
    const after = assign([entity(1, 'shop', [to('right')]), left, right], before)
    expect(placeOf(after, id(11))).to.deep.include({ columns: ['of_2'], target: id(3) })
  })

  it('asks for indexes in the direction and null order in which lists sort', () => {
    const rows = assign([
      entity(1, 'shop', [text(11, 'city'), { id: id(12), name: 'marks', type: 'tags' }], {
        indexes: [['city', '-created_at'], ['-city'], ['marks'], ['owner', '+city']],
        owned: true,
      }),
    ])
    const keys = rows.flatMap((row) =>
      row.kind === 'index'
        ? [[...row.place.keys, ...(row.place.carried ?? []).map((column) => `+${column}`)].join(', ')]
        : [],
    )
    expect(keys).to.include.members([
      '"created_at" DESC, "id" DESC',
      '"owner", "created_at" DESC, "id" DESC',
      '"city", "created_at" DESC, "id" DESC',
      '"city" DESC NULLS LAST, "id" DESC',
      '"marks"',
      '"owner", +"city"',
    ])
  })

  it('never drops what holds data', () => {
    const before = assign([
      entity(1, 'shop', [text(11, 'name'), { ...text(12, 'code'), unique: true }]),
      entity(2, 'stand', [text(21, 'name')]),
    ])
    const after = assign([entity(1, 'shop', [text(11, 'name')])], before)
    const statements = planDdl('"s"', before, after).statements.map(({ text: sql }) =>
      sql.split(' ').slice(0, 2).join(' '),
    )
    expect(statements).to.deep.equal(['DROP INDEX'])
  })

  it('locks existing tables in the order of their names, those that are pointed to more weakly', () => {
    const zoo = entity(1, 'zoo', [text(11, 'name')])
    const ape = entity(2, 'ape', [text(21, 'name')])
    const before = assign([zoo, ape])
    const lookup: Wish = { id: id(12), name: 'ape', type: 'lookup', to: 'ape' }
    const after = assign([entity(1, 'zoo', [text(11, 'name'), lookup]), ape], before)
    expect(planDdl('"s"', before, after).locks).to.deep.equal([
      { table: 'ape', mode: 'SHARE ROW EXCLUSIVE' },
      { table: 'zoo', mode: 'ACCESS EXCLUSIVE' },
    ])
  })
})
