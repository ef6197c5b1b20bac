import { checkRule } from '../../../metadata/rules/check-rule.ts'
import { pathsOf } from '../../../metadata/rules/paths-of.ts'
import schema from '../../../metadata/schema/pipeline.schema.json' with { type: 'json' }
import type { PipelineDefinition } from '../../../metadata/types.ts'
import { type Problem, problem } from '../../errors.ts'
import { asName, own, pointer } from '../pointer.ts'
import { fieldOf } from './follow.ts'
import { defineKind, type ModelContext, type Reference, type RulePlace } from './kind-spec.ts'
import { fieldReferences, whoReferences } from './mentions.ts'
import { recordRuleProblems } from './record-rules.ts'
import { ruleReferences } from './rule-mentions.ts'
import { beginningScope } from './rule-scope.ts'
import { bundleSchema } from './schema.ts'
import { entityCalled, listNames, sentenceOf } from './sentences.ts'
import { actionProblems, actionReferences, todoProblems } from './stage-action-check.ts'
import { stalledProblems, stalledReferences } from './stalled-check.ts'

export const pipelineKind = defineKind({
  kind: 'pipeline',
  content: false,
  label: { en: 'pipeline', 'zh-CN': '流程' },
  schema: () => bundleSchema(schema),
  lists: [{ at: ['stages'], noun: 'stage', nested: [{ at: ['milestones'], noun: 'milestone' }] }],
  rules: rulePlaces,
  references: (definition, context) => [
    { path: '/entity', to: { kind: 'entity', name: definition.entity } },
    { path: '/field', to: { kind: 'entity', name: definition.entity, item: definition.field } },
    ...definition.stages.flatMap((stage, index) => stageReferences(context, definition, stage, index)),
    ...ruleReferences(context, definition.entity, definition.when, '/when'),
    ...whoReferences(definition.back?.by, '/back/by'),
    ...stalledReferences(definition, context),
  ],
  check: (definition, context) => [
    ...checkField(definition, context),
    ...checkAmong(definition, context),
    ...checkReachable(definition),
    ...checkMilestones(definition),
    ...checkTakes(definition),
    ...stalledProblems(definition, context),
    ...definition.stages.flatMap((stage, index) => checkStage(definition, stage, index, context)),
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

type Stage = PipelineDefinition['stages'][number]

function rulePlaces(definition: unknown): readonly RulePlace[] {
  const [entity, stages] = [asName(own(definition, 'entity')), own(definition, 'stages')]
  const count = Array.isArray(stages) ? stages.length : 0
  return [
    { at: ['when'], entity },
    ...Array.from({ length: count }, (_, index) => ({ at: ['stages', String(index), 'must'], entity })),
  ]
}

function stageReferences(
  context: ModelContext,
  { name, entity }: PipelineDefinition,
  stage: Stage,
  index: number,
): readonly Reference[] {
  const at = (key: string) => pointer('stages', index, key)
  return [
    ...(stage.next ?? []).map((next, position) => ({
      path: at('next') + pointer(position),
      to: { kind: 'pipeline' as const, name, item: next },
    })),
    ...fieldReferences(entity, stage.requires, at('requires')),
    ...ruleReferences(context, entity, stage.must, at('must')),
    ...actionsOf(stage).flatMap(({ action, key }) =>
      actionReferences(context, entity, action, pointer('stages', index) + key),
    ),
    ...(stage.todo ?? []).flatMap(({ to }, position) =>
      to === undefined || fieldOf(context, entity, to.field)?.system === true
        ? []
        : [
            {
              path: at('todo') + pointer(position, 'to', 'field'),
              to: { kind: 'entity' as const, name: entity, item: to.field },
            },
          ],
    ),
  ]
}

function actionsOf(stage: Stage) {
  return (['onEnter', 'onLeave'] as const).flatMap((list) =>
    (stage[list] ?? []).map((action, position) => ({ action, key: pointer(list, position) })),
  )
}

/** What a stage asks for can be given, and its rule can be asked. */
function checkStage(
  { entity }: PipelineDefinition,
  stage: Stage,
  index: number,
  context: ModelContext,
): readonly Problem[] {
  const at = (key: string) => pointer('stages', index, key)
  const unfit = (stage.requires ?? []).flatMap((name, position) => {
    const place = fieldOf(context, entity, name)
    const isGiven =
      place === undefined || (place.type?.writeOnly !== true && (!place.system || name === 'owner'))
    return isGiven
      ? []
      : [problem('META_VALUE_INVALID', at('requires') + pointer(position), { params: { reason: NOT_GIVEN } })]
  })
  const idle =
    stage.type === 'open' || stage.milestones === undefined
      ? []
      : [problem('META_VALUE_INVALID', at('milestones'), { params: { reason: AT_THE_END } })]
  return [
    ...unfit,
    ...idle,
    ...recordRuleProblems(context, entity, stage.must, at('must')),
    ...actionsOf(stage).flatMap(({ action, key }) =>
      actionProblems(context, entity, action, pointer('stages', index) + key),
    ),
    ...todoProblems(context, entity, stage.todo ?? [], pointer('stages', index)),
  ]
}

const NOT_GIVEN = { en: 'nobody fills this field', 'zh-CN': '该字段不由人员填写' }
const AT_THE_END = {
  en: 'a stage that is won or lost has no milestones',
  'zh-CN': '赢单或输单阶段没有里程碑',
}

function checkField({ entity, field }: PipelineDefinition, context: ModelContext): readonly Problem[] {
  const place = fieldOf(context, entity, field)
  if (place === undefined || place.definition.type === 'stage') return []
  const reason = { en: 'the field is not of type stage', 'zh-CN': '该字段的类型不是 stage' }
  return [problem('META_VALUE_INVALID', '/field', { params: { reason } })]
}

/** Of several pipelines on one field all but one say which records they lead, and each stage is that of one. */
function checkAmong(definition: PipelineDefinition, context: ModelContext): readonly Problem[] {
  const { entity, field, when, stages } = definition
  const others = [...context.definitions.pipeline.values()].filter(
    (one) => one.entity === entity && one.field === field && one.name < definition.name,
  )
  const open = when === undefined ? others.find((one) => one.when === undefined) : undefined
  const taken = new Set(others.flatMap((one) => one.stages.map(({ name }) => name)))
  return [
    ...(open === undefined
      ? []
      : [problem('META_PIPELINE_SECOND', '/field', { params: { field, name: open.name } })]),
    ...stages.flatMap(({ name }, index) =>
      taken.has(name)
        ? [problem('META_NAME_DUPLICATE', pointer('stages', index, 'name'), { params: { name } })]
        : [],
    ),
    ...checkWhen(definition, context),
  ]
}

/** Where a record begins hangs on it: it knows the record as it is being made, and not its stage. */
function checkWhen({ entity, field, when }: PipelineDefinition, context: ModelContext): readonly Problem[] {
  if (when === undefined || !context.definitions.entity.has(entity)) return []
  const { typed, problems } = checkRule(when, beginningScope(context, entity), 'condition')
  const asksItself = typed !== undefined && pathsOf(typed).own.has(field)
  return [
    ...problems.map((fault) => ({ ...fault, path: `/when${fault.path}` })),
    ...(asksItself ? [problem('META_VALUE_INVALID', '/when', { params: { reason: OWN_STAGE } })] : []),
  ]
}

const OWN_STAGE = {
  en: 'which pipeline leads a record does not hang on its stage',
  'zh-CN': '记录适用哪个流程不能取决于其阶段',
}

/** A stage whose records another one takes is gone, and one alone takes them. */
function checkTakes({ stages }: PipelineDefinition): readonly Problem[] {
  const taken = new Set(stages.map(({ name }) => name))
  return stages.flatMap((stage, index) =>
    (stage.takes ?? []).flatMap((name, position) => {
      const isFree = !taken.has(name)
      taken.add(name)
      const path = pointer('stages', index, 'takes', position)
      return isFree ? [] : [problem('META_NAME_DUPLICATE', path, { params: { name } })]
    }),
  )
}

/** A milestone is ticked by its name alone. */
function checkMilestones({ stages }: PipelineDefinition): readonly Problem[] {
  const seen = new Map<string, string>()
  return stages.flatMap((stage, index) =>
    (stage.milestones ?? []).flatMap(({ name }, position) => {
      const other = seen.get(name)
      seen.set(name, stage.name)
      if (other === undefined || other === stage.name) return []
      const path = pointer('stages', index, 'milestones', position, 'name')
      return [problem('META_NAME_DUPLICATE', path, { params: { name } })]
    }),
  )
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
