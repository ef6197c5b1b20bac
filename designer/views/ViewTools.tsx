import { Segmented } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Entity } from '../../runtime-ui/api/types.ts'
import { FilterBar } from '../../runtime-ui/screens/list/FilterBar.tsx'
import { isBuilt } from '../../runtime-ui/screens/list/filter-rule.ts'
import { GroupMenu } from '../../runtime-ui/screens/list/groups/GroupMenu.tsx'
import type { ListParts } from '../../runtime-ui/screens/list/ListHead.tsx'
import { sortOf } from '../../runtime-ui/screens/list/list-state.ts'
import { SortMenu } from '../../runtime-ui/screens/list/SortMenu.tsx'
import { useSaid } from '../canvas/use-said.ts'
import type { Json } from '../store/json-value.ts'
import { type FormNeeds, typeOf, VIEW_TYPES, type ViewType, withType } from './view-edit.ts'

interface ViewToolsProps extends ListParts {
  readonly view: NonNullable<ListParts['view']>
  readonly begun: string | undefined
  readonly onBegun: () => void
  readonly readOnly: boolean
}

const nothing = (): void => undefined

/** Filter, order and groups, by the tools of the list itself. */
export function ViewTools({ entity, view, state, change, begun, onBegun, readOnly }: ViewToolsProps) {
  const isBeyond = !isBuilt(view.filter, entity.fields)
  const { rule } = useSaid(entity.name, isBeyond ? [view.filter] : [])
  return (
    <div className="list-head">
      <div className="list-tools" inert={readOnly}>
        <FilterBar
          {...{ entity, begun, onBegun }}
          filter={view.filter}
          words={isBeyond ? rule(view.filter) : undefined}
          onChange={(filter) => change({ filter })}
        />
        <SortMenu
          entity={entity}
          columns={view.columns}
          sort={sortOf(state, view)}
          onSort={(sort) => change({ sort })}
        />
        {view.type === 'table' ? (
          <GroupMenu {...{ entity, view, state, change }} folding={{ openAll: nothing, closeAll: nothing }} />
        ) : null}
      </div>
    </div>
  )
}

const BOARD: ReadonlySet<string> = new Set(['stage', 'select'])
const DATED: ReadonlySet<string> = new Set(['date', 'date_time'])

/** The fields of an entity that a form of list needs. */
const needsOf = (entity: Entity): FormNeeds => ({
  // A stage is what most boards are about.
  board: [...entity.fields]
    .filter(({ type }) => BOARD.has(type))
    .sort((one, other) => Number(other.type === 'stage') - Number(one.type === 'stage'))
    .map(({ name }) => name),
  calendar: [...entity.fields]
    .filter(({ type }) => DATED.has(type))
    .sort((one, other) => Number(isEngines(one.name)) - Number(isEngines(other.name)))
    .map(({ name }) => name),
})

/** When a record was made and changed is a day as well, but seldom the one that is meant. */
const isEngines = (name: string): boolean => name === 'created_at' || name === 'updated_at'

interface TypeSwitchProps {
  readonly definition: Json
  readonly entity: Entity
  readonly readOnly: boolean
  readonly apply: (next: Json) => void
}

/** The form of the list, as far as the entity has what it needs. */
export function TypeSwitch({ definition, entity, readOnly, apply }: TypeSwitchProps) {
  const { t } = useTranslation()
  const needs = needsOf(entity)
  const isOff = (type: ViewType): boolean =>
    (type === 'board' && needs.board.length === 0) || (type === 'calendar' && needs.calendar.length === 0)
  return (
    <Segmented<ViewType>
      aria-label={t('example.type')}
      disabled={readOnly}
      value={typeOf(definition)}
      options={VIEW_TYPES.map((value) => ({
        value,
        label: t(`example.type.${value}`),
        disabled: isOff(value),
        ...(isOff(value)
          ? { title: t(value === 'board' ? 'example.boardNeeds' : 'example.calendarNeeds') }
          : {}),
      }))}
      onChange={(type) => apply(withType(definition, type, needs))}
    />
  )
}
