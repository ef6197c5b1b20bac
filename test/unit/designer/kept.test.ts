import { expect } from 'chai'
import { type Base, type Draft, EMPTY_DRAFT, reduceDraft } from '../../../designer/store/draft.ts'
import { dirtyOf, knownOf, newKept, newsIn, note } from '../../../designer/store/kept.ts'

const OF = { kind: 'role', name: 'sales' }
const KEY = 'role/sales'
const START = { kind: 'role', name: 'sales', label: 'Sales' }
const BASE: Base = { inForce: START, start: START, version: 3 }
const called = (label: string) => ({ ...START, label })
const set = (draft: Draft, label: string): Draft =>
  reduceDraft(draft, { type: 'take', base: BASE, step: { kind: 'set', of: OF, path: ['label'], to: label } })
const item = (label: string) => () => ({ definition: called(label) })

describe('what a page knows of its draft', () => {
  it('is dirty until it is stored, and news is what somebody else has stored since', () => {
    const kept = newKept()
    const draft = set(EMPTY_DRAFT, 'A')
    expect(dirtyOf(draft, kept).map(({ now }) => now)).to.eql([called('A')])
    expect(newsIn(draft, kept, item('Theirs'))).to.eql([]) // what is dirty is merged when it is stored
    note(kept, KEY, { base: BASE, written: called('A'), known: { ...called('A'), id: 'x' } })
    expect([dirtyOf(draft, kept), knownOf(kept, KEY, BASE)]).to.eql([[], { ...called('A'), id: 'x' }])
    expect(newsIn(draft, kept, () => ({ definition: { ...called('A'), id: 'x' } }))).to.eql([])
    expect(newsIn(draft, kept, item('Theirs')).map(({ theirs }) => theirs)).to.eql([called('Theirs')])
  })

  it('takes an answer that comes late for none', () => {
    const kept = newKept()
    const draft = set(set(EMPTY_DRAFT, 'A'), 'B')
    note(kept, KEY, { base: BASE, written: called('A'), known: called('A') })
    note(kept, KEY, { base: BASE, written: called('B'), known: called('B') })
    expect([newsIn(draft, kept, item('A')), newsIn(draft, kept, () => undefined)]).to.eql([[], []])
  })

  it('adopts what another window has made of it: what they have changed since is not taken back', () => {
    const draft = reduceDraft(set(EMPTY_DRAFT, 'A'), { type: 'adopt', of: OF, to: called('Theirs') })
    expect([draft.steps, draft.bases.get(KEY)?.start]).to.eql([[], called('Theirs')])
    const kept = newKept()
    note(kept, KEY, { base: BASE, written: called('Theirs'), known: called('Theirs') })
    expect(dirtyOf(draft, kept)).to.eql([])
  })
})
