import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, IconButton } from '../runtime-ui/kit/Button.tsx'
import { faultOf } from '../runtime-ui/kit/FaultNote.tsx'
import { Icon } from '../runtime-ui/kit/icons/Icon.tsx'
import { useWork } from '../runtime-ui/kit/model-context.tsx'
import { toast } from '../runtime-ui/kit/toast.tsx'
import { useIsPhone } from '../runtime-ui/kit/use-media.ts'
import { saveContent } from './api.ts'
import type { Json } from './store/json-value.ts'
import { useStore } from './store/store.tsx'

interface ContentNowProps {
  readonly kind: string
  readonly name: string
  readonly definition: Json
  /** The draft says more, and reviewing it is what one does next. */
  readonly isSecond: boolean
}

/**
 * Views, reports, dashboards and the like need no version: as they stand here they are in force with one press, and the
 * draft has nothing more to say of them. Undo brings back what was before, to be saved again.
 */
export function ContentNow({ kind, name, definition, isSecond }: ContentNowProps) {
  const { t } = useTranslation()
  const { model } = useWork()
  const client = useQueryClient()
  const isPhone = useIsPhone()
  const { act, release } = useStore()
  const [isBusy, setIsBusy] = useState(false)
  const save = async (): Promise<void> => {
    setIsBusy(true)
    try {
      const stored = await saveContent(kind, name, definition)
      act({ type: 'settle', of: { kind, name }, stored, version: model.version })
      await release({ kind, name }, stored, model.version)
      await client.invalidateQueries({ queryKey: ['meta'] })
      await client.invalidateQueries({ queryKey: ['model'] })
      toast({ text: t('designer.nowInForce') })
    } catch (error) {
      const fault = faultOf(error, t)
      toast({ kind: 'problem', text: isSecond ? t('designer.notAlone', { fault }) : fault })
    } finally {
      setIsBusy(false)
    }
  }
  if (isSecond && isPhone) {
    return (
      <IconButton
        label={t('designer.inForceNow')}
        icon={<Icon name="bolt" />}
        aria-busy={isBusy}
        onClick={() => void save()}
      />
    )
  }
  return (
    <Button
      type={isSecond ? 'default' : 'primary'}
      icon={<Icon name="bolt" />}
      aria-label={t('designer.inForceNow')}
      aria-busy={isBusy}
      onClick={() => void save()}
    >
      {t(isPhone ? 'act.save' : 'designer.inForceNow')}
    </Button>
  )
}
