import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { Button } from '../../runtime-ui/kit/Button.tsx'
import { faultOf } from '../../runtime-ui/kit/FaultNote.tsx'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import { useWork } from '../../runtime-ui/kit/model-context.tsx'
import { toast } from '../../runtime-ui/kit/toast.tsx'
import { restoreVersion } from '../api.ts'

/** Makes a draft that goes back to a version; what that means is read before it is published. */
export function RestoreButton({ version }: { readonly version: number }) {
  const { t } = useTranslation()
  const { me } = useWork()
  const client = useQueryClient()
  const navigate = useNavigate()
  const [isBusy, setIsBusy] = useState(false)
  if (me.viewer !== undefined || me.definitions.length === 0) return null
  const restore = async (): Promise<void> => {
    setIsBusy(true)
    try {
      const id = await restoreVersion(version)
      await client.invalidateQueries({ queryKey: ['meta', 'changesets'] })
      await navigate(`/designer/drafts/${id}`)
    } catch (error) {
      toast({ kind: 'problem', text: faultOf(error, t) })
      setIsBusy(false)
    }
  }
  return (
    <Button
      size="small"
      icon={<Icon name="undo" />}
      aria-busy={isBusy}
      aria-label={t('versions.restoreOf', { version })}
      onClick={() => void restore()}
    >
      {t('versions.restore')}
    </Button>
  )
}
