import type { Access } from '../../access/access.ts'
import type { Actor } from '../../access/actor.ts'
import type { Language } from '../../errors.ts'
import type { CompiledModel } from '../../model/compiled.ts'

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
