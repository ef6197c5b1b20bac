import { accessOf } from '../../access/access.ts'
import { findActors } from '../../access/find-actor.ts'
import type { Executor } from '../../db/database.ts'
import type { CompiledModel } from '../../model/compiled.ts'
import type { ControlRule } from '../../model/control.ts'
import { resolvePeople } from '../who.ts'

/**
 * Ids of those who may agree to a publish now: named by the rule, active, and able to read what they would agree to,
 * since they look after definitions.
 */
export async function namedPeople(
  db: Executor,
  model: CompiledModel,
  rule: ControlRule,
): Promise<readonly string[]> {
  const source = { model, db, path: async () => undefined, value: async () => undefined }
  const ids = await resolvePeople(source, rule.of)
  const found = await findActors(db, model, ids)
  return ids.filter((id) => {
    const one = found.get(id)
    return one?.mayAct === true && accessOf(model, one.actor).edits()
  })
}
