import type { ScenarioThen } from '../../metadata/scenarios/acts.ts'
import { laneText } from '../../metadata/scenarios/then-text.ts'
import { bothOf } from '../../metadata/scenarios/values-text.ts'
import type { ScenarioStep } from '../../metadata/types.ts'
import { laneOf } from '../records/lane.ts'
import { later } from './later.ts'
import type { Mismatch } from './mismatch.ts'
import { dataIn, type Outcome } from './perform.ts'
import { contextOf, type Stage } from './stage.ts'
import { withNames } from './words.ts'

type WantedStep = NonNullable<ScenarioThen['lane']>[number]

interface FoundStep {
  readonly id: string
  readonly owner: { readonly id?: string } | null
  readonly began_at: string
  readonly became_at: string | null
}

/** The way of the record across entities, as the person who opened it is shown it. */
export async function laneMismatch(
  stage: Stage,
  step: ScenarioStep,
  { lane: wanted }: ScenarioThen,
  { records: [record] }: Outcome,
): Promise<Mismatch | undefined> {
  if (wanted === undefined || record === undefined) return undefined
  const answer = await laneOf(await contextOf(stage, step.as ?? ''), record.entity, record.id, {})
  const found = dataIn<readonly FoundStep[]>(answer.body)
  const isMet =
    found.length === wanted.length && wanted.every((one, index) => isStep(stage, one, found[index]!))
  if (isMet) return undefined
  const expected = wanted.map(laneText).join(' → ')
  const given = found.map((one) => laneText(presentStep(stage, one))).join(' → ')
  return {
    at: '/then/lane',
    expected: bothOf((language) =>
      language === 'en' ? `The lane should be ${expected}.` : `泳道应为 ${expected}。`,
    ),
    found: bothOf((language) => (language === 'en' ? `It is ${given}.` : `实际为 ${given}。`)),
  }
}

function isStep(stage: Stage, wanted: WantedStep, found: FoundStep): boolean {
  if (stage.names.get(wanted.record)?.id !== found.id) return false
  if (wanted.owner !== undefined && stage.names.get(wanted.owner)?.id !== found.owner?.id) return false
  if (wanted.lasts === undefined) return true
  const end = later(new Date(found.began_at), wanted.lasts, stage.model.settings.timeZone)
  return found.became_at !== null && end.getTime() === new Date(found.became_at).getTime()
}

function presentStep(stage: Stage, { id, owner, began_at: began, became_at: became }: FoundStep): WantedStep {
  const seconds = became === null ? undefined : (Date.parse(became) - Date.parse(began)) / 1000
  return {
    record: String(withNames(stage.names, id)),
    ...(owner?.id === undefined ? {} : { owner: String(withNames(stage.names, owner.id)) }),
    ...(seconds === undefined ? {} : { lasts: `PT${seconds}S` }),
  }
}
