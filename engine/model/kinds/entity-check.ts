import type { EntityDefinition, FieldDefinition } from '../../../metadata/types.ts'
import { type LocalText, type Problem, type ProblemCode, problem } from '../../errors.ts'
import type { FieldContext, FieldType } from '../../registry/field-type.ts'
import { pipelineOn } from '../pipelines.ts'
import { pointer } from '../pointer.ts'
import { signedName } from '../signed-name.ts'
import { activityProblems } from './activity-check.ts'
import { computedProblems } from './computed-check.ts'
import { conversionProblems } from './convert-check.ts'
import { defaultProblems } from './field-default.ts'
import { fieldContext, fieldOf, inversesOf, type PlacedField, relationOf, targetsOf } from './follow.ts'
import type { ModelContext } from './kind-spec.ts'
import { conditionProblems } from './record-rules.ts'

/** What the engine keeps for itself: its tables, and the records that it will offer as entities. */
const RESERVED_ENTITIES: ReadonlySet<string> = new Set(['notification', 'job', 'audit_entry'])

/** System fields and columns, and the first words of paths that lead elsewhere than to a field. */
const RESERVED_FIELDS: ReadonlySet<string> = new Set([
  'id',
  'created_at',
  'created_by',
  'updated_at',
  'updated_by',
  'version',
  'owner',
  'deleted_at',
  'deleted_by',
  'record',
  'before',
  'actor',
  'settings',
  'now',
  'today',
])

/** Faults of an entity beyond shape and references. */
export function checkEntity(definition: EntityDefinition, context: ModelContext): readonly Problem[] {
  return [
    ...checkName(definition),
    ...definition.fields.flatMap((field, index) =>
      checkField(definition, field, pointer('fields', index), context),
    ),
    ...checkTitle(definition, context),
    ...checkUnique(definition, context),
    ...checkIndexes(definition, context),
    ...checkInverses(definition, context),
    ...conversionProblems(definition, context),
    ...activityProblems(definition, context),
  ]
}

function checkName({ name }: EntityDefinition): readonly Problem[] {
  if (!name.startsWith('tenon_') && !RESERVED_ENTITIES.has(name)) return []
  return [problem('META_NAME_RESERVED', '/name', { params: { name } })]
}

function checkField(
  entity: EntityDefinition,
  field: FieldDefinition,
  at: string,
  context: ModelContext,
): readonly Problem[] {
  const type = context.registry.typeOf(field)
  if (type === undefined) return []
  const ofEntity = fieldContext(context, entity.name)
  const reserved = RESERVED_FIELDS.has(field.name)
    ? [problem('META_NAME_RESERVED', `${at}/name`, { params: { name: field.name } })]
    : []
  return [
    ...reserved,
    ...checkAbilities(field, type, at),
    ...checkConfig(field, type, at, ofEntity),
    ...defaultProblems(context, entity.name, field, type).map((fault) => ({
      ...fault,
      path: `${at}/default${fault.path}`,
    })),
    ...checkStage(entity, field, at, context),
    ...conditionProblems(context, entity.name, field, at),
    ...computedProblems(context, entity.name, field, type, at),
    ...checkChildren(entity, field, at, context),
  ]
}

function checkAbilities(field: FieldDefinition, type: FieldType, at: string): readonly Problem[] {
  const cannot = (code: ProblemCode, key: string) =>
    problem(code, `${at}/${key}`, { params: { type: type.label } })
  const isFilledElsewhere = type.generated === true || type.relation?.(field).kind === 'children'
  return [
    ...(field.unique === true && !type.canBeUnique ? [cannot('META_FIELD_NOT_UNIQUE_ABLE', 'unique')] : []),
    ...(field.searchable === true && type.searchText === undefined
      ? [cannot('META_FIELD_NOT_SEARCHABLE', 'searchable')]
      : []),
    ...(field.required === true && isFilledElsewhere ? [invalid(`${at}/required`, NOT_REQUIRED)] : []),
  ]
}

const NOT_REQUIRED: LocalText = {
  en: 'nobody fills in a field of this type, so it cannot be required',
  'zh-CN': '此类型的字段无需填写，不能设为必填',
}

function checkConfig(
  field: FieldDefinition,
  type: FieldType,
  at: string,
  context: FieldContext,
): readonly Problem[] {
  // The missing pipeline of a stage is told with more words below.
  if (field.type === 'stage') return []
  return (type.checkConfig?.(field, context) ?? []).map((fault) => ({
    ...fault,
    path: at + (fault.path ?? ''),
  }))
}

function checkStage(
  entity: EntityDefinition,
  field: FieldDefinition,
  at: string,
  { definitions }: ModelContext,
): readonly Problem[] {
  if (field.type !== 'stage' || pipelineOn(definitions, entity.name, field.name) !== undefined) return []
  return [
    problem('META_PIPELINE_MISSING', at, {
      params: { name: field.name },
      hint: {
        en: `Add a pipeline with "entity": "${entity.name}" and "field": "${field.name}".`,
        'zh-CN': `请添加流程定义，写明 "entity": "${entity.name}"、"field": "${field.name}"。`,
      },
    }),
  ]
}

/** The details of a master are found by a lookup that leads back to it. */
function checkChildren(
  entity: EntityDefinition,
  field: FieldDefinition,
  at: string,
  context: ModelContext,
): readonly Problem[] {
  const relation = context.registry.typeOf(field)?.relation?.(field)
  if (relation?.kind !== 'children') return []
  const by = fieldOf(context, relation.of, relation.by)
  if (by === undefined) return []
  const back = relationOf(by)
  if (back?.kind === 'one' && back.to === entity.name) return []
  const reason = {
    en: `“${relation.by}” of “${relation.of}” is not a lookup to “${entity.name}”`,
    'zh-CN': `“${relation.of}”的“${relation.by}”不是指向“${entity.name}”的关联字段`,
  }
  return [invalid(`${at}/by`, reason)]
}

/** A title is read by people wherever the record is mentioned. */
function checkTitle({ name, title }: EntityDefinition, context: ModelContext): readonly Problem[] {
  const place = title === undefined ? undefined : fieldOf(context, name, title)
  if (title === undefined || place?.type === undefined) return []
  const { type } = place
  const isReadable = type.writeOnly !== true && (type.rule?.type === 'text' || type.searchText !== undefined)
  if (isReadable && !place.system) return []
  return [problem('META_TITLE_UNREADABLE', '/title', { params: { name: title, type: type.label } })]
}

function checkUnique(definition: EntityDefinition, context: ModelContext): readonly Problem[] {
  const lists = (definition.unique ?? []).map((names) => names.map((name) => ({ name, key: name })))
  return [
    ...checkKeyLists(definition, lists, 'unique', context),
    ...lists.flatMap((keys, index) => (keys.length === 1 ? checkAlone(keys[0]!.name, index) : [])),
  ]

  /** A list of one field says what `unique` on that field says. */
  function checkAlone(name: string, index: number): readonly Problem[] {
    const place = fieldOf(context, definition.name, name)
    const at = pointer('unique', index)
    if (place?.definition.unique === true) return [problem('META_NAME_DUPLICATE', at, { params: { name } })]
    if (place?.type === undefined || place.type.canBeUnique || !place.type.canBeIndexed) return []
    return [problem('META_FIELD_NOT_UNIQUE_ABLE', `${at}/0`, { params: { type: place.type.label } })]
  }
}

function checkIndexes(definition: EntityDefinition, context: ModelContext): readonly Problem[] {
  const lists = (definition.indexes ?? []).map((texts) =>
    texts.map((text) => ({ name: signedName(text).name, key: text })),
  )
  return [
    ...checkKeyLists(definition, lists, 'indexes', context),
    ...(definition.indexes ?? []).flatMap((texts, index) => checkCarried(texts, pointer('indexes', index))),
  ]
}

/** What an index only carries along stands behind what it is ordered by, and there is something it is ordered by. */
function checkCarried(texts: readonly string[], at: string): readonly Problem[] {
  const isCarried = texts.map((text) => signedName(text).sign === '+')
  const misplaced = isCarried.findIndex((carried, position) => carried && isCarried[position + 1] !== true)
  const isLast = misplaced === -1 || misplaced === texts.length - 1
  if (isLast && isCarried[0] !== true) return []
  return [invalid(at + pointer(isCarried[0] === true ? 0 : misplaced), CARRIED_LAST)]
}

const CARRIED_LAST: LocalText = {
  en: 'Fields with a plus stand at the end, behind at least one without.',
  'zh-CN': '带加号的字段须排在末尾，且前面至少有一个不带加号的字段。',
}

interface Key {
  readonly name: string
  /** As written: what makes two lists the same. */
  readonly key: string
}

function checkKeyLists(
  definition: EntityDefinition,
  lists: readonly (readonly Key[])[],
  under: 'unique' | 'indexes',
  context: ModelContext,
): readonly Problem[] {
  const seen = new Set<string>()
  return lists.flatMap((keys, index) => {
    const at = pointer(under, index)
    const written = keys.map((one) => one.key)
    // Uniqueness does not depend on the order of the fields; an index does.
    const identity = JSON.stringify(under === 'unique' ? written.toSorted() : written)
    const again = seen.has(identity)
    seen.add(identity)
    return [
      ...(again ? [problem('META_NAME_DUPLICATE', at, { params: { name: written.join(', ') } })] : []),
      ...keys.flatMap((one, position) =>
        checkKey(keys, one, position, at + pointer(position), definition, context),
      ),
    ]
  })
}

function checkKey(
  keys: readonly Key[],
  { name }: Key,
  position: number,
  at: string,
  definition: EntityDefinition,
  context: ModelContext,
): readonly Problem[] {
  const place = fieldOf(context, definition.name, name)
  const twice = keys.findIndex((other) => other.name === name) !== position
  return [
    ...(twice ? [problem('META_NAME_DUPLICATE', at, { params: { name } })] : []),
    ...(place?.type === undefined || place.stage !== undefined || place.type.canBeIndexed
      ? []
      : [problem('META_FIELD_NOT_INDEXABLE', at, { params: { type: place.type.label } })]),
  ]
}

/** The name of a way back must be free on the other side: among its fields and the other ways back. */
function checkInverses(definition: EntityDefinition, context: ModelContext): readonly Problem[] {
  return definition.fields.flatMap((field, index) => {
    const place = fieldOf(context, definition.name, field.name)
    if (place === undefined || place.definition !== field) return []
    return inverseTargets(place, context).flatMap(({ target, inverse }) => {
      const at = pointer('fields', index) + (field.inverse === undefined ? '' : '/inverse')
      const clash = inverseClash(target, inverse, definition.name, field.name, context)
      return clash === undefined
        ? []
        : [problem('META_INVERSE_TAKEN', at, { params: { name: inverse, target, other: clash } })]
    })
  })
}

function inverseTargets(place: PlacedField, context: ModelContext) {
  return targetsOf(context, place).flatMap((target) =>
    inversesOf(context, target)
      .filter((inverse) => inverse.from === place.entity && inverse.field === place.definition.name)
      .map((inverse) => ({ target, inverse: inverse.name })),
  )
}

function inverseClash(
  target: string,
  name: string,
  from: string,
  field: string,
  context: ModelContext,
): string | undefined {
  if (fieldOf(context, target, name) !== undefined) return `${target}.${name}`
  const other = inversesOf(context, target).find(
    (inverse) => inverse.name === name && !(inverse.from === from && inverse.field === field),
  )
  return other === undefined ? undefined : `${other.from}.${other.field}`
}

function invalid(path: string, reason: LocalText): Problem {
  return problem('META_VALUE_INVALID', path, { params: { reason } })
}
