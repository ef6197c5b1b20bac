import type { ValidatorType } from '@rjsf/utils'
import { useMemo, useReducer } from 'react'
import type { Entity, FormDescription } from '../../runtime-ui/api/types.ts'
import { withoutUnfit } from '../../runtime-ui/forms/dependent-options.ts'
import { reduceDraft, startDraft } from '../../runtime-ui/forms/draft.ts'
import { FormParts } from '../../runtime-ui/forms/FormParts.tsx'
import { defaultsOf, fieldsOf, toFormData, withoutDefaults } from '../../runtime-ui/forms/form-data.ts'
import { FormStateContext } from '../../runtime-ui/forms/form-state.ts'
import { RecordForm } from '../../runtime-ui/forms/RecordForm.tsx'
import { isShown, sectionsOf } from '../../runtime-ui/forms/sections.ts'
import { useFormRules } from '../../runtime-ui/forms/use-form-rules.ts'
import { useParts } from '../../runtime-ui/forms/use-parts.ts'
import { useShownState } from '../../runtime-ui/forms/use-shown-state.ts'
import '../../runtime-ui/kit/form.css'

interface DraftFormProps {
  readonly form: FormDescription
  readonly entity: Entity
  readonly isNew: boolean
}

/** Nothing is stored, so nothing is checked. */
const UNCHECKED: ValidatorType = {
  validateFormData: () => ({ errors: [], errorSchema: {} }),
  isValid: () => true,
  rawValidation: () => ({ errors: [] }),
}

/** The form itself, to be tried: its sections open and close by their rules, nothing is stored. */
export function DraftForm({ form: given, entity, isNew }: DraftFormProps) {
  const form = { ...given, schema: withoutDefaults(given.schema) }
  const [draft, dispatch] = useReducer(reduceDraft, undefined, () =>
    startDraft({
      base: toFormData(given.schema, given.record),
      presets: isNew ? defaultsOf(given.schema) : {},
      version: given.version,
    }),
  )
  const shownState = useShownState(form, draft, useFormRules(form, draft, isNew))
  const all = sectionsOf(form.uiSchema, fieldsOf(form.schema))
  const shown = all.filter((section) => isShown(section, shownState))
  const parts = useParts({ uiSchema: form.uiSchema, isNew, all, shown, check: () => undefined })
  const part = parts?.current.name
  const state = useMemo(() => ({ ...shownState, part }), [shownState, part])
  return (
    <FormStateContext value={state}>
      {parts === undefined ? null : <FormParts parts={parts} problems={[]} />}
      <RecordForm
        id="draft-form"
        form={form}
        validator={UNCHECKED}
        data={state.data}
        onChange={(data, _errors, field) =>
          dispatch({
            kind: 'changed',
            data: withoutUnfit(form.uiSchema, draft.data, data),
            field,
            found: [],
          })
        }
        onSubmit={() => undefined}
        onInvalid={() => undefined}
        live={false}
        problems={[]}
        translate={() => ''}
        context={{ entity, record: form.record, setFault: () => undefined, first: undefined }}
      />
    </FormStateContext>
  )
}
