import { refuse } from '../../errors.ts'
import type { RecordAnswer, RequestContext } from '../../records/context.ts'
import { readJsonBody } from '../read-body.ts'
import type { RecordRequest } from './record-calls.ts'

/** A read whose parameters come in the body; a few may stand in the address as well. */
export async function question(
  call: RecordRequest,
  ask: (
    context: RequestContext,
    entity: string,
    raw: Readonly<Record<string, unknown>>,
  ) => Promise<RecordAnswer>,
): Promise<RecordAnswer> {
  return ask(call.context, call.match.entity, await questionOf(call))
}

/** Body and query of such a read, as one. */
export async function questionOf({
  parameters,
  request,
}: RecordRequest): Promise<Readonly<Record<string, unknown>>> {
  const body = await readJsonBody(request)
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw refuse('HTTP_BODY_NOT_OBJECT')
  const twice = Object.keys(parameters).find((name) => Object.hasOwn(body, name))
  if (twice !== undefined) throw refuse('HTTP_PARAMETER_TWICE', `/${twice}`, { params: { name: twice } })
  return { ...parameters, ...body }
}
