import { useTranslation } from 'react-i18next'
import { useWork } from '../../kit/model-context.tsx'
import { setPreferences, usePreferences } from '../../kit/preferences.ts'
import { currentGroup, type Place, type PlaceGroup, placesOf } from './places.ts'

export interface PlaceGroups {
  readonly groups: readonly PlaceGroup[]
  readonly current: PlaceGroup
  readonly choose: (name: string) => void
}

/** The apps of the person and the one whose places are shown; all reports stand at the end of each. */
export function usePlaceGroups(): PlaceGroups {
  const { model } = useWork()
  const { app } = usePreferences()
  const { t } = useTranslation()
  const reports: readonly Place[] = model.hasReports
    ? [{ key: 'reports', label: t('report.title'), icon: 'chart', to: '/reports' }]
    : []
  const groups = placesOf(model).map((group) => ({ ...group, places: [...group.places, ...reports] }))
  return { groups, current: currentGroup(groups, app), choose: (name) => setPreferences({ app: name }) }
}
