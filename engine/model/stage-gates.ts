import type { TypedRule } from '../../metadata/rules/types.ts'
import type { PipelineDefinition } from '../../metadata/types.ts'
import type { CompiledEntity, CompiledField } from './compiled.ts'
import { choiceOf } from './pipelines.ts'

type Stage = PipelineDefinition['stages'][number]
type Milestone = NonNullable<Stage['milestones']>[number]

/** What is asked of a record that moves: on from an open stage, or into one that is won or lost. */
export interface StageGate {
  /** The field of stages. */
  readonly field: CompiledField
  readonly stage: Stage
  /** The stages into which a record must come for the gate to be asked. */
  readonly into: readonly string[]
  /** Whether it is asked of those that come from `stage`, else of all that enter it. */
  readonly isLeaving: boolean
  readonly requires: readonly CompiledField[]
  readonly must: TypedRule | undefined
  /** Required ones; nobody could tick them before there was a record. */
  readonly milestones: readonly Milestone[]
}

/** Who may bring records back, and which moves that is. */
export interface WayBack {
  readonly field: CompiledField
  readonly roles: readonly string[]
  readonly moves: readonly { readonly from: string; readonly to: readonly string[] }[]
}

/** Of several pipelines on a field, which records may come into the stages of one. */
export interface PipelineChoice {
  readonly field: CompiledField
  readonly pipeline: PipelineDefinition
  readonly stages: readonly string[]
  readonly must: TypedRule
}

export interface StageRules {
  readonly gates: readonly StageGate[]
  readonly back: readonly WayBack[]
  readonly choices: readonly PipelineChoice[]
}

/** The gates of an entity's pipelines, those that ask anything. @param compile of a condition on the entity's records */
export function compileStageRules(
  entity: CompiledEntity,
  compile: (rule: unknown) => TypedRule | undefined,
): StageRules {
  const joined = [...entity.pipelines.values()]
  const pipelines = joined.flatMap(({ field: name, parts }) => {
    const field = entity.fields.get(name)
    return field === undefined ? [] : parts.map((pipeline) => ({ pipeline, field }))
  })
  return {
    gates: pipelines.flatMap(({ pipeline, field }) =>
      pipeline.stages.flatMap((stage): readonly StageGate[] => {
        const isLeaving = stage.type === 'open'
        const requires = (stage.requires ?? []).flatMap((name) => entity.fields.get(name) ?? [])
        const milestones = isLeaving
          ? (stage.milestones ?? []).filter(({ required }) => required === true)
          : []
        if (requires.length + milestones.length === 0 && stage.must === undefined) return []
        const into = isLeaving ? onwardFrom(pipeline, stage.name) : [stage.name]
        return [{ field, stage, into, isLeaving, requires, must: compile(stage.must), milestones }]
      }),
    ),
    back: pipelines.flatMap(({ pipeline, field }): readonly WayBack[] => {
      const roles = pipeline.back?.by.map(({ role }) => role)
      if (roles === undefined) return []
      const moves = pipeline.stages.map(({ name }) => ({ from: name, to: backFrom(pipeline, name) }))
      return [{ field, roles, moves: moves.filter(({ to }) => to.length > 0) }]
    }),
    choices: pipelines.flatMap(({ pipeline, field }): readonly PipelineChoice[] => {
      const all = entity.pipelines.get(field.name)!
      const choice = choiceOf(all, pipeline)
      const must = choice === true ? undefined : compile(choice)
      const stages = pipeline.stages.map(({ name }) => name)
      return must === undefined ? [] : [{ field, pipeline, stages, must }]
    }),
  }
}

/** Forward is to a later open stage, and to any that is won; what is lost is no progress. */
export function onwardFrom({ stages }: PipelineDefinition, from: string): readonly string[] {
  const at = stages.findIndex(({ name }) => name === from)
  const isOnward = (stage: Stage, index: number) =>
    stage.type === 'won' || (stage.type === 'open' && index > at)
  return stages.filter(isOnward).map(({ name }) => name)
}

/** Back is to an earlier open stage; out of one that is won or lost, to any open one. */
export function backFrom({ stages }: PipelineDefinition, from: string): readonly string[] {
  const at = stages.findIndex(({ name }) => name === from)
  const isClosed = stages[at]?.type !== 'open'
  return stages
    .filter((stage, index) => stage.type === 'open' && (isClosed || index < at))
    .map(({ name }) => name)
}
