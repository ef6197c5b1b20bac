import schema from '../../../metadata/schema/validation.schema.json' with { type: 'json' }
import type { ValidationDefinition } from '../../../metadata/types.ts'
import type { Problem } from '../../errors.ts'
import { asName } from '../pointer.ts'
import { defineKind, type ModelContext } from './kind-spec.ts'
import { recordRuleProblems } from './record-rules.ts'
import { ruleReferences } from './rule-mentions.ts'
import { bundleSchema } from './schema.ts'
import { entityCalled, sentenceOf } from './sentences.ts'

export const validationKind = defineKind({
  kind: 'validation',
  content: false,
  label: { en: 'validation', 'zh-CN': '校验' },
  schema: () => bundleSchema(schema),
  lists: [],
  references: (definition, context) => [
    { path: '/entity', to: { kind: 'entity', name: definition.entity } },
    ...ruleReferences(context, definition.entity, definition.when, '/when'),
    ...ruleReferences(context, definition.entity, definition.must, '/must'),
    ...(definition.problem.field === undefined
      ? []
      : [
          {
            path: '/problem/field',
            to: { kind: 'entity' as const, name: definition.entity, item: definition.problem.field },
          },
        ]),
  ],
  rules: ({ entity }) => [
    { at: ['when'], entity: asName(entity) },
    { at: ['must'], entity: asName(entity) },
  ],
  check: checkValidation,
  sentence: (definition, context) =>
    sentenceOf(definition, (name, language) => {
      const entity = entityCalled(context, definition.entity, language)
      const some = definition.when !== undefined
      return language === 'en'
        ? `${name} is checked whenever a record of ${entity} is saved${some ? ' that it applies to' : ''}.`
        : `每次保存${entity}的${some ? '适用' : ''}记录时校验：${name}。`
    }),
})

function checkValidation(definition: ValidationDefinition, context: ModelContext): readonly Problem[] {
  return [
    ...recordRuleProblems(context, definition.entity, definition.when, '/when'),
    ...recordRuleProblems(context, definition.entity, definition.must, '/must'),
  ]
}
