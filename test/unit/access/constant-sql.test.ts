import { expect } from 'chai'
import { constantSql } from '../../../engine/access/constant-sql.ts'
import { createParameters } from '../../../engine/records/parameters.ts'

describe('constantSql', () => {
  const cases: readonly (readonly [unknown, string, string, readonly unknown[]])[] = [
    ['a', 'text', "E'a'::text", []],
    ["o'brien", 'text', "E'o''brien'::text", []],
    ["\\'; DROP TABLE x; --", 'text', "E'\\\\''; DROP TABLE x; --'::text", []],
    ['重点', 'text', "E'重点'::text", []],
    ['$1', 'text', "E'$1'::text", []],
    [3.5, 'numeric', "'3.5'::numeric", []],
    [true, 'boolean', "'true'::boolean", []],
    ['a\u0000b', 'text', '$1::text', ['a\u0000b']],
    ['\ud800', 'text', '$1::text', ['\ud800']],
    ['x'.repeat(201), 'text', '$1::text', ['x'.repeat(201)]],
    [['a', 'b'], 'text[]', '$1::text[]', [['a', 'b']]],
    [null, 'text', '$1::text', [null]],
    [Number.NaN, 'numeric', '$1::numeric', [Number.NaN]],
  ]
  for (const [value, sqlType, sql, values] of cases) {
    it(`writes ${JSON.stringify(value)} as ${sql}`, () => {
      const parameters = createParameters()
      expect(constantSql(parameters, value, sqlType)).to.equal(sql)
      expect(parameters.values).to.deep.equal(values)
    })
  }
})
