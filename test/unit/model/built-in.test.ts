import { expect } from 'chai'
import { upgradeBuiltIns } from '../../../engine/model/bootstrap.ts'
import { addedFields, builtIn, extendBuiltIn } from '../../../engine/model/built-in.ts'
import { checkDefinition } from '../../../engine/model/check-shape.ts'
import type { Definition } from '../../../engine/model/compiled.ts'
import { toDefinitionSet } from '../../../engine/model/definition-set.ts'
import { exportDefinitions } from '../../../engine/model/export.ts'
import type { EntityDefinition, FieldDefinition } from '../../../metadata/types.ts'
import { fullRegistry } from '../../support/model-world.ts'

const user = builtIn('entity', 'user') as EntityDefinition
const campus = { id: '019a0000-0000-7000-8000-0000000000c1', name: 'campus', type: 'text' } as FieldDefinition
const names = (definition: Definition) => (definition as EntityDefinition).fields.map(({ name }) => name)
const engineNames = names(user)

describe('built-in entities', () => {
  it('keep the fields that a workspace adds, where it put them', () => {
    const [name, ...rest] = user.fields
    const written = { ...user, fields: [name, campus, ...rest] }
    expect(extendBuiltIn(user, written)).to.deep.equal(written)
    expect(addedFields(user, written)).to.deep.equal([1])
  })

  it('get what an earlier engine did not have, and lose what this one has no more', () => {
    const gone = { ...campus, id: '00000000-0000-7000-8000-0000000001ff', name: 'nickname' }
    const older = { ...user, fields: [user.fields[0], gone, user.fields[1], campus] }
    expect(names(extendBuiltIn(user, older))).to.deep.equal([...engineNames, 'campus'])
  })

  it('keep the group into which a workspace puts them, and are told when it is none', () => {
    const registry = fullRegistry()
    const written = { ...user, group: { en: 'People', 'zh-CN': '人员' } }
    expect(extendBuiltIn(user, written)).to.deep.equal(written)
    expect(checkDefinition(written, 'entity', 'user', registry)).to.deep.equal([])
    const { group: _none, ...without } = user
    expect(checkDefinition(without, 'entity', 'user', registry)).to.deep.equal([])
    expect(extendBuiltIn(user, without)).to.deep.equal(user)
    const faults = checkDefinition({ ...user, group: { en: 5 } }, 'entity', 'user', registry)
    expect(faults.map(({ code, path }) => `${code} ${path}`)).to.deep.equal(['META_VALUE_INVALID /group/en'])
    const set = toDefinitionSet([user, written] as Definition[])
    expect(exportDefinitions(set, registry).map(({ name }) => name)).to.deep.equal(['user'])
    expect(exportDefinitions(toDefinitionSet([user]), registry)).to.deep.equal([])
  })

  it('take nothing but fields and a group from what was written', () => {
    expect(extendBuiltIn(user, { ...user, label: 'Person', owned: true })).to.deep.equal(user)
    expect(extendBuiltIn(user, undefined)).to.deep.equal(user)
  })

  it('give way to nothing: a field whose name the engine takes goes on as another, with its mentions', () => {
    const own = { ...campus, name: 'phone' }
    const inForce = toDefinitionSet([
      { ...user, fields: [...user.fields.filter(({ name }) => name !== 'phone'), own] },
      { kind: 'view', name: 'people', entity: 'user', type: 'table', columns: ['name', 'phone'] },
    ] as Definition[])
    const upgraded = upgradeBuiltIns(inForce, fullRegistry())
    expect(upgraded.entity.get('user')?.fields.find(({ id }) => id === own.id)?.name).to.equal('phone_2')
    expect(upgraded.view.get('people')?.columns).to.deep.equal(['name', 'phone_2'])
  })
})
