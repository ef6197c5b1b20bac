import { describeRule } from '../../../metadata/rules/describe-rule.ts'
import { pathsOf } from '../../../metadata/rules/paths-of.ts'
import type { Executor } from '../../db/database.ts'
import { AppError } from '../../errors.ts'
import { approvalsOf, type ModelApproval } from '../../model/approval-index.ts'
import type { CompiledEntity } from '../../model/compiled.ts'
import { flowScope } from '../../model/kinds/flow-place.ts'
import { ruleNames } from '../../model/rule-names.ts'
import type { RequestContext } from '../../records/context.ts'
import { sightNames } from '../../records/rule-sight.ts'
import { assertTouchable } from '../../records/touch.ts'
import { flowIndex } from '../flows/flow-index.ts'
import { typedRule } from '../flows/world.ts'
import { pinnedApproval } from './pinned.ts'
import type { ApprovalRun } from './store.ts'
import { approvalLabel } from './trail.ts'
import { type ApprovalDeps, type ApprovalWorld, approvalWorld, holds, ruleWorld } from './world.ts'

/** An approval for which a record may be submitted now, and what would come of it. */
export interface Submittable {
  readonly approval: string
  readonly label: string
  /** Whether anybody would be asked, as the record stands. */
  readonly needed: boolean
  /** Where nobody would: whether something follows all the same, so that submitting it lets it go on. */
  readonly goes_on: boolean
  /** When somebody is asked, as a sentence; null where it depends on nothing, or on what the actor does not see. */
  readonly when: string | null
}

/**
 * For what the record may be submitted now: nothing of it runs, and the actor may change the record. Evaluated with the actor
 * as the submitter.
 */
export async function submittable(
  deps: ApprovalDeps,
  context: RequestContext,
  { entity, record }: { readonly entity: CompiledEntity; readonly record: string },
  runs: readonly ApprovalRun[],
): Promise<readonly Submittable[]> {
  const { actor, access, db, model } = context
  const submitter = actor.id
  if (submitter === undefined || actor.viewer !== undefined) return []
  if (access.entity(entity.name).scopes.update === 'none') return []
  const running = new Set(runs.flatMap(({ state, approval }) => (state === 'running' ? [approval] : [])))
  const all = (approvalsOf(model, entity)?.all ?? []).filter(
    ({ active, id }) => active !== false && !running.has(id),
  )
  if (all.length === 0) return []
  return await db.transaction(async (tx) => {
    if (!(await mayTouch(context, tx, entity, record))) return []
    const world = approvalWorld(deps, context, tx, entity, record)
    const found: Submittable[] = []
    for (const today of all) {
      // What came back goes on as it was published when it was first submitted.
      const returned = runs.find(({ state, approval }) => state === 'returned' && approval === today.id)
      const approval =
        returned === undefined ? today : await pinnedApproval(tx, model, deps.registry, returned)
      found.push({
        approval: today.name,
        label: approvalLabel(context, today.id, today.name),
        needed: await isNeeded(world, submitter, approval),
        goes_on: goesOn(context, entity, today.name),
        when: conditionText(context, world, approval, submitter),
      })
    }
    return found
  })
}

async function mayTouch(
  context: RequestContext,
  tx: Executor,
  entity: CompiledEntity,
  record: string,
): Promise<boolean> {
  try {
    await assertTouchable(context, tx, entity, record, 'update', '')
    return true
  } catch (error) {
    if (error instanceof AppError && (error.code === 'AUTH_DENIED' || error.code === 'RECORD_LOCKED'))
      return false
    throw error
  }
}

async function isNeeded(
  world: ApprovalWorld,
  submitter: string,
  { when, levels }: ModelApproval,
): Promise<boolean> {
  if (!(await holds(world, submitter, when))) return false
  for (const level of levels) if (await holds(world, submitter, level.when)) return true
  return false
}

/** Whether a flow waits for the word that nobody need decide. */
function goesOn({ model }: RequestContext, entity: CompiledEntity, approval: string): boolean {
  const flows = flowIndex(model).byOutcome.get(entity.id) ?? []
  return flows.some(
    ({ trigger }) =>
      trigger.approval === approval && ((trigger.on ?? []) as readonly string[]).includes('not_needed'),
  )
}

function conditionText(
  context: RequestContext,
  world: ApprovalWorld,
  { when }: ModelApproval,
  submitter: string,
): string | null {
  if (when === undefined) return null
  const { place } = ruleWorld(world, submitter)
  const { model, actor } = context
  const names = sightNames(context)
  try {
    const key = `${model.workspace} ${model.version} ${model.contentRevision} approval ${world.entity.name}`
    const typed = typedRule(when, () => flowScope(place), 'condition', key)
    const { own, related, lists } = pathsOf(typed)
    const known = names.fields(world.entity.name)
    if (related.size + lists.size > 0 || [...own].some((name) => !known.has(name))) return null
    return describeRule(typed, ruleNames(names, world.entity.name, actor.language), actor.language)
  } catch (error) {
    // One that the model no longer bears counts as held, and has no words.
    if (error instanceof AppError && error.status === 422) return null
    throw error
  }
}
