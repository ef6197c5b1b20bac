import type { en } from './en.ts'
import { rolesZhCN } from './zh-CN-roles.ts'

/** 设计器文案（中文），键与英文相同。 */
export const zhCN: Readonly<Record<Exclude<keyof typeof en, `${string}_one`>, string>> = {
  ...rolesZhCN,
  'designer.copied': '已复制',
  'designer.copy': '复制 JSON',
  'designer.definitionFailed': '无法读取定义',
  'designer.denied': '设计器供维护定义的人员使用。如有需要，请联系管理员。',
  'designer.inForce': '生效中',
  'designer.json': '{{name}} 的 JSON',
  'designer.kinds': '定义种类',
  'designer.kindsFailed': '无法读取定义种类',
  'designer.leave': '返回业务页面',
  'designer.listFailed': '无法读取定义列表',
  'designer.none': '还没有此类定义',
  'designer.noneFound': '没有匹配的定义',
  'designer.search': '按标签或名称搜索',
  'designer.title': '设计器',
  'designer.unnamed': '未命名',
  'designer.unused': '没有任何定义引用它。',
  'designer.uses': '用在哪里',
  'designer.usesFailed': '无法读取',
  'designer.versions': '版本',
  'designer.versionsFailed': '无法读取版本',
}
