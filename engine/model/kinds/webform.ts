import schema from '../../../metadata/schema/webform.schema.json' with { type: 'json' }
import type { WebformDefinition } from '../../../metadata/types.ts'
import { asName, pointer } from '../pointer.ts'
import { namedByField } from '../webform-fields.ts'
import { fieldOf, optionTarget, targetsOf } from './follow.ts'
import { defineKind, type ModelContext, type Reference } from './kind-spec.ts'
import { ruleReferences } from './rule-mentions.ts'
import { bundleSchema } from './schema.ts'
import { counted, entityCalled, sentenceOf } from './sentences.ts'
import { checkWebform } from './webform-check.ts'

export const webformKind = defineKind({
  kind: 'webform',
  content: false,
  label: { en: 'web form', 'zh-CN': '网页表单' },
  schema: () => bundleSchema(schema),
  lists: [],
  rules: ({ entity, fields }) =>
    (Array.isArray(fields) ? fields : []).flatMap((_, index) =>
      ['visibleWhen', 'requiredWhen'].map((key) => ({
        at: ['fields', String(index), key],
        entity: asName(entity),
      })),
    ),
  references: webformReferences,
  check: checkWebform,
  sentence: (definition, context) =>
    sentenceOf(definition, (name, language) => {
      const entity = entityCalled(context, definition.entity, language)
      const count = definition.fields.length
      return language === 'en'
        ? `${name} asks a visitor for ${counted(count, 'field')} and makes a record of ${entity}.`
        : `${name}向访客询问 ${count} 个字段，并生成${entity}的记录。`
    }),
})

function webformReferences(definition: WebformDefinition, context: ModelContext): readonly Reference[] {
  const { entity, fields, set, parameters } = definition
  const own = (path: string, item: string): Reference => ({
    path,
    to: { kind: 'entity', name: entity, item },
  })
  return [
    { path: '/entity', to: { kind: 'entity', name: entity } },
    ...fields.flatMap(({ field, options, visibleWhen, requiredWhen }, index) => [
      own(pointer('fields', index, 'field'), field),
      ...(options ?? []).flatMap((option, at) =>
        optionReference(context, entity, field, option, pointer('fields', index, 'options', at)),
      ),
      ...ruleReferences(context, entity, visibleWhen, pointer('fields', index, 'visibleWhen')),
      ...ruleReferences(context, entity, requiredWhen, pointer('fields', index, 'requiredWhen')),
    ]),
    ...Object.entries(set ?? {}).flatMap(([field, value]): readonly Reference[] => [
      { ...own(pointer('set', field), field), inKey: true },
      ...(typeof value === 'string'
        ? optionReference(context, entity, field, value, pointer('set', field))
        : []),
      ...keyReferences(context, entity, field, value),
    ]),
    ...(parameters ?? []).flatMap(({ field }, index) =>
      field === undefined ? [] : [own(pointer('parameters', index, 'field'), field)],
    ),
  ]
}

function optionReference(
  context: ModelContext,
  entity: string,
  field: string,
  option: string,
  path: string,
): readonly Reference[] {
  const place = fieldOf(context, entity, field)
  const to = place === undefined ? undefined : optionTarget(context, place, option)
  return to === undefined ? [] : [{ path, to }]
}

/** The unique field by which the record of a lookup is named. */
function keyReferences(
  context: ModelContext,
  entity: string,
  field: string,
  value: unknown,
): readonly Reference[] {
  const place = fieldOf(context, entity, field)
  const named = namedByField(value)
  const [target] = place === undefined ? [] : targetsOf(context, place)
  if (named === undefined || target === undefined) return []
  return [
    {
      path: pointer('set', field, named[0]),
      to: { kind: 'entity', name: target, item: named[0] },
      inKey: true,
    },
  ]
}
