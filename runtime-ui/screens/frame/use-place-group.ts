import { useWork } from '../../kit/model-context.tsx'
import { setPreferences, usePreferences } from '../../kit/preferences.ts'
import { currentGroup, type PlaceGroup, placesOf } from './places.ts'

export interface PlaceGroups {
  readonly groups: readonly PlaceGroup[]
  readonly current: PlaceGroup
  readonly choose: (name: string) => void
}

/** The apps of the person and the one whose places are shown. */
export function usePlaceGroups(): PlaceGroups {
  const { model } = useWork()
  const { app } = usePreferences()
  const groups = placesOf(model)
  return { groups, current: currentGroup(groups, app), choose: (name) => setPreferences({ app: name }) }
}
