import { defineAction } from '../registry/action.ts'
import { recordParameter } from './parts.ts'

export const assignAction = defineAction({
  name: 'assign',
  label: { en: 'Assign', 'zh-CN': '分配' },
  description: {
    en: 'Gives a record the owner that the assignment of its entity decides on, whoever has it now.',
    'zh-CN': '按该实体的分配规则重新确定记录的负责人，无论现在归谁。',
  },
  takes: { record: recordParameter },
  target: 'record',
  needs: 'assignment',
  gives: { owner: 'id' },
  async run(context, { record: way }) {
    const record = await context.record(way)
    const owner = record === undefined ? undefined : await context.assign(record)
    return { kind: 'done', output: { owner: owner ?? null } }
  },
  sentence: ({ record }, words) =>
    words.language === 'en' ? `assign ${words.record(record)}` : `分配${words.record(record)}`,
  examples: {
    valid: [{ do: 'assign' }, { name: 'given', do: 'assign', record: 'parent' }],
    invalid: [
      { do: 'assign', record: 'no_such' },
      { do: 'assign', to: { role: 'administrator' } },
    ],
  },
})
