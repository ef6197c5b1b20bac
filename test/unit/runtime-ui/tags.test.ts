import { expect } from 'chai'
import { chosenTags, tagInfo } from '../../../runtime-ui/values/tags.ts'

const field = {
  tags: {
    groups: [
      {
        name: 'activity',
        label: 'Activity',
        pick: 'one' as const,
        by: 'rule' as const,
        options: [
          { name: 'active', label: 'Active', color: 'jade' },
          { name: 'dormant', label: 'Dormant' },
        ],
      },
      {
        name: 'size',
        label: 'Size',
        pick: 'one' as const,
        by: 'people' as const,
        options: [
          { name: 'small', label: 'Small' },
          { name: 'large', label: 'Large' },
        ],
      },
    ],
    rules: [
      { tag: 'dormant', label: 'No purchase', sentence: 'the days since Bought on are more than 30' },
      { tag: 'vip', label: 'Spends much' },
    ],
  },
}

describe('tags on the page', () => {
  const told: readonly (readonly [string, string, object])[] = [
    ['a free word', 'expo', { label: 'expo', group: undefined, ruled: false, why: undefined }],
    ['a tag of a group', 'small', { label: 'Small', group: 'Size', ruled: false, why: undefined }],
    [
      'a tag of a rule with its sentence',
      'dormant',
      { label: 'Dormant', group: 'Activity', ruled: true, why: 'the days since Bought on are more than 30' },
    ],
    ['a tag of a rule with what it is called', 'vip', { label: 'vip', ruled: true, why: 'Spends much' }],
    [
      'the default of a group of rules',
      'active',
      { label: 'Active', color: 'jade', ruled: true, why: undefined },
    ],
  ]
  for (const [what, tag, info] of told) {
    it(`tell ${what}`, () => {
      expect(tagInfo(field, tag)).to.deep.include(info)
    })
  }

  const chosen: readonly (readonly [string, readonly string[], readonly string[], readonly string[]])[] = [
    ['trim words and keep each once', ['a'], ['a', ' b ', 'b', ' '], ['a', 'b']],
    ['keep those of rules, whatever is removed', ['a', 'vip', 'active'], [], ['vip', 'active']],
    ['take none that rules give', ['active'], ['active', 'dormant', 'x'], ['x', 'active']],
    [
      'keep the last of a group of one',
      ['small', 'active'],
      ['small', 'x', 'large'],
      ['x', 'large', 'active'],
    ],
  ]
  for (const [what, before, next, after] of chosen) {
    it(`${what}`, () => {
      expect(chosenTags(field, before, next)).to.deep.equal(after)
    })
  }

  it('are free words where the field says nothing', () => {
    expect(chosenTags({}, ['a'], ['a', 'b'])).to.deep.equal(['a', 'b'])
  })
})
