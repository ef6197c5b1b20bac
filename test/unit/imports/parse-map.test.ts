import { expect } from 'chai'
import { parseMaps, parseValues, valueRulesOf } from '../../../engine/imports/parse-map.ts'

describe('parseMaps', () => {
  const cases: { args: string[]; rules: (readonly [string, string | undefined, string | undefined])[] }[] = [
    { args: [], rules: [] },
    { args: ['account=name'], rules: [['account', 'name', undefined]] },
    {
      args: ['a=x,b=y', 'c=z'],
      rules: [
        ['a', 'x', undefined],
        ['b', 'y', undefined],
        ['c', 'z', undefined],
      ],
    },
    { args: ['agent=owner:email'], rules: [['agent', 'owner', 'email']] },
    { args: ['客户名称=name'], rules: [['客户名称', 'name', undefined]] },
    { args: [' spaced = name '], rules: [['spaced', 'name', undefined]] },
    { args: ['remarks='], rules: [['remarks', undefined, undefined]] },
    {
      args: ['City, State=region,b=y'],
      rules: [
        ['City, State', 'region', undefined],
        ['b', 'y', undefined],
      ],
    },
    { args: ['a=b=c'], rules: [['a=b', 'c', undefined]] },
    { args: ['ratio 1:2=share'], rules: [['ratio 1:2', 'share', undefined]] },
  ]
  for (const { args, rules } of cases) {
    it(`reads ${JSON.stringify(args)}`, () => {
      const parsed = parseMaps(args)
      expect(parsed).to.eql({
        rules: rules.map(([column, field, by]) => ({ column, field, by })),
        problems: [],
      })
    })
  }

  for (const text of ['account', '=name', 'account=Not A Field', 'a=b:', '']) {
    it(`refuses ${JSON.stringify(text)} or takes nothing from it`, () => {
      const { rules, problems } = parseMaps([text])
      expect(rules).to.eql([])
      expect(problems.map((fault) => fault.code)).to.eql(text === '' ? [] : ['IMPORT_MAP_INVALID'])
    })
  }
})

describe('parseValues', () => {
  const cases: { text: string; rule: readonly [string, string, string] }[] = [
    { text: 'product:GTXPro=GTX Pro', rule: ['product', 'GTXPro', 'GTX Pro'] },
    { text: 'product:GTXPro="GTX Pro"', rule: ['product', 'GTXPro', 'GTX Pro'] },
    { text: 'product:"a=b"=c', rule: ['product', 'a=b', 'c'] },
    { text: 'product:a="say ""hi"""', rule: ['product', 'a', 'say "hi"'] },
    { text: 'account:n/a=', rule: ['account', 'n/a', ''] },
    { text: 'when:9:00=09:00', rule: ['when', '9:00', '09:00'] },
  ]
  for (const { text, rule } of cases) {
    it(`reads ${text}`, () => {
      const [column, from, to] = rule
      expect(parseValues([text])).to.eql({ rules: [{ column, from, to }], problems: [] })
    })
  }

  for (const text of ['product', 'product:GTXPro', ':a=b', 'product:=b']) {
    it(`refuses ${text}`, () => {
      expect(parseValues([text]).problems.map((fault) => fault.code)).to.eql(['IMPORT_VALUE_INVALID'])
    })
  }
})

describe('valueRulesOf', () => {
  it('reads the columns of a mapping file in any order', () => {
    const rules = valueRulesOf(
      ['to', 'column', 'note', 'from'],
      [['GTX Pro', 'product', 'typing error', 'GTXPro']],
    )
    expect(rules).to.eql({ rules: [{ column: 'product', from: 'GTXPro', to: 'GTX Pro' }], problems: [] })
  })

  it('names each column that is missing', () => {
    const { problems } = valueRulesOf(['column', 'old', 'new'], [])
    expect(problems.map((fault) => fault.params)).to.eql([{ name: 'from' }, { name: 'to' }])
  })
})
