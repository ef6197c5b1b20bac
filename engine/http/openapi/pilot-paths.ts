import { CHANGESET, edit, json, object, text } from './meta-parts.ts'
import { listOf, type Paths, ref } from './operation.ts'
import { instant, uuid } from './shared-schemas.ts'

const PERSON = {
  type: 'object',
  required: ['id', 'label'],
  properties: { id: uuid, label: { type: ['string', 'null'] } },
}

const PILOT = json('Who tries the draft, or why nobody can.', {
  type: 'object',
  required: ['pilot', 'ended', 'problems'],
  properties: {
    pilot: {
      type: ['object', 'null'],
      description: 'Null: nobody tries it.',
      required: ['begun_at', 'begun_by', 'people', 'roles', 'count', 'current'],
      properties: {
        begun_at: instant,
        begun_by: { ...PERSON, type: ['object', 'null'] },
        people: listOf(PERSON),
        roles: listOf(object),
        count: { type: 'integer', description: 'How many users that are, roles included.' },
        current: { type: 'boolean', description: 'Whether they have the draft as it is now.' },
      },
    },
    ended: {
      type: ['object', 'null'],
      description: 'How the last pilot ended, where none runs.',
      properties: {
        why: { enum: ['withdrawn', 'published', 'clash'] },
        at: instant,
        problems: { ...listOf(ref('ProblemItem')), description: 'Where it clashed with what was published.' },
      },
    },
    problems: { ...listOf(ref('ProblemItem')), description: 'What of the draft cannot be tried, and why.' },
  },
})

/** Drafts that some people try. */
export const PILOT_PATHS: Paths = {
  '/api/meta/changesets/{id}/pilot': {
    get: edit({
      id: 'get_pilot',
      summary: 'Who tries a draft',
      parameters: [CHANGESET],
      answers: { 200: PILOT },
    }),
    put: edit({
      id: 'put_pilot',
      summary: 'Let some people try a draft instead of what is in force',
      description:
        'With the hash of its plan they get the draft as it is now; without, only who tries it changes. It asks for what a publish asks for.',
      parameters: [CHANGESET],
      body: {
        type: 'object',
        additionalProperties: false,
        properties: {
          hash: { ...text, description: 'Of the plan that was looked at.' },
          people: { ...listOf(uuid), description: 'Ids of users.' },
          roles: { ...listOf(text), description: 'Names of roles: whoever has one.' },
        },
      },
      answers: { 200: PILOT },
      problems: [409, 422],
    }),
    delete: edit({
      id: 'withdraw_pilot',
      summary: 'Take a pilot back: its people have what is in force at once',
      parameters: [CHANGESET],
      answers: { 204: null },
    }),
  },
}
