import { Segmented } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'react-router'
import { Mark } from '../runtime-ui/kit/Mark.tsx'
import { useWork } from '../runtime-ui/kit/model-context.tsx'
import { useIsPhone } from '../runtime-ui/kit/use-media.ts'
import { useShortcut } from '../runtime-ui/kit/use-shortcut.ts'
import { PersonMenu } from '../runtime-ui/screens/frame/PersonMenu.tsx'
import { NavEntities } from './NavEntities.tsx'
import { NavFound } from './NavFound.tsx'
import { Kinds, LeavePlace, Place, useFirstPlaces, useKinds, useOtherPlaces } from './NavPlaces.tsx'
import { NavSearch } from './NavSearch.tsx'
import { PhoneNav } from './PhoneNav.tsx'
import { useStore } from './store/store.tsx'

type NavWay = 'kind' | 'entity'
const NAV_WAYS: readonly NavWay[] = ['kind', 'entity']
const REMEMBERED = 'tenon.designer.navigator'

/** The places of the designer: left on a desk, in a sheet on a phone. */
export function DesignerNav() {
  return useIsPhone() ? <PhoneNav /> : <DeskNav />
}

/** The kinds with how much the draft changes in each, a search over all definitions, other pages. */
function DeskNav() {
  const { t } = useTranslation()
  const { me } = useWork()
  const { isReady } = useStore()
  const [text, setText] = useState('')
  const [way, setWay] = useState<NavWay>(() =>
    localStorage.getItem(REMEMBERED) === 'entity' ? 'entity' : 'kind',
  )
  const search = useRef<HTMLInputElement>(null)
  const nav = useRef<HTMLElement>(null)
  const { pathname } = useLocation()
  useShortcut(
    'k',
    (event) => {
      event.preventDefault()
      search.current?.focus()
    },
    { mod: true },
  )
  const kinds = useKinds()
  const [first, others] = [useFirstPlaces(), useOtherPlaces()]
  const isDrawn = kinds.isSuccess && isReady
  // The one that is open is to be seen.
  useEffect(() => {
    if (pathname === '' || !isDrawn || way === undefined) return
    nav.current?.querySelector('.nav-item.on')?.scrollIntoView({ block: 'center', inline: 'center' })
  }, [pathname, isDrawn, way])
  const isEditor = me.definitions.length > 0
  return (
    <nav ref={nav} className="nav designer-nav" aria-label={t('designer.kinds')}>
      <div className="designer-nav-head">
        <a className="workspace" href="/" title={t('designer.leave')}>
          <Mark />
          <span className="cut">{t('designer.title')}</span>
        </a>
        {isEditor ? <NavSearch {...{ text }} onText={setText} input={search} /> : null}
      </div>
      {isEditor ? (
        <Segmented<NavWay>
          className="nav-way"
          block
          size="small"
          aria-label={t('designer.navigator')}
          value={way}
          options={NAV_WAYS.map((value) => ({ value, label: t(`designer.by.${value}`) }))}
          onChange={(next) => {
            setWay(next)
            localStorage.setItem(REMEMBERED, next)
          }}
        />
      ) : null}
      <div className="nav-places">
        {text.trim() === '' ? (
          <ul>
            {first.map((place) => (
              <Place key={place.to} {...place} />
            ))}
            {isEditor && kinds.isError ? (
              <li>
                <p className="t12 bad nav-fault">{t('designer.kindsFailed')}</p>
              </li>
            ) : null}
            {isEditor && way === 'kind' ? <Kinds kinds={kinds.data ?? []} /> : null}
            {isEditor && way === 'entity' ? (
              <li>
                <NavEntities />
              </li>
            ) : null}
            <li className="nav-versions" />
            {others.map((place) => (
              <Place key={place.to} {...place} />
            ))}
            <LeavePlace />
          </ul>
        ) : (
          <NavFound text={text} onOpen={() => setText('')} />
        )}
      </div>
      <div className="nav-foot">
        <PersonMenu />
      </div>
    </nav>
  )
}
