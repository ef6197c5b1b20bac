import { inBothLanguages } from '../../metadata/text.ts'
import type { FlowDefinition, FlowStep, PipelineDefinition, Text } from '../../metadata/types.ts'
import type { DefinitionSet } from './compiled.ts'
import { uuidOf } from './physical-names.ts'
import { stagePartName } from './stage-fields.ts'

type WithId<T> = T & { readonly id: string }

/** Every flow of a set: those that are written, and those that pipelines with `stalled.then` stand for. */
export function allFlows(definitions: Pick<DefinitionSet, 'flow' | 'pipeline' | 'entity'>) {
  const written = [...definitions.flow.values()] as WithId<FlowDefinition>[]
  const stalled = [...definitions.pipeline.values()].flatMap((pipeline) => {
    const flow = stalledFlow(pipeline, definitions)
    return flow === undefined ? [] : [flow]
  })
  return [...written, ...stalled]
}

/** A flow of a set by its name. */
export function flowCalled(
  definitions: Pick<DefinitionSet, 'flow' | 'pipeline' | 'entity'>,
  name: string,
): WithId<FlowDefinition> | undefined {
  return allFlows(definitions).find((flow) => flow.name === name)
}

/** The name under which the runs of a pipeline's `stalled.then` are listed. */
export function stalledFlowName({ name }: Pick<PipelineDefinition, 'name'>): string {
  return `${name}_stalled`
}

/**
 * What `stalled.then` stands for: a flow that tells the first when a record has stalled, and each further one when it has
 * not moved so much later. Undefined where nobody is told.
 */
export function stalledFlow(
  pipeline: PipelineDefinition,
  { entity: entities }: Pick<DefinitionSet, 'entity'>,
): WithId<FlowDefinition> | undefined {
  const { id, entity, field, label, stalled, name } = pipeline
  const said = stalled?.then
  if (stalled === undefined || said === undefined) return undefined
  const since = stalled.since ?? stagePartName(field, 'since')
  const open = pipeline.stages.filter(({ type }) => type === 'open')
  const isOpen = { in: [{ var: field }, open.map((stage) => stage.name)] }
  const entityLabel = entities.get(entity)?.label ?? entity
  const stepsFrom = (index: number, passed: number): FlowStep[] => {
    const one = said[index]
    if (one === undefined) return []
    const days = passed + daysOf(one.after ?? 'P0D')
    const tell: FlowStep = {
      ...{ name: `tell_${index + 1}`, do: 'notify', to: one.to, through: one.through ?? ['in_app'] },
      ...(one.message === undefined
        ? { title: one.title ?? titleOf(entityLabel, days) }
        : { message: one.message }),
    }
    const next = said[index + 1]
    if (next === undefined) return [tell]
    const moved: FlowStep = {
      ...{ name: `moved_${index + 1}`, do: 'wait' },
      when: { or: [{ '!': [isOpen] }, { '<': [{ days_since: { var: since } }, daysOf(stalled.after)] }] },
      within: { after: next.after ?? 'P0D' },
      late: stepsFrom(index + 1, days),
    }
    return [tell, moved]
  }
  return {
    ...{ kind: 'flow', id: uuidOf(`${id} stalled`), name: stalledFlowName(pipeline) },
    label: labelOf(label ?? name),
    trigger: { record: entity, time: { after: stalled.after, field: since }, when: isOpen },
    steps: stepsFrom(0, daysOf(stalled.after)),
  }
}

/** Whole days of a limit such as `P14D` or `P2W`. */
export function daysOf(duration: string): number {
  const [, count = '0', unit] = /^P(\d+)([DW])$/.exec(duration) ?? []
  return Number(count) * (unit === 'W' ? 7 : 1)
}

function labelOf(label: Text): Text {
  const { en, 'zh-CN': chinese } = inBothLanguages(label, '')
  return { en: `${en}: stalled`, 'zh-CN': `${chinese}：停滞` }
}

function titleOf(label: Text, days: number): Text {
  const { en, 'zh-CN': chinese } = inBothLanguages(label, '')
  return { en: `${en}: no progress for ${days} days`, 'zh-CN': `${chinese}已 ${days} 天没有进展` }
}
