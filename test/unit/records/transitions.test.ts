import { expect } from 'chai'
import { checkTransition, nextOf, stagesBefore } from '../../../engine/records/transitions.ts'
import type { PipelineDefinition } from '../../../metadata/types.ts'

const PIPELINE = {
  kind: 'pipeline',
  name: 'sales',
  entity: 'deal',
  field: 'stage',
  stages: [
    { name: 'new', type: 'open', next: ['talk'] },
    { name: 'talk', type: 'open' },
    { name: 'won', type: 'won' },
    { name: 'lost', type: 'lost', next: ['new'] },
  ],
} as PipelineDefinition

describe('moves between stages', () => {
  const all = ['new', 'talk', 'won', 'lost']
  const cases: readonly (readonly [string | null, string | null, boolean])[] = [
    ['new', 'talk', true],
    ['new', 'won', false],
    ['new', 'new', true],
    ['talk', 'lost', false],
    ['won', 'new', false],
    ['won', null, true],
    ['lost', 'new', true],
    ['lost', 'won', false],
    [null, 'won', true],
    ['retired', 'won', true],
  ]
  for (const [from, to, isAllowed] of cases) {
    it(`${isAllowed ? 'allow' : 'deny'} ${from} → ${to}, forwards and backwards alike`, () => {
      const fault = checkTransition(PIPELINE, from, to)
      expect(fault === undefined).to.equal(isAllowed)
      if (from !== null && from !== 'retired')
        expect(stagesBefore(PIPELINE, to).includes(from)).to.equal(isAllowed)
    })
  }

  it('name the ways out in both languages', () => {
    expect(checkTransition(PIPELINE, 'new', 'won')).to.deep.equal({
      code: 'STAGE_TRANSITION_DENIED',
      path: '/stage',
      params: { from: 'new', to: 'won' },
      hint: { en: 'Allowed from here: talk.', 'zh-CN': '可以变为：talk。' },
    })
    expect(checkTransition(PIPELINE, 'won', 'new')?.hint?.en).to.equal('This stage is final.')
    expect([nextOf(PIPELINE, 'retired'), stagesBefore(PIPELINE, null)]).to.deep.equal([all, all])
  })

  it('are those that `next` lists: a stage without it leads nowhere, open or not', () => {
    expect(['talk', 'won'].map((stage) => nextOf(PIPELINE, stage))).to.deep.equal([[], []])
    expect(checkTransition(PIPELINE, 'talk', 'lost')?.hint?.en).to.equal('This stage is final.')
  })
})
