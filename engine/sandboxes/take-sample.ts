import { userTable } from '../access/user-table.ts'
import type { Executor } from '../db/database.ts'
import { parseJson } from '../db/values.ts'
import type { CompiledEntity, CompiledField, CompiledModel } from '../model/compiled.ts'
import { entityById } from '../model/entity-by-id.ts'
import { bare, type Row } from './mask-record.ts'

/** Records of one entity that go into a sandbox, by their ids. */
export type Sample = ReadonlyMap<string, ReadonlyMap<string, Row>>

/** Records that a sandbox gets at most, whatever they lead to. */
const MOST_RECORDS = 5_000
/** Contents, talk and letters stay where they are; users come with what they own. */
const LEFT_OUT = new Set(['file', 'comment', 'notification', 'user'])

/**
 * The latest records of each entity and what they lead to, as the columns of the sandbox have them, and the people who
 * own them. Reads only.
 * @param live what they are taken from
 * @param made the sandbox's model: the same definitions in columns of its own
 * @param records at most so many of each entity to begin with; 0: none but the people who administer
 */
export async function takeSample(
  db: Executor,
  live: CompiledModel,
  made: CompiledModel,
  records: number,
): Promise<Sample> {
  const sample = new Map<string, Map<string, Row>>([...made.entities.keys()].map((name) => [name, new Map()]))
  const take = async (name: string, where: string, values: readonly unknown[]): Promise<readonly Row[]> => {
    const [from, to] = [live.entities.get(name), made.entities.get(name)]
    const rows = from === undefined || to === undefined ? [] : await readRows(db, from, to, where, values)
    for (const row of rows) sample.get(name)?.set(String(row.id), row)
    return rows
  }
  const people = await administrators(db, live)
  let open: [string, readonly Row[]][] = [['user', await take('user', byId, [people])]]
  if (records > 0) {
    for (const name of made.entities.keys())
      if (!LEFT_OUT.has(name)) open.push([name, await take(name, latest, [records])])
  }
  // What they lead to comes along, and what that leads to, until nothing new does.
  while (open.length > 0 && countOf(sample) < MOST_RECORDS) {
    const wanted = new Map<string, Set<string>>()
    for (const [name, rows] of open)
      for (const { to, id } of rows.flatMap((row) => linksOf(made, made.entities.get(name)!, row))) {
        const isWanted = to === 'user' || (records > 0 && !LEFT_OUT.has(to))
        if (!isWanted || sample.get(to)?.has(id) !== false) continue
        wanted.set(to, (wanted.get(to) ?? new Set()).add(id))
      }
    open = []
    for (const [name, ids] of wanted) {
      const rows = await take(name, byId, [[...ids]])
      if (rows.length > 0) open.push([name, rows])
    }
  }
  return sample
}

const byId = 't."id" = ANY ($1::uuid[]) AND t."deleted_at" IS NULL'
const latest = 't."deleted_at" IS NULL ORDER BY t."id" DESC LIMIT $1'

async function readRows(
  db: Executor,
  from: CompiledEntity,
  to: CompiledEntity,
  where: string,
  values: readonly unknown[],
): Promise<readonly Row[]> {
  const columns = [...to.fields].flatMap(([name, field]) => {
    const source = from.fields.get(name)
    return isCopied(field) ? field.columns.map((column, at) => `t.${source?.columns[at]} AS ${column}`) : []
  })
  const { rows } = await db.query<{ row: string }>({
    text: `SELECT to_jsonb(x)::text AS row FROM (SELECT ${columns.join(', ')} FROM ${from.table} t WHERE ${where}) x`,
    values,
  })
  return rows.map(({ row }) => parseJson<Row>(row))
}

/** Encrypted values are of a key that the sandbox has not. */
export const isCopied = (field: CompiledField): boolean =>
  field.columns.length > 0 && field.type.sealing === undefined

const nameOf = (entities: CompiledModel['entities'], id: unknown): string =>
  entityById({ entities }, id)?.name ?? ''

/** Where the values of a record lead. */
export function linksOf(
  { entities }: CompiledModel,
  entity: CompiledEntity,
  row: Row,
): readonly { readonly to: string; readonly id: string; readonly columns: readonly string[] }[] {
  return [...entity.fields.values()].flatMap(({ relation, columns }) => {
    if (relation?.kind !== 'one' && relation?.kind !== 'dynamic') return []
    const [id = '', kind = ''] = columns.map(bare)
    const to = relation.kind === 'one' ? relation.to : nameOf(entities, row[kind])
    return row[id] === null || row[id] === undefined
      ? []
      : [{ to, id: String(row[id]), columns: columns.map(bare) }]
  })
}

const countOf = (sample: Sample): number => [...sample.values()].reduce((sum, { size }) => sum + size, 0)

/** Who may sign in to a sandbox as themselves: those who look after the live workspace. */
export async function administrators(db: Executor, live: CompiledModel): Promise<readonly string[]> {
  const user = userTable(live)
  const roles = [...live.definitions.role.values()]
    .filter(({ administration = [] }) => administration.includes('publish'))
    .map(({ name }) => name)
  const { rows } = await db.query<{ id: string }>({
    text: `SELECT u."id"::text AS id FROM ${user.table} u WHERE ${user.roles} && $1::text[] AND u."deleted_at" IS NULL`,
    values: [roles],
  })
  return rows.map(({ id }) => id)
}
