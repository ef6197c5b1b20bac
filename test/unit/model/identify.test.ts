import { expect } from 'chai'
import type { Definition, DefinitionSet } from '../../../engine/model/compiled.ts'
import { identify } from '../../../engine/model/identify.ts'
import type { EntityDefinition } from '../../../metadata/types.ts'
import { inForce } from './sample.ts'

const base: DefinitionSet = inForce([
  {
    kind: 'entity',
    name: 'account',
    fields: [
      { name: 'phone', type: 'text' },
      { name: 'source', type: 'select', options: [{ name: 'expo' }, { name: 'web' }] },
    ],
  },
  { kind: 'entity', name: 'contact', fields: [{ name: 'phone', type: 'text' }] },
])
const account = base.entity.get('account') as EntityDefinition
const [phone, source] = account.fields
const options = source?.options as readonly { readonly id: string }[]
const contact = base.entity.get('contact') as EntityDefinition

/** Ids in the order in which they are asked for. */
function counting(): () => string {
  let next = 0
  return () => `new-${++next}`
}

function identified(definition: Definition) {
  return identify(definition, base, counting())
}

describe('identify', () => {
  const cases: readonly {
    readonly title: string
    readonly written: EntityDefinition
    readonly expected: unknown
  }[] = [
    {
      title: 'gives what has the name of something in force its id, at every level',
      written: {
        kind: 'entity',
        name: 'account',
        fields: [
          { name: 'source', type: 'select', options: [{ name: 'web' }] },
          { name: 'phone', type: 'text' },
        ],
      },
      expected: {
        kind: 'entity',
        name: 'account',
        id: account.id,
        fields: [
          { name: 'source', type: 'select', id: source?.id, options: [{ name: 'web', id: options[1]?.id }] },
          { name: 'phone', type: 'text', id: phone?.id },
        ],
      },
    },
    {
      title: 'gives new ids to what is new',
      written: { kind: 'entity', name: 'visit', fields: [{ name: 'day', type: 'date' }] },
      expected: {
        kind: 'entity',
        name: 'visit',
        id: 'new-1',
        fields: [{ name: 'day', type: 'date', id: 'new-2' }],
      },
    },
    {
      title: 'renames by hand with “was”, at every level, and takes the key away',
      written: {
        kind: 'entity',
        name: 'customer',
        was: 'account',
        fields: [
          { name: 'mobile', was: 'phone', type: 'text' },
          { name: 'origin', was: 'source', type: 'select', options: [{ name: 'fair', was: 'expo' }] },
        ],
      },
      expected: {
        kind: 'entity',
        name: 'customer',
        id: account.id,
        fields: [
          { name: 'mobile', type: 'text', id: phone?.id },
          { name: 'origin', type: 'select', id: source?.id, options: [{ name: 'fair', id: options[0]?.id }] },
        ],
      },
    },
    {
      title: 'lets a new item have the name that a renamed one gives up',
      written: {
        kind: 'entity',
        name: 'account',
        fields: [
          { name: 'phone', type: 'text' },
          { name: 'mobile', was: 'phone', type: 'text' },
        ],
      },
      expected: {
        kind: 'entity',
        name: 'account',
        id: account.id,
        fields: [
          { name: 'phone', type: 'text', id: 'new-1' },
          { name: 'mobile', type: 'text', id: phone?.id },
        ],
      },
    },
    {
      title: 'keeps a written id under a new name',
      written: {
        kind: 'entity',
        name: 'customer',
        id: account.id as string,
        fields: [{ name: 'tel', id: phone?.id as string, type: 'text' }],
      },
      expected: {
        kind: 'entity',
        name: 'customer',
        id: account.id,
        fields: [{ name: 'tel', id: phone?.id, type: 'text' }],
      },
    },
  ]
  for (const { title, written, expected } of cases) {
    it(title, () => {
      expect(identified(written)).to.deep.equal({ definition: expected, problems: [] })
    })
  }

  it('passes a file that still says “was” after the rename is in force', () => {
    const written = { kind: 'entity', name: 'account', was: 'client', fields: [] } as const
    const { definition, problems } = identified({
      ...written,
      fields: [{ name: 'phone', was: 'tel', type: 'text' }],
    })
    expect(problems).to.deep.equal([])
    expect([definition.id, (definition as EntityDefinition).fields[0]?.id]).to.deep.equal([
      account.id,
      phone?.id,
    ])
  })

  it('reports a “was” that names nothing, and ids that stand elsewhere in force', () => {
    const { problems } = identified({
      kind: 'entity',
      name: 'visit',
      was: 'vist',
      fields: [
        { name: 'a', type: 'text', was: 'b' },
        { name: 'c', type: 'text', id: contact.fields[0]?.id as string },
        { name: 'd', type: 'text', id: contact.id as string },
      ],
    })
    expect(problems.map((fault) => [fault.code, fault.path, fault.params])).to.deep.equal([
      ['META_WAS_UNKNOWN', '/was', { name: 'vist' }],
      ['META_WAS_UNKNOWN', '/fields/0/was', { name: 'b' }],
      ['META_ID_ELSEWHERE', '/fields/1/id', { id: contact.fields[0]?.id, other: 'entity/contact/phone' }],
      ['META_ID_ELSEWHERE', '/fields/2/id', { id: contact.id, other: 'entity/contact' }],
    ])
  })
})
