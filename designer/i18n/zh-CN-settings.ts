/** 设计器中关于工作区设置的文字。 */
export const settingsZhCN = {
  'setting.note': '这里的设置保存后立即生效；“发布须谁同意”须经发布并由他们同意后才会改变。',
  'setting.brand': '在可以看到效果的页面上选择。',
  'setting.toBrand': '工作区品牌',
} as const
