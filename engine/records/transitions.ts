import type { PipelineDefinition } from '../../metadata/types.ts'
import { type Problem, problem } from '../errors.ts'

/** The stages from which a stage may be reached, itself included. */
export function stagesBefore(pipeline: PipelineDefinition, to: unknown): readonly string[] {
  if (to === null) return pipeline.stages.map((stage) => stage.name)
  return pipeline.stages
    .filter((stage) => stage.name === to || nextOf(pipeline, stage.name).includes(to as string))
    .map((stage) => stage.name)
}

/** Where a stage leads: to what it lists, and nowhere where it lists nothing. */
export function nextOf(pipeline: PipelineDefinition, from: string): readonly string[] {
  const stage = pipeline.stages.find((candidate) => candidate.name === from)
  if (stage === undefined) return pipeline.stages.map((candidate) => candidate.name) // a retired stage: any way out
  return stage.next ?? []
}

/** The problem of a move that the pipeline does not allow, naming those that it does. */
export function checkTransition(
  pipeline: PipelineDefinition,
  from: unknown,
  to: unknown,
): Problem | undefined {
  if (from === null || from === undefined || to === null || from === to) return undefined
  const allowed = nextOf(pipeline, from as string)
  if (allowed.includes(to as string)) return undefined
  const list = allowed.join(', ')
  return problem('STAGE_TRANSITION_DENIED', `/${pipeline.field}`, {
    params: { from: from as string, to: to as string },
    hint: {
      en: list === '' ? 'This stage is final.' : `Allowed from here: ${list}.`,
      'zh-CN': list === '' ? '此阶段为最终阶段。' : `可以变为：${list}。`,
    },
  })
}
