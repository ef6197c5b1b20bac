import type { peekEn } from './en-peek.ts'

/** 预览、前后记录与打印相关文案。 */
export const peekZhCN: Readonly<Record<keyof typeof peekEn, string>> = {
  'frame.offline': '网络已断开，恢复前保存的内容会留在表单中。',
  'peek.hint': '侧边预览（空格）',
  'peek.log': '记录通话',
  'peek.open': '侧边预览 {{title}}',
  'peek.title': '预览',
  'peek.whole': '打开',
  'print.act': '打印',
  'trail.after': '下一条',
  'trail.before': '上一条',
  'trail.place': '{{at}} / {{total}}',
  'trail.title': '列表浏览',
}
