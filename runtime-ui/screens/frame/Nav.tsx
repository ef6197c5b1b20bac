import { useTranslation } from 'react-i18next'
import { NavLink } from 'react-router'
import { Icon } from '../../kit/icons/Icon.tsx'
import { useWork } from '../../kit/model-context.tsx'
import { ApprovalsLink } from '../approvals/ApprovalsLink.tsx'
import { NavFavourites } from '../favourites/NavFavourites.tsx'
import { PaletteField } from '../palette/Palette.tsx'
import { AppMenu } from './AppMenu.tsx'
import { Bell } from './Bell.tsx'
import { NavFold } from './NavFold.tsx'
import { NavRecent } from './NavRecent.tsx'
import { PersonMenu } from './PersonMenu.tsx'
import type { Place } from './places.ts'
import { settingsPlaces } from './settings-places.ts'
import { useHere } from './use-here.ts'
import { useIsNarrowNav } from './use-nav-width.ts'
import { usePlaceGroups } from './use-place-group.ts'

/** The navigation of a desk: the places of an app, and the person at the foot. */
export function Nav() {
  const { t } = useTranslation()
  const { current } = usePlaceGroups()
  return (
    <nav className="nav no-phone" aria-label={t('frame.places')}>
      <AppMenu />
      <PaletteField />
      <Bell />
      <div className="nav-places">
        <ul>
          {current.places.map((place) => (
            <li key={place.key}>
              <PlaceLink place={place} />
            </li>
          ))}
          <li>
            <ApprovalsLink className="nav-item" />
          </li>
        </ul>
        <NavFavourites />
        <NavRecent />
        <Settings />
      </div>
      <div className="nav-foot">
        <PersonMenu />
        <NavFold />
      </div>
    </nav>
  )
}

/** What the person may look after. */
function Settings() {
  const { t } = useTranslation()
  const isNarrow = useIsNarrowNav()
  const places = settingsPlaces(useWork(), t)
  if (places.length === 0) return null
  return (
    <section className="nav-settings" aria-label={t('settings.title')}>
      <h2 className="nav-head t12 ink-3">{t('settings.title')}</h2>
      <ul>
        {places.map((place) => (
          <li key={place.key}>
            {place.isOutside === true ? (
              <a className="nav-item" href={place.to} title={isNarrow ? place.label : undefined}>
                <Icon name={place.icon} />
                <span className="cut">{place.label}</span>
              </a>
            ) : (
              <NavLink
                className={({ isActive }) => (isActive ? 'nav-item on' : 'nav-item')}
                to={place.to}
                title={isNarrow ? place.label : undefined}
              >
                <Icon name={place.icon} />
                <span className="cut">{place.label}</span>
              </NavLink>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

function PlaceLink({ place }: { readonly place: Place }) {
  const here = useHere(place)
  const isNarrow = useIsNarrowNav()
  return (
    <NavLink
      className={here ? 'nav-item on' : 'nav-item'}
      to={place.to}
      aria-current={here ? 'page' : undefined}
      title={isNarrow ? place.label : undefined}
    >
      <Icon name={place.icon} />
      <span className="cut">{place.label}</span>
    </NavLink>
  )
}
