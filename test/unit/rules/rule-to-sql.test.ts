import { expect } from 'chai'
import { OPERATOR_SQL, ruleToSql } from '../../../engine/model/sql/rule-to-sql.ts'
import type { SqlTarget } from '../../../engine/model/sql/sql-target.ts'
import { OPERATORS } from '../../../metadata/rules/catalogue.ts'
import { field, ID, typedCondition } from './fixture.ts'

/** The SQL of a rule with its parameters in place of their placeholders: what a reader wants to see. */
function sqlOf(rule: unknown, actorId: string | null = '$me'): string {
  const target: SqlTarget = {
    parameter: (value, sqlType) => `${JSON.stringify(value)}::${sqlType}`,
    column: (path) => ({
      sql: path.join('.'),
      sqlType: path[0] === 'seats' ? 'bigint' : 'numeric',
      notNull: path[0] === 'owner',
    }),
    today: () => '$today',
    now: () => '$now',
    timeZone: () => '$zone',
    actorId: () => actorId ?? undefined,
    actorRoles: () => '$roles',
  }
  return ruleToSql(typedCondition(rule), target)
}

const cases: readonly { rule: unknown; sql: string }[] = [
  // The common shapes leave the column bare, so that its index is used.
  { rule: { '==': [field('status'), 'open'] }, sql: 'status = "open"::text' },
  { rule: { '==': ['open', field('status')] }, sql: '"open"::text = status' },
  { rule: { in: [field('status'), ['open', 'won']] }, sql: 'status = ANY(["open","won"]::text[])' },
  { rule: { '>=': [field('amount'), 10.5] }, sql: 'amount >= "10.5"::numeric' },
  { rule: { '>=': [field('name'), 'm'] }, sql: 'name >= "m"::text COLLATE "C"' },
  { rule: { '==': [field('status'), null] }, sql: 'status IS NULL' },
  { rule: { '!=': [field('status'), null] }, sql: 'status IS NOT NULL' },
  { rule: { '==': [field('owner'), field('actor.id')] }, sql: 'owner = $me' },
  {
    rule: { and: [field('active'), { '==': [field('seats'), 3] }] },
    sql: '(active AND seats = "3"::bigint)',
  },
  { rule: { '==': [field('seats'), 3.5] }, sql: 'seats = "3.5"::numeric' },
  { rule: { in: [field('seats'), [1, 2]] }, sql: 'seats = ANY(["1","2"]::bigint[])' },
  { rule: { in: [field('seats'), [1, 2.5]] }, sql: 'seats = ANY(["1","2.5"]::numeric[])' },
  { rule: { has: [field('tags'), 'vip'] }, sql: 'tags @> ["vip"]::text[]' },
  { rule: { in: ['vip', field('tags')] }, sql: 'tags @> ["vip"]::text[]' },
  { rule: { has_any: [field('tags'), ['a', 'b']] }, sql: 'tags && ["a","b"]::text[]' },
  { rule: { has_all: [field('partners'), [ID]] }, sql: `partners @> ["${ID}"]::uuid[]` },
  {
    rule: { '>': [{ days_since: field('due') }, 14] },
    sql: 'due < ($today + "0 mons -14 days"::interval)::date',
  },
  {
    rule: { '>=': [30, { days_since: field('created_at') }] },
    sql: 'created_at >= (($today + "0 mons -30 days"::interval)::date::timestamp AT TIME ZONE $zone)',
  },
  {
    rule: { '==': [field('created_at'), '2026-03-02'] },
    sql: '(created_at >= ("2026-03-02"::date::timestamp AT TIME ZONE $zone) AND created_at < (("2026-03-02"::date + 1)::timestamp AT TIME ZONE $zone))',
  },
  // Equality is null-safe where both sides may be null.
  { rule: { '==': [field('amount'), field('discount')] }, sql: 'amount IS NOT DISTINCT FROM discount' },
  { rule: { '==': [field('account'), field('owner')] }, sql: 'account = owner' },
  { rule: { '!=': [field('status'), 'open'] }, sql: 'status IS DISTINCT FROM "open"::text' },
  {
    rule: { in: [field('status'), ['open', null]] },
    sql: '(status = ANY(["open"]::text[]) OR status IS NULL)',
  },
  { rule: { in: [field('status'), [null]] }, sql: 'status IS NULL' },
  { rule: { in: [field('status'), []] }, sql: 'false' },
  // A condition that is looked at as a value is true or false.
  { rule: { '!': { '==': [field('status'), 'open'] } }, sql: '(status = "open"::text) IS NOT TRUE' },
  {
    rule: { '!': { and: [field('active'), { '<': [field('amount'), 5] }] } },
    sql: '((active AND amount < "5"::numeric)) IS NOT TRUE',
  },
  { rule: { '!': field('account') }, sql: 'NOT (account IS NOT NULL)' },
  {
    rule: { '==': [{ '<': [field('amount'), 5] }, false] },
    sql: '((amount < "5"::numeric) IS TRUE) = false::boolean',
  },
  { rule: { '!!': [field('amount')] }, sql: 'amount <> 0' },
  { rule: { '!!': [field('tags')] }, sql: 'cardinality(tags) > 0' },
  // The rest.
  { rule: true, sql: 'true' },
  { rule: null, sql: 'false' },
  { rule: { '<': [1, field('amount'), null] }, sql: '("1"::numeric < amount AND false)' },
  { rule: { in: ['50%', field('name')] }, sql: 'name LIKE "%50\\\\%%"::text' },
  {
    rule: { contains: [field('name'), 'a_b\\'] },
    sql: 'lower(name COLLATE "default") LIKE lower("%a\\\\_b\\\\\\\\%"::text COLLATE "default")',
  },
  {
    rule: { starts_with: [field('name'), field('note')] },
    sql: 'starts_with(lower(name COLLATE "default"), lower(note COLLATE "default"))',
  },
  { rule: { empty: field('name') }, sql: "(name IS NULL OR name = '')" },
  { rule: { empty: field('due') }, sql: 'due IS NULL' },
  { rule: { not_empty: field('tags') }, sql: 'cardinality(tags) > 0' },
  {
    rule: { '>': [{ '+': [field('seats'), 1] }, 2] },
    sql: '((seats)::numeric + "1"::numeric) > "2"::numeric',
  },
  {
    rule: { '>': [{ '/': [field('amount'), 3] }, 2] },
    sql: 'round(div(amount * 100000000000, NULLIF("3"::numeric, 0)) * 0.00000000001, 10) > "2"::numeric',
  },
  {
    rule: { '<': [{ date_add: [field('created_at'), 'P1M2DT3H'] }, field('now')] },
    sql: '((((created_at AT TIME ZONE $zone) + "1 mons 2 days"::interval) AT TIME ZONE $zone) + "10800 secs"::interval) < $now',
  },
  { rule: { '==': [{ var: ['seats', 0] }, 0] }, sql: 'COALESCE(seats, "0"::bigint) = "0"::bigint' },
  { rule: { '==': [field('account.region'), 'east'] }, sql: 'account.region = "east"::text' },
  { rule: { in: ['sales', field('actor.roles')] }, sql: '$roles @> ["sales"]::text[]' },
]

describe('ruleToSql', () => {
  for (const { rule, sql } of cases) {
    it(`writes ${JSON.stringify(rule)} as ${sql.slice(0, 80)}`, () => expect(sqlOf(rule)).to.equal(sql))
  }

  it('sends a list of 10,000 as one parameter', () => {
    const ids = Array.from({ length: 10_000 }, (_, index) => `n${index}`)
    const sent: unknown[] = []
    const none = () => ''
    ruleToSql(typedCondition({ in: [field('name'), ids] }), {
      parameter: (value) => `$${sent.push(value)}`,
      column: () => ({ sql: 'name', sqlType: 'text' }),
      today: none,
      now: none,
      timeZone: none,
      actorId: none,
      actorRoles: none,
    })
    expect(sent).to.deep.equal([ids])
  })

  it('knows how to write every operator of the catalogue and no other', () => {
    expect([...OPERATOR_SQL.keys()].sort()).to.deep.equal([...OPERATORS.keys()].sort())
  })

  const nests: readonly { what: string; step: (inner: unknown) => unknown; seed: unknown }[] = [
    {
      what: 'between',
      seed: field('name'),
      step: (inner) => ({ if: [{ '<': ['a', inner, 'z'] }, 'y', 'x'] }),
    },
    { what: 'empty', seed: field('name'), step: (inner) => ({ if: [{ empty: inner }, 'y', 'x'] }) },
    {
      what: 'in with null',
      seed: field('name'),
      step: (inner) => ({ if: [{ in: [inner, ['a', null]] }, 'y', 'x'] }),
    },
    {
      what: 'ends_with',
      seed: field('name'),
      step: (inner) => ({ if: [{ ends_with: [field('note'), inner] }, 'y', 'x'] }),
    },
  ]
  for (const { what, seed, step } of nests) {
    it(`does not grow by doubling where ${what} is nested`, () => {
      let rule: unknown = seed
      for (let level = 0; level < 9; level++) rule = step(rule)
      expect(sqlOf({ '==': [rule, 'x'] }).length).to.be.below(4000)
    })
  }

  it('compares with null where the actor is no person', () => {
    expect(sqlOf({ '==': [field('account'), field('actor.id')] }, null)).to.equal(
      'account IS NOT DISTINCT FROM NULL::uuid',
    )
  })
})
