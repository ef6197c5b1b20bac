import { expect } from 'chai'
import { droppedEntry, movedEntry } from '../../../designer/canvas/entries.ts'
import {
  type DraftSection,
  placed,
  sectionsOf,
  stepped,
  tabsOf,
  withHighlight,
  without,
  withSection,
  withTab,
} from '../../../designer/layouts/layout-edit.ts'

const form: readonly DraftSection[] = [
  { name: 'first', fields: ['a', 'b', 'c'], of_others: { kept: true } },
  { name: 'second', fields: ['d'] },
  { name: 'third', fields: [] },
]
const fieldsIn = (sections: readonly DraftSection[]) => sections.map(({ fields }) => fields.join(''))

describe('the layout in a draft', () => {
  const places = [
    { field: 'a', to: { section: 0, at: 2 }, gives: ['bac', 'd', ''] },
    { field: 'a', to: { section: 0, at: 3 }, gives: ['bca', 'd', ''] },
    { field: 'c', to: { section: 0, at: 0 }, gives: ['cab', 'd', ''] },
    { field: 'b', to: { section: 1, at: 0 }, gives: ['ac', 'bd', ''] },
    { field: 'x', to: { section: 2, at: 0 }, gives: ['abc', 'd', 'x'] },
    { field: 'b', to: { section: 7, at: 0 }, gives: ['abc', 'd', ''] },
  ]
  for (const { field, to, gives } of places) {
    it(`puts ${field} before place ${to.at} of section ${to.section}`, () => {
      expect(fieldsIn(placed(form, field, to))).to.deep.equal(gives)
    })
  }

  it('is the very same where a field is dropped on itself', () => {
    expect(placed(form, 'b', { section: 0, at: 1 })).to.equal(form)
    expect(placed(form, 'b', { section: 0, at: 2 })).to.equal(form)
  })

  const steps = [
    { field: 'a', by: 1, gives: ['bac', 'd', ''] },
    { field: 'c', by: 1, gives: ['ab', 'cd', ''] },
    { field: 'd', by: -1, gives: ['abcd', '', ''] },
    { field: 'd', by: 1, gives: ['abc', '', 'd'] },
    { field: 'a', by: -1, gives: ['abc', 'd', ''] },
  ] as const
  for (const { field, by, gives } of steps) {
    it(`steps ${field} by ${by}, beyond the edge of its section too`, () => {
      expect(fieldsIn(stepped(form, field, by))).to.deep.equal(gives)
    })
  }

  it('keeps what it does not know, and gives new sections names of their own', () => {
    const changed = without(placed(form, 'b', { section: 2, at: 0 }), 'd')
    expect(changed[0]).to.deep.equal({ name: 'first', fields: ['a', 'c'], of_others: { kept: true } })
    const more = withSection(withSection(form, 0, { en: 'New' }), 1, { en: 'New' })
    expect(more.map(({ name }) => name)).to.deep.equal(['first', 'section', 'section_2', 'second', 'third'])
  })

  it('is read from whatever a draft holds', () => {
    expect(sectionsOf({})).to.equal(undefined)
    expect(sectionsOf({ form: [null, { fields: ['a', 1] }] })).to.deep.equal([
      { name: '', fields: [] },
      { name: '', fields: ['a'] },
    ])
    expect(tabsOf({ page: 'x' })).to.equal(undefined)
    expect(tabsOf({ page: { tabs: [{ name: 'details' }, 3] } })).to.deep.equal([
      { name: 'details' },
      { name: '' },
    ])
  })

  it('has each tab once, and at most six highlights', () => {
    const tabs = withTab([{ name: 'details' }], { name: 'deals', related: 'deals' }, 0)
    expect(tabs).to.deep.equal([{ name: 'deals', related: 'deals' }, { name: 'details' }])
    expect(withTab(tabs, { name: 'other', related: 'deals' }, 0)).to.equal(tabs)
    expect(withTab(tabs, { name: 'details' }, 0)).to.equal(tabs)
    const six = ['a', 'b', 'c', 'd', 'e', 'f']
    expect(withHighlight(six, 'g', 0)).to.equal(six)
    expect(withHighlight(six, 'f', 0).join('')).to.equal('fabcde')
    expect(withHighlight(['a'], 'b', 1).join('')).to.equal('ab')
  })

  it('moves entries by where they are dropped', () => {
    expect(droppedEntry(['a', 'b', 'c'], 0, 3).join('')).to.equal('bca')
    expect(droppedEntry(['a', 'b', 'c'], 2, 0).join('')).to.equal('cab')
    const list = ['a', 'b']
    expect([movedEntry(list, 0, 2), movedEntry(list, 0, -1), movedEntry(list, 5, 0)]).to.deep.equal([
      list,
      list,
      list,
    ])
  })
})
