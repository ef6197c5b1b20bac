import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Field as BuilderField, QueryBuilder, type RuleGroupType } from 'react-querybuilder'
import type { Entity, Field } from '../../api/types.ts'
import { Button } from '../../kit/Button.tsx'
import { useWork } from '../../kit/model-context.tsx'
import { FilterAction, FilterSelect } from './FilterControls.tsx'
import { FilterValue } from './FilterValue.tsx'
import { type ConditionGroup, menuOperators } from './filter-rule.ts'
import { operatorText } from './filter-text.ts'
import { withKeptValues } from './kept-values.ts'
import { relativeOperators } from './relative-rule.ts'
import './filter-panel.css'

const CONTROLS = { actionElement: FilterAction, valueSelector: FilterSelect, valueEditor: FilterValue }

export interface FilterPanelProps {
  readonly entity: Entity
  readonly group: ConditionGroup
  /** A field on which a condition is begun. */
  readonly begun?: string | undefined
  readonly onApply: (group: ConditionGroup) => void
  /** Each change counts at once; what is not complete yet waits. */
  readonly isLive?: boolean
}

/**
 * The builder of a filter; what it holds is a draft until Apply, unless each change counts at once: then it begins with what
 * there is, so that nobody takes a row to be filled in for a condition that holds.
 */
export function FilterPanel({ entity, group, begun, onApply, isLive = false }: FilterPanelProps) {
  const { t } = useTranslation()
  const fields = useBuilderFields(entity)
  const [query, setQuery] = useState<RuleGroupType>(() =>
    isLive ? (group as unknown as RuleGroupType) : startOf(group, fields, begun),
  )
  const labels = {
    addRule: { title: t('filter.addCondition') },
    addGroup: { title: t('filter.addGroup') },
    removeRule: { title: t('filter.removeCondition') },
    removeGroup: { title: t('filter.removeGroup') },
    fields: { title: t('filter.field') },
    operators: { title: t('filter.operator') },
    combinators: { title: t('filter.combinator') },
    value: { title: t('filter.value') },
  }
  return (
    <form
      className={isLive && query.rules.length === 0 ? 'filter-panel none' : 'filter-panel'}
      onSubmit={(event) => {
        event.preventDefault()
        onApply(query as unknown as ConditionGroup)
      }}
    >
      {isLive && query.rules.length === 0 ? <p className="t13 ink-3">{t('filter.none')}</p> : null}
      <QueryBuilder
        fields={fields}
        query={query}
        onQueryChange={(changed) => {
          const next = withKeptValues(asGroup(query), asGroup(changed))
          setQuery(next as unknown as RuleGroupType)
          if (isLive) onApply(next)
        }}
        getOperators={(name) => operatorsOf(fields, name)}
        combinators={[
          { name: 'and', label: t('filter.all') },
          { name: 'or', label: t('filter.any') },
        ]}
        controlElements={CONTROLS}
        context={{ entity }}
        translations={labels}
        maxLevels={3}
        resetOnFieldChange
        listsAsArrays
      />
      {isLive ? null : (
        <div className="row filter-acts">
          <Button type="primary" htmlType="submit">
            {t('filter.apply')}
          </Button>
          <Button type="text" onClick={() => onApply({ combinator: 'and', rules: [] })}>
            {t('filter.clear')}
          </Button>
        </div>
      )}
    </form>
  )
}

/** The builder's own types know less of what stands in a query. */
const asGroup = (query: RuleGroupType): ConditionGroup => query as unknown as ConditionGroup

interface OperatorField extends BuilderField {
  readonly menu: readonly { readonly name: string; readonly label: string }[]
}

function useBuilderFields(entity: Entity): OperatorField[] {
  const { t } = useTranslation()
  const { entities } = useWork().model
  return inOrder(entity)
    .filter((field) => field.operators.length > 0)
    .map((field) => ({
      name: field.name,
      label: field.label,
      menu: [...relativeOperators(field, entities), ...menuOperators(operatorsFor(field))].map((name) => ({
        name,
        label: operatorText(name, field, t),
      })),
    }))
}

const EMPTINESS: ReadonlySet<string> = new Set(['empty', 'not_empty'])
const FILES: ReadonlySet<string> = new Set(['file', 'image'])

/** What can be asked of a field here; of files, and of lookups among several entities, only whether there is one. */
function operatorsFor(field: Field): readonly string[] {
  const loose = FILES.has(field.type) || (field.relation !== undefined && field.relation.to.length !== 1)
  return loose ? field.operators.filter((name) => EMPTINESS.has(name)) : field.operators
}

/** The fields as people look for them: the title, then as the form has them, the engine's own marks last. */
function inOrder(entity: Entity): readonly Field[] {
  const names = [entity.title, ...entity.sections.flatMap((section) => section.fields)]
  const rank = (field: Field): number => {
    const at = names.indexOf(field.name)
    return field.name === 'id' ? Number.POSITIVE_INFINITY : at === -1 ? names.length : at
  }
  return [...entity.fields].sort((one, other) => rank(one) - rank(other))
}

function operatorsOf(fields: readonly OperatorField[], name: string): { name: string; label: string }[] {
  return [...(fields.find((field) => field.name === name)?.menu ?? [])]
}

/** A builder that is opened for the first time, or for a field, begins with one condition, ready to be filled in. */
function startOf(
  group: ConditionGroup,
  fields: readonly OperatorField[],
  begun: string | undefined,
): RuleGroupType {
  const present = group as unknown as RuleGroupType
  const first = fields.find(({ name }) => name === begun) ?? fields[0]
  if (first === undefined || (group.rules.length > 0 && begun === undefined)) return present
  const rule = { field: first.name, operator: first.menu[0]?.name ?? '==', value: '' }
  if (group.rules.length === 0) return { combinator: 'and', rules: [rule] }
  // To one of several another is no part: both must hold.
  if (group.combinator === 'or') return { combinator: 'and', rules: [present, rule] }
  return { ...present, rules: [...present.rules, rule] }
}
