import { findActor } from '../../access/find-actor.ts'
import type { Transaction } from '../../db/database.ts'
import { refuse } from '../../errors.ts'
import { counting, linkedRequests, loadAsked, loadSaid, standing } from '../../model/agreements.ts'
import { compileModel } from '../../model/compile.ts'
import type { CompiledModel } from '../../model/compiled.ts'
import {
  type Control,
  type ControlledPublish,
  type ControlRule,
  controlRule,
  type PublishControl,
} from '../../model/control.ts'
import { toPhysicalMap } from '../../model/place.ts'
import { notice, voiceFor } from '../../notify/notices.ts'
import { requestContext } from '../../records/context.ts'
import { flowContext } from '../flows/deps.ts'
import { auditRequest } from '../requests/file-request.ts'
import { tellAsker } from '../requests/tell.ts'
import { namedPeople } from './named.ts'

/** Whether enough people agree to a publish, and the answer to who asked for what it brings. */
export const publishControl: PublishControl = {
  async judge(tx, publish) {
    const rule = controlRule(publish.state.definitions)
    if (rule === undefined) return undefined
    const { schema, changeset, plan, by, emergency } = publish
    const model = modelInForce(publish)
    const named = await namedPeople(tx, model, rule)
    const said = await loadSaid(tx, schema, changeset.id)
    const kept: Control = {
      ...{ needs: rule.needs, named, said, hash: plan.hash },
      asked: await loadAsked(tx, schema, changeset.id),
    }
    const have = counting(named, standing(said, plan.hash), by).length
    if (have >= rule.needs) return kept
    if (emergency === undefined) throw missing(have, rule)
    await assertAdministrator(tx, model, by)
    return { ...kept, emergency: { reason: emergency } }
  },
  answer: answerRequests,
}

function missing(have: number, { needs }: ControlRule): Error {
  return refuse('META_AGREEMENT_MISSING', '', { params: { have, needs } })
}

/** The command line is run by who has the database in their hands. */
async function assertAdministrator(
  tx: Transaction,
  model: CompiledModel,
  by: string | undefined,
): Promise<void> {
  if (by === undefined) return
  const actor = await findActor(tx, model, by)
  if (actor?.roles.includes('administrator') !== true) throw refuse('META_EMERGENCY_DENIED', '/emergency')
}

function modelInForce({ workspace, schema, state, registry }: ControlledPublish): CompiledModel {
  const { version, contentRevision, settings, definitions, physical } = state
  return compileModel({
    ...{ workspace, schema, version, contentRevision, settings, definitions, registry },
    physical: toPhysicalMap(physical),
  })
}

/** Those that somebody has answered meanwhile stay as they are. */
async function answerRequests(tx: Transaction, publish: ControlledPublish, version: number): Promise<void> {
  const { db, registry, workspace, schema, state, changeset, plan, by } = publish
  const ids = await linkedRequests(tx, schema, changeset.id)
  if (ids.length === 0) return
  const { contentRevision, settings } = state
  const model = compileModel({
    ...{ workspace, schema, version, contentRevision, settings, registry },
    ...{ definitions: plan.candidate, physical: toPhysicalMap(plan.work.places) },
  })
  const engine = flowContext({ db, registry, now: () => new Date() }, model, { name: 'publish' })
  const context = requestContext({ ...engine, actor: { ...engine.actor, id: by } })
  for (const id of ids) {
    const { rows } = await tx.query<{ asker: string; text: string }>({
      text: `SELECT asked_by::text AS asker, words AS text FROM ${schema}.tenon_change_request
WHERE id = $1::uuid AND state = 'open' FOR UPDATE`,
      values: [id],
    })
    const wish = rows[0]
    if (wish === undefined) continue
    const asker = await findActor(tx, model, wish.asker)
    const to = asker === undefined ? { language: model.settings.language } : voiceFor(registry, asker)
    const answer = notice('request.published', to, { version, draft: changeset.label })
    await tx.query({
      text: `UPDATE ${schema}.tenon_change_request SET state = 'done', answer = $2, closed_by = $3, closed_at = $4
WHERE id = $1::uuid`,
      values: [id, answer, by ?? null, context.now().toISOString()],
    })
    await auditRequest(context, tx, id, { act: 'done', version })
    if (wish.asker !== by) await tellAsker({ registry }, context, tx, { id, ...wish, state: 'done', answer })
  }
}
