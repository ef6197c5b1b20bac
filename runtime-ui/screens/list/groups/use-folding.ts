import { useState } from 'react'
import type { Field } from '../../../api/types.ts'
import type { Group } from './use-groups.ts'

const NONE: ReadonlySet<string> = new Set()

/** Which groups are closed; grouped by another field all are open. */
export function useFolding(groups: readonly Pick<Group, 'key'>[], field: Field | undefined) {
  const [kept, setKept] = useState({ of: field?.name, closed: NONE })
  const closed = kept.of === field?.name ? kept.closed : NONE
  const set = (next: ReadonlySet<string>): void => setKept({ of: field?.name, closed: next })
  return {
    closed,
    toggle: (key: string) => {
      const next = new Set(closed)
      if (!next.delete(key)) next.add(key)
      set(next)
    },
    openAll: () => set(NONE),
    closeAll: () => set(new Set(groups.map(({ key }) => key))),
  }
}
