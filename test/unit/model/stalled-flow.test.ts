import { expect } from 'chai'
import type { Definition } from '../../../engine/model/compiled.ts'
import { toDefinitionSet } from '../../../engine/model/definition-set.ts'
import { allFlows } from '../../../engine/model/stalled-flow.ts'

/** An object that has it as a plain key would look like a promise. */
const THEN = 'then'

const set = (stalled: object | undefined) =>
  toDefinitionSet([
    { kind: 'entity', name: 'deal', label: { en: 'Deal', 'zh-CN': '商机' }, fields: [] },
    {
      ...{ kind: 'pipeline', id: '018f0000-0000-7000-8000-000000000001', name: 'sales', entity: 'deal' },
      ...{ label: 'Sales', field: 'state', stages: [{ name: 'a', type: 'open' }], stalled },
    },
  ] as unknown as Definition[])

describe('the flow of a pipeline’s stalled.then', () => {
  it('is none where nobody is told', () => {
    expect(allFlows(set(undefined))).to.deep.equal([])
    expect(allFlows(set({ after: 'P14D' }))).to.deep.equal([])
  })

  it('tells one after the other, as long as the record does not move', () => {
    const isOpen = { in: [{ var: 'state' }, ['a']] }
    const after = [{ to: { field: 'owner' } }, { after: 'P1W', to: { leaderOf: 'owner' }, title: 'Late' }]
    const [flow, ...others] = allFlows(set({ after: 'P2W', [THEN]: after }))
    expect(others).to.deep.equal([])
    expect(flow).to.deep.include({
      name: 'sales_stalled',
      label: { en: 'Sales: stalled', 'zh-CN': 'Sales：停滞' },
      trigger: { record: 'deal', time: { after: 'P2W', field: 'state_since' }, when: isOpen },
      steps: [
        {
          ...{ name: 'tell_1', do: 'notify', to: { field: 'owner' }, through: ['in_app'] },
          title: { en: 'Deal: no progress for 14 days', 'zh-CN': '商机已 14 天没有进展' },
        },
        {
          ...{ name: 'moved_1', do: 'wait', within: { after: 'P1W' } },
          when: { or: [{ '!': [isOpen] }, { '<': [{ days_since: { var: 'state_since' } }, 14] }] },
          late: [
            {
              ...{ name: 'tell_2', do: 'notify', to: { leaderOf: 'owner' }, through: ['in_app'] },
              title: 'Late',
            },
          ],
        },
      ],
    })
  })

  it('counts from the date that the pipeline says, and keeps its identity', () => {
    const told = { after: 'P3D', since: 'seen_on', [THEN]: [{ to: { field: 'owner' }, message: 'hello' }] }
    const [flow] = allFlows(set(told))
    expect(flow?.trigger.time).to.deep.equal({ after: 'P3D', field: 'seen_on' })
    expect(flow?.steps[0]).to.include({ message: 'hello' })
    expect(allFlows(set({ ...told, after: 'P4D' }))[0]?.id).to.equal(flow?.id)
  })
})
