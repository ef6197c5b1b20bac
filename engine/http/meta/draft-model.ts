import { AppError, refuse } from '../../errors.ts'
import { buildCandidate } from '../../model/candidate.ts'
import { checkCandidate } from '../../model/check.ts'
import { compileModel } from '../../model/compile.ts'
import type { CompiledModel, Kind } from '../../model/compiled.ts'
import { toPhysicalMap } from '../../model/place.ts'
import { planChecked } from '../../model/plan.ts'
import { pointer, pointerSteps } from '../../model/pointer.ts'
import { rebaseDraft } from '../../model/rebase.ts'
import { NEEDS_MORE, silentCandidate } from '../../model/silent/watched.ts'
import { soundPart } from '../../model/sound-part.ts'
import type { RequestContext } from '../../records/context.ts'
import type { DraftInSight } from '../../records/explain-role.ts'
import { candidateModel } from '../../records/simulate.ts'
import type { HttpDeps } from '../deps.ts'
import { workspaceDeps } from './meta-context.ts'

/**
 * A draft on what is in force now.
 * @throws AppError META_CHANGESET_UNKNOWN, META_CHANGESET_CLOSED, META_BASE_MOVED
 */
export async function draftInSight(
  deps: HttpDeps,
  context: RequestContext,
  id: string,
): Promise<DraftInSight> {
  const { db, schema, registry } = workspaceDeps(deps, context)
  const { changeset, state } = await rebaseDraft({ db, schema, registry }, id)
  const source = { db, schema, registry, state, counts: 'none' } as const
  return {
    items: changeset.items,
    candidate: (items) => buildCandidate(state.definitions, items, registry),
    soundPart: (candidate) => soundPart(state.definitions, candidate, registry),
    async modelOf(definitions) {
      const plan = await planChecked(source, { problems: [], definitions })
      return candidateModel(context, { registry, state, plan })
    },
  }
}

/**
 * The model with what of the draft lies over the tables in force, to do what a flow of it would do.
 * @throws AppError FLOW_DRAFT_NEEDS_MORE; with every problem where the draft is not sound; as `draftInSight`
 */
export async function modelOfFlow(
  deps: HttpDeps,
  context: RequestContext,
  id: string,
  name: string,
): Promise<CompiledModel> {
  const { db, schema, registry } = workspaceDeps(deps, context)
  const { changeset, state } = await rebaseDraft({ db, schema, registry }, id)
  const { definitions, faults } = silentCandidate(state.definitions, changeset.items, registry)
  const lacks = faults.some(
    ({ path, params }) => path === pointer('flow', name) && params?.reason === NEEDS_MORE,
  )
  if (lacks) throw refuse('FLOW_DRAFT_NEEDS_MORE', '', { params: { name } })
  const { version, contentRevision, settings, physical } = state
  return compileModel({
    ...{ workspace: context.model.workspace, schema: context.model.schema, registry },
    ...{ version, contentRevision, settings, definitions, physical: toPhysicalMap(physical) },
  })
}

/** A draft as it was looked at last. */
interface Look {
  /** What it said then. */
  readonly said: string
  readonly model: Promise<CompiledModel>
}

/** Looks by the id of their draft, as long as what they stand on is in force: each keystroke of a rule asks for one. */
const looks = new WeakMap<CompiledModel, Map<string, Look>>()
const MOST_LOOKS = 4

/**
 * The model as the draft would have it, as far as it holds together.
 * @param telling kinds of which everything must hold together: what is wrong with others is no matter here
 * @throws AppError with every problem of those kinds; as `draftInSight`
 */
export async function modelOfDraft(
  deps: HttpDeps,
  context: RequestContext,
  id: string,
  telling: ReadonlySet<Kind> = new Set(),
): Promise<CompiledModel> {
  const draft = await draftInSight(deps, context, id)
  const candidate = draft.candidate(draft.items)
  if (telling.size > 0) {
    const faults = checkCandidate(candidate.definitions, deps.registry, candidate.changed)
    const told = faults.filter(({ path }) => telling.has(pointerSteps(path)[0] as Kind))
    if (told.length > 0) throw new AppError(told)
  }
  const said = JSON.stringify(draft.items)
  const found = looks.get(context.model)?.get(id)
  if (found?.said === said) return found.model
  const sound = draft.soundPart(candidate)
  const model = sound === undefined ? Promise.resolve(context.model) : draft.modelOf(sound)
  keepLook(context.model, id, { said, model })
  return model
}

function keepLook(inForce: CompiledModel, id: string, look: Look): void {
  const kept = looks.get(inForce) ?? new Map<string, Look>()
  looks.set(inForce, kept)
  kept.delete(id)
  kept.set(id, look)
  const [oldest] = kept.keys()
  if (kept.size > MOST_LOOKS && oldest !== undefined) kept.delete(oldest)
  look.model.catch(() => kept.get(id) === look && kept.delete(id)) // whoever waits for it is told
}
