import type { CompiledEntity, CompiledField, CompiledModel } from '../model/compiled.ts'
import { entityRules } from '../model/entity-rules.ts'
import { partWith } from '../model/pipelines.ts'
import type { StageGate } from '../model/stage-gates.ts'
import type { WorkspaceState } from '../model/state.ts'
import { literal } from './select.ts'
import { bothTexts } from './stage-conditions.ts'
import type { WriteCondition } from './write-conditions.ts'

/** A move that is tried with the records that may make it: on from a stage, or into one that is won or lost. */
export interface TriedMove {
  readonly field: CompiledField
  /** The stage whose gate is tried. */
  readonly stage: string
  readonly from: readonly string[]
  readonly to: string
}

/** The gate of one stage to try. */
export interface GateTrial {
  readonly definition: { readonly kind: 'pipeline'; readonly name: string }
  readonly entity: CompiledEntity
  readonly field: CompiledField
  readonly move: TriedMove
  readonly picks: (condition: WriteCondition) => boolean
}

/** The gates that a model asks otherwise than what is in force. */
export function gateTrials(model: CompiledModel, state: WorkspaceState): readonly GateTrial[] {
  return [...model.entities.values()].flatMap((entity) =>
    entityRules(model, entity).gates.flatMap((gate) => {
      const pipeline = partWith(entity.pipelines.get(gate.field.name)!, gate.stage.name)
      const before = [...state.definitions.pipeline.values()].find(({ id }) => id === pipeline.id)
      const old = before?.stages.find(({ id }) => id === gate.stage.id)
      const move = moveThrough(entity, gate)
      if (isSameGate(old, gate.stage) || move === undefined) return []
      const called = JSON.stringify(bothTexts(gate.stage.label, gate.stage.name))
      const picks = ({ problem }: WriteCondition) =>
        problem.code.startsWith('STAGE_') && JSON.stringify(problem.params?.stage) === called
      return [
        {
          definition: { kind: 'pipeline' as const, name: pipeline.name },
          ...{ entity, field: gate.field, move, picks },
        },
      ]
    }),
  )
}

function moveThrough({ pipelines }: CompiledEntity, gate: StageGate): TriedMove | undefined {
  const { field, stage, into, isLeaving } = gate
  const to = into[0]
  if (to === undefined) return undefined
  const { stages } = pipelines.get(field.name)!
  const from = isLeaving
    ? [stage.name]
    : stages.filter(({ next }) => next?.includes(stage.name)).map(({ name }) => name)
  return from.length === 0 ? undefined : { field, stage: stage.name, from, to }
}

function isSameGate(before: object | undefined, after: object): boolean {
  const of = (stage: object) => {
    const { requires, must, milestones } = stage as Readonly<Record<string, unknown>>
    return JSON.stringify([requires ?? [], must ?? null, milestones ?? []])
  }
  return before !== undefined && of(before) === of(after)
}

/** What the moved column of a tried record holds after the move; undefined for every other column. */
export function movedSql(column: string, move: TriedMove | undefined): string | undefined {
  if (move === undefined || column !== move.field.columns[0]) return undefined
  return `(CASE WHEN o.${column} IN (${move.from.map(literal).join(', ')}) THEN ${literal(move.to)} ELSE o.${column} END)`
}
