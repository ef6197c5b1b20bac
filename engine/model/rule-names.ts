import type { RuleNames } from '../../metadata/rules/describe-rule.ts'
import type { SentenceLanguage } from '../../metadata/rules/sentence-words.ts'
import type { TextNames } from '../../metadata/rules/text/nodes.ts'
import { type Text, textIn } from '../../metadata/text.ts'
import { stageName, stageOption } from './stage-words.ts'

/** A field as texts and sentences call it. */
export interface NamedField {
  readonly name: string
  readonly label: Text | undefined
  /** The entity that a lookup to one leads to. */
  readonly to: string | undefined
  readonly options: readonly { readonly name: string; readonly label?: Text | undefined }[] | undefined
  /** A field of stages, of which rules may ask more: `stage.type`, `days_in_stage`. */
  readonly isStage: boolean
}

/** A list of records that point to an entity's. */
export interface NamedList {
  readonly name: string
  readonly label: Text | undefined
  readonly from: string
}

/** What entities are made of, as far as whoever asks may know. */
export interface NameSource {
  fields(entity: string): ReadonlyMap<string, NamedField>
  lists(entity: string): readonly NamedList[]
}

/** Labels, in any language, for the fields of an entity. */
export function textNames(source: NameSource, entity: string): TextNames {
  return {
    find(written, under) {
      const holder = holderAt(source, entity, under)
      return holder === undefined ? undefined : nameOf(source, holder, written)
    },
    items(path) {
      const list = listAt(source, entity, path)
      return list && textNames(source, list.from)
    },
  }
}

function holderAt(source: NameSource, entity: string, path: readonly string[]): string | undefined {
  let holder: string | undefined = entity
  for (const step of path) {
    if (holder === undefined) return undefined
    const lookup: string | undefined = source.fields(holder).get(step)?.to
    holder = lookup ?? source.lists(holder).find((list) => list.name === step)?.from
  }
  return holder
}

function listAt(source: NameSource, entity: string, path: readonly string[]): NamedList | undefined {
  const holder = holderAt(source, entity, path.slice(0, -1))
  return holder === undefined ? undefined : source.lists(holder).find((list) => list.name === path.at(-1))
}

/** A name as it is written, else what has it as a label, else a name in another case. */
function nameOf(source: NameSource, entity: string, written: string): string | undefined {
  const fields = source.fields(entity)
  if (fields.has(written)) return written
  const all: readonly { readonly name: string; readonly label: Text | undefined }[] = [
    ...fields.values(),
    ...source.lists(entity),
  ]
  if (all.some((one) => one.name === written)) return written
  const wanted = folded(written)
  const called = all.find(({ label }) => labelsOf(label).some((text) => folded(text) === wanted))
  return (called ?? all.find((one) => folded(one.name) === wanted))?.name
}

function labelsOf(label: Text | undefined): readonly string[] {
  if (label === undefined) return []
  return typeof label === 'string' ? [label] : Object.values(label)
}

function folded(text: string): string {
  return text.trim().toLowerCase()
}

/** What a sentence about an entity's records calls things. */
export function ruleNames(source: NameSource, entity: string, language: SentenceLanguage): RuleNames {
  const fieldAt = (path: readonly string[]) => {
    const holder = holderAt(source, entity, path.slice(0, -1))
    return holder === undefined ? undefined : source.fields(holder).get(path.at(-1)!)
  }
  /** Where a step of a path stands: beside it, or beside the field before it where that leads nowhere. */
  const siblings = (path: readonly string[], index: number): ReadonlyMap<string, NamedField> => {
    const holder =
      holderAt(source, entity, path.slice(0, index)) ?? holderAt(source, entity, path.slice(0, index - 1))
    return holder === undefined ? new Map() : source.fields(holder)
  }
  return {
    field(path) {
      const steps = path.map((step, index) => {
        const found = fieldAt(path.slice(0, index + 1)) ?? listAt(source, entity, path.slice(0, index + 1))
        return found === undefined
          ? (stageName(siblings(path, index), path[index - 1], step, language) ?? step)
          : textIn(found.label, language, step)
      })
      return steps.join(language === 'en' ? ' › ' : '的')
    },
    option(path, option) {
      const field = fieldAt(path)
      if (field === undefined) return stageOption(siblings(path, path.length - 1), path, option, language)
      return textIn(field.options?.find((one) => one.name === option)?.label, language, option)
    },
    items(path) {
      const list = listAt(source, entity, path)
      return list && ruleNames(source, list.from, language)
    },
    of: (origin) => (origin === 'actor' ? ruleNames(source, 'user', language) : SETTING_NAMES[language]),
  }
}

const SETTING_WORDS: Readonly<Record<string, Readonly<Record<SentenceLanguage, string>>>> = {
  currency: { en: 'currency', 'zh-CN': '货币' },
  time_zone: { en: 'time zone', 'zh-CN': '时区' },
  language: { en: 'language', 'zh-CN': '语言' },
}
const settingNames = (language: SentenceLanguage): RuleNames => ({
  field: ([name = '']) => SETTING_WORDS[name]?.[language] ?? name,
  option: (_path, option) => option,
})
const SETTING_NAMES = { en: settingNames('en'), 'zh-CN': settingNames('zh-CN') }
