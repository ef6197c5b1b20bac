import type { FlowDefinition } from '../../../metadata/types.ts'
import { asName, own } from '../pointer.ts'
import { checkFlow } from './flow-check.ts'
import { placedSteps } from './flow-place.ts'
import { flowReferences } from './flow-references.ts'
import { flowSchema } from './flow-schema.ts'
import { stepText, triggerText } from './flow-words.ts'
import { defineKind, type ItemList, type RulePlace } from './kind-spec.ts'
import { sentenceOf } from './sentences.ts'

/** Lists of steps within steps; each holds the same again. */
const INNER: ItemList[] = []
INNER.push(
  ...['then', 'else', 'steps', 'late'].map((key): ItemList => ({ at: [key], noun: 'step', nested: INNER })),
)

const SHOWN_STEPS = 4

export const flowKind = defineKind({
  kind: 'flow',
  content: false,
  label: { en: 'flow', 'zh-CN': '自动流程' },
  schema: flowSchema,
  lists: [{ at: ['steps'], noun: 'step', nested: INNER }],
  rules: rulePlaces,
  references: flowReferences,
  check: checkFlow,
  sentence: (definition, context) =>
    sentenceOf(definition, (name, language) => {
      const isEnglish = language === 'en'
      const trigger = triggerText(definition, context, language)
      const outer = placedSteps(definition, context).filter(({ at }) => /^\/steps\/\d+$/.test(at))
      const shown = outer.slice(0, SHOWN_STEPS).map((placed) => stepText(placed)[language])
      const more = outer.length - shown.length
      if (isEnglish)
        return `${name} runs ${trigger}: ${shown.join('; ')}${more > 0 ? `; and ${more} more` : ''}.`
      return `${name}：${trigger}，${shown.join('；')}${more > 0 ? `；等 ${outer.length} 步` : ''}。`
    }),
})

/** Rules whose bare names are those of the flow's record. */
function rulePlaces(definition: unknown): readonly RulePlace[] {
  const trigger = own(definition, 'trigger')
  const entity = own(trigger, 'record')
  const steps = own(definition, 'steps')
  const places =
    typeof entity === 'string'
      ? [
          { at: ['trigger', 'when'], entity },
          { at: ['key'], entity },
        ]
      : []
  return [...places, ...stepPlaces(steps, ['steps'], asName(entity))]
}

function stepPlaces(list: unknown, at: readonly string[], entity: string): readonly RulePlace[] {
  if (!Array.isArray(list)) return []
  return list.flatMap((step: unknown, index): readonly RulePlace[] => {
    const here = [...at, String(index)]
    const found = own(step, 'entity')
    return [
      { at: [...here, 'when'], entity },
      ...(typeof found === 'string' ? [{ at: [...here, 'filter'], entity: found }] : []),
      ...['then', 'else', 'steps', 'late'].flatMap((key) =>
        stepPlaces(own(step, key), [...here, key], entity),
      ),
    ]
  })
}

/** Flows of a model that something sets off, by what. */
export function isActive({ active }: FlowDefinition): boolean {
  return active !== false
}
