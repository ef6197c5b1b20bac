/** 文档的文字。 */
export const documentsZhCN = {
  'documents.failed': '无法生成 PDF',
  'documents.logo': '工作区标志',
  'documents.pdf': '保存 PDF',
} as const
