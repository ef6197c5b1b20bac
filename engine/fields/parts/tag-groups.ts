import { type FieldDefinition, textIn } from '../../../metadata/text.ts'
import type { JsonSchema, OptionItem, ValueFault } from '../../registry/field-type.ts'
import { configKey, nameSchema, numberOf } from './config.ts'

/** Tags that belong together. */
export interface TagGroup {
  readonly name: string
  readonly label?: FieldDefinition['label']
  readonly pick: 'one' | 'many'
  readonly by: 'people' | 'rule'
  readonly default: string | undefined
  readonly options: readonly OptionItem[]
}

/** Most characters of a tag where the field says nothing. */
export const DEFAULT_LENGTH = 20

type RawGroup = Partial<Omit<TagGroup, 'options'>> & {
  readonly name: string
  readonly options: readonly (string | OptionItem)[]
}

const compiled = new WeakMap<FieldDefinition, readonly TagGroup[]>()

/** The groups of a tags field, with all that a definition may leave out. */
export function tagGroups(field: FieldDefinition): readonly TagGroup[] {
  let groups = compiled.get(field)
  if (groups === undefined) {
    groups = (Array.isArray(field.groups) ? (field.groups as readonly RawGroup[]) : []).map(readGroup)
    compiled.set(field, groups)
  }
  return groups
}

function readGroup(raw: RawGroup): TagGroup {
  return {
    name: raw.name,
    ...(raw.label === undefined ? {} : { label: raw.label }),
    pick: raw.pick ?? 'many',
    by: raw.by ?? 'people',
    default: raw.default,
    options: (raw.options ?? []).map((option) => (typeof option === 'string' ? { name: option } : option)),
  }
}

/** The tags of groups that are kept by rules. */
export function ruledOptions(field: FieldDefinition): readonly string[] {
  return tagGroups(field)
    .filter(({ by }) => by === 'rule')
    .flatMap(({ options }) => options.map(({ name }) => name))
}

/** The configuration key `groups`. */
export const groupsKey: JsonSchema = configKey(
  {
    type: 'array',
    maxItems: 20,
    items: {
      type: 'object',
      additionalProperties: false,
      required: ['name', 'options'],
      properties: {
        name: configKey(
          nameSchema,
          { en: 'Name', 'zh-CN': '名称' },
          {
            en: 'The name by which tag rules mention the group.',
            'zh-CN': '标签规则引用该分组时使用的名称。',
          },
        ),
        label: configKey(
          { $ref: 'common.schema.json#/$defs/text' },
          { en: 'Label', 'zh-CN': '显示名' },
          { en: 'What people read.', 'zh-CN': '界面上显示的名称。' },
        ),
        pick: configKey(
          { enum: ['one', 'many'], default: 'many' },
          { en: 'Pick', 'zh-CN': '可选数量' },
          { en: 'Whether a record has at most one of them.', 'zh-CN': '每条记录最多一个，还是可以多个。' },
        ),
        by: configKey(
          { enum: ['people', 'rule'], default: 'people' },
          { en: 'Kept by', 'zh-CN': '维护方式' },
          { en: 'Who gives and takes them.', 'zh-CN': '由人员还是由规则加上、去掉。' },
        ),
        default: configKey(
          nameSchema,
          { en: 'Default', 'zh-CN': '默认值' },
          {
            en: 'The tag of new records; where rules keep the group, of those that no rule gives another.',
            'zh-CN': '新记录的标签；由规则维护时，用于没有规则给出其他标签的记录。',
          },
        ),
        options: configKey(
          {
            type: 'array',
            minItems: 1,
            maxItems: 100,
            items: { anyOf: [nameSchema, { $ref: 'common.schema.json#/$defs/option' }] },
          },
          { en: 'Tags', 'zh-CN': '标签' },
          {
            en: 'In this order: where one alone is picked, the first whose rule holds.',
            'zh-CN': '按此顺序；只取一个时，以第一个条件成立的为准。',
          },
        ),
      },
    },
  },
  { en: 'Groups', 'zh-CN': '分组' },
  {
    en: 'Tags that belong together, kept by people or by rules.',
    'zh-CN': '归为一组的标签，由人员或规则维护。',
  },
)

/** Faults of groups: each name once, a default that is one of the tags, none longer than a tag may be. */
export function checkGroups(field: FieldDefinition): readonly ValueFault[] {
  const names = new Set<string>()
  const tags = new Set<string>()
  const longest = numberOf(field, 'maxLength', DEFAULT_LENGTH)
  return tagGroups(field).flatMap((group, index) => {
    const at = `/groups/${index}`
    const faults: ValueFault[] = []
    const again = (seen: Set<string>, name: string, path: string) => {
      if (seen.has(name)) faults.push({ code: 'META_NAME_DUPLICATE', path, params: { name } })
      seen.add(name)
    }
    again(names, group.name, `${at}/name`)
    for (const [position, { name }] of group.options.entries()) {
      again(tags, name, `${at}/options/${position}`)
      if (name.length > longest) faults.push(invalid(`${at}/options/${position}`, tooLong(name, longest)))
    }
    if (group.default !== undefined && !group.options.some(({ name }) => name === group.default)) {
      faults.push(invalid(`${at}/default`, notOne(group.default)))
    }
    return faults
  })
}

/** The fault of two people's tags from a group of which one is picked. */
export function pickFault(value: readonly unknown[], field: FieldDefinition): ValueFault | undefined {
  for (const group of tagGroups(field)) {
    if (group.pick !== 'one' || group.by !== 'people') continue
    const chosen = group.options.map(({ name }) => value.indexOf(name)).filter((index) => index >= 0)
    if (chosen.length < 2) continue
    const { name, label } = group
    const params = { group: { en: textIn(label, 'en', name), 'zh-CN': textIn(label, 'zh-CN', name) } }
    return { code: 'FIELD_TAGS_PICK_ONE', path: `/${Math.max(...chosen)}`, params }
  }
  return undefined
}

/** A new record's tags with those that its groups begin with. */
export function withDefaultTags(given: readonly string[], field: FieldDefinition): readonly string[] {
  const added = tagGroups(field).flatMap((group) => {
    if (group.by !== 'people' || group.default === undefined) return []
    return group.options.some(({ name }) => given.includes(name)) ? [] : [group.default]
  })
  return added.length === 0 ? given : [...given, ...added]
}

function invalid(path: string, reason: { readonly en: string; readonly 'zh-CN': string }): ValueFault {
  return { code: 'META_VALUE_INVALID', path, params: { reason } }
}

function tooLong(name: string, longest: number) {
  return {
    en: `“${name}” is longer than the ${longest} characters of a tag`,
    'zh-CN': `“${name}”超过标签的 ${longest} 个字`,
  }
}

function notOne(name: string) {
  return { en: `“${name}” is none of the group's tags`, 'zh-CN': `“${name}”不是该分组的标签` }
}
