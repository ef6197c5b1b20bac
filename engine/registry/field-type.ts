import type { StoredRuleType as RuleType } from '../../metadata/rules/types.ts'
import type { FieldDefinition } from '../../metadata/text.ts'
import type { LocalText, ProblemParams } from '../errors.ts'
import type { Sealing } from './vault.ts'

/** A JSON Schema (2020-12) fragment. */
export type JsonSchema = { readonly [key: string]: unknown }

export type { StoredRuleType as RuleType } from '../../metadata/rules/types.ts'

/** One physical column of a field; most fields have exactly one, with an empty suffix. */
export interface ColumnSpec {
  /** Appended to the field's physical name; '' for the main column. */
  readonly suffix: string
  /** The PostgreSQL type with collation, such as `text COLLATE "C"`; always nullable. */
  readonly sqlType: string
}

/** How a field leads to other records. */
export type Relation =
  | { readonly kind: 'one'; readonly to: string; readonly onDelete: OnDelete; readonly inverse?: string }
  | {
      readonly kind: 'dynamic'
      readonly to: readonly string[]
      readonly onDelete: OnDelete
      readonly inverse?: string
    }
  | { readonly kind: 'many'; readonly to: string; readonly inverse?: string }
  | { readonly kind: 'children'; readonly of: string; readonly by: string }

/** What happens to a record that points to one being deleted. */
export type OnDelete = 'refuse' | 'clear' | 'cascade'

/** What a field type may look up while it is compiled: things that stand in other definitions. */
export interface FieldContext {
  /** The entity that holds the field. */
  readonly entity: string
  /** A field of the same entity, or undefined. */
  field(name: string): FieldDefinition | undefined
  /** The fields of another entity, or undefined; none are known where a field is looked at alone. */
  fieldsOf?(entity: string): readonly FieldDefinition[] | undefined
  /** The option names (in order) with labels and colours of an option set, or undefined. */
  optionSet(name: string): readonly OptionItem[] | undefined
  /** The stages of the pipeline on this field, in order, or undefined where there is none. */
  stages(field: string): readonly StageItem[] | undefined
  /** The names of all roles. */
  roles(): readonly OptionItem[]
  /** The tags that rules give in a tags field and people do not; none where it is absent. */
  ruledTags?(field: string): readonly string[]
  /** The workspace's currency, ISO 4217. */
  readonly currency: string
}

export interface OptionItem {
  readonly name: string
  readonly label?: FieldDefinition['label']
  readonly color?: string
  /** The option of another field, or of the same list, under which it stands. */
  readonly under?: string
}

export interface StageItem extends OptionItem {
  readonly type: 'open' | 'won' | 'lost'
}

/** A fault of one value, relative to the value: the record layer adds the field to its path. */
export interface ValueFault {
  readonly code: string
  /** JSON pointer below the field's value, '' for the value itself. */
  readonly path?: string
  readonly params?: ProblemParams
  readonly hint?: LocalText
}

/** How a field is shown and asked for in a generated form. */
export interface FormPart {
  readonly schema: JsonSchema
  /** rjsf uiSchema of the field: `ui:widget` names a widget of runtime-ui/widgets, `ui:options` its options. */
  readonly uiSchema: JsonSchema
}

/**
 * Everything the engine knows about one type of field. A built-in (engine/fields/<name>.ts) and a plugin's type
 * enter through the same door and pass the same contract suite. All functions are pure and are called once per
 * compiled version, never per record, except `check`, `encode` and `csv.*`.
 */
export interface FieldType {
  readonly name: string
  readonly label: LocalText
  /** One sentence for the designer's palette. */
  readonly description: LocalText
  /** JSON Schema `properties` of the configuration keys that this type adds to a field. */
  readonly configSchema: {
    readonly properties: { readonly [key: string]: JsonSchema }
    readonly required?: readonly string[]
  }
  /** Faults of a configuration that JSON Schema cannot say (min over max …); path relative to the field. */
  checkConfig?(field: FieldDefinition, context: FieldContext): readonly ValueFault[]
  /** Physical columns, the main one first; [] for a relation kept in a link table or on the other side. */
  columns(field: FieldDefinition): readonly ColumnSpec[]
  /** JSON Schema of a non-null value as the API sends it; null is the engine's matter. */
  valueSchema(field: FieldDefinition, context: FieldContext): JsonSchema
  /** Which problem code a failed keyword of `valueSchema` means, where it is not the general one. */
  readonly faults?: Readonly<Record<string, string>>
  /** What `valueSchema` cannot say, for a value that satisfies it. */
  check?(value: unknown, field: FieldDefinition): ValueFault | undefined
  /** A valid value as SQL parameters, one per column; default: the value itself for the main column. */
  encode?(value: unknown, field: FieldDefinition): readonly unknown[] | Promise<readonly unknown[]>
  /**
   * The SQL expression whose to_json is the API's value; default: the main column itself.
   * @param columns the field's columns as qualified SQL, in the order of `columns`
   * @param record the SQL of the record's id, where the columns are those of a record
   */
  json?(columns: readonly string[], field: FieldDefinition, record?: string): string
  /** What rules see: the type and the SQL expression (default: the main column). Absent: rules cannot read it. */
  readonly rule?: {
    readonly type: RuleType
    sql?(columns: readonly string[], field: FieldDefinition): string
  }
  /** Filter operators offered to people for this type, in the order of the menu; names of the rule catalogue. */
  readonly operators: readonly string[]
  readonly sortable: boolean
  readonly groupable: boolean
  /** Aggregate functions that make sense besides count. */
  readonly measures: readonly ('sum' | 'avg' | 'min' | 'max')[]
  /** Whether a unique index over the main column makes sense. */
  readonly canBeUnique: boolean
  /** Whether an ordinary index over the main column makes sense. */
  readonly canBeIndexed: boolean
  /** The text of the value for search, or absent where the type cannot be searched. */
  searchText?(value: unknown): string
  /** Whether values come from the engine alone (auto-number): never written by a client. */
  readonly generated?: boolean
  /** How the engine works a value out of others; absent where somebody or something says it. */
  readonly computed?: 'formula' | 'roll_up'
  /** The name of the type whose values it has, where that is another one: how people see them. */
  readonly like?: string
  /** The type as a field's configuration makes it, where its values depend on that: a formula has those of its result. */
  resolve?(field: FieldDefinition): FieldType
  /** Whether the value goes in but never comes out (password): not read, filtered, sorted, audited. */
  readonly writeOnly?: boolean
  /** How values are kept unreadable in the database; absent where they lie there as they are. */
  readonly sealing?: Sealing
  /** How the field leads to other records. */
  relation?(field: FieldDefinition): Relation
  /** The form part; the engine adds title, description, required and default. */
  form(field: FieldDefinition, context: FieldContext): FormPart
  readonly csv: {
    /** A non-empty cell to an API value; throws `ValueFaultError`. */
    parse(cell: string, field: FieldDefinition): unknown
    /** An API value (never null) to a cell. */
    format(value: unknown, field: FieldDefinition): string
  }
  /** Proof for the contract suite: a configuration and values that must pass and fail under it. */
  readonly examples: readonly FieldTypeExample[]
}

export interface FieldTypeExample {
  /** Configuration keys of the type for this example. */
  readonly config: Readonly<Record<string, unknown>>
  readonly valid: readonly unknown[]
  /** Values with the code they must be refused with. */
  readonly invalid: readonly { readonly value: unknown; readonly code: string }[]
  /** Configurations (instead of `config`) that must be refused. */
  readonly badConfigs?: readonly Readonly<Record<string, unknown>>[]
}

/** Thrown by `csv.parse` for a cell that is no value of the type. */
export class ValueFaultError extends Error {
  readonly fault: ValueFault
  constructor(fault: ValueFault) {
    super(fault.code)
    this.fault = fault
  }
}

/** Whether values of a type stay out of audit, history and events, which tell only that they changed. */
export function isConcealed(type: FieldType): boolean {
  return type.writeOnly === true || type.sealing !== undefined
}

const NAME = /^[a-z][a-z0-9_]{0,39}$/

/**
 * Declares a field type and checks the declaration itself at once.
 * @throws Error naming the type when it is malformed
 */
export function defineFieldType(type: FieldType): FieldType {
  if (!NAME.test(type.name)) throw new Error(`field type "${type.name}": not a snake_case name`)
  if (type.examples.length === 0) throw new Error(`field type "${type.name}": needs at least one example`)
  if (type.canBeUnique && !type.canBeIndexed)
    throw new Error(`field type "${type.name}": unique needs an index`)
  const isOpen = type.rule !== undefined || type.searchText !== undefined || type.sortable || type.groupable
  if (type.sealing !== undefined && isOpen)
    throw new Error(`field type "${type.name}": sealed values are neither read by rules, sorted nor searched`)
  return Object.freeze(type)
}
