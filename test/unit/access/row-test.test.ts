import { expect } from 'chai'
import {
  anyOf,
  bothOf,
  freeTest,
  isCovered,
  OWN,
  type RowTest,
  ruleTest,
  scopeName,
  TEAM,
  TEAM_TREE,
} from '../../../engine/access/row-test.ts'
import type { TypedRule } from '../../../metadata/rules/types.ts'

const rule = (name: string): RowTest => ruleTest({ kind: 'path', type: 'boolean', path: [name] } as TypedRule)
const [a, b] = [rule('a'), rule('b')]

/** As text: `a & b | own`. */
function written(test: RowTest): string {
  if (typeof test === 'string') return test
  const name = (key: string) => (key.startsWith('{') ? (JSON.parse(key) as { path: string[] }).path[0] : key)
  return test
    .map((parts) => parts.map((part) => name(part.key)).join(' & '))
    .sort()
    .join(' | ')
}

describe('tests of rows', () => {
  const sums: readonly (readonly [string, RowTest, string])[] = [
    ['nothing', anyOf([]), 'none'],
    ['nothing with something', anyOf(['none', OWN]), 'own'],
    ['everything with something', anyOf([OWN, 'all']), 'all'],
    ['a scope with a wider one', anyOf([OWN, TEAM_TREE, TEAM]), 'team_tree'],
    ['a rule twice', anyOf([a, a]), 'a'],
    ['a rule with a narrower one', anyOf([bothOf(a, b), a]), 'a'],
    ['two rules', anyOf([a, b]), 'a | b'],
  ]
  for (const [title, test, expected] of sums) {
    it(`joins ${title}`, () => expect(written(test)).to.equal(expected))
  }
  const products: readonly (readonly [string, RowTest, string])[] = [
    ['nothing', bothOf('none', OWN), 'none'],
    ['everything', bothOf('all', OWN), 'own'],
    ['a scope and a rule', bothOf(OWN, a), 'own & a'],
    ['alternatives and a rule', bothOf(anyOf([OWN, b]), a), 'b & a | own & a'],
  ]
  for (const [title, test, expected] of products) {
    it(`narrows by ${title}`, () => expect(written(test)).to.equal(expected))
  }
  const covers: readonly (readonly [string, RowTest, RowTest, boolean])[] = [
    ['own is within team', OWN, TEAM, true],
    ['team is not within own', TEAM, OWN, false],
    ['own under a rule is within own', bothOf(OWN, a), OWN, true],
    ['own is not within own under a rule', OWN, bothOf(OWN, a), false],
    ['two roles are within their sum', anyOf([OWN, a]), anyOf([a, TEAM, b]), true],
    ['all is within all alone', 'all', anyOf([a, OWN]), false],
    ['none is within anything', 'none', 'none', true],
  ]
  for (const [title, inner, outer, expected] of covers) {
    it(`knows that ${title}`, () => expect(isCovered(inner, outer)).to.equal(expected))
  }
  it('names what has a name', () => {
    expect(
      [OWN, TEAM, TEAM_TREE, a, anyOf([OWN, a]), 'all', 'none'].map((test) => scopeName(test as RowTest)),
    ).to.deep.equal(['own', 'team', 'team_tree', 'some', 'some', 'all', 'none'])
  })
  it('names what an approval holds for a while by what it is otherwise', () => {
    const held = freeTest('locked')
    expect([bothOf(OWN, held), bothOf('all', held), bothOf(a, held)].map(scopeName)).to.deep.equal([
      ...['own', 'all', 'some'],
    ])
  })
})
