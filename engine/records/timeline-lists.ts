import { textIn } from '../../metadata/text.ts'
import { isKnownField } from '../access/access.ts'
import type { CompiledEntity } from '../model/compiled.ts'
import { type Activity, cardFields } from './activities.ts'
import { commentFilesContext, filesOfComments } from './comment-files.ts'
import type { RequestContext } from './context.ts'
import { heldContext } from './held-context.ts'
import { cursorBehind, listRecords } from './list.ts'
import { mentionsOf } from './mentions.ts'
import { type ListParameters, MAX_LIMIT } from './parse-list.ts'
import { told } from './people.ts'
import { INSTANT_KEY, type TimelineSource } from './timeline-source.ts'

type Row = Readonly<Record<string, unknown>> & { readonly id: string; readonly created_at: string }

/** Records that point to one, as a list like any other gives them. */
interface Pointing {
  readonly type: string
  readonly name: string
  readonly entity: string
  /** The field by which they do. */
  readonly by: string
  readonly fields: readonly string[]
  /** What a page of them needs from elsewhere. */
  readonly beside?: (rows: readonly Row[]) => Promise<Beside>
  readonly tell: (row: Row, beside: Beside) => object
}

/** What hangs on comments, by id of the row. */
interface Beside {
  readonly mentions: ReadonlyMap<string, readonly object[]>
  readonly files: ReadonlyMap<string, readonly object[]>
}
const NOTHING: Beside = { mentions: new Map(), files: new Map() }

function listSource(
  context: RequestContext,
  id: string,
  { type, name, entity, by, fields, beside, tell }: Pointing,
): TimelineSource {
  const filter = { '==': [{ var: by }, id] }
  const question = { filter, sort: '-created_at', fields: ['id', 'created_at', ...fields] }
  const upTo = (key: string) => {
    const [at, last] = key.split(' ') as [string, string]
    return cursorBehind(context, entity, question, [at, idAfter(last)])
  }
  return {
    ...{ type, name, key: INSTANT_KEY },
    async read(limit, from) {
      const rows = await readRows(context, entity, question, limit, from === undefined ? null : upTo(from))
      const more = beside === undefined ? NOTHING : await beside(rows)
      return rows.map((row) => {
        const actor = typeof row.created_by === 'string' ? row.created_by : null
        return {
          ...{ at: row.created_at, key: `${row.created_at} ${row.id}` },
          people: actor === null ? [] : [actor],
          // Through what they came, their own history tells.
          tell: (names) => ({ actor: told(actor, names), via: null, ...tell(row, more) }),
        }
      })
    },
  }
}

interface Page {
  readonly data: readonly Row[]
  readonly page: { readonly next: string | null }
}

/** As many rows as are asked for, of which a list gives so many at once. */
async function readRows(
  context: RequestContext,
  entity: string,
  question: ListParameters,
  limit: number,
  after: string | null,
): Promise<readonly Row[]> {
  const asked = { ...question, limit: Math.min(limit, MAX_LIMIT), ...(after === null ? {} : { after }) }
  const { data, page } = JSON.parse((await listRecords(context, entity, asked)).body) as Page
  if (limit <= MAX_LIMIT || page.next === null) return data
  return [...data, ...(await readRows(context, entity, question, limit - MAX_LIMIT, page.next))]
}

/** The next id: behind it stand, newest first, this one and all before it. */
function idAfter(id: string): string {
  const next = (BigInt(`0x${id.replaceAll('-', '')}`) + 1n).toString(16).padStart(32, '0')
  return next.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}

/** The activities about a record: each with the first of its values, as a card. */
export function activitySource(context: RequestContext, id: string, activity: Activity): TimelineSource {
  const { entity, field } = activity
  const card = cardFields(context, activity).map((one) => one.name)
  const title = knownName(context, entity, entity.titleField?.name)
  const maker = knownName(context, entity, 'created_by')
  return listSource(context, id, {
    ...{ type: `record.${entity.name}`, name: `record ${field.id}`, entity: entity.name, by: field.name },
    fields: [...title, ...maker, ...card],
    tell: (row) => ({
      ...{ entity: entity.name, entity_label: textIn(entity.label, context.actor.language, entity.name) },
      ...{ id: row.id, label: title[0] === undefined ? null : (row[title[0]] ?? null) },
      fields: Object.fromEntries(card.map((one) => [one, row[one] ?? null])),
    }),
  })
}

function knownName(
  { access }: RequestContext,
  entity: CompiledEntity,
  name: string | undefined,
): readonly string[] {
  const field = entity.fields.get(name ?? '')
  return field !== undefined && isKnownField(access, entity, field) ? [field.name] : []
}

/** What people said about a record that the actor has been found to read. */
export function commentSource(context: RequestContext, id: string): TimelineSource {
  return listSource(heldContext(context, 'comment'), id, {
    ...{ type: 'comment', name: 'comment', entity: 'comment', by: 'about' },
    fields: ['created_by', 'text', 'edited_at'],
    beside: async (rows) => {
      const [mentions, files] = await Promise.all([
        mentionsOf(context, context.db, rows),
        filesOfComments(context, rows),
      ])
      return { mentions, files }
    },
    tell: ({ id: comment, text, edited_at }, { mentions, files }) => ({
      ...{ id: comment, text, edited_at: edited_at ?? null },
      ...{ mentions: mentions.get(comment) ?? [], files: files.get(comment) ?? [] },
    }),
  })
}

/** The files of a record that the actor has been found to read. */
export function fileSource(context: RequestContext, id: string): TimelineSource {
  return listSource(commentFilesContext(context), id, {
    ...{ type: 'file', name: 'file', entity: 'file', by: 'about' },
    fields: ['created_by', 'name', 'media_type', 'size', 'comment'],
    tell: ({ id: file, name, media_type, size, comment }) => ({
      ...{ id: file, name, media_type, size, comment: comment ?? null },
    }),
  })
}
