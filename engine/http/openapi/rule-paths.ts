import { dataOf, listOf, operation, type Paths, ref } from './operation.ts'
import { uuid } from './shared-schemas.ts'

const text = { type: 'string' } as const
const rule = { description: 'JSON Logic, or its text form as a string.' } as const
const tag = 'definitions'
const problems = listOf(ref('ProblemItem'))

const part = {
  type: 'object',
  required: ['path', 'value'],
  properties: {
    path: { ...text, description: 'JSON pointer into the rule.' },
    type: text,
    value: { description: 'JSON; an error value is {"error": reason}.' },
  },
} as const

const evaluate = operation({
  id: 'evaluate_rule',
  tag,
  summary: 'The value of a rule and of its parts',
  description:
    'With `data` (any JSON, null included) in the classic JSON Logic dialect; with `entity` and `id` in the ' +
    'typed dialect, over the record as the asking actor sees it; with `entity` and `values` (by the path of a ' +
    'field that the rule reads) over values that somebody types, to which no record points.',
  body: {
    type: 'object',
    required: ['rule'],
    properties: { rule, data: {}, entity: text, id: uuid, values: { type: 'object' } },
  },
  answers: {
    200: {
      description: 'The value, and each part with its place.',
      schema: dataOf({
        type: 'object',
        required: ['value', 'parts'],
        properties: { value: {}, parts: listOf(part) },
      }),
    },
  },
})

const check = operation({
  id: 'check_rule',
  tag,
  summary: 'What is wrong with a rule, or what it means',
  parameters: [
    {
      name: 'changeset',
      in: 'query',
      description:
        'A draft that counts as published as far as it holds together, for whoever edits definitions; what is in force when absent.',
      schema: uuid,
    },
  ],
  body: { type: 'object', required: ['rule', 'entity'], properties: { rule, entity: text } },
  answers: {
    200: {
      description: 'Every problem with its place; of a valid rule its type, text and sentence.',
      schema: dataOf({
        type: 'object',
        required: ['valid', 'problems'],
        properties: {
          valid: { type: 'boolean' },
          type: { ...text, description: 'What comes out: text, number, boolean, date …' },
          rule: { description: 'As JSON Logic.' },
          text,
          sentence: text,
          reads: {
            type: 'object',
            description: 'What of a record it looks at: fields by path, and records that point to it.',
            required: ['fields', 'lists'],
            properties: { fields: listOf(text), lists: listOf(text) },
          },
          problems,
          database: { ...problems, description: 'Why a filter or a list could not use it.' },
        },
      }),
    },
  },
  problems: [403, 404, 409],
})

const parse = operation({
  id: 'parse_rule',
  tag,
  summary: 'The text form of a rule as JSON Logic',
  body: { type: 'object', required: ['text'], properties: { text, entity: text } },
  answers: {
    200: {
      description: 'The rule.',
      schema: dataOf({ type: 'object', required: ['rule'], properties: { rule: {} } }),
    },
  },
})

const print = operation({
  id: 'print_rule',
  tag,
  summary: 'A rule as text and as a sentence',
  body: {
    type: 'object',
    required: ['rule', 'entity'],
    properties: { rule, entity: text, language: { enum: ['en', 'zh-CN'] } },
  },
  answers: {
    200: {
      description: 'The text form, and a sentence in the language.',
      schema: dataOf({
        type: 'object',
        required: ['text', 'sentence'],
        properties: { text, sentence: text },
      }),
    },
  },
})

const OPERATOR = {
  name: text,
  family: text,
  text: { ...text, description: 'How it is written in the text form.' },
  signature: text,
  label: text,
  description: text,
  nulls: { ...text, description: 'What becomes of null.' },
  database: { type: 'boolean', description: 'Whether a filter may use it.' },
  examples: listOf({ type: 'object' }),
}
const RULE_FIELD = {
  path: text,
  text: { ...text, description: 'How it is written in the text form.' },
  label: text,
  type: text,
}

const catalogue = operation({
  id: 'get_rule_catalogue',
  tag,
  summary: 'The operators of rules, and the names that rules over an entity may use',
  parameters: [
    { name: 'entity', in: 'query', description: 'The entity whose fields are told.', schema: text },
  ],
  answers: {
    200: {
      description: 'What an editor offers.',
      schema: dataOf({
        type: 'object',
        required: ['operators', 'fields'],
        properties: {
          operators: listOf({
            type: 'object',
            required: Object.keys(OPERATOR),
            properties: OPERATOR,
          }),
          fields: listOf({ type: 'object', required: Object.keys(RULE_FIELD), properties: RULE_FIELD }),
        },
      }),
    },
  },
})

/** The rule language: evaluation, checks, the text form. */
export const RULE_PATHS: Paths = {
  '/api/meta/rules/evaluate': { post: evaluate },
  '/api/meta/rules/check': { post: check },
  '/api/meta/rules/parse': { post: parse },
  '/api/meta/rules/print': { post: print },
  '/api/meta/rules/catalogue': { get: catalogue },
}
