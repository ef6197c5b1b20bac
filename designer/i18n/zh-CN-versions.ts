import type { versionsEn } from './en-versions.ts'

/** 版本与版本比较的文案。 */
export const versionsZhCN: Readonly<Record<keyof typeof versionsEn, string>> = {
  'versions.announced': '已告知用户：{{text}}',
  'versions.changes': '改动内容',
  'versions.compare': '版本 {{from}} 到 {{to}}',
  'versions.failed': '无法比较这两个版本',
  'versions.from': '起始版本',
  'versions.json': '并排查看 JSON',
  'versions.less': '收起',
  'versions.more': '并排对比',
  'versions.noJson': '隐藏 JSON',
  'versions.place': '位置',
  'versions.notPrepared': '“{{label}}”未能生效，原因见草稿页面',
  'versions.prepared': '{{done}} / {{total}}',
  'versions.preparing': '正在准备，完成后生效；大家可照常工作',
  'versions.restore': '恢复',
  'versions.restoreOf': '恢复版本 {{version}}',
  'versions.same': '两个版本内容相同',
  'versions.side': '版本 {{version}}',
  'versions.ofEngine': 'Tenon 自身所需的定义',
  'versions.ofTemplate': '模板“{{name}}”{{version}}',
  'versions.to': '目标版本',
  'versions.whole': '整个定义',
}
