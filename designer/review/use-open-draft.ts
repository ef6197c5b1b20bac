import { useTranslation } from 'react-i18next'
import { faultOf } from '../../runtime-ui/kit/FaultNote.tsx'
import { toast } from '../../runtime-ui/kit/toast.tsx'
import { useStore } from '../store/store.tsx'

/** Goes on with another draft, or with none, once everything of the one before is stored. */
export function useOpenDraft(): (id: string | undefined) => Promise<void> {
  const { t } = useTranslation()
  const { flush, open } = useStore()
  return async (id) => {
    try {
      await flush()
      open(id)
    } catch (error) {
      toast({ kind: 'problem', text: faultOf(error, t) })
    }
  }
}
