import type { draftsEn } from './en-drafts.ts'

type Keys = Exclude<keyof typeof draftsEn, `${string}_one`>

/** 草稿及其影响相关文案。 */
export const draftsZhCN: Readonly<Record<Keys, string>> = {
  'drafts.examples': '会分配给他人的记录',
  'drafts.failed': '无法读取草稿',
  'drafts.how': '按新建顺序依次试算，轮次从头开始；规则使用记录与人员的当前值。',
  'drafts.moved_other': '最近 {{looked}} 条记录中，有 {{count}} 条会分配给他人。',
  'drafts.nobody': '无人',
  'drafts.none': '没有草稿',
  'drafts.notTried': '所依据的内容发布之后才能试算。',
  'drafts.one': '草稿',
  'drafts.steps_other': '发布共 {{count}} 步。',
  'drafts.title': '草稿',
  'drafts.trial': '“{{name}}”试算',
  'drafts.was': '实际',
  'drafts.who': '人员',
  'drafts.would': '试算',
}
