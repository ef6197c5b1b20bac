import { nearest } from '../../metadata/nearest.ts'
import { isKnownWay } from '../access/access.ts'
import { AppError, didYouMean, type Problem, refuse } from '../errors.ts'
import type { CompiledEntity, InverseRelation } from '../model/compiled.ts'
import { entityFor, type RecordAnswer, type RequestContext } from './context.ts'
import { readRecord, recordId } from './get.ts'
import { listRecords } from './list.ts'
import { type ListParameters, parseFilter } from './parse-list.ts'

/** The records that point to this one by a relation (the inverse name of their lookup): a list like any other. */
export async function relatedRecords(
  context: RequestContext,
  entityName: string,
  id: string,
  relationName: string,
  raw: ListParameters,
): Promise<RecordAnswer> {
  const entity = entityFor(context, entityName)
  const relation = relationOf(context, entity, relationName)
  const recordUuid = recordId(id)
  if ((await readRecord(context, context.db, entity, recordUuid)) === undefined)
    throw refuse('RECORD_NOT_FOUND')
  const isPointing = pointsTo(context, relation, recordUuid)
  const problems: Problem[] = []
  const asked = parseFilter(raw.filter, problems)
  if (problems.length > 0) throw new AppError(problems)
  const filter = asked === undefined || asked === null ? isPointing : { and: [isPointing, asked] }
  return await listRecords(context, relation.from, { ...raw, filter })
}

function relationOf(context: RequestContext, entity: CompiledEntity, name: string): InverseRelation {
  const known = entity.inverses.filter((inverse) => isKnownWay(context, inverse))
  const relation = known.find((inverse) => inverse.name === name)
  if (relation !== undefined) return relation
  const hint = didYouMean(
    nearest(
      name,
      known.map((inverse) => inverse.name),
    ),
  )
  throw refuse('RELATION_UNKNOWN', '', { params: { name }, hint })
}

function pointsTo(context: RequestContext, relation: InverseRelation, id: string): unknown {
  const field = context.model.entities.get(relation.from)?.fields.get(relation.field)
  const operator = field?.relation?.kind === 'many' ? 'has' : '=='
  return { [operator]: [{ var: relation.field }, id] }
}
