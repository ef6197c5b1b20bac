import type { labelsEn } from './en-labels.ts'

/** 文字总览页的文案。 */
export const labelsZhCN: Readonly<Record<Exclude<keyof typeof labelsEn, `${string}_one`>, string>> = {
  'labels.cell': '{{called}}，{{where}}，{{language}}',
  'labels.lost_other': '{{count}} 行找不到可由您修改的文字：',
  'labels.kind': '全部种类',
  'labels.missing': '缺少一种语言：{{count}}',
  'labels.more': '显示更多（{{count}}）',
  'labels.read': '读取表格',
  'labels.readDone_other': '{{file}}：草稿中修改了 {{count}} 处文字',
  'labels.reading': '正在读取…',
  'labels.readNothing': '{{file}} 没有新内容',
  'labels.row': '{{row}}：{{address}}',
  'labels.save': '导出 .xlsx',
  'labels.search': '搜索文字',
  'labels.title': '界面文字',
  'labels.where': '位置',
  'labels.allThere': '每处文字都有各种语言',
  'labels.broken_other': '{{count}} 行中有单元格是公式错误，原文字未改：',
  'labels.noneFound': '没有匹配的文字',
  'labels.ofAll': '{{count}} / {{all}}',
  'labels.rowBare': '{{row}}：没有地址',
  'labels.showChanged': '只看这些',
}
