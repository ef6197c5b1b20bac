import { expect } from 'chai'
import {
  addressOf,
  type Base,
  type Draft,
  type DraftAct,
  definitionIn,
  EMPTY_DRAFT,
  fateOf,
  keyOf,
  reduceDraft,
} from '../../../designer/store/draft.ts'
import {
  differences,
  isSame,
  listChange,
  valueAt,
  valueThere,
  withValue,
} from '../../../designer/store/json-value.ts'

const ROLE = { kind: 'role', name: 'sales' }
const SALES = { kind: 'role', name: 'sales', entities: { account: { read: 'own', create: true } } }
const READ = ['entities', 'account', 'read']
const PHONE = ['entities', 'account', 'fields', 'phone', 'read']
const BASE: Base = { inForce: SALES, start: SALES, version: 3 }
const NOTHING: Base = { inForce: undefined, start: undefined, version: 3 }

const set = (path: readonly string[], to: unknown, of = ROLE, at?: number): DraftAct => ({
  type: 'take',
  base: BASE,
  step: { kind: 'set', of, path, to, ...(at === undefined ? {} : { at }) },
})
const create = (name: string): DraftAct => ({
  type: 'take',
  base: NOTHING,
  step: { kind: 'create', of: { kind: 'role', name }, definition: { kind: 'role', name } },
})
const remove = (of = ROLE): DraftAct => ({ type: 'take', base: BASE, step: { kind: 'remove', of } })
const draftOf = (...acts: readonly DraftAct[]): Draft => acts.reduce(reduceDraft, EMPTY_DRAFT)
const salesIn = (draft: Draft) => definitionIn(draft, ROLE, SALES)

describe('a draft of definitions', () => {
  const outcomes: readonly (readonly [string, readonly DraftAct[], unknown])[] = [
    ['a right said otherwise', [set(READ, 'team')], { account: { read: 'team', create: true } }],
    ['a right not said any more', [set(READ, undefined)], { account: { create: true } }],
    [
      'a field where nothing was said of fields',
      [set(PHONE, 'masked')],
      { account: { read: 'own', create: true, fields: { phone: { read: 'masked' } } } },
    ],
    [
      'no trace of a field that is said and unsaid',
      [set(PHONE, 'masked'), set(PHONE, undefined)],
      { account: { read: 'own', create: true } },
    ],
    ['what was before an undo', [set(READ, 'team'), { type: 'undo' }], SALES.entities],
    [
      'what was undone and done again',
      [set(READ, 'team'), { type: 'undo' }, { type: 'redo' }],
      { account: { read: 'team', create: true } },
    ],
    [
      'another definition’s change as nothing to do with it',
      [set(READ, 'all', { kind: 'role', name: 'boss' })],
      SALES.entities,
    ],
    ['the whole back after it was removed', [remove(), set([], SALES)], SALES.entities],
  ]
  for (const [what, acts, expected] of outcomes) {
    it(`has ${what}`, () => {
      expect(salesIn(draftOf(...acts))?.entities).to.deep.equal(expected)
      expect(SALES.entities).to.deep.equal({ account: { read: 'own', create: true } })
    })
  }

  it('makes definitions and changes them as it made them', () => {
    const of = { kind: 'role', name: 'fresh' }
    const draft = draftOf(create('fresh'), set(['personal', 'contact'], 'read', of))
    expect(definitionIn(draft, of, undefined)).to.deep.equal({
      ...of,
      personal: { contact: 'read' },
    })
  })

  it('leaves alone what it has removed', () => {
    expect(salesIn(draftOf(remove(), set(READ, 'team')))).to.equal(undefined)
  })

  it('takes what is typed in one go as one step, and what is typed later as another', () => {
    const typed = draftOf(set(['label'], 'S', ROLE, 1_000), set(['label'], 'Sa', ROLE, 1_400))
    expect(typed.steps).to.have.length(1)
    expect(salesIn(typed)?.label).to.equal('Sa')
    const later = reduceDraft(typed, set(['label'], 'Sal', ROLE, 9_000))
    expect(later.steps).to.have.length(2)
    expect(salesIn(reduceDraft(later, { type: 'undo' }))?.label).to.equal('Sa')
    expect(reduceDraft(typed, set(READ, 'all', ROLE, 1_500)).steps).to.have.length(2)
  })

  it('takes back and does again at once what was taken at once, and that alone', () => {
    const boss = { kind: 'role', name: 'boss' }
    const both: DraftAct = {
      type: 'takeAll',
      taken: [
        { base: BASE, step: { kind: 'set', of: ROLE, path: READ, to: 'team' } },
        { base: NOTHING, step: { kind: 'create', of: boss, definition: { ...boss } } },
      ],
    }
    const before = draftOf(set(PHONE, 'masked'))
    const steps: readonly [DraftAct, string, boolean][] = [
      [both, 'team', true],
      [
        { ...both, taken: [{ base: BASE, step: { kind: 'remove', of: boss } }, both.taken[0]!] },
        'team',
        false,
      ],
      [{ type: 'undo' }, 'team', true],
      [{ type: 'undo' }, 'own', false],
      [{ type: 'redo' }, 'team', true],
      [{ type: 'redo' }, 'team', false],
      [{ type: 'undo' }, 'team', true],
      [{ type: 'undo' }, 'own', false],
    ]
    let draft = before
    for (const [act, read, isMade] of steps) {
      draft = reduceDraft(draft, act)
      expect(valueAt(salesIn(draft), READ)).to.equal(read)
      expect(definitionIn(draft, boss, undefined) !== undefined).to.equal(isMade)
    }
    expect(draft.steps).to.deep.equal(before.steps)
    expect(reduceDraft(reduceDraft(draft, { type: 'undo' }), { type: 'undo' }).steps).to.deep.equal([])
  })

  it('takes back any number of steps, whatever they were about, and does them all again', () => {
    const roles = ['sales', 'boss', 'clerk']
    const acts = Array.from({ length: 1_000 }, (_one, at) =>
      set(['note'], `step ${at}`, { kind: 'role', name: roles[at % 3]! }),
    )
    const times = (count: number, type: 'undo' | 'redo') => Array.from({ length: count }, () => ({ type }))
    const done = draftOf(...acts)
    expect(done.steps).to.have.length(1_000)
    const undone = times(1_000, 'undo').reduce(reduceDraft, done)
    expect([undone.steps, salesIn(undone)]).to.deep.equal([[], SALES])
    const again = times(1_000, 'redo').reduce(reduceDraft, undone)
    expect(salesIn(again)?.note).to.equal('step 999')
    expect(again.steps).to.deep.equal(done.steps)
  })

  it('stays on what the changes were begun with, whatever is read later', () => {
    const draft = draftOf(set(READ, 'team'))
    expect(definitionIn(draft, ROLE, { ...SALES, note: 'read later' })).to.deep.equal(
      withValue(SALES, READ, 'team'),
    )
  })

  it('has nothing more to say of what is in force as it stands, and can take it back all the same', () => {
    const changed = draftOf(set(READ, 'team'))
    const now = salesIn(changed)!
    const settle = { type: 'settle', of: ROLE, version: 3 } as const
    const plain = reduceDraft(changed, { ...settle, stored: now })
    expect(fateOf(plain.bases.get(keyOf(ROLE))?.inForce, salesIn(plain))).to.equal(undefined)
    const back = reduceDraft(plain, { type: 'undo' })
    expect(salesIn(back)).to.deep.equal(SALES)
    expect(fateOf(back.bases.get(keyOf(ROLE))?.inForce, salesIn(back))).to.equal('changed')
    // What the engine has added to it stands in the draft as well.
    const stored = { ...now, id: 'given' }
    expect(salesIn(reduceDraft(changed, { ...settle, stored }))).to.deep.equal(stored)
    expect(salesIn(reduceDraft(EMPTY_DRAFT, { ...settle, stored }))).to.deep.equal(stored)
  })

  it('forgets what was undone when something else is done', () => {
    const draft = draftOf(set(READ, 'team'), { type: 'undo' }, set(PHONE, false), { type: 'redo' })
    expect(draft.steps.map((step) => step.kind === 'set' && step.path)).to.deep.equal([PHONE])
  })

  it('tells what becomes of a definition', () => {
    expect([
      fateOf(undefined, SALES),
      fateOf(SALES, undefined),
      fateOf(SALES, { ...SALES, note: 'x' }),
      fateOf(SALES, { ...SALES }),
      fateOf(undefined, undefined),
    ]).to.deep.equal(['new', 'removed', 'changed', undefined, undefined])
    expect(addressOf(keyOf(ROLE))).to.deep.equal(ROLE)
  })
})

describe('values of definitions', () => {
  const stages = { stages: [{ name: 'new' }, { name: 'won', type: 'won' }] }

  it('are read and written in lists, which close up', () => {
    expect(valueAt(stages, ['stages', '1', 'type'])).to.equal('won')
    expect(withValue(stages, ['stages', '0', 'label'], 'New')).to.deep.equal({
      stages: [
        { name: 'new', label: 'New' },
        { name: 'won', type: 'won' },
      ],
    })
    expect(withValue(stages, ['stages', '0'], undefined)).to.deep.equal({
      stages: [{ name: 'won', type: 'won' }],
    })
    expect(valueAt({}, ['constructor', 'name'])).to.equal(undefined)
  })

  it('differ at the deepest places that both have, in lists by the names of their entries', () => {
    const to = { stages: [{ name: 'new', label: 'New' }, { name: 'won' }], note: 'x' }
    expect(differences(stages, to)).to.deep.equal([
      { path: ['stages', '0', 'label'], from: undefined, to: 'New' },
      { path: ['stages', '1', 'type'], from: 'won', to: undefined },
      { path: ['note'], from: undefined, to: 'x' },
    ])
    const moved = { stages: stages.stages.toReversed() }
    expect(differences(stages, moved)).to.deep.equal([
      { path: ['stages'], from: stages.stages, to: moved.stages },
    ])
  })

  it('differ entry by entry where a list has others than before', () => {
    const [fresh, won] = stages.stages
    const lost = { name: 'lost' }
    expect(differences(stages, { stages: [fresh, lost, { ...won, type: 'lost' }] })).to.deep.equal([
      { path: ['stages', '1'], from: undefined, to: lost, fate: 'new' },
      { path: ['stages', '2', 'type'], from: 'won', to: 'lost' },
    ])
    expect(differences(stages, { stages: [won] })).to.deep.equal([
      { path: ['stages', '0'], from: fresh, to: undefined, fate: 'removed' },
    ])
    const renamed = [
      { id: 'x', name: 'a' },
      { id: 'y', name: 'b' },
    ]
    expect(differences({ f: renamed }, { f: [renamed[0], { id: 'y', name: 'c' }] })).to.deep.equal([
      { path: ['f', '1', 'name'], from: 'b', to: 'c' },
    ])
    const twice = [lost, lost]
    expect(differences({ f: twice }, { f: [lost] })).to.deep.equal([
      { path: ['f', '0'], from: lost, to: undefined, fate: 'removed' },
    ])
  })

  it('are compared with the same entry of a list, wherever it stands there', () => {
    const [fresh, won] = stages.stages
    const moved = { stages: [{ name: 'lost' }, won, fresh], tags: ['a', 'b'] }
    const before = { ...stages, tags: ['a'] }
    expect(valueThere(moved, before, ['stages', '1', 'type'])).to.equal('won')
    expect(valueThere(moved, before, ['stages', '0', 'type'])).to.equal(undefined)
    expect(valueThere(moved, before, ['stages', '2'])).to.equal(fresh)
    expect(valueThere(moved, before, ['tags', '0'])).to.equal('a')
    expect(valueThere(moved, undefined, ['tags', '0'])).to.equal(undefined)
  })

  it('differ field by field where each entry is about another one', () => {
    const [name, phone, mail] = [{ field: 'name' }, { field: 'phone', required: true }, { field: 'email' }]
    const asked = { ...phone, help: 'Mobile' }
    expect(differences({ fields: [name, phone] }, { fields: [mail, name, asked] })).to.deep.equal([
      { path: ['fields', '0'], from: undefined, to: mail, fate: 'new' },
      { path: ['fields', '2', 'help'], from: undefined, to: 'Mobile' },
    ])
    const moved = [asked, name]
    expect(differences({ fields: [name, phone] }, { fields: moved })).to.deep.equal([
      { path: ['fields'], from: [name, phone], to: moved },
      { path: ['fields', '0', 'help'], from: undefined, to: 'Mobile' },
    ])
    expect(listChange([name, phone], moved)).to.deep.equal({ gone: [], come: [] })
    // Two figures of one field are not known by it.
    const sums = [{ field: 'amount', fn: 'sum' }]
    const figures = [...sums, { field: 'amount', fn: 'max' }]
    expect(differences({ f: sums }, { f: figures })).to.deep.equal([{ path: ['f'], from: sums, to: figures }])
    expect(listChange(sums, figures)).to.deep.equal({ gone: [], come: [figures[1]] })
  })

  it('differ step by step where steps without names stand as they stood', () => {
    const read = { as: 'lily', read: 'acme' }
    const add = { as: 'lily', create: { deal: { name: 'x', sum: 1 } } }
    const less = { as: 'lily', create: { deal: { name: 'x' } } }
    expect(differences({ steps: [read, add] }, { steps: [read, less] })).to.deep.equal([
      { path: ['steps', '1', 'create', 'deal', 'sum'], from: 1, to: undefined },
    ])
    // Another order, another step, and what a rule works on are told as one.
    for (const [from, to] of [
      [
        [read, add],
        [add, read],
      ],
      [[read], [{ at: 'noon' }]],
      [[read], [read, add]],
    ])
      expect(differences({ steps: from }, { steps: to })).to.deep.equal([{ path: ['steps'], from, to }])
    const rule = (value: number) => ({ and: [{ '==': [{ var: 'a' }, value] }, { var: 'b' }] })
    expect(differences(rule(1), rule(2)).map(({ path }) => path)).to.deep.equal([['and']])
  })

  it('tell of a list what came and went, or that it stands in another order', () => {
    expect(listChange(['a', 'b'], ['b', { field: 'c' }])).to.deep.equal({
      gone: ['a'],
      come: [{ field: 'c' }],
    })
    expect(listChange(['a', { field: 'b' }], [{ field: 'b' }, 'a'])).to.deep.equal({ gone: [], come: [] })
    expect(listChange([{ name: 'a' }], [{ name: 'b' }])).to.deep.equal({ gone: [], come: [] })
    expect(listChange('a', ['a'])).to.equal(undefined)
  })

  it('differ by whole places where these are given', () => {
    const leaf = (path: readonly string[]): boolean => path.length === 2
    expect(differences({}, { a: { b: { c: 1 } } }, leaf)).to.deep.equal([
      { path: ['a', 'b'], from: undefined, to: { c: 1 } },
    ])
  })

  it('are the same whatever the order of their keys', () => {
    expect(isSame({ a: 1, b: [1, { c: 2, d: 3 }] }, { b: [1, { d: 3, c: 2 }], a: 1 })).to.equal(true)
    expect(isSame([1, 2], [2, 1])).to.equal(false)
  })
})
