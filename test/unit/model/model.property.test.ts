import { expect } from 'chai'
import fc from 'fast-check'
import { canonical, equalDefinitions } from '../../../engine/model/canonical.ts'
import { checkCandidate } from '../../../engine/model/check.ts'
import type { Definition, DefinitionSet } from '../../../engine/model/compiled.ts'
import { listDefinitions, toDefinitionSet } from '../../../engine/model/definition-set.ts'
import { diffDefinitions } from '../../../engine/model/diff.ts'
import { identify } from '../../../engine/model/identify.ts'
import type { Target } from '../../../engine/model/kinds/kind-spec.ts'
import { itemsOf } from '../../../engine/model/kinds/kinds.ts'
import { applyRename, followRenames } from '../../../engine/model/rename.ts'
import { usesOf } from '../../../engine/model/uses.ts'
import type { EntityDefinition, FieldDefinition } from '../../../metadata/types.ts'
import { inForce, registry } from './sample.ts'

const runs = process.env.TENON_TEST_DEEP === '1' ? 500 : 40

const NAMES = ['order', 'group', 'alpha', 'beta', 'gamma', 'select', 'delta'] as const
const FIELD_NAMES = ['title', 'case', 'phone', 'sum', 'region', 'parent', 'kind', 'note'] as const

/** A field of a kind that needs nothing else, or one that leads to another entity. */
function fieldOf(entities: readonly string[]): fc.Arbitrary<FieldDefinition> {
  const name = fc.constantFrom(...FIELD_NAMES)
  const options = fc.uniqueArray(fc.constantFrom('one', 'two', 'three'), { minLength: 1 })
  return fc.oneof(
    fc.record({ name, type: fc.constantFrom('text', 'integer', 'date', 'boolean', 'json') }),
    fc.record({
      name,
      type: fc.constant('text'),
      max: fc.integer({ min: 1, max: 2000 }),
      searchable: fc.boolean(),
    }),
    fc.record({
      name,
      type: fc.constant('select'),
      options: options.map((names) => names.map((one) => ({ name: one }))),
    }),
    fc.record({ name, type: fc.constant('lookup'), to: fc.constantFrom(...entities) }),
  )
}

function entityOf(name: string, entities: readonly string[]): fc.Arbitrary<Definition> {
  const fields = fc.uniqueArray(fieldOf(entities), { minLength: 1, selector: (field) => field.name })
  return fields.map((list): EntityDefinition => {
    const title = list.find((field) => field.type === 'text')?.name
    const keys = list
      .filter((field) => field.type === 'integer' || field.type === 'lookup')
      .map((field) => field.name)
    return {
      kind: 'entity',
      name,
      fields: list,
      ...(title === undefined ? {} : { title }),
      ...(keys.length === 0 ? {} : { indexes: [keys] }),
    }
  })
}

/** A view whose columns and rule go through every lookup of its entity, and a translation of every field. */
function mentioning(entity: EntityDefinition, all: readonly EntityDefinition[]): readonly Definition[] {
  const columns = entity.fields.flatMap((field) => {
    const target = all.find((one) => one.name === field.to)
    return [field.name, ...(target?.fields ?? []).slice(0, 1).map((inner) => `${field.name}.${inner.name}`)]
  })
  const selects = entity.fields.filter((field) => field.type === 'select')
  const rules = selects.map((field) => ({
    '==': [{ var: field.name }, (field.options as readonly { readonly name: string }[])[0]?.name],
  }))
  return [
    {
      kind: 'view',
      name: `${entity.name}_all`,
      entity: entity.name,
      type: 'table',
      columns,
      ...(rules.length === 0 ? {} : { filter: { and: rules } }),
    },
    { kind: 'role', name: `${entity.name}_role`, entities: { [entity.name]: { read: 'all' } } },
    {
      kind: 'layout',
      name: `${entity.name}_page`,
      entity: entity.name,
      form: [{ name: 'all', fields: entity.fields.map((field) => field.name) }],
    },
    {
      kind: 'translation',
      name: `${entity.name}_fr`,
      language: 'fr',
      texts: Object.fromEntries(entity.fields.map((field) => [`entity/${entity.name}/${field.name}`, 'x'])),
    },
  ]
}

const model: fc.Arbitrary<DefinitionSet> = fc
  .uniqueArray(fc.constantFrom(...NAMES), { minLength: 1, maxLength: 4 })
  .chain((names) => fc.tuple(...names.map((name) => entityOf(name, names))))
  .map((entities) => {
    const all = entities as readonly EntityDefinition[]
    return inForce([...all, ...all.flatMap((entity) => mentioning(entity, all))])
  })

/** Everything of the model that has a name of its own and is not the engine's. */
function targetsIn(set: DefinitionSet): readonly Target[] {
  return listDefinitions(set)
    .filter((definition) => !definition.id?.startsWith('00000000-'))
    .flatMap((definition) => {
      const { kind, name } = definition
      return [{ kind, name }, ...itemsOf(kind, definition).map((item) => ({ kind, name, item: item.key }))]
    })
}

/** A model and one thing in it. */
const withTarget = model.chain((set) => fc.tuple(fc.constant(set), fc.constantFrom(...targetsIn(set))))

describe('definition sets', () => {
  it('pass the check, and differ in nothing from themselves', () => {
    fc.assert(
      fc.property(model, (set) => {
        expect(checkCandidate(set, registry)).to.deep.equal([])
        expect(diffDefinitions(set, set, registry)).to.deep.equal([])
      }),
      { numRuns: runs },
    )
  })

  it('are identified once: again, or without their ids, they get the same', () => {
    fc.assert(
      fc.property(model, (set) => {
        for (const definition of listDefinitions(set)) {
          expect(identify(definition, set)).to.deep.equal({ definition, problems: [] })
          const bare = JSON.parse(
            JSON.stringify(definition, (key, value: unknown) => (key === 'id' ? undefined : value)),
          )
          expect(equalDefinitions(identify(bare, set).definition, definition, registry)).to.equal(true)
        }
      }),
      { numRuns: runs },
    )
  })

  it('have one canonical form, whatever the order of keys', () => {
    fc.assert(
      fc.property(model, (set) => {
        for (const definition of listDefinitions(set)) {
          const once = canonical(definition, registry)
          const shuffled = JSON.parse(JSON.stringify(definition, (_key, value: unknown) => reversed(value)))
          expect(JSON.stringify(canonical(once, registry))).to.equal(JSON.stringify(once))
          expect(JSON.stringify(canonical(shuffled, registry))).to.equal(JSON.stringify(once))
        }
      }),
      { numRuns: runs },
    )
  })

  it('keep ids and uses through a rename, which is the only step', () => {
    fc.assert(
      fc.property(withTarget, ([set, target]) => {
        const context = { definitions: set, registry }
        const renamed = applyRename(context, target, 'renamed')
        const now: Target =
          target.item === undefined
            ? { ...target, name: 'renamed' }
            : { ...target, item: [...target.item.split('/').slice(0, -1), 'renamed'].join('/') }
        expect(checkCandidate(renamed, registry)).to.deep.equal([])
        expect(usesOf({ definitions: renamed, registry }, now)).to.have.length(usesOf(context, target).length)
        expect(usesOf({ definitions: renamed, registry }, target)).to.deep.equal([])
        const ids = (one: DefinitionSet) =>
          listDefinitions(one).flatMap((definition) => [
            definition.id,
            ...itemsOf(definition.kind, definition).map((item) => item.id),
          ])
        expect(ids(renamed).toSorted()).to.deep.equal(ids(set).toSorted())
        const kinds = diffDefinitions(set, renamed, registry).map((step) => step.kind)
        expect(kinds).to.have.length(1)
        expect(kinds[0]).to.match(/^rename|^saveContent$|^changeDefinition$/)
      }),
      { numRuns: runs },
    )
  })

  it('follow a rename that only the renamed definition says', () => {
    fc.assert(
      fc.property(withTarget, ([set, target]) => {
        const context = { definitions: set, registry }
        const whole = applyRename(context, target, 'renamed')
        const id = (set[target.kind].get(target.name) as Definition).id
        const changed = listDefinitions(whole).filter((definition) => definition.id === id)
        const others = listDefinitions(set).filter((definition) => definition.id !== id)
        const followed = followRenames(context, toDefinitionSet([...others, ...changed]))
        for (const definition of listDefinitions(whole)) {
          const same = listDefinitions(followed).find((one) => one.id === definition.id)
          expect(equalDefinitions(same, definition, registry), definition.name).to.equal(true)
        }
      }),
      { numRuns: runs },
    )
  })
})

function reversed(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).toReversed())
}
