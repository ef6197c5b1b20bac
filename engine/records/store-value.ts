import type { CompiledEntity, CompiledField, CompiledModel } from '../model/compiled.ts'
import type { SearchPort } from '../registry/ports.ts'
import type { WriteValues } from './parse-write.ts'

/** A column with what goes into it. */
export interface StoredColumn {
  /** Quoted. */
  readonly column: string
  readonly sqlType: string
  readonly value: unknown
}

/** Fields whose values lie in the record's own row. */
export function isStored(field: CompiledField): boolean {
  return field.columns.length > 0
}

/** The columns of a field with their values; a password is hashed here. */
export async function storedColumns(
  model: CompiledModel,
  field: CompiledField,
  value: unknown,
): Promise<readonly StoredColumn[]> {
  const specs = columnSpecs(field)
  if (value === null) return specs.map((spec) => ({ ...spec, value: null }))
  const encoded = await encode(model, field, value)
  return specs.map((spec, index) => ({ ...spec, value: encoded[index] ?? null }))
}

export function columnSpecs(
  field: CompiledField,
): readonly { readonly column: string; readonly sqlType: string }[] {
  const specs = field.type.columns(field.definition)
  return field.columns.map((column, index) => ({ column, sqlType: plainType(specs[index]!.sqlType) }))
}

function plainType(sqlType: string): string {
  return sqlType.replace(/ COLLATE .*$/, '')
}

async function encode(
  model: CompiledModel,
  field: CompiledField,
  value: unknown,
): Promise<readonly unknown[]> {
  if (field.relation?.kind === 'dynamic') {
    // The target's id, not its name: a rename of the entity must not cut its records off.
    const { entity, id } = value as { entity: string; id: string }
    return [id, model.entities.get(entity)?.id ?? null]
  }
  return field.type.encode === undefined ? [value] : await field.type.encode(value, field.definition)
}

/** A row as the text of a JSON object for json_to_recordset; jsonb columns take their text as it is. */
export function rowJsonText(columns: readonly StoredColumn[]): string {
  const members = columns
    .filter((stored) => stored.value !== null && stored.value !== undefined)
    .map(({ column, sqlType, value }) => {
      const text = sqlType === 'jsonb' && typeof value === 'string' ? value : JSON.stringify(value)
      return `${column}:${text}`
    })
  return `{${members.join(',')}}`
}

/** The search tokens of a record with these values. */
export function searchTokens(search: SearchPort, entity: CompiledEntity, values: WriteValues): string[] {
  const texts = entity.searchFields.flatMap((field) => {
    const value = values.get(field)
    return value === undefined || value === null ? [] : [field.type.searchText!(value)]
  })
  return search.tokensOf(texts)
}
