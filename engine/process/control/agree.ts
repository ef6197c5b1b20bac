import type { Transaction } from '../../db/database.ts'
import { AppError, refuse } from '../../errors.ts'
import { loadAsked, loadSaid, saveAsked, saveSaid, standing } from '../../model/agreements.ts'
import { type Changeset, closedBy, loadChangeset } from '../../model/changesets.ts'
import { type ControlRule, controlRule, type Decision } from '../../model/control.ts'
import { type Plan, planDraft } from '../../model/plan.ts'
import { loadState } from '../../model/state.ts'
import { notice } from '../../notify/notices.ts'
import type { RequestContext } from '../../records/context.ts'
import type { Registry } from '../../registry/registry.ts'
import { auditChangeset } from '../audit-changeset.ts'
import { textProblems } from '../requests/file-request.ts'
import { shortened, tellPeople } from '../requests/tell.ts'
import { namedPeople } from './named.ts'

export interface AgreementDeps {
  readonly registry: Registry
}

/** Where a notification of a draft leads: the pages know the word. */
const PLACE = 'changeset'

/** The plan that somebody looked at, and what they say. */
export interface Word {
  readonly hash: string
  readonly text?: string | undefined
}

interface Held {
  readonly rule: ControlRule
  readonly changeset: Changeset
  readonly plan: Plan
}

/**
 * The draft, held against a publish and other words, with the plan that was looked at.
 * @throws AppError META_CHANGESET_*, META_AGREEMENT_NOT_NEEDED, META_PLAN_MOVED
 */
async function hold(
  deps: AgreementDeps,
  { model: { schema } }: RequestContext,
  tx: Transaction,
  id: string,
  hash: string,
): Promise<Held> {
  const changeset = await loadChangeset(tx, schema, id, 'update')
  if (changeset.state !== 'open') throw closedBy(changeset.state)
  const state = await loadState(tx, schema)
  const rule = controlRule(state.definitions)
  if (rule === undefined) throw refuse('META_AGREEMENT_NOT_NEEDED')
  if (changeset.baseVersion !== state.version) throw refuse('META_PLAN_MOVED')
  const plan = await planDraft({ db: tx, schema, registry: deps.registry, state, counts: 'exact' }, changeset)
  if (plan.hash !== hash) throw refuse('META_PLAN_MOVED')
  return { rule, changeset, plan }
}

/**
 * Asks those who are named to agree to a draft: they are told, and what it would do now is kept.
 * @throws AppError META_CHANGESET_*, META_AGREEMENT_NOT_NEEDED, META_PLAN_MOVED, FIELD_TEXT_*
 */
export async function askForAgreement(
  deps: AgreementDeps,
  context: RequestContext,
  person: string,
  id: string,
  word: Word,
): Promise<void> {
  const words = wordsOf(word)
  const { db, model, actor } = context
  await db.transaction(async (tx) => {
    const { rule, changeset, plan } = await hold(deps, context, tx, id, word.hash)
    const impact = plan.steps.map(({ tag, sentence, records }) => ({
      ...{ tag, sentence },
      ...(records === undefined ? {} : { records }),
    }))
    await saveAsked(tx, model.schema, changeset.id, {
      ...{ hash: plan.hash, by: person, at: context.now().toISOString(), words, impact },
    })
    await auditChangeset(context, tx, 'agreement', changeset.id, { act: 'asked', hash: plan.hash })
    const others = (await namedPeople(tx, model, rule)).filter((one) => one !== person)
    await tellPeople(deps, context, tx, PLACE, others, (to) => ({
      title: notice('agreement.asked', to, { who: actor.name, draft: shortened(changeset.label) }),
      ...(words === null ? {} : { text: words }),
      record: changeset.id,
    }))
  })
}

/**
 * Agrees to exactly this plan, or declines; whoever asked is told.
 * @throws AppError META_CHANGESET_*, META_AGREEMENT_NOT_NEEDED, META_PLAN_MOVED, META_AGREEMENT_NOT_NAMED,
 *   META_AGREEMENT_SAME, META_AGREEMENT_WORD_MISSING, FIELD_TEXT_*
 */
export async function sayToPlan(
  deps: AgreementDeps,
  context: RequestContext,
  person: string,
  id: string,
  word: Word & { readonly decision: Decision },
): Promise<void> {
  const words = wordsOf(word)
  const { decision } = word
  if (decision === 'declined' && words === null) throw refuse('META_AGREEMENT_WORD_MISSING', '/text')
  const { db, model, actor } = context
  await db.transaction(async (tx) => {
    const { rule, changeset, plan } = await hold(deps, context, tx, id, word.hash)
    if (!(await namedPeople(tx, model, rule)).includes(person)) throw refuse('META_AGREEMENT_NOT_NAMED')
    const before = standing(await loadSaid(tx, model.schema, changeset.id), plan.hash).get(person)
    if (before?.decision === decision) throw refuse('META_AGREEMENT_SAME', '/decision')
    await saveSaid(tx, model.schema, changeset.id, {
      ...{ person, hash: plan.hash, decision, words, at: context.now().toISOString() },
    })
    await auditChangeset(context, tx, 'agreement', changeset.id, { act: decision, hash: plan.hash })
    const asker = (await loadAsked(tx, model.schema, changeset.id))?.by
    if (asker === undefined || asker === person) return
    const label = shortened(changeset.label)
    await tellPeople(deps, context, tx, PLACE, [asker], (to) => ({
      title: notice(`agreement.${decision}`, to, { who: actor.name, draft: label }),
      ...(words === null ? {} : { text: words }),
      record: changeset.id,
    }))
  })
}

function wordsOf({ text = '' }: Word): string | null {
  const problems = textProblems(text, '/text')
  if (problems.length > 0) throw new AppError(problems)
  return text.trim() || null
}
