import type { inspectorEn } from './en-inspector.ts'

/** 属性面板的文字。 */
export const inspectorZhCN: Readonly<Record<keyof typeof inspectorEn, string>> = {
  'duration.days': '天',
  'duration.hours': '小时',
  'duration.minutes': '分钟',
  'duration.months': '个月',
  'duration.unit': '{{title}}：单位',
  'duration.weeks': '周',
  'inspector.addEntry': '添加',
  'inspector.addTo': '添加到“{{title}}”',
  'inspector.addWords': '填写名称，按 Enter 添加；可粘贴多行',
  'inspector.down': '下移 {{title}}',
  'inspector.entryName': '条目名称',
  'inspector.helpOf': '“{{title}}”的含义',
  'inspector.leaveOut': '去掉 {{title}}',
  'inspector.more': '更多属性',
  'inspector.ruleExample': "amount > 1000 and stage = 'won'",
  'inspector.ruleWay': '“{{title}}”的写法',
  'inspector.ruleWay.build': '条件',
  'inspector.ruleWay.write': '文字',
  'inspector.up': '上移 {{title}}',
  'inspector.way': '显示方式',
  'inspector.way.edit': '属性',
  'inspector.way.friction': '填写负担',
  'inspector.way.json': 'JSON',
  'inspector.way.picture': '图形',
}
