import type { DocumentDefinition } from '../../../metadata/types.ts'
import { isKnownWay } from '../../access/access.ts'
import { type Language, refuse } from '../../errors.ts'
import type { InverseRelation } from '../../model/compiled.ts'
import { documentLists } from '../../model/kinds/document.ts'
import type { Place, Places } from '../../notify/places.ts'
import { listPlace, type RecordData, recordPlaces, wayOfList } from '../../notify/record-places.ts'
import { entityFor, type RequestContext } from '../../records/context.ts'
import { listRecords } from '../../records/list.ts'
import { reachField } from '../../records/row-source.ts'
import { expandedBy } from './notify.ts'

/** Related records that one list of a document shows at most: one that leaves some out would be wrong. */
const MOST_LISTED = 500
const PAGE = 200

/**
 * The lists of a document with the related records that the context sees, in the order in which they were made.
 * @throws AppError DOCUMENT_TOO_LONG
 */
export async function listPlaces(
  context: RequestContext,
  definition: DocumentDefinition,
  record: string,
  language: Language,
): Promise<Places> {
  const entity = entityFor(context, definition.entity)
  const places: [string, Place][] = []
  for (const [name, paths] of documentLists(definition)) {
    const way = wayOfList(entity, name)
    const from = context.model.entities.get(way?.from ?? '')
    // What somebody may not know of stands in no document that they make.
    if (way === undefined || from === undefined || !isKnownWay(context, way)) continue
    if (context.access.entity(from.name).read === 'none') continue
    const items = await relatedRecords(context, way, record, paths)
    places.push([name, listPlace(items.map((item) => recordPlaces(context.model, from, item, language)))])
  }
  return Object.fromEntries(places)
}

async function relatedRecords(
  context: RequestContext,
  { from, field }: InverseRelation,
  record: string,
  paths: readonly string[],
): Promise<readonly RecordData[]> {
  const entity = entityFor(context, from)
  const isMany = entity.fields.get(field)?.relation?.kind === 'many'
  const filter = isMany ? { in: [record, { var: field }] } : { '==': [{ var: field }, record] }
  const shown = paths.filter((path) => reachField(context, entity, path) !== undefined)
  const expand = expandedBy(entity, shown)
  const found: RecordData[] = []
  for (let after: string | undefined; found.length <= MOST_LISTED; ) {
    const { body } = await listRecords(context, from, {
      ...{ filter, sort: 'created_at', fields: ['id', ...shown].join(','), limit: PAGE },
      ...(expand.length === 0 ? {} : { expand: expand.join(',') }),
      ...(after === undefined ? {} : { after }),
    })
    const { data, page } = JSON.parse(body) as {
      readonly data: readonly RecordData[]
      readonly page: { readonly next: string | null }
    }
    found.push(...data)
    if (page.next === null) break
    after = page.next
  }
  if (found.length > MOST_LISTED) throw refuse('DOCUMENT_TOO_LONG', '', { params: { limit: MOST_LISTED } })
  return found
}
