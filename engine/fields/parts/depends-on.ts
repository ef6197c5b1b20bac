import type { FieldDefinition } from '../../../metadata/text.ts'
import type { LocalText } from '../../errors.ts'
import type { FieldContext, ValueFault } from '../../registry/field-type.ts'
import { parentOf } from '../../registry/option-list.ts'
import { configKey, nameSchema, textOf } from './config.ts'

/** `dependsOn` of a reference: which other reference of the record narrows what it offers. */
export const dependsOnReferenceKey = {
  dependsOn: configKey(
    nameSchema,
    { en: 'Depends on', 'zh-CN': '取决于' },
    {
      en: 'Another reference of the same entity. Forms then offer only records that point to what is chosen there, such as the contacts of the chosen account.',
      'zh-CN': '同一实体中的另一个关联字段。表单只提供指向该字段所选记录的记录，例如所选客户的联系人。',
    },
  ),
} as const

const NO_REFERENCE: LocalText = {
  en: 'a reference depends on a field that holds one record',
  'zh-CN': '关联字段只能取决于关联单条记录的字段',
}
export const CIRCLE: LocalText = {
  en: 'the field depends on itself',
  'zh-CN': '字段最终取决于自身',
}
const NO_WAY: LocalText = {
  en: 'its records do not point to those of that field: the entity that it offers needs one field that does',
  'zh-CN': '所提供的记录并不指向该字段的实体：其实体须有一个指向它的字段',
}

/** The faults of what a reference depends on: a reference to one record, to which the offered ones lead. */
export function checkDependsOnReference(
  field: FieldDefinition,
  context: FieldContext,
): readonly ValueFault[] {
  const parent = parentOf(field, context)
  if (parent === undefined) return [] // the check of references has reported it
  if (targetOf(parent) === undefined) return [unfitParent(NO_REFERENCE)]
  if (isCircular(field, context)) return [unfitParent(CIRCLE)]
  return wayTo(field, parent, context) === undefined ? [unfitParent(NO_WAY)] : []
}

/** What a widget is told: the field that narrows, and the field of the offered records that must hold its value. */
export function narrowedBy(
  field: FieldDefinition,
  context: FieldContext,
): { readonly dependsOn?: string; readonly by?: string } {
  const parent = parentOf(field, context)
  const by = parent === undefined ? undefined : wayTo(field, parent, context)
  return parent === undefined || by === undefined ? {} : { dependsOn: parent.name, by }
}

/** Whether a field depends on itself in the end. */
export function isCircular(field: FieldDefinition, context: FieldContext): boolean {
  const seen = new Set([field.name])
  for (let at = parentOf(field, context); at !== undefined; at = parentOf(at, context)) {
    if (seen.has(at.name)) return true
    seen.add(at.name)
  }
  return false
}

export function unfitParent(reason: LocalText): ValueFault {
  return { code: 'META_VALUE_INVALID', path: '/dependsOn', params: { reason } }
}

/** The first field of the offered entity that holds one record of the parent's. */
function wayTo(field: FieldDefinition, parent: FieldDefinition, context: FieldContext): string | undefined {
  const above = targetOf(parent)
  const offered = context.fieldsOf?.(textOf(field, 'to') ?? '') ?? []
  return offered.find((one) => targetOf(one) === above)?.name
}

/** The entity of whose records a field holds one; undefined for anything else. */
function targetOf(field: FieldDefinition): string | undefined {
  if (field.type === 'lookup') return textOf(field, 'to')
  return field.type === 'user' || field.type === 'team' ? field.type : undefined
}
