import { defineFieldType } from '../registry/field-type.ts'
import { sealedJson } from '../registry/vault.ts'
import { checkRange, configKey, numberOf } from './parts/config.ts'
import { blindIndex, ENDING_LENGTH, endingRange } from './parts/sealed-text.ts'
import { TEXT_COLUMN } from './parts/text.ts'

const DEFAULT_MAX = 255
const FEWEST = 1

/**
 * A text that only the engine can read: AES-256-GCM in the column `_box`, and a keyed digest of the whole and of the
 * last four characters in the main column, for equality, uniqueness and finding by the ending.
 */
export const encryptedField = defineFieldType({
  name: 'encrypted',
  label: { en: 'Encrypted text', 'zh-CN': '加密文本' },
  description: {
    en: 'One line of text that is unreadable in the database: account and identity numbers.',
    'zh-CN': '在数据库中加密存放的单行文本，适用于银行账号、证件号码等。',
  },
  configSchema: {
    properties: {
      max: configKey(
        { type: 'integer', minimum: 1, maximum: 2000, default: DEFAULT_MAX },
        { en: 'Most characters', 'zh-CN': '最多字符数' },
        { en: 'How many characters a value may have.', 'zh-CN': '内容最多可有多少个字符。' },
      ),
      min: configKey(
        { type: 'integer', minimum: FEWEST, maximum: 2000, default: FEWEST },
        { en: 'Fewest characters', 'zh-CN': '最少字符数' },
        { en: 'How many characters a value must have.', 'zh-CN': '内容至少应有多少个字符。' },
      ),
    },
  },
  checkConfig: (field) => checkRange(field, 'min', 'max', DEFAULT_MAX),
  columns: () => [TEXT_COLUMN, { suffix: '_box', sqlType: 'bytea' }],
  valueSchema: (field) => ({
    type: 'string',
    format: 'text',
    minLength: numberOf(field, 'min', FEWEST),
    maxLength: numberOf(field, 'max', DEFAULT_MAX),
  }),
  sealing: {
    seal: (value, place, vault) => [
      blindIndex(String(value), place.field, vault),
      `\\x${vault.seal(String(value), place).toString('hex')}`,
    ],
    reveal: (box, place, vault) => vault.open(Buffer.from(box, 'hex'), place),
    indexOf: blindIndex,
    endingOf: endingRange,
  },
  json: (columns, field, record = 'NULL') => sealedJson(columns[1]!, field.id ?? '', record),
  operators: ['==', '!=', 'ends_with', 'in', 'empty', 'not_empty'],
  sortable: false,
  groupable: false,
  measures: [],
  canBeUnique: true,
  canBeIndexed: true,
  form: (field) => ({
    schema: {
      type: 'string',
      minLength: numberOf(field, 'min', FEWEST),
      maxLength: numberOf(field, 'max', DEFAULT_MAX),
    },
    uiSchema: {
      'ui:widget': 'text',
      'ui:options': { max: numberOf(field, 'max', DEFAULT_MAX), ending: ENDING_LENGTH },
    },
  }),
  csv: { parse: (cell) => cell, format: (value) => String(value) },
  examples: [
    {
      config: {},
      valid: [
        '6222 0212 3456 7890 123',
        '11010519491231002X',
        ' kept as sent ',
        '护照 E12345678',
        '👩‍👩‍👧‍👦',
        '"\\u0062ox:',
        'x'.repeat(255),
        '1',
      ],
      invalid: [
        { value: '', code: 'FIELD_TEXT_TOO_SHORT' },
        { value: 'x'.repeat(256), code: 'FIELD_TEXT_TOO_LONG' },
        { value: 'a\0b', code: 'FIELD_TEXT_INVALID' },
        { value: '\ud83d', code: 'FIELD_TEXT_INVALID' },
        { value: 6222021234567890, code: 'FIELD_TYPE_WRONG' },
        { value: ['6222'], code: 'FIELD_TYPE_WRONG' },
      ],
      badConfigs: [{ max: 0 }, { max: 2001 }, { min: 0 }, { min: 5, max: 4 }, { min: 300 }],
    },
    {
      config: { min: 2, max: 18, unique: true },
      valid: ['110105194912310', '11010519491231002X'],
      invalid: [
        { value: 'X', code: 'FIELD_TEXT_TOO_SHORT' },
        { value: '11010519491231002XX', code: 'FIELD_TEXT_TOO_LONG' },
      ],
    },
  ],
})
