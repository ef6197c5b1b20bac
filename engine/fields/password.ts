import { hash } from '@node-rs/argon2'
import { defineFieldType } from '../registry/field-type.ts'
import { TEXT_COLUMN } from './parts/text.ts'

const FEWEST = 8
/** Long enough for any phrase; hashing a megabyte would be a way to keep the server busy. */
const MOST = 200

const passwordSchema = { type: 'string', minLength: FEWEST, maxLength: MOST, writeOnly: true }

/**
 * The engine's own: a password goes in, is kept as an argon2id hash (the library's defaults are OWASP's: 19 MiB,
 * two passes), and never comes out.
 */
export const passwordField = defineFieldType({
  name: 'password',
  label: { en: 'Password', 'zh-CN': '密码' },
  description: { en: 'A password, kept as a hash.', 'zh-CN': '密码，仅保存其散列值。' },
  configSchema: { properties: {} },
  columns: () => [TEXT_COLUMN],
  valueSchema: () => ({ ...passwordSchema, format: 'text' }),
  encode: async (value) => [await hash(String(value))],
  json: () => 'NULL::text',
  operators: [],
  sortable: false,
  groupable: false,
  measures: [],
  canBeUnique: false,
  canBeIndexed: false,
  writeOnly: true,
  form: () => ({ schema: passwordSchema, uiSchema: { 'ui:widget': 'password' } }),
  csv: { parse: (cell) => cell, format: () => '' },
  examples: [
    {
      config: {},
      valid: ['correct horse battery staple', '一二三四五六七八九十'],
      invalid: [
        { value: 'short', code: 'FIELD_TEXT_TOO_SHORT' },
        { value: 'x'.repeat(201), code: 'FIELD_TEXT_TOO_LONG' },
        { value: 'nul \0 inside', code: 'FIELD_TEXT_INVALID' },
        { value: 1234567890, code: 'FIELD_TYPE_WRONG' },
      ],
    },
  ],
})
