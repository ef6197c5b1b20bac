import { defineAction } from '../registry/action.ts'
import { entityParameter, takes } from './parts.ts'

const DEFAULT_LIMIT = 200

export const findAction = defineAction({
  name: 'find',
  label: { en: 'Find', 'zh-CN': '查找' },
  description: {
    en: 'Looks for records; later steps know them as steps.<name>.records, .first and .count.',
    'zh-CN': '查找记录，后续步骤以 steps.<名称>.records、.first、.count 使用结果。',
  },
  takes: {
    entity: entityParameter('Whose records are looked for.', '查找哪个实体的记录。'),
    filter: takes(
      'filter',
      { en: 'Filter', 'zh-CN': '筛选' },
      {
        en: 'Which records; bare names are theirs, record.* is the flow’s record.',
        'zh-CN': '哪些记录；直接写字段名指被查找的记录，record.* 指自动流程的记录。',
      },
    ),
    sort: takes(
      'sort',
      { en: 'Sort', 'zh-CN': '排序' },
      { en: 'Field names, with - in front for descending.', 'zh-CN': '字段名，前面加 - 表示降序。' },
    ),
    limit: takes(
      'plain',
      { en: 'Limit', 'zh-CN': '上限' },
      {
        en: `At most so many, ${DEFAULT_LIMIT} when absent.`,
        'zh-CN': `最多多少条，不写为 ${DEFAULT_LIMIT}。`,
      },
      { schema: { type: 'integer', minimum: 1, maximum: 5000 } },
    ),
  },
  target: 'entity',
  gives: 'list',
  async run(context, { entity, filter, sort, limit }) {
    const found = await context.find(String(entity), {
      ...(filter === undefined ? {} : { filter }),
      ...(sort === undefined ? {} : { sort: sort as readonly string[] }),
      limit: typeof limit === 'number' ? limit : DEFAULT_LIMIT,
    })
    return {
      kind: 'done',
      output: { entity: String(entity), ids: found.map(({ id }) => id), count: found.length },
    }
  },
  sentence({ entity, filter }, words) {
    const which = filter === undefined ? '' : words.rule(filter)
    if (words.language === 'en') return `find ${words.entity(entity)}${which === '' ? '' : ` where ${which}`}`
    return `查找${words.entity(entity)}${which === '' ? '' : `：${which}`}`
  },
  examples: {
    valid: [
      {
        do: 'find',
        entity: 'task',
        filter: { '==': [{ var: 'parent' }, { var: 'record.id' }] },
        sort: ['-created_at'],
      },
    ],
    invalid: [
      { do: 'find', entity: 'tusk' },
      { do: 'find', entity: 'task', filter: { '==': [{ var: 'no_such' }, 1] } },
      { do: 'find', entity: 'task', limit: 0 },
    ],
  },
})
