import type { labelsEn } from './en-labels.ts'

/** 文字总览页的文案。 */
export const labelsZhCN: Readonly<Record<keyof typeof labelsEn, string>> = {
  'labels.cell': '{{called}}，{{where}}，{{language}}',
  'labels.kind': '全部种类',
  'labels.missing': '缺少一种语言：{{count}}',
  'labels.more': '显示更多（{{count}}）',
  'labels.search': '搜索文字',
  'labels.title': '标签与文字',
  'labels.where': '位置',
}
