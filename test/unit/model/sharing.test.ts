import { expect } from 'chai'
import { BUILT_IN } from '../../../engine/model/built-in.ts'
import { checkCandidate, type RawDefinitions } from '../../../engine/model/check.ts'
import { KIND_NAMES, toDefinitionSet } from '../../../engine/model/definition-set.ts'
import type { ModelContext } from '../../../engine/model/kinds/kind-spec.ts'
import { KINDS } from '../../../engine/model/kinds/kinds.ts'
import type { SharingDefinition } from '../../../metadata/types.ts'
import { fullRegistry } from '../../support/model-world.ts'

const lookup = (name: string, to: string) => ({ name, type: 'lookup', to })
const entity = (name: string, ...fields: object[]) => ({
  kind: 'entity',
  name,
  fields: [{ name: 'city', type: 'text' }, ...fields],
})
const ENTITIES = [
  entity('account', lookup('group', 'company'), { name: 'boss', type: 'user' }),
  entity('contact', lookup('account', 'account'), lookup('friend', 'contact')),
  entity('company', lookup('main', 'contact')),
]
const registry = fullRegistry()

function problemsOf(...sharings: readonly object[]): readonly string[] {
  const all = [
    ...BUILT_IN,
    ...ENTITIES,
    ...sharings.map((one, at) => ({ kind: 'sharing', name: `s${at}`, ...one })),
  ]
  const raw = Object.fromEntries(KIND_NAMES.map((kind) => [kind, new Map<string, unknown>()])) as unknown as {
    [K in keyof RawDefinitions]: Map<string, unknown>
  }
  for (const one of all as { kind: keyof RawDefinitions; name: string }[]) raw[one.kind].set(one.name, one)
  return checkCandidate(raw, registry)
    .filter(({ path }) => path.startsWith('/sharing'))
    .map(({ code, path }) => `${code} ${path}`)
}

const role = { role: 'administrator' }
const north = { '==': [{ var: 'city' }, 'north'] }
const CASES: readonly (readonly [string, readonly object[], readonly string[]])[] = [
  ['a rule for one', [{ entity: 'account', when: north, with: role, access: 'read' }], []],
  [
    'a list of a role, a team and a user',
    [{ entity: 'account', with: [role, { team: 'North' }, { user: 'a@b.co' }], access: 'edit' }],
    [],
  ],
  [
    'a chain of parents',
    [
      { entity: 'contact', through: 'account', access: 'read' },
      { entity: 'account', through: 'group', access: 'edit' },
    ],
    [],
  ],
  [
    'a circle of parents',
    [
      { entity: 'contact', through: 'account', access: 'read' },
      { entity: 'account', through: 'group', access: 'read' },
      { entity: 'company', through: 'main', access: 'read' },
    ],
    [
      'META_SHARING_CYCLE /sharing/s0/through',
      'META_SHARING_CYCLE /sharing/s1/through',
      'META_SHARING_CYCLE /sharing/s2/through',
    ],
  ],
  [
    'a record that follows its like',
    [{ entity: 'contact', through: 'friend', access: 'read' }],
    ['META_SHARING_CYCLE /sharing/s0/through'],
  ],
  ['nobody', [{ entity: 'account', access: 'read' }], ['META_VALUE_INVALID /sharing/s0']],
  [
    'both forms at once',
    [{ entity: 'contact', through: 'account', when: north, with: role, access: 'read' }],
    ['META_VALUE_INVALID /sharing/s0/when', 'META_VALUE_INVALID /sharing/s0/with'],
  ],
  [
    'a way to people',
    [{ entity: 'account', through: 'boss', access: 'read' }],
    ['META_VALUE_INVALID /sharing/s0/through'],
  ],
  [
    'a way that is no lookup',
    [{ entity: 'account', through: 'city', access: 'read' }],
    ['META_VALUE_INVALID /sharing/s0/through'],
  ],
  [
    'names that are not there',
    [{ entity: 'account', when: { '==': [{ var: 'cit' }, 1] }, with: { role: 'nobody' }, access: 'read' }],
    ['META_REFERENCE_UNKNOWN /sharing/s0/with/role', 'RULE_FIELD_UNKNOWN /sharing/s0/when/==/0/var'],
  ],
]

describe('a sharing definition', () => {
  for (const [what, sharings, expected] of CASES) {
    it(`with ${what}: ${expected.length === 0 ? 'holds' : expected[0]}`, () => {
      expect([...problemsOf(...sharings)].sort()).to.deep.equal([...expected].sort())
    })
  }

  it('reads as a sentence', () => {
    const context: ModelContext = { registry, definitions: toDefinitionSet(ENTITIES as never) }
    const tell = (one: object) =>
      KINDS.sharing.sentence({ kind: 'sharing', name: 'x', ...one } as SharingDefinition, context).en
    expect(tell({ entity: 'account', when: north, with: { team: 'North' }, access: 'edit' })).to.equal(
      '“x” lets “North” change the “account” for which its rule holds.',
    )
    expect(tell({ entity: 'contact', through: 'account', access: 'read' })).to.equal(
      '“x” lets whoever may read the record in “account” do the same with “contact”.',
    )
  })
})
