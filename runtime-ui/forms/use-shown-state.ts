import { useMemo } from 'react'
import type { RecordState } from '../../metadata/rules/record-rules.ts'
import type { FormDescription } from '../api/types.ts'
import type { Draft } from './draft.ts'
import type { FormState } from './form-state.ts'
import { dueFields, hiddenFields, shownData } from './form-world.ts'

/** How the form looks by its rules, as its fields read it. */
export function useShownState(
  form: FormDescription,
  draft: Draft,
  state: RecordState,
): Omit<FormState, 'part' | 'isQuick'> {
  return useMemo(
    () => ({
      entity: form.entity,
      data: shownData(draft, state),
      base: draft.base,
      hidden: hiddenFields(form, state),
      required: dueFields(form, state),
      locked: state.locked,
      filled: draft.filled,
      hiddenSections: state.hiddenSections,
      computed: state.computed,
      because: new Map(form.rules.sections.map(({ section, because }) => [section, because])),
    }),
    [form, draft, state],
  )
}
