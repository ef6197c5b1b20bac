import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import type { RequestContext } from '../records/context.ts'
import type { CachedText } from './respond.ts'

/**
 * An answer that is the same for all who have the same roles and language, as it goes over the wire: who asks often, or
 * never reads, costs neither copies nor memory.
 */
export type KeptAnswer = Required<CachedText>

/**
 * Keeps what is made of a model, one text for each set of roles and language, as long as the model is in use; a
 * publish or a change of content brings a new one.
 */
export function keptAnswers(
  make: (context: RequestContext) => object,
): (context: RequestContext) => KeptAnswer {
  const kept = new WeakMap<RequestContext['model'], Map<string, KeptAnswer>>()
  return (context) => {
    const { model, actor } = context
    const answers = kept.get(model) ?? new Map<string, KeptAnswer>()
    kept.set(model, answers)
    const key = `${actor.language} ${actor.roleKey}`
    const answer = answers.get(key) ?? toAnswer(make(context))
    answers.set(key, answer)
    return answer
  }
}

function toAnswer(value: object): KeptAnswer {
  const body = Buffer.from(JSON.stringify(value))
  const hash = createHash('sha256').update(body).digest('base64url').slice(0, 27)
  return { body, etag: `"${hash}"`, zipped: { body: gzipSync(body), etag: `"${hash}-gzip"` } }
}
