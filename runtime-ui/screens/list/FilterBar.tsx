import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Entity } from '../../api/types.ts'
import { Icon } from '../../kit/icons/Icon.tsx'
import { useLanguage, useWork } from '../../kit/model-context.tsx'
import { Sheet } from '../../kit/Sheet.tsx'
import { today } from '../../kit/zoned.ts'
import { type ConditionGroup, fromRule, isGroup, toRule } from './filter-rule.ts'
import { conditionText, givenRecords, groupText, type TextContext } from './filter-text.ts'
import { useReferenceNames } from './use-reference-names.ts'

const FilterPanel = lazy(async () => ({ default: (await import('./FilterPanel.tsx')).FilterPanel }))

export interface FilterBarProps {
  readonly entity: Entity
  readonly filter: unknown
  readonly onChange: (filter: unknown) => void
  /** A field on which a condition is begun elsewhere: it opens the builder with it. */
  readonly begun?: string | undefined
  readonly onBegun?: (() => void) | undefined
  /** A filter that is not to be built here, in words. */
  readonly words?: string | undefined
}

/** The conditions in force as chips, each with its ×, and the door to the builder. */
export function FilterBar({ entity, filter, onChange, begun, onBegun, words }: FilterBarProps) {
  const { t } = useTranslation()
  const [isOpened, setOpened] = useState(false)
  const open = isOpened || begun !== undefined
  const setOpen = (isOpen: boolean): void => {
    setOpened(isOpen)
    if (!isOpen) onBegun?.()
  }
  const group = words === undefined ? fromRule(filter) : undefined
  return (
    <div className="filter-bar">
      {filter === undefined ? null : group === undefined ? (
        <OtherChip text={words ?? t('filter.custom')} onRemove={() => onChange(undefined)} />
      ) : (
        <GroupChips entity={entity} group={group} onChange={onChange} onOpen={() => setOpen(true)} />
      )}
      <button
        type="button"
        className="plain-button filter-chip add"
        onClick={() => setOpen(true)}
        disabled={filter !== undefined && group === undefined}
      >
        <span>
          <Icon name="plus" size="small" />
          {t('filter.add')}
        </span>
      </button>
      <Sheet
        open={open}
        title={t('filter.title', { entities: entity.plural })}
        width={560}
        onClose={() => setOpen(false)}
      >
        <Suspense fallback={null}>
          <FilterPanel
            {...{ entity, begun }}
            group={group ?? { combinator: 'and', rules: [] }}
            onApply={(next) => {
              onChange(toRule(next))
              setOpen(false)
            }}
          />
        </Suspense>
      </Sheet>
    </div>
  )
}

interface GroupChipsProps {
  readonly entity: Entity
  readonly group: ConditionGroup
  readonly onChange: (filter: unknown) => void
  readonly onOpen: () => void
}

function GroupChips({ entity, group, onChange, onOpen }: GroupChipsProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { model } = useWork()
  const names = useReferenceNames(entity, group)
  const context: TextContext = { t, language, today: today(model.timeZone), names, entities: model.entities }
  return group.rules.map((item, index) => {
    const remove = (): void =>
      onChange(toRule({ ...group, rules: group.rules.filter((_, at) => at !== index) }))
    const key = JSON.stringify(item)
    const joint =
      index > 0 && group.combinator === 'or' ? <span className="ink-3 t13">{t('filter.or')}</span> : null
    if (isGroup(item)) {
      const text = groupText(entity, item, context)
      return (
        <span key={key} className="row">
          {joint}
          <OtherChip text={text} onOpen={onOpen} onRemove={remove} />
        </span>
      )
    }
    const text = conditionText(entity, item, context)
    if (givenRecords(item) !== undefined)
      return (
        <span key={key} className="row">
          {joint}
          <OtherChip text={text.label} onRemove={remove} />
        </span>
      )
    return (
      <span key={key} className="row">
        {joint}
        <span className="filter-chip">
          <button type="button" className="plain-button filter-text" onClick={onOpen}>
            <span>{text.label}</span>
            <span className="ink-3">{text.operator}</span>
            {text.value === '' ? null : <span className="cut">{text.value}</span>}
          </button>
          <RemoveButton
            label={t('filter.remove', { condition: `${text.label} ${text.operator} ${text.value}`.trim() })}
            onClick={remove}
          />
        </span>
      </span>
    )
  })
}

function OtherChip({
  text,
  onOpen,
  onRemove,
}: {
  readonly text: string
  readonly onOpen?: () => void
  readonly onRemove: () => void
}) {
  const { t } = useTranslation()
  return (
    <span className="filter-chip">
      <button
        type="button"
        className="plain-button filter-text"
        onClick={onOpen}
        disabled={onOpen === undefined}
      >
        <span className="cut" title={text}>
          {text}
        </span>
      </button>
      <RemoveButton label={t('filter.remove', { condition: text })} onClick={onRemove} />
    </span>
  )
}

function RemoveButton({ label, onClick }: { readonly label: string; readonly onClick: () => void }) {
  return (
    <button
      type="button"
      className="plain-button filter-x"
      aria-label={label}
      title={label}
      onClick={onClick}
    >
      <Icon name="close" size="small" />
    </button>
  )
}
