import { useContext } from 'react'
import { FormStateContext } from '../forms/form-state.ts'
import { useEntity } from '../kit/model-context.tsx'
import { referenceOf } from '../values/references.ts'
import type { Within } from './use-offered.ts'
import type { WidgetProps } from './widget.ts'

/** How a reference of a form is picked: narrowed by what is chosen above it, and made in place where a form stands open. */
export function usePicking({ options, context }: WidgetProps): {
  readonly within: Within | undefined
  readonly canCreate: boolean
} {
  const state = useContext(FormStateContext)
  const { to, dependsOn, by } = options as { to?: string; dependsOn?: string; by?: string }
  const target = useEntity(to)
  const isInForm = state.entity !== ''
  const above = dependsOn === undefined ? undefined : (isInForm ? state.data : context.record)?.[dependsOn]
  const id = typeof above === 'string' ? above : referenceOf(above)?.id
  // Who may not read by what they would be narrowed chooses among all that they see.
  const canNarrow = target?.fields.some(({ name }) => name === by) === true
  return {
    within: by === undefined || id == null || !canNarrow ? undefined : { field: by, id },
    canCreate: isInForm ? state.isQuick !== true : context.canCreate === true,
  }
}
