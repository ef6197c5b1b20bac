import type { PipelineDefinition } from '../../metadata/types.ts'
import type { CompiledEntity, CompiledField } from '../model/compiled.ts'

type Stage = PipelineDefinition['stages'][number]

/** An item of the checklist of a stage. */
export interface StageMilestone {
  readonly field: CompiledField
  readonly stage: Stage
  readonly milestone: NonNullable<Stage['milestones']>[number]
}

/** The checklists of an entity's pipelines, or of one of them, in the order of the stages. */
export function milestonesOf(entity: CompiledEntity, only?: CompiledField): readonly StageMilestone[] {
  return [...entity.pipelines].flatMap(([name, { stages }]) => {
    const field = entity.fields.get(name)
    if (field === undefined || (only !== undefined && only !== field)) return []
    return stages.flatMap((stage) =>
      (stage.milestones ?? []).map((milestone) => ({ field, stage, milestone })),
    )
  })
}

const KEY = 'milestone '

/** Under which key a milestone stands in the audit of its record. */
export function milestoneKey(id: string): string {
  return `${KEY}${id}`
}
