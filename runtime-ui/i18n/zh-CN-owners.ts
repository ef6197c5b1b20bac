import type { ownersEn } from './en-owners.ts'

type Keys = Exclude<keyof typeof ownersEn, `${string}_one`>

/** 分配与公海相关文案。 */
export const ownersZhCN: Readonly<Record<Keys, string>> = {
  'owner.accept': '接受',
  'owner.acceptBy': '须在此前接受：',
  'owner.acceptedAt': '已接受：',
  'owner.byRule': '规则',
  'owner.cause.changed': '修改时分配',
  'owner.cause.created': '新建时分配',
  'owner.cause.flow': '由自动流程分配',
  'owner.cause.not_accepted': '未及时接受，转给他人',
  'owner.cause.waited': '等待后分配',
  'owner.claim': '领取',
  'owner.claimFrom': '从“{{pool}}”领取',
  'owner.day': '日期',
  'owner.days_other': '{{count}} 天',
  'owner.did.accept': '已接受',
  'owner.did.claim': '领取成功，由您负责',
  'owner.did.release': '已退回公海',
  'owner.falls_other': '{{count}} 条记录将回到公海。',
  'owner.open': '未结 {{count}} 条',
  'owner.outcome.given': '已分配',
  'owner.outcome.nobody': '没有找到人员，负责人不变',
  'owner.outcome.otherwise': '已分配',
  'owner.outcome.waiting': '等待有人空闲',
  'owner.records': '记录数',
  'owner.recycling': '即将回收的记录',
  'owner.recyclingFailed': '无法计算',
  'owner.recyclingText': '试算：若无人跟进，以下记录将回到公海。',
  'owner.release': '退回公海',
  'owner.today': '今日 {{count}} 条',
  'owner.weight': '权重 {{weight}}',
  'owner.why': '为什么由此人负责',
  'owner.whyFailed': '无法读取原因',
  'owner.whyNone': '尚无规则对此记录做出分配。',
}
