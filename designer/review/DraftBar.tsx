import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, IconButton } from '../../runtime-ui/kit/Button.tsx'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import { useShortcut } from '../../runtime-ui/kit/use-shortcut.ts'
import { ReviewSheet } from './ReviewSheet.tsx'
import { sizeOf } from './role-draft.ts'
import { useRoles } from './roles-context.tsx'

/** The draft in the bar: back, forward, how much it is, and the way to publishing it. */
export function DraftBar() {
  const { t } = useTranslation()
  const { draft, act, mayEdit } = useRoles()
  const [open, setOpen] = useState(false)
  const size = sizeOf(draft)
  useShortcut(
    'z',
    (event) => {
      if ((event.target as Element).closest('input, textarea') !== null) return // a field has its own undo
      event.preventDefault()
      act({ type: event.shiftKey ? 'redo' : 'undo' })
    },
    { mod: true, off: !mayEdit },
  )
  if (!mayEdit) return null
  return (
    <>
      <IconButton
        className={size === 0 ? 'no-phone' : ''}
        label={t('act.undo')}
        icon={<Icon name="undo" />}
        disabled={draft.steps.length === 0}
        onClick={() => act({ type: 'undo' })}
      />
      <IconButton
        className="mirrored no-phone"
        label={t('roles.redo')}
        icon={<Icon name="undo" />}
        disabled={draft.undone.length === 0}
        onClick={() => act({ type: 'redo' })}
      />
      <Button
        type="primary"
        className={size === 0 ? 'no-phone' : ''}
        disabled={size === 0}
        onClick={() => setOpen(true)}
      >
        {t('roles.review')}
        {size === 0 ? null : <span className="act-count num">{size}</span>}
      </Button>
      <ReviewSheet open={open} onClose={() => setOpen(false)} />
    </>
  )
}
