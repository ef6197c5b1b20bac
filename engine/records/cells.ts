import { SETTINGS_SCOPE, withPrefix } from '../../metadata/rules/scopes.ts'
import type { RuleScope, TypedRule } from '../../metadata/rules/types.ts'
import { type Access, isKnownField } from '../access/access.ts'
import { maskOf, maskSql } from '../access/mask.ts'
import type { Part, RowTest } from '../access/row-test.ts'
import { rowTestSql } from '../access/row-test-sql.ts'
import { withTeams } from '../model/actor-scope.ts'
import type { CompiledEntity, CompiledField, CompiledModel } from '../model/compiled.ts'
import { type FieldTest, ruleScopeWithLists } from '../model/sql/rule-scope.ts'
import { sealedJson } from '../registry/vault.ts'
import type { Parameters } from './parameters.ts'

/** What a statement about an actor's records is written for. */
export interface CellSource {
  readonly model: CompiledModel
  readonly access: Access
  readonly parameters: Parameters
}

/** What parts of a cell are asked: whose model, and whose rights. */
export interface Sight {
  readonly model: CompiledModel
  readonly access: Access
}

/** What a related record looks like that is out of sight. */
export const HIDDEN_RECORD = `'{"id":null,"label":null,"hidden":true}'::json`

/** Whether a cell of the row is shown, as SQL; `true` where it is in every row that the actor sees. */
export function seenSql(
  source: CellSource,
  entity: CompiledEntity,
  field: CompiledField,
  alias: string,
): string {
  return rowTestSql(source, source.access.entity(entity.name).cell(field).see, entity, alias)
}

/** Whether the actor sees the field in every record that there is, not only in every record that they see. */
export function isSeenEverywhere(access: Access, entity: CompiledEntity, field: CompiledField): boolean {
  const rights = access.entity(entity.name)
  return rights.read === 'all' && rights.cell(field).see === 'all'
}

/** A value where it is shown, else NULL: what filters, sorting, groups and sums go by. */
export function shownValue(
  source: CellSource,
  entity: CompiledEntity,
  field: CompiledField,
  alias: string,
  sql: string,
): string {
  const seen = seenSql(source, entity, field, alias)
  return seen === 'true' ? sql : `(CASE WHEN ${seen} THEN ${sql} END)`
}

/** A value as it goes out: whole where it is shown, masked where that is granted, else null. */
export function shownJson(
  source: CellSource,
  entity: CompiledEntity,
  field: CompiledField,
  alias: string,
  sql: string,
): string {
  const seen = seenSql(source, entity, field, alias)
  if (seen === 'true') return sql
  const masked = rowTestSql(source, source.access.entity(entity.name).cell(field).masked, entity, alias)
  const instead = masked === 'false' ? '' : ` WHEN ${masked} THEN ${maskedJson(field, alias)}`
  return seen === 'false' && instead === ''
    ? 'NULL::json'
    : `CASE WHEN ${seen} THEN to_json(${sql})${instead} END`
}

function maskedJson(field: CompiledField, alias: string): string {
  const column = field.columns[0]
  if (column === undefined) return 'NULL::json'
  const place = `${alias}.${column}`
  if (field.relation !== undefined) return `CASE WHEN ${place} IS NOT NULL THEN ${HIDDEN_RECORD} END`
  if (field.type.sealing !== undefined)
    return sealedJson(`${alias}.${field.columns[1]}`, field.id, `${alias}."id"`, maskOf(field))
  return `to_json(${maskSql(field, place)})`
}

/** The columns of the row itself that decide whether a cell is shown. */
export function deciding(access: Access, entity: CompiledEntity, field: CompiledField): readonly string[] {
  const { see, masked } = access.entity(entity.name).cell(field)
  return [...columnsOfTest(entity, see), ...columnsOfTest(entity, masked)]
}

function columnsOfTest(entity: CompiledEntity, test: RowTest): readonly string[] {
  if (typeof test === 'string') return []
  return test.flat().flatMap((part) => columnsOfPart(entity, part))
}

function columnsOfPart(entity: CompiledEntity, part: Part): readonly string[] {
  switch (part.kind) {
    case 'own':
    case 'team':
    case 'team_tree':
    case 'pooled':
    case 'unpooled':
      return [entity.ownerColumn]
    case 'numberless':
      return [part.column]
    case 'rule':
      return columnsOfRule(entity, part.typed)
    case 'given':
    case 'free':
    case 'turn':
      return ['"id"']
    case 'among':
      return []
    case 'through':
      return entity.fields.get(part.field)?.columns ?? []
  }
}

function columnsOfRule(entity: CompiledEntity, typed: TypedRule): readonly string[] {
  switch (typed.kind) {
    case 'path':
      return entity.fields.get(typed.path[0]!)?.columns ?? []
    case 'fallback':
      return columnsOfRule(entity, typed.value)
    case 'call':
      return typed.arguments.flatMap((argument) => columnsOfRule(entity, argument))
    default:
      return []
  }
}

/** Fields that the actor may never read are unknown to them. */
export function knownFields(access: Access): FieldTest {
  return (entity, field) => isKnownField(access, entity, field)
}

/** The names that a rule of the actor may use. */
export function sightScope({ model, access }: Sight, entity: CompiledEntity): RuleScope {
  const record = ruleScopeWithLists(model, entity, knownFields(access))
  return withTeams(withPrefix(record, 'settings', SETTINGS_SCOPE))
}
