import { expect } from 'chai'
import { withValue } from '../../../designer/roles/json-value.ts'
import {
  changesOf,
  conflictsOf,
  type DraftAct,
  EMPTY_DRAFT,
  fatesOf,
  type RoleDraft,
  reduceDraft,
  roleIn,
  sizeOf,
} from '../../../designer/roles/role-draft.ts'

const SALES = { kind: 'role', name: 'sales', entities: { account: { read: 'own', create: true } } }
const READ = ['entities', 'account', 'read']
const PHONE = ['entities', 'account', 'fields', 'phone', 'read']

const set = (path: readonly string[], from: unknown, to: unknown, role = 'sales'): DraftAct => ({
  type: 'take',
  step: { kind: 'set', role, path, from, to },
})
const create = (role: string): DraftAct => ({
  type: 'take',
  step: { kind: 'create', role, definition: { kind: 'role', name: role } },
})
const remove = (role: string): DraftAct => ({ type: 'take', step: { kind: 'remove', role } })
const draftOf = (...acts: readonly DraftAct[]): RoleDraft => acts.reduce(reduceDraft, EMPTY_DRAFT)

describe('a draft of roles', () => {
  const outcomes: readonly (readonly [string, readonly DraftAct[], unknown])[] = [
    ['a right said otherwise', [set(READ, 'own', 'team')], { account: { read: 'team', create: true } }],
    ['a right not said any more', [set(READ, 'own', undefined)], { account: { create: true } }],
    [
      'a field where nothing was said of fields',
      [set(PHONE, undefined, 'masked')],
      { account: { read: 'own', create: true, fields: { phone: { read: 'masked' } } } },
    ],
    [
      'no trace of a field that is said and unsaid',
      [set(PHONE, undefined, 'masked'), set(PHONE, 'masked', undefined)],
      { account: { read: 'own', create: true } },
    ],
    ['what was before an undo', [set(READ, 'own', 'team'), { type: 'undo' }], SALES.entities],
    [
      'what was undone and done again',
      [set(READ, 'own', 'team'), { type: 'undo' }, { type: 'redo' }],
      { account: { read: 'team', create: true } },
    ],
    [
      'one place as it was, others as they are said',
      [set(READ, 'own', 'team'), set(PHONE, undefined, false), { type: 'revert', role: 'sales', path: READ }],
      { account: { read: 'own', create: true, fields: { phone: { read: false } } } },
    ],
    ['another role’s change as nothing to do with it', [set(READ, 'own', 'all', 'boss')], SALES.entities],
  ]
  for (const [what, acts, expected] of outcomes) {
    it(`has ${what}`, () => {
      expect(roleIn(draftOf(...acts), 'sales', SALES)?.entities).to.deep.equal(expected)
      expect(SALES.entities).to.deep.equal({ account: { read: 'own', create: true } })
    })
  }

  it('makes roles, changes them as it made them, and removes others', () => {
    const draft = draftOf(
      create('fresh'),
      set(['personal', 'contact'], undefined, 'read', 'fresh'),
      remove('sales'),
    )
    expect(roleIn(draft, 'fresh', undefined)).to.deep.equal({
      kind: 'role',
      name: 'fresh',
      personal: { contact: 'read' },
    })
    expect(roleIn(draft, 'sales', SALES)).to.equal(undefined)
    expect([...fatesOf(draft)]).to.deep.equal([
      ['fresh', 'new'],
      ['sales', 'removed'],
    ])
    expect(sizeOf(draft)).to.equal(2)
  })

  it('is as if a role had never been that it made and removed', () => {
    expect(sizeOf(draftOf(create('fresh'), remove('fresh')))).to.equal(0)
  })

  it('counts each place once, from what was to what is, and none that is as it was', () => {
    const there = draftOf(set(READ, 'own', 'team'), set(READ, 'team', 'all'))
    expect(changesOf(there)).to.deep.equal([{ role: 'sales', path: READ, from: 'own', to: 'all' }])
    const back = reduceDraft(there, set(READ, 'all', 'own'))
    expect([changesOf(back), sizeOf(back)]).to.deep.equal([[], 0])
  })

  it('goes on from what is in force now, and tells where somebody else has said something else', () => {
    const draft = draftOf(set(READ, 'own', 'team'))
    const elsewhere = withValue(SALES, ['entities', 'account', 'delete'], 'own')
    const same = withValue(SALES, READ, 'team')
    const theirs = withValue(SALES, READ, 'all')
    const conflicts = (now: unknown) =>
      conflictsOf(draft, new Map([['sales', now as Readonly<Record<string, unknown>>]])).map(
        (one) => one.theirs,
      )
    expect([conflicts(elsewhere), conflicts(same), conflicts(theirs)]).to.deep.equal([[], [], ['all']])
    expect(roleIn(draft, 'sales', elsewhere as Readonly<Record<string, unknown>>)?.entities).to.deep.equal({
      account: { read: 'team', create: true, delete: 'own' },
    })
  })

  it('forgets what was undone when something else is done', () => {
    const draft = draftOf(set(READ, 'own', 'team'), { type: 'undo' }, set(PHONE, undefined, false), {
      type: 'redo',
    })
    expect(changesOf(draft).map(({ path }) => path)).to.deep.equal([PHONE])
  })
})
