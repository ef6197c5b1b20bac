import { expect } from 'chai'
import { isNamedAt, isSameAt, withoutUse, withReplaced } from '../../../designer/review/fix-uses.ts'
import { asUse, fixed } from '../../../designer/review/use-uses-to-fix.ts'
import type { Json } from '../../../designer/store/json-value.ts'

const VIEW = {
  kind: 'view',
  name: 'key',
  columns: ['name', 'level', { field: 'account.level', width: 90 }],
  sort: ['-level'],
  filter: { and: [{ '==': [{ var: 'level' }, 'a'] }, { '>': [{ var: 'amount' }, 3] }] },
}
const at = (pointer: string, span?: readonly [number, number]) => ({
  path: pointer.split('/').slice(1),
  ...(span && { span }),
})
const key = (pointer: string, span?: readonly [number, number]) => ({ ...at(pointer, span), inKey: true })

/** The key of the language. */
const THEN = 'then'
const STORY = {
  kind: 'scenario',
  name: 'story',
  given: { acme: { account: { level: 'a' } } },
  steps: [
    { as: 'lily', create: { account: { level: 'a' } }, name: 'beta' },
    { as: 'lily', update: 'acme', add: { level: ['b'] }, [THEN]: { values: { level: ['a', 'b'] } } },
    { as: 'lily', import: { deal: [{ 'account:level': 'a', name: 'x' }] } },
  ],
}

describe('uses of what a draft takes away', () => {
  it('can be called otherwise where it is their name that stands there', () => {
    expect(isNamedAt(VIEW, at('/columns/2/field', [8, 13]), 'level')).to.equal(true)
    expect(isNamedAt({ related: 'deals' }, at('/related'), 'account')).to.equal(false)
    expect(isSameAt(VIEW, { ...VIEW, sort: ['-name'] }, at('/sort/0'))).to.equal(false)
    expect(isSameAt(VIEW, { ...VIEW, sort: ['-level'] }, at('/sort/0'))).to.equal(true)
  })

  it('are replaced, in paths and with their sign, as keys with what stands under them', () => {
    expect(withReplaced(VIEW, at('/sort/0', [1, 6]), 'grade').sort).to.deep.equal(['-grade'])
    expect(withReplaced(VIEW, at('/columns/2/field', [8, 13]), 'grade').columns).to.deep.equal([
      'name',
      'level',
      { field: 'account.grade', width: 90 },
    ])
    const role = { fields: { level: { read: false }, fee: {} } }
    expect(Object.entries(withReplaced(role, key('/fields/level'), 'grade').fields as Json)).to.deep.equal([
      ['grade', { read: false }],
      ['fee', {}],
    ])
    const rule = withReplaced(VIEW, at('/filter/and/0/==/0/var'), 'grade').filter
    expect(rule).to.deep.nested.include({ 'and[0]': { '==': [{ var: 'grade' }, 'a'] } })
  })

  it('are replaced as keys of values, whatever the values are', () => {
    const next = withReplaced(STORY, key('/given/acme/account/level'), 'grade')
    expect(next.given).to.deep.equal({ acme: { account: { grade: 'a' } } })
    const rows = withReplaced(STORY, key('/steps/2/import/deal/0/account:level', [8, 13]), 'grade')
    expect(rows).to.deep.nested.include({ 'steps[2].import.deal[0]': { 'account:grade': 'a', name: 'x' } })
  })

  const removed: readonly (readonly [string, string, object])[] = [
    ['an entry of a list', '/columns/1', { columns: ['name', VIEW.columns[2]] }],
    ['an entry that names it', '/columns/2/field', { columns: ['name', 'level'] }],
    [
      'a condition, and the other stays',
      '/filter/and/0/==/0/var',
      { filter: { '>': [{ var: 'amount' }, 3] } },
    ],
  ]
  for (const [what, path, expected] of removed) {
    it(`are removed with ${what}`, () => {
      expect(withoutUse(VIEW, at(path))).to.deep.equal({ ...VIEW, ...expected })
    })
  }

  const formulas: readonly (readonly [object, string])[] = [
    [{ round: [{ '*': [{ var: 'level' }, 2] }, 1] }, '/value/round/0/*/0/var'],
    [{ coalesce: [{ var: 'level' }, 'none'] }, '/value/coalesce/0/var'],
    [{ upper: { var: ['level', ''] } }, '/value/upper/var/0'],
    [{ date_add: [{ var: 'level' }, 'P3D'] }, '/value/date_add/0/var'],
  ]
  for (const [value, path] of formulas) {
    it(`are removed with all of what is worked out by ${Object.keys(value)[0]}`, () => {
      expect(withoutUse({ name: 'x', value }, at(path))).to.deep.equal({ name: 'x' })
    })
  }

  it('are removed with the whole rule where it is the only condition, and with a key', () => {
    const gate = { name: 'x', when: { '==': [{ var: 'level' }, 'a'] } }
    expect(withoutUse(gate, at('/when/==/0/var'))).to.deep.equal({ name: 'x' })
    const role = { entities: { deal: { read: 'own', fields: { level: { read: false } } } } }
    expect(withoutUse(role, key('/entities/deal/fields/level'))).to.deep.equal({
      entities: { deal: { read: 'own' } },
    })
    expect(withoutUse({ label: 'x', group: 'level' }, at('/group'))).to.deep.equal({ label: 'x' })
    const report = { kind: 'report', rows: ['level'], sort: ['-count'], chart: { type: 'bar' } }
    expect(withoutUse(report, at('/rows/0'))).to.deep.equal({ kind: 'report' })
  })

  it('are removed from what is taken in their place where another value stands', () => {
    const set = (value: unknown) => ({ conversion: { to: { account: { set: { name: value } } } } })
    const name = { coalesce: [{ var: 'level' }, { var: 'name' }] }
    const path = '/conversion/to/account/set/name'
    expect(withoutUse(set(name), at(`${path}/coalesce/0/var`))).to.deep.equal(set({ var: 'name' }))
    const three = { coalesce: [{ var: 'a' }, { var: 'level' }, 'x'] }
    expect(withoutUse(set(three), at(`${path}/coalesce/1/var`))).to.deep.equal(
      set({ coalesce: [{ var: 'a' }, 'x'] }),
    )
  })

  it('are replaced and removed tag by tag in the text of a message', () => {
    const body = 'Hi {{name}}: {{account.level}} {{#if account.level}}x{{/if}} {{or_else account.level "-"}}'
    const message = { kind: 'message', body: { en: body } }
    const use = at('/body/en', [body.indexOf('account.level') + 8, body.indexOf('account.level') + 13])
    expect(withReplaced(message, use, 'grade')).to.deep.equal({
      ...message,
      body: { en: body.replaceAll('account.level', 'account.grade') },
    })
    expect(withoutUse(message, use)).to.deep.equal({
      ...message,
      body: { en: 'Hi {{name}}:   -' },
    })
    expect(withoutUse({ title: '{{level}}' }, at('/title', [2, 7]))).to.deep.equal({ title: '{{level}}' })
  })

  it('are found in a text although another use of it was removed before', () => {
    const body = '{{#if level}}{{level}}{{/if}} and {{sizes}} of {{size}}'
    const message = { kind: 'message', name: 'news', body }
    const uses = ['level', 'size'].map((item) => {
      const at = body.lastIndexOf(`{{${item}}}`) + 2
      const taken = { kind: 'entity', name: 'deal', item, others: [] }
      const definition = { kind: 'message', name: 'news' }
      return asUse(taken, { definition, path: '/body', span: [at, at + item.length] }, message)
    })
    expect(fixed(uses, () => 'remove').get('message/news')).to.deep.equal({
      ...message,
      body: ' and {{sizes}} of ',
    })
  })

  it('are removed with the definition that is about nothing else', () => {
    expect(withoutUse({ kind: 'view', entity: 'deal' }, at('/entity'))).to.equal(null)
    expect(withoutUse({ kind: 'flow', trigger: { record: 'deal' } }, at('/trigger/record'))).to.equal(null)
  })

  it('are removed from the values of a scenario, whose records and steps stay', () => {
    const taken = { kind: 'entity', name: 'account', item: 'level', others: [] }
    const uses = [
      ...['/given/acme/account/level', '/steps/0/create/account/level', '/steps/1/add/level'],
      ...['/steps/1/then/values/level', '/steps/2/import/deal/0/account:level'],
    ].map((path) =>
      asUse(taken, { definition: { kind: 'scenario', name: 'story' }, path, in_key: true }, STORY),
    )
    expect(fixed(uses, () => 'remove').get('scenario/story')).to.deep.equal({
      kind: 'scenario',
      name: 'story',
      given: { acme: { account: {} } },
      steps: [
        { as: 'lily', create: { account: {} }, name: 'beta' },
        { as: 'lily', update: 'acme', set: {} },
        { as: 'lily', import: { deal: [{ name: 'x' }] } },
      ],
    })
    expect(fixed(uses, () => 'keep').size).to.equal(0)
  })
})
