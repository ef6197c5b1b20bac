import { ADMINISTRATIVE_RIGHTS } from '../../access/access.ts'
import { type Answer, dataOf, listOf, operation, type ParameterSpec, type Paths, ref } from './operation.ts'
import { uuid } from './shared-schemas.ts'

const text = { type: 'string' } as const
const object = { type: 'object' } as const
const json = (description: string, schema: Answer['schema'] = object): Answer => ({ description, schema })

const scope = { enum: ['none', 'own', 'team', 'team_tree', 'all', 'some'] } as const

/** Sign-in and who is signed in. */
export const AUTH_PATHS: Paths = {
  '/api/auth/login': {
    post: operation({
      id: 'login',
      tag: 'sign-in',
      summary: 'Sign in with e-mail or phone number and password',
      open: true,
      body: {
        type: 'object',
        required: ['password'],
        oneOf: [{ required: ['email'] }, { required: ['phone'] }],
        additionalProperties: false,
        properties: {
          email: { ...text, description: 'The e-mail; a phone number is taken here as well.' },
          phone: text,
          password: { type: 'string', format: 'password' },
        },
      },
      answers: {
        200: {
          description: 'A session of 30 days, as a token and as a cookie.',
          schema: {
            type: 'object',
            required: ['token', 'user'],
            properties: { token: text, user: ref('SignedInUser') },
          },
          headers: ['Set-Cookie'],
        },
      },
      problems: [401, 403, 429],
    }),
  },
  '/api/auth/logout': {
    post: operation({
      id: 'logout',
      tag: 'sign-in',
      summary: 'End the session',
      open: true,
      answers: { 204: null },
      problems: [403],
    }),
  },
  '/api/auth/me': {
    get: operation({
      id: 'me',
      tag: 'sign-in',
      summary: 'Who is signed in',
      answers: {
        200: json(
          'The actor.',
          dataOf({
            type: 'object',
            required: [
              'user',
              'roles',
              'permissions',
              'administration',
              'definitions',
              'language',
              'workspace',
              'settings',
            ],
            properties: {
              user: ref('SignedInUser'),
              roles: listOf(text),
              permissions: {
                type: 'object',
                description: 'By entity: what the roles allow, and on which records.',
                additionalProperties: {
                  type: 'object',
                  required: ['create', 'read', 'update', 'delete', 'export'],
                  properties: {
                    create: { type: 'boolean' },
                    read: scope,
                    update: scope,
                    delete: scope,
                    export: scope,
                  },
                },
              },
              administration: listOf({ enum: ADMINISTRATIVE_RIGHTS }),
              definitions: { ...listOf(text), description: 'The kinds of definitions that may be edited.' },
              language: text,
              workspace: text,
              settings: ref('OwnSettings'),
              news: {
                type: 'array',
                maxItems: 3,
                description:
                  'What was announced with a publish of the last 30 days and not put away (`news_seen`), newest first; absent where there is nothing.',
                items: ref('News'),
              },
              sandbox_of: { ...text, description: 'The live workspace, where this one is a sandbox of it.' },
              workspace_label: {
                ...text,
                description: 'What people call the sandbox, where this one is one.',
              },
              pilot: {
                type: 'object',
                description: 'The draft that the user tries instead of what is in force.',
                required: ['changeset', 'label', 'since'],
                properties: { changeset: uuid, label: text, since: { type: 'string', format: 'date-time' } },
              },
              viewer: {
                type: 'object',
                description: 'Who really looks, where somebody sees as this user does.',
                required: ['id', 'name', 'until'],
                properties: { id: uuid, name: text, until: { type: 'string', format: 'date-time' } },
              },
            },
          }),
        ),
      },
    }),
  },
}

const tokenFields = {
  label: text,
  roles: listOf(text),
  expires_at: { type: 'string', format: 'date-time' },
} as const

/** API tokens, for those who may make them. */
export const TOKEN_PATHS: Paths = {
  '/api/tokens': {
    get: operation({
      id: 'list_tokens',
      tag: 'sign-in',
      summary: 'The actor’s living API tokens',
      answers: {
        200: json(
          'The newest first.',
          dataOf(listOf({ type: 'object', properties: { id: text, ...tokenFields } })),
        ),
      },
      problems: [403],
    }),
    post: operation({
      id: 'create_token',
      tag: 'sign-in',
      summary: 'Make an API token with roles of its own',
      body: {
        type: 'object',
        required: ['label', 'roles'],
        additionalProperties: false,
        properties: tokenFields,
      },
      answers: {
        201: json(
          'The token, shown this once.',
          dataOf({
            type: 'object',
            required: ['id', 'token'],
            properties: { id: text, token: text, ...tokenFields },
          }),
        ),
      },
      problems: [403],
    }),
  },
  '/api/tokens/{id}': {
    delete: operation({
      id: 'revoke_token',
      tag: 'sign-in',
      summary: 'Revoke an API token',
      parameters: [
        {
          name: 'id',
          in: 'path',
          description: 'As the list and the answer to its making give it.',
          schema: text,
        },
      ],
      answers: { 204: null },
      problems: [403],
    }),
  },
}

const ENTITY: ParameterSpec = { name: 'entity', in: 'path', description: 'The entity’s name.', schema: text }
const LAYOUT: ParameterSpec = {
  name: 'layout',
  in: 'query',
  description: 'A layout by name; else the one of the actor’s roles.',
  schema: text,
}

export const FORM_PATHS: Paths = {
  '/api/forms/{entity}': {
    get: operation({
      id: 'get_form',
      tag: 'forms',
      summary: 'The form in which the actor creates or edits a record',
      parameters: [
        ENTITY,
        LAYOUT,
        {
          name: 'record',
          in: 'query',
          description: 'The record to edit; absent for a new one.',
          schema: uuid,
        },
      ],
      answers: {
        200: json(
          'JSON Schema, uiSchema, rules and the address of the validator.',
          dataOf({
            type: 'object',
            required: ['entity', 'layout', 'schema', 'uiSchema', 'rules', 'validator', 'record'],
            properties: {
              entity: text,
              layout: { type: ['string', 'null'] },
              schema: object,
              uiSchema: object,
              rules: object,
              validator: text,
              record: { type: ['object', 'null'] },
              version: { type: 'integer' },
              alike: {
                type: 'object',
                description:
                  'What of a new record duplicate rules compare: absent where nothing that is asked.',
                required: ['match', 'fields'],
                properties: {
                  match: { ...listOf(listOf(text)), description: 'Fields that together can be compared.' },
                  fields: { ...listOf(text), description: 'All that the rules look at.' },
                },
              },
            },
          }),
        ),
      },
    }),
  },
  '/api/forms/{entity}/relatives': {
    get: operation({
      id: 'get_form_relatives',
      tag: 'forms',
      summary: 'What the form’s rules see through lookups once these records are chosen: `?account={id}`',
      parameters: [
        ENTITY,
        LAYOUT,
        { name: 'record', in: 'query', description: 'The record that is edited.', schema: uuid },
      ],
      answers: {
        200: json('Values by path, and the paths at which the actor sees nothing.', dataOf(object)),
      },
    }),
  },
  '/api/forms/{entity}/options': {
    get: operation({
      id: 'get_form_options',
      tag: 'forms',
      summary: 'Options of a field with a long list',
      parameters: [
        ENTITY,
        { name: 'field', in: 'query', description: 'The field’s name.', schema: text },
        { name: 'under', in: 'query', description: 'The option under which they stand.', schema: text },
        { name: 'q', in: 'query', description: 'A part of the label.', schema: text },
        { name: 'names', in: 'query', description: 'Options by name, with commas between.', schema: text },
      ],
      answers: { 200: json('At most 300 options in their order.', dataOf(listOf(object))) },
    }),
  },
  '/api/forms/{entity}/validator.js': {
    get: operation({
      id: 'get_form_validator',
      tag: 'forms',
      summary: 'The form’s validator as an ES module',
      parameters: [
        ENTITY,
        LAYOUT,
        {
          name: 'record',
          in: 'query',
          description: 'The record to edit; absent for a new one.',
          schema: uuid,
        },
        {
          name: 'v',
          in: 'query',
          description: 'What the form’s answer gave; lets the browser keep it.',
          schema: text,
        },
      ],
      answers: {
        200: { description: 'One export under the schema’s `$id`.', content: { 'text/javascript': text } },
      },
    }),
  },
}

export const MODEL_PATHS: Paths = {
  '/api/meta/model': {
    get: operation({
      id: 'get_model',
      tag: 'definitions',
      summary: 'The model in force as the actor may know it, in one language',
      answers: {
        200: { ...json('Apps, entities, fields, views, pages.', dataOf(object)), headers: ['ETag'] },
      },
    }),
  },
  '/api/views': {
    get: operation({
      id: 'own_views',
      tag: 'definitions',
      summary: 'Views of one’s own and of one’s teams',
      answers: {
        200: json('As in the model, each with its entity and whose it is.', dataOf(listOf(object))),
      },
    }),
  },
  '/api/openapi.json': {
    get: operation({
      id: 'get_openapi',
      tag: 'definitions',
      summary: 'This document',
      answers: { 200: { ...json('OpenAPI 3.1.'), headers: ['ETag'] } },
    }),
  },
}

const status = {
  type: 'object',
  required: ['status'],
  properties: { status: { enum: ['ok', 'unavailable'] } },
}

export const PROBE_PATHS: Paths = {
  '/healthz': {
    get: operation({
      id: 'health',
      tag: 'operation',
      summary: 'Whether the process lives',
      open: true,
      answers: { 200: json('It does.', status) },
    }),
  },
  '/readyz': {
    get: operation({
      id: 'readiness',
      tag: 'operation',
      summary: 'Whether it can work: database, migrations, model',
      open: true,
      answers: { 200: json('It can.', status) },
    }),
  },
  '/metrics': {
    get: operation({
      id: 'metrics',
      tag: 'operation',
      summary: 'Figures for Prometheus',
      open: true,
      answers: { 200: { description: 'Prometheus text format.', content: { 'text/plain': text } } },
    }),
  },
}
