import { defineOperator, type RuleOperator, type Slot } from '../operator.ts'
import { test } from '../running.ts'
import { lowerCase } from '../text-values.ts'
import type { LocalText } from '../types.ts'

const text: Slot = { kind: 'value', types: ['text'] }

// Case does not matter here: people who filter for "acme" want ACME too. `==` and `in` are exact.
function matching<const N extends string>(
  name: N,
  label: LocalText,
  description: LocalText,
  sentence: LocalText,
  part: string,
  holds: (text: string, part: string) => boolean,
): RuleOperator<N> {
  return defineOperator({
    name,
    family: 'text',
    label,
    description,
    nullBehaviour: { en: 'False where a side is null.', 'zh-CN': '任一侧为空时为假。' },
    signature: { shape: 'fixed', slots: [text, text], result: 'boolean' },
    comparesOptions: false,
    sentence,
    examples: [
      { rule: { [name]: [{ var: 'name' }, part] }, value: true },
      { rule: { [name]: [{ var: 'name' }, null] }, value: false },
    ],
    evaluate: test(([text, wanted]) => holds(lowerCase(text as string), lowerCase(wanted as string))),
  })
}

export const textOperators = [
  matching(
    'contains',
    { en: 'contains', 'zh-CN': '包含' },
    {
      en: 'True when the first text holds the second, upper and lower case alike.',
      'zh-CN': '前一文本包含后一文本时为真，不区分大小写。',
    },
    { en: '{0} contains {1}', 'zh-CN': '{0}包含{1}' },
    '机械 crane',
    (text, part) => text.includes(part),
  ),
  matching(
    'starts_with',
    { en: 'starts with', 'zh-CN': '开头是' },
    {
      en: 'True when the first text starts with the second, upper and lower case alike.',
      'zh-CN': '前一文本以后一文本开头时为真，不区分大小写。',
    },
    { en: '{0} starts with {1}', 'zh-CN': '{0}以{1}开头' },
    '华兴',
    (text, part) => text.startsWith(part),
  ),
  matching(
    'ends_with',
    { en: 'ends with', 'zh-CN': '结尾是' },
    {
      en: 'True when the first text ends with the second, upper and lower case alike.',
      'zh-CN': '前一文本以后一文本结尾时为真，不区分大小写。',
    },
    { en: '{0} ends with {1}', 'zh-CN': '{0}以{1}结尾' },
    'CRANE',
    (text, part) => text.endsWith(part),
  ),
]
