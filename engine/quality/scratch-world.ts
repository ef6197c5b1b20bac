import { randomBytes } from 'node:crypto'
import type { Database, Transaction } from '../db/database.ts'
import { fillScratchSchema, SCRATCH_PREFIX } from '../db/migrate.ts'
import { quoteName } from '../db/values.ts'
import { compileModel } from '../model/compile.ts'
import type { CompiledModel, DefinitionSet } from '../model/compiled.ts'
import { planDdl } from '../model/ddl.ts'
import { assignPhysical } from '../model/physical.ts'
import { type PhysicalRow, toPhysicalMap } from '../model/place.ts'
import type { ScenarioSource } from '../model/scenarios.ts'
import type { Registry } from '../registry/registry.ts'

/** A model in tables that nobody else sees: everything lies in one transaction, which is rolled back at the end. */
export interface ScratchWorld {
  readonly tx: Transaction
  readonly model: CompiledModel
  /** What the database says when asked for the time. */
  setClock(at: Date): Promise<void>
}

/** Names for the statements of a world: what is asked a second time is parsed and planned already. */
export function statementNames(): (text: string) => string {
  const names = new Map<string, string>()
  return (text) => {
    const known = names.get(text)
    if (known !== undefined) return known
    const name = `tenon_scratch_${names.size}`
    names.set(text, name)
    return name
  }
}

/** Milliseconds that one statement of a scenario may take. */
const STATEMENT_TIMEOUT_MS = 20_000

/** Carries the outcome out of the transaction, which rolls back on it. */
class WorldOver<T> extends Error {
  readonly outcome: T
  constructor(outcome: T) {
    super('a scratch world ends here')
    this.outcome = outcome
  }
}

/**
 * Builds the tables of a candidate in a schema that no transaction ever commits, and works in it. So nothing of it is
 * ever seen, notified or queued, and one that is cut off leaves nothing to clear away.
 */
export async function inScratchWorld<T>(
  source: ScenarioSource,
  work: (world: ScratchWorld) => Promise<T>,
): Promise<T> {
  try {
    return await source.db.transaction(
      async (tx) => {
        throw new WorldOver(await work(await buildWorld(tx, source)))
      },
      { direct: true, alone: true, statementTimeoutMs: STATEMENT_TIMEOUT_MS },
    )
  } catch (error) {
    if (error instanceof WorldOver) return (error as WorldOver<T>).outcome
    throw error
  }
}

async function buildWorld(tx: Transaction, source: ScenarioSource): Promise<ScratchWorld> {
  const { registry, workspace, settings, definitions } = source
  const schema = quoteName(`${SCRATCH_PREFIX}${randomBytes(8).toString('hex')}`)
  const setClock = async (at: Date): Promise<void> => {
    await tx.query({ text: `SELECT set_config('tenon.clock', $1, true)`, values: [at.toISOString()] })
  }
  await setClock(new Date())
  await tx.query({ text: clockSql(schema) })
  // Scenarios ask the same over and over, of a few rows: a plan for all values is good enough, and made once.
  await tx.query({ text: `SELECT set_config('plan_cache_mode', 'force_generic_plan', true)` })
  await fillScratchSchema(tx, schema)
  const places = assignPhysical(definitions, [], registry)
  const { statements } = planDdl(schema, [], places.filter(matters))
  await tx.query({ text: statements.map(({ text }) => text).join(';\n') })
  await tx.query({
    text: `UPDATE ${schema}.tenon_current SET version = 1, settings = $1`,
    values: [JSON.stringify(settings)],
  })
  const model = compileModel({
    workspace,
    schema,
    version: 1,
    contentRevision: 0,
    definitions,
    physical: toPhysicalMap(places),
    settings,
    registry,
    vault: hasSealed(definitions, registry) ? registry.vaults().temporary() : undefined,
  })
  return { tx, model, setClock }
}

/** An index that only makes a search quick costs more than it brings where there are a few rows. */
function matters(row: PhysicalRow): boolean {
  return row.kind !== 'index' || row.place.unique
}

/**
 * In the scratch schema `now()` is the scenario's clock: every statement and every default that asks for the time finds
 * this function before PostgreSQL's own.
 */
function clockSql(schema: string): string {
  return `CREATE SCHEMA ${schema};
CREATE FUNCTION ${schema}.now() RETURNS timestamptz LANGUAGE sql STABLE
  AS $$ SELECT pg_catalog.current_setting('tenon.clock')::pg_catalog.timestamptz $$;
SELECT set_config('search_path', '${schema}, pg_catalog, ' || current_setting('search_path'), true)`
}

function hasSealed(definitions: DefinitionSet, registry: Registry): boolean {
  const fields = [...definitions.entity.values()].flatMap((entity) => entity.fields)
  return fields.some((field) => registry.typeOf(field)?.sealing !== undefined)
}

/** One part of the world that is taken back whatever comes of it. */
export async function inDroppedPart<T>(db: Database, work: () => Promise<T>): Promise<T> {
  try {
    return await db.transaction(async () => {
      throw new WorldOver(await work())
    })
  } catch (error) {
    if (error instanceof WorldOver) return (error as WorldOver<T>).outcome
    throw error
  }
}
