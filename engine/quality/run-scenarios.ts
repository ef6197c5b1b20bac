import { createHash } from 'node:crypto'
import type { ScenarioDefinition } from '../../metadata/types.ts'
import { databaseWithin } from '../db/within-transaction.ts'
import type { LocalText } from '../errors.ts'
import { isEngineId } from '../model/built-in.ts'
import { canonicalText } from '../model/canonical.ts'
import { listDefinitions } from '../model/definition-set.ts'
import type { RunScenarios, ScenarioResult, ScenarioSource } from '../model/scenarios.ts'
import { approvalPlayOf } from '../records/approval-play.ts'
import { webformsOf } from '../records/webform-port.ts'
import { play, unplayed } from './play.ts'
import { inDroppedPart, inScratchWorld, type ScratchWorld, statementNames } from './scratch-world.ts'

/** Milliseconds for all scenarios of one run, and more for each of them; those that come later are told as failed. */
const RUN_TIMEOUT_MS = 60_000
const TIMEOUT_EACH_MS = 10_000
/** Worlds at a time on one node: each holds a connection, and the catalogue of PostgreSQL busy. */
const MOST_WORLDS = 2
/** So many scenarios are worth a second world beside the first, since most of their time is waiting for the database. */
const SHARED_FROM = 8
/** A publish asks what its plan has asked a moment ago. */
const KEPT_RUNS = 20
const KEPT_FOR_MS = 10 * 60_000

const OUT_OF_TIME: LocalText = {
  en: 'The scenarios before it took too long; it was not tried.',
  'zh-CN': '前面的场景耗时过长，未能运行。',
}
/** Monday, 5 January 2026, nine o'clock in Shanghai. */
const DEFAULT_CLOCK = '2026-01-05T09:00:00+08:00'

/**
 * Runs the scenarios of a model in the making, by name, on tables of its own that are rolled back. The same model gives
 * the same results, so they are kept for a while, and whoever asks for them meanwhile waits for the same run.
 */
export const runScenarios: RunScenarios = async (source) => {
  const wanted = scenariosOf(source)
  if (wanted.length === 0) return []
  const key = keyOf(source)
  const known = kept.get(key)
  if (known !== undefined && known.until > performance.now()) return known.results
  const results = runAll(source, wanted)
  keep(key, results)
  return results
}

async function runAll(
  source: ScenarioSource,
  wanted: readonly ScenarioDefinition[],
): Promise<readonly ScenarioResult[]> {
  const shares = sharesOf(wanted).map((share) =>
    inTurn(() => inScratchWorld(source, (world) => playAll(world, source, share))),
  )
  return (await Promise.all(shares)).flat().sort(byName)
}

function scenariosOf({ definitions, only }: ScenarioSource): readonly ScenarioDefinition[] {
  const all = [...definitions.scenario.values()].sort(byName)
  return only === undefined ? all : all.filter(({ name }) => only.includes(name))
}

function byName(one: { readonly name: string }, other: { readonly name: string }): number {
  return one.name < other.name ? -1 : 1
}

/** Every second one each, so that both worlds are done at much the same time. */
function sharesOf(wanted: readonly ScenarioDefinition[]): readonly (readonly ScenarioDefinition[])[] {
  if (wanted.length < SHARED_FROM) return [wanted]
  return Array.from({ length: MOST_WORLDS }, (_, rest) =>
    wanted.filter((_one, index) => index % MOST_WORLDS === rest),
  )
}

async function playAll(
  { tx, model, setClock }: ScratchWorld,
  { registry }: ScenarioSource,
  scenarios: readonly ScenarioDefinition[],
): Promise<readonly ScenarioResult[]> {
  const db = databaseWithin(tx, statementNames())
  const until = performance.now() + RUN_TIMEOUT_MS + scenarios.length * TIMEOUT_EACH_MS
  const results: ScenarioResult[] = []
  for (const definition of scenarios) {
    if (performance.now() > until) {
      results.push(unplayed(model, definition, registry, OUT_OF_TIME))
      continue
    }
    const clock = new Date(definition.clock ?? DEFAULT_CLOCK)
    results.push(
      await inDroppedPart(db, async () => {
        await setClock(clock)
        // A model of its own: what is remembered of one, such as sequences that are there, is taken back with the part.
        const stage = {
          db,
          model: Object.freeze({ ...model }),
          search: registry.search(),
          reports: () => registry.reports(),
          approvals: approvalPlayOf(registry),
          webforms: () => webformsOf(registry),
          names: new Map(),
          clock,
        }
        return play(stage, definition, registry)
      }),
    )
  }
  return results
}

interface Kept {
  readonly results: Promise<readonly ScenarioResult[]>
  /** Of `performance.now()`. */
  readonly until: number
}
const kept = new Map<string, Kept>()

function keep(key: string, results: Promise<readonly ScenarioResult[]>): void {
  // What could not be run is no verdict.
  results.catch(() => kept.delete(key))
  kept.delete(key)
  kept.set(key, { results, until: performance.now() + KEPT_FOR_MS })
  for (const oldest of kept.keys()) {
    if (kept.size <= KEPT_RUNS) return
    kept.delete(oldest)
  }
}

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g

/** Ids go by their order: two workspaces with one template differ in nothing else. */
function keyOf({ workspace, settings, definitions, registry, only }: ScenarioSource): string {
  const texts = listDefinitions(definitions).map((definition) => canonicalText(definition, registry))
  const ids = new Map<string, string>()
  const text = texts.join('\n').replace(UUID, (id) => {
    if (isEngineId(id)) return id
    if (!ids.has(id)) ids.set(id, `#${ids.size}`)
    return ids.get(id) ?? id
  })
  const hash = createHash('sha256')
  hash.update(JSON.stringify([workspace, settings, only ?? null]))
  return hash.update(text).digest('hex')
}

let running = 0
const waiting: (() => void)[] = []

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= MOST_WORLDS) await new Promise<void>((resolve) => waiting.push(resolve))
  else running++
  try {
    return await work()
  } finally {
    const next = waiting.shift()
    if (next === undefined) running--
    else next()
  }
}
