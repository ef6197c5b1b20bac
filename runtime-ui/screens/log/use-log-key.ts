import type { Entity } from '../../api/types.ts'
import { useWork } from '../../kit/model-context.tsx'
import { useShortcut } from '../../kit/use-shortcut.ts'
import { activityAs } from './callers.ts'
import { openLog } from './open-log.ts'

/** L notes down a call about the row in use, else about whoever is chosen then. */
export function useLogKey(entity: Entity, record: { readonly id: string } | undefined): void {
  const { model } = useWork()
  const isOff = activityAs(entity, model.entities, 'call') === undefined
  useShortcut(
    'l',
    (event) => {
      event.preventDefault()
      openLog({
        as: 'call',
        ...(record === undefined ? {} : { about: { entity: entity.name, id: record.id } }),
      })
    },
    { off: isOff },
  )
}
