import schema from '../../../metadata/schema/option_set.schema.json' with { type: 'json' }
import { defineKind } from './kind-spec.ts'
import { bundleSchema } from './schema.ts'
import { listNames, sentenceOf } from './sentences.ts'

export const optionSetKind = defineKind({
  kind: 'option_set',
  content: false,
  label: { en: 'option set', 'zh-CN': '选项集' },
  schema: () => bundleSchema(schema),
  lists: [{ at: ['options'], noun: 'option' }],
  references: () => [],
  check: () => [],
  sentence: (definition) =>
    sentenceOf(definition, (name, language) => {
      const options = listNames(definition.options, language)
      return language === 'en' ? `${name} offers ${options}.` : `${name}可选：${options}。`
    }),
})
