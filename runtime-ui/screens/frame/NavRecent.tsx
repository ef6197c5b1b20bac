import { useSyncExternalStore } from 'react'
import { Link } from 'react-router'
import { Icon } from '../../kit/icons/Icon.tsx'
import { iconNamed } from '../../kit/icons/paths.ts'
import { useWork } from '../../kit/model-context.tsx'
import { onRecent, recentOf, recentText } from '../../kit/recent.ts'
import { useIsPhone } from '../../kit/use-media.ts'
import { useText } from '../../kit/use-text.ts'
import { recordAddress } from './places.ts'

/** As many as are seen at a glance; the palette has more. */
const SHOWN = 5

/** The records that were looked at last on this device, of which one may still read. */
export function NavRecent() {
  const t = useText()
  const { me, model } = useWork()
  const isPhone = useIsPhone()
  useSyncExternalStore(onRecent, recentText)
  const favourites = new Set(me.settings.favourites.flatMap((one) => (one.kind === 'record' ? [one.id] : [])))
  const shown = recentOf(me.user.id).flatMap((record) => {
    const entity = model.entities.find(({ name }) => name === record.entity)
    return entity?.rights.read !== true || favourites.has(record.id) ? [] : [{ ...record, of: entity }]
  })
  // A phone has no such navigation: there the search begins with them.
  if (isPhone || shown.length === 0) return null
  return (
    <section className="nav-recent" aria-label={t('palette.recent')}>
      <h2 className="nav-head t12 ink-3">{t('palette.recent')}</h2>
      <ul>
        {shown.slice(0, SHOWN).map(({ id, label, of }) => (
          <li key={id}>
            <Link className="nav-item" to={recordAddress(of.name, id)} title={of.label}>
              <Icon name={iconNamed(of.icon ?? of.name)} />
              <span className="cut">{label}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
