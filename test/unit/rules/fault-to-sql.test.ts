import { expect } from 'chai'
import { type FaultTarget, faultToSql } from '../../../engine/model/sql/fault-to-sql.ts'
import { checkRule } from '../../../metadata/rules/check-rule.ts'
import { scope } from './fixture.ts'

const target: FaultTarget = {
  parameter: (value) => JSON.stringify(value),
  column: (path) => ({ sql: path.join('.'), sqlType: 'numeric' }),
  today: () => '$today',
  now: () => '$now',
  timeZone: () => '$zone',
  actorId: () => '$me',
  actorRoles: () => '$roles',
  fault: () => undefined,
}
const quotient = { '/': [{ var: 'amount' }, { var: 'seats' }] }
const ofQuotient = "(CASE WHEN seats = 0 AND amount IS NOT NULL THEN 'divided_by_zero' END)"

const cases: readonly { rule: unknown; sql: string | undefined }[] = [
  { rule: quotient, sql: ofQuotient },
  { rule: { round: [quotient, 2] }, sql: ofQuotient },
  { rule: { max: [quotient, 1] }, sql: ofQuotient },
  { rule: { coalesce: [quotient, 0] }, sql: undefined },
  { rule: { '+': [{ coalesce: [quotient, 0] }, 1] }, sql: undefined },
]

describe('faultToSql', () => {
  for (const { rule, sql } of cases) {
    it(`tells why ${JSON.stringify(rule)} has no value: ${sql ?? 'it always has'}`, () => {
      expect(faultToSql(checkRule(rule, scope, 'number').typed!, target)).to.equal(sql)
    })
  }
})
