import type { Field } from '../api/types.ts'

/** What people are told about one tag of a field. */
export interface TagInfo {
  readonly label: string
  readonly color: string | undefined
  /** The label of its group. */
  readonly group: string | undefined
  readonly ruled: boolean
  /** When its rule holds, or what the rule is called. */
  readonly why: string | undefined
}

/** A tag of a tags field: a free word, one of a group, one that rules give. */
export function tagInfo({ tags }: Pick<Field, 'tags'>, tag: string): TagInfo {
  const group = tags?.groups.find(({ options }) => options.some(({ name }) => name === tag))
  const option = group?.options.find(({ name }) => name === tag)
  const rule = tags?.rules.find((one) => one.tag === tag)
  return {
    label: option?.label ?? tag,
    color: option?.color,
    group: group?.label,
    ruled: rule !== undefined || group?.by === 'rule',
    why: rule === undefined ? undefined : (rule.sentence ?? rule.label),
  }
}

/**
 * What a person's choice makes of the tags: words trimmed and each once, rules' tags kept as they were, and of a group of
 * which one is picked the last one chosen.
 */
export function chosenTags(
  field: Pick<Field, 'tags'>,
  before: readonly string[],
  chosen: readonly string[],
): readonly string[] {
  const isRuled = (tag: string) => tagInfo(field, tag).ruled
  const words = [...new Set(chosen.map((word) => word.trim()))].filter(
    (word) => word !== '' && !isRuled(word),
  )
  const single = (field.tags?.groups ?? []).filter(({ pick, by }) => pick === 'one' && by === 'people')
  const replaced = single.flatMap(({ options }) => {
    const picked = words.filter((word) => options.some(({ name }) => name === word))
    return picked.slice(0, -1)
  })
  return [...words.filter((word) => !replaced.includes(word)), ...before.filter(isRuled)]
}
