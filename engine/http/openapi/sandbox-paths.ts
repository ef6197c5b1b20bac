import { MOST_SAMPLED } from '../../sandboxes/make-sandbox.ts'
import { changeset, object, path, text } from './meta-parts.ts'
import { dataOf, listOf, type OperationSpec, operation, type Paths } from './operation.ts'
import { instant, uuid } from './shared-schemas.ts'

const integer = { type: 'integer' } as const
const NAME = path('name', 'The name of the sandbox.')

const properties = {
  name: text,
  label: { ...text, description: 'What people call it; its name where nobody has said otherwise.' },
  made_at: instant,
  base_version: {
    ...integer,
    description: 'The live version that it began with, or was last refreshed onto.',
  },
  live_version: { ...integer, description: 'The live version in force.' },
  version: { ...integer, description: 'Its own version in force.' },
} as const
const sandbox = { type: 'object', required: Object.keys(properties), properties } as const
const bodyOf = (of: Readonly<Record<string, object>>, required: readonly string[] = []) => ({
  type: 'object',
  required,
  additionalProperties: false,
  properties: of,
})
const change = {
  type: 'object',
  required: ['kind', 'name', 'label', 'fate', 'conflicts'],
  properties: {
    kind: text,
    name: text,
    label: { description: 'A text, or one a language.' },
    fate: { enum: ['new', 'changed', 'removed'] },
    conflicts: { ...listOf(object), description: 'Places that the live workspace has changed as well.' },
  },
} as const

const call = (spec: Omit<OperationSpec, 'tag'>) =>
  operation({ tag: 'sandboxes', ...spec, problems: [403, ...(spec.problems ?? [])] })

const drafts = {
  ...listOf({
    type: 'object',
    required: ['id', 'label', 'definitions'],
    properties: { id: uuid, label: text, definitions: listOf(text) },
  }),
  description: 'Drafts in it that are not in force there, with what each changes as kind/name.',
} as const

/** Sandboxes, for those who may publish. */
export const SANDBOX_PATHS: Paths = {
  '/api/sandboxes': {
    get: call({
      id: 'list_sandboxes',
      summary: 'The sandboxes of this workspace',
      answers: { 200: { description: 'By what they are called.', schema: dataOf(listOf(sandbox)) } },
    }),
    post: call({
      id: 'make_sandbox',
      summary:
        'Make a sandbox: all definitions, those who may publish, and records in which people are made up',
      body: bodyOf(
        {
          name: { type: 'string', pattern: '^[a-z][a-z0-9_-]{0,39}$', description: 'Part of its address.' },
          label: { type: 'string', maxLength: 200, description: 'What people call it, in any language.' },
          records: {
            ...integer,
            minimum: 0,
            maximum: MOST_SAMPLED,
            description: 'The latest of each entity, with what they lead to; 0: none. 50 when absent.',
          },
        },
        ['name'],
      ),
      answers: {
        201: {
          description: 'It is there.',
          schema: dataOf({ ...sandbox, properties: { ...properties, records: integer } }),
          headers: ['Location'],
        },
      },
      problems: [409],
    }),
  },
  '/api/sandboxes/{name}': {
    get: call({
      id: 'get_sandbox',
      summary: 'A sandbox, and what it has otherwise than this workspace',
      parameters: [NAME],
      answers: {
        200: {
          description: 'One change a definition.',
          schema: dataOf({ ...sandbox, properties: { ...properties, changes: listOf(change), drafts } }),
        },
      },
    }),
    delete: call({
      id: 'remove_sandbox',
      summary: 'Throw a sandbox away, with all that is in it',
      parameters: [NAME],
      answers: { 204: null },
      problems: [409],
    }),
  },
  '/api/sandboxes/{name}/promote': {
    post: call({
      id: 'promote_sandbox',
      summary: 'What a sandbox has otherwise as a changeset of this workspace',
      parameters: [NAME],
      body: bodyOf({
        label: text,
        changeset: { ...uuid, description: 'Of the sandbox: only what that has changed.' },
        changesets: {
          ...listOf(uuid),
          description: 'Of the sandbox: what these have changed, as one, and `definitions` besides.',
        },
        definitions: { ...listOf(text), description: 'Only these, as kind/name.' },
      }),
      answers: { 201: changeset },
      problems: [409],
    }),
  },
  '/api/sandboxes/{name}/refresh': {
    post: call({
      id: 'refresh_sandbox',
      summary: 'Bring what was published here since into a sandbox; what was made in it stays',
      parameters: [NAME],
      body: bodyOf({}),
      answers: {
        200: {
          description:
            'Its version; or the draft in it that has to be looked at, with what stands in its way.',
          schema: dataOf({
            type: 'object',
            required: ['version', 'changeset', 'problems'],
            properties: {
              version: integer,
              changeset: { type: ['string', 'null'] },
              problems: listOf(object),
            },
          }),
        },
      },
      problems: [409],
    }),
  },
}

/** Out of a sandbox is the way for everybody who is in one; into it for those who may publish. */
export const SANDBOX_LEAVE_PATHS: Paths = {
  '/api/auth/sandbox': {
    post: call({
      id: 'enter_sandbox',
      summary: 'Sign in to a sandbox as oneself',
      body: bodyOf({ name: text }, ['name']),
      answers: {
        201: {
          description: 'A token there; in a browser also a cookie, which stands above that of the session.',
          schema: dataOf({
            type: 'object',
            required: ['token', 'workspace'],
            properties: { token: text, workspace: text },
          }),
          headers: ['Set-Cookie'],
        },
      },
    }),
    delete: operation({
      id: 'leave_sandbox',
      tag: 'sandboxes',
      summary: 'Leave the sandbox that the browser has entered',
      open: true,
      answers: { 204: null },
    }),
  },
}
