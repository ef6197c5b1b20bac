import type { ModelPicture } from './model-context.ts'
import type { EntityCard } from './model-graph.ts'

interface EntityOption {
  readonly value: string
  readonly label: string
}

/** Entities to choose from, by what they are called. */
export const entityOptions = (cards: readonly EntityCard[], called: ModelPicture['called']): EntityOption[] =>
  cards.map((card) => ({ value: card.name, label: called(card.definition.label, card.name) }))

/** Whether what is typed is a part of a label or of a name. */
export const isEntityFound = (typed: string, option: EntityOption | undefined): boolean =>
  `${option?.label ?? ''} ${option?.value ?? ''}`.toLowerCase().includes(typed.toLowerCase())
