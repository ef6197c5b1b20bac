import type { CompiledEntity, CompiledField, CompiledModel } from '../model/compiled.ts'
import { ownedTags } from '../model/computed.ts'
import type { RequestContext } from './context.ts'
import type { WriteValues } from './parse-write.ts'
import { vaultOf } from './reveal.ts'

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

/**
 * The columns of a field with their values; only a password, which is hashed here, makes one wait.
 * @param record the id of the record for which the value is, to which an encrypted one is bound; whoever only
 *   compares by `keyColumns` has none
 */
export function storedColumns(
  model: CompiledModel,
  field: CompiledField,
  value: unknown,
  record = '',
): readonly StoredColumn[] | Promise<readonly StoredColumn[]> {
  const specs = columnSpecs(field)
  if (value === null) return specs.map(({ column, sqlType }) => ({ column, sqlType, value: null }))
  const encoded = encode(model, field, value, record)
  return encoded instanceof Promise
    ? encoded.then((done) => withValues(specs, done))
    : withValues(specs, encoded)
}

type ColumnOf = Omit<StoredColumn, 'value'>

function withValues(specs: readonly ColumnOf[], values: readonly unknown[]): readonly StoredColumn[] {
  return specs.map(({ column, sqlType }, index) => ({ column, sqlType, value: values[index] ?? null }))
}

const specsByField = new WeakMap<CompiledField, readonly ColumnOf[]>()

/** The columns of a field, quoted, with their types. */
export function columnSpecs(field: CompiledField): readonly ColumnOf[] {
  let specs = specsByField.get(field)
  if (specs === undefined) {
    const types = field.type.columns(field.definition)
    specs = field.columns.map((column, index) => ({ column, sqlType: plainType(types[index]!.sqlType) }))
    specsByField.set(field, specs)
  }
  return specs
}

/** The columns of a field by which values are compared: of an encrypted one not the box, which is never twice the same. */
export function keyColumns(field: CompiledField): readonly ColumnOf[] {
  const specs = columnSpecs(field)
  return field.type.sealing === undefined ? specs : specs.slice(0, 1)
}

function plainType(sqlType: string): string {
  return sqlType.replace(/ COLLATE .*$/, '')
}

function encode(
  model: CompiledModel,
  field: CompiledField,
  value: unknown,
  record: string,
): readonly unknown[] | Promise<readonly unknown[]> {
  if (field.type.sealing !== undefined)
    return field.type.sealing.seal(value, { field: field.id, record }, vaultOf(model))
  if (field.relation?.kind === 'dynamic') {
    // The target's id, not its name: a rename of the entity must not cut its records off.
    const { entity, id } = value as { entity: string; id: string }
    return [id, model.entities.get(entity)?.id ?? null]
  }
  return field.type.encode === undefined ? [value] : field.type.encode(value, field.definition)
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

/** The search tokens of a record with these values. Tags that rules give have none: a question asks for them by name. */
export function searchTokens(
  { search, model }: Pick<RequestContext, 'search' | 'model'>,
  entity: CompiledEntity,
  values: WriteValues,
): string[] {
  const texts = entity.searchFields.flatMap((field) => {
    const value = values.get(field)
    if (value === undefined || value === null) return []
    const owned = field.type.name === 'tags' ? ownedTags(model, entity, field) : []
    const searched = owned.length === 0 ? value : (value as string[]).filter((tag) => !owned.includes(tag))
    return [field.type.searchText!(searched)]
  })
  return search.tokensOf(texts)
}
