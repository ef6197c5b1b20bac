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
})
