import { AppError, problem, refuse } from '../../errors.ts'
import { isRecordId } from '../../fields/parts/formats.ts'
import type { RequestContext } from '../../records/context.ts'
import { auditRequest, textProblems } from './file-request.ts'
import { isRequestState, type RequestState } from './request.ts'
import { type RequestDeps, tellAsker } from './tell.ts'

/**
 * Says what became of a wish, or opens it again; whoever asked is told once it is closed.
 * @throws AppError AUTH_DENIED, REQUEST_UNKNOWN, REQUEST_STATE_SAME, REQUEST_ANSWER_MISSING
 */
export async function answerRequest(
  deps: RequestDeps,
  context: RequestContext,
  person: string,
  id: string,
  body: { readonly state: string; readonly answer?: string | undefined },
): Promise<void> {
  if (!context.access.edits()) throw refuse('AUTH_DENIED')
  const { state, answer } = parse(body)
  const { model, db } = context
  const isOpen = state === 'open'
  await db.transaction(async (tx) => {
    const { rows } = await tx.query<{ asked_by: string; state: RequestState; words: string }>({
      text:
        'SELECT asked_by::text AS asked_by, state, words ' +
        `FROM ${model.schema}.tenon_change_request WHERE id = $1::uuid FOR UPDATE`,
      values: [isRecordId(id) ? id : null],
    })
    const known = rows[0]
    if (known === undefined) throw refuse('REQUEST_UNKNOWN')
    if (known.state === state) throw refuse('REQUEST_STATE_SAME', '/state', { params: { state } })
    await tx.query({
      text:
        `UPDATE ${model.schema}.tenon_change_request SET state = $2, answer = $3, closed_by = $4, closed_at = $5 ` +
        'WHERE id = $1::uuid',
      values: [id, state, answer, isOpen ? null : person, isOpen ? null : context.now().toISOString()],
    })
    await auditRequest(context, tx, id.toLowerCase(), { act: isOpen ? 'reopened' : state })
    if (isOpen || known.asked_by === person) return
    await tellAsker(deps, context, tx, {
      ...{ id: id.toLowerCase(), asker: known.asked_by, state, text: known.words, answer },
    })
  })
}

function parse({ state, answer = '' }: { readonly state: string; readonly answer?: string | undefined }) {
  const problems = [...textProblems(answer, '/answer')]
  if (!isRequestState(state))
    problems.push(problem('FIELD_OPTION_UNKNOWN', '/state', { params: { value: state.slice(0, 40) } }))
  if (state === 'declined' && answer.trim() === '')
    problems.push(problem('REQUEST_ANSWER_MISSING', '/answer'))
  if (problems.length > 0) throw new AppError(problems)
  return { state: state as RequestState, answer: answer.trim() || null }
}
