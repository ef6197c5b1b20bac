import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useArrange } from '../../api/own-settings.ts'
import type { Favourite } from '../../api/types.ts'
import { IconButton } from '../../kit/Button.tsx'
import { Icon } from '../../kit/icons/Icon.tsx'
import { useWork } from '../../kit/model-context.tsx'
import { toast } from '../../kit/toast.tsx'
import { useRefusal } from '../record/use-delete.ts'
import { keyOf, MOST_FAVOURITES, renamed, toggled } from './favourites.ts'
import './favourites.css'

/** Beside the title of a page: keeps it among the favourites, or takes it away. */
export function Star({ favourite }: { readonly favourite: Favourite }) {
  const { t } = useTranslation()
  const { me } = useWork()
  const arrange = useArrange()
  const refuse = useRefusal()
  const { favourites } = me.settings
  const key = keyOf(favourite)
  const kept = favourites.find((other) => keyOf(other) === key)
  useNewName(
    kept,
    favourite,
    () => void arrange({ favourites: renamed(favourites, favourite) }).catch(refuse),
  )
  if (me.viewer !== undefined) return null
  const press = (): void => {
    if (kept === undefined && favourites.length >= MOST_FAVOURITES) {
      toast({ kind: 'problem', text: t('favourite.full', { count: MOST_FAVOURITES }) })
      return
    }
    void arrange({ favourites: toggled(favourites, favourite) }).catch(refuse)
  }
  return (
    <IconButton
      className={kept === undefined ? 'star' : 'star on'}
      label={t(kept === undefined ? 'favourite.add' : 'favourite.remove')}
      aria-pressed={kept !== undefined}
      icon={<Icon name="star" />}
      onClick={press}
    />
  )
}

/** What is renamed is called by its new name as soon as its page is looked at. */
function useNewName(kept: Favourite | undefined, now: Favourite, rename: () => void): void {
  const act = useRef(rename)
  act.current = rename
  const isOld = kept !== undefined && now.label !== '' && kept.label !== now.label
  useEffect(() => {
    if (isOld) act.current()
  }, [isOld])
}
