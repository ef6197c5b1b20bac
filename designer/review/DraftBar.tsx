import { useTranslation } from 'react-i18next'
import { Button, IconButton } from '../../runtime-ui/kit/Button.tsx'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import { useIsPhone } from '../../runtime-ui/kit/use-media.ts'
import { useShortcut } from '../../runtime-ui/kit/use-shortcut.ts'
import { useStore } from '../store/store.tsx'
import { DraftConflict } from './DraftConflict.tsx'
import { DraftMenu } from './DraftMenu.tsx'
import { useReviewAct } from './use-review-act.ts'

/**
 * The draft in the bar: back, forward, which one it is and whether it is stored, and the way to publishing it.
 * @param isSecond something beside it is what one does next
 */
export function DraftBar({ isSecond = false }: { readonly isSecond?: boolean }) {
  const { t } = useTranslation()
  const isPhone = useIsPhone()
  const { draft, act, fates, changeset } = useStore()
  const size = fates.size
  useShortcut(
    'z',
    (event) => {
      if ((event.target as Element).closest('input, textarea') !== null) return // a field has its own undo
      event.preventDefault()
      act({ type: event.shiftKey ? 'redo' : 'undo' })
    },
    { mod: true },
  )
  const review = useReviewAct()
  const isEmpty = size === 0 && changeset === undefined
  return (
    <>
      <IconButton
        className={draft.steps.length === 0 ? 'no-phone' : ''}
        label={t('act.undo')}
        icon={<Icon name="undo" />}
        disabled={draft.steps.length === 0}
        onClick={() => act({ type: 'undo' })}
      />
      <IconButton
        className="mirrored no-phone"
        label={t('drafts.redo')}
        icon={<Icon name="undo" />}
        disabled={draft.undone.length === 0}
        onClick={() => act({ type: 'redo' })}
      />
      <DraftMenu />
      <DraftConflict />
      <Button
        type={isSecond ? 'default' : 'primary'}
        className={isEmpty || isSecond ? 'no-phone' : ''}
        disabled={size === 0}
        aria-label={t('drafts.review')}
        onClick={() => void review()}
      >
        {t(isPhone ? 'drafts.plan' : 'drafts.review')}
      </Button>
    </>
  )
}
