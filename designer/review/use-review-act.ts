import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { faultOf } from '../../runtime-ui/kit/FaultNote.tsx'
import { toast } from '../../runtime-ui/kit/toast.tsx'
import { useStore } from '../store/store.tsx'

/** Stores what is not stored yet, and leads to what publishing it would do. */
export function useReviewAct(): () => Promise<void> {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { flush } = useStore()
  return async () => {
    try {
      const id = await flush()
      if (id !== undefined) await navigate(`/designer/drafts/${id}`)
    } catch (error) {
      toast({ kind: 'problem', text: faultOf(error, t) })
    }
  }
}
