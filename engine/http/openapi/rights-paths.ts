import { dataOf, listOf, operation, type Paths, ref } from './operation.ts'
import { uuid } from './shared-schemas.ts'

const text = { type: 'string' } as const
const yesNo = { type: 'boolean' } as const
const object = (properties: Readonly<Record<string, object>>, optional: readonly string[] = []) => ({
  type: 'object',
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
  properties,
})
const named = object({ name: text, label: text })
const reach = object({
  scope: {
    enum: ['none', 'own', 'team', 'team_tree', 'all', 'some'],
    description: '`some`: as the sentence says.',
  },
  sentence: { ...text, description: 'In words, in the language of the answer.' },
})
const shows = {
  enum: ['whole', 'some', 'masked', 'hidden'],
  description: 'Of the records in reach; `some`: in full in some of them.',
}
const sight = { shows, sees: reach, masked: reach, edits: reach, creates: yesNo }
const personal = { ...text, description: 'The class of personal data.' }
const holders = {
  holders: { type: 'integer', description: 'People who have the role and may act.' },
  people: {
    ...listOf(object({ id: uuid, name: text })),
    description: 'The first 50, for who manages the users.',
  },
}
const rights = {
  type: 'object',
  description: 'By the names that rights have in a role.',
  additionalProperties: { anyOf: [yesNo, reach] },
}
const entity = { name: text, label: text, icon: text, built_in: yesNo, rights }
const entityParameter = {
  name: 'entity',
  in: 'path',
  description: 'The name of the entity.',
  schema: text,
} as const

const FIELD: Paths = {
  '/api/explain/fields/{entity}/{field}': {
    get: operation({
      id: 'explain_field',
      tag: 'definitions',
      summary: 'Who can see a field: what every role shows of it, in which records, and who holds the role',
      parameters: [
        entityParameter,
        { name: 'field', in: 'path', description: 'The name of the field.', schema: text },
      ],
      answers: {
        200: {
          description: 'The roles, each alone; people see what one of theirs shows.',
          schema: dataOf(
            object({
              entity: named,
              field: object({ name: text, label: text, personal }, ['personal']),
              roles: listOf(
                object(
                  {
                    name: text,
                    label: text,
                    ...holders,
                    reads: reach,
                    ...sight,
                    by: {
                      enum: ['field', 'personal', 'open'],
                      description:
                        'Rights on the field itself, its class of personal data, or nothing in its way.',
                    },
                    personal,
                  },
                  ['people', 'personal'],
                ),
              ),
            }),
          ),
        },
      },
      problems: [403],
    }),
  },
}

const LIST_ROLES = operation({
  id: 'list_roles',
  tag: 'definitions',
  summary: 'The roles, and how many people hold each',
  answers: {
    200: {
      description: 'All roles in force.',
      schema: dataOf(
        listOf(
          object({ name: text, label: text, ...holders, administers: yesNo, built_in: yesNo }, ['people']),
        ),
      ),
    },
  },
  problems: [403],
})

const EXPLAIN_ROLE = operation({
  id: 'explain_role',
  tag: 'definitions',
  summary: 'What a role gives as it is written, in force or not',
  parameters: [
    {
      name: 'changeset',
      in: 'query',
      description:
        'A draft whose other definitions count as published, as far as they hold together; what is in force when absent.',
      schema: uuid,
    },
  ],
  body: {
    type: 'object',
    description: 'A definition of the kind role.',
    required: ['kind', 'name'],
    properties: { kind: { const: 'role' }, name: text },
  },
  answers: {
    200: {
      description:
        'The rights and the fields of every entity, or what is wrong with the definition; neither where what it names in the draft does not hold together.',
      schema: dataOf(
        object({
          problems: listOf(ref('ProblemItem')),
          entities: listOf(
            object(
              {
                ...entity,
                fields: listOf(
                  object({ name: text, label: text, personal, system: yesNo, ...sight }, ['personal']),
                ),
              },
              ['icon'],
            ),
          ),
        }),
      ),
    },
  },
  problems: [403, 404, 409],
})

const USER: Paths = {
  '/api/explain/users/{id}/rights': {
    get: operation({
      id: 'explain_user',
      tag: 'definitions',
      summary: 'What a person may do, entity by entity, and which of their roles gives it',
      parameters: [{ name: 'id', in: 'path', description: 'The user.', schema: uuid }],
      answers: {
        200: {
          description: 'The union over the roles, as every call has it.',
          schema: dataOf(
            object({
              user: object({ id: uuid, name: text, roles: listOf(named) }),
              administration: listOf(text),
              entities: listOf(
                object(
                  {
                    ...entity,
                    because: {
                      type: 'object',
                      description: 'The roles that give each right.',
                      additionalProperties: listOf(text),
                    },
                    limited: {
                      ...listOf(object({ name: text, label: text, shows })),
                      description: 'Fields that are not shown in full in every record in reach.',
                    },
                  },
                  ['icon'],
                ),
              ),
            }),
          ),
        },
      },
      problems: [403],
    }),
  },
}

/** What roles and people may do, for those who manage users or look after the definitions. */
export function rightsPaths(may: { readonly users: boolean; readonly definitions: boolean }): Paths {
  if (!may.users && !may.definitions) return {}
  return {
    ...FIELD,
    '/api/explain/roles': { get: LIST_ROLES, ...(may.definitions ? { post: EXPLAIN_ROLE } : {}) },
    ...(may.users ? USER : {}),
  }
}
