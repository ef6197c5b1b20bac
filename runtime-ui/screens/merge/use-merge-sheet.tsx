import { lazy, type ReactNode, Suspense, useState } from 'react'
import { getRecord } from '../../api/records.ts'
import type { Entity, RecordData } from '../../api/types.ts'
import { expandAll } from '../../values/references.ts'
import { useRefusal } from '../record/use-delete.ts'

const MergeSheet = lazy(async () => ({ default: (await import('./MergeSheet.tsx')).MergeSheet }))

interface Asked {
  readonly record: RecordData
  readonly others: readonly string[]
}

/** Opens the sheet that merges records of which only the ids are at hand; the first one stays, unless another is chosen. */
export function useMergeSheet(
  entity: Entity,
  onMerged?: (id: string) => void,
): { readonly open: (ids: readonly string[]) => Promise<void>; readonly sheet: ReactNode } {
  const refuse = useRefusal()
  const [asked, setAsked] = useState<Asked>()
  const open = async ([first = '', ...others]: readonly string[]): Promise<void> => {
    try {
      setAsked({ record: await getRecord(entity.name, first, expandAll(entity)), others })
    } catch (error) {
      refuse(error)
    }
  }
  const sheet =
    asked === undefined ? null : (
      <Suspense fallback={null}>
        <MergeSheet
          {...{ entity, ...asked }}
          open
          onClose={() => setAsked(undefined)}
          {...(onMerged === undefined ? {} : { onMerged })}
        />
      </Suspense>
    )
  return { open, sheet }
}
