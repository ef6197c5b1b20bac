import type { TFunction } from 'i18next'
import type { RecordState } from '../../../metadata/rules/record-rules.ts'
import { ApiProblem } from '../../api/problem.ts'
import { createRecord, getRecord, patchRecord } from '../../api/records.ts'
import type { Entity, FormDescription, RecordData } from '../../api/types.ts'
import { alikeIn } from '../../forms/alike.ts'
import { compare } from '../../forms/conflict.ts'
import type { Conflict, Draft, DraftAction } from '../../forms/draft.ts'
import { bodyOfCreate, bodyOfPatch, fieldsOf, toFormData, writableOf } from '../../forms/form-data.ts'
import { keptBack } from '../../forms/form-world.ts'
import { serverProblems } from '../../forms/problems.ts'
import { expandAll } from '../../values/references.ts'

/** What a form is about. */
export interface FormSubject {
  readonly entity: Entity
  /** Undefined while creating. */
  readonly id: string | undefined
  readonly form: FormDescription
}

/**
 * Stores a draft: a new record, or the fields that were changed; nothing is sent when nothing was.
 * @throws ApiProblem when the server refuses or does not answer
 */
export async function sendDraft(
  { entity, id, form }: FormSubject,
  draft: Draft,
  state: RecordState,
  keyFor: (body: unknown) => string,
  accept: boolean,
): Promise<RecordData> {
  const back = keptBack(form, draft, state)
  if (id === undefined) {
    // What would begin by rule and was cleared begins empty.
    const cleared = [...state.defaults.keys()].filter((field) => !back.has(field))
    const empty = Object.fromEntries(cleared.map((field) => [field, null]))
    const body = { ...empty, ...bodyOfCreate(form.schema, draft.data, back) }
    return createRecord(entity.name, body, keyFor(body), accept)
  }
  const body = bodyOfPatch(form.schema, draft.base, draft.data, back)
  if (Object.keys(body).length === 0) return form.record ?? { id }
  return patchRecord(entity.name, id, body, draft.version, accept)
}

/** What a failed send means for the draft: problems, or a conflict with what somebody else stored meanwhile. */
export async function afterFailure(
  subject: FormSubject,
  draft: Draft,
  error: unknown,
  t: TFunction,
): Promise<DraftAction> {
  const whole = (message: string): DraftAction => ({
    kind: 'refused',
    problems: [{ field: undefined, message, source: 'server' }],
  })
  if (!(error instanceof ApiProblem)) return whole(t('state.unexpected'))
  if (error.status === 0) return whole(t('form.unreachable'))
  if (error.status === 412 && subject.id !== undefined) {
    return (await conflictWith(subject, subject.id, draft)) ?? whole(t('form.gone'))
  }
  const fields = new Set(fieldsOf(subject.form.schema))
  const alike = alikeIn(error)
  if (alike !== undefined) {
    // At the field stands what it is like; what can be done about it the dialog says.
    const told = alike.map(({ hint: _hint, ...item }) => item)
    return { kind: 'found_alike', alike, problems: serverProblems(told, fields, error.message) }
  }
  const lineText = (number: number): string => t('child.line', { number })
  return {
    kind: 'refused',
    problems: serverProblems(error.items, fields, error.message || t('state.unexpected'), lineText),
  }
}

/** How a draft stands to what is stored by now. */
export function conflictOf(form: FormDescription, draft: Draft, stored: RecordData): Conflict {
  const theirs = toFormData(form.schema, stored)
  const comparison = compare(writableOf(form.schema), draft.base, draft.data, theirs)
  return { comparison, theirs, version: stored.version, record: stored }
}

async function conflictWith(
  { entity, form }: FormSubject,
  id: string,
  draft: Draft,
): Promise<DraftAction | undefined> {
  try {
    const stored = await getRecord(entity.name, id, expandAll(entity))
    return { kind: 'conflicted', conflict: conflictOf(form, draft, stored) }
  } catch {
    return undefined // gone, or no longer visible
  }
}
