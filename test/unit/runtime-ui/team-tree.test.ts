import { expect } from 'chai'
import { linesOf, type Team, teamTree, within } from '../../../runtime-ui/screens/people/team-tree.ts'

const team = (id: string, parent?: string): Team => ({ id, name: id.toUpperCase(), parent })
const MEMBERS = new Map([
  ['north', 2],
  ['sales', 1],
  ['all', 0],
])
const collator = new Intl.Collator('en')
const treeOf = (...teams: readonly Team[]) => teamTree(teams, MEMBERS, collator)
const shown = (nodes: ReturnType<typeof treeOf>, folded: readonly string[] = []) =>
  linesOf(nodes, new Set(folded)).map(({ node, depth }) => `${'-'.repeat(depth)}${node.team.id}`)

const COMPANY = [team('south', 'sales'), team('all'), team('north', 'sales'), team('sales', 'all')]

describe('teams as a tree', () => {
  it('stand below what they are part of, by name', () => {
    expect(shown(treeOf(...COMPANY))).to.deep.equal(['all', '-sales', '--north', '--south'])
  })

  it('hide what is below one that is folded', () => {
    expect(shown(treeOf(...COMPANY), ['sales'])).to.deep.equal(['all', '-sales'])
  })

  it('have their own members, and those of the teams below', () => {
    const [all] = treeOf(...COMPANY)
    expect([all?.members, all?.all, all?.children[0]?.members, all?.children[0]?.all]).to.deep.equal([
      0, 3, 1, 3,
    ])
  })

  it('lose none: one whose parent is not there is at the top, and so is a circle', () => {
    expect(shown(treeOf(team('lone', 'gone'), team('a', 'b'), team('b', 'a')))).to.deep.equal([
      'lone',
      'a',
      '-b',
    ])
  })

  it('cannot be moved into themselves or what is below', () => {
    const [all] = treeOf(...COMPANY)
    expect(within(all!.children[0]!)).to.have.members(['sales', 'north', 'south'])
  })
})
