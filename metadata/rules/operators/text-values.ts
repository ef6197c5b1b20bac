import { dayText } from '../calendar-days.ts'
import { type Decimal, decimalText, wholeDecimal } from '../decimal.ts'
import { defineOperator, type RuleOperator, type Slot } from '../operator.ts'
import { literalOf, type Part, strict, strictOne, test, type World } from '../running.ts'
import { codePoints, lowerCase, partOf, searchWords, trimmed, upperCase } from '../text-values.ts'
import { localTime } from '../time-zone.ts'
import type { LocalText } from '../types.ts'
import { clockText, RuleFault, type RuleValue } from '../values.ts'

const text: Slot = { kind: 'value', types: ['text'] }
const written: Slot = { kind: 'value', types: ['text', 'number', 'date', 'datetime', 'time'] }
const nullBehaviour: LocalText = { en: 'Null for null.', 'zh-CN': '空值结果为空。' }

function one<const N extends string>(
  name: N,
  label: LocalText,
  description: LocalText,
  value: string,
  of: (text: string) => string,
): RuleOperator<N> {
  return defineOperator({
    name,
    family: 'text',
    label,
    description,
    nullBehaviour,
    signature: { shape: 'fixed', slots: [text], result: 'text' },
    comparesOptions: false,
    sentence: { en: `{0} ${label.en}`, 'zh-CN': `{0}${label['zh-CN']}` },
    examples: [{ rule: { [name]: name === 'trim' ? ' Crane\u3000' : { var: 'name' } }, value }],
    evaluate: strictOne<string>(of),
  })
}

/** A value as `cat` writes it: numbers without zeros at the end, instants by the workspace's clock. */
function asText(value: RuleValue, type: Part['type'], { environment }: World): string {
  if (type === 'number') return decimalText(value as Decimal)
  if (type === 'date') return dayText(value as number)
  return type === 'datetime' ? clockText(localTime(value as number, environment.timeZone)) : (value as string)
}

export const textValueOperators = [
  defineOperator({
    name: 'cat',
    family: 'text',
    label: { en: 'joined', 'zh-CN': '拼接' },
    description: {
      en: 'Texts, numbers, dates, instants (by the workspace’s clock) and times of day, one behind the other.',
      'zh-CN': '将文本、数字、日期、日期时间（按工作区时间）和时刻依次拼接。',
    },
    nullBehaviour: { en: 'Null adds nothing.', 'zh-CN': '空值视为空文本。' },
    signature: { shape: 'fixed', slots: [written], rest: written, result: 'text' },
    comparesOptions: false,
    sentence: { en: '{list} joined', 'zh-CN': '{list}的拼接' },
    hidesFaults: true,
    aliases: ['concat', 'concatenate'],
    examples: [
      { rule: { cat: [{ var: 'stage' }, ': ', { var: 'amount' }] }, value: 'proposal: 120000.5' },
      { rule: { cat: [{ var: 'created_at' }, { var: 'budget' }] }, value: '2026-03-02 09:30' },
    ],
    evaluate: (args) => (world, subject) => {
      let whole = ''
      for (const { run, type } of args) {
        const value = run(world, subject)
        if (value instanceof RuleFault) return value
        if (value !== null) whole += asText(value, type, world)
      }
      return whole
    },
  }),
  defineOperator({
    name: 'substr',
    family: 'text',
    label: { en: 'a part of', 'zh-CN': '截取' },
    description: {
      en: 'A part of a text: where it begins, counted from 0 (from the end where negative), and how many characters (all but so many at the end where negative, all where left out). Characters are code points.',
      'zh-CN':
        '截取文本：起始位置从 0 数起（负数从末尾数），其后为字符数（负数表示去掉末尾若干个，省略则取到末尾）。按码位计字符。',
    },
    nullBehaviour,
    signature: {
      shape: 'fixed',
      slots: [
        text,
        { kind: 'whole', min: -10_000, max: 10_000 },
        { kind: 'whole', min: -10_000, max: 10_000 },
      ],
      optional: 1,
      result: 'text',
    },
    comparesOptions: false,
    sentence: { en: 'a part of {0}', 'zh-CN': '{0}的一部分' },
    aliases: ['substring', 'mid'],
    examples: [
      { rule: { substr: [{ var: 'name' }, 0, 2] }, value: '华兴' },
      { rule: { substr: [{ var: 'name' }, -5] }, value: 'Crane' },
      { rule: { substr: [{ var: 'name' }, 2, -6] }, value: '机械' },
    ],
    evaluate: (args, call) => {
      const start = Number(literalOf(args[1]) ?? 0)
      const count = literalOf(args[2])
      return strictOne<string>((value) =>
        partOf(value, start, count === undefined ? undefined : Number(count)),
      )(args.slice(0, 1), call)
    },
  }),
  defineOperator({
    name: 'length',
    family: 'text',
    label: { en: 'the length of', 'zh-CN': '字符数' },
    description: {
      en: 'How many characters a text has, counted as code points: a Chinese character is one, a composed emoji may be several.',
      'zh-CN': '文本的字符数，按码位计：一个汉字为 1，组合表情可能为多个。',
    },
    nullBehaviour,
    signature: { shape: 'fixed', slots: [text], result: 'number' },
    comparesOptions: false,
    sentence: { en: 'the length of {0}', 'zh-CN': '{0}的字符数' },
    aliases: ['len'],
    examples: [{ rule: { length: { var: 'name' } }, value: 10 }],
    evaluate: strictOne<string>((value) => wholeDecimal(codePoints(value))),
  }),
  one(
    'upper',
    { en: 'in upper case', 'zh-CN': '转大写' },
    { en: 'The text in upper case, letter by letter.', 'zh-CN': '将文本逐字母转为大写。' },
    '华兴机械 CRANE',
    upperCase,
  ),
  one(
    'lower',
    { en: 'in lower case', 'zh-CN': '转小写' },
    { en: 'The text in lower case, letter by letter.', 'zh-CN': '将文本逐字母转为小写。' },
    '华兴机械 crane',
    lowerCase,
  ),
  one(
    'trim',
    { en: 'without blanks around it', 'zh-CN': '去除首尾空白' },
    {
      en: 'The text without blanks at its ends, the wide ones of Chinese included.',
      'zh-CN': '去除文本首尾的空白，包括全角空格。',
    },
    'Crane',
    trimmed,
  ),
  defineOperator({
    name: 'replace',
    family: 'text',
    label: { en: 'with … replaced', 'zh-CN': '替换' },
    description: {
      en: 'The text with every occurrence of a part replaced, letter for letter.',
      'zh-CN': '将文本中每一处指定内容替换为另一内容，区分大小写。',
    },
    nullBehaviour: { en: 'Null where an argument is null.', 'zh-CN': '任一参数为空时结果为空。' },
    signature: { shape: 'fixed', slots: [text, text, text], result: 'text' },
    comparesOptions: false,
    sentence: { en: '{0} with {1} replaced by {2}', 'zh-CN': '将{0}中的{1}替换为{2}' },
    aliases: ['substitute'],
    examples: [{ rule: { replace: [{ var: 'name' }, ' ', ''] }, value: '华兴机械Crane' }],
    evaluate: strict(([whole, part, by]) =>
      part === '' ? whole! : (whole as string).split(part as string).join(by as string),
    ),
  }),
  defineOperator({
    name: 'search',
    family: 'text',
    label: { en: 'matches the search', 'zh-CN': '搜索匹配' },
    description: {
      en: 'True when every word of a search text stands somewhere in the text, upper and lower case alike. Words are what stands between blanks; Chinese is found anywhere.',
      'zh-CN': '搜索词（以空白分隔）全部出现在文本中时为真，不区分大小写；中文在任意位置均可匹配。',
    },
    nullBehaviour: { en: 'False for null.', 'zh-CN': '空值时为假。' },
    signature: { shape: 'fixed', slots: [text, { kind: 'words' }], result: 'boolean' },
    comparesOptions: false,
    sentence: { en: '{0} matches the search {1}', 'zh-CN': '{0}匹配搜索{1}' },
    examples: [
      { rule: { search: [{ var: 'name' }, 'crane 机械'] }, value: true },
      { rule: { search: [{ var: 'name' }, 'crane 电子'] }, value: false },
    ],
    evaluate: (args, call) => {
      const words = searchWords(literalOf(args[1]) ?? '')
      return test(([value]) => {
        const whole = lowerCase(value as string)
        return words.every((word) => whole.includes(word))
      })(args.slice(0, 1), call)
    },
  }),
]
