import { expect } from 'chai'
import { carried } from '../../../designer/store/carry.ts'
import {
  type Draft,
  type DraftAct,
  definitionIn,
  EMPTY_DRAFT,
  reduceDraft,
} from '../../../designer/store/draft.ts'
import type { Json, Path } from '../../../designer/store/json-value.ts'

const OF = { kind: 'entity', name: 'visit' }
const field = (name: string, label = name) => ({ name, label })
const START: Json = { kind: 'entity', name: 'visit', label: 'Visit', fields: [field('a'), field('b')] }
const BASE = { inForce: START, start: START, version: 1 }
const set = (path: Path, to: unknown, of = OF): DraftAct => ({
  type: 'take',
  base: of === OF ? BASE : { inForce: undefined, start: undefined, version: 1 },
  step: { kind: 'set', of, path, to },
})
const draftOf = (...acts: readonly DraftAct[]): Draft => acts.reduce(reduceDraft, EMPTY_DRAFT)
const visit = (draft: Draft) => definitionIn(draft, OF, undefined)
const undo = (draft: Draft) => reduceDraft(draft, { type: 'undo' })
const redo = (draft: Draft) => reduceDraft(draft, { type: 'redo' })
/** Another window changes what this one has made. */
const merged = (draft: Draft, change: (now: Json) => Json): Draft =>
  reduceDraft(draft, { type: 'adopt', of: OF, to: change(visit(draft)!) })

describe('undo through a merge with another window', () => {
  it('takes back this window’s steps one by one, and leaves theirs', () => {
    const mine = draftOf(
      set(['fields'], [field('x'), field('a'), field('b')]),
      set(['fields', '2', 'label'], 'Bee'),
      set(['note'], 'mine'),
    )
    const back = undo(mine)
    const both = merged(back, (now) => ({
      ...now,
      label: 'Call',
      fields: (now.fields as Json[]).map((one) => (one.name === 'a' ? { ...one, required: true } : one)),
    }))
    expect([both.steps.length, both.undone.length]).to.eql([2, 1])
    const a = { ...field('a'), required: true }
    const theirs = { ...START, label: 'Call' }
    expect(visit(both)).to.eql({ ...theirs, fields: [field('x'), a, field('b', 'Bee')] })
    expect(visit(undo(both))).to.eql({ ...theirs, fields: [field('x'), a, field('b')] })
    expect(visit(undo(undo(both)))).to.eql({ ...theirs, fields: [a, field('b')] })
    expect(visit(redo(both))).to.eql({ ...visit(both), note: 'mine' })
    expect(visit(redo(redo(undo(undo(both)))))).to.eql(visit(both))
  })

  it('drops a step whose value they have changed since, and keeps those of other definitions', () => {
    const other = { kind: 'role', name: 'sales' }
    const mine = draftOf(
      set(['label'], 'Mine'),
      set([], { ...other, note: 'n' }, other),
      set(['icon'], 'bell'),
    )
    const both = merged(mine, (now) => ({ ...now, label: 'Theirs' }))
    expect(both.steps.map(({ of }) => of.kind)).to.eql(['role', 'entity'])
    expect(visit(undo(both))).to.eql({ ...START, label: 'Theirs' })
    expect(definitionIn(undo(undo(both)), other, undefined)).to.equal(undefined)
    expect(visit(undo(undo(both)))).to.eql({ ...START, label: 'Theirs' })
  })

  it('begins anew where they have removed what it was about', () => {
    const both = reduceDraft(draftOf(set(['label'], 'Mine')), { type: 'adopt', of: OF, to: undefined })
    expect([both.steps, visit(both)]).to.eql([[], undefined])
  })

  const lists: readonly (readonly [string, unknown, unknown, unknown, unknown])[] = [
    ['keeps what is only here', ['a', 'b'], ['a', 'b', 'c'], ['m', 'a', 'b'], ['m', 'a', 'b', 'c']],
    ['takes out what they have taken out', ['a', 'b'], ['b'], ['a', 'm', 'b'], ['m', 'b']],
    ['follows their order', ['a', 'b', 'c'], ['c', 'a', 'b'], ['a', 'm', 'b', 'c'], ['c', 'a', 'm', 'b']],
    ['puts what is new first where it stands first', ['a'], ['n', 'a'], ['a'], ['n', 'a']],
    ['leaves out what is not here yet', ['a', 'b'], ['a', 'b'], ['a'], ['a']],
    [
      'knows what they have renamed by its id',
      [{ id: '1', name: 'a' }],
      [{ id: '1', name: 'z' }],
      [{ id: '1', name: 'a', label: 'A' }],
      [{ id: '1', name: 'z', label: 'A' }],
    ],
    ['takes theirs where entries have no names', [1, 2], [1, 3], [1, 2, 4], [1, 3]],
  ]
  for (const [what, from, to, at, expected] of lists) {
    it(`of lists ${what}`, () => {
      expect(carried({ list: from }, { list: to }, { list: at })).to.eql({ list: expected })
    })
  }
})
