import type { ValidateFunction } from 'ajv/dist/2020.js'
import type {
  AppDefinition,
  ApprovalDefinition,
  AssignmentDefinition,
  CalendarDefinition,
  ConnectionDefinition,
  DashboardDefinition,
  DocumentDefinition,
  DuplicateRuleDefinition,
  EntityDefinition,
  FieldDefinition,
  FlowDefinition,
  LayoutDefinition,
  MessageDefinition,
  OptionSetDefinition,
  PipelineDefinition,
  PoolDefinition,
  ReportDefinition,
  RoleDefinition,
  ScenarioDefinition,
  SettingDefinition,
  SharingDefinition,
  TagRuleDefinition,
  Text,
  TranslationDefinition,
  ValidationDefinition,
  ViewDefinition,
  WebformDefinition,
} from '../../metadata/types.ts'
import type { FieldContext, FieldType, OnDelete, Relation, RuleType } from '../registry/field-type.ts'
import type { AssigningPort, RefusalPort } from '../registry/ports.ts'
import type { Vault } from '../registry/vault.ts'
import type { StagePipeline } from './pipelines.ts'
import type { Watched } from './silent/watched.ts'

/** Any definition, by its kind. */
export interface DefinitionByKind {
  readonly entity: EntityDefinition
  readonly option_set: OptionSetDefinition
  readonly pipeline: PipelineDefinition
  readonly validation: ValidationDefinition
  readonly tag_rule: TagRuleDefinition
  readonly calendar: CalendarDefinition
  readonly assignment: AssignmentDefinition
  readonly pool: PoolDefinition
  readonly duplicate_rule: DuplicateRuleDefinition
  readonly flow: FlowDefinition
  readonly approval: ApprovalDefinition
  readonly connection: ConnectionDefinition
  readonly webform: WebformDefinition
  readonly layout: LayoutDefinition
  readonly view: ViewDefinition
  readonly app: AppDefinition
  readonly role: RoleDefinition
  readonly sharing: SharingDefinition
  readonly translation: TranslationDefinition
  readonly message: MessageDefinition
  readonly document: DocumentDefinition
  readonly scenario: ScenarioDefinition
  readonly report: ReportDefinition
  readonly dashboard: DashboardDefinition
  readonly setting: SettingDefinition
}
export type Kind = keyof DefinitionByKind
export type Definition = DefinitionByKind[Kind]

/** All definitions in force, by kind and name. */
export type DefinitionSet = { readonly [K in Kind]: ReadonlyMap<string, DefinitionByKind[K]> }

/** Where a field's values lie. Assigned once, kept through renames, retirement and revival. */
export interface PhysicalField {
  /** Column names in the order of the type's `columns`; [] where there are none. */
  readonly columns: readonly string[]
  /** The link table of a many-to-many field. */
  readonly linkTable?: string
  /** The sequence family of an auto-number. */
  readonly sequence?: string
  /** Where its values lay under other types, named by `of`. */
  readonly former?: readonly (PhysicalField & { readonly of?: string })[]
}
export interface PhysicalEntity {
  readonly table: string
  readonly fields: ReadonlyMap<string, PhysicalField> // by field id
}
/** By entity id; retired entities and fields are still in it. */
export type PhysicalMap = ReadonlyMap<string, PhysicalEntity>

export interface CompiledField {
  readonly id: string
  readonly name: string
  readonly label: Text
  readonly definition: FieldDefinition
  readonly type: FieldType
  /** Unqualified, quoted column names; [] for relations without a column. */
  readonly columns: readonly string[]
  /** Main columns, unquoted, in which it had values of other types. */
  readonly formerColumns: readonly string[]
  readonly linkTable: string | undefined // qualified, quoted
  readonly sequence: string | undefined
  /** id, created_at, version …: kept by the engine, never written by clients (`owner` is not one of these). */
  readonly system: boolean
  /** The field whose rights it has, where it tells of that one. */
  readonly follows?: string
  /** May a client write it? */
  readonly writable: boolean
  readonly required: boolean
  readonly unique: boolean
  readonly searchable: boolean
  readonly relation: Relation | undefined
  readonly ruleType: RuleType | undefined
  /** Never null in the table: lets sorting leave NULLS LAST out and use a plain index. */
  readonly notNull: boolean
  /** Option or stage names where the type is closed, for messages and labels. */
  readonly options:
    | readonly {
        readonly name: string
        readonly label: Text
        readonly color?: string
        readonly under?: string
      }[]
    | undefined
  /** A default that the client did not send, ready to store; undefined where there is none. */
  readonly defaultValue: unknown
  /** The rule that gives it instead; undefined where there is none. */
  readonly defaultRule: unknown
}

/** A way from a record to those that point at it. */
export interface InverseRelation {
  /** The name under which `related/{relation}` and layouts know it. */
  readonly name: string
  readonly label: Text
  readonly from: string // entity
  readonly field: string
  readonly onDelete: OnDelete | undefined // undefined for many-to-many
}

export interface CompiledEntity {
  readonly id: string
  readonly name: string
  readonly label: Text
  readonly plural: Text
  readonly icon: string | undefined
  readonly definition: EntityDefinition
  /** Built into the engine (user, team …). */
  readonly builtIn: boolean
  /** Qualified and quoted. */
  readonly table: string
  /** All fields, system ones included, in the order in which they are shown. */
  readonly fields: ReadonlyMap<string, CompiledField>
  readonly titleField: CompiledField | undefined
  readonly owned: boolean
  /** The column that scope `own` compares with the actor. */
  readonly ownerColumn: string
  readonly inverses: readonly InverseRelation[]
  readonly searchFields: readonly CompiledField[]
  readonly pipelines: ReadonlyMap<string, StagePipeline> // by field
  readonly features: ReadonlySet<string>
  /**
   * Checks the non-null values of writable fields in a body, every problem at once; unknown, read-only,
   * required and null are the record layer's matter. Built on first use.
   */
  validator(): ValidateFunction
}

/** A version compiled for execution: frozen, swapped whole, never mutated. */
export interface CompiledModel {
  readonly workspace: string
  /** The PostgreSQL schema, quoted. */
  readonly schema: string
  readonly version: number
  /** Rises with every change of content; with `version` it keys caches. */
  readonly contentRevision: number
  readonly definitions: DefinitionSet
  /** The same with the texts that translations add: what people are shown. */
  readonly translated: DefinitionSet
  /** Whose texts stand where those of a language stood that the engine speaks; undefined: each in its own place. */
  readonly reading: Reading | undefined
  readonly physical: PhysicalMap
  readonly entities: ReadonlyMap<string, CompiledEntity>
  readonly settings: WorkspaceSettings
  /** Seals and opens the values of encrypted fields; undefined where there is no such field. */
  readonly vault: Vault | undefined
  /** The workspace that this one was made from, where it is a sandbox: nothing is sent out of it. */
  readonly sandboxOf: string | undefined
  /** What some people have instead, the one begun first before the others; [] in what they have. */
  readonly pilots: readonly RunningPilot[]
  /** Drafts that judge silently what is written; [] in what they are asked by, and in what some people have. */
  readonly silent: readonly RunningSilent[]
  /** Which pilot this is the model of; undefined: it is in force. */
  readonly trial: Trial | undefined
  readonly fieldContext: (entity: string) => FieldContext
  /** Who decides which owners records get. */
  readonly assigning: () => AssigningPort
  /** Who is told of refused writes while a draft runs silently. */
  readonly refusals: () => RefusalPort
}

/** A language of definitions, and the one of the engine in whose place it is read. */
export interface Reading {
  readonly language: string
  readonly spoken: 'en' | 'zh-CN'
}

/** A draft that some people try. */
export interface Trial {
  readonly id: string
  readonly changeset: string
  readonly label: string
  /** An instant. */
  readonly since: string
  /** Ids of the flows that it has otherwise than what is in force, or alone. */
  readonly flows: ReadonlySet<string>
}

/** People who have another model than the one in force. */
export interface RunningPilot {
  readonly changeset: string
  /** Ids of users. */
  readonly people: ReadonlySet<string>
  /** Names of roles in force. */
  readonly roles: ReadonlySet<string>
  /** Ids of the flows that are other for them: changed, new or gone. */
  readonly flows: ReadonlySet<string>
  readonly model: CompiledModel
}

/** A draft that judges what is written beside what is in force, and never acts. */
export interface RunningSilent {
  readonly id: string
  readonly changeset: string
  /** An instant. */
  readonly begunAt: string
  readonly watched: readonly Watched[]
  readonly model: CompiledModel
}

export interface WorkspaceSettings {
  readonly currency: string
  readonly timeZone: string
  readonly language: 'en' | 'zh-CN'
  /** The first day of the week, 1 Monday to 7 Sunday; Monday when absent. */
  readonly weekStart?: number
  /** `#rrggbb`; the pages' own where it is absent. */
  readonly brandColour?: string
  /** A picture as a data: address. */
  readonly logo?: string
}
