import type { BelongsTo, Entity, View } from '../../../api/types.ts'
import type { SavedView } from '../../../api/views.ts'
import { columnsOf, effectiveFilter, type ListState, sortOf } from '../list-state.ts'

/** Whether a person has made something else of a view than it is. */
export const isChanged = ({ sort, columns, filter, isWhole, group }: ListState): boolean =>
  isWhole || [sort, columns, filter, group].some((part) => part !== undefined)

/** Whether columns stand otherwise than the view has them; of one that is not one's own that is nothing to save. */
export const isArranged = ({ widths, frozen }: ListState): boolean =>
  widths !== undefined || frozen !== undefined

/** What another view is made of: its name and label, and whose it is. */
export interface Another {
  readonly name: string
  readonly label: string
  readonly belongsTo: BelongsTo | undefined
}

/** A list as it is shown, as a view: the present one, or another. */
export function definitionOf(entity: Entity, view: View, state: ListState, another?: Another): SavedView {
  const sort = sortOf(state, view)
  const filter = effectiveFilter(state, view)
  const frozen = state.frozen ?? view.frozen
  const group = state.group ?? view.group ?? ''
  const belongsTo = another === undefined ? view.belongsTo : another.belongsTo
  return {
    ...{ name: another?.name ?? view.name, label: another?.label ?? view.label, entity: entity.name },
    ...{ type: view.type === 'tree' ? 'table' : view.type, columns: columnsOf(entity, view, state) },
    ...(group === '' ? {} : { group }),
    ...(view.default === true && another === undefined ? { default: true } : {}),
    ...(view.lanes === undefined ? {} : { lanes: view.lanes }),
    ...(view.limits === undefined ? {} : { limits: view.limits }),
    ...(view.date === undefined ? {} : { date: view.date }),
    ...(view.until === undefined ? {} : { until: view.until }),
    ...(frozen === undefined ? {} : { frozen }),
    ...{ sort: sort === undefined ? [] : sort.split(',') },
    ...(filter === undefined ? {} : { filter }),
    ...(belongsTo === undefined ? {} : { belongsTo }),
  }
}

/** A name that nobody has: of a view that a person makes only the label is read. */
export const newViewName = (): string =>
  `own_${crypto.getRandomValues(new Uint32Array(3)).reduce((text, part) => text + part.toString(36), '')}`.slice(
    0,
    24,
  )
