import { useTranslation } from 'react-i18next'
import { NavLink } from 'react-router'
import { Icon } from '../../kit/icons/Icon.tsx'
import { Mark } from '../../kit/Mark.tsx'
import { useWork } from '../../kit/model-context.tsx'
import { PersonMenu } from './PersonMenu.tsx'
import { type Place, placesOf } from './places.ts'
import { useHere } from './use-here.ts'

/** The navigation of a desk: the person's places, and themselves at the foot. */
export function Nav() {
  const { t } = useTranslation()
  const { model, me } = useWork()
  const groups = placesOf(model)
  return (
    <nav className="nav no-phone" aria-label={t('frame.places')}>
      <div className="workspace">
        <Mark />
        <span className="cut">{model.workspace}</span>
      </div>
      <div className="nav-places">
        {groups.map((group, index) => (
          <section key={group.name}>
            {groups.length > 1 || index > 0 ? <h2 className="nav-section">{group.label}</h2> : null}
            <ul>
              {group.places.map((place) => (
                <li key={place.key}>
                  <PlaceLink place={place} />
                </li>
              ))}
            </ul>
          </section>
        ))}
        {me.administration.includes('definitions') ? (
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
