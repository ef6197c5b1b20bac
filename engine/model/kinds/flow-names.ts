import type { RuleNames } from '../../../metadata/rules/describe-rule.ts'
import { textIn } from '../../../metadata/text.ts'
import type { Language, LocalText } from '../../errors.ts'
import { type NameSource, ruleNames } from '../rule-names.ts'
import type { FlowPlace, Given } from './flow-place.ts'

/** What steps give besides records, in words. */
const GIVEN: Readonly<Record<string, LocalText>> = {
  count: { en: 'number', 'zh-CN': '数量' },
  file: { en: 'file', 'zh-CN': '文件' },
  late: { en: 'being late', 'zh-CN': '逾期' },
  owner: { en: 'owner', 'zh-CN': '负责人' },
}
const FIRST: LocalText = { en: 'first', 'zh-CN': '第一条' }
const ITEM: LocalText = { en: 'each of them', 'zh-CN': '其中每条' }
const RECORD: LocalText = { en: 'the record', 'zh-CN': '该记录' }
const TRIGGER: LocalText = { en: 'the event', 'zh-CN': '事件' }

/**
 * What the sentences of a step call things: fields of the record that its rules are about, of the one at hand, of those
 * that earlier steps gave, and what these gave besides.
 * @param entity of the records that bare paths are about
 */
export function flowNames(
  place: FlowPlace,
  source: NameSource,
  entity: string,
  language: Language,
): RuleNames {
  const own = ruleNames(source, entity, language)
  const of = (what: string, whose: string) =>
    language === 'en' ? `${what} of ${whose}` : `${whose}的${what}`
  /** The field of a named record that a path means, and what the record is called. */
  const named = (path: readonly string[]): Named | undefined => {
    const [begin, second = ''] = path
    if (begin === 'item' && place.item !== undefined)
      return { entity: place.item, called: ITEM[language], rest: path.slice(1) }
    if (begin === 'record' && place.entity !== undefined)
      return { entity: place.entity, called: RECORD[language], rest: path.slice(1) }
    const given = begin === 'steps' ? place.earlier.get(second) : undefined
    if (given === undefined) return undefined
    const called = stepCalled(given, language)
    const rest = path.slice(2)
    if (given.gives === 'record') return { entity: given.entity, called, rest }
    if (given.gives === 'list' && rest[0] === 'first')
      return { entity: given.entity, called: of(FIRST[language], called), rest: rest.slice(1) }
    return { entity: undefined, called, rest }
  }
  return {
    ...own,
    field(path) {
      const found = named(path)
      if (found === undefined) return own.field(path)
      const { entity: holder, called, rest } = found
      if (rest.length === 0) return called
      if (holder !== undefined) return of(ruleNames(source, holder, language).field(rest), called)
      return of(GIVEN[rest.join('.')]?.[language] ?? rest.join('.'), called)
    },
    option(path, option) {
      const found = named(path)
      if (found?.entity === undefined) return own.option(path, option)
      return ruleNames(source, found.entity, language).option(found.rest, option)
    },
  }
}

interface Named {
  readonly entity: string | undefined
  readonly called: string
  readonly rest: readonly string[]
}

/** An earlier step by its label, else by what it does. */
function stepCalled({ label, action }: Given, language: Language): string {
  if (label === undefined && action === undefined) return TRIGGER[language]
  const text = textIn(label, language, action?.[language] ?? '')
  return `“${text}”`
}
