import { defineAction } from '../registry/action.ts'
import { steps, takes } from './parts.ts'

export const forEachAction = defineAction({
  name: 'for_each',
  label: { en: 'For each', 'zh-CN': '逐条处理' },
  description: {
    en: 'Takes its steps once for each record of a list; they call the record “item”.',
    'zh-CN': '对列表中的每条记录各执行一遍其步骤，步骤中以 item 指称该记录。',
  },
  takes: {
    in: takes(
      'records',
      { en: 'In', 'zh-CN': '列表' },
      {
        en: 'The records: a relation of the flow’s record, such as quotes, or those of an earlier step, such as steps.found.records.',
        'zh-CN': '哪些记录：自动流程的记录的关系（如 quotes），或前面步骤的结果（如 steps.found.records）。',
      },
      { required: true, schema: { type: 'string', minLength: 1, maxLength: 200 } },
    ),
    steps: steps(
      { en: 'Steps', 'zh-CN': '步骤' },
      { en: 'What is done with each.', 'zh-CN': '对每条记录执行的步骤。' },
      true,
    ),
  },
  run: async (context, step) => ({ kind: 'enter', block: 'steps', over: await context.records(step.in) }),
  sentence: (step, words) =>
    words.language === 'en' ? `for each of ${words.record(step.in)}` : `对${words.record(step.in)}逐条处理`,
  examples: {
    valid: [
      { do: 'for_each', in: 'subtasks', steps: [{ do: 'update', record: 'item', set: { status: 'done' } }] },
    ],
    invalid: [
      { do: 'for_each', in: 'subtasks' },
      { do: 'for_each', in: 'no_such', steps: [{ do: 'stop' }] },
    ],
  },
})
