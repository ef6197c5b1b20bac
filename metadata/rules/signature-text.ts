import type { RuleOperator, Slot } from './operator.ts'
import type { SentenceLanguage } from './sentence-words.ts'
import { functionName } from './text/words.ts'
import {
  ALL_LIST_TYPES,
  type LocalText,
  ORDERED_TYPES,
  PLAIN_LIST_TYPES,
  type RuleType,
  SCALAR_TYPES,
  TYPE_LABELS,
} from './types.ts'

/** Signs that stand between their arguments. */
const SIGNS: Readonly<Record<string, string>> = {
  and: 'and',
  or: 'or',
  '==': '=',
  '!=': '!=',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
  in: 'in',
  '+': '+',
  '-': '-',
  '*': '*',
  '/': '/',
  '%': '%',
}

/** How an operator is called in the text form: its sign, or the name of its function. */
export function textName(operator: RuleOperator): string {
  if (operator.name === '!') return 'not'
  return Object.hasOwn(SIGNS, operator.name)
    ? SIGNS[operator.name]!
    : (functionName(operator) ?? operator.name)
}

/** How an operator is written with its arguments: `number + number …`, `ROUND(number, [whole number])`. */
export function signatureText(operator: RuleOperator, language: SentenceLanguage): string {
  const { signature } = operator
  const isChain = signature.shape === 'fixed' && signature.rest !== undefined && signature.slots.length === 1
  const words = argumentWords(operator, language)
  const parts = isChain ? [words[0]!, ...words] : words
  if (operator.name === '!') return `not ${parts[0]}`
  const sign = Object.hasOwn(SIGNS, operator.name) ? SIGNS[operator.name] : undefined
  if (sign === undefined) return `${textName(operator)}(${words.join(', ')})`
  return parts
    .map((part) => part.replace(/^\[(.*)\]$/, `[${sign} $1]`))
    .reduce((all, part) =>
      part.startsWith('[') || part === '…' ? `${all} ${part}` : `${all} ${sign} ${part}`,
    )
}

function argumentWords({ signature }: RuleOperator, language: SentenceLanguage): readonly string[] {
  const word = (text: LocalText) => text[language]
  switch (signature.shape) {
    case 'branches':
      return [word(WORDS.condition), word(WORDS.value), '…', `[${word(WORDS.otherwise)}]`]
    case 'each':
      return [word(WORDS.list), word(signature.body === 'condition' ? WORDS.condition : WORDS.value)]
    case 'change':
      return [word(WORDS.field), ...Array.from({ length: signature.values }, () => word(WORDS.value))]
    case 'values_or_list':
      return [word(WORDS.valuesOrList)]
    case 'fixed': {
      const least = signature.slots.length - (signature.optional ?? 0)
      const words = signature.slots.map((slot, index) => {
        const text = slotWord(slot, language)
        return index < least ? text : `[${text}]`
      })
      return signature.rest === undefined ? words : [...words, '…']
    }
  }
}

function slotWord(slot: Slot, language: SentenceLanguage): string {
  if (slot.kind === 'choice') return slot.words.map((choice) => `'${choice}'`).join('|')
  if (slot.kind === 'value' || slot.kind === 'same') return typesWord(slot.types, language)
  return WORDS[slot.kind][language]
}

function typesWord(types: readonly RuleType[], language: SentenceLanguage): string {
  const isSet = (set: readonly RuleType[]) =>
    types.length === set.length && set.every((type) => types.includes(type))
  if (isSet(SCALAR_TYPES) || isSet(ORDERED_TYPES)) return WORDS.value[language]
  if (isSet([...SCALAR_TYPES, ...ALL_LIST_TYPES])) return WORDS.anything[language]
  if (isSet(ALL_LIST_TYPES) || isSet(PLAIN_LIST_TYPES) || isSet(['texts', 'ids'])) return WORDS.list[language]
  if (isSet(['boolean'])) return WORDS.condition[language]
  return types.map((type) => TYPE_LABELS[type][language].replace(/^an? /, '')).join('|')
}

const WORDS = {
  condition: { en: 'condition', 'zh-CN': '条件' },
  value: { en: 'value', 'zh-CN': '值' },
  anything: { en: 'value or list', 'zh-CN': '值或列表' },
  otherwise: { en: 'otherwise', 'zh-CN': '否则' },
  list: { en: 'list', 'zh-CN': '列表' },
  field: { en: 'field', 'zh-CN': '字段' },
  valuesOrList: { en: 'values … or list', 'zh-CN': '多个值或列表' },
  item: { en: 'value', 'zh-CN': '值' },
  items: { en: 'list', 'zh-CN': '列表' },
  container: { en: 'list or text', 'zh-CN': '列表或文本' },
  whole: { en: 'whole number', 'zh-CN': '整数' },
  words: { en: 'words', 'zh-CN': '搜索词' },
  option: { en: 'option', 'zh-CN': '选项' },
} as const satisfies Readonly<Record<string, LocalText>>
