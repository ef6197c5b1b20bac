import type { TFunction } from 'i18next'
import type { Entity, Field } from '../../api/types.ts'
import { languageNamed } from '../../i18n/languages.ts'
import { formatDate, formatNumber, formatPercent } from '../../kit/format.ts'
import type { UiLanguage } from '../../kit/remembered.ts'
import { type Asked, askedField } from './asked-field.ts'
import { type Condition, type ConditionGroup, isGroup, WITHOUT_VALUE } from './filter-rule.ts'
import { COUNTED, WITHIN } from './relative-rule.ts'

const KEYS: Readonly<Record<string, string>> = {
  '==': 'is',
  '!=': 'isNot',
  '<': 'below',
  '<=': 'atMost',
  '>': 'above',
  '>=': 'atLeast',
  between: 'between',
  in: 'in',
  not_in: 'notIn',
  contains: 'contains',
  not_contains: 'notContains',
  starts_with: 'startsWith',
  ends_with: 'endsWith',
  empty: 'empty',
  not_empty: 'notEmpty',
  has: 'has',
  has_any: 'hasAny',
  has_all: 'hasAll',
  within: 'within',
  last_days: 'lastDays',
  next_days: 'nextDays',
  older_than: 'olderThan',
  is_me: 'isMe',
  is_not_me: 'isNotMe',
  in_my_team: 'inMyTeam',
  is_my_team: 'isMyTeam',
}
const DATE_KEYS: Readonly<Record<string, string>> = {
  '<': 'before',
  '<=': 'until',
  '>': 'after',
  '>=': 'from',
  '==': 'on',
}

/** An operator in words; orders of days read as before and after. */
export function operatorText(operator: string, field: Field | undefined, t: TFunction): string {
  const dated = field?.type === 'date' || field?.type === 'date_time'
  const key = (dated ? DATE_KEYS[operator] : undefined) ?? KEYS[operator]
  return key === undefined ? operator : t(`operator.${key}`)
}

export interface TextContext {
  readonly t: TFunction
  readonly language: UiLanguage
  readonly today: string
  /** Names of records by id, as far as they are known. */
  readonly names: ReadonlyMap<string, string>
  readonly entities: readonly Entity[]
}

export interface ConditionText {
  readonly label: string
  readonly operator: string
  readonly value: string
}

/** A condition in words: label, operator, value. */
export function conditionText(entity: Entity, condition: Condition, context: TextContext): ConditionText {
  const given = givenRecords(condition)
  if (given !== undefined)
    return {
      label: context.t('filter.given', { count: given, entities: entity.plural }),
      ...{ operator: '', value: '' },
    }
  const asked = askedField(entity, condition.field, context)
  const field = asked.of?.field
  const values = Array.isArray(condition.value) ? condition.value : [condition.value]
  const shown = WITHOUT_VALUE.has(condition.operator)
    ? []
    : values.map((value) => relativeText(condition, context) ?? valueText(asked, value, context))
  return {
    label: asked.label,
    operator: operatorText(condition.operator, field, context.t),
    value: shown.join(condition.operator === 'between' ? ' – ' : languageNamed(context.language).comma),
  }
}

/** How many records a condition names one by one: their ids say nothing to people. */
export const givenRecords = ({ field, operator, value }: Condition): number | undefined =>
  field === 'id' && operator === 'in' && Array.isArray(value) ? value.length : undefined

/** A group in words, such as "Level is Gold or (Amount is above 10 and Active is Yes)". */
export function groupText(entity: Entity, group: ConditionGroup, context: TextContext): string {
  const { t } = context
  return group.rules
    .map((item) => {
      if (isGroup(item)) return t('filter.bracketed', { words: groupText(entity, item, context) })
      const { label, operator, value } = conditionText(entity, item, context)
      return `${label} ${operator} ${value}`.trim()
    })
    .join(` ${t(`filter.${group.combinator}`)} `)
}

function relativeText({ operator, value }: Condition, { t }: TextContext): string | undefined {
  if (operator === WITHIN) return t('filter.span', { span: t(`period.${String(value)}`) })
  if (!COUNTED.has(operator)) return undefined
  return t(operator === 'older_than' ? 'filter.daysAgoOf' : 'filter.daysOf', { count: Number(value) })
}

function valueText({ of, option: called }: Asked, value: unknown, context: TextContext): string {
  const field = of?.field
  const options = of === undefined ? undefined : (of.entity.pipelines[of.field.name] ?? of.field.options)
  const option = options?.find((candidate) => candidate.name === value)
  if (option !== undefined) return option.label
  if (typeof value === 'boolean') return context.t(value ? 'value.yes' : 'value.no')
  if (typeof value === 'number') {
    return field?.type === 'percent'
      ? formatPercent(value, context.language)
      : formatNumber(value, context.language)
  }
  if (typeof value === 'string' && (field?.type === 'date' || field?.type === 'date_time')) {
    return formatDate(value.slice(0, 10), context.language, context.today)
  }
  if (typeof value === 'string' && field?.relation !== undefined) return context.names.get(value) ?? '…'
  return called?.(value) ?? String(value)
}
