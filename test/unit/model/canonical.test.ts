import { expect } from 'chai'
import { canonical, equalDefinitions } from '../../../engine/model/canonical.ts'
import { registry } from './sample.ts'

describe('canonical', () => {
  it('puts keys in the order of the schema, sorts maps, and leaves defaults out', () => {
    const written = {
      $schema: '../schema/entity.schema.json',
      fields: [
        {
          required: false,
          max: 255,
          type: 'text',
          label: { 'zh-CN': '名称', en: 'Name' },
          name: 'name',
          id: '0192f0c0-0000-7000-8000-000000000001',
        },
        { default: { b: 1, a: [{ d: 1, c: 2 }] }, type: 'json', name: 'extra', unique: false },
        { onDelete: 'refuse', to: 'account', type: 'lookup', name: 'account', required: true },
      ],
      features: [],
      owned: false,
      name: 'deal',
      kind: 'entity',
      note: 'n',
    }
    expect(JSON.stringify(canonical(written, registry))).to.equal(
      JSON.stringify({
        kind: 'entity',
        name: 'deal',
        fields: [
          {
            name: 'name',
            id: '0192f0c0-0000-7000-8000-000000000001',
            type: 'text',
            label: { en: 'Name', 'zh-CN': '名称' },
          },
          { name: 'extra', type: 'json', default: { a: [{ c: 2, d: 1 }], b: 1 } },
          { name: 'account', type: 'lookup', to: 'account', required: true },
        ],
        note: 'n',
      }),
    )
  })

  it('keeps what says something although it looks like a default', () => {
    const role = {
      kind: 'role',
      name: 'r',
      default: { read: 'none' },
      entities: { b: { create: false }, a: { read: 'none' } },
    }
    expect(canonical(role, registry)).to.deep.equal(role)
  })

  it('takes any JSON, also keys that objects inherit', () => {
    const odd = JSON.parse(
      '{"kind":"entity","name":"x","fields":[1,null,{"__proto__":1,"constructor":2}],"__proto__":{"b":1,"a":2},"zz":[]}',
    )
    expect(JSON.stringify(canonical(odd, registry))).to.equal(
      '{"kind":"entity","name":"x","fields":[1,null,{"__proto__":1,"constructor":2}],"__proto__":{"a":2,"b":1},"zz":[]}',
    )
    expect(canonical([3], registry)).to.deep.equal([3])
    expect(canonical({ kind: 'toString', b: 1, a: 2 }, registry)).to.deep.equal({
      a: 2,
      b: 1,
      kind: 'toString',
    })
  })
})

describe('equalDefinitions', () => {
  const view = {
    kind: 'view',
    name: 'v',
    entity: 'a',
    type: 'table',
    columns: ['x', { field: 'y', total: 'sum' }],
  }
  const cases = [
    {
      title: 'the order of keys',
      other: {
        columns: ['x', { total: 'sum', field: 'y' }],
        type: 'table',
        entity: 'a',
        name: 'v',
        kind: 'view',
      },
      equal: true,
    },
    { title: 'a default', other: { ...view, sort: [] }, equal: true },
    { title: 'the order of a list', other: { ...view, columns: [...view.columns].reverse() }, equal: false },
    { title: 'a value', other: { ...view, entity: 'b' }, equal: false },
  ]
  for (const { title, other, equal } of cases) {
    it(`${equal ? 'does not see' : 'sees'} ${title}`, () => {
      expect(equalDefinitions(view, other, registry)).to.equal(equal)
    })
  }
})
