import type { clipboardEn } from './en-clipboard.ts'

type Keys = Exclude<keyof typeof clipboardEn, `${string}_one`>

/** 行的复制与粘贴相关文案。 */
export const clipboardZhCN: Readonly<Record<Keys, string>> = {
  'clipboard.change_other': '修改所选的 {{count}} 条记录',
  'clipboard.copied_other': '已复制 {{count}} 行。',
  'clipboard.create_other': '新建 {{count}} 条记录',
  'clipboard.fault': '第 {{row}} 行：“{{value}}”不适用于“{{field}}”。',
  'clipboard.file': '粘贴的行',
  'clipboard.from': '起始列',
  'clipboard.goOn': '对应各列',
  'clipboard.rows': '粘贴的行',
  'clipboard.title_other': '粘贴 {{count}} 行',
  'clipboard.uneven_other': '所选记录数须与粘贴的行数相同，目前已选 {{count}} 条。',
}
