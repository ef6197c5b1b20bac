import type { mergeEn } from './en-merge.ts'

type Keys = Exclude<keyof typeof mergeEn, `${string}_one`>

/** 合并记录与查找重复相关文案。 */
export const mergeZhCN: Readonly<Record<Keys, string>> = {
  'merge.act': '合并…',
  'merge.along': '随之转入：',
  'merge.away': '已并入“{{title}}”',
  'merge.comma': '、',
  'merge.compare': '保留哪些值',
  'merge.do_other': '将 {{count}} 条记录并入“{{title}}”',
  'merge.done_other': '已将 {{count}} 条记录并入“{{title}}”',
  'merge.equal_other': '另有 {{count}} 个字段完全相同',
  'merge.goes': '移入回收站',
  'merge.hidden': '您无权查看的{{entity}}',
  'merge.left': '无法保留：{{fields}}',
  'merge.likes': '很可能是同一条',
  'merge.mergedFrom': '将{{names}}并入此记录',
  'merge.mergedInto': '将此记录并入',
  'merge.nothingAlong': '没有记录指向它们。',
  'merge.of': '发生在已并入的“{{name}}”',
  'merge.otherRecords_other': '{{number}} 条其他记录',
  'merge.others': '按名称查找其他记录',
  'merge.shares_other': '{{count}} 项共享',
  'merge.some': '{{number}} 条{{entity}}',
  'merge.stays': '保留',
  'merge.text': '保留“{{title}}”。指向其他记录的内容随后都指向它，其他记录移入回收站。',
  'merge.title': '合并{{entity}}',
  'merge.together': '合在一起',
  'merge.which': '哪些记录并入它',
}
