import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { type Actor, SYSTEM_ACTOR } from '../../engine/access/actor.ts'
import { registerBuiltInActions } from '../../engine/actions/built-in.ts'
import type { Database } from '../../engine/db/database.ts'
import { AppError } from '../../engine/errors.ts'
import { registerBuiltInFields } from '../../engine/fields/built-in.ts'
import { type ImportOutcome, importFile } from '../../engine/imports/import-file.ts'
import type { ContextSource, ImportRequest } from '../../engine/imports/import-request.ts'
import { parseMaps, parseValues } from '../../engine/imports/parse-map.ts'
import { bootstrapWorkspace } from '../../engine/model/bootstrap.ts'
import type { Definition } from '../../engine/model/compiled.ts'
import { publishDefinitions } from '../../engine/model/publish-definitions.ts'
import { createModelStore } from '../../engine/model/store.ts'
import { openSecretKeys } from '../../engine/ops/secret-key.ts'
import { createVaultPort } from '../../engine/ops/vaults.ts'
import { assignOwners } from '../../engine/process/assignment/assign.ts'
import { requestContext } from '../../engine/records/context.ts'
import { createRecord } from '../../engine/records/create.ts'
import { listRecords } from '../../engine/records/list.ts'
import { createRegistry } from '../../engine/registry/registry.ts'
import { createSearch } from '../../engine/search/tokens.ts'
import { answerTemplate } from '../../engine/templates/answer-template.ts'
import { readTemplate } from '../../engine/templates/read-template.ts'
import { createTestDatabase, type Template, workspaceTemplate } from '../support/postgres.ts'
import { scratchFolder } from '../support/scratch.ts'

const SALES = join(import.meta.dirname, '../../seeds/sales')

/** The sales template's definitions without its data. */
const salesTemplate: Template = {
  key: 'sales-definitions',
  async build(database, url) {
    await workspaceTemplate.build(database, url)
    const registry = newRegistry()
    await bootstrapWorkspace(database, registry, 'default')
    const definitions = answerTemplate(readTemplate(SALES), registry).definitions.map((one) => one.definition)
    await publishDefinitions(database, registry, 'default', definitions, 'Sales')
  },
}

function newRegistry() {
  const registry = createRegistry()
  registerBuiltInFields(registry)
  registerBuiltInActions(registry)
  registry.setSearch(createSearch())
  registry.setAssigning(assignOwners)
  return registry
}

export interface ImportOptions extends Partial<Omit<ImportRequest, 'maps' | 'values'>> {
  readonly maps?: readonly string[]
  readonly values?: readonly string[]
  readonly as?: Actor
  readonly onProgress?: () => void
}

/** A workspace to import into, without HTTP. */
export interface ImportWorkspace {
  readonly db: Database
  readonly folder: string
  /** Writes a file and imports it. */
  load(entity: string, csv: string | Uint8Array, options?: ImportOptions): Promise<ImportOutcome>
  /** The codes and paths with which an import is refused as a whole. */
  refusal(entity: string, csv: string, options?: ImportOptions): Promise<readonly string[]>
  /** Rows of the last error file. */
  errors(): Record<string, string>[]
  create(entity: string, body: Readonly<Record<string, unknown>>): Promise<string>
  list(entity: string, fields: string, filter?: unknown): Promise<Record<string, unknown>[]>
  publish(definitions: readonly Definition[]): Promise<unknown>
  close(): Promise<void>
}

export async function openImportWorkspace(): Promise<ImportWorkspace> {
  const test = await createTestDatabase(salesTemplate)
  const db = test.open(4)
  const registry = newRegistry()
  const secretKeys = openSecretKeys(scratchFolder('secret'), { current: undefined })
  registry.setVaults(createVaultPort(db, secretKeys))
  const models = await createModelStore(db, registry)
  const folder = scratchFolder('import')
  const errorFile = join(folder, 'refused.csv')
  let files = 0

  const sourceAs =
    (actor: Actor): ContextSource =>
    async () =>
      requestContext({
        db,
        search: registry.search(),
        model: (await models.refresh('default'))!,
        actor,
        via: 'import',
      })

  const load: ImportWorkspace['load'] = (entity, csv, options = {}) => {
    const { maps = [], values = [], as = SYSTEM_ACTOR, onProgress, ...rest } = options
    files += 1
    const file = options.file ?? join(folder, `file-${files}.csv`)
    if (options.file === undefined) writeFileSync(file, csv)
    const request = {
      entity,
      file,
      errorFile,
      ...rest,
      maps: parseMaps(maps).rules,
      values: parseValues(values).rules,
    }
    return importFile(sourceAs(as), request, onProgress)
  }
  return {
    db,
    folder,
    load,
    async refusal(entity, csv, options) {
      const fault: unknown = await load(entity, csv, options).catch((error: unknown) => error)
      if (!(fault instanceof AppError)) throw fault instanceof Error ? fault : new Error('it was not refused')
      return fault.problems.map(({ code, path, hint }) => [code, path, hint?.en].filter(Boolean).join(' '))
    },
    errors: () => parse(readFileSync(errorFile), { columns: true, bom: true, relax_column_count: true }),
    async create(entity, body) {
      // What is there before an import, whatever it is like.
      const context = { ...(await sourceAs(SYSTEM_ACTOR)()), duplicates: { isAccepted: true } }
      const { body: json } = await createRecord(context, entity, body)
      return (JSON.parse(json) as { data: { id: string } }).data.id
    },
    async list(entity, fields, filter) {
      const raw = { fields, sort: 'id', limit: 200, ...(filter === undefined ? {} : { filter }) }
      const { body } = await listRecords(await sourceAs(SYSTEM_ACTOR)(), entity, raw)
      const { data } = JSON.parse(body) as { data: Record<string, unknown>[] }
      return data.map(({ id: _id, ...record }) => record)
    },
    publish: (definitions) => publishDefinitions(db, registry, 'default', definitions, 'Change'),
    async close() {
      await models.close()
      await test.drop()
    },
  }
}
