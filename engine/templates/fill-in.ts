import { nameFor, takenNames } from '../../metadata/name-for.ts'
import { nearest } from '../../metadata/nearest.ts'
import type { TemplateParameter } from '../../metadata/types.ts'
import { didYouMean, type LocalText, type Problem, problem } from '../errors.ts'
import { isRecord, own, pointer } from '../model/pointer.ts'
import type { Answer, Answers } from './answers.ts'

/**
 * Definitions take answers in two ways: `{"$parameter": "name"}` stands for a value of the parameter's type, and `${name}`
 * in what people read for the answer as text. `{"$each": "name", "item": …}` in a list stands for one entry a text of a
 * list. It is data that is put in, checked afterwards as if it had been written: no answer becomes a rule, markup or a
 * place in a message.
 */
const PARAMETER = '$parameter'
const EACH = '$each'
/** What an entry of `$each` is called, and its name. */
const ITEM = 'item'
const ITEM_NAME = 'item_name'
export const RESERVED_NAMES: readonly string[] = [ITEM, ITEM_NAME]

/** Keys whose values are texts for people in every kind, and nothing that is worked out. */
export const TEXT_KEYS: ReadonlySet<string> = new Set([
  ...['label', 'plural', 'help', 'guide', 'summary', 'intro', 'closed'],
])
/** Keys whose texts are read as rules, and what names a field in one. */
export const RULE_KEYS: ReadonlySet<string> = new Set([
  ...[
    'when',
    'candidates',
    'weight',
    'value',
    'visibleWhen',
    'requiredWhen',
    'readOnlyWhen',
    'key',
    'filter',
  ],
  ...['must', 'having', 'var'],
])

const PLACE = /\$\{([a-z][a-z0-9_]{0,39})\}/g

/** What answers are put in, and what is wrong with the places. */
export interface Filling {
  readonly values: ReadonlyMap<string, Answer | undefined>
  /** Where a place stands that takes no answer. @param path a pointer in the document */
  readonly fault: (fault: Problem) => void
  /** How a run of Chinese characters is read. */
  readonly read: (run: string) => readonly string[]
}

export function fillingOf(
  parameters: readonly TemplateParameter[],
  answers: Answers,
  rest: Omit<Filling, 'values'>,
): Filling {
  return {
    ...rest,
    values: new Map(parameters.map(({ name }) => [name, own(answers, name) as Answer | undefined])),
  }
}

/** A definition with the answers in it; undefined stands for what was not answered and is left out. */
export function fillIn(value: unknown, filling: Filling, at: string): unknown {
  return fillAt(value, filling, { at, key: '', isText: false })
}

interface Spot {
  /** A pointer. */
  readonly at: string
  readonly key: string
  /** Whether texts here are read by people only. */
  readonly isText: boolean
}

function fillAt(value: unknown, filling: Filling, spot: Spot): unknown {
  if (typeof value === 'string') return fillText(value, filling, spot)
  if (Array.isArray(value))
    return value.flatMap((entry, index) =>
      fillEntry(entry, filling, { ...spot, at: spot.at + pointer(index) }),
    )
  if (!isRecord(value)) return value
  if (Object.hasOwn(value, PARAMETER)) return fillValue(value, filling, spot)
  if (Object.hasOwn(value, EACH)) {
    filling.fault(misplaced(EACH, spot.at, { en: 'it stands in a list only', 'zh-CN': '只能放在列表中' }))
    return undefined
  }
  const entries = Object.entries(value).map(([key, inner]): [string, unknown] => {
    const isText = spot.isText || TEXT_KEYS.has(key)
    return [key, fillAt(inner, filling, { at: spot.at + pointer(key), key, isText })]
  })
  return Object.fromEntries(entries.filter(([, inner]) => inner !== undefined))
}

/** An entry of a list: one, none, or one a text of a list. */
function fillEntry(value: unknown, filling: Filling, spot: Spot): readonly unknown[] {
  if (!isRecord(value) || !Object.hasOwn(value, EACH)) {
    const filled = fillAt(value, filling, spot)
    return filled === undefined ? [] : [filled]
  }
  const texts = listOf(value[EACH], filling, spot.at + pointer(EACH))
  const unknown = Object.keys(value).filter((key) => key !== EACH && key !== ITEM)
  for (const name of unknown)
    filling.fault(problem('META_KEY_UNKNOWN', spot.at + pointer(name), { params: { name } }))
  return eachOf(texts, filling).flatMap((one) => {
    const filled = fillAt(value[ITEM], one, { ...spot, at: spot.at + pointer(ITEM) })
    return filled === undefined ? [] : [filled]
  })
}

/** The texts of a parameter that is a list; a problem where there is none. */
export function listOf(name: unknown, filling: Filling, at: string): readonly string[] {
  const value = answerFor(name, filling, at)
  if (value === undefined || Array.isArray(value)) return value ?? []
  filling.fault(misplaced(String(name), at, { en: 'it is no list', 'zh-CN': '它不是列表' }))
  return []
}

/** One filling a text, each with a name of its own. */
export function eachOf(texts: readonly string[], filling: Filling): readonly Filling[] {
  const take = takenNames()
  return texts.map((text, index) => {
    const name = take(nameFor(text, filling.read, 'item') ?? `item_${index + 1}`)
    return { ...filling, values: new Map([...filling.values, [ITEM, text.trim()], [ITEM_NAME, name]]) }
  })
}

function fillValue(value: Readonly<Record<string, unknown>>, filling: Filling, spot: Spot): unknown {
  for (const name of Object.keys(value))
    if (name !== PARAMETER)
      filling.fault(problem('META_KEY_UNKNOWN', spot.at + pointer(name), { params: { name } }))
  const name = value[PARAMETER]
  const answer = answerFor(name, filling, spot.at + pointer(PARAMETER))
  // As an operator's operand a text is a text; where a rule is due it would be read as one.
  if (typeof answer === 'string' && RULE_KEYS.has(spot.key)) {
    filling.fault(misplaced(String(name), spot.at, { en: 'a rule is due here', 'zh-CN': '此处应为规则' }))
    return undefined
  }
  return answer
}

/** A text with the answers in it. */
export function fillText(text: string, filling: Filling, { at, isText }: Omit<Spot, 'key'>): string {
  return text.replace(PLACE, (written, name: string) => {
    const answer = answerFor(name, filling, at)
    if (!isText) {
      filling.fault(
        misplaced(name, at, {
          en: 'places in texts are for labels and what else only people read',
          'zh-CN': '文本中的占位只能用于显示名等仅供人阅读的内容',
        }),
      )
      return written
    }
    if (Array.isArray(answer)) {
      filling.fault(misplaced(name, at, { en: 'a list is no text', 'zh-CN': '列表不是文本' }))
      return written
    }
    return answer === undefined ? '' : String(answer)
  })
}

function answerFor(name: unknown, { values, fault }: Filling, at: string): Answer | undefined {
  if (typeof name === 'string' && values.has(name)) return values.get(name)
  const params = { name: typeof name === 'string' ? name.slice(0, 80) : '' }
  const hint = didYouMean(nearest(params.name, [...values.keys()]))
  fault(problem('TEMPLATE_PARAMETER_UNKNOWN', at, { params, hint }))
  return undefined
}

const misplaced = (name: string, at: string, reason: LocalText): Problem =>
  problem('TEMPLATE_PARAMETER_MISPLACED', at, { params: { name, reason } })
