import { createContext, useContext } from 'react'

/** What cards and lines show, and what is done with them. */
export interface ModelPicture {
  readonly readOnly: boolean
  readonly selected: string | undefined
  /** The selected entity and those that it is linked with; undefined where none is selected. */
  readonly lit: ReadonlySet<string> | undefined
  readonly faulty: ReadonlySet<string>
  /** @param field the one to go to at once */
  select(name: string, field?: string): void
  called(label: unknown, name: string): string
  /** A type of field in words. */
  typeCalled(type: string): string
  /** An entity by its label. */
  entityCalled(name: string): string
}

export const ModelContext = createContext<ModelPicture | undefined>(undefined)

export function useModelPicture(): ModelPicture {
  const picture = useContext(ModelContext)
  if (picture === undefined) throw new Error('useModelPicture is called outside the picture of the model')
  return picture
}
