import { defineAction } from '../registry/action.ts'
import { recordParameter, setParameter, takes } from './parts.ts'

export const updateAction = defineAction({
  name: 'update',
  label: { en: 'Update', 'zh-CN': '更新' },
  description: {
    en: 'Sets fields of a record, or adds to them.',
    'zh-CN': '设置记录的字段，或在其上累加。',
  },
  takes: {
    record: recordParameter,
    set: setParameter(false),
    add: takes(
      'amounts',
      { en: 'Add', 'zh-CN': '累加' },
      {
        en: 'What is added by field: to a number an amount, to a list further items. Writers side by side lose nothing.',
        'zh-CN': '按字段累加：数字加上数值，列表加入新项。并发写入不会丢失。',
      },
    ),
  },
  target: 'record',
  check({ set, add }) {
    if (set !== undefined || add !== undefined) return []
    return [{ path: '', reason: { en: 'neither “set” nor “add”', 'zh-CN': '缺少“set”或“add”' } }]
  },
  async run(context, { record: way, set = {}, add = {} }) {
    const record = await context.record(way)
    if (record === undefined) return { kind: 'done', output: {} }
    const [body, more] = [
      await context.values(record.entity, set as Record<string, unknown>),
      await context.values(record.entity, add as Record<string, unknown>),
    ]
    await context.update(record, body, more)
    return { kind: 'done', output: { ...record } }
  },
  sentence(step, words) {
    const said = [
      ...(step.set === undefined ? [] : [words.values(step, 'set')]),
      ...(step.add === undefined ? [] : [`+ ${words.values(step, 'add')}`]),
    ]
    return words.language === 'en'
      ? `update ${words.record(step.record)}: ${said.join(', ')}`
      : `更新${words.record(step.record)}：${said.join('，')}`
  },
  examples: {
    valid: [
      { do: 'update', set: { status: 'done' } },
      { do: 'update', add: { count: 1 } },
      { do: 'update', record: 'parent', set: { title: { var: 'title' } }, add: { count: { var: 'count' } } },
    ],
    invalid: [
      { do: 'update' },
      { do: 'update', record: 'parrent', set: { status: 'done' } },
      { do: 'update', record: 'title', set: { status: 'done' } },
      { do: 'update', add: { status: 1 } },
      { do: 'update', set: { created_at: '2026-01-01T00:00:00Z' } },
    ],
  },
})
