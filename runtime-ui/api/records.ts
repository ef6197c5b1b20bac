import { request } from './client.ts'
import type { HistoryEntry } from './history.ts'
import type { FormDescription, ListPage, RecordData } from './types.ts'

export interface ListQuestion {
  readonly filter?: unknown
  readonly sort?: string
  readonly q?: string
  readonly fields?: string
  readonly expand?: string
  readonly limit?: number
  readonly after?: string
  readonly count?: 'none' | 'estimated' | 'exact'
  /** 1: the recycle bin instead of the live records. */
  readonly deleted?: 1
}

const at = (entity: string, ...rest: string[]): string =>
  ['/api/records', entity, ...rest]
    .map((part, index) => (index === 0 ? part : encodeURIComponent(part)))
    .join('/')

/** A page of records. A filter too long for an address goes in the body of a query. */
export function listRecords(entity: string, question: ListQuestion, signal?: AbortSignal): Promise<ListPage> {
  const { filter, ...rest } = question
  const text = filter === undefined ? undefined : JSON.stringify(filter)
  const stop = signal === undefined ? {} : { signal }
  if (text !== undefined && text.length > 1500) {
    const { deleted, ...body } = question
    return request(at(entity, 'query'), { method: 'POST', body, query: { deleted }, ...stop })
  }
  return request(at(entity), { query: { ...rest, filter: text }, ...stop })
}

export async function getRecord(
  entity: string,
  id: string,
  expand: string,
  signal?: AbortSignal,
): Promise<RecordData> {
  const answer = await request<{ data: RecordData }>(at(entity, id), {
    query: { expand },
    ...(signal === undefined ? {} : { signal }),
  })
  return answer.data
}

/** What a person says who has seen the records that are like this one. */
const accepting = (accept: boolean) => ({ duplicates: accept ? 'accept' : undefined })

/**
 * @param key makes a repeated send of one form create one record
 * @param accept store it although there are like ones
 */
export async function createRecord(
  entity: string,
  body: unknown,
  key: string,
  accept = false,
): Promise<RecordData> {
  const headers = { 'Idempotency-Key': key }
  const options = { method: 'POST', body, headers, query: accepting(accept) } as const
  return (await request<{ data: RecordData }>(at(entity), options)).data
}

/** @param version what the change was made on: a record that moved meanwhile is refused with 412 */
export async function patchRecord(
  entity: string,
  id: string,
  body: unknown,
  version?: number,
  accept = false,
): Promise<RecordData> {
  const headers: Record<string, string> = version === undefined ? {} : { 'If-Match': `"${version}"` }
  const options = { method: 'PATCH', body, headers, query: accepting(accept) } as const
  return (await request<{ data: RecordData }>(at(entity, id), options)).data
}

export const deleteRecord = (entity: string, id: string): Promise<void> =>
  request(at(entity, id), { method: 'DELETE' })

/** The buttons of flows that may be pressed on a record as it stands. */
export const openButtons = async (
  entity: string,
  id: string,
  signal?: AbortSignal,
): Promise<readonly { readonly name: string }[]> =>
  (
    await request<{ data: readonly { readonly name: string }[] }>(
      at(entity, id, 'actions'),
      signal === undefined ? {} : { signal },
    )
  ).data

/** Runs the flow of a button on a record. */
export const pressButton = (entity: string, id: string, flow: string): Promise<unknown> =>
  request(at(entity, id, 'actions', flow), { method: 'POST' })

export const restoreRecord = (entity: string, id: string, accept = false): Promise<unknown> =>
  request(at(entity, id, 'restore'), { method: 'POST', body: {}, query: accepting(accept) })

export const relatedRecords = (
  entity: string,
  id: string,
  relation: string,
  question: ListQuestion,
): Promise<ListPage> =>
  request(at(entity, id, 'related', relation), { query: { ...question, filter: undefined } })

export const recordHistory = (entity: string, id: string, after?: string): Promise<ListPage<HistoryEntry>> =>
  request(at(entity, id, 'history'), { query: { after } })

/** @param field one field alone; absent for the whole record */
export const restoreVersion = (
  entity: string,
  id: string,
  version: number,
  field: string | undefined,
): Promise<unknown> =>
  request(at(entity, id, 'history', 'restore'), {
    method: 'POST',
    body: field === undefined ? { version } : { version, field },
  })

export const recordComments = (entity: string, id: string, after?: string): Promise<ListPage> =>
  request(at(entity, id, 'comments'), { query: { after, expand: 'created_by' } })

interface Words {
  readonly text: string
  /** Ids of those whom the text names. */
  readonly mentions: readonly string[]
}

/**
 * @param body with the ids of files that are attached to the record
 * @param key makes a repeated send of one comment one comment, told once
 */
export const addComment = (
  entity: string,
  id: string,
  body: Words & { readonly files: readonly string[] },
  key: string,
): Promise<unknown> =>
  request(at(entity, id, 'comments'), { method: 'POST', body, headers: { 'Idempotency-Key': key } })

export const changeComment = (entity: string, id: string, comment: string, body: Words): Promise<unknown> =>
  request(at(entity, id, 'comments', comment), { method: 'PATCH', body })

export const deleteComment = (entity: string, id: string, comment: string): Promise<unknown> =>
  request(at(entity, id, 'comments', comment), { method: 'DELETE' })

export const restoreComment = (entity: string, id: string, comment: string): Promise<unknown> =>
  request(at(entity, id, 'comments', comment, 'restore'), { method: 'POST' })

/** A file that a comment holds. */
export interface CommentFile {
  readonly id: string
  readonly name: string
  readonly size: number
}

export interface Mention {
  readonly id: string
  /** Null to those who may not read people. */
  readonly label: string | null
}

/** Whom a comment on a record may mention. */
export async function mentionable(
  entity: string,
  id: string,
  q: string,
  signal: AbortSignal,
): Promise<readonly Mention[]> {
  const answer = await request<{ data: readonly Mention[] }>(at(entity, id, 'mentionable'), {
    query: { q },
    signal,
  })
  return answer.data
}

export const recordFiles = (entity: string, id: string, after?: string): Promise<ListPage> =>
  request(at(entity, id, 'files'), { query: { after, expand: 'created_by' } })

/** Uploads one file, to a record or (for a file field of a form) on its own. */
export async function uploadFile(
  file: File,
  owner?: { entity: string; record: string },
): Promise<RecordData> {
  const form = new FormData()
  if (owner !== undefined) {
    form.set('entity', owner.entity)
    form.set('record', owner.record)
  }
  form.set('file', file, file.name) // after the fields: the server reads the parts in order
  return (await request<{ data: RecordData }>('/api/files', { method: 'POST', body: form })).data
}

export const fileAddress = (id: string): string => `/api/files/${encodeURIComponent(id)}`

/** @param layout by name; absent: the one for the person and what is stored */
export async function getForm(entity: string, record?: string, layout?: string): Promise<FormDescription> {
  const path = `/api/forms/${encodeURIComponent(entity)}`
  return (await request<{ data: FormDescription }>(path, { query: { record, layout } })).data
}

export interface Measure {
  readonly fn: 'sum' | 'avg' | 'min' | 'max' | 'count'
  readonly field?: string
}

/** Totals over everything that a filter reaches: one row such as `{ sum_amount: 12 }`. */
export async function totals(
  entity: string,
  filter: unknown,
  measures: readonly Measure[],
): Promise<Readonly<Record<string, unknown>>> {
  const body = { ...(filter === undefined ? {} : { filter }), measures }
  const answer = await request<{ data: readonly Record<string, unknown>[] }>(at(entity, 'aggregate'), {
    method: 'POST',
    body,
  })
  return answer.data[0] ?? {}
}

/** How many records there are for each value of a lookup; those without one are left out. */
export async function countBy(
  entity: string,
  field: string,
  filter: unknown,
): Promise<ReadonlyMap<string, number>> {
  const body = { group: [field], measures: [{ fn: 'count' }], filter, limit: 1000 }
  const answer = await request<{ data: readonly Readonly<Record<string, unknown>>[] }>(
    at(entity, 'aggregate'),
    {
      method: 'POST',
      body,
    },
  )
  return new Map(
    answer.data.flatMap((row) => {
      const id = row[field]
      return typeof id === 'string' ? [[id, Number(row.count)] as const] : []
    }),
  )
}

export type Figures = Readonly<Record<string, unknown>>

/** A field whose values make groups, or the days or months of its dates. */
export type GroupBy = string | { readonly field: string; readonly bucket: 'day' | 'month' }

/** Figures of the groups that records make by some fields, of all that a search and a filter reach. */
export async function groupFigures(
  entity: string,
  group: readonly GroupBy[],
  { filter, q }: Pick<ListQuestion, 'filter' | 'q'>,
  measures: readonly Measure[],
): Promise<readonly Figures[]> {
  const narrowed = { ...(filter === undefined ? {} : { filter }), ...(q === undefined ? {} : { q }) }
  const body = { ...narrowed, group, measures, limit: 1000 }
  return (await request<{ data: readonly Figures[] }>(at(entity, 'aggregate'), { method: 'POST', body })).data
}
