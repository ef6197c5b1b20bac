import { defineAction } from '../registry/action.ts'

export const stopAction = defineAction({
  name: 'stop',
  label: { en: 'Stop', 'zh-CN': '结束' },
  description: { en: 'Ends the flow here.', 'zh-CN': '自动流程到此结束。' },
  takes: {},
  run: async () => ({ kind: 'stop' }),
  sentence: (_step, { language }) => (language === 'en' ? 'stop' : '结束自动流程'),
  examples: { valid: [{ do: 'stop' }], invalid: [{ do: 'stop', why: 'enough' }] },
})
