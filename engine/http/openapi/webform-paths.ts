import { FURTHER_LANGUAGES, SPOKEN } from '../../model/languages.ts'
import { dataOf, listOf, type OperationSpec, operation, type ParameterSpec, type Paths } from './operation.ts'

const text = { type: 'string' } as const
const maybe = { type: ['string', 'null'] } as const
const count = { type: 'integer' } as const
const object = { type: 'object' } as const

const FORM: ParameterSpec = {
  ...{ name: 'form', in: 'path', description: 'The name of a web form.', schema: text },
}

function call(spec: Omit<OperationSpec, 'tag'>) {
  return operation({ tag: 'web forms', ...spec })
}

const pageProperties = {
  name: text,
  title: text,
  language: { ...text, description: 'In what it is, as far as anything says it.' },
  intro: text,
  fields: listOf({
    type: 'object',
    required: ['name', 'label', 'control', 'required'],
    properties: {
      name: text,
      label: text,
      help: text,
      control: {
        enum: [
          ...['text', 'long_text', 'email', 'phone', 'url', 'number'],
          ...['date', 'date_time', 'yes', 'one', 'many'],
        ],
      },
      required: { type: 'boolean' },
      max: count,
      options: listOf({
        type: 'object',
        required: ['name', 'label'],
        properties: { name: text, label: text, under: text },
      }),
      dependsOn: text,
    },
  }),
  rules: { ...object, description: 'When fields are shown and required, as checked JSON Logic.' },
  consent: {
    type: 'object',
    required: ['text', 'required'],
    properties: { text, address: text, required: { type: 'boolean' } },
  },
  submit: text,
  parameters: { ...listOf(text), description: 'Parameters of the page’s address that are sent along.' },
  today: text,
  time_zone: text,
  validator: { ...text, description: 'Address of a module that checks the answers.' },
  closed: { ...maybe, description: 'Why nothing is taken now; null while the form is open.' },
  ticket: { ...maybe, description: 'Goes with the answers; one submission each.' },
} as const
const OPTIONAL = new Set(['intro', 'consent', 'submit'])

/** Web forms as strangers meet them: no session is needed, and none is looked at. */
export const OPEN_WEBFORM_PATHS: Paths = {
  '/api/webforms/{form}': {
    get: call({
      ...{ id: 'get_webform', summary: 'A web form, for its page', open: true },
      parameters: [
        FORM,
        {
          name: 'language',
          in: 'query',
          description: 'Instead of Accept-Language.',
          schema: { enum: [...SPOKEN, ...FURTHER_LANGUAGES] },
        },
      ],
      answers: {
        200: {
          description: 'What it asks, with a ticket for one submission.',
          schema: dataOf({
            type: 'object',
            required: Object.keys(pageProperties).filter((name) => !OPTIONAL.has(name)),
            properties: pageProperties,
          }),
        },
      },
    }),
  },
  '/api/webforms/{form}/validator.js': {
    get: call({
      ...{
        id: 'get_webform_validator',
        summary: 'The module that checks a web form in its page',
        open: true,
      },
      parameters: [
        FORM,
        {
          name: 'v',
          in: 'query',
          description: 'What it checks: with it the answer may be kept for ever.',
          schema: text,
        },
      ],
      answers: { 200: { description: 'An ES module.', content: { 'text/javascript': text } } },
    }),
  },
  '/api/webforms/{form}/submissions': {
    post: call({
      ...{ id: 'submit_webform', summary: 'Sends answers; the same page sent twice counts once', open: true },
      parameters: [FORM],
      body: {
        type: 'object',
        required: ['ticket'],
        additionalProperties: false,
        properties: {
          ticket: text,
          answers: { ...object, description: 'By field.' },
          consent: { type: 'boolean' },
          parameters: { ...object, description: 'Parameters of the page’s address.' },
          trap: { ...text, description: 'Stays empty: a field that no person sees.' },
        },
      },
      answers: {
        201: {
          description: 'Taken; the answer is the same whoever sends it.',
          schema: dataOf({
            type: 'object',
            required: ['text', 'address'],
            properties: { text, address: { ...maybe, description: 'The page to open instead.' } },
          }),
        },
      },
      problems: [403, 409, 429],
    }),
  },
}

/** How web forms fare, for those who edit them. */
export const WEBFORM_PATHS: Paths = {
  '/api/webforms': {
    get: call({
      ...{ id: 'list_webforms', summary: 'The web forms with what came in by each' },
      answers: {
        200: {
          description: 'All of them.',
          schema: dataOf(
            listOf({
              type: 'object',
              required: ['name', 'label', 'entity', 'path', 'open', 'sites', 'counts'],
              properties: {
                name: text,
                label: text,
                entity: text,
                path: { ...text, description: 'Below the address of this engine.' },
                open: { type: 'boolean' },
                sites: listOf(text),
                counts: {
                  type: 'object',
                  required: ['created', 'updated', 'trapped', 'failed', 'week', 'lastAt'],
                  properties: {
                    ...{ created: count, updated: count, trapped: count, failed: count, week: count },
                    lastAt: maybe,
                  },
                },
              },
            }),
          ),
        },
      },
      problems: [403],
    }),
  },
}

/** What came in about one record. */
export const SUBMISSION_PATHS: Paths = {
  '/api/submissions/{entity}/{id}': {
    get: call({
      ...{ id: 'list_submissions', summary: 'By which web forms a record came in, and what was agreed to' },
      parameters: [
        { name: 'entity', in: 'path', description: 'The entity’s name.', schema: text },
        {
          name: 'id',
          in: 'path',
          description: 'The record’s id.',
          schema: { type: 'string', format: 'uuid' },
        },
      ],
      answers: {
        200: {
          description: 'The newest first.',
          schema: dataOf(
            listOf({
              type: 'object',
              required: ['id', 'webform', 'at', 'outcome', 'consent', 'parameters'],
              properties: {
                id: text,
                webform: {
                  type: 'object',
                  required: ['name', 'label'],
                  properties: { name: text, label: text },
                },
                at: text,
                outcome: { enum: ['created', 'updated'] },
                consent: {
                  type: ['object', 'null'],
                  properties: { version: text, language: text, words: text, address: text },
                },
                parameters: { ...object, additionalProperties: text },
              },
            }),
          ),
        },
      },
    }),
  },
}
