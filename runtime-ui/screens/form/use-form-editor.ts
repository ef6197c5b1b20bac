import type { RJSFValidationError } from '@rjsf/utils'
import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiProblem } from '../../api/problem.ts'
import { createRecord, getRecord, patchRecord } from '../../api/records.ts'
import type { Entity, FormDescription, RecordData } from '../../api/types.ts'
import { createAttemptKeys } from '../../forms/attempt-key.ts'
import { type Comparison, compare, merge } from '../../forms/conflict.ts'
import {
  bodyOfCreate,
  bodyOfPatch,
  type FormData,
  fieldsOf,
  same,
  toFormData,
} from '../../forms/form-data.ts'
import { checkProblems, type FormProblem, serverProblems, widgetIn } from '../../forms/problems.ts'
import { expandAll } from '../../values/references.ts'

export interface Conflict {
  readonly comparison: Comparison
  readonly theirs: FormData
  readonly version: number | undefined
}

export interface EditorArguments {
  readonly entity: Entity
  readonly id: string | undefined
  readonly form: FormDescription
  readonly presets: FormData
  readonly onSaved: (record: RecordData) => void
}

/** The draft of one form: its data, its problems, its saving. Two saves never run at once. */
export function useFormEditor({ entity, id, form, presets, onSaved }: EditorArguments) {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const [base, setBase] = useState<FormData>(() => toFormData(form.schema, form.record))
  const [version, setVersion] = useState(form.version ?? form.record?.version)
  const [data, setData] = useState<FormData>(() => ({ ...base, ...presets }))
  // Defaults and presets are no work of the person's that could be lost.
  const [begun] = useState(data)
  const [found, setFound] = useState<readonly FormProblem[]>([])
  const [refused, setRefused] = useState<readonly FormProblem[]>([])
  const [faults, setFaults] = useState<ReadonlyMap<string, string>>(new Map())
  const [attempted, setAttempted] = useState(false)
  const [busy, setBusy] = useState(false)
  const [conflict, setConflict] = useState<Conflict>()
  const running = useRef(false)
  const keyFor = useRef(createAttemptKeys())
  const fields = fieldsOf(form.schema)

  const send = async (
    draft: FormData,
    from: FormData,
    onVersion: number | undefined,
  ): Promise<RecordData> => {
    if (id === undefined) {
      const body = bodyOfCreate(form.schema, draft)
      return createRecord(entity.name, body, keyFor.current(body))
    }
    const body = bodyOfPatch(form.schema, from, draft)
    if (Object.keys(body).length === 0) return form.record ?? { id }
    return patchRecord(entity.name, id, body, onVersion)
  }

  const save = async (draft: FormData, from = base, onVersion = version): Promise<void> => {
    setAttempted(true)
    setFound([])
    if (running.current || faults.size > 0) return
    running.current = true
    setBusy(true)
    try {
      const record = await send(draft, from, onVersion)
      await queryClient.invalidateQueries({ queryKey: ['records'] })
      onSaved(record)
    } catch (error) {
      await refuse(error, draft)
    } finally {
      running.current = false
      setBusy(false)
    }
  }

  const refuse = async (error: unknown, draft: FormData): Promise<void> => {
    if (error instanceof ApiProblem && error.status === 412 && id !== undefined)
      return openConflict(draft, id)
    if (!(error instanceof ApiProblem))
      return setRefused([{ field: undefined, message: t('state.unexpected'), source: 'server' }])
    const fallback = error.status === 0 ? t('form.unreachable') : error.message || t('state.unexpected')
    setRefused(
      serverProblems(error.items, new Set(fields), fallback, (number) => t('child.line', { number })),
    )
  }

  const openConflict = async (draft: FormData, record: string): Promise<void> => {
    try {
      const stored = await getRecord(entity.name, record, expandAll(entity))
      const theirs = toFormData(form.schema, stored)
      setConflict({ comparison: compare(fields, base, draft, theirs), theirs, version: stored.version })
    } catch {
      setRefused([{ field: undefined, message: t('form.gone'), source: 'server' }])
    }
  }

  const settle = (mine: ReadonlySet<string>): void => {
    if (conflict === undefined) return
    const merged = merge(fields, base, data, conflict.theirs, mine)
    setData(merged)
    setBase(conflict.theirs)
    setVersion(conflict.version)
    setConflict(undefined)
    void save(merged, conflict.theirs, conflict.version)
  }

  const change = (
    next: FormData,
    errors: readonly RJSFValidationError[],
    field: string | undefined,
  ): void => {
    setData(next)
    if (attempted) setFound(checkProblems(errors, t, widgetIn(form.uiSchema)))
    // What the server said of a field is answered by changing it.
    if (refused.length > 0)
      setRefused(
        refused.filter(
          (problem) =>
            problem.field !== undefined &&
            problem.field !== field &&
            same(next[problem.field], data[problem.field]),
        ),
      )
  }

  // rjsf keeps the functions that it got first, so this one must not look at the state of a render.
  const setFault = useCallback((field: string, message: string | undefined): void => {
    setFaults((before) => {
      if (before.get(field) === message) return before
      const next = new Map(before)
      if (message === undefined) next.delete(field)
      else next.set(field, message)
      return next
    })
  }, [])

  const typed: readonly FormProblem[] = [...faults].map(([field, message]) => ({
    field,
    message,
    source: 'widget',
  }))
  return {
    data,
    base,
    busy,
    attempted,
    dirty: !same(data, begun),
    /** For the fields: what rjsf does not find itself. */
    extra: [...typed, ...refused],
    problems: [...(attempted ? typed : []), ...found, ...refused],
    conflict,
    change,
    save: (draft: FormData) => void save(draft),
    invalid: (errors: readonly RJSFValidationError[]) => {
      setAttempted(true)
      setRefused([])
      setFound(checkProblems(errors, t, widgetIn(form.uiSchema)))
    },
    settle,
    closeConflict: () => setConflict(undefined),
    setFault,
  }
}
