import { createContext, useContext } from 'react'
import type { Entity, Me, Model } from '../api/types.ts'
import type { UiLanguage } from './remembered.ts'
import { useTexts } from './use-text.ts'

/** Who works here, and with what. */
export interface Work {
  readonly model: Model
  readonly me: Me
}

export const WorkContext = createContext<Work | undefined>(undefined)

/** The model and the person; only below the frame, where both are loaded. */
export function useWork(): Work {
  const work = useContext(WorkContext)
  if (work === undefined) throw new Error('useWork is called outside the frame')
  return work
}

/** An entity that the person may know of. */
export function useEntity(name: string | undefined): Entity | undefined {
  return useWork().model.entities.find((entity) => entity.name === name)
}

export function useLanguage(): UiLanguage {
  return useTexts().language
}
