import type { pilotEn } from './en-pilot.ts'

type Keys = Exclude<keyof typeof pilotEn, `${string}_one`>

/** 由部分人员先行试用草稿的相关文案。 */
export const pilotZhCN: Readonly<Record<Keys, string>> = {
  'pilot.act': '试用',
  'pilot.begin': '由部分人员先行试用',
  'pilot.begun': '对方下一次操作即可使用',
  'pilot.behind': '草稿此后又有修改。试用人员使用的仍是当时确认的内容。',
  'pilot.clashed': '试用已结束：期间发布的内容修改了相同之处。',
  'pilot.nobody': '请指定人员或角色。',
  'pilot.people': '试用人员',
  'pilot.persons': '人员',
  'pilot.renew': '更新为当前草稿',
  'pilot.renewed': '试用人员已使用当前草稿',
  'pilot.roles': '角色',
  'pilot.rolesHelp': '拥有其中任一角色的所有人。',
  'pilot.save': '保存',
  'pilot.since': '始于',
  'pilot.start': '开始试用',
  'pilot.text':
    '试用人员在真实记录上使用此草稿，其他人仍使用现行内容。由他们的操作触发的流程按草稿运行。您可以随时撤回。',
  'pilot.title': '试用',
  'pilot.tried_other': '{{count}} 人正在试用此草稿',
  'pilot.trying': '试用中',
  'pilot.unfit':
    '草稿中有些内容只能对所有人同时生效，因此无法由部分人员先行试用。请将这些内容放入单独的草稿。',
  'pilot.who': '试用人员',
  'pilot.widen': '发布此草稿即推广到所有人，试用随之结束。',
  'pilot.withdraw': '撤回',
  'pilot.withdrawn': '已撤回，试用人员恢复使用现行内容',
}
