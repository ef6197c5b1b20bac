import { createContext, useContext } from 'react'

/** What cards, frames and lines show, and what is done with them. */
export interface ModelPicture {
  readonly readOnly: boolean
  readonly selected: string | undefined
  /** What the selected group is called. */
  readonly selectedGroup: string | undefined
  /** The selected entity and those that it is linked with; undefined where none is selected. */
  readonly lit: ReadonlySet<string> | undefined
  readonly faulty: ReadonlySet<string>
  /** What the group is called into which a card would be let go now. */
  readonly over: string | undefined
  /** @param field the one to go to at once */
  select(name: string, field?: string): void
  /** Selects an entity and brings it into sight. */
  seek(name: string): void
  selectGroup(label: string): void
  fold(labels: readonly string[], isFolded: boolean): void
  called(label: unknown, name: string): string
  /** A type of field in words. */
  typeCalled(type: string): string
  /** An entity by its label. */
  entityCalled(name: string): string
  /** An entity by its label or a folded group by its own. */
  nodeCalled(id: string): string
}

export const ModelContext = createContext<ModelPicture | undefined>(undefined)

export function useModelPicture(): ModelPicture {
  const picture = useContext(ModelContext)
  if (picture === undefined) throw new Error('useModelPicture is called outside the picture of the model')
  return picture
}
