import assert from 'node:assert/strict'
import type { Definition } from '../../../engine/model/compiled.ts'
import { toDefinitionSet } from '../../../engine/model/definition-set.ts'
import { differingEntities, isSameJson, keepObjects } from '../../../engine/model/keep-objects.ts'

const entity = (name: string, label: string): Definition =>
  ({ kind: 'entity', name, label, fields: [{ name: 'title', type: 'text' }] }) as unknown as Definition

describe('Objects of definitions that are read again', () => {
  it('stay the same where the definition says the same, and only there', () => {
    const place = 'keep_objects_test'
    const first = keepObjects(place, toDefinitionSet([entity('one', 'One'), entity('two', 'Two')]))
    const second = keepObjects(place, toDefinitionSet([entity('one', 'One'), entity('two', 'Second')]))
    assert.equal(second.entity.get('one'), first.entity.get('one'))
    assert.notEqual(second.entity.get('two'), first.entity.get('two'))
    assert.deepEqual(second.entity.get('two'), entity('two', 'Second'))
    assert.deepEqual(
      differingEntities(second, first).map(({ name }) => name),
      ['two'],
    )
    const third = keepObjects(place, toDefinitionSet([entity('two', 'Second')]))
    assert.deepEqual([...third.entity.keys()], ['two'])
    assert.equal(third.entity.get('two'), second.entity.get('two'))
  })

  it('of another place are compared with nothing', () => {
    const here = keepObjects('keep_objects_here', toDefinitionSet([entity('one', 'One')]))
    const there = keepObjects('keep_objects_there', toDefinitionSet([entity('one', 'One')]))
    assert.notEqual(there.entity.get('one'), here.entity.get('one'))
  })

  for (const [one, other, isSame] of [
    [{ a: 1, b: [1, { c: null }] }, { a: 1, b: [1, { c: null }] }, true],
    [{ a: 1, b: 2 }, { b: 2, a: 1 }, false],
    [{ a: 1 }, { a: 1, b: 2 }, false],
    [{ a: undefined }, { b: undefined }, false],
    [[1, 2], { 0: 1, 1: 2 }, false],
    [[1, 2], [1, 2, 3], false],
    [{ a: null }, { a: {} }, false],
    ['1', 1, false],
    [null, null, true],
  ] as const) {
    it(`${JSON.stringify(one)} and ${JSON.stringify(other)} are ${isSame ? '' : 'not '}the same`, () => {
      assert.equal(isSameJson(one, other), isSame)
    })
  }
})
