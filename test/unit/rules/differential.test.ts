import { expect } from 'chai'
import fc from 'fast-check'
import type { Database } from '../../../engine/db/database.ts'
import { ruleToSql, ruleValueToSql } from '../../../engine/model/sql/rule-to-sql.ts'
import type { SqlTarget } from '../../../engine/model/sql/sql-target.ts'
import { checkRule } from '../../../metadata/rules/check-rule.ts'
import { compileRule } from '../../../metadata/rules/compile-rule.ts'
import { type Decimal, decimalText } from '../../../metadata/rules/decimal.ts'
import { plainRecord, type RuleEnvironment } from '../../../metadata/rules/environment.ts'
import type { TypedRule } from '../../../metadata/rules/types.ts'
import { isNothing, type RuleValue } from '../../../metadata/rules/values.ts'
import { createTestDatabase, emptyTemplate, type TestDatabase } from '../../support/postgres.ts'
import { ID } from './fixture.ts'
import { anyValue, type ValueRow, valueRow, valueScope } from './generated-values.ts'

const ROW_TYPES: Readonly<Record<string, string>> = {
  stage: 'text COLLATE "C"',
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
const ORDER_TYPES: Readonly<Record<string, string>> = {
  title: 'text COLLATE "C"',
  total: 'numeric',
  sent_on: 'date',
  sent_at: 'timestamptz(3)',
  paid: 'boolean',
  labels: 'text[] COLLATE "C"',
}
const ZONE = 'America/New_York'
const TODAY = '2026-03-08' // the day on which clocks there go forward
const NOW = '2026-03-08T16:00:00.000Z'
const ROLES = ['a', '华']
const SETTINGS = { currency: 'CNY', time_zone: ZONE, language: 'en' }

const IS_DEEP = process.env.TENON_TEST_DEEP === '1'
/** Rules that are compared, each over all rows. */
const CASES = IS_DEEP ? 20_000 : 2000
const ROWS = 24
const RULES_PER_STATEMENT = 25

function target(values: unknown[]): SqlTarget {
  const parameter = (value: unknown, sqlType: string) => `$${values.push(value)}::${sqlType}`
  const plain = (sqlType: string) => sqlType.replace(/ COLLATE .*/, '')
  return {
    parameter,
    column: ([name = '']) => ({ sql: `r."${name}"`, sqlType: plain(ROW_TYPES[name]!) }),
    today: () => parameter(TODAY, 'date'),
    now: () => parameter(NOW, 'timestamptz'),
    timeZone: () => parameter(ZONE, 'text'),
    actorId: () => parameter(ID, 'uuid'),
    actorRoles: () => parameter(ROLES, 'text[]'),
    setting: (name) => parameter(SETTINGS[name as keyof typeof SETTINGS], 'text'),
    related: (_path, alias) => ({
      from: () => `order_of_rules ${alias}`,
      where: `${alias}.n = r.n`,
      order: [`${alias}.position`],
      id: `${alias}.id`,
      column: ([name = '']) => ({ sql: `${alias}."${name}"`, sqlType: plain(ORDER_TYPES[name]!) }),
    }),
  }
}

/** Letters that came with Unicode 16 and later, which one side may not know yet. */
const NEWER = /[\u1c89\u1c8a\ua7cb-\ua7dc\u{10d50}-\u{10d85}\u{16ea0}-\u{16ed3}]/u

/** A value as a text that is the same exactly where the values are. */
const SQL_TEXT: Readonly<Record<string, (sql: string) => string>> = {
  number: (sql) => `trim_scale((${sql})::numeric)::text`,
  text: (sql) => `(${sql})`,
  date: (sql) => `((${sql}) - date '1970-01-01')::text`,
  datetime: (sql) => `trim_scale(EXTRACT(epoch FROM (${sql})) * 1000)::text`,
  boolean: (sql) => `(${sql})::text`,
}

function textOf(value: RuleValue, type: string): string | null {
  if (isNothing(value)) return null
  return type === 'number' ? decimalText(value as Decimal) : String(value)
}

interface Case {
  readonly rule: unknown
  readonly type: 'number' | 'text' | 'date' | 'datetime' | 'condition'
}

function typedOf({ rule, type }: Case): TypedRule {
  const { typed, problems } = checkRule(rule, valueScope, type)
  if (typed === undefined) throw new Error(`${JSON.stringify(rule)}: ${JSON.stringify(problems)}`)
  return typed
}

describe('rules in JavaScript and in SQL', function () {
  this.timeout(IS_DEEP ? 1_200_000 : 120_000)
  let testDatabase: TestDatabase
  let database: Database
  let rows: readonly ValueRow[] = []

  before(async () => {
    testDatabase = await createTestDatabase(emptyTemplate)
    database = testDatabase.open()
    rows = fc.sample(valueRow, { seed: 2, numRuns: ROWS })
    const columns = (types: Readonly<Record<string, string>>) =>
      Object.entries(types)
        .map(([name, type]) => `"${name}" ${type}`)
        .join(', ')
    await database.query({ text: `CREATE TABLE row_of_rules (n integer, ${columns(ROW_TYPES)})` })
    const identity = 'id uuid DEFAULT gen_random_uuid(), n integer, position integer'
    await database.query({ text: `CREATE TABLE order_of_rules (${identity}, ${columns(ORDER_TYPES)})` })
    for (const [n, { orders, ...row }] of rows.entries()) {
      await insert('row_of_rules', { n, ...row })
      for (const [position, one] of orders.entries()) await insert('order_of_rules', { n, position, ...one })
    }
  })
  after(() => testDatabase.drop())

  async function insert(table: string, values: Readonly<Record<string, unknown>>): Promise<void> {
    const names = Object.keys(values)
    await database.query({
      text: `INSERT INTO ${table} (${names.map((name) => `"${name}"`).join(', ')}) VALUES (${names.map((_, at) => `$${at + 1}`).join(', ')})`,
      values: Object.values(values),
    })
  }

  async function inDatabase(cases: readonly Case[]): Promise<readonly (readonly (string | null)[])[]> {
    const values: unknown[] = []
    const columns = cases.map((one, at) => {
      const typed = typedOf(one)
      const to = target(values)
      // A condition stands in WHERE, where NULL is no.
      if (one.type === 'condition') return `((${ruleToSql(typed, to)}) IS TRUE)::text AS r${at}`
      const { sql } = ruleValueToSql(typed, to)
      return `${typed.type === 'null' ? 'NULL::text' : SQL_TEXT[typed.type]!(sql)} AS r${at}`
    })
    const { rows: found } = await database.query<Record<string, string | null>>({
      text: `SELECT ${columns.join(', ')} FROM row_of_rules r ORDER BY r.n`,
      values,
    })
    return cases.map((_, at) => found.map((row) => row[`r${at}`] ?? null))
  }

  function inJavaScript(one: Case): readonly (string | null)[] {
    const typed = typedOf(one)
    const run = compileRule(typed)
    return rows.map((row) => {
      const environment: RuleEnvironment = {
        record: plainRecord(row),
        actor: plainRecord({ id: ID, roles: ROLES }),
        settings: plainRecord(SETTINGS),
        now: Date.parse(NOW),
        today: TODAY,
        timeZone: ZONE,
      }
      const value = run(environment)
      return one.type === 'condition' ? String(value === true) : textOf(value, typed.type)
    })
  }

  it(`give the same values, ${CASES} rules over ${ROWS} records`, async () => {
    const batch = fc.array(anyValue, { minLength: RULES_PER_STATEMENT, maxLength: RULES_PER_STATEMENT })
    await fc.assert(
      fc.asyncProperty(batch, async (cases) => {
        const found = await inDatabase(cases)
        for (const [at, one] of cases.entries()) {
          expect(found[at], JSON.stringify(one.rule)).to.deep.equal(inJavaScript(one))
        }
      }),
      { seed: 20261126, numRuns: CASES / RULES_PER_STATEMENT, endOnFailure: true },
    )
  })

  it('fold case alike, letter by letter, wherever both know the letter', async () => {
    const letters = Array.from({ length: 0x10ffff }, (_, code) => code)
      .filter((code) => code > 0 && (code < 0xd800 || code > 0xdfff))
      .map((code) => String.fromCodePoint(code))
      .filter((letter) => /[\p{L}\p{M}\p{N}\p{S}]/u.test(letter) && !NEWER.test(letter))
    const rules = [{ upper: { var: 'name' } }, { lower: { var: 'name' } }]
    const scope = { resolve: () => ({ type: 'text' }) as const, names: () => [] }
    for (const rule of rules) {
      const { typed } = checkRule(rule, scope, 'text')
      const values: unknown[] = []
      const to: SqlTarget = { ...target(values), column: () => ({ sql: 'letter', sqlType: 'text' }) }
      const { sql } = ruleValueToSql(typed!, to)
      const { rows: found } = await database.query<{ letter: string; folded: string }>({
        text: `SELECT letter, ${sql} AS folded FROM unnest($${values.length + 1}::text[]) AS u(letter)`,
        values: [...values, letters],
      })
      const run = compileRule(typed!)
      const differing = found.filter(({ letter, folded }) => {
        const environment = { record: plainRecord({ name: letter }), now: 0, today: TODAY, timeZone: ZONE }
        return run(environment) !== folded
      })
      expect(
        differing.map(({ letter }) => letter.codePointAt(0)!.toString(16)),
        JSON.stringify(rule),
      ).to.deep.equal([])
    }
  })
})
