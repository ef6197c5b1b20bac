import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation, useNavigate } from 'react-router'
import { Icon } from '../../kit/icons/Icon.tsx'
import { LoadingRows } from '../../kit/Loading.tsx'
import { useEntity, useWork } from '../../kit/model-context.tsx'
import { Sheet } from '../../kit/Sheet.tsx'
import { UnreadMark } from './Bell.tsx'
import type { Place } from './places.ts'
import { useHere } from './use-here.ts'
import { usePlaceGroups } from './use-place-group.ts'

const MoreSheet = lazy(async () => ({ default: (await import('./MoreSheet.tsx')).MoreSheet }))

/** The foot of a phone: the first places, adding in the middle, the rest behind More. */
export function TabBar() {
  const { t } = useTranslation()
  const { current } = usePlaceGroups()
  const { pathname } = useLocation()
  const [more, setMore] = useState(false)
  const places = current.places
  if (/\/(new|edit)$/.test(pathname)) return null // a form has its own foot
  return (
    <nav className="tab-bar" aria-label={t('frame.places')}>
      {places.slice(0, 2).map((place) => (
        <TabLink key={place.key} place={place} />
      ))}
      <AddButton />
      {places.slice(2, 3).map((place) => (
        <TabLink key={place.key} place={place} />
      ))}
      <button type="button" className="plain-button tab tab-more" onClick={() => setMore(true)}>
        <Icon name="list" size="large" />
        <UnreadMark />
        {t('frame.more')}
      </button>
      <Sheet open={more} title={t('frame.more')} onClose={() => setMore(false)}>
        <Suspense fallback={<LoadingRows />}>
          <MoreSheet onDone={() => setMore(false)} />
        </Suspense>
      </Sheet>
    </nav>
  )
}

function TabLink({ place }: { readonly place: Place }) {
  const here = useHere(place)
  return (
    <Link className={here ? 'tab on' : 'tab'} to={place.to} aria-current={here ? 'page' : undefined}>
      <Icon name={place.icon} size="large" />
      <span className="cut">{place.label}</span>
    </Link>
  )
}

/** Creates one of the entity that is being looked at, else of the first that the person may create. */
function AddButton() {
  const { t } = useTranslation()
  const { model } = useWork()
  const { current } = usePlaceGroups()
  const { pathname } = useLocation()
  const navigate = useNavigate()
  const here = useEntity(/^\/records\/([^/]+)/.exec(pathname)?.[1])
  const first = current.places
    .map((place) => model.entities.find((entity) => entity.name === place.entity))
    .find((entity) => entity?.rights.create)
  const entity = here?.rights.create ? here : first
  if (entity === undefined) return <span />
  return (
    <button
      type="button"
      className="plain-button tab-add"
      aria-label={t('act.newOf', { entity: entity.label })}
      onClick={() => void navigate(`/records/${entity.name}/new`)}
    >
      <Icon name="plus" size="large" />
    </button>
  )
}
