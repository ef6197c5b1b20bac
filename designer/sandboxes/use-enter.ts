import { useTranslation } from 'react-i18next'
import { enterSandbox } from '../../runtime-ui/api/session.ts'
import { faultOf } from '../../runtime-ui/kit/FaultNote.tsx'
import { toast } from '../../runtime-ui/kit/toast.tsx'

/** Into a sandbox. Everything is read anew there: a page shows one workspace or the other. */
export function useEnter(): (name: string, to?: string) => void {
  const { t } = useTranslation()
  return (name, to = '/designer') =>
    void enterSandbox(name).then(
      () => window.location.assign(to),
      (error: unknown) => toast({ kind: 'problem', text: faultOf(error, t) }),
    )
}
