import { useTranslation } from 'react-i18next'
import { NavLink } from 'react-router'
import { Icon } from '../../kit/icons/Icon.tsx'
import { useWork } from '../../kit/model-context.tsx'
import { AppMenu } from './AppMenu.tsx'
import { PersonMenu } from './PersonMenu.tsx'
import type { Place } from './places.ts'
import { useHere } from './use-here.ts'
import { usePlaceGroups } from './use-place-group.ts'

/** The navigation of a desk: the places of an app, and the person at the foot. */
export function Nav() {
  const { t } = useTranslation()
  const { me } = useWork()
  const { current } = usePlaceGroups()
  return (
    <nav className="nav no-phone" aria-label={t('frame.places')}>
      <AppMenu />
      <div className="nav-places">
        <ul>
          {current.places.map((place) => (
            <li key={place.key}>
              <PlaceLink place={place} />
            </li>
          ))}
        </ul>
        {me.administration.includes('audit') ? (
          <NavLink className={({ isActive }) => (isActive ? 'nav-item on' : 'nav-item')} to="/audit">
            <Icon name="history" />
            <span className="cut">{t('audit.title')}</span>
          </NavLink>
        ) : null}
        {me.definitions.length > 0 ? (
          <a className="nav-item nav-designer" href="/designer">
            <Icon name="cube" />
            <span className="cut">{t('frame.designer')}</span>
          </a>
        ) : null}
      </div>
      <div className="nav-foot">
        <PersonMenu />
      </div>
    </nav>
  )
}

function PlaceLink({ place }: { readonly place: Place }) {
  const here = useHere(place)
  return (
    <NavLink
      className={here ? 'nav-item on' : 'nav-item'}
      to={place.to}
      aria-current={here ? 'page' : undefined}
    >
      <Icon name={place.icon} />
      <span className="cut">{place.label}</span>
    </NavLink>
  )
}
