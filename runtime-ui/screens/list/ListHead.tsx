import { useTranslation } from 'react-i18next'
import type { Entity, View } from '../../api/types.ts'
import { FilterBar } from './FilterBar.tsx'
import { type GroupFolding, GroupMenu } from './groups/GroupMenu.tsx'
import { ANOTHER_VIEW, columnsOf, effectiveFilter, type ListState, sortOf } from './list-state.ts'
import { SearchBox } from './SearchBox.tsx'
import { SortMenu } from './SortMenu.tsx'
import type { ListChange } from './use-list-state.ts'
import { ViewTabs } from './ViewTabs.tsx'
import { ColumnsButton } from './views/ColumnsButton.tsx'
import { ViewActs } from './views/ViewActs.tsx'

/** What the parts of a list share: what is shown, and the way to show something else. */
export interface ListParts {
  readonly entity: Entity
  readonly view: View | undefined
  readonly state: ListState
  /** @param replace the step before is no place to come back to */
  readonly change: (change: ListChange, replace?: boolean) => void
}

interface ListHeadProps extends ListParts {
  /** A field on which a condition is begun elsewhere. */
  readonly begun?: string | undefined
  readonly onBegun?: () => void
  /** Opens and closes groups; absent where there can be none. */
  readonly folding?: GroupFolding
}

/** Views, search, filter, order. */
export function ListHead({ entity, view, state, change, begun, onBegun, folding }: ListHeadProps) {
  const { t } = useTranslation()
  // Of a view of one's own all conditions are at hand; those of others are what the view is.
  const isOwn = view?.belongsTo !== undefined
  return (
    <div className="list-head">
      <ViewTabs entity={entity} current={view} onChange={(name) => change({ ...ANOTHER_VIEW, view: name })} />
      <div className="list-tools">
        <SearchBox entity={entity} value={state.q} onChange={(q) => change({ q }, state.q !== '')} />
        <FilterBar
          {...{ entity, begun, onBegun }}
          filter={isOwn ? effectiveFilter(state, view) : state.filter}
          onChange={(filter) => change(isOwn ? { filter, isWhole: true } : { filter })}
        />
        <SortMenu
          entity={entity}
          columns={columnsOf(entity, view, state)}
          sort={sortOf(state, view)}
          onSort={(sort) => change({ sort })}
        />
        {folding === undefined ? null : <GroupMenu {...{ entity, view, state, change, folding }} />}
        <ColumnsButton {...{ entity, view, state, change }} />
        <ViewActs {...{ entity, view, state, change }} />
      </div>
      {state.filterBroken ? (
        <p className="note bad-note" role="alert">
          {t('filter.broken')}
        </p>
      ) : null}
    </div>
  )
}
