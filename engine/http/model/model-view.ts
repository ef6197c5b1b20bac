import { checkRule } from '../../../metadata/rules/check-rule.ts'
import type { ViewDefinition } from '../../../metadata/types.ts'
import type { Access } from '../../access/access.ts'
import type { Actor } from '../../access/actor.ts'
import type { Language } from '../../errors.ts'
import type { CompiledEntity, CompiledModel } from '../../model/compiled.ts'
import { sightScope } from '../../records/cells.ts'
import { reachField } from '../../records/row-source.ts'

/** What presenting a model stands on: the actor's rights decide what there is, the language how it is called. */
export interface ModelView {
  readonly model: CompiledModel
  readonly actor: Actor
  readonly access: Access
  readonly language: Language
}

export function mayRead(view: ModelView, entity: string): boolean {
  return view.access.entity(entity).read !== 'none'
}

/** Tells of a dotted path whether the actor may know the field at its end. */
export function shownPaths(view: ModelView, entity: CompiledEntity): (path: string) => boolean {
  return (path) => reachField(view, entity, path) !== undefined
}

/** A view whose filter or columns of cards ask for what the actor may not know would answer nothing but a refusal. */
export function isShownView(
  view: ModelView,
  entity: CompiledEntity,
  { filter, group, date }: ViewDefinition,
): boolean {
  for (const path of [group, date])
    if (path !== undefined && reachField(view, entity, path) === undefined) return false
  return (
    filter === undefined || checkRule(filter, sightScope(view, entity), 'condition').problems.length === 0
  )
}
