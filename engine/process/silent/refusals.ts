import { problem } from '../../errors.ts'
import type { RunningSilent } from '../../model/compiled.ts'
import { MOST_WRITES } from '../../model/silent/silent-run.ts'
import type { Watched } from '../../model/silent/watched.ts'
import type { Observe } from '../../observe.ts'
import { requestContext } from '../../records/context.ts'
import type { RefusedWrite } from '../../records/refusals.ts'
import { isDeferred, validationProblem } from '../../records/write-conditions.ts'
import { type Found, type Sides, unjudged, type Verdict } from './found.ts'
import { compared, validationIn } from './judge-validation.ts'
import { keepFound } from './keep.ts'

/** Refused writes that wait on a node to be looked at; of more at a time some are passed over. */
const MOST_WAITING = 20

const DEEPER = {
  en: 'the rule looks at lines or links, which are there only when all is written',
  'zh-CN': '规则涉及明细或关联，仅在全部写入后才存在',
}

/**
 * Looks at writes that rules in force have refused: would the draft that runs silently have accepted them? One after the
 * other, apart from the write, which has been answered by then.
 */
export function refusalWatch(observe: Observe): (refused: RefusedWrite) => void {
  const waiting: RefusedWrite[] = []
  let passedOver = 0
  let isAtIt = false
  const work = async (): Promise<void> => {
    isAtIt = true
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const missed = passedOver
      passedOver = 0
      await look(next, missed).catch((error: unknown) =>
        observe('fault', { during: 'a refused write beside a silent run', error }),
      )
    }
    isAtIt = false
  }
  return (refused) => {
    if (waiting.length >= MOST_WAITING) {
      passedOver += 1
      return
    }
    waiting.push(refused)
    if (!isAtIt) void work() // it catches what it throws
  }
}

async function look(refused: RefusedWrite, passedOver: number): Promise<void> {
  const { context, entity, id } = refused
  const { schema } = context.model
  const at = context.now().toISOString()
  for (const run of context.model.silent) {
    const own = run.watched.filter(
      (one): one is Watched<'validation'> => one.kind === 'validation' && hasRefused(refused, one),
    )
    if (own.length === 0) continue
    const verdicts = await judged(refused, run, own)
    const found = verdicts.map(
      ({ definition, ...verdict }): Found => ({
        ...{ definition, at, entity: entity.id, record: id },
        ...verdict,
      }),
    )
    await context.db.background.transaction(async (tx) => {
      const { rows } = await tx.query({
        text: `SELECT 1 FROM ${schema}.tenon_silent_run WHERE id = $1 AND taken < ${MOST_WRITES}`,
        values: [run.id],
      })
      if (rows.length > 0) await keepFound(tx, schema, run.id, found, { looked: 1, taken: 1, passedOver })
    })
  }
}

/** Whether a validation in force that the draft has otherwise is among those that refused the write. */
function hasRefused({ problems }: RefusedWrite, { before }: Watched): boolean {
  return problems.some(
    ({ code, params }) => code === 'RECORD_VALIDATION_FAILED' && params?.validation === before?.name,
  )
}

async function judged(
  { context, judge }: RefusedWrite,
  run: RunningSilent,
  own: readonly Watched<'validation'>[],
): Promise<readonly (Verdict & Pick<Found, 'definition'>)[]> {
  const draft = requestContext({ ...context, model: run.model, db: context.db.background })
  const incomparable = (one: Watched, sides: Sides) =>
    ({ definition: one.id, differs: 'not_comparable', sides }) as const
  try {
    const entity = run.model.entities.get(own[0]!.entity)!
    const still = await judge(draft, entity)
    return own.map((one) => {
      const [now, then] = [validationIn(context.model, one)!, validationIn(run.model, one)]
      const isDeep = [now, then].some((side) => side !== undefined && isDeferred(entity, side))
      if (isDeep) {
        const params = { reason: DEEPER }
        return incomparable(one, { problem: problem('META_SILENT_INCOMPARABLE', '', { params }) })
      }
      const refuses = { does: 'refuses', problem: validationProblem(now.definition) } as const
      const isStill = still.some(({ params }) => params?.validation === one.after?.name)
      const after =
        isStill && then !== undefined
          ? ({ does: 'refuses', problem: validationProblem(then.definition) } as const)
          : ({ does: 'accepts' } as const)
      return { definition: one.id, ...compared(refuses, after) }
    })
  } catch (error) {
    const { problem, why } = unjudged(error)
    if (why === 'fault') throw error
    return own.map((one) => incomparable(one, { problem }))
  }
}
