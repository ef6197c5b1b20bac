import schema from '../../../metadata/schema/pipeline.schema.json' with { type: 'json' }
import type { PipelineDefinition } from '../../../metadata/types.ts'
import { type Problem, problem } from '../../errors.ts'
import { pointer } from '../pointer.ts'
import { fieldOf } from './follow.ts'
import { defineKind, type ModelContext, type Reference } from './kind-spec.ts'
import { bundleSchema } from './schema.ts'
import { entityCalled, listNames, sentenceOf } from './sentences.ts'

export const pipelineKind = defineKind({
  kind: 'pipeline',
  content: false,
  label: { en: 'pipeline', 'zh-CN': '流程' },
  schema: () => bundleSchema(schema),
  lists: [{ at: ['stages'], noun: 'stage' }],
  references: (definition) => [
    { path: '/entity', to: { kind: 'entity', name: definition.entity } },
    { path: '/field', to: { kind: 'entity', name: definition.entity, item: definition.field } },
    ...nextReferences(definition),
  ],
  check: (definition, context) => [
    ...checkField(definition, context),
    ...checkAlone(definition, context),
    ...checkReachable(definition),
  ],
  sentence: (definition, context) =>
    sentenceOf(definition, (name, language) => {
      const entity = entityCalled(context, definition.entity, language)
      const stages = listNames(definition.stages, language)
      return language === 'en'
        ? `${name} leads each record of ${entity} through ${stages}.`
        : `${name}使${entity}的记录依次经过：${stages}。`
    }),
})

function nextReferences(definition: PipelineDefinition): readonly Reference[] {
  return definition.stages.flatMap((stage, index) =>
    (stage.next ?? []).map((next, position) => ({
      path: pointer('stages', index, 'next', position),
      to: { kind: 'pipeline' as const, name: definition.name, item: next },
    })),
  )
}

function checkField({ entity, field }: PipelineDefinition, context: ModelContext): readonly Problem[] {
  const place = fieldOf(context, entity, field)
  if (place === undefined || place.definition.type === 'stage') return []
  const reason = { en: 'the field is not of type stage', 'zh-CN': '该字段的类型不是 stage' }
  return [problem('META_VALUE_INVALID', '/field', { params: { reason } })]
}

/** Two pipelines on one field would each want to say where a record may go. */
function checkAlone(definition: PipelineDefinition, { definitions }: ModelContext): readonly Problem[] {
  const other = [...definitions.pipeline.values()].find(
    (pipeline) =>
      pipeline.entity === definition.entity &&
      pipeline.field === definition.field &&
      pipeline.name < definition.name,
  )
  if (other === undefined) return []
  return [
    problem('META_PIPELINE_SECOND', '/field', { params: { field: definition.field, name: other.name } }),
  ]
}

/** Every stage can be reached from the first, in which new records begin. */
function checkReachable({ stages }: PipelineDefinition): readonly Problem[] {
  const next = new Map(stages.map((stage) => [stage.name, stage.next ?? []]))
  const reached = new Set<string>()
  const waiting = stages.slice(0, 1).map((stage) => stage.name)
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (reached.has(name)) continue
    reached.add(name)
    waiting.push(...(next.get(name) ?? []))
  }
  return stages.flatMap((stage, index) =>
    reached.has(stage.name)
      ? []
      : [problem('META_STAGE_UNREACHABLE', pointer('stages', index), { params: { name: stage.name } })],
  )
}
