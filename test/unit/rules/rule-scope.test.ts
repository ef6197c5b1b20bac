import { expect } from 'chai'
import { registerBuiltInFields } from '../../../engine/fields/built-in.ts'
import { BUILT_IN } from '../../../engine/model/built-in.ts'
import { compileModel } from '../../../engine/model/compile.ts'
import type { CompiledModel, Definition } from '../../../engine/model/compiled.ts'
import { toDefinitionSet } from '../../../engine/model/definition-set.ts'
import { assignPhysical } from '../../../engine/model/physical.ts'
import { toPhysicalMap } from '../../../engine/model/place.ts'
import { ruleScope } from '../../../engine/model/sql/rule-scope.ts'
import { createRegistry } from '../../../engine/registry/registry.ts'
import { checkRule } from '../../../metadata/rules/check-rule.ts'

let lastId = 0
/** The field with an id, as it has one in force. */
function item<T extends object>(rest: T): T & { id: string } {
  lastId += 1
  return { id: `0190a000-0000-7000-8000-${String(lastId).padStart(12, '0')}`, ...rest }
}

const ACCOUNT = item({
  kind: 'entity',
  name: 'account',
  title: 'name',
  owned: true,
  fields: [
    item({ name: 'name', type: 'text', required: true }),
    item({ name: 'region', type: 'select', options: [item({ name: 'east' }), item({ name: 'west' })] }),
    item({ name: 'parent', type: 'lookup', to: 'account' }),
    item({ name: 'place', type: 'location' }),
  ],
})
const TASK = item({
  kind: 'entity',
  name: 'task',
  fields: [
    item({ name: 'account', type: 'lookup', to: 'account' }),
    item({ name: 'about', type: 'dynamic_lookup', to: ['account'] }),
    item({ name: 'amount', type: 'currency' }),
    item({ name: 'tags', type: 'tags' }),
  ],
})

function sampleModel(): CompiledModel {
  const registry = createRegistry()
  registerBuiltInFields(registry)
  const definitions = toDefinitionSet([...BUILT_IN, ACCOUNT, TASK] as readonly Definition[])
  return compileModel({
    workspace: 'default',
    schema: '"w"',
    version: 1,
    contentRevision: 0,
    definitions,
    physical: toPhysicalMap(assignPhysical(definitions, [], registry)),
    settings: { currency: 'CNY', timeZone: 'Asia/Shanghai', language: 'zh-CN' },
    registry,
  })
}

describe('the scope of a rule over records', () => {
  const model = sampleModel()
  const scope = ruleScope(model, model.entities.get('task')!)

  const cases: readonly { path: string; entry: unknown }[] = [
    { path: 'amount', entry: { type: 'number' } },
    { path: 'tags', entry: { type: 'texts' } },
    { path: 'created_at', entry: { type: 'datetime' } },
    { path: 'account', entry: { type: 'id' } },
    { path: 'account.region', entry: { type: 'text', options: ['east', 'west'] } },
    { path: 'account.owner.name', entry: { type: 'text' } },
    { path: 'account.parent.parent', entry: { type: 'id' } },
    { path: 'account.parent.parent.name', entry: undefined }, // three lookups
    { path: 'about', entry: { type: 'id' } },
    { path: 'about.name', entry: undefined }, // it may lead to several entities
    { path: 'account.place', entry: undefined }, // rules cannot read it
    { path: 'account.owner.password', entry: undefined }, // it never comes out
    { path: 'amount.name', entry: undefined },
    { path: 'nothing', entry: undefined },
    { path: '__proto__', entry: undefined },
    { path: 'account.constructor', entry: undefined },
    { path: '', entry: undefined },
    { path: 'account.', entry: undefined },
  ]
  for (const { path, entry } of cases) {
    it(`resolves “${path}” to ${JSON.stringify(entry) ?? 'nothing'}`, () => {
      expect(scope.resolve(path)).to.deep.equal(entry)
    })
  }

  it('names the fields that may follow a lookup', () => {
    expect([...scope.names('account')]).to.include.members(['name', 'region', 'owner', 'id', 'created_at'])
    expect([...scope.names('amount')]).to.deep.equal([])
    expect([...scope.names('account.owner')]).not.to.include('password')
  })

  it('does not know a field that the asking side may not name', () => {
    const narrow = ruleScope(model, model.entities.get('task')!, (_, field) => field.name !== 'region')
    const { problems } = checkRule({ '==': [{ var: 'account.region' }, 'east'] }, narrow, 'condition')
    expect(problems.map((fault) => [fault.code, fault.path])).to.deep.equal([
      ['RULE_FIELD_UNKNOWN', '/==/0/var'],
    ])
    expect([...narrow.names('account')]).not.to.include('region')
  })
})
