import { OCCASIONS } from '../../model/silent/note.ts'
import { DIFFERENCES } from '../../process/silent/found.ts'
import { CHANGESET, edit, json, query, text } from './meta-parts.ts'
import { listOf, type Paths, ref } from './operation.ts'
import { instant, uuid } from './shared-schemas.ts'

const count = { type: 'integer', minimum: 0 }
const orNull = { type: ['string', 'null'] }

const PERSON = {
  type: ['object', 'null'],
  required: ['id', 'label'],
  properties: { id: uuid, label: orNull },
}

const SIDE = {
  type: ['object', 'null'],
  description: 'What this side says of what has come, or would do about it.',
  required: ['does'],
  properties: {
    does: { enum: ['accepts', 'refuses', 'runs', 'gives', 'nothing'] },
    message: { ...text, description: 'What whoever writes is told, of one that refuses.' },
    to: { ...PERSON, description: 'Who gets the record; null: nobody yet.' },
    rule: { ...orNull, description: 'The rule of the table that decided.' },
    steps: listOf({
      type: 'object',
      required: ['text', 'fault'],
      properties: { text, fault: { ...orNull, description: 'Why the step would fail.' } },
    }),
    more: { ...count, description: 'Further steps, which are not told.' },
  },
}

const EXAMPLE = {
  type: 'object',
  required: ['differs', 'at', 'entity', 'record', 'is_new', 'by', 'now', 'draft', 'problem'],
  properties: {
    differs: { enum: [...DIFFERENCES] },
    at: instant,
    entity: orNull,
    record: {
      ...PERSON,
      description: 'Null: it was refused before it was there, is out of your sight, or it was about none.',
    },
    is_new: { type: 'boolean', description: 'Whether it was refused before it was there.' },
    by: { enum: ['write', ...OCCASIONS], description: 'What has come.' },
    now: SIDE,
    draft: SIDE,
    problem: {
      description: 'Why the two could not be compared.',
      anyOf: [ref('ProblemItem'), { type: 'null' }],
    },
  },
}

const WATCHED = {
  type: 'object',
  required: ['kind', 'name', 'label', 'looked_at', 'same', 'differing', 'examples'],
  properties: {
    kind: { enum: ['flow', 'validation', 'assignment'] },
    name: text,
    label: { description: 'As the definition has it: a text, or one a language.' },
    looked_at: {
      ...count,
      description: 'Writes, times, presses and events for which both sides were asked.',
    },
    same: count,
    differing: {
      type: 'object',
      required: [...DIFFERENCES],
      properties: Object.fromEntries(DIFFERENCES.map((one) => [one, count])),
    },
    examples: { ...listOf(EXAMPLE), description: 'The newest that differ, 200 at most.' },
  },
}

const SILENT = json('What a draft that runs silently has found.', {
  type: 'object',
  required: ['run', 'problems'],
  properties: {
    run: {
      type: ['object', 'null'],
      description: 'The last silent run; null: there was none.',
      required: [
        ...[
          'begun_at',
          'begun_by',
          'ended',
          'current',
          'looked_at',
          'waiting',
          'limit',
          'passed_over',
          'definitions',
        ],
      ],
      properties: {
        begun_at: instant,
        begun_by: PERSON,
        ended: {
          type: ['object', 'null'],
          description: 'How it ended; null: it runs.',
          properties: {
            why: { enum: ['withdrawn', 'published', 'clash'] },
            at: instant,
            problems: {
              ...listOf(ref('ProblemItem')),
              description: 'Where it clashed with what was published.',
            },
          },
        },
        current: { type: 'boolean', description: 'Whether it judges by the draft as it is now.' },
        looked_at: { ...count, description: 'Writes and others that have been judged.' },
        waiting: { ...count, description: 'Those that wait to be judged.' },
        limit: { ...count, description: 'After so many no more are looked at.' },
        passed_over: { ...count, description: 'Those that came too many at a time to be looked at.' },
        definitions: listOf(WATCHED),
      },
    },
    problems: {
      ...listOf(ref('ProblemItem')),
      description: 'What of the draft cannot be compared, and why.',
    },
  },
})

const FIGURES_ONLY = query('figures_only', 'Leaves the examples out.', {
  enum: ['0', '1', 'true', 'false'],
})

/** Drafts that judge what is written beside what is in force. */
export const SILENT_PATHS: Paths = {
  '/api/meta/changesets/{id}/silent': {
    get: edit({
      id: 'get_silent_run',
      summary: 'What a draft would do otherwise with what has come',
      parameters: [CHANGESET, FIGURES_ONLY],
      answers: { 200: SILENT },
    }),
    put: edit({
      id: 'begin_silent_run',
      summary: 'Let a draft judge silently what comes from now on',
      description:
        'Its flows, validations and assignments are asked beside those in force and never act. It asks for what a publish asks for; one that runs begins anew.',
      parameters: [CHANGESET],
      body: {
        type: 'object',
        additionalProperties: false,
        required: ['hash'],
        properties: { hash: { ...text, description: 'Of the plan that was looked at.' } },
      },
      answers: { 200: SILENT },
      problems: [409, 422],
    }),
    delete: edit({
      id: 'end_silent_run',
      summary: 'End a silent run; what it has found stays to be read',
      parameters: [CHANGESET],
      answers: { 204: null },
    }),
  },
}
