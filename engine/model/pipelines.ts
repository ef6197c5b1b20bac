import type { PipelineDefinition } from '../../metadata/types.ts'
import type { DefinitionSet } from './compiled.ts'

/**
 * The pipelines on one field of stages, taken together: the stages of all, one pipeline after the other. Its other keys are
 * those of the first; what differs by pipeline is asked of `parts`.
 */
export type StagePipeline = PipelineDefinition & {
  /** In the order in which their conditions are asked; the one without comes last. */
  readonly parts: readonly PipelineDefinition[]
}

/** The pipelines of an entity, by field. */
export function joinedPipelines(
  { pipeline }: Pick<DefinitionSet, 'pipeline'>,
  entity: string | undefined,
): ReadonlyMap<string, StagePipeline> {
  const byField = new Map<string, PipelineDefinition[]>()
  for (const one of pipeline.values()) {
    if (one.entity === entity) byField.set(one.field, [...(byField.get(one.field) ?? []), one])
  }
  return new Map([...byField].map(([field, parts]) => [field, joined(parts)]))
}

/** Those on one field, as one; undefined where there is none. */
export function pipelineOn(
  definitions: Pick<DefinitionSet, 'pipeline'>,
  entity: string,
  field: string,
): StagePipeline | undefined {
  return joinedPipelines(definitions, entity).get(field)
}

/** The pipeline that has a stage; the first where none has. */
export function partWith({ parts }: StagePipeline, stage: string): PipelineDefinition {
  return parts.find(({ stages }) => stages.some(({ name }) => name === stage)) ?? parts[0]!
}

function joined(given: readonly PipelineDefinition[]): StagePipeline {
  const parts = [...given].sort(
    (one, other) =>
      Number(one.when === undefined) - Number(other.when === undefined) || (one.name < other.name ? -1 : 1),
  )
  const [first] = parts
  if (parts.length === 1) return { ...first!, parts }
  // From an open stage a record goes over to where another pipeline begins, once that one is its own by rule.
  const stages = parts.flatMap((part) => {
    const others = parts.filter((one) => one !== part).flatMap((one) => one.stages[0]?.name ?? [])
    return part.stages.map((stage) =>
      stage.type === 'open' ? { ...stage, next: [...(stage.next ?? []), ...others] } : stage,
    )
  })
  return { ...first!, stages, parts }
}

/** That a pipeline is the one which a record has by rule: its own condition holds, and none of those before it. */
export function choiceOf({ parts }: StagePipeline, part: PipelineDefinition): unknown {
  const before = parts.slice(0, parts.indexOf(part)).flatMap(({ when }) => (when === undefined ? [] : [when]))
  const all = [...before.map((when) => ({ '!': [when] })), ...(part.when === undefined ? [] : [part.when])]
  return all.length === 0 ? true : all.length === 1 ? all[0] : { and: all }
}

/** Where a record begins, as a rule; undefined where it is always the same. */
export function beginningOf({ parts }: StagePipeline): unknown {
  if (parts.length === 1 && parts[0]!.when === undefined) return undefined
  const branches = parts.flatMap(({ when, stages }) =>
    when === undefined ? [stages[0]!.name] : [when, stages[0]!.name],
  )
  return { if: parts.at(-1)?.when === undefined ? branches : [...branches, null] }
}
