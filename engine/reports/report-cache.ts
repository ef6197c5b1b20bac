import type { RequestContext } from '../records/context.ts'
import { todayOf } from '../records/parameters.ts'
import { changeToken } from './changes.ts'
import type { ReportQuestion } from './parse-question.ts'

interface Kept {
  readonly token: string
  readonly at: number
  readonly answer: Promise<string>
}

/** Answers that are kept at most: each is a few kilobytes. */
const MAX_KEPT = 400
/** What rules say of the time of day goes stale without a write, milliseconds. */
const MAX_AGE_MS = 60_000

export interface ReportCache {
  /** The answer as JSON text: the one of before where nothing has changed since for that viewer. */
  answer(
    context: RequestContext,
    asked: { readonly name: string; readonly question: ReportQuestion },
    work: () => Promise<unknown>,
  ): Promise<string>
}

/**
 * Keeps reports as they were last worked out, each for one person, one set of roles and one model. A write of anybody
 * makes them stale, so that a kept answer is never older than the data.
 */
export function createReportCache(): ReportCache {
  const kept = new Map<string, Kept>()
  return {
    async answer(context, { name, question }, work) {
      const { model, actor } = context
      const token = await changeToken(context.db, model.schema)
      const key = JSON.stringify([
        ...[model.workspace, model.version, model.contentRevision, actor.id, actor.roleKey, actor.language],
        ...[todayOf(context), name, question, model.trial?.id, model.reading?.language],
      ])
      const known = kept.get(key)
      if (known !== undefined && known.token === token && Date.now() - known.at < MAX_AGE_MS)
        return known.answer
      const answer = work().then((data) => JSON.stringify({ data }))
      kept.delete(key)
      kept.set(key, { token, at: Date.now(), answer })
      if (kept.size > MAX_KEPT) kept.delete(kept.keys().next().value!)
      answer.catch(() => kept.delete(key))
      return answer
    },
  }
}
