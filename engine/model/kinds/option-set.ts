import schema from '../../../metadata/schema/option_set.schema.json' with { type: 'json' }
import type { OptionSetDefinition } from '../../../metadata/types.ts'
import { type Problem, problem } from '../../errors.ts'
import { pointer } from '../pointer.ts'
import { fieldOf, optionTarget } from './follow.ts'
import { defineKind, type ModelContext, type Reference } from './kind-spec.ts'
import { bundleSchema } from './schema.ts'
import { listNames, sentenceOf } from './sentences.ts'

export const optionSetKind = defineKind({
  kind: 'option_set',
  content: false,
  label: { en: 'option set', 'zh-CN': '选项集' },
  schema: () => bundleSchema(schema),
  lists: [{ at: ['options'], noun: 'option' }],
  references: underReferences,
  check: checkUnder,
  sentence: (definition) =>
    sentenceOf(definition, (name, language) => {
      const options = listNames(definition.options, language)
      return language === 'en' ? `${name} offers ${options}.` : `${name}可选：${options}。`
    }),
})

/** What options stand under: others of the set, or options of the fields on which fields of this set depend. */
function underReferences(definition: OptionSetDefinition, context: ModelContext): readonly Reference[] {
  if (!definition.options.some(({ under }) => under !== undefined)) return []
  const own = new Set(definition.options.map(({ name }) => name))
  const targets = targetsAbove(definition, context)
  return definition.options.flatMap(({ under }, index): readonly Reference[] => {
    if (under === undefined) return []
    const path = pointer('options', index, 'under')
    if (own.has(under)) return [{ path, to: { kind: 'option_set', name: definition.name, item: under } }]
    return targets.flatMap((targetOf) => {
      const to = targetOf(under)
      return to === undefined ? [] : [{ path, to, inRule: true as const }]
    })
  })
}

/** How options of the fields above are mentioned, a list each. */
function targetsAbove(definition: OptionSetDefinition, context: ModelContext) {
  const ways = new Map<string, (value: string) => Reference['to'] | undefined>()
  for (const entity of context.definitions.entity.values()) {
    for (const field of entity.fields) {
      if (field.optionSet !== definition.name || typeof field.dependsOn !== 'string') continue
      const parent = fieldOf(context, entity.name, field.dependsOn)
      const key = parent === undefined ? '' : JSON.stringify(optionTarget(context, parent, ''))
      if (parent === undefined || parent.definition.optionSet === definition.name) continue
      ways.set(key, (value) => optionTarget(context, parent, value))
    }
  }
  return [...ways.values()]
}

/** No option stands, step by step, under itself. */
function checkUnder({ options }: OptionSetDefinition): readonly Problem[] {
  const above = new Map(options.map(({ name, under }) => [name, under]))
  return options.flatMap(({ name }, index) => {
    const seen = new Set<string>()
    for (let at: string | undefined = name; at !== undefined; at = above.get(at)) {
      if (seen.has(at))
        return at === name
          ? [
              problem('META_VALUE_INVALID', pointer('options', index, 'under'), {
                params: { reason: CIRCLE },
              }),
            ]
          : []
      seen.add(at)
    }
    return []
  })
}

const CIRCLE = {
  en: 'the option stands under itself',
  'zh-CN': '选项最终隶属于自身',
}
