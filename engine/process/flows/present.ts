import { textIn } from '../../../metadata/text.ts'
import type { FlowDefinition } from '../../../metadata/types.ts'
import { type Problem, problemHint, problemMessage } from '../../errors.ts'
import { placedSteps } from '../../model/kinds/flow-place.ts'
import { stepText } from '../../model/kinds/flow-words.ts'
import type { ModelContext } from '../../model/kinds/kind-spec.ts'
import type { Reader } from '../../records/context.ts'

/** A row of the journal as it is stored. */
export interface StoredStep {
  readonly number: number
  readonly path: string
  readonly name: string | null
  readonly action: string
  readonly item: string | null
  readonly state: string
  readonly input: unknown
  readonly output: unknown
  readonly fault: Problem | null
  readonly tries: number
  readonly begun_at: string
  readonly ended_at: string | null
}

/** A fault as a person reads it. */
export function presentFault(fault: Problem | null, { actor, words }: Reader): object | null {
  if (fault === null) return null
  const hint = problemHint(fault, actor.language, words?.problems)
  return {
    ...{ code: fault.code, path: fault.path },
    message: problemMessage(fault, actor.language, words?.problems),
    ...(hint === undefined ? {} : { hint }),
  }
}

/** The journal as a business admin reads it: each step with a sentence of what it does. */
export function presentSteps(
  steps: readonly StoredStep[],
  flow: FlowDefinition | undefined,
  context: ModelContext,
  reader: Reader,
): readonly object[] {
  const { language } = reader.actor
  const placed = new Map(flow === undefined ? [] : placedSteps(flow, context).map((one) => [one.at, one]))
  return steps.map(({ fault, ...step }) => {
    const at = placed.get(step.path)
    return {
      ...step,
      label: textIn(at?.step.label, language, step.name ?? step.action),
      sentence: at === undefined ? step.action : stepText(at)[language],
      fault: presentFault(fault, reader),
    }
  })
}
