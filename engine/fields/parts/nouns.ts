import type { LocalText, OwnWord } from '../../errors.ts'
import type { ValueFault } from '../../registry/field-type.ts'

interface FormatWords<Word extends LocalText = LocalText> {
  readonly noun: Word
  readonly hint?: Word
}

const ownWord = (key: string, text: LocalText): OwnWord => ({ key, ...text })

/** What the formats are called in messages, and how a right value looks. */
const FORMATS: Readonly<Record<string, FormatWords>> = {
  uuid: {
    noun: { en: 'record id', 'zh-CN': '记录标识' },
    hint: {
      en: 'An id looks like 0192f0c0-7a3b-7c4d-8e5f-00112233aabb.',
      'zh-CN': '标识形如 0192f0c0-7a3b-7c4d-8e5f-00112233aabb。',
    },
  },
  date: {
    noun: { en: 'date', 'zh-CN': '日期' },
    hint: {
      en: 'Write a day of the calendar as 2026-03-02.',
      'zh-CN': '请填写实际存在的日期，例如 2026-03-02。',
    },
  },
  time: {
    noun: { en: 'time of day', 'zh-CN': '时间' },
    hint: { en: 'Write it as 09:30 or 09:30:00.', 'zh-CN': '请写成 09:30 或 09:30:00。' },
  },
  'date-time': {
    noun: { en: 'date and time', 'zh-CN': '日期时间' },
    hint: {
      en: 'Write it with its zone, as 2026-03-02T01:00:00Z or 2026-03-02T09:00:00+08:00.',
      'zh-CN': '请写明时区，例如 2026-03-02T01:00:00Z 或 2026-03-02T09:00:00+08:00。',
    },
  },
  duration: {
    noun: { en: 'duration', 'zh-CN': '时长' },
    hint: {
      en: 'Write it as ISO 8601 does: PT2H is two hours, P10D ten days.',
      'zh-CN': '请按 ISO 8601 填写：PT2H 表示两小时，P10D 表示十天。',
    },
  },
  email: {
    noun: { en: 'e-mail address', 'zh-CN': '邮箱地址' },
    hint: { en: 'It looks like name@example.com.', 'zh-CN': '形如 name@example.com。' },
  },
  phone: {
    noun: { en: 'phone number', 'zh-CN': '电话号码' },
    hint: {
      en: 'It has 3 to 20 digits, as +86 10 6552 9988.',
      'zh-CN': '应含 3 到 20 位数字，例如 010-65529988。',
    },
  },
  uri: {
    noun: { en: 'web address', 'zh-CN': '网址' },
    hint: { en: 'It begins with https:// or http://.', 'zh-CN': '应以 https:// 或 http:// 开头。' },
  },
}

const FORMAT_WORDS: Readonly<Record<string, FormatWords<OwnWord>>> = Object.fromEntries(
  Object.entries(FORMATS).map(([name, { noun, hint }]) => [
    name,
    {
      noun: ownWord(`format.${name}`, noun),
      ...(hint === undefined ? {} : { hint: ownWord(`format.${name}.hint`, hint) }),
    },
  ]),
)

/** The fault of a text that does not have a format of VALUE_FORMATS. */
export function formatFault(format: string): ValueFault {
  if (format === 'text') return { code: 'FIELD_TEXT_INVALID' }
  const words = FORMAT_WORDS[format]
  if (words === undefined) return { code: 'FIELD_VALUE_INVALID' }
  return {
    code: 'FIELD_FORMAT_INVALID',
    params: { format: words.noun },
    ...(words.hint === undefined ? {} : { hint: words.hint }),
  }
}

/** What the types of JSON are called in messages. */
export const TYPE_NOUNS: Readonly<Record<string, OwnWord>> = {
  string: ownWord('type.string', { en: 'a text', 'zh-CN': '文本' }),
  number: ownWord('type.number', { en: 'a number', 'zh-CN': '数字' }),
  integer: ownWord('type.integer', { en: 'a whole number', 'zh-CN': '整数' }),
  boolean: ownWord('type.boolean', { en: 'true or false', 'zh-CN': '“是”或“否”' }),
  array: ownWord('type.array', { en: 'a list', 'zh-CN': '列表' }),
  object: ownWord('type.object', { en: 'an object', 'zh-CN': '对象' }),
}

/** All of these words. */
export const NOUNS: readonly OwnWord[] = [
  ...Object.values(FORMAT_WORDS).flatMap(({ noun, hint }) => (hint === undefined ? [noun] : [noun, hint])),
  ...Object.values(TYPE_NOUNS),
]
