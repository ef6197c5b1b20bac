import type { pasteEn } from './en-paste.ts'

/** 粘贴识别相关文案。 */
export const pasteZhCN: Readonly<Record<Exclude<keyof typeof pasteEn, `${string}_one`>, string>> = {
  'form.drop': '放弃',
  'form.restored': '已恢复页面重新加载之前填写的内容。',
  'paste.act': '粘贴识别',
  'paste.example': '粘贴名片、邮件签名、含地址的消息等',
  'paste.fill_other': '填入 {{count}} 个字段',
  'paste.found': '识别结果',
  'paste.left': '未使用：',
  'paste.look': '由文本识别，请核对。',
  'paste.none': '没有识别出本表单需要的内容。',
  'paste.nothingStored': '保存表单之前不会存储任何内容。',
  'paste.text': '文本',
  'paste.title': '粘贴识别',
}
