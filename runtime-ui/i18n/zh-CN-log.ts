import type { logEn } from './en-log.ts'

/** 通话记录与口语时间相关文案。 */
export const logZhCN: Readonly<Record<keyof typeof logEn, string>> = {
  'log.change': '另选对象',
  'log.isNew': '新{{entity}}',
  'log.newOf': '新建{{entity}}“{{title}}”',
  'log.title': '记录{{entity}}',
  'log.who': '与谁',
  'log.whoExample': '姓名或号码；新客户会随之建档',
  'next.becomes': '{{entity}}“{{title}}”，{{time}}',
  'next.example': '后天下午3点发报价',
  'next.label': '下一步',
  'next.touch': '回访 {{title}}',
  'next.unclear': '请同时写明时间，例如“后天下午3点发报价”。',
  'record.figuresFailed': '部分指标读取失败。',
  'record.overview': '全景',
  'time.day': '如“3天后”',
  'time.moment': '如“后天下午3点”',
  'time.unclear': '还没有看懂日期，试试“下周二 10点”。',
}
