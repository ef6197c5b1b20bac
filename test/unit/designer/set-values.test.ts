import { expect } from 'chai'
import { aroundValues, later, laterOf, sourceOf } from '../../../designer/inspector/controls/set-values.ts'
import { entityAround } from '../../../designer/inspector/references.ts'
import { begun, formOf, strangeTo, TRIGGER_FORMS } from '../../../designer/steps/trigger-forms.ts'

const flow = {
  trigger: { record: 'deal', on: ['changed'] },
  steps: [
    { do: 'create', entity: 'task', set: {}, when: {} },
    { do: 'update', record: 'account', set: {} },
    { do: 'update', set: {} },
    { do: 'for_each', in: 'lines', steps: [{ do: 'update', record: 'item', set: {} }] },
  ],
}
const pointsTo = (entity: string, field: string) =>
  entity === 'deal' && field === 'account' ? 'company' : undefined

describe('a value that a step sets', () => {
  it('comes from where its form says', () => {
    const forms: readonly (readonly [unknown, string])[] = [
      ['Call', 'fixed'],
      [false, 'fixed'],
      [['a'], 'fixed'],
      [{ var: 'amount' }, 'field'],
      [later('date_time', 'P3D'), 'later'],
      [later('date', 'P1M'), 'later'],
      [{ role: 'service' }, 'people'],
      [[{ field: 'owner' }], 'people'],
      [{ '+': [{ var: 'amount' }, 1] }, 'rule'],
      [{ date_add: [{ var: 'due' }, 'P3D'] }, 'rule'],
      [{ literal: { var: 'x' } }, 'rule'],
    ]
    for (const [value, source] of forms) expect(sourceOf(value), JSON.stringify(value)).to.equal(source)
    expect(laterOf(later('date', 'P3D'))).to.equal('P3D')
  })

  it('is of the entity that the step makes or changes, and reads the one that the flow is about', () => {
    const of = (...path: string[]) => aroundValues('flow', flow, ['steps', ...path, 'set'], pointsTo)
    expect(of('0')).to.deep.equal({ target: 'task', source: 'deal' })
    expect(of('1')).to.deep.equal({ target: 'company', source: 'deal' })
    expect(of('2')).to.deep.equal({ target: 'deal', source: 'deal' })
    expect(of('3', 'steps', '0')).to.deep.equal({ target: undefined, source: undefined })
    const pipeline = { entity: 'deal', stages: [{ onEnter: [{ do: 'update', set: {} }] }] }
    expect(
      aroundValues('pipeline', pipeline, ['stages', '0', 'onEnter', '0', 'set'], pointsTo),
    ).to.deep.equal({
      ...{ target: 'deal', source: 'deal' },
    })
  })

  it('stands beside a condition on the record of the flow, not on what the step makes', () => {
    expect(entityAround('flow', 'f', flow, ['steps', '0', 'when'])).to.equal('deal')
    expect(entityAround('flow', 'f', flow, ['steps', '0', 'set'])).to.equal('task')
    expect(entityAround('flow', 'f', flow, ['trigger', 'when'])).to.equal('deal')
  })
})

describe('what sets a flow off', () => {
  it('is of the form that was chosen, and keeps what the next one may say too', () => {
    expect(formOf({})).to.equal(undefined)
    expect(formOf(undefined)).to.equal(undefined)
    for (const form of TRIGGER_FORMS) expect(formOf(begun(form, {})), form).to.equal(form)
    const said = { record: 'deal', on: ['changed'], fields: ['stage'], when: { '==': [1, 1] } }
    expect(begun('time', said)).to.deep.equal({ record: 'deal', when: said.when, time: { before: 'P3D' } })
    expect(begun('schedule', said)).to.deep.equal({ schedule: { every: 'P1D' } })
    expect([...strangeTo('record', said)].sort()).to.deep.equal([
      'approval',
      'button',
      'event',
      'gives',
      'schedule',
      'time',
    ])
    expect(strangeTo('time', { ...said, time: {} }).has('fields')).to.equal(false) // to be taken away
  })
})
