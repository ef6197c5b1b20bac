import { expect } from 'chai'
import type { PlanScenario } from '../../../designer/api.ts'
import { missingValues, withValueGiven } from '../../../designer/review/missing-values.ts'

const REFUSED = { problem: { code: 'FIELD_REQUIRED', path: '/level' } }

const STORY = {
  kind: 'scenario',
  name: 'story',
  given: { lily: { user: { roles: ['sales'] } }, acme: { firm: { name: 'Acme' } } },
  steps: [
    { as: 'lily', create: { firm: { name: 'Best', level: 'b' } } },
    { as: 'lily', import: { firm: [{ name: 'Core' }, { name: 'Dawn', level: 'b' }] } },
    // biome-ignore lint/suspicious/noThenProperty: the key of the language.
    { as: 'lily', create: { firm: { name: 'Edge' } }, then: REFUSED },
    { as: 'lily', list: 'firm' },
  ],
}

const failing = (name: string, path: string, problems: PlanScenario['story'][number]['problems']) => ({
  ...{ name, label: name, passed: false },
  story: [
    { path: '/given/lily', text: '', outcome: 'passed' },
    { path, text: '', outcome: 'failed', ...(problems && { problems }) },
  ] satisfies PlanScenario['story'],
})
const level = { code: 'FIELD_REQUIRED', path: '/level' }

describe('values that scenarios lack', () => {
  const definitionOf = (name: string) => (name === 'gone' ? undefined : { ...STORY, name })

  it('are found by why the scenarios fail, by entity and field', () => {
    const found = missingValues(
      [
        failing('a', '/given/acme', [level]),
        failing('b', '/steps/1/then', [level, { code: 'FIELD_REQUIRED', path: '/phone' }]),
        failing('i', '/steps/1/then', [{ code: 'IMPORT_FIELD_UNMAPPED', path: '/map', name: 'level' }]),
        failing('gone', '/given/acme', [level]),
        // Another reason, a deeper place, and a step that makes nothing of values of its own.
        failing('c', '/given/acme', [{ code: 'FIELD_UNIQUE', path: '/level' }]),
        failing('d', '/given/acme', [{ code: 'FIELD_REQUIRED', path: '/lines/0/level' }]),
        failing('e', '/steps/3/then', [level]),
        failing('f', '/given/acme', undefined),
      ],
      definitionOf,
    )
    expect(found).to.deep.equal([
      { entity: 'firm', field: 'level', scenarios: ['a', 'b', 'i'] },
      { entity: 'firm', field: 'phone', scenarios: ['b'] },
    ])
  })

  it('are written into every record that lacks one, but where it is expected that this is refused', () => {
    const [first, second, ...others] = STORY.steps
    expect(withValueGiven(STORY, 'firm', 'level', 'c')).to.deep.equal({
      ...STORY,
      given: { lily: STORY.given.lily, acme: { firm: { name: 'Acme', level: 'c' } } },
      steps: [
        first,
        {
          ...second,
          import: {
            firm: [
              { name: 'Core', level: 'c' },
              { name: 'Dawn', level: 'b' },
            ],
          },
        },
        ...others,
      ],
    })
  })
})
