import { approvalsOf } from '../../model/approval-index.ts'
import type { CompiledEntity } from '../../model/compiled.ts'
import { APPROVAL_ACTS, type ApprovalAct } from '../../process/approvals/acts.ts'
import { INBOX_STATES } from '../../process/approvals/inbox.ts'
import type { ModelView } from '../model/model-view.ts'
import { dataOf, listOf, operation, type Paths } from './operation.ts'
import { AFTER, DRY_RUN, ID, IDEMPOTENCY_KEY, IF_MATCH, LIMIT } from './record-parameters.ts'
import { uuid } from './shared-schemas.ts'

const text = { type: 'string' } as const
const maybe = { type: ['string', 'null'] } as const
const object = { type: 'object' } as const

const BODY = {
  approval: { ...text, description: 'Which approval, where several may be meant.' },
  turn: { ...uuid, description: 'The turn that was shown: a second click decides nothing else.' },
  comment: { ...text, maxLength: 2000 },
  files: { type: 'array', maxItems: 20, items: uuid, description: 'Files of the record.' },
  to: { ...text, description: 'The level, by name; the submitter when absent.' },
  // biome-ignore lint/suspicious/noThenProperty: the key's name is the word of the language
  then: {
    enum: ['restart', 'resume'],
    description: 'All levels again, or straight the one that sent it back.',
  },
  person: { ...uuid, description: 'To whom it goes, or who is added.' },
  place: { enum: ['before', 'after'] },
} as const

const SUMMARIES: { readonly [A in ApprovalAct]: string } = {
  submit: 'Submit for approval, or ask who would decide',
  approve: 'Approve',
  reject: 'Reject',
  return: 'Send back to the submitter or to a level',
  withdraw: 'Withdraw what one has submitted',
  transfer: 'Hand one’s turn to somebody else',
  add_signer: 'Let somebody decide before or after oneself',
}

const WORD = ['approval', 'turn', 'comment', 'files'] as const
const KEYS: { readonly [A in ApprovalAct]: readonly (keyof typeof BODY)[] } = {
  submit: ['approval', 'comment', 'files'],
  approve: WORD,
  reject: WORD,
  return: [...WORD, 'to', 'then'],
  withdraw: ['approval', 'comment', 'files'],
  transfer: [...WORD, 'person'],
  add_signer: [...WORD, 'person', 'place'],
}
const NEEDED: { readonly [A in ApprovalAct]?: readonly string[] } = {
  transfer: ['person'],
  add_signer: ['person', 'place'],
}

const run = {
  type: 'object',
  required: ['run', 'approval', 'state'],
  properties: { run: text, approval: text, state: text },
} as const
const forecast = {
  type: 'object',
  required: ['approval', 'label', 'needed', 'levels'],
  properties: { approval: text, label: text, needed: { type: 'boolean' }, levels: listOf(object) },
} as const

const submittable = {
  type: 'object',
  required: ['approval', 'label', 'needed', 'goes_on', 'when'],
  properties: {
    ...{ approval: text, label: text },
    needed: { type: 'boolean', description: 'Whether anybody would be asked, as the record stands.' },
    goes_on: { type: 'boolean', description: 'Whether something follows even where it is not needed.' },
    when: { ...maybe, description: 'When somebody is asked, in words; null where that is not told.' },
  },
} as const

/** What is done to the approvals of an entity's records. */
export function approvalPaths(
  { model }: ModelView,
  entity: CompiledEntity,
  label: string,
  base: string,
  maySubmit: boolean,
): Paths {
  if (approvalsOf(model, entity) === undefined) return {}
  const trail = {
    type: 'object',
    required: ['data', 'submit'],
    properties: { data: listOf(object), submit: listOf(submittable) },
  }
  const acts = APPROVAL_ACTS.filter((act) => act !== 'submit' || maySubmit).map((act) => [
    `${base}/{id}/actions/${act}`,
    {
      post: operation({
        id: `approval_${act}_${entity.name}`,
        tag: entity.name,
        summary: `${SUMMARIES[act]}: ${label}`,
        parameters: [ID, ...(act === 'submit' ? [DRY_RUN] : []), IF_MATCH, IDEMPOTENCY_KEY],
        body: {
          type: 'object',
          additionalProperties: false,
          required: NEEDED[act] ?? [],
          properties: Object.fromEntries(KEYS[act].map((key) => [key, BODY[key]])),
        },
        answers: {
          200: {
            description:
              act === 'submit' ? 'How it stands; of a dry run who would decide.' : 'How it stands.',
            schema: dataOf(act === 'submit' ? { anyOf: [run, forecast] } : run),
          },
        },
        problems: [403, 409, 412],
      }),
    },
  ])
  return {
    [`${base}/{id}/approvals`]: {
      get: operation({
        id: `approvals_of_${entity.name}`,
        tag: entity.name,
        summary: `Approvals with their trails: ${label}`,
        parameters: [ID],
        answers: {
          200: { description: 'The newest first, and for what it may be submitted.', schema: trail },
        },
      }),
    },
    ...Object.fromEntries(acts),
  }
}

const person = {
  type: ['object', 'null'],
  required: ['id', 'label'],
  properties: { id: text, label: maybe },
} as const

const item = {
  type: 'object',
  required: ['id', 'turn', 'run', 'state', 'approval', 'label', 'entity', 'record'],
  properties: {
    ...{
      id: text,
      turn: maybe,
      instead_of: person,
      act: maybe,
      comment: maybe,
      at: text,
      run: text,
      state: text,
    },
    ...{ approval: text, label: text, level: maybe, submitter: person, submitted_at: text, due_at: maybe },
    ...{ entity: maybe, record: object },
  },
} as const

const delegation = {
  type: 'object',
  required: ['id', 'person', 'delegate', 'from', 'until'],
  properties: { id: text, person, delegate: person, from: text, until: text, remark: maybe },
} as const

const made = dataOf({ type: 'object', required: ['id'], properties: { id: text } })

/** What waits for the actor, and who decides while they are away. */
export const APPROVAL_PATHS: Paths = {
  '/api/approvals': {
    get: operation({
      id: 'list_approvals',
      tag: 'approvals',
      summary: 'What waits for one’s decision, what one has decided, what one has submitted',
      parameters: [
        {
          ...{ name: 'state', in: 'query', description: 'Which of these; waiting when absent.' },
          schema: { enum: [...INBOX_STATES], default: 'waiting' },
        },
        LIMIT,
        AFTER,
      ],
      answers: {
        200: {
          description: 'A page, and how many wait.',
          schema: {
            type: 'object',
            required: ['data', 'page', 'count'],
            properties: {
              data: listOf(item),
              page: { type: 'object', required: ['next'], properties: { next: maybe } },
              count: { type: 'integer' },
            },
          },
        },
      },
    }),
  },
  '/api/approvals/decide': {
    post: operation({
      id: 'decide_approvals',
      tag: 'approvals',
      summary: 'Decide several turns at once, each by itself',
      body: {
        type: 'object',
        additionalProperties: false,
        required: ['act', 'turns'],
        properties: {
          act: { enum: ['approve', 'reject'] },
          turns: { type: 'array', maxItems: 100, items: text },
          comment: { ...text, maxLength: 2000 },
        },
      },
      answers: {
        200: {
          description: 'What came of each.',
          schema: dataOf(
            listOf({
              type: 'object',
              required: ['turn', 'ok'],
              properties: { turn: text, ok: { type: 'boolean' }, state: text, problem: object },
            }),
          ),
        },
      },
    }),
  },
  '/api/approvals/delegations': {
    get: operation({
      id: 'list_delegations',
      tag: 'approvals',
      summary: 'Absences that are not over: one’s own, and those for which one stands in',
      answers: {
        200: {
          description: 'The earliest first; of everybody for who manages users.',
          schema: { type: 'object', required: ['data'], properties: { data: listOf(delegation) } },
        },
      },
    }),
    post: operation({
      id: 'add_delegation',
      tag: 'approvals',
      summary: 'Let somebody take one’s turns for a time',
      body: {
        type: 'object',
        additionalProperties: false,
        required: ['delegate', 'until'],
        properties: {
          person: { ...uuid, description: 'Whose turns; one’s own when absent.' },
          delegate: uuid,
          from: { ...text, format: 'date-time', description: 'From now on when absent.' },
          until: { ...text, format: 'date-time' },
          remark: { ...text, maxLength: 200 },
        },
      },
      answers: { 201: { description: 'It holds from then on.', schema: made } },
      problems: [403],
    }),
  },
  '/api/approvals/delegations/{id}': {
    delete: operation({
      id: 'remove_delegation',
      tag: 'approvals',
      summary: 'End an absence',
      parameters: [ID],
      answers: { 200: { description: 'It is over.', schema: made } },
    }),
  },
}
