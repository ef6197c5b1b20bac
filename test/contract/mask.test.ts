import { expect } from 'chai'
import { type Mask, maskSql, maskText } from '../../engine/access/mask.ts'
import type { Database } from '../../engine/db/database.ts'
import type { CompiledField } from '../../engine/model/compiled.ts'
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts'

const CASES: readonly (readonly [Mask, string, string])[] = [
  ['phone', '+86 138 1234 5678', '+** *** **** 5678'],
  ['phone', '13812345678', '*******5678'],
  ['phone', '(0512) 6688-1234', '(****) ****-1234'],
  ['phone', '12345', '***'],
  ['email', 'li.wei@example.com', 'l***@example.com'],
  ['email', '王@example.com', '***'],
  ['email', '王芳@example.com', '王***@example.com'],
  ['email', 'nothing', '***'],
  ['id_number', '11010519491231002X', '**************002X'],
  ['id_number', 'E1234567', '***'],
  ['numbers', 'Ring +86 138 1234 5678 or 139 1122 3344!', 'Ring *** or ***!'],
  ['numbers', '座机 0512-66881234，(0512) 66881234', '座机 ***，***'],
  [
    'numbers',
    '2026-11-22, ¥1,200,000.00, order 20261122001, 98 %',
    '2026-11-22, ¥1,200,000.00, order 20261122001, 98 %',
  ],
  ['numbers', '138123456789 is no number', '138123456789 is no number'],
  ['numbers', '', ''],
  ['all', 'anything', '***'],
]

describe('masks', () => {
  let database: TestDatabase
  let db: Database
  before(async () => {
    database = await createTestDatabase()
    db = database.open()
  })
  after(() => database.drop())

  for (const [mask, value, expected] of CASES) {
    it(`show of “${value}” as ${mask} “${expected}”, in the database as in the engine`, async () => {
      const field = { type: { name: 'text' }, definition: { name: 'x', type: 'text', mask } } as CompiledField
      const { rows } = await db.query<{ masked: string }>({
        text: `SELECT ${maskSql(field, 'v.x')} AS masked FROM (SELECT $1::text AS x) v`,
        values: [value],
      })
      expect([rows[0]?.masked, maskText(mask, value)]).to.deep.equal([expected, expected])
    })
  }
})
