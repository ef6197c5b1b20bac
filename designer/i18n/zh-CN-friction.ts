import type { frictionEn } from './en-friction.ts'

/** 填写负担的文案。 */
export const frictionZhCN: Readonly<Record<Exclude<keyof typeof frictionEn, `${string}_one`>, string>> = {
  'friction.acts': '处理“{{name}}”',
  'friction.allRemoved': '已在草稿中删除',
  'friction.and': '、',
  'friction.failed': '无法读取填写负担',
  'friction.field': '字段',
  'friction.filled': '填写率',
  'friction.isSpare': '可去掉',
  'friction.last': '最近填写：{{day}}',
  'friction.lastUse': '最近使用：{{day}}',
  'friction.lookedAt':
    '填写率取自最新 {{records}} 条记录，耗时取自最近 {{days}} 天保存的 {{forms}} 份表单。不记录任何人的姓名。',
  'friction.noUse': '{{day}} 以来没有使用',
  'friction.nothing': '没有明显多余的字段',
  'friction.others': '另有 {{count}} 处',
  'friction.remove': '删除字段',
  'friction.removeAll_other': '在草稿中删除这 {{count}} 个字段',
  'friction.removed_other': '草稿将删除 {{count}} 个字段',
  'friction.removedOne': '草稿将删除“{{name}}”',
  'friction.required': '必填',
  'friction.seconds': '每份表单耗时',
  'friction.secondsOf': '{{seconds}} 秒',
  'friction.spare_other': '去掉这 {{count}} 个字段，每条记录省 {{seconds}} 秒',
  'friction.spareUnmeasured_other': '{{count}} 个字段几乎没人填，也没有被用到',
  'friction.takeOff_other': '从 {{count}} 份表单中拿掉',
  'friction.takenOff': '草稿将从表单中拿掉“{{name}}”',
  'friction.title': '填写负担',
  'friction.unused': '无',
  'friction.uses': '被谁使用',
  'friction.why': '{{names}}：十条记录里填写的不到一条，近 {{days}} 天也没有规则、视图或报表用到。',
}
