import { expect } from 'chai'
import { KINDS } from '../../../../engine/model/kinds/kinds.ts'
import type { WebformDefinition } from '../../../../metadata/types.ts'
import { inForce, registry } from '../sample.ts'

const entity = {
  ...{ kind: 'entity', name: 'lead', title: 'name', owned: true },
  fields: [
    { name: 'name', type: 'text', required: true },
    { name: 'phone', type: 'phone', personal: 'contact' },
    { name: 'level', type: 'select', options: [{ name: 'a' }, { name: 'b' }] },
    { name: 'many', type: 'select', options: Array.from({ length: 301 }, (_, at) => ({ name: `o${at}` })) },
    { name: 'parent', type: 'lookup', to: 'lead', inverse: 'children' },
    { name: 'pass', type: 'encrypted' },
    { name: 'amount', type: 'currency' },
    { name: 'tags', type: 'tags' },
    { name: 'code', type: 'text', unique: true },
  ],
}
const FORM = { kind: 'webform', name: 'f', label: 'F', entity: 'lead', fields: [{ field: 'name' }] }
const definitions = inForce([entity as never])
const context = { definitions, registry }

const faults = (more: object): string[] => {
  const form = { ...FORM, ...more } as unknown as WebformDefinition
  return KINDS.webform.check(form, context).map(({ code, path }) => `${code} ${path}`)
}
const ask = (...fields: readonly object[]) => ({ fields: [{ field: 'name' }, ...fields] })

describe('the check of web forms', () => {
  const cases: readonly { what: string; more: object; faults: readonly string[] }[] = [
    {
      what: 'passes one that asks, sets and names',
      more: { set: { tags: ['x'], level: 'a', parent: { code: 'x' } } },
      faults: [],
    },
    {
      what: 'wants what a record needs',
      more: { fields: [{ field: 'phone' }] },
      faults: ['META_VALUE_INVALID /fields'],
    },
    {
      what: 'takes what a record needs out of “set”',
      more: { fields: [{ field: 'phone' }], set: { name: 'x' } },
      faults: [],
    },
    {
      what: 'asks for nothing twice',
      more: ask({ field: 'name' }),
      faults: ['META_VALUE_INVALID /fields/1/field'],
    },
    {
      what: 'asks for no lookup',
      more: ask({ field: 'parent' }),
      faults: ['META_VALUE_INVALID /fields/1/field'],
    },
    {
      what: 'asks for no secret',
      more: ask({ field: 'pass' }),
      faults: ['META_VALUE_INVALID /fields/1/field'],
    },
    {
      what: 'asks for no system field',
      more: ask({ field: 'owner' }),
      faults: ['META_VALUE_INVALID /fields/1/field'],
    },
    {
      what: 'offers options that there are',
      more: ask({ field: 'level', options: ['a', 'c'] }),
      faults: ['FIELD_OPTION_UNKNOWN /fields/1/options/1'],
    },
    {
      what: 'offers options of fields with options',
      more: ask({ field: 'phone', options: ['a'] }),
      faults: ['META_VALUE_INVALID /fields/1/options'],
    },
    { what: 'is small', more: ask({ field: 'many' }), faults: ['META_VALUE_INVALID /fields/1/field'] },
    { what: 'is small by choice', more: ask({ field: 'many', options: ['o1'] }), faults: [] },
    {
      what: 'looks at its own fields',
      more: ask({ field: 'phone', visibleWhen: { '==': [{ var: 'name' }, 'x'] } }),
      faults: [],
    },
    {
      what: 'looks at no field that it does not ask',
      more: ask({ field: 'phone', visibleWhen: { '==': [{ var: 'level' }, 'a'] } }),
      faults: ['RULE_FIELD_UNKNOWN /fields/1/visibleWhen/==/0/var'],
    },
    {
      what: 'looks at no relative',
      more: ask({ field: 'phone', requiredWhen: { '==': [{ var: 'parent.name' }, 'a'] } }),
      faults: ['RULE_FIELD_UNKNOWN /fields/1/requiredWhen/==/0/var'],
    },
    {
      what: 'sets nothing that it asks',
      more: { set: { name: 'x' } },
      faults: ['META_VALUE_INVALID /set/name'],
    },
    {
      what: 'sets values that fit',
      more: { set: { amount: 'much' } },
      faults: ['META_DEFAULT_INVALID /set/amount'],
    },
    {
      what: 'sets no rule',
      more: { set: { amount: { '+': [1, 2] } } },
      faults: ['META_VALUE_INVALID /set/amount'],
    },
    {
      what: 'names a record by a unique field',
      more: { set: { parent: { name: 'x' } } },
      faults: ['META_VALUE_INVALID /set/parent/name'],
    },
    {
      what: 'takes a parameter once',
      more: { parameters: [{ name: 'a' }, { name: 'a' }] },
      faults: ['META_VALUE_INVALID /parameters/1/name'],
    },
    {
      what: 'puts a parameter into a text',
      more: { parameters: [{ name: 'a', field: 'amount' }] },
      faults: ['META_VALUE_INVALID /parameters/0/field'],
    },
    {
      what: 'opens before it closes',
      more: { open: { from: '2026-02-01T00:00:00Z', until: '2026-01-01T00:00:00Z' } },
      faults: ['META_VALUE_INVALID /open/until'],
    },
    {
      what: 'knows the calendar',
      more: { open: { from: '2026-02-31T25:00:00Z' } },
      faults: ['META_VALUE_INVALID /open/from'],
    },
    {
      what: 'makes no users',
      more: { entity: 'user', fields: [{ field: 'name' }] },
      faults: ['META_VALUE_INVALID /entity'],
    },
  ]
  for (const { what, more, faults: expected } of cases) {
    it(what, () => {
      expect(faults(more)).to.deep.equal(expected)
    })
  }

  it('mentions fields, options and the field by which a record is named', () => {
    const form = {
      ...{ ...FORM, ...ask({ field: 'level', options: ['a'] }) },
      set: { parent: { code: 'x' } },
      parameters: [{ name: 'utm', field: 'code' }],
    } as unknown as WebformDefinition
    const found = KINDS.webform
      .references(form, context)
      .map(({ path, to }) => `${path} ${to.name}/${to.item ?? ''}`)
    expect(found).to.deep.equal([
      '/entity lead/',
      '/fields/0/field lead/name',
      '/fields/1/field lead/level',
      '/fields/1/options/0 lead/level/a',
      '/set/parent lead/parent',
      '/set/parent/code lead/code',
      '/parameters/0/field lead/code',
    ])
  })

  it('says in both languages what the form does', () => {
    expect(KINDS.webform.sentence(FORM as unknown as WebformDefinition, context)).to.deep.equal({
      en: '“F” asks a visitor for 1 field and makes a record of “lead”.',
      'zh-CN': '“F”向访客询问 1 个字段，并生成“lead”的记录。',
    })
  })
})
