import { expect } from 'chai'
import { allProblems, extraProblems, reduceDraft, startDraft } from '../../../runtime-ui/forms/draft.ts'
import { partAt, partBeside, partsAs } from '../../../runtime-ui/forms/parts.ts'

const part = (name: string) => ({ name, label: name, columns: 1, fields: [name] })
const [one, two, three] = [part('one'), part('two'), part('three')]
const all = [one, two, three]

describe('the parts of a form', () => {
  const ways = [
    { says: undefined, isNew: true, as: 'sections' },
    { says: 'tabs', isNew: true, as: 'tabs' },
    { says: 'steps', isNew: true, as: 'steps' },
    { says: 'steps', isNew: false, as: 'tabs' },
  ] as const
  for (const { says, isNew, as } of ways) {
    it(`${says ?? 'nothing'} for a ${isNew ? 'new' : 'stored'} record: ${as}`, () => {
      expect(partsAs(says === undefined ? {} : { 'ui:as': says }, isNew)).to.equal(as)
    })
  }

  it('begins with the first that is there', () => {
    expect(partAt(all, [two, three], undefined)).to.equal(two)
  })

  it('falls back to the one before where a rule has hidden the chosen one', () => {
    expect(partAt(all, [one, three], 'two')).to.equal(one)
    expect(partAt(all, all, 'two')).to.equal(two)
  })

  it('has nothing beside its ends', () => {
    expect([partBeside(all, one, -1), partBeside(all, one, 1), partBeside(all, three, 1)]).to.deep.equal([
      undefined,
      two,
      undefined,
    ])
  })

  it('tells what is wrong in what was left, and nothing of what is to come', () => {
    const missing = (field: string) => ({ field, message: 'Required.', source: 'check' as const })
    const begun = startDraft({ base: {}, presets: {}, version: undefined })
    const found = [missing('one'), missing('two')]
    const left = reduceDraft(begun, { kind: 'checked', fields: ['one'], found })
    expect(allProblems(left)).to.deep.equal([missing('one')])
    expect(extraProblems(left)).to.deep.equal([missing('one')])
    const mended = reduceDraft(left, {
      kind: 'changed',
      data: { one: 1 },
      field: 'one',
      found: [missing('two')],
    })
    expect(allProblems(mended)).to.deep.equal([])
  })
})
