import type { RJSFValidationError } from '@rjsf/utils'
import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useReducer, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RecordState } from '../../../metadata/rules/record-rules.ts'
import type { Entity, RecordData } from '../../api/types.ts'
import { createAttemptKeys } from '../../forms/attempt-key.ts'
import { withoutUnfit } from '../../forms/dependent-options.ts'
import { type Draft, reduceDraft, startDraft } from '../../forms/draft.ts'
import { type FormData, toFormData, writableOf } from '../../forms/form-data.ts'
import { ruleProblems } from '../../forms/form-world.ts'
import { changedValues, draftKey, keepDraft, keptDraft } from '../../forms/kept-draft.ts'
import { checkProblems, widgetIn } from '../../forms/problems.ts'
import { useFormRules } from '../../forms/use-form-rules.ts'
import { useWork } from '../../kit/model-context.tsx'
import { afterFailure, type FormSubject, sendDraft } from './send-draft.ts'

export interface EditorArguments extends FormSubject {
  readonly presets: FormData
  readonly onSaved: (record: RecordData) => void
}

/** The draft of one form and its saving; two saves never run at once. */
export function useFormEditor({ presets, onSaved, ...subject }: EditorArguments) {
  const { t } = useTranslation()
  const { form } = subject
  const { me } = useWork()
  const key = draftKey(me.user.id, subject.entity.name, subject.id)
  const [kept, setKept] = useState(() => (me.viewer === undefined ? keptDraft(key) : undefined))
  const [draft, dispatch] = useReducer(reduceDraft, undefined, () => {
    const start = startDraft({
      base: toFormData(form.schema, form.record),
      presets,
      version: form.version,
    })
    return kept === undefined ? start : reduceDraft(start, { kind: 'restored', values: kept })
  })
  useKept(key, draft, subject.entity, me.viewer !== undefined)
  const isNew = subject.id === undefined
  const state = useFormRules(form, draft, isNew)
  const { busy, send } = useSending(subject, (record) => {
    keepDraft(key, {}) // at once: what is stored is no draft, even where the page is left before the form is
    onSaved(record)
  })
  const findings = (errors: readonly RJSFValidationError[]) =>
    checkProblems(errors, t, widgetIn(form.uiSchema))
  // rjsf keeps the functions that it got first, so this one must not look at the state of a render.
  const setFault = useCallback(
    (field: string, message: string | undefined) => dispatch({ kind: 'faulted', field, message }),
    [],
  )
  const found = ruleProblems(form, draft, state, t('fault.required'))
  const leave = useCallback((field: string) => dispatch({ kind: 'left', field }), [])
  const save = async (next: Draft, accept = false): Promise<void> => {
    dispatch({ kind: 'sending' })
    if (next.faults.size > 0) return
    if (ruleProblems(form, next, state, '', true).length > 0) return
    const failure = await send(next, state, accept)
    if (failure !== undefined) dispatch(failure)
  }
  return {
    draft,
    busy,
    setFault,
    change: (data: FormData, errors: readonly RJSFValidationError[], field: string | undefined) =>
      dispatch({
        kind: 'changed',
        data: withoutUnfit(form.uiSchema, draft.data, data),
        field,
        found: findings(errors),
      }),
    leave,
    fill: (values: FormData) => dispatch({ kind: 'filled', values }),
    state,
    /** What the rules find wrong, beside what the draft knows. */
    found,
    save: (data: FormData) => void save({ ...draft, data }),
    invalid: (errors: readonly RJSFValidationError[]) =>
      dispatch({ kind: 'found', problems: findings(errors) }),
    settle: (mine: ReadonlySet<string>) => {
      const action = { kind: 'settled', mine, fields: writableOf(form.schema) } as const
      dispatch(action)
      void save(reduceDraft(draft, action))
    },
    /** Stores it although there are like records. */
    accept: () => void save(draft, true),
    /** Whether what was typed before a reload is there again. */
    isRestored: kept !== undefined,
    drop: () => {
      setKept(undefined)
      dispatch({ kind: 'dropped' })
    },
    putOff: () => dispatch({ kind: 'put_off' }),
  }
}

/** Keeps what is typed as long as the form is open: a reload finds it, whoever leaves does not. */
function useKept(key: string, draft: Draft, entity: Entity, isOff: boolean): void {
  useEffect(() => {
    if (!isOff) keepDraft(key, changedValues(draft, entity))
  }, [key, draft, entity, isOff])
  useEffect(() => () => keepDraft(key, {}), [key])
}

/** Sends drafts one at a time; gives what went wrong, or nothing when it is stored or already on its way. */
function useSending(subject: FormSubject, onSaved: (record: RecordData) => void) {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const running = useRef(false)
  const keyFor = useRef(createAttemptKeys())
  const [busy, setBusy] = useState(false)
  const send = async (draft: Draft, state: RecordState, accept: boolean) => {
    if (running.current) return undefined
    running.current = true
    setBusy(true)
    try {
      const record = await sendDraft(subject, draft, state, keyFor.current, accept)
      await queryClient.invalidateQueries({ queryKey: ['records'] })
      onSaved(record)
      return undefined
    } catch (error) {
      return await afterFailure(subject, draft, error, t)
    } finally {
      running.current = false
      setBusy(false)
    }
  }
  return { busy, send }
}
