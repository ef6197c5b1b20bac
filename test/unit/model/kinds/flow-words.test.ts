import { expect } from 'chai'
import { toDefinitionSet } from '../../../../engine/model/definition-set.ts'
import { placedSteps } from '../../../../engine/model/kinds/flow-place.ts'
import { stepText } from '../../../../engine/model/kinds/flow-words.ts'
import type { ModelContext } from '../../../../engine/model/kinds/kind-spec.ts'
import type { FlowDefinition } from '../../../../metadata/types.ts'
import { registry } from '../sample.ts'

const LABELS = { en: 'Amount', 'zh-CN': '金额' }
const definitions = toDefinitionSet([
  {
    ...{ kind: 'entity', name: 'deal', title: 'name', label: { en: 'Deal', 'zh-CN': '商机' } },
    fields: [
      { name: 'name', type: 'text', label: { en: 'Name', 'zh-CN': '名称' } },
      { name: 'amount', type: 'integer', label: LABELS },
      { name: 'pdf', type: 'text', label: { en: 'Contract file', 'zh-CN': '合同文件' } },
    ],
  },
  {
    ...{ kind: 'entity', name: 'line', title: 'name', label: { en: 'Line', 'zh-CN': '明细' } },
    fields: [
      { name: 'name', type: 'text' },
      { name: 'price', type: 'integer', label: { en: 'Price', 'zh-CN': '单价' } },
      { name: 'deal', type: 'lookup', to: 'deal', inverse: 'lines' },
    ],
  },
] as never)
const context: ModelContext = { definitions, registry }

const flow = {
  ...{ kind: 'flow', name: 'sign', trigger: { record: 'deal', on: ['created'] } },
  steps: [
    { name: 'pdf', do: 'document', document: 'sheet' },
    { do: 'update', set: { pdf: { var: 'steps.pdf.file' } } },
    {
      ...{ name: 'made', do: 'create', entity: 'line', set: { price: { var: 'amount' } } },
      label: { en: 'Add a line', 'zh-CN': '新增明细' },
    },
    { do: 'update', set: { amount: { var: 'steps.made.price' } } },
    {
      name: 'found',
      do: 'find',
      entity: 'line',
      filter: { '==': [{ var: 'price' }, { var: 'steps.made.price' }] },
    },
    {
      do: 'update',
      set: { amount: { '+': [{ var: 'steps.found.count' }, { var: 'steps.found.first.price' }] } },
    },
    { do: 'for_each', in: 'lines', steps: [{ do: 'update', set: { amount: { var: 'item.price' } } }] },
    { name: 'sent', do: 'call', connection: 'e_sign', operation: 'send', gives: { reference: 'text' } },
    { do: 'update', set: { pdf: { var: 'steps.sent.reference' } } },
  ],
} as unknown as FlowDefinition

describe('the sentences of steps', () => {
  const texts = new Map(placedSteps(flow, context).map((one) => [one.at, stepText(one)]))
  const cases = [
    { at: '/steps/1', en: 'Contract file: file of “Document”', chinese: '合同文件：“生成文档”的文件' },
    { at: '/steps/3', en: 'Amount: Price of “Add a line”', chinese: '金额：“新增明细”的单价' },
    { at: '/steps/4', en: 'Price is Price of “Add a line”', chinese: '“新增明细”的单价' },
    { at: '/steps/5', en: 'number of “Find”', chinese: '“查找”的数量' },
    { at: '/steps/5', en: 'Price of first of “Find”', chinese: '“查找”的第一条的单价' },
    { at: '/steps/6/steps/0', en: 'Amount: Price of each of them', chinese: '金额：其中每条的单价' },
    {
      at: '/steps/8',
      en: 'Contract file: reference of “Call”',
      chinese: '合同文件：“调用外部系统”的reference',
    },
  ]
  for (const { at, en, chinese } of cases) {
    it(`call what other steps gave by what it is: ${en}`, () => {
      expect(texts.get(at)?.en).to.contain(en)
      expect(texts.get(at)?.['zh-CN']).to.contain(chinese)
    })
  }

  it('show no path of a step', () => {
    for (const text of texts.values()) expect(Object.values(text).join()).to.not.match(/steps[.›]|steps的/)
  })
})
