import { isDeepStrictEqual } from 'node:util'
import type { Executor } from '../../db/database.ts'
import { parseJson } from '../../db/values.ts'
import type { Registry } from '../../registry/registry.ts'
import { compileModel } from '../compile.ts'
import type { CompiledModel, DefinitionSet } from '../compiled.ts'
import { entityById } from '../entity-by-id.ts'
import { type PhysicalRow, toPhysicalMap } from '../place.ts'
import type { WorkspaceState } from '../state.ts'
import { type Converted, type PlacedField, type ValueConverter, valueConverter } from './convert-value.ts'
import type { ConvertedField } from './converted.ts'

export interface ConversionSource {
  readonly workspace?: string
  /** Quoted. */
  readonly schema: string
  readonly registry: Registry
  readonly state: WorkspaceState
}

/** One field of one table whose values get their counterparts in another column of the same row. */
export interface ColumnConversion {
  readonly id: string
  readonly entityId: string
  /** Qualified and quoted. */
  readonly table: string
  /** Quoted. */
  readonly fromColumns: readonly string[]
  readonly forth: ValueConverter
  readonly back: ValueConverter
  /** SQL of the value that is there, over `t`. */
  readonly readOld: string
  /** SQL of both values. */
  readonly read: string
  /** SQL that writes `[{"id","v"}]`, the first parameter. */
  readonly write: string
  /** A value as it goes into the column. */
  encode(value: unknown): Promise<unknown>
}

/**
 * How the values of these fields are carried over.
 * @param places of the candidate; where they are those in force nothing can be written, only read
 */
export function columnConversions(
  source: ConversionSource,
  candidate: DefinitionSet,
  places: readonly PhysicalRow[],
  fields: readonly ConvertedField[],
): readonly ColumnConversion[] {
  if (fields.length === 0) return []
  const before = compiled(source, source.state.definitions, source.state.physical)
  const after = compiled(source, candidate, places)
  return fields.map((field) => columnConversion(placed(before, field), placed(after, field), after))
}

function compiled(
  { workspace = '', schema, registry, state }: ConversionSource,
  definitions: DefinitionSet,
  places: readonly PhysicalRow[],
): CompiledModel {
  const { version, contentRevision, settings } = state
  return compileModel({
    ...{ workspace, schema, version, contentRevision, settings, registry, definitions },
    physical: toPhysicalMap(places),
  })
}

function placed(model: CompiledModel, { id, entityId }: ConvertedField): PlacedField {
  const entity = entityById(model, entityId)
  const field = entity === undefined ? undefined : [...entity.fields.values()].find((one) => one.id === id)
  if (entity === undefined || field === undefined) throw new Error(`no place for the field ${id}`)
  return { entity, field }
}

function columnConversion(from: PlacedField, to: PlacedField, model: CompiledModel): ColumnConversion {
  const { table } = from.entity
  const { type, definition, columns } = to.field
  const [column, sqlType] = [columns[0]!, type.columns(definition)[0]!.sqlType.replace(/ COLLATE .*$/, '')]
  return {
    id: to.field.id,
    entityId: to.entity.id,
    table,
    fromColumns: from.field.columns,
    forth: valueConverter(from, to, model.settings),
    back: valueConverter(to, from, model.settings),
    readOld: `to_json(${jsonOf(from)}) AS old`,
    read: `to_json(${jsonOf(from)}) AS old, to_json(${jsonOf(to)}) AS new`,
    write:
      `UPDATE ${table} t SET ${column} = x.v ` +
      `FROM jsonb_to_recordset($1::jsonb) AS x(id uuid, v ${sqlType}) WHERE t."id" = x.id`,
    encode: async (value) =>
      value === null || type.encode === undefined ? value : (await type.encode(value, definition))[0],
  }
}

function jsonOf({ field: { type, definition, columns } }: PlacedField): string {
  const qualified = columns.map((column) => `t.${column}`)
  return type.json?.(qualified, definition, 't."id"') ?? qualified[0]!
}

/** One record's value in both columns, as JSON texts. */
export interface ValuePair {
  readonly id: string
  readonly old: string | null
  readonly new: string | null
}

/**
 * Writes the counterparts of values where the other column does not hold them yet.
 * @returns how many records were changed
 */
export async function convertPairs(
  db: Executor,
  conversion: ColumnConversion,
  pairs: readonly ValuePair[],
): Promise<number> {
  const changes: { readonly id: string; readonly v: unknown }[] = []
  for (const pair of pairs) {
    const [old, held] = [storedValue(pair.old), storedValue(pair.new)]
    const wanted = counterpart(conversion, old, held)
    if (isDeepStrictEqual(wanted, held)) continue
    changes.push({ id: pair.id, v: await conversion.encode(wanted) })
  }
  if (changes.length === 0) return 0
  await db.query({ text: conversion.write, values: [JSON.stringify(changes)] })
  return changes.length
}

/**
 * What the other column is to hold. A column that a field had once before still holds what stood there: where that is
 * what the value of today came from, it says more than the value itself.
 */
export function counterpart(
  { forth, back }: Pick<ColumnConversion, 'forth' | 'back'>,
  old: unknown,
  held: unknown,
): unknown {
  if (held !== null) {
    const was = back(held)
    // A value that had no counterpart left none; nobody has given another one since.
    if (old === null) return was.fault === undefined ? null : held
    if (was.fault === undefined && isDeepStrictEqual(was.value, old)) return held
  }
  return old === null ? null : foundOr(forth(old))
}

function foundOr(converted: Converted): unknown {
  return converted.fault === undefined ? converted.value : null
}

/** A JSON text of a column as the value that it means. */
export function storedValue(text: string | null): unknown {
  return text === null ? null : parseJson<unknown>(text)
}
