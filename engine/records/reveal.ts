import { type Mask, maskText } from '../access/mask.ts'
import type { CompiledField, CompiledModel } from '../model/compiled.ts'
import { SEALED_MARK, type Vault } from '../registry/vault.ts'

/** A statement, as far as it tells whether its answer may hold encrypted values. */
interface Asked {
  readonly text: string
}

/**
 * JSON of records as PostgreSQL built it, with encrypted values in the clear: the one place where they become so. The
 * answers of statements that ask for none go through untouched and unread; of the others only the values are touched.
 * @param plan the statement that gave the text, kept as long as it is used again
 * @throws AppError SECRET_KEY_MISSING, SECRET_VALUE_DAMAGED
 */
export function revealed(model: CompiledModel, plan: Asked, json: string): string
export function revealed(model: CompiledModel, plan: Asked, json: string | undefined): string | undefined
export function revealed(model: CompiledModel, plan: Asked, json: string | undefined): string | undefined {
  if (model.vault === undefined || json === undefined || !asksForSealed(plan)) return json
  const { vault } = model
  const fields = sealedFields(model)
  let shown = ''
  let from = 0
  for (let at = json.indexOf(SEALED_MARK); at !== -1; at = json.indexOf(SEALED_MARK, at + 1)) {
    // Behind a quotation mark that opens a text nobody but us writes the escape; elsewhere it is part of a text.
    if (json[at - 1] !== '"') continue
    const end = json.indexOf('"', at)
    shown += json.slice(from, at - 1) + shownValue(vault, fields, json.slice(at + SEALED_MARK.length, end))
    from = end + 1
  }
  return from === 0 ? json : shown + json.slice(from)
}

/** One value as JSON. @param sealed field, record, box and mask, as `sealedJson` puts them together */
function shownValue(vault: Vault, fields: ReadonlyMap<string, CompiledField>, sealed: string): string {
  const [field = '', record = '', box = '', mask = ''] = sealed.split(':')
  const sealing = fields.get(field)?.type.sealing
  // Retired since the statement was planned: what is gone is not shown.
  if (sealing === undefined) return 'null'
  const value = sealing.reveal(box, { field, record }, vault)
  return JSON.stringify(mask === '' ? value : maskText(mask as Mask, String(value)))
}

const asked = new WeakMap<Asked, boolean>()

function asksForSealed(plan: Asked): boolean {
  let isAsked = asked.get(plan)
  if (isAsked === undefined) {
    isAsked = plan.text.includes(SEALED_MARK)
    asked.set(plan, isAsked)
  }
  return isAsked
}

/** The vault of a workspace that has encrypted fields. */
export function vaultOf(model: CompiledModel): Vault {
  if (model.vault === undefined) throw new Error(`the model of "${model.workspace}" has no vault`)
  return model.vault
}

const fieldsByModel = new WeakMap<CompiledModel, ReadonlyMap<string, CompiledField>>()

/** The encrypted fields of all entities, by id. */
function sealedFields(model: CompiledModel): ReadonlyMap<string, CompiledField> {
  let fields = fieldsByModel.get(model)
  if (fields === undefined) {
    const all = [...model.entities.values()].flatMap((entity) => [...entity.fields.values()])
    fields = new Map(
      all.filter((field) => field.type.sealing !== undefined).map((field) => [field.id, field]),
    )
    fieldsByModel.set(model, fields)
  }
  return fields
}
