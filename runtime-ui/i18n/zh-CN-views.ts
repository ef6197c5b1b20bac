import type { viewsEn } from './en-views.ts'

/** 列与视图相关文案。 */
export const viewsZhCN: Readonly<Record<keyof typeof viewsEn, string>> = {
  'columns.add': '添加列',
  'columns.choose': '选择字段',
  'columns.down': '下移“{{field}}”',
  'columns.remove': '移除“{{field}}”',
  'columns.reset': '恢复视图的列',
  'columns.title': '列设置',
  'columns.up': '上移“{{field}}”',
  'views.all': '所有人',
  'views.keep': '保存对“{{view}}”的修改',
  'views.label': '名称',
  'views.labelMissing': '请填写视图名称。',
  'views.me': '仅自己',
  'views.own': '视图',
  'views.remove': '删除视图“{{view}}”',
  'views.removed': '已删除“{{view}}”',
  'views.save': '保存视图',
  'views.saveNew': '另存为新视图',
  'views.saveTitle': '保存视图',
  'views.saved': '已保存“{{view}}”',
  'views.team': '我的团队{{team}}',
  'views.whose': '谁可以看到',
}
