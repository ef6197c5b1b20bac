import { defineAction } from '../registry/action.ts'
import { recordParameter, takes } from './parts.ts'

export const runAction = defineAction({
  name: 'run',
  label: { en: 'Run a flow', 'zh-CN': '运行自动流程' },
  description: {
    en: 'Starts another flow, which goes its own way; this one does not wait for it.',
    'zh-CN': '启动另一个自动流程，各自进行，本自动流程不等待其结束。',
  },
  takes: {
    flow: takes(
      'flow',
      { en: 'Flow', 'zh-CN': '自动流程' },
      { en: 'Which flow.', 'zh-CN': '要运行的自动流程。' },
      { required: true },
    ),
    record: recordParameter,
  },
  gives: { run: 'id' },
  async run(context, { flow, record: way }) {
    const run = await context.start(String(flow), await context.record(way))
    return { kind: 'done', output: run === undefined ? {} : { run } }
  },
  sentence: ({ flow, record }, words) =>
    words.language === 'en'
      ? `run ${words.flow(flow)} on ${words.record(record)}`
      : `对${words.record(record)}运行${words.flow(flow)}`,
  examples: {
    valid: [{ do: 'run', flow: 'example' }],
    invalid: [{ do: 'run', flow: 'no_such' }, { do: 'run' }],
  },
})
