import type { Database } from '../db/database.ts'
import type { CompiledEntity, CompiledModel } from '../model/compiled.ts'
import type { SearchWord } from '../registry/ports.ts'

/** How often tokens stand in the records of an entity, as the database guessed when it last looked. */
interface TokenFrequency {
  readonly records: number
  /** The share of the records that have a token, for the most common of them. */
  readonly shares: ReadonlyMap<string, number>
}

/** A wrong guess costs time and nothing else. */
const KEPT_FOR_MS = 300_000

interface Kept {
  readonly frequency: Promise<TokenFrequency>
  readonly until: number
}
const kept = new WeakMap<CompiledModel, Map<string, Kept>>()

/**
 * How common it is that a record answers all words: in fewer than so many records, in as many, or perhaps, where several
 * tokens stand for a word, each of which is common by itself.
 */
export async function howCommon(
  db: Database,
  model: CompiledModel,
  entity: CompiledEntity,
  words: readonly SearchWord[],
  many: number,
): Promise<'rare' | 'perhaps' | 'common'> {
  const { records, shares } = await frequencyOf(db, model, entity)
  // The tokens of one word come together or not at all; different words have nothing to do with one another.
  const best = words.map(({ alternatives }) =>
    alternatives
      .map(({ tokens }) => ({
        isSure: tokens.length === 1,
        share: Math.min(...tokens.map((token) => shares.get(token) ?? 0)),
      }))
      .reduce((most, one) => (one.share > most.share ? one : most), NEVER),
  )
  const share = best.reduce((all, one) => all * one.share, 1)
  if (share * records < many) return 'rare'
  return best.every(({ isSure }) => isSure) ? 'common' : 'perhaps'
}

const NEVER = { isSure: true, share: 0 }

function frequencyOf(db: Database, model: CompiledModel, entity: CompiledEntity): Promise<TokenFrequency> {
  let ofModel = kept.get(model)
  if (ofModel === undefined) {
    ofModel = new Map()
    kept.set(model, ofModel)
  }
  const known = ofModel.get(entity.name)
  if (known !== undefined && known.until > performance.now()) return known.frequency
  const frequency = readFrequency(db, entity)
  ofModel.set(entity.name, { frequency, until: performance.now() + KEPT_FOR_MS })
  frequency.catch(() => ofModel.delete(entity.name)) // whoever asked is told; the next one asks anew
  return frequency
}

async function readFrequency(db: Database, entity: CompiledEntity): Promise<TokenFrequency> {
  const { rows } = await db.query<{ n: number; tokens: string | null; shares: string | null }>({
    text: `SELECT c.reltuples::float8 AS n, to_json(s.most_common_elems::text::text[])::text AS tokens,
  to_json(s.most_common_elem_freqs)::text AS shares
FROM pg_class c JOIN pg_namespace ns ON ns.oid = c.relnamespace
LEFT JOIN pg_stats s ON s.schemaname = ns.nspname AND s.tablename = c.relname AND s.attname = 'search'
WHERE c.oid = $1::regclass`,
    values: [entity.table],
  })
  const { n = 0, tokens, shares } = rows[0] ?? {}
  const frequencies = JSON.parse(shares ?? '[]') as readonly number[]
  const common = JSON.parse(tokens ?? '[]') as readonly string[]
  return { records: n, shares: new Map(common.map((token, at) => [token, frequencies[at] ?? 0])) }
}
