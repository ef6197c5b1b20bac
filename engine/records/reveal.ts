import { type Mask, maskText } from '../access/mask.ts'
import type { CompiledField, CompiledModel } from '../model/compiled.ts'
import { SEALED_MARK, type Vault } from '../registry/vault.ts'

const MARK = `"${SEALED_MARK}`
const SEALED = /"\\u0062ox:([0-9a-f-]{36}):([0-9a-f-]{36}):([0-9a-f]+):([a-z_]*)"/g

/**
 * JSON of records as PostgreSQL built it, with encrypted values in the clear. Only the encrypted values are touched,
 * and a text without any goes through as it is.
 * @throws AppError SECRET_KEY_MISSING, SECRET_VALUE_DAMAGED
 */
export function revealed(model: CompiledModel, text: string): string
export function revealed(model: CompiledModel, text: string | undefined): string | undefined
export function revealed(model: CompiledModel, text: string | undefined): string | undefined {
  if (model.vault === undefined || text === undefined || !text.includes(MARK)) return text
  const { vault } = model
  const fields = sealedFields(model)
  return text.replace(SEALED, (_, field: string, record: string, box: string, mask: Mask | '') => {
    const sealing = fields.get(field)?.type.sealing
    // Retired since the statement was planned: what is gone is not shown.
    if (sealing === undefined) return 'null'
    const value = sealing.reveal(box, { field, record }, vault)
    return JSON.stringify(mask === '' ? value : maskText(mask, String(value)))
  })
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
