import type { exampleEn } from './en-example.ts'

/** 以实例编辑的画面的文字：列表、报表、看板。 */
export const exampleZhCN: Readonly<Record<Exclude<keyof typeof exampleEn, `${string}_one`>, string>> = {
  'example.begin': '从常用列开始',
  'example.boardNeeds': '看板需要一个阶段或单选字段来分列。',
  'example.calendarNeeds': '日历需要一个日期字段来摆放记录。',
  'example.columns': '列',
  'example.fields': '其他字段',
  'example.fresh_other': '“{{fields}}”尚未生效，或您无权查看，这些列暂时为空。',
  'example.list': '含实际记录的列表',
  'example.noColumns': '尚未显示任何内容',
  'example.noColumnsText': '先用列表默认的列，再在这里修改。',
  'example.noEntity': '列出哪些记录？',
  'example.noEntityText': '请在旁边选择实体，其实际记录会显示在这里。',
  'example.none': '没有符合条件的记录。视图本身没有问题，其他人可能看得到记录。',
  'example.noneYet': '实体尚未生效，还没有记录。',
  'example.related': '关联记录的字段',
  'example.search': '字段，也可搜索关联记录的字段',
  'example.type': '列表形式',
  'example.type.board': '看板',
  'example.type.calendar': '日历',
  'example.type.cards': '卡片',
  'example.type.table': '表格',
  'example.unfiltered': '筛选用到了尚未生效的字段，暂时显示全部记录。',
  'example.whole': '整个视图',
}
