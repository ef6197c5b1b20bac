import { textIn } from '../../../metadata/text.ts'
import { targetsOf } from '../../forms/form.ts'
import { labelOf } from '../../forms/labels.ts'
import type { CompiledEntity, CompiledField } from '../../model/compiled.ts'
import { type ModelView, mayRead } from './model-view.ts'
import { presentTags } from './present-tags.ts'

/** One field: how it is called, what can be asked of it, where it leads. */
export function presentField(view: ModelView, entity: CompiledEntity, field: CompiledField) {
  const { language } = view
  const { definition, type } = field
  const { see, masked, edit, isCreatable } = view.access.entity(entity.name).cell(field)
  return {
    name: field.name,
    label: labelOf(field, language),
    help: definition.help === undefined ? undefined : textIn(definition.help, language, ''),
    type: type.like ?? definition.type,
    computed: type.computed,
    ruleType: field.ruleType,
    required: field.required,
    writable: field.writable && (edit !== 'none' || isCreatable),
    masked: see !== 'all' && masked !== 'none' ? true : undefined,
    sortable: type.sortable && field.columns.length > 0,
    groupable: type.groupable && field.columns.length > 0,
    operators: type.operators,
    measures: type.measures,
    ...optionsOf(view, field),
    tags: presentTags(view, entity, field),
    relation: relationOf(view, entity, field),
    ...moneyOf(view, entity, field),
  }
}

/** More options than these are asked for as they are shown. */
const MOST_SENT = 300

function optionsOf({ language }: ModelView, { options }: CompiledField) {
  if (options === undefined) return {}
  if (options.length > MOST_SENT) return { longOptions: true }
  return {
    options: options.map((option) => ({
      name: option.name,
      label: labelOf(option, language),
      color: option.color,
    })),
  }
}

function relationOf(view: ModelView, entity: CompiledEntity, field: CompiledField) {
  if (field.relation === undefined) return undefined
  const to = (targetsOf(field) ?? []).filter((name) => mayRead(view, name))
  return { kind: field.relation.kind, to, ...narrowingOf(view, entity, field) }
}

/** What else of the record narrows what is offered, unless the person knows of no such field. */
function narrowingOf(view: ModelView, entity: CompiledEntity, field: CompiledField) {
  const { dependsOn, by } = widgetOptions(view, entity, field)
  const parent = typeof dependsOn === 'string' ? entity.fields.get(dependsOn) : undefined
  if (parent === undefined) return {}
  return view.access.entity(entity.name).cell(parent).see === 'none' ? {} : { dependsOn, by }
}

/** Currency and decimals, where the type has them; the form's options know both. */
function moneyOf(view: ModelView, entity: CompiledEntity, field: CompiledField) {
  if (field.ruleType !== 'number') return {}
  const options = widgetOptions(view, entity, field)
  // Of a decimal that nobody gave a number of digits, as many are shown as it has.
  const isFree = field.definition.type === 'decimal' && field.definition.scale === undefined
  const scale = isFree ? undefined : options.scale
  return { currency: options.currency, currencyField: options.currencyField, scale }
}

/** What the widget of a form is told of a field. */
function widgetOptions(view: ModelView, entity: CompiledEntity, field: CompiledField) {
  const { uiSchema } = field.type.form(field.definition, view.model.fieldContext(entity.name))
  return (uiSchema['ui:options'] ?? {}) as Readonly<Record<string, unknown>>
}
