import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { request } from './client.ts'
import type { Me, OwnSettings, TourName } from './types.ts'

export interface OwnSettingsChange {
  readonly favourites?: OwnSettings['favourites']
  /** By entity; null: as the role has it. */
  readonly opening_views?: Readonly<Record<string, string | null>>
  /** Puts away what is new up to this version. */
  readonly news_seen?: number
  /** Puts these tours away as well. */
  readonly tours_seen?: readonly TourName[]
}

/** Arranges something for oneself: it shows at once, and is taken back where the server does not take it. */
export function useArrange(): (change: OwnSettingsChange) => Promise<void> {
  const queryClient = useQueryClient()
  return async (change) => {
    const before = settingsIn(queryClient)
    put(queryClient, (settings) => arranged(settings, change))
    try {
      const { data } = await request<{ data: OwnSettings }>('/api/auth/settings', {
        method: 'PATCH',
        body: change,
      })
      put(queryClient, () => data)
    } catch (error) {
      if (before !== undefined) put(queryClient, () => before)
      throw error
    }
  }
}

const settingsIn = (queryClient: QueryClient): OwnSettings | undefined =>
  queryClient.getQueryData<Me>(['me'])?.settings

function put(queryClient: QueryClient, next: (settings: OwnSettings) => OwnSettings): void {
  queryClient.setQueryData<Me>(['me'], (me) =>
    me === undefined ? me : { ...me, settings: next(me.settings) },
  )
}

/** The settings with a change, as the server makes it. */
export function arranged(settings: OwnSettings, change: OwnSettingsChange): OwnSettings {
  const views = Object.entries({ ...settings.opening_views, ...change.opening_views })
  const seen = change.news_seen ?? settings.news_seen
  const tours = [...new Set([...(settings.tours_seen ?? []), ...(change.tours_seen ?? [])])]
  return {
    ...(tours.length === 0 ? {} : { tours_seen: tours }),
    ...(seen === undefined ? {} : { news_seen: seen }),
    favourites: change.favourites ?? settings.favourites,
    opening_views: Object.fromEntries(views.filter((entry): entry is [string, string] => entry[1] !== null)),
  }
}
