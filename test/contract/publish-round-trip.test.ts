import { expect } from 'chai'
import fc from 'fast-check'
import type { Database } from '../../engine/db/database.ts'
import { BUILT_IN } from '../../engine/model/built-in.ts'
import { canonical } from '../../engine/model/canonical.ts'
import { openFilledChangeset } from '../../engine/model/changesets.ts'
import { listDefinitions } from '../../engine/model/definition-set.ts'
import { planDraft } from '../../engine/model/plan.ts'
import { publishDraft } from '../../engine/model/publish.ts'
import { planRestore } from '../../engine/model/restore.ts'
import { loadState } from '../../engine/model/state.ts'
import { loadVersion } from '../../engine/model/versions.ts'
import { describeTables, type ModelWorld, modelTemplate, modelWorld, SCHEMA } from '../support/model-world.ts'
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts'

const RUNS = process.env.TENON_TEST_DEEP === '1' ? 150 : 15

interface FieldWish {
  readonly name: string
  readonly type: string
  readonly to?: string
  readonly [key: string]: unknown
}

const name = fc.constantFrom('order', 'group', 'user_name', 'city', 'amount', 'ctid', 'select', 'a1')
const entityName = fc.constantFrom('account', 'table', 'case', 'visit')
const field: fc.Arbitrary<FieldWish> = fc.oneof(
  fc.record({ name, type: fc.constant('text'), searchable: fc.boolean(), required: fc.boolean() }),
  fc.record({
    name,
    type: fc.constantFrom('integer', 'decimal', 'date', 'boolean', 'tags', 'address', 'json'),
  }),
  fc.record({ name, type: fc.constantFrom('lookup', 'many_to_many'), to: entityName }),
  fc.record({
    name,
    type: fc.constant('select'),
    options: fc
      .uniqueArray(fc.constantFrom('x', 'y', 'z'), { minLength: 1 })
      .map((names) => names.map((one) => ({ name: one }))),
  }),
)
const CARRIED: ReadonlySet<string> = new Set([
  'text',
  'integer',
  'decimal',
  'date',
  'boolean',
  'select',
  'lookup',
])
const entity = fc.record({
  name: entityName,
  owned: fc.boolean(),
  isIndexed: fc.boolean(),
  fields: fc.uniqueArray(field, { selector: (one) => one.name, minLength: 1, maxLength: 5 }),
})
const model = fc
  .uniqueArray(entity, { selector: (one) => one.name, minLength: 1, maxLength: 3 })
  .map((entities) => {
    const names = new Set<string>(entities.map((one) => one.name))
    return entities.flatMap(({ isIndexed, ...one }) => {
      const fields = one.fields.filter((wish) => wish.to === undefined || names.has(wish.to))
      const first = fields.find((wish) => wish.type === 'text')
      const carried = fields.filter((wish) => wish !== first && CARRIED.has(wish.type)).slice(0, 1)
      const keys = [`-${first?.name}`, ...carried.map((wish) => `+${wish.name}`)]
      const indexes = isIndexed && first !== undefined ? [keys] : []
      const isTyped = (type: string) => (wish: FieldWish) => wish.type === type
      const columns = fields
        .filter((wish) => isTyped('text')(wish) || isTyped('date')(wish))
        .map((wish) => wish.name)
      const view = { kind: 'view', name: `${one.name}_all`, entity: one.name, type: 'table', columns }
      const definition = { kind: 'entity', ...one, fields, ...(indexes.length > 0 ? { indexes } : {}) }
      return fields.length === 0 ? [] : [definition, ...(columns.length > 0 ? [view] : [])]
    })
  })
  .filter((definitions) => definitions.length > 0 && isClosed(definitions))

/** Every lookup leads to an entity that is there. */
function isClosed(definitions: readonly object[]): boolean {
  const entities = definitions as readonly { kind: string; name: string; fields?: readonly FieldWish[] }[]
  const names = new Set(entities.filter((one) => one.kind === 'entity').map((one) => one.name))
  return entities.every((one) =>
    (one.fields ?? []).every((wish) => wish.to === undefined || names.has(wish.to)),
  )
}

describe('publish, restore, publish', function () {
  this.timeout(600_000)
  let test: TestDatabase
  let db: Database
  let world: ModelWorld
  beforeEach(async () => {
    test = await createTestDatabase(modelTemplate)
    db = test.open()
    world = modelWorld(db, test.url)
  })
  afterEach(() => test.drop())

  const exported = async () =>
    listDefinitions(await world.definitions()).map((definition) => canonical(definition, world.registry))

  /** A record with a value in every text column, told by the fields' ids. */
  async function fill(): Promise<void> {
    const { physical, definitions } = await loadState(db, SCHEMA)
    for (const one of definitions.entity.values()) {
      if (BUILT_IN.some((builtIn) => builtIn.name === one.name)) continue
      const table = physical.find((row) => row.kind === 'entity' && row.itemId === one.id)
      const texts = physical.filter((row) => row.kind === 'field' && row.entityId === one.id && !row.retired)
      const columns = texts.flatMap((row) =>
        row.kind === 'field' && row.place.types[0] === 'text COLLATE "C"'
          ? [`"${row.place.columns[0]}"`]
          : [],
      )
      const place = table?.kind === 'entity' ? table.place.table : ''
      await db.query({
        text: `INSERT INTO ${SCHEMA}."${place}" (${['id', ...columns].join(', ')})
VALUES (${['gen_random_uuid()', ...columns.map((column) => `'x${column.replaceAll('"', '')}'`)].join(', ')})`,
      })
    }
  }

  async function dataOf(tables: readonly string[]): Promise<readonly unknown[]> {
    const found: unknown[] = []
    for (const table of tables) {
      const { rows } = await db.query({
        text: `SELECT to_jsonb(t) AS row FROM ${SCHEMA}."${table}" t ORDER BY id`,
      })
      found.push(table, ...rows.map(({ row }) => JSON.parse(String(row)) as unknown))
    }
    return found
  }

  async function restore(version: number): Promise<void> {
    const state = await loadState(db, SCHEMA)
    const items = planRestore(
      state.definitions,
      await loadVersion(db, SCHEMA, state.version),
      await loadVersion(db, SCHEMA, version),
      world.registry,
    )
    const { id } = await openFilledChangeset(db, SCHEMA, { label: 'Back', createdBy: undefined }, items)
    const source = { db, schema: SCHEMA, registry: world.registry, state, counts: 'exact' as const }
    const { hash } = await planDraft(source, { items })
    await publishDraft(world.deps, { changeset: id, hash, by: undefined })
  }

  /** What of a table is not in another state of it is new since: it may be there, but nothing may be lost. */
  const isWithin = (before: readonly string[], after: readonly string[]) =>
    before.filter((line) => !after.includes(line) && !line.startsWith('CREATE'))

  it('gives back the same definitions, columns and data on generated models', async () => {
    await fc.assert(
      fc.asyncProperty(model, model, async (first, second) => {
        await world.publish(withoutClash(first, await exported()), true)
        const one = await world.version()
        await fill()
        const before = { definitions: await exported(), tables: await describeTables(db) }
        const names = [
          ...new Set(before.tables.filter((line) => /^\w+\./.test(line)).map((line) => line.split('.')[0]!)),
        ]
        const data = await dataOf(names)

        await world.publish(withoutClash(second, await exported()), true)
        const two = await world.version()
        const other = { definitions: await exported(), tables: await describeTables(db) }
        expect(isWithin(before.tables, other.tables)).to.deep.equal([])

        await restore(one)
        expect(await exported()).to.deep.equal(before.definitions)
        const restored = await dataOf(names)
        expect(subsetOf(data, restored)).to.deep.equal(data)

        await restore(two)
        expect(await exported()).to.deep.equal(other.definitions)
        expect(await describeTables(db)).to.deep.equal(other.tables)
      }),
      { numRuns: RUNS },
    )
  })

  /** A field that keeps its name keeps its id, and its type may not change: such ones get another name. */
  function withoutClash(wishes: readonly object[], inForce: readonly object[]): readonly object[] {
    type One = { kind: string; name: string; entity?: string; fields?: readonly FieldWish[] }
    type Names = { columns?: readonly string[]; indexes?: readonly (readonly string[])[] }
    const fieldsOf = (list: readonly object[], name: string) =>
      (list as readonly One[]).find((one) => one.kind === 'entity' && one.name === name)?.fields ?? []
    const newName = (entity: string, name: string) => {
      const before = fieldsOf(inForce, entity).find((field_) => field_.name === name)
      const wish = fieldsOf(wishes, entity).find((field_) => field_.name === name)
      const clashes = before !== undefined && (before.type !== wish?.type || before.to !== wish.to)
      return clashes ? `${name}_${before.type === 'text' ? 'n' : 't'}${wish?.type ?? ''}` : name
    }
    return (wishes as readonly (One & Names)[]).map((one) => {
      const rename = (name: string) => newName(one.entity ?? one.name, name)
      return {
        ...one,
        ...(one.columns === undefined ? {} : { columns: one.columns.map(rename) }),
        ...(one.indexes === undefined
          ? {}
          : { indexes: one.indexes.map((keys) => keys.map((key) => key[0] + rename(key.slice(1)))) }),
        ...(one.fields === undefined
          ? {}
          : { fields: one.fields.map((wish) => ({ ...wish, name: rename(wish.name) })) }),
      }
    })
  }

  /** The rows that are there after, with the columns that they had before. */
  function subsetOf(before: readonly unknown[], after: readonly unknown[]): readonly unknown[] {
    return before.map((row, index) => {
      const now = after[index]
      if (typeof row !== 'object' || row === null || typeof now !== 'object' || now === null) return now
      return Object.fromEntries(Object.keys(row).map((key) => [key, (now as Record<string, unknown>)[key]]))
    })
  }
})
