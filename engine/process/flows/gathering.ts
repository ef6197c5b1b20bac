import type { Transaction } from '../../db/database.ts'
import type { CompiledModel } from '../../model/compiled.ts'
import { type KnownPeople, knownPeople } from '../known-people.ts'
import { type InListNote, putAllIntoLists } from '../telling/in-lists.ts'
import type { FlowDeps } from './deps.ts'
import type { ModelFlow } from './flow-index.ts'
import type { Frame } from './frames.ts'
import { type JournalStep, loopItem, type SavedRun, saveRuns, writeJournal } from './run-store.ts'
import { isSlotFree } from './slots.ts'

/**
 * What runs that share a transaction write about themselves: kept until its end and written then, all of a kind in one
 * statement, however many steps of however many runs there were. Nothing of it is lost by that: it commits with what the
 * steps did, or neither does.
 */
export interface Gathering {
  readonly people: KnownPeople
  journal(step: JournalStep): void
  save(run: SavedRun): void
  /** The record at hand of a loop. */
  loopItem(run: string, loop: NonNullable<Frame['loop']>): Promise<string | undefined>
  /** Puts something into a person's list. No step reads what stands there. */
  tell(note: InListNote): void
  isSlotFree(flow: ModelFlow): Promise<boolean>
  /** Writes all of it; to be called once, as the last thing of the transaction. */
  write(): Promise<void>
}

export function createGathering(deps: FlowDeps, model: CompiledModel, tx: Transaction): Gathering {
  const { schema, workspace } = model
  const steps = new Map<string, JournalStep>()
  const runs = new Map<string, SavedRun>()
  const slots = new Map<string, boolean>()
  const told: InListNote[] = []
  return {
    people: knownPeople(tx, model),
    journal(step) {
      steps.set(`${step.run} ${step.number}`, step)
    },
    save(run) {
      runs.set(run.id, run)
    },
    async loopItem(run, loop) {
      const pending = steps.get(`${run} ${loop.journal}`)?.output as { readonly ids?: readonly string[] }
      return pending?.ids?.[loop.at] ?? (await loopItem(tx, schema, run, loop))
    },
    tell(note) {
      told.push(note)
    },
    async isSlotFree(flow) {
      // A lock of the transaction is its own: runs of one flow that follow each other in it are one at work.
      const known = slots.get(flow.id) ?? (await isSlotFree(tx, schema, flow))
      slots.set(flow.id, known)
      return known
    },
    async write() {
      await putAllIntoLists(deps, model, tx, told)
      await writeJournal(tx, schema, [...steps.values()])
      const now = deps.now()
      await saveRuns(tx, schema, [...runs.values()], now)
      const asleep = [...runs.values()].filter(({ state }) => state === 'sleeping')
      if (asleep.length > 0)
        await deps.wakes.runs(
          tx,
          workspace,
          asleep.map(({ id, dueAt }) => ({ at: dueAt, run: id })),
        )
    },
  }
}
