import { expect } from 'chai'
import { type Mask, maskSql, maskText } from '../../engine/access/mask.ts'
import type { Database } from '../../engine/db/database.ts'
import type { CompiledField } from '../../engine/model/compiled.ts'
import { createTestDatabase, emptyTemplate, type TestDatabase } from '../support/postgres.ts'

const TEXTS = [
  '',
  '1',
  '13800138000',
  '+86 138 0013 8000',
  '010-65529988 转 801',
  '11010519491231002X',
  '123456789012',
  '12345678901',
  'li.na@example.com',
  'l@example.com',
  '@example.com',
  'a b@c@d.com',
  '张三丰@例子.中国',
  '👩‍👩‍👧‍👦 and some more text behind',
  'no address at all',
  'Call +86 138 0013 8000 or (010) 6552 9988, not on 2026-11-22; order 20261122001',
]
const MASKS: readonly Mask[] = ['phone', 'email', 'id_number', 'numbers', 'all']

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

describe('a mask', () => {
  let test: TestDatabase
  let database: Database
  before(async () => {
    test = await createTestDatabase(emptyTemplate)
    database = test.open()
  })
  after(() => test.drop())

  for (const mask of MASKS) {
    it(`looks the same in the database and in the engine: ${mask}`, async () => {
      const field = { definition: { mask }, type: { name: 'text' } } as unknown as CompiledField
      const { rows } = await database.query<{ text: string; masked: string }>({
        text: `SELECT t AS text, ${maskSql(field, 't')} AS masked FROM unnest($1::text[]) AS t`,
        values: [TEXTS],
      })
      expect(rows).to.deep.equal(TEXTS.map((text) => ({ text, masked: maskText(mask, text) })))
    })
  }

  for (const [mask, value, expected] of CASES) {
    it(`shows of “${value}” as ${mask} “${expected}”`, () => expect(maskText(mask, value)).to.equal(expected))
  }
})
