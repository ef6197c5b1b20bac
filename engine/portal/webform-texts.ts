import type { Language } from '../errors.ts'
import type { FurtherWords } from '../registry/words.ts'

const EN = {
  submit: 'Send',
  sending: 'Sending …',
  required: 'required',
  pick: 'Please choose',
  missing: 'Please fill this in.',
  agree: 'Please agree to this first.',
  more: 'Read it all',
  offline: 'It could not be sent. Check your connection and send it again; it will count once.',
  wrong: 'This cannot be right. Please look at it again.',
  tooLong: 'At most {n} characters.',
  tooShort: 'At least {n} characters.',
  tooSmall: 'At least {n}.',
  tooLarge: 'At most {n}.',
  number: 'Please write a number.',
  preview: 'Preview: nothing is sent.',
  checked: 'Everything is filled in.',
  faults: 'Please look at what is marked.',
  closed: 'This form is closed.',
  thanks: 'Thank you. We have received your answers and will be in touch.',
  noScript: 'Please allow JavaScript for this form.',
} as const

export type WebformText = keyof typeof EN

/** What web forms say by themselves, where their definitions say nothing; further languages say it in `webform.json`. */
export const WEBFORM_TEXTS: Readonly<Record<Language, Readonly<Record<WebformText, string>>>> = {
  en: EN,
  'zh-CN': {
    submit: '提交',
    sending: '正在提交……',
    required: '必填',
    pick: '请选择',
    missing: '请填写此项。',
    agree: '请先同意此条款。',
    more: '阅读全文',
    offline: '提交失败，请检查网络后重试；重复提交只计一次。',
    wrong: '内容有误，请检查。',
    tooLong: '最多 {n} 个字符。',
    tooShort: '至少 {n} 个字符。',
    tooSmall: '不能小于 {n}。',
    tooLarge: '不能大于 {n}。',
    number: '请填写数字。',
    preview: '预览：不会提交。',
    checked: '填写完整。',
    faults: '请检查标出的内容。',
    closed: '此表单已关闭。',
    thanks: '感谢提交，我们会尽快与您联系。',
    noScript: '请启用 JavaScript 以使用此表单。',
  },
}

/** All of them as one visitor reads them. */
export function webformTexts(
  language: Language,
  words: FurtherWords | undefined,
): Readonly<Record<WebformText, string>> {
  const own = WEBFORM_TEXTS[language]
  return words === undefined ? own : { ...own, ...words.webform }
}
