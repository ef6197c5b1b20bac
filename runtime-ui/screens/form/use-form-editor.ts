import type { RJSFSchema, RJSFValidationError, ValidatorType } from '@rjsf/utils'
import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useReducer, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RecordState } from '../../../metadata/rules/record-rules.ts'
import type { Entity, RecordData } from '../../api/types.ts'
import { createAttemptKeys } from '../../forms/attempt-key.ts'
import { withoutUnfit } from '../../forms/dependent-options.ts'
import { allProblems, type Conflict, type Draft, reduceDraft, startDraft } from '../../forms/draft.ts'
import { type FormData, toFormData, writableOf } from '../../forms/form-data.ts'
import { hiddenFields, ruleProblems, shownData } from '../../forms/form-world.ts'
import { draftKey, keepDraft, keptDraft, toKeep } from '../../forms/kept-draft.ts'
import { checkProblems, type FormProblem, widgetIn } from '../../forms/problems.ts'
import { useFormRules } from '../../forms/use-form-rules.ts'
import { useWork } from '../../kit/model-context.tsx'
import { afterFailure, type FormSubject, sendDraft } from './send-draft.ts'
import { useMeanwhile } from './use-meanwhile.ts'

export interface EditorArguments extends FormSubject {
  readonly validator: ValidatorType
  readonly presets: FormData
  /** Whether a reload finds what was typed; true by default. */
  readonly isKept?: boolean
  /** @param along what somebody else had changed meanwhile and has stayed */
  readonly onSaved: (record: RecordData, along: Conflict | undefined) => void
}

/** So often a save is tried anew where others save without a clash. */
const MOST_TRIES = 3
const NONE: ReadonlySet<string> = new Set()

/** The draft of one form and its saving; two saves never run at once. */
export function useFormEditor(given: EditorArguments) {
  const { presets, validator, isKept = true, onSaved, ...subject } = given
  const { t } = useTranslation()
  const { form } = subject
  const { me } = useWork()
  const key = draftKey(me.user.id, subject.entity.name, subject.id)
  const keeps = isKept && me.viewer === undefined
  const [kept, setKept] = useState(() => (keeps ? keptDraft(key) : undefined))
  const [draft, dispatch] = useReducer(reduceDraft, undefined, () => {
    const start = startDraft({
      base: toFormData(form.schema, form.record),
      presets,
      version: form.version,
    })
    return kept === undefined ? start : reduceDraft(start, { kind: 'restored', kept })
  })
  useKept(key, draft, subject.entity, !keeps)
  const isNew = subject.id === undefined
  const state = useFormRules(form, draft, isNew)
  const fields = writableOf(form.schema)
  const { busy, send } = useSending(subject, (record, along) => {
    if (keeps) keepDraft(key, undefined) // at once: what is stored is no draft, even where the page is left before the form is
    onSaved(record, along)
  })
  const meanwhile = useMeanwhile(subject, draft, busy, dispatch)
  const findings = (errors: readonly RJSFValidationError[]) =>
    checkProblems(errors, t, widgetIn(form.uiSchema))
  // rjsf keeps the functions that it got first, so this one must not look at the state of a render.
  const setFault = useCallback(
    (field: string, message: string | undefined) => dispatch({ kind: 'faulted', field, message }),
    [],
  )
  const found = ruleProblems(form, draft, state, t('fault.required'))
  const adopt = useCallback((values: FormData) => dispatch({ kind: 'adopted', values }), [])
  const leave = useCallback((field: string) => dispatch({ kind: 'left', field }), [])
  const judged = (data: FormData): readonly FormProblem[] =>
    findings(validator.validateFormData(data, form.schema as RJSFSchema).errors)
  const change = (
    data: FormData,
    errors: readonly RJSFValidationError[],
    field: string | undefined,
  ): void => {
    const next = withoutUnfit(form.uiSchema, draft.data, data)
    // Before a first refusal the form itself does not check, but what was told of a step is taken back when it is mended.
    const isOwn = !draft.attempted && draft.checked.size > 0
    dispatch({ kind: 'changed', data: next, field, found: isOwn ? judged(next) : findings(errors) })
  }
  const check = (asked: readonly string[]): string | undefined => {
    const action = { kind: 'checked', fields: asked, found: judged(shownData(draft, state)) } as const
    dispatch(action)
    const next = reduceDraft(draft, action)
    const told = [...allProblems(next), ...ruleProblems(form, next, state, '')]
    const faulty = new Set(told.map((problem) => problem.field))
    return asked.find((field) => faulty.has(field) && !hiddenFields(form, state).has(field))
  }
  const save = async (next: Draft, accept = false): Promise<void> => {
    dispatch({ kind: 'sending' })
    if (next.faults.size > 0) return
    if (ruleProblems(form, next, state, '', true).length > 0) return
    let current = next
    let along: Conflict | undefined
    for (let tries = 1; ; tries += 1) {
      const failure = await send(current, state, accept, along)
      if (failure === undefined) return
      dispatch(failure)
      // What does not clash needs nobody's choice.
      if (failure.kind !== 'conflicted' || failure.conflict.comparison.clashes.length > 0) return
      if (tries === MOST_TRIES) return
      const settled = { kind: 'settled', mine: NONE, fields } as const
      dispatch(settled)
      current = reduceDraft(reduceDraft(current, failure), settled)
      along = failure.conflict
    }
  }
  return {
    draft,
    busy,
    setFault,
    change,
    /** Tells from now on what is wrong in these fields. @returns the first that has a problem */
    check,
    leave,
    /** Fields that the form asks for only now begin as they would have. */
    adopt,
    fill: (values: FormData) => dispatch({ kind: 'filled', values }),
    state,
    /** What the rules find wrong, beside what the draft knows. */
    found,
    /** @param accept although there are like records */
    save: (data: FormData, accept = false) => void save({ ...draft, data }, accept),
    invalid: (errors: readonly RJSFValidationError[]) =>
      dispatch({ kind: 'found', problems: findings(errors) }),
    settle: (mine: ReadonlySet<string>) => {
      const action = { kind: 'settled', mine, fields } as const
      dispatch(action)
      if (draft.conflict?.isEarly !== true) void save(reduceDraft(draft, action))
    },
    meanwhile,
    /** Stores it although there are like records. */
    accept: () => void save(draft, true),
    /** Whether what was typed before a reload is there again. */
    isRestored: kept !== undefined,
    drop: () => {
      setKept(undefined)
      const stored = meanwhile.stored ?? form.record
      dispatch({
        kind: 'dropped',
        stored:
          stored === null
            ? undefined
            : { base: toFormData(form.schema, stored), version: stored.version ?? form.version },
      })
    },
    putOff: () => dispatch({ kind: 'put_off' }),
  }
}

/** Keeps what is typed as long as the form is open: a reload finds it, whoever leaves does not. */
function useKept(key: string, draft: Draft, entity: Entity, isOff: boolean): void {
  useEffect(() => {
    if (!isOff) keepDraft(key, toKeep(draft, entity))
  }, [key, draft, entity, isOff])
  useEffect(() => (isOff ? undefined : () => keepDraft(key, undefined)), [key, isOff])
}

/** Sends drafts one at a time; gives what went wrong, or nothing when it is stored or already on its way. */
function useSending(subject: FormSubject, onSaved: EditorArguments['onSaved']) {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const running = useRef(false)
  const keyFor = useRef(createAttemptKeys())
  const [busy, setBusy] = useState(false)
  const send = async (draft: Draft, state: RecordState, accept: boolean, along: Conflict | undefined) => {
    if (running.current) return undefined
    running.current = true
    setBusy(true)
    try {
      const record = await sendDraft(subject, draft, state, keyFor.current, accept)
      await queryClient.invalidateQueries({ queryKey: ['records'] })
      onSaved(record, along)
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
