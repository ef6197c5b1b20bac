import schema from '../../../metadata/schema/flow.schema.json' with { type: 'json' }
import type { Action, ActionParameter, ParameterUse } from '../../registry/action.ts'
import type { JsonSchema } from '../../registry/field-type.ts'
import type { Registry } from '../../registry/registry.ts'
import { bundleSchema } from './schema.ts'

const COMMON = 'common.schema.json#/$defs/'
const WAY = { type: 'string', pattern: '^[a-z][a-z0-9_]{0,39}(\\.[a-z][a-z0-9_]{0,39}){0,5}$' } as const
const BY_FIELD = {
  type: 'object',
  minProperties: 1,
  maxProperties: 60,
  propertyNames: { $ref: `${COMMON}name` },
} as const

const SHAPES: { readonly [U in ParameterUse]: JsonSchema } = {
  plain: {},
  entity: { $ref: `${COMMON}name` },
  record: WAY,
  records: WAY,
  values: BY_FIELD,
  amounts: BY_FIELD,
  field: { $ref: `${COMMON}name` },
  sort: {
    type: 'array',
    minItems: 1,
    maxItems: 5,
    items: { type: 'string', pattern: '^-?[a-z][a-z0-9_.]{0,120}$' },
  },
  condition: { $ref: `${COMMON}rule` },
  filter: { $ref: `${COMMON}rule` },
  people: { $ref: `${COMMON}peopleList` },
  limit: { $ref: `${COMMON}limit` },
  flow: { $ref: `${COMMON}name` },
  message: { $ref: `${COMMON}name` },
  document: { $ref: `${COMMON}name` },
  connection: { $ref: `${COMMON}name` },
  event: { type: 'string', pattern: '^[a-z][a-z0-9_]{0,39}\\.[a-z][a-z0-9_]{0,39}$' },
  slot: {},
  steps: { type: 'array', minItems: 1, maxItems: 100, items: { $ref: '#/$defs/step' } },
}

/** The schema of flows with every registered action's parameters; a step is one of them by its `do`. */
export function flowSchema(registry: Registry): JsonSchema {
  const { step, ...defs } = schema.$defs as Record<string, JsonSchema>
  const actions = registry.actions()
  const typed = actions.map((action) => [`step_${action.name}`, stepSchema(step!, action)] as const)
  return bundleSchema({
    ...schema,
    $defs: {
      ...defs,
      ...Object.fromEntries(typed),
      step: {
        title: step!.title,
        description: step!.description,
        'x-zh': step!['x-zh'],
        type: 'object',
        required: step!.required,
        discriminator: { propertyName: 'do' },
        oneOf: typed.map(([name]) => ({ $ref: `#/$defs/${name}` })),
      },
    },
  })
}

function stepSchema(step: JsonSchema, action: Action): JsonSchema {
  const { do: doKey, when, retry, onError, ...names } = step.properties as Record<string, JsonSchema>
  const { $ref: _name, ...doTexts } = doKey!
  const own = Object.fromEntries(
    Object.entries(action.takes).map(([key, one]) => [key, parameterSchema(one)]),
  )
  const required = Object.entries(action.takes).flatMap(([key, one]) => (one.required === true ? [key] : []))
  return {
    title: action.label.en,
    description: action.description.en,
    'x-zh': { title: action.label['zh-CN'], description: action.description['zh-CN'] },
    type: 'object',
    additionalProperties: false,
    required: ['do', ...required],
    properties: {
      ...names,
      do: { ...doTexts, const: action.name },
      ...own,
      ...(Object.hasOwn(own, 'when') || action.name === 'stop' ? {} : { when }),
      ...(action.name === 'stop' ? {} : { retry, onError }),
    },
  }
}

function parameterSchema({ is, label, description, schema: own }: ActionParameter): JsonSchema {
  return {
    ...(own ?? SHAPES[is]),
    title: label.en,
    description: description.en,
    'x-zh': { title: label['zh-CN'], description: description['zh-CN'] },
  }
}
