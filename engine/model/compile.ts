import type { ValidateFunction } from 'ajv/dist/2020.js'
import { readValueSlot } from '../../metadata/rules/value-slot.ts'
import type { EntityDefinition, FieldDefinition, Text } from '../../metadata/types.ts'
import { quoteName } from '../db/values.ts'
import { type FieldContext, isConcealed, type Relation } from '../registry/field-type.ts'
import { offeredOptions } from '../registry/option-list.ts'
import type { Registry } from '../registry/registry.ts'
import type { Vault } from '../registry/vault.ts'
import { isEngineId } from './built-in.ts'
import type {
  CompiledEntity,
  CompiledField,
  CompiledModel,
  DefinitionSet,
  InverseRelation,
  PhysicalEntity,
  PhysicalMap,
  Reading,
  RunningPilot,
  RunningSilent,
  Trial,
  WorkspaceSettings,
} from './compiled.ts'
import { fieldContextOf } from './field-context.ts'
import { stagePartId } from './physical-names.ts'
import { joinedPipelines } from './pipelines.ts'
import type { StageField } from './stage-fields.ts'
import { systemFields } from './system-fields.ts'
import { translateDefinitions } from './translate.ts'
import { createValueAjv } from './validate-value.ts'
import { settingsWith } from './workspace-settings.ts'

export interface CompileSource {
  readonly workspace: string
  /** The PostgreSQL schema, quoted. */
  readonly schema: string
  readonly version: number
  readonly contentRevision: number
  readonly definitions: DefinitionSet
  readonly physical: PhysicalMap
  readonly settings: WorkspaceSettings
  readonly registry: Registry
  readonly vault?: Vault | undefined
  /** The workspace that this one is a sandbox of. */
  readonly sandboxOf?: string | undefined
  readonly pilots?: readonly RunningPilot[]
  readonly silent?: readonly RunningSilent[]
  /** Of who reads a further language; absent for everybody else. */
  readonly reading?: Reading | undefined
  /** Of the pilot that is compiled; absent for what is in force. */
  readonly trial?: Trial | undefined
}

/**
 * Compiles checked definitions for execution. Pure: the result is frozen and shares nothing that changes.
 * @throws Error when an item has no physical place or an unknown type: the check let something through
 */
export function compileModel(given: CompileSource): CompiledModel {
  const source = {
    ...given,
    definitions: translateDefinitions(given.definitions, given.reading),
    settings: settingsWith(given.settings, given.definitions),
  }
  const fieldContext = fieldContextOf(source)
  const drafts = [...source.definitions.entity.values()].map((entity) => draftEntity(source, entity))
  const inverses = inversesByTarget(drafts)
  const entities = new Map(
    drafts.map((draft) => [
      draft.definition.name,
      finishEntity(draft, inverses.get(draft.definition.name) ?? [], source, fieldContext),
    ]),
  )
  return Object.freeze({
    workspace: source.workspace,
    schema: source.schema,
    version: source.version,
    contentRevision: source.contentRevision,
    definitions: given.definitions,
    translated: source.definitions,
    reading: source.reading,
    physical: source.physical,
    entities,
    settings: source.settings,
    vault: source.vault,
    sandboxOf: source.sandboxOf,
    pilots: source.pilots ?? [],
    silent: source.silent ?? [],
    trial: source.trial,
    assigning: () => source.registry.assigning(),
    refusals: () => source.registry.refusals(),
    fieldContext,
  })
}

interface EntityDraft {
  readonly definition: EntityDefinition & { readonly id: string }
  readonly physical: PhysicalEntity
  readonly fields: ReadonlyMap<string, CompiledField>
}

function draftEntity(source: CompileSource, definition: EntityDefinition): EntityDraft {
  const id = definition.id
  const physical = id === undefined ? undefined : source.physical.get(id)
  if (id === undefined || physical === undefined) throw new Error(`entity "${definition.name}" has no table`)
  const context = fieldContextOf(source)(definition.name)
  const system = systemFields(source.registry, definition).flatMap((field): readonly CompiledField[] => {
    const columns = field.stage === undefined ? [field.column] : stageColumns(physical, field.stage)
    const reached = field.stage?.part === 'ever_reached' ? optionList(field.stage.of, context) : undefined
    if (columns === undefined) return []
    return [
      {
        id: field.definition.id,
        name: field.definition.name,
        label: field.definition.label ?? field.definition.name,
        definition: reached === undefined ? field.definition : { ...field.definition, options: reached },
        type: field.type,
        columns,
        formerColumns: [],
        linkTable: undefined,
        sequence: undefined,
        system: !field.writable,
        ...(field.stage === undefined ? {} : { follows: field.stage.of.name }),
        writable: field.writable,
        required: false,
        unique: field.definition.name === 'id',
        searchable: false,
        relation: field.type.relation?.(field.definition),
        ruleType: field.type.rule?.type,
        notNull: field.notNull,
        options: reached,
        defaultValue: undefined,
        defaultRule: undefined,
      },
    ]
  })
  const alone = new Set((definition.unique ?? []).flatMap((names) => (names.length === 1 ? names : [])))
  const own = definition.fields.map((field) => {
    const compiled = compileField(source, physical, field, context)
    return alone.has(field.name) ? { ...compiled, unique: true } : compiled
  })
  const [idField, ...rest] = system
  const fields = new Map([idField!, ...own, ...rest].map((field) => [field.name, Object.freeze(field)]))
  return { definition: { ...definition, id }, physical, fields }
}

function compileField(
  source: CompileSource,
  entity: PhysicalEntity,
  definition: FieldDefinition,
  context: FieldContext,
): CompiledField {
  const type = source.registry.typeOf(definition)
  if (type === undefined)
    throw new Error(`field "${definition.name}" has the unknown type "${definition.type}"`)
  const place = definition.id === undefined ? undefined : entity.fields.get(definition.id)
  if (definition.id === undefined || place === undefined)
    throw new Error(`field "${definition.name}" has no column`)
  return {
    id: definition.id,
    name: definition.name,
    label: definition.label ?? definition.name,
    definition,
    type,
    columns: place.columns.map(quoteName),
    formerColumns: (place.former ?? []).flatMap(({ of, columns }) =>
      of === undefined ? [] : columns.slice(0, 1),
    ),
    linkTable: place.linkTable === undefined ? undefined : `${source.schema}.${quoteName(place.linkTable)}`,
    sequence: place.sequence,
    system: false,
    writable: type.generated !== true,
    required: definition.required === true,
    unique: definition.unique === true,
    searchable: definition.searchable === true && type.searchText !== undefined,
    relation: relationOf(source.definitions, type.relation?.(definition), definition),
    ruleType: type.rule?.type,
    notNull: false,
    options: optionList(definition, context),
    ...beginningOf(definition),
  }
}

function optionList(definition: FieldDefinition, context: FieldContext): CompiledField['options'] {
  return offeredOptions(definition, context)?.map((option) => ({
    ...option,
    label: option.label ?? option.name,
  }))
}

/** What a new record holds where nothing is said: a value, or what a rule gives. */
function beginningOf({ default: said }: FieldDefinition) {
  const found = readValueSlot(said)
  return found.kind === 'rule'
    ? { defaultValue: undefined, defaultRule: found.rule }
    : { defaultValue: found.value, defaultRule: undefined }
}

/** Undefined in a workspace that has no place for it yet: its next version makes one. */
function stageColumns(entity: PhysicalEntity, { of, part }: StageField): readonly string[] | undefined {
  const place = of.id === undefined ? undefined : entity.fields.get(stagePartId(of.id, part))
  return place?.columns.map(quoteName)
}

/** A built-in dynamic lookup points to every entity with a feature; other relations say their targets. */
function relationOf(
  definitions: DefinitionSet,
  relation: Relation | undefined,
  field: FieldDefinition,
): Relation | undefined {
  if (relation?.kind !== 'dynamic' || typeof field.toFeature !== 'string') return relation
  const feature = field.toFeature
  const to = [...definitions.entity.values()].filter((entity) =>
    (entity.features as readonly string[] | undefined)?.includes(feature),
  )
  return { ...relation, to: to.map((entity) => entity.name) }
}

function inversesByTarget(drafts: readonly EntityDraft[]): ReadonlyMap<string, readonly InverseRelation[]> {
  const byTarget = new Map<string, InverseRelation[]>()
  for (const draft of drafts) {
    for (const field of draft.fields.values()) {
      const relation = field.relation
      if (relation === undefined || relation.kind === 'children' || field.system) continue
      const targets = relation.kind === 'dynamic' ? relation.to : [relation.to]
      for (const target of targets) {
        const inverse: InverseRelation = {
          name: relation.inverse ?? `${draft.definition.name}_${field.name}`,
          label: inverseLabel(draft.definition, field, relation.inverse),
          from: draft.definition.name,
          field: field.name,
          onDelete: relation.kind === 'many' ? undefined : relation.onDelete,
        }
        byTarget.set(target, [...(byTarget.get(target) ?? []), inverse])
      }
    }
  }
  return byTarget
}

function inverseLabel(entity: EntityDefinition, field: CompiledField, inverse: string | undefined): Text {
  const given = field.definition.inverseLabel as Text | undefined
  if (given !== undefined) return given
  return entity.plural ?? entity.label ?? inverse ?? entity.name
}

function finishEntity(
  draft: EntityDraft,
  inverses: readonly InverseRelation[],
  source: CompileSource,
  fieldContext: (entity: string) => FieldContext,
): CompiledEntity {
  const { definition, fields } = draft
  const owned = definition.owned === true
  let validate: ValidateFunction | undefined
  return Object.freeze({
    id: definition.id,
    name: definition.name,
    label: definition.label ?? definition.name,
    plural: definition.plural ?? definition.label ?? definition.name,
    icon: definition.icon,
    definition,
    builtIn: isEngineId(definition.id),
    table: `${source.schema}.${quoteName(draft.physical.table)}`,
    fields,
    titleField: titleFieldOf(definition, fields),
    owned,
    ownerColumn: definition.name === 'user' ? '"id"' : owned ? '"owner"' : '"created_by"',
    inverses,
    searchFields: [...fields.values()].filter((field) => field.searchable),
    pipelines: joinedPipelines(source.definitions, definition.name),
    features: new Set<string>(definition.features ?? []),
    validator: () => {
      validate ??= compileValidator(fields, fieldContext(definition.name))
      return validate
    },
  })
}

/** The field that names a record: the one that the definition says, else `name`, else the first text. */
function titleFieldOf(
  definition: EntityDefinition,
  fields: ReadonlyMap<string, CompiledField>,
): CompiledField | undefined {
  if (definition.title !== undefined) return fields.get(definition.title)
  const named = fields.get('name')
  if (named !== undefined && !isConcealed(named.type)) return named
  return [...fields.values()].find((field) => field.ruleType === 'text' && !field.system)
}

function compileValidator(
  fields: ReadonlyMap<string, CompiledField>,
  context: FieldContext,
): ValidateFunction {
  const writable = [...fields.values()].filter((field) => field.writable)
  return createValueAjv().compile({
    type: 'object',
    properties: Object.fromEntries(
      writable.map((field) => [field.name, field.type.valueSchema(field.definition, context)]),
    ),
  })
}
