import type { clipboardEn } from './en-clipboard.ts'

type Keys = Exclude<keyof typeof clipboardEn, `${string}_one`>

/** 行的复制与粘贴相关文案。 */
export const clipboardZhCN: Readonly<Record<Keys, string>> = {
  'clipboard.change_other': '修改所选的 {{count}} 条记录',
  'clipboard.copied_other': '已复制 {{count}} 行。',
  'clipboard.create_other': '新建 {{count}} 条记录',
  'clipboard.fault.file': '第 {{row}} 行，{{field}}：文件无法粘贴，请打开记录后选择“{{value}}”。',
  'clipboard.fault.locked': '第 {{row}} 行，{{field}}：该列不能通过粘贴修改。',
  'clipboard.fault.many': '第 {{row}} 行，{{field}}：有多个名为“{{value}}”的记录。',
  'clipboard.fault.unknown': '第 {{row}} 行，{{field}}：在您可见的范围内没有名为“{{value}}”的记录。',
  'clipboard.fault.value': '第 {{row}} 行：“{{value}}”不适用于“{{field}}”。',
  'clipboard.file': '粘贴的行',
  'clipboard.from': '起始列',
  'clipboard.goOn': '对应各列',
  'clipboard.rows': '粘贴的行',
  'clipboard.title_other': '粘贴 {{count}} 行',
  'clipboard.uneven_other': '所选记录数须与粘贴的行数相同，目前已选 {{count}} 条。',
}
