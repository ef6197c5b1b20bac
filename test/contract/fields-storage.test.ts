import { expect } from 'chai'
import type { Database } from '../../engine/db/database.ts'
import { parseJson, quoteName } from '../../engine/db/values.ts'
import type { FieldType, FieldTypeExample } from '../../engine/registry/field-type.ts'
import type { Sealing } from '../../engine/registry/vault.ts'
import type { FieldDefinition } from '../../metadata/text.ts'
import { allFieldTypes, exampleField } from '../support/field-types.ts'
import { createTestDatabase, emptyTemplate, type TestDatabase } from '../support/postgres.ts'
import { testVault } from '../support/vault.ts'

const types = await allFieldTypes()

/** The record for which every value of a sealed type is sealed here. */
const RECORD = '01930000-0000-7000-8000-000000000001'
const vault = testVault()

/** JSON does not tell -0 from 0. */
const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

describe('field types in PostgreSQL', () => {
  let test: TestDatabase
  let database: Database
  before(async () => {
    test = await createTestDatabase(emptyTemplate)
    database = test.open()
  })
  after(() => test.drop())

  for (const type of types) {
    type.examples.forEach((example, index) => {
      const field = exampleField(type, example.config)
      const specs = type.columns(field)
      if (specs.length === 0) return
      describe(`${type.name}, example ${index + 1}`, () => {
        const table = createTable(() => database, `${type.name}_${index}`, type, example)
        if (type.writeOnly) describeWriteOnly(table, example)
        else if (type.sealing !== undefined) describeSealed(table, type, type.sealing, example)
        else describeReading(table, type, example)
      })
    })
  }
})

interface FieldTable {
  readonly name: string
  readonly field: FieldDefinition
  /** Qualified, in the order of `columns`. */
  readonly columns: readonly string[]
  insert(position: number, value: unknown): Promise<void>
  rows(sql: string, values?: readonly unknown[]): Promise<readonly Record<string, unknown>[]>
}

/** A table with the columns of one field, filled with the valid values of the example and one null. */
function createTable(
  database: () => Database,
  name: string,
  type: FieldType,
  example: FieldTypeExample,
): FieldTable {
  const field = exampleField(type, example.config)
  const specs = type.columns(field)
  const names = specs.map((spec) => quoteName(`value${spec.suffix}`))
  const quoted = quoteName(name)
  const rows = async (text: string, values: readonly unknown[] = []) =>
    (await database().query({ text, values })).rows
  const insert = async (position: number, value: unknown) => {
    const place = { field: field.id ?? '', record: RECORD }
    const encoded = type.sealing?.seal(value, place, vault) ?? (await type.encode?.(value, field)) ?? [value]
    const places = encoded.map((_, index) => `$${index + 2}`)
    await rows(`INSERT INTO ${quoted} (position, ${names}) VALUES ($1, ${places})`, [position, ...encoded])
  }
  before(async () => {
    const declared = specs.map((spec, index) => `${names[index]} ${spec.sqlType}`)
    await rows(`CREATE TABLE ${quoted} (position integer, ${declared})`)
    for (const [index, value] of example.valid.entries()) await insert(index, value)
    await rows(`INSERT INTO ${quoted} (position) VALUES (-1)`)
  })
  return { name: quoted, field, columns: names.map((column) => `${quoted}.${column}`), insert, rows }
}

function describeReading(table: FieldTable, type: FieldType, example: FieldTypeExample): void {
  const json = type.json?.(table.columns, table.field) ?? table.columns[0]
  const main = table.columns[0]!

  it('reads back exactly what was written', async () => {
    const rows = await table.rows(
      `SELECT to_json(${json}) AS value FROM ${table.name} WHERE position >= 0 ORDER BY position`,
    )
    expect(rows.map((row) => parseJson(String(row.value)))).to.deep.equal(asJson(example.valid))
  })

  it('reads null as null, also inside an object', async () => {
    const [row] = await table.rows(
      `SELECT json_build_object('value', ${json}) AS record FROM ${table.name} WHERE position = -1`,
    )
    expect(parseJson(String(row?.record))).to.deep.equal({ value: null })
  })

  it('writes what it read once more and reads the same', async () => {
    for (const value of example.valid) {
      const encoded = type.encode === undefined ? [value] : await type.encode(value, table.field)
      const specs = type
        .columns(table.field)
        .map((spec, index) => `$${index + 1}::${spec.sqlType} AS c${index}`)
      const columns = specs.map((_, index) => `given.c${index}`)
      const again = type.json?.(columns, table.field) ?? columns[0]
      const [row] = await table.rows(
        `SELECT to_json(${again}) AS value FROM (SELECT ${specs}) given`,
        encoded,
      )
      expect(parseJson(String(row?.value))).to.deep.equal(asJson(value))
    }
  })

  if (type.rule !== undefined) {
    it('finds each value by equality and null by IS NULL', async () => {
      const sql = type.rule?.sql?.(table.columns, table.field) ?? main
      for (const [index, value] of example.valid.entries()) {
        const [wanted] = type.encode === undefined ? [value] : await type.encode(value, table.field)
        const found = await table.rows(
          `SELECT position FROM ${table.name} WHERE ${sql} = $1::${sqlTypeOf(type, table.field)}`,
          [wanted],
        )
        expect(found.map((row) => row.position)).to.include(index)
      }
      expect(await table.rows(`SELECT position FROM ${table.name} WHERE ${sql} IS NULL`)).to.deep.equal([
        { position: -1 },
      ])
    })
  }

  if (type.sortable) {
    it('sorts, nulls last, up and down', async () => {
      const up = await positions(table, `${main} ASC NULLS LAST, position`)
      const down = await positions(table, `${main} DESC NULLS LAST, position DESC`)
      expect(up.at(-1)).to.equal(-1)
      expect(down.at(-1)).to.equal(-1)
      expect(down.slice(0, -1)).to.deep.equal(up.slice(0, -1).reverse())
    })
  }

  if (type.sortable && type.rule?.type === 'text') {
    it('sorts texts by code point', async () => {
      const up = (await positions(table, `${main} ASC NULLS LAST, position`)).slice(0, -1)
      const bytes = example.valid.map((value) => Buffer.from(String(value)))
      const expected = bytes.map((_, index) => index).sort((a, b) => Buffer.compare(bytes[a]!, bytes[b]!))
      expect(up).to.deep.equal(expected)
    })
  }

  if (type.sortable && type.rule?.type === 'number') {
    it('sorts numbers by size', async () => {
      const up = (await positions(table, `${main} ASC NULLS LAST, position`)).slice(0, -1)
      const numbers = example.valid as readonly number[]
      expect(up).to.deep.equal(
        numbers.map((_, index) => index).sort((a, b) => numbers[a]! - numbers[b]! || a - b),
      )
    })
  }

  if (type.groupable) {
    it('groups equal values into one', async () => {
      const groups = await table.rows(`SELECT count(*)::int AS count FROM ${table.name} GROUP BY ${main}`)
      const total = groups.reduce((sum, row) => sum + Number(row.count), 0)
      expect(total).to.equal(example.valid.length + 1)
    })
  }

  for (const measure of type.measures) {
    it(`measures ${measure}`, async () => {
      const [row] = await table.rows(`SELECT to_json(${measure}(${main})) AS value FROM ${table.name}`)
      const found = parseJson<unknown>(String(row?.value))
      if (type.rule?.type !== 'number') return expect(found).to.be.a('string')
      const numbers = example.valid as readonly number[]
      if (measure === 'min') expect(found).to.equal(Math.min(...numbers) + 0)
      if (measure === 'max') expect(found).to.equal(Math.max(...numbers))
      expect(found).to.be.a('number')
    })
  }

  if (type.canBeIndexed) {
    it('takes an index', async () => {
      await table.rows(`CREATE INDEX ON ${table.name} (${bare(main)})`)
    })
  }

  if (type.canBeUnique) {
    it('refuses a second record with a unique value, not a second null', async () => {
      await table.rows(`TRUNCATE ${table.name}`)
      await table.rows(`CREATE UNIQUE INDEX ON ${table.name} (${bare(main)})`)
      await table.insert(0, example.valid[0])
      await table.rows(`INSERT INTO ${table.name} (position) VALUES (-1), (-2)`)
      const fault = await table.insert(1, example.valid[0]).then(
        () => undefined,
        (error: { code?: string }) => error.code,
      )
      expect(fault).to.equal('23505')
    })
  }
}

function describeSealed(
  table: FieldTable,
  type: FieldType,
  sealing: Sealing,
  example: FieldTypeExample,
): void {
  const place = { field: table.field.id ?? '', record: RECORD }

  it('keeps nothing that shows the value, and no box twice', async () => {
    await table.insert(100, example.valid[0])
    const rows = await table.rows(`SELECT ${table.columns} FROM ${table.name} WHERE position >= 0`)
    const kept = rows.map((row) => Object.values(row).map((value) => Buffer.from(String(value)).toString()))
    for (const value of example.valid) {
      if (String(value).length > 3) expect(JSON.stringify(kept)).not.to.include(String(value))
    }
    expect(new Set(kept.map((row) => row[1])).size).to.equal(rows.length)
    await table.rows(`DELETE FROM ${table.name} WHERE position = 100`)
  })

  it('reads back exactly what was written, and null as null', async () => {
    const json = type.json!(table.columns, table.field, `'${RECORD}'::uuid`)
    const rows = await table.rows(
      `SELECT json_build_object('v', ${json})::text AS j FROM ${table.name} ORDER BY position`,
    )
    const boxes = rows.map((row) => /"\\u0062ox:[^:]*:[^:]*:(\w+):"/.exec(String(row.j))?.[1])
    const values = boxes.map((box) => (box === undefined ? null : sealing.reveal(box, place, vault)))
    expect(values).to.deep.equal([null, ...example.valid])
  })

  it('opens no value at another record or in another field', async () => {
    const box = Buffer.from(String(sealing.seal(example.valid[0], place, vault)[1]).slice(2), 'hex')
    for (const other of [
      { ...place, record: RECORD.replace('1', '2') },
      { ...place, field: 'other' },
    ]) {
      expect(() => sealing.reveal(box.toString('hex'), other, vault)).to.throw('SECRET_VALUE_DAMAGED')
    }
  })

  it('finds each value by equality and by its ending, null by IS NULL', async () => {
    for (const [index, value] of example.valid.entries()) {
      const text = String(value)
      const whole = sealing.indexOf(text, place.field, vault)
      const equal = await table.rows(`SELECT position FROM ${table.name} WHERE ${table.columns[0]} = $1`, [
        whole,
      ])
      expect(equal).to.deep.equal([{ position: index }])
      const range = sealing.endingOf([...text].slice(-4).join('').toUpperCase(), place.field, vault)
      if ([...text].length < 4) expect(range).to.equal(undefined)
      else {
        const ending = await table.rows(
          `SELECT position FROM ${table.name} WHERE ${table.columns[0]} BETWEEN $1 AND $2`,
          [...range!],
        )
        expect(ending.map((row) => row.position)).to.include(index)
      }
    }
    const none = await table.rows(`SELECT position FROM ${table.name} WHERE ${table.columns[0]} IS NULL`)
    expect(none).to.deep.equal([{ position: -1 }])
  })

  it('refuses a second record with a unique value, not a second null', async () => {
    await table.rows(`TRUNCATE ${table.name}`)
    await table.rows(`CREATE UNIQUE INDEX ON ${table.name} (${bare(table.columns[0]!)})`)
    await table.insert(0, example.valid[0])
    await table.rows(`INSERT INTO ${table.name} (position) VALUES (-1), (-2)`)
    const fault = await table.insert(1, example.valid[0]).then(
      () => undefined,
      (error: { code?: string }) => error.code,
    )
    expect(fault).to.equal('23505')
  })
}

function describeWriteOnly(table: FieldTable, example: FieldTypeExample): void {
  it('keeps a hash that is not the value, and reads nothing', async () => {
    const rows = await table.rows(`SELECT ${table.columns[0]} AS kept FROM ${table.name} WHERE position >= 0`)
    expect(rows).to.have.length(example.valid.length)
    for (const row of rows) expect(String(row.kept)).to.match(/^\$argon2id\$/)
  })
}

async function positions(table: FieldTable, order: string): Promise<readonly number[]> {
  const rows = await table.rows(`SELECT position FROM ${table.name} ORDER BY ${order}`)
  return rows.map((row) => Number(row.position))
}

function sqlTypeOf(type: FieldType, field: FieldDefinition): string {
  return type.columns(field)[0]!.sqlType.replace(/ COLLATE .*$/, '')
}

/** A column without its table, as CREATE INDEX wants it. */
function bare(column: string): string {
  return column.slice(column.lastIndexOf('."') + 1)
}
