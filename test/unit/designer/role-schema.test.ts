import { expect } from 'chai'
import { roleShape } from '../../../designer/roles/role-schema.ts'
import { isUnder, kindOf, saidOf } from '../../../designer/roles/said.ts'
import { roleKind } from '../../../engine/model/kinds/role.ts'
import { createRegistry } from '../../../engine/registry/registry.ts'

const SCHEMA = roleKind.schema(createRegistry())

describe('what the page of a role draws from the schema', () => {
  it('has a column for every right that a role may say, reading first', () => {
    const { rights } = roleShape(SCHEMA, 'en')
    expect(rights.slice(0, 2).map(({ name }) => name)).to.deep.equal(['read', 'create'])
    const said = (SCHEMA.$defs as Record<string, { properties: object }>).rights!.properties
    expect(rights.map(({ name }) => name)).to.have.members(
      Object.keys(said).filter((name) => name !== 'fields' && name !== 'transitions'),
    )
  })

  it('knows scopes from yes and no, in both languages', () => {
    const column = (language: string, name: string) =>
      roleShape(SCHEMA, language).rights.find((one) => one.name === name)
    expect(column('en', 'update')).to.include({ type: 'scope', title: 'Update' })
    expect(column('zh-CN', 'create')).to.include({ type: 'yes_no', title: '新建' })
  })

  it('shows a right that is new in the schema without being told of it', () => {
    const extended = {
      $defs: {
        rights: {
          properties: {
            read: { $ref: '#/$defs/scope', title: 'Read' },
            export: { $ref: '#/$defs/scope', title: 'Export', 'x-zh': { title: '导出' } },
            moves: { type: 'object', title: 'Moves' },
          },
        },
      },
    }
    expect(roleShape(extended, 'zh-CN').rights.map(({ title, type }) => [title, type])).to.deep.equal([
      ['Read', 'scope'],
      ['导出', 'scope'],
      ['Moves', 'other'],
    ])
  })

  it('has the classes of personal data and what may be administered', () => {
    const { classes, administration } = roleShape(SCHEMA, 'en')
    expect(classes).to.include.members(['contact', 'financial'])
    expect(administration).to.include.members(['definitions', 'users'])
  })
})

describe('what a role says', () => {
  const kinds: readonly (readonly [unknown, string])[] = [
    [undefined, 'unsaid'],
    [true, 'yes'],
    [false, 'no'],
    ['team_tree', 'team_tree'],
    ['masked', 'masked'],
    [{ '==': [{ var: 'level' }, 'a'] }, 'rule'],
  ]
  for (const [said, kind] of kinds) it(`is ${kind}`, () => expect(kindOf(said)).to.equal(kind))

  it('is its own word of an entity before that of the default', () => {
    const role = { default: { read: 'own', delete: 'none' }, entities: { account: { read: 'all' } } }
    expect([
      saidOf(role, 'account', 'read'),
      saidOf(role, 'account', 'delete'),
      saidOf(role, undefined, 'read'),
    ]).to.deep.equal([
      { said: 'all', isInherited: false },
      { said: 'none', isInherited: true },
      { said: 'own', isInherited: false },
    ])
  })

  it('has a fault where its path leads to or below', () => {
    const path = ['entities', 'account', 'update']
    expect([
      isUnder('/entities/account/update/==/0', path),
      isUnder('/entities/account', path),
      isUnder('/entities/account/updates', path),
    ]).to.deep.equal([true, false, false])
  })
})
