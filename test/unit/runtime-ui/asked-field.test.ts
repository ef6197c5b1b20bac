import { expect } from 'chai'
import type { TFunction } from 'i18next'
import type { Entity } from '../../../runtime-ui/api/types.ts'
import { askedField } from '../../../runtime-ui/screens/list/asked-field.ts'
import { conditionText } from '../../../runtime-ui/screens/list/filter-text.ts'

const account = {
  name: 'account',
  fields: [
    { name: 'level', label: '级别', type: 'select', options: [{ name: 'a', label: 'A 级' }] },
    { name: 'parent', label: '上级', type: 'lookup', relation: { kind: 'one', to: ['account'] } },
  ],
  pipelines: {},
} as unknown as Entity
const deal = {
  name: 'deal',
  fields: [
    { name: 'account', label: '客户', type: 'lookup', relation: { kind: 'one', to: ['account'] } },
    { name: 'stage', label: '阶段', type: 'stage' },
    { name: 'state', label: '状态', type: 'stage' },
  ],
  pipelines: {},
} as unknown as Entity
const t = ((key: string, values?: { stage?: string }) =>
  values?.stage === undefined ? key : `${key}(${values.stage})`) as unknown as TFunction
const context = { t, entities: [account, deal] }

describe('what a condition of a filter asks', () => {
  const cases = [
    ['account', '客户'],
    ['account.level', '客户 › 级别'],
    ['account.parent.level', '客户 › 上级 › 级别'],
    ['stage.type', 'filter.stage.type(阶段)'],
    ['stage.probability', 'filter.stage.probability(阶段)'],
    ['days_in_state', 'filter.stage.days(状态)'],
    ['is_stalled', 'filter.stage.stalled'],
    ['state_is_stalled', 'filter.stage.stalled'],
    ['nothing', 'nothing'],
    ['account.nothing', '客户 › nothing'],
  ] as const
  for (const [path, label] of cases) {
    it(`is called by its labels: ${path}`, () => {
      expect(askedField(deal, path, context).label).to.equal(label)
    })
  }

  it('has values by their labels', () => {
    const whole = { ...context, language: 'zh-CN', today: '2026-11-28', names: new Map<string, string>() }
    const said = (field: string, value: unknown) =>
      conditionText(deal, { field, operator: '==', value }, whole).value
    expect(said('account.level', 'a')).to.equal('A 级')
    expect(said('stage.type', 'won')).to.equal('filter.stageType.won')
    expect(said('stage.forecast', 'commit')).to.equal('commit')
  })
})
