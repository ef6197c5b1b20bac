import { expect } from 'chai'
import { problemHint } from '../../../../engine/errors.ts'
import { checkCandidate } from '../../../../engine/model/check.ts'
import type { DefinitionSet } from '../../../../engine/model/compiled.ts'
import { usesOf } from '../../../../engine/model/uses.ts'
import type { RoleDefinition } from '../../../../metadata/types.ts'
import { registry, sampleInForce } from '../sample.ts'

type Entities = NonNullable<RoleDefinition['entities']>

/** What the check says of the sample with this role in it: code, path, hint. */
function faultsOf(role: Partial<RoleDefinition>): readonly (readonly [string, string, string?])[] {
  return checkCandidate(withRole(role), registry).map((fault) => {
    const hint = problemHint(fault, 'en')
    const path = fault.path.replace('/role/watcher', '')
    return hint === undefined ? [fault.code, path] : [fault.code, path, hint]
  })
}

function withRole(role: Partial<RoleDefinition>): DefinitionSet {
  const base = sampleInForce()
  const watcher = { kind: 'role', name: 'watcher', ...role } as RoleDefinition
  return { ...base, role: new Map([...base.role, ['watcher', watcher]]) }
}

const onDeal = (rights: Entities[string]) => faultsOf({ entities: { deal: rights } })
const isMine = { '==': [{ var: 'created_by' }, { var: 'actor.id' }] }

describe('the check of roles', () => {
  it('takes scopes, rules over record and actor, rights on fields and classes of personal data', () => {
    const role: Partial<RoleDefinition> = {
      default: { read: 'none' },
      personal: { contact: 'masked', financial: 'read' },
      entities: {
        account: { create: true, read: 'team_tree', update: 'team', delete: 'own' },
        deal: {
          read: { or: [isMine, { in: [{ var: 'actor.team' }, { var: 'actor.teams' }] }] },
          update: { '==': [{ var: 'account.name' }, { var: 'actor.name' }] },
          fields: {
            amount: { read: 'masked' },
            created_by: { read: false },
            name: { read: true, edit: isMine },
          },
        },
      },
    }
    expect(faultsOf(role)).to.deep.equal([])
  })

  const refused: readonly (readonly [string, () => unknown, readonly (readonly string[])[]])[] = [
    [
      'a rule that names what is not there, with what was meant',
      () => onDeal({ read: { '==': [{ var: 'amuont' }, 1] } }),
      [['RULE_FIELD_UNKNOWN', '/entities/deal/read/==/0/var', 'Did you mean “amount”?']],
    ],
    [
      'a rule about a field that the actor has not',
      () => onDeal({ read: { '==': [{ var: 'name' }, { var: 'actor.nmae' }] } }),
      [['RULE_FIELD_UNKNOWN', '/entities/deal/read/==/1/var', 'Did you mean “actor.name”?']],
    ],
    [
      'a rule that is no yes or no',
      () => onDeal({ read: { '+': [1, 2] } }),
      [['RULE_RESULT_WRONG', '/entities/deal/read']],
    ],
    [
      'a right on a field that is not there',
      () => onDeal({ read: 'all', fields: { amuont: { read: false } } }),
      [['META_REFERENCE_UNKNOWN', '/entities/deal/fields/amuont', 'Did you mean “amount”?']],
    ],
    [
      'hiding what every answer carries',
      () => onDeal({ read: 'all', fields: { id: { read: false } } }),
      [['META_VALUE_INVALID', '/entities/deal/fields/id']],
    ],
    [
      'an update that reaches further than reading',
      () => onDeal({ read: 'team', update: 'team_tree' }),
      [['META_VALUE_INVALID', '/entities/deal/update']],
    ],
    [
      'a default that asks something of a record or names fields',
      () => faultsOf({ default: { read: isMine, fields: { name: { read: false } } } }),
      [
        ['META_VALUE_INVALID', '/default/read'],
        ['META_VALUE_INVALID', '/default/fields'],
      ],
    ],
    [
      'an unknown class or scope',
      () => faultsOf({ personal: { medical: 'read' }, default: { read: 'everything' } } as object),
      [
        ['META_VALUE_INVALID', '/default/read'],
        ['META_VALUE_INVALID', '/personal'],
      ],
    ],
  ]
  for (const [title, found, faults] of refused) {
    it(`refuses ${title}`, () => {
      const told = found() as readonly (readonly string[])[]
      expect(
        told.map(([code, path, hint]) =>
          faults.some((fault) => fault.length > 2) ? [code, path, hint] : [code, path],
        ),
      ).to.have.deep.members(faults.map((fault) => [...fault]))
    })
  }

  it('is known to where-used: fields in rights and in rules', () => {
    const set = withRole({
      entities: { deal: { read: { '>': [{ var: 'amount' }, 1] }, fields: { amount: { edit: false } } } },
    })
    const uses = usesOf({ definitions: set, registry }, { kind: 'entity', name: 'deal', item: 'amount' })
    expect(uses.filter(({ definition }) => definition.kind === 'role').map(({ path }) => path)).to.deep.equal(
      ['/entities/deal/fields/amount', '/entities/deal/read/>/0/var'],
    )
  })
})
