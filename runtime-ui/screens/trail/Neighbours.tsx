import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { IconButton } from '../../kit/Button.tsx'
import { Icon } from '../../kit/icons/Icon.tsx'
import { useShortcut } from '../../kit/use-shortcut.ts'
import { recordAddress } from '../frame/places.ts'
import { placeIn, type Trail } from './trail.ts'

/** To the record before and the one behind, in the order of the list that one came from. */
export function Neighbours({ trail, id }: { readonly trail: Trail; readonly id: string }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const place = placeIn(trail, id)
  // Going through a list is no way that one wants to go back step by step.
  const go = (to: string | undefined) => (): void => {
    if (to !== undefined) void navigate(recordAddress(trail.entity, to), { replace: true })
  }
  const [before, after] = [go(place?.before), go(place?.after)]
  useShortcut('k', before)
  useShortcut('[', before)
  useShortcut('j', after)
  useShortcut(']', after)
  if (place === undefined) return null
  return (
    <nav className="row neighbours no-print" aria-label={t('trail.title')}>
      <span className="t13 ink-3 num nowrap no-phone">
        {t('trail.place', { at: place.at, total: place.total })}
      </span>
      <IconButton
        size="small"
        label={t('trail.before')}
        aria-keyshortcuts="K"
        icon={<Icon name="chevron_up" />}
        disabled={place.before === undefined}
        onClick={before}
      />
      <IconButton
        size="small"
        label={t('trail.after')}
        aria-keyshortcuts="J"
        icon={<Icon name="chevron_down" />}
        disabled={place.after === undefined}
        onClick={after}
      />
    </nav>
  )
}
