import { defineAction } from '../registry/action.ts'
import { recordParameter, tagList, takes } from './parts.ts'

export const tagAction = defineAction({
  name: 'tag',
  label: { en: 'Tag', 'zh-CN': '打标签' },
  description: { en: 'Adds tags to a record and takes others away.', 'zh-CN': '为记录增加、去除标签。' },
  takes: {
    record: recordParameter,
    field: takes(
      'field',
      { en: 'Field', 'zh-CN': '字段' },
      {
        en: 'The field of tags; the only one of the record when absent.',
        'zh-CN': '标签字段；不写则为该记录唯一的标签字段。',
      },
    ),
    add: takes(
      'plain',
      { en: 'Add', 'zh-CN': '添加' },
      { en: 'Tags to add.', 'zh-CN': '要添加的标签。' },
      { schema: tagList },
    ),
    remove: takes(
      'plain',
      { en: 'Remove', 'zh-CN': '移除' },
      { en: 'Tags to take away.', 'zh-CN': '要移除的标签。' },
      { schema: tagList },
    ),
  },
  target: 'record',
  check({ add, remove }) {
    if (add !== undefined || remove !== undefined) return []
    return [{ path: '', reason: { en: 'neither “add” nor “remove”', 'zh-CN': '缺少“add”或“remove”' } }]
  },
  async run(context, { record: way, field, add = [], remove = [] }) {
    const record = await context.record(way)
    if (record === undefined) return { kind: 'done', output: {} }
    await context.tag(record, {
      ...(typeof field === 'string' ? { field } : {}),
      add: add as readonly string[],
      remove: remove as readonly string[],
    })
    return { kind: 'done', output: { ...record } }
  },
  sentence({ record, add = [], remove = [] }, words) {
    const list = (tags: unknown) => (tags as readonly string[]).join(words.language === 'en' ? ', ' : '、')
    const [more, less] = [list(add), list(remove)]
    if (words.language === 'en') {
      const said = [more === '' ? '' : `add ${more}`, less === '' ? '' : `remove ${less}`].filter(Boolean)
      return `tags of ${words.record(record)}: ${said.join(', ')}`
    }
    const said = [more === '' ? '' : `加上${more}`, less === '' ? '' : `去掉${less}`].filter(Boolean)
    return `${words.record(record)}的标签：${said.join('，')}`
  },
  examples: {
    valid: [
      { do: 'tag', add: ['urgent'] },
      { do: 'tag', field: 'tags', remove: ['urgent'] },
    ],
    invalid: [{ do: 'tag' }, { do: 'tag', field: 'title', add: ['urgent'] }, { do: 'tag', add: [] }],
  },
})
