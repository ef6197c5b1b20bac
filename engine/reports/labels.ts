import { DateTime } from 'luxon'
import { textIn } from '../../metadata/text.ts'
import type { Language } from '../errors.ts'
import type { RequestContext } from '../records/context.ts'
import { listRecords } from '../records/list.ts'
import type { Bucket, GroupKey } from '../records/parse-aggregate.ts'

/** A group's value with the words for it. */
export interface KeyCell {
  readonly value: unknown
  readonly label: string
  readonly color?: string
}

const NONE: Readonly<Record<Language, string>> = { en: '(none)', 'zh-CN': '（空）' }
const HIDDEN: Readonly<Record<Language, string>> = { en: '(not visible)', 'zh-CN': '（不可见）' }
const YES_NO: Readonly<Record<Language, readonly [string, string]>> = {
  en: ['Yes', 'No'],
  'zh-CN': ['是', '否'],
}
const PAGE = 200

/** Words for the values of groups, those of related records as the actor may read them. */
export type KeyWords = (group: GroupKey, value: unknown) => KeyCell

/** @param keys the values of each group that will be asked for */
export async function keyWords(
  context: RequestContext,
  keys: readonly (readonly [GroupKey, Iterable<unknown>])[],
): Promise<KeyWords> {
  const { language } = context.actor
  const names = new Map<GroupKey, ReadonlyMap<string, string>>()
  for (const [group, values] of keys) {
    const { relation } = group.field
    if (relation?.kind === 'one') names.set(group, await titlesOf(context, relation.to, values))
  }
  return (group, value) => {
    if (value === null || value === undefined) return { value: null, label: NONE[language] }
    if (group.bucket !== undefined) return { value, label: bucketText(group.bucket, String(value), language) }
    const { options, relation } = group.field
    if (relation !== undefined) {
      return { value, label: names.get(group)?.get(String(value)) ?? HIDDEN[language] }
    }
    const option = options?.find(({ name }) => name === value)
    if (option !== undefined) {
      const label = textIn(option.label, language, option.name)
      return { value, label, ...(option.color === undefined ? {} : { color: option.color }) }
    }
    if (typeof value === 'boolean') return { value, label: YES_NO[language][value ? 0 : 1] }
    return { value, label: String(value) }
  }
}

async function titlesOf(
  context: RequestContext,
  entityName: string,
  values: Iterable<unknown>,
): Promise<ReadonlyMap<string, string>> {
  const titles = new Map<string, string>()
  const title = context.model.entities.get(entityName)?.titleField?.name
  const isKnown = context.access.entity(entityName).read !== 'none'
  if (title === undefined || !isKnown) return titles
  const ids = [...new Set(values)].filter((value) => typeof value === 'string')
  for (let at = 0; at < ids.length; at += PAGE) {
    const filter = { in: [{ var: 'id' }, ids.slice(at, at + PAGE)] }
    const answer = await listRecords(context, entityName, { filter, fields: `id,${title}`, limit: PAGE })
    const { data } = JSON.parse(answer.body) as { data: readonly Readonly<Record<string, unknown>>[] }
    for (const record of data) titles.set(String(record.id), String(record[title] ?? record.id))
  }
  return titles
}

/** `2026-03`, `2026 Q1`; a week by its first day. */
export function bucketText(bucket: Bucket, first: string, language: Language): string {
  const day = DateTime.fromISO(first, { zone: 'utc' })
  const isEnglish = language === 'en'
  switch (bucket) {
    case 'year':
      return isEnglish ? day.toFormat('yyyy') : day.toFormat('yyyy年')
    case 'quarter':
      return isEnglish ? `${day.year} Q${day.quarter}` : `${day.year}年${day.quarter}季度`
    case 'month':
      return isEnglish ? day.toFormat('LLL yyyy', { locale: 'en' }) : day.toFormat('yyyy年L月')
    case 'week':
      return isEnglish ? `Week of ${first}` : `${first} 当周`
    case 'day':
      return first
  }
}
