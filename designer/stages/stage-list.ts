import { freshName } from '../inspector/controls/fresh-name.ts'
import { isObject, type Json } from '../store/json-value.ts'

/** A stage as a draft has it: what is there may be anything until the draft is checked. */
export interface DraftStage extends Json {
  readonly name: string
  readonly type: 'open' | 'won' | 'lost'
}

/** An allowed move, by places in the list. */
export interface Move {
  readonly from: number
  readonly to: number
}

export function stagesOf(definition: Json | undefined): readonly DraftStage[] {
  const list = Array.isArray(definition?.stages) ? definition.stages : []
  return list.map((one) => {
    const stage = isObject(one) ? one : {}
    const type = stage.type === 'won' || stage.type === 'lost' ? stage.type : 'open'
    return { ...stage, name: typeof stage.name === 'string' ? stage.name : '', type }
  })
}

export const namesIn = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : []

/** Where records may go; a stage that no stage has that name is left to the check. */
export function movesOf(stages: readonly DraftStage[]): readonly Move[] {
  const places = new Map(stages.map(({ name }, at) => [name, at]))
  return stages.flatMap((stage, from) =>
    namesIn(stage.next).flatMap((name) => {
      const to = places.get(name)
      return to === undefined || to === from ? [] : [{ from, to }]
    }),
  )
}

/** The stages that ask something of a move: an open one of whom goes on from it, another of all who come. */
export function gatesOf(stages: readonly DraftStage[], { from, to }: Move): readonly number[] {
  const [left, entered] = [stages[from], stages[to]]
  if (left === undefined || entered === undefined) return []
  const isOnward = entered.type === 'won' || (entered.type === 'open' && to > from)
  const on = left.type === 'open' && isOnward ? [from] : []
  return entered.type === 'open' ? on : [...on, to]
}

export function allowed(stages: readonly DraftStage[], { from, to }: Move): readonly DraftStage[] {
  const [stage, target] = [stages[from], stages[to]]
  if (stage === undefined || target === undefined || from === to) return stages
  const next = namesIn(stage.next)
  return next.includes(target.name) ? stages : stages.with(from, { ...stage, next: [...next, target.name] })
}

export function forbidden(stages: readonly DraftStage[], { from, to }: Move): readonly DraftStage[] {
  const [stage, target] = [stages[from], stages[to]]
  if (stage === undefined || target === undefined) return stages
  return stages.with(from, withoutNext(stage, target.name))
}

function withoutNext(stage: DraftStage, name: string): DraftStage {
  if (!namesIn(stage.next).includes(name)) return stage
  const { next, ...rest } = stage
  const left = namesIn(next).filter((one) => one !== name)
  return (left.length === 0 ? rest : { ...rest, next: left }) as DraftStage
}

/** Behind what a stage comes that nobody has said a place for: nothing goes on from where a process ends. */
export function lastOpen(stages: readonly DraftStage[]): number {
  const at = stages.findLastIndex(({ type }) => type === 'open')
  return at < 0 ? stages.length - 1 : at
}

/**
 * A new stage behind another, on the way that leads on from it.
 * @param label what people read of it until it is called something
 */
export function added(stages: readonly DraftStage[], after: number, label?: Json): readonly DraftStage[] {
  const name = freshName('new_stage', stages)
  const before = stages[after]
  const fresh: DraftStage = { name, ...(label === undefined ? {} : { label }), type: 'open' }
  const list = stages.toSpliced(after + 1, 0, fresh)
  if (before === undefined || before.type !== 'open') return list
  return list.with(after, { ...before, next: [...namesIn(before.next), name] })
}

export function moved(stages: readonly DraftStage[], from: number, to: number): readonly DraftStage[] {
  const stage = stages[from]
  if (stage === undefined || to < 0 || to >= stages.length || from === to) return stages
  return stages.toSpliced(from, 1).toSpliced(to, 0, stage)
}

/** Another name, followed by the stages that lead there. */
export function renamed(stages: readonly DraftStage[], at: number, name: string): readonly DraftStage[] {
  const old = stages[at]?.name
  return stages.map((stage, place) => {
    const next = namesIn(stage.next)
    const own = place === at ? { ...stage, name } : stage
    if (old === undefined || old === '' || !next.includes(old)) return own
    return { ...own, next: next.map((one) => (one === old ? name : one)) }
  })
}

/**
 * Without a stage and the moves to it.
 * @param wasCalled what the stage is called in force; undefined where only the draft knows it
 * @param into the stage that takes its records
 */
export function removed(
  stages: readonly DraftStage[],
  at: number,
  wasCalled: string | undefined,
  into: string | undefined,
): readonly DraftStage[] {
  const gone = stages[at]
  if (gone === undefined) return stages
  // What it was to take itself goes along.
  const records = [...(wasCalled === undefined ? [] : [wasCalled]), ...namesIn(gone.takes)]
  return stages.toSpliced(at, 1).map((stage) => {
    const without = withoutNext(stage, gone.name)
    if (records.length === 0 || stage.name !== into) return without
    return { ...without, takes: [...new Set([...namesIn(stage.takes), ...records])] }
  })
}

/** The stage in force that one of a draft is: by its identity, else by its name. */
export function inForceOf(
  stage: DraftStage | undefined,
  inForce: readonly DraftStage[],
): DraftStage | undefined {
  if (stage === undefined) return undefined
  const byId = stage.id === undefined ? undefined : inForce.find(({ id }) => id === stage.id)
  return byId ?? inForce.find(({ name }) => name === (stage.was ?? stage.name))
}
