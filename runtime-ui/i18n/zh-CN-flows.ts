import type { flowsEn } from './en-flows.ts'

/** 自动流程相关文案：按钮、执行结果、实时更新。 */
export const flowsZhCN: Readonly<Record<keyof typeof flowsEn, string>> = {
  'flow.history': '由自动流程“{{flow}}”执行',
  'flow.pressed': '“{{flow}}”已开始',
  'flow.run': '查看执行过程',
  'live.hint': '页面会随数据变化自动更新。',
  'live.on': '实时',
}
