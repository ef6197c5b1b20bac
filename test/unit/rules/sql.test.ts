import { expect } from 'chai'
import fc from 'fast-check'
import type { Database } from '../../../engine/db/database.ts'
import { ruleToSql } from '../../../engine/model/sql/rule-to-sql.ts'
import type { SqlTarget } from '../../../engine/model/sql/sql-target.ts'
import { createTestDatabase, emptyTemplate, type TestDatabase } from '../../support/postgres.ts'
import { ID, typedCondition } from './fixture.ts'
import { conditionArbitrary, NOW, type Row, rowArbitrary, TODAY, valuesOf, ZONE } from './generated-rules.ts'
import { evaluate, type World } from './naive-evaluator.ts'

const COLUMN_TYPES: Readonly<Record<string, string>> = {
  name: 'text COLLATE "C"',
  note: 'text COLLATE "C"',
  amount: 'numeric',
  discount: 'numeric',
  seats: 'bigint',
  active: 'boolean',
  due: 'date',
  created_at: 'timestamptz(3)',
  opens: 'time(0)',
  term: 'interval',
  owner: 'uuid',
  tags: 'text[] COLLATE "C"',
  partners: 'uuid[]',
}
const COLUMNS = Object.keys(COLUMN_TYPES)
const ROLES = ['sales']

/** Ten times as many in the deep run. */
const DEPTH = process.env.TENON_TEST_DEEP === '1' ? 10 : 1
const RULES_PER_STATEMENT = 25

function target(values: unknown[]): SqlTarget {
  const parameter = (value: unknown, sqlType: string) => `$${values.push(value)}::${sqlType}`
  return {
    parameter,
    column: (path) => ({ sql: `"${path.join('.')}"`, sqlType: COLUMN_TYPES[path.join('.')]! }),
    today: () => parameter(TODAY, 'date'),
    now: () => parameter(NOW, 'timestamptz'),
    timeZone: () => parameter(ZONE, 'text'),
    actorId: () => parameter(ID, 'uuid'),
    actorRoles: () => parameter(ROLES, 'text[]'),
  }
}

describe('the SQL of a rule', () => {
  let testDatabase: TestDatabase
  let database: Database
  let rows: readonly Row[] = []

  before(async () => {
    testDatabase = await createTestDatabase(emptyTemplate)
    database = testDatabase.open()
    rows = fc.sample(rowArbitrary, { seed: 1, numRuns: 60 })
    const columns = COLUMNS.map((name) => `"${name}" ${COLUMN_TYPES[name]}`)
    await database.query({ text: `CREATE TABLE row_of_rules (n integer, ${columns.join(', ')})` })
    for (const [n, row] of rows.entries()) {
      const places = COLUMNS.map((_, index) => `$${index + 2}`)
      await database.query({
        text: `INSERT INTO row_of_rules VALUES ($1, ${places.join(', ')})`,
        // PostgreSQL takes the sign behind the P.
        values: [n, ...COLUMNS.map((name) => (row[name] === '-P1D' ? 'P-1D' : row[name]))],
      })
    }
  })
  after(() => testDatabase.drop())

  /** For each rule the rows that the database says match. */
  async function matchesOf(rules: readonly unknown[]): Promise<readonly (readonly number[])[]> {
    const values: unknown[] = []
    const sql = rules.map((rule) => ruleToSql(typedCondition(rule), target(values)))
    const counted = sql.map(
      (condition, at) => `array_agg(n ORDER BY n) FILTER (WHERE ${condition}) AS r${at}`,
    )
    const { rows: answers } = await database.query<Record<string, number[] | null>>({
      text: `SELECT ${counted.join(', ')} FROM row_of_rules`,
      values,
    })
    return rules.map((_, at) => answers[0]![`r${at}`] ?? [])
  }

  function expectedMatches(rule: unknown): readonly number[] {
    const world = (row: Row): World => ({
      row: valuesOf(row),
      today: TODAY,
      now: { ms: Date.parse(NOW) },
      zone: ZONE,
      actorId: ID,
      roles: ROLES,
    })
    return rows.flatMap((row, n) => (evaluate(rule, world(row)) === true ? [n] : []))
  }

  it('selects the rows that the rule means, nulls included', async () => {
    const batch = fc.array(conditionArbitrary, {
      minLength: RULES_PER_STATEMENT,
      maxLength: RULES_PER_STATEMENT,
    })
    await fc.assert(
      fc.asyncProperty(batch, async (rules) => {
        const found = await matchesOf(rules)
        for (const [at, rule] of rules.entries()) {
          expect(found[at], JSON.stringify(rule)).to.deep.equal(expectedMatches(rule))
        }
      }),
      { seed: 20261122, numRuns: 40 * DEPTH, endOnFailure: true },
    )
  })

  const division: readonly { a: number; b: number; result: string }[] = [
    { a: 1, b: 3, result: '0.3333333333' },
    { a: 2, b: 3, result: '0.6666666667' },
    { a: -2, b: 3, result: '-0.6666666667' },
    { a: 0.00000000005, b: 1, result: '0.0000000001' },
    { a: -0.00000000005, b: 1, result: '-0.0000000001' },
    { a: 123456789012345, b: 0.000000000000007, result: '17636684144620714285714285714.2857142857' },
  ]
  for (const { a, b, result } of division) {
    it(`divides ${a} by ${b} to ${result}`, async () => {
      const values: unknown[] = []
      const rule = { '==': [{ '/': [a, b] }, 0] }
      const sql = ruleToSql(typedCondition(rule), target(values)).replace(/ = \$\d+::numeric$/, '')
      const { rows: answers } = await database.query<{ value: string }>({
        text: `SELECT (${sql})::text AS value`,
        values: values.slice(0, -1),
      })
      expect(answers[0]?.value).to.equal(result)
    })
  }

  it('finds any part of any text, whatever characters it holds', async () => {
    const storable = fc
      .string({ unit: 'binary', maxLength: 12 })
      .filter((text) => !/[\p{Surrogate}\0]/u.test(text))
    const parts = fc.tuple(
      storable,
      fc.oneof(storable, fc.constantFrom('%', '_', '\\', "'; DROP TABLE x; --", '$1')),
      storable,
    )
    await fc.assert(
      fc.asyncProperty(fc.array(parts, { minLength: 20, maxLength: 20 }), async (texts) => {
        const rules = texts.map(([start, middle, end]) => {
          const whole = `${start}${middle}${end}`
          return {
            and: [
              { starts_with: [whole, start] },
              { contains: [whole, middle] },
              { ends_with: [whole, end] },
              { in: [middle, whole] },
              { in: [whole, [start, whole]] },
              { '!': { contains: [whole, `${whole}x`] } },
            ],
          }
        })
        const all = rows.map((_, n) => n)
        for (const found of await matchesOf(rules)) expect(found).to.deep.equal(all)
      }),
      { seed: 4, numRuns: 10 * DEPTH },
    )
  })

  it('stays within what numeric holds, however many factors a rule may have', async () => {
    const rule = { '>': [{ '*': Array(190).fill(123456789012345) }, { '*': [1e-7, 999999999999999] }] }
    expect(await matchesOf([rule])).to.deep.equal([rows.map((_, n) => n)])
  })

  for (const duration of ['-P200Y', '-P74400D', 'P200Y', 'PT1700000H']) {
    it(`moves the first and the last day by ${duration} as often as a rule can nest`, async () => {
      for (const start of ['0001-01-01', '9999-12-31', '0001-01-01T00:00:00Z', '9999-12-31T23:59:59Z']) {
        let moved: unknown = start
        for (let level = 0; level < 18; level++) moved = { date_add: [moved, duration] }
        const isBack = duration.startsWith('-')
        expect(await matchesOf([{ [isBack ? '<=' : '>=']: [moved, start.slice(0, 10)] }])).to.deep.equal([
          rows.map((_, n) => n),
        ])
      }
    })
  }

  it('counts far days like near ones', async () => {
    const rules = [14, 74_400, 74_401, 700_000].map((days) => ({
      '>': [{ days_since: { var: 'due' } }, days],
    }))
    expect(await matchesOf(rules)).to.deep.equal(rules.map(expectedMatches))
  })

  it('uses the index of a field for the common shapes', async () => {
    await database.query({
      text: 'CREATE TABLE indexed AS SELECT * FROM row_of_rules, generate_series(1, 2000)',
    })
    for (const column of ['name', 'seats', 'amount', 'created_at', 'due']) {
      await database.query({ text: `CREATE INDEX ON indexed ("${column}")` })
    }
    await database.query({ text: 'CREATE INDEX ON indexed USING gin (tags)' })
    const shapes: readonly unknown[] = [
      { '==': [{ var: 'name' }, 'zz'] },
      { in: [{ var: 'name' }, ['zz', 'zy']] },
      { '>=': [{ var: 'name' }, 'zzz\u{10ffff}'] },
      { '==': [{ var: 'seats' }, 12345] },
      { '<': [{ var: 'amount' }, -1e14] },
      { '==': [{ var: 'created_at' }, '1999-01-01'] },
      { '>': [{ days_since: { var: 'created_at' } }, 20000] },
      { has: [{ var: 'tags' }, 'zz'] },
      { and: [{ '==': [{ var: 'name' }, 'zz'] }, { '!': { '==': [{ var: 'note' }, 'x'] } }] },
    ]
    await database.query({ text: 'ANALYZE indexed' })
    for (const rule of shapes) {
      const values: unknown[] = []
      const condition = ruleToSql(typedCondition(rule), target(values))
      const { rows: plan } = await database.query<Record<string, string>>({
        text: `EXPLAIN SELECT n FROM indexed WHERE ${condition}`,
        values,
      })
      expect(plan.map((line) => line['QUERY PLAN']).join('\n'), JSON.stringify(rule)).to.match(
        /Index (Only )?Scan/,
      )
    }
  })
})
