import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useIsLive } from '../../api/live.ts'
import { countUnread, listNotifications, markAllRead, markRead } from '../../api/notifications.ts'
import type { RecordData } from '../../api/types.ts'
import { useRefusal } from '../record/use-delete.ts'

/** As other records' queries are named: what is heard of notifications makes these stale. */
const KEY = ['records', 'notification'] as const
/** Milliseconds between two looks while the page is seen and hears of nothing by itself. */
const LOOK_EVERY_MS = 30_000

/** How many notifications are unread, kept fresh. */
export function useUnread(): number {
  const isLive = useIsLive()
  const { data = 0 } = useQuery({
    queryKey: [...KEY, 'unread'],
    queryFn: ({ signal }) => countUnread(signal),
    refetchInterval: isLive ? false : LOOK_EVERY_MS,
    refetchOnWindowFocus: true,
  })
  return data
}

/** Everything about notifications is asked anew. */
export function useFreshNotifications(): () => Promise<void> {
  const client = useQueryClient()
  return () => client.invalidateQueries({ queryKey: KEY })
}

/** @param limit of a page */
export function useNotifications(onlyUnread: boolean, limit: number) {
  return useInfiniteQuery({
    queryKey: [...KEY, 'list', onlyUnread, limit],
    queryFn: ({ pageParam, signal }) =>
      listNotifications({ onlyUnread, limit, ...(pageParam === '' ? {} : { after: pageParam }) }, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.page.next ?? undefined,
    refetchOnWindowFocus: true,
  })
}

export function useNotificationActs() {
  const refresh = useFreshNotifications()
  const refuse = useRefusal()
  const [isBusy, setBusy] = useState(false)
  const act = async (work: () => Promise<unknown>): Promise<void> => {
    setBusy(true)
    try {
      await work()
      await refresh()
    } catch (error) {
      refuse(error)
    }
    setBusy(false)
  }
  return {
    isBusy,
    mark: (one: RecordData, read: boolean) =>
      one.read === read ? undefined : act(() => markRead(one.id, read)),
    markAll: () => act(markAllRead),
  }
}
