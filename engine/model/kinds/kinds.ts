import type { Definition, DefinitionByKind, Kind } from '../compiled.ts'
import { appKind } from './app.ts'
import { approvalKind } from './approval.ts'
import { assignmentKind } from './assignment.ts'
import { calendarKind } from './calendar.ts'
import { connectionKind } from './connection.ts'
import { dashboardKind } from './dashboard.ts'
import { documentKind } from './document.ts'
import { duplicateRuleKind } from './duplicate-rule.ts'
import { entityKind } from './entity.ts'
import { flowKind } from './flow.ts'
import { type Item, itemsIn } from './items.ts'
import type { KindSpec, ModelContext, Reference } from './kind-spec.ts'
import { layoutKind } from './layout.ts'
import { messageKind } from './message.ts'
import { optionSetKind } from './option-set.ts'
import { pipelineKind } from './pipeline.ts'
import { poolKind } from './pool.ts'
import { reportKind } from './report.ts'
import { roleKind } from './role.ts'
import { scenarioKind } from './scenario.ts'
import { settingKind } from './setting.ts'
import { sharingKind } from './sharing.ts'
import { tagRuleKind } from './tag-rule.ts'
import { translationKind } from './translation.ts'
import { validationKind } from './validation.ts'
import { viewKind } from './view.ts'
import { webformKind } from './webform.ts'

/** Every kind of definition, by name. */
export const KINDS: { readonly [K in Kind]: KindSpec<K> } = {
  entity: entityKind,
  option_set: optionSetKind,
  pipeline: pipelineKind,
  validation: validationKind,
  tag_rule: tagRuleKind,
  calendar: calendarKind,
  assignment: assignmentKind,
  pool: poolKind,
  duplicate_rule: duplicateRuleKind,
  flow: flowKind,
  approval: approvalKind,
  connection: connectionKind,
  webform: webformKind,
  layout: layoutKind,
  view: viewKind,
  app: appKind,
  role: roleKind,
  sharing: sharingKind,
  translation: translationKind,
  message: messageKind,
  document: documentKind,
  scenario: scenarioKind,
  report: reportKind,
  dashboard: dashboardKind,
  setting: settingKind,
}

/** The spec of a definition's own kind; the one place where kind and definition are matched. */
export function specOf<K extends Kind>(definition: DefinitionByKind[K]): KindSpec<K> {
  return KINDS[definition.kind as K]
}

/** The named items of a definition, an item before those that it holds; kept per object, since none is changed in place. */
export function itemsOf(kind: Kind, definition: unknown): readonly Item[] {
  if (typeof definition !== 'object' || definition === null) return []
  const known = keptItems.get(definition)
  if (known?.kind === kind) return known.items
  const items = itemsIn(KINDS[kind].lists, definition)
  keptItems.set(definition, { kind, items })
  return items
}

const keptItems = new WeakMap<object, { readonly kind: Kind; readonly items: readonly Item[] }>()

export function referencesOf(definition: Definition, context: ModelContext): readonly Reference[] {
  return specOf(definition).references(definition, context)
}
