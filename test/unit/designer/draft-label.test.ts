import { expect } from 'chai'
import { freshLabel, usualLabel } from '../../../designer/review/draft-label.ts'

describe('what a draft is called that nobody has named', () => {
  const day = { name: 'Lily Chen', year: 2026, month: 11, day: 29 }
  const cases = [
    { label: 'Back to version 12', usual: { version: '12' } },
    { label: '恢复到版本 12', usual: { version: '12' } },
    { label: 'Changes of Lily Chen, 11/29/2026', usual: day },
    { label: 'Lily Chen的修改，2026/11/29', usual: day },
    { label: 'Changes of prices, in spring', usual: undefined },
    { label: 'Back to version twelve', usual: undefined },
  ]
  for (const { label, usual } of cases) {
    it(`“${label}” is ${usual === undefined ? 'told as it is' : 'told in words'}`, () => {
      expect(usualLabel(label)).to.deep.equal(usual)
    })
  }

  it('is made of the workspace’s day, wherever the browser stands', () => {
    const t = ((key: string, { name, date }: { name: string; date: string }) =>
      `${key} ${name} ${date}`) as never
    expect(freshLabel('Lily Chen', '2026-11-30', t, 'en')).to.equal('drafts.labelNew Lily Chen 11/30/2026')
  })
})
