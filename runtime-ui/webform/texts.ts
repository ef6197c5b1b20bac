import type { Language } from './types.ts'

/** What the page of a web form says by itself. */
const TEXTS = {
  en: {
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
  },
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
  },
} as const

export type TextKey = keyof (typeof TEXTS)['en']
export type Tell = (key: TextKey, n?: number | string) => string

export function tellIn(language: Language): Tell {
  return (key, n = '') => TEXTS[language][key].replace('{n}', String(n))
}
