import type { keysEn } from './en-keys.ts'

/** 快捷键相关文案。 */
export const keysZhCN: Readonly<Record<keyof typeof keysEn, string>> = {
  'keys.board': '看板',
  'keys.board.card': '移动卡片',
  'keys.everywhere': '任意页面',
  'keys.everywhere.close': '关闭、取消',
  'keys.everywhere.map': '显示快捷键',
  'keys.everywhere.search': '搜索、跳转、新建、操作',
  'keys.form': '表单与评论',
  'keys.form.save': '保存',
  'keys.form.send': '保存或发送',
  'keys.list': '列表',
  'keys.list.call': '为该行（或任何人）记录通话',
  'keys.list.choose': '选择该行',
  'keys.list.create': '新建',
  'keys.list.find': '搜索列表',
  'keys.list.open': '打开',
  'keys.list.range': '从上一个所选行连续选择',
  'keys.list.rows': '逐行移动',
  'keys.record': '记录',
  'keys.record.call': '记录通话',
  'keys.record.meeting': '记录会议',
  'keys.record.note': '写笔记',
  'keys.record.task': '添加任务',
  'keys.record.edit': '编辑',
  'keys.title': '快捷键',
}
