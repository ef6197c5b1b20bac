import { useTranslation } from 'react-i18next'
import type { Entity } from '../../runtime-ui/api/types.ts'
import { useEntity } from '../../runtime-ui/kit/model-context.tsx'
import { useDraftForm } from '../layouts/use-draft-form.ts'
import { useStore } from '../store/store.tsx'

export interface LiveEntity {
  /** As it is in force: what records can be asked for. Undefined where only the draft has it, or the person may not read it. */
  readonly known: Entity | undefined
  /** As the draft has it: what can be placed. */
  readonly drawn: Entity | undefined
  readonly isPending: boolean
}

/** An entity with live records, and with the fields that only the draft has. */
export function useLiveEntity(name: string): LiveEntity {
  const { i18n } = useTranslation()
  const { fates } = useStore()
  const known = useEntity(name)
  const isTouched = fates.has(`entity/${name}`)
  // A draft that holds together in no other place tells nothing: then what is in force has to do.
  const told = useDraftForm({ entity: name, language: i18n.language, isOff: !isTouched })
  const drafted = isTouched ? (told.data?.entity ?? undefined) : undefined
  return {
    known: known?.rights.read === true ? known : undefined,
    drawn: drafted ?? known,
    isPending: isTouched && told.isPending,
  }
}
