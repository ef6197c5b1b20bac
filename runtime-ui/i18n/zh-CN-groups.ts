import type { groupsEn } from './en-groups.ts'

/** 分组列表相关文案。 */
export const groupsZhCN: Readonly<Record<keyof typeof groupsEn, string>> = {
  'groups.by': '按{{field}}分组',
  'groups.byMonth': '{{field}}（按月）',
  'groups.closeAll': '收起全部分组',
  'groups.hidden': '无权查看',
  'groups.most': '仅显示前 {{count}} 个分组，可用筛选缩小范围。',
  'groups.none': '未填{{field}}',
  'groups.not': '不分组',
  'groups.openAll': '展开全部分组',
  'groups.title': '分组',
}
