import { CHANGESET, edit, json, object, text } from './meta-parts.ts'
import { listOf, type Paths } from './operation.ts'
import { uuid } from './shared-schemas.ts'

const word = { type: 'string', maxLength: 2000 }
const AGREEMENT = json('Who must agree, who has, and which change requests the draft answers.', {
  type: 'object',
  required: ['rule', 'requests'],
  properties: {
    rule: {
      type: ['object', 'null'],
      description: 'Null: nobody need agree.',
      properties: { needs: { type: 'integer' } },
    },
    hash: { type: ['string', 'null'], description: 'Of the plan as it is now; null: it cannot be planned.' },
    asked: {
      type: ['object', 'null'],
      description: 'When people were asked last, with what the draft would have done then.',
    },
    people: listOf({ ...object, description: 'Who is named, and what they say of the plan as it is now.' }),
    earlier: listOf({ ...object, description: 'What was said before, of plans that have moved as well.' }),
    have: { type: 'integer', description: 'How many agree, where whoever asks would publish it.' },
    requests: listOf(object),
  },
})

/** Who agrees to a draft. */
export const AGREEMENT_PATHS: Paths = {
  '/api/meta/changesets/{id}/agreement': {
    get: edit({
      id: 'get_agreement',
      summary: 'Who must agree to a draft, and who has',
      parameters: [CHANGESET],
      answers: { 200: AGREEMENT },
    }),
    post: edit({
      id: 'decide_agreement',
      summary: 'Agree to exactly this plan, or decline with a word',
      parameters: [CHANGESET],
      body: {
        type: 'object',
        required: ['hash', 'decision'],
        additionalProperties: false,
        properties: { hash: text, decision: { enum: ['agreed', 'declined'] }, text: word },
      },
      answers: { 200: AGREEMENT },
      problems: [409, 422],
    }),
  },
  '/api/meta/changesets/{id}/agreement/ask': {
    post: edit({
      id: 'ask_agreement',
      summary: 'Ask those who must agree; they are told',
      parameters: [CHANGESET],
      body: {
        type: 'object',
        required: ['hash'],
        additionalProperties: false,
        properties: { hash: text, text: word },
      },
      answers: { 200: AGREEMENT },
      problems: [409, 422],
    }),
  },
  '/api/meta/changesets/{id}/requests': {
    put: edit({
      id: 'link_requests',
      summary: 'Which change requests the draft answers: they are closed when it is published',
      parameters: [CHANGESET],
      body: {
        type: 'object',
        required: ['requests'],
        additionalProperties: false,
        properties: { requests: listOf(uuid) },
      },
      answers: { 200: AGREEMENT },
      problems: [409, 422],
    }),
  },
}
