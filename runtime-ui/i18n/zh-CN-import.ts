import type { importEn } from './en-import.ts'

type Keys = Exclude<keyof typeof importEn, `${string}_one`>

/** 文件导入相关文案。 */
export const importZhCN: Readonly<Record<Keys, string>> = {
  'import.accept': '疑似重复的也一并导入（规则允许由您决定的部分）',
  'import.act': '从文件导入',
  'import.another': '换一个文件',
  'import.choose': '选择文件',
  'import.column': '列',
  'import.columns': '文件中的列与对应字段',
  'import.comma': '、',
  'import.count.changed': '更新',
  'import.count.created': '新建',
  'import.count.duplicates': '已存在',
  'import.count.faulty': '有问题',
  'import.do_other': '导入 {{number}} 条记录',
  'import.done': '导入完成',
  'import.drop': '将文件拖到此处',
  'import.dropText':
    '支持带表头的 Excel 工作簿（.xlsx）或 CSV，最多 20,000 行。写入之前会先预览{{entities}}的导入结果。',
  'import.dropOnList': '松开即可导入{{entities}}',
  'import.fieldOf': '“{{column}}”列对应的字段',
  'import.key': '已有记录的处理',
  'import.keyBy': '更新“{{field}}”相同的记录',
  'import.keyNone': '每一行都新建记录',
  'import.leave': '不导入',
  'import.outlook': '导入结果预览',
  'import.problem': '问题',
  'import.progress': '第 {{done}} 行，共 {{total}} 行',
  'import.reading': '正在读取 {{name}}',
  'import.refused': '未导入的行',
  'import.refusedMore_other': '仅显示前 {{count}} 行。',
  'import.row': '行',
  'import.rows_other': '{{number}} 行',
  'import.running': '正在导入',
  'import.sheet': '工作表“{{name}}”',
  'import.show': '查看{{entities}}',
  'import.title': '导入{{entities}}',
  'import.undo': '撤销导入',
  'import.undoText': '导入后 24 小时内可撤销，此后已被他人修改的内容保持现状。',
  'import.undone': '已撤销',
}
