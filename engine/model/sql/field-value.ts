import type { CompiledField } from '../compiled.ts'
import type { ColumnSql } from './sql-target.ts'

/** What rules see of a field that has columns of its own. */
export function fieldValueSql(field: CompiledField, alias: string): ColumnSql {
  const columns = field.columns.map((column) => `${alias}.${column}`)
  const sql = field.type.rule?.sql?.(columns, field.definition)
  return { sql: sql ?? columns[0]!, sqlType: sql === undefined ? mainType(field) : 'text' }
}

/** The PostgreSQL type of a field's main column, without its collation. */
export function mainType(field: CompiledField): string {
  return field.type.columns(field.definition)[0]!.sqlType.replace(/ COLLATE .*$/, '')
}
