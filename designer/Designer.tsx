import { useQuery } from '@tanstack/react-query'
import { Suspense, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { NavLink, Outlet, useLocation } from 'react-router'
import { VIEW_ENDED } from '../runtime-ui/api/client.ts'
import { useMe, useModelQuery } from '../runtime-ui/api/hooks.ts'
import { useLive } from '../runtime-ui/api/live.ts'
import { isProblem } from '../runtime-ui/api/problem.ts'
import { Icon } from '../runtime-ui/kit/icons/Icon.tsx'
import { LoadingRows } from '../runtime-ui/kit/Loading.tsx'
import { Mark } from '../runtime-ui/kit/Mark.tsx'
import { useWork, WorkContext } from '../runtime-ui/kit/model-context.tsx'
import { ProblemState, State } from '../runtime-ui/kit/State.tsx'
import { ToastPlace } from '../runtime-ui/kit/toast.tsx'
import { PersonMenu } from '../runtime-ui/screens/frame/PersonMenu.tsx'
import { useAccountLanguage } from '../runtime-ui/screens/frame/use-account-language.ts'
import { ViewBar } from '../runtime-ui/screens/frame/ViewBar.tsx'
import { listKinds } from './api.ts'
import { kindAddress, kindIcon, labelText } from './places.ts'

/** The frame of the designer: kinds of definitions left, the sheet right; only for who administers them. */
export function Designer() {
  const { t } = useTranslation()
  const me = useMe()
  const model = useModelQuery()
  useAccountLanguage(me.data)
  useLive(me.data !== undefined)
  const error = me.error ?? model.error
  if (isProblem(error, 401) && error.code !== VIEW_ENDED) {
    window.location.assign(`/sign-in?to=${encodeURIComponent(window.location.pathname)}`)
    return null
  }
  if (error !== null && (me.data === undefined || model.data === undefined)) {
    const retry = (): void => void Promise.all([me.refetch(), model.refetch()])
    return (
      <main className="alone">
        <ProblemState error={error} title={t('state.startFailed')} retry={retry} />
      </main>
    )
  }
  if (me.data === undefined || model.data === undefined) return <div className="app" />
  if (me.data.definitions.length === 0 && !me.data.administration.includes('flows')) {
    return (
      <>
        <ViewBar me={me.data} />
        <main className="alone">
          <State joint="locked" title={t('state.denied')} text={t('designer.denied')}>
            <a className="link" href="/">
              {t('designer.leave')}
            </a>
          </State>
        </main>
      </>
    )
  }
  return (
    <WorkContext.Provider value={{ me: me.data, model: model.data }}>
      <a className="skip" href="#main">
        {t('frame.skip')}
      </a>
      <ViewBar me={me.data} />
      <div className={me.data.viewer === undefined ? 'app' : 'app viewed'}>
        <DesignerNav />
        <Suspense fallback={<LoadingRows />}>
          <Outlet />
        </Suspense>
      </div>
      <ToastPlace />
    </WorkContext.Provider>
  )
}

function DesignerNav() {
  const { t, i18n } = useTranslation()
  const { me } = useWork()
  const isEditor = me.definitions.length > 0
  const kinds = useQuery({
    queryKey: ['meta', 'kinds', i18n.language],
    queryFn: listKinds,
    enabled: isEditor,
  })
  const nav = useRef<HTMLElement>(null)
  const { pathname } = useLocation()
  // On a phone the kinds are a strip: the one that is open is to be seen.
  useEffect(() => {
    if (pathname === '' || kinds.data === undefined) return
    nav.current?.querySelector('.nav-item.on')?.scrollIntoView({ block: 'nearest', inline: 'center' })
  }, [pathname, kinds.data])
  return (
    <nav ref={nav} className="nav designer-nav" aria-label={t('designer.kinds')}>
      <a className="workspace" href="/" title={t('designer.leave')}>
        <Mark />
        <span className="cut">{t('designer.title')}</span>
      </a>
      <div className="nav-places">
        <ul>
          {(kinds.data ?? []).map((item) => (
            <li key={item.kind}>
              <NavLink
                className={({ isActive }) => (isActive ? 'nav-item on' : 'nav-item')}
                to={kindAddress(item.kind)}
              >
                <Icon name={kindIcon(item.kind)} />
                <span className="cut">{labelText(item.label, i18n.language, item.kind)}</span>
                <span className="end t12 ink-3 num">{item.count}</span>
              </NavLink>
            </li>
          ))}
          {me.administration.includes('flows') ? (
            <li className="nav-versions">
              <NavLink
                className={({ isActive }) => (isActive ? 'nav-item on' : 'nav-item')}
                to="/designer/runs"
              >
                <Icon name="branch" />
                <span className="cut">{t('runs.title')}</span>
              </NavLink>
            </li>
          ) : null}
          <li className={me.administration.includes('flows') ? undefined : 'nav-versions'}>
            <NavLink
              className={({ isActive }) => (isActive ? 'nav-item on' : 'nav-item')}
              to="/designer/requirements"
            >
              <Icon name="check" />
              <span className="cut">{t('designer.requirements')}</span>
            </NavLink>
          </li>
          {me.administration.includes('connections') ? (
            <li>
              <NavLink
                className={({ isActive }) => (isActive ? 'nav-item on' : 'nav-item')}
                to="/designer/connections"
              >
                <Icon name="link" />
                <span className="cut">{t('connections.title')}</span>
              </NavLink>
            </li>
          ) : null}
          <li>
            <NavLink
              className={({ isActive }) => (isActive ? 'nav-item on' : 'nav-item')}
              to="/designer/drafts"
            >
              <Icon name="edit" />
              <span className="cut">{t('drafts.title')}</span>
            </NavLink>
          </li>
          <li>
            <NavLink
              className={({ isActive }) => (isActive ? 'nav-item on' : 'nav-item')}
              to="/designer/versions"
            >
              <Icon name="history" />
              <span className="cut">{t('designer.versions')}</span>
            </NavLink>
          </li>
          <li>
            <a className="nav-item" href="/">
              <Icon name="back" />
              <span className="cut">{t('designer.leave')}</span>
            </a>
          </li>
        </ul>
        {kinds.isError ? <p className="t12 bad nav-fault">{t('designer.kindsFailed')}</p> : null}
      </div>
      <div className="nav-foot no-phone">
        <PersonMenu />
      </div>
    </nav>
  )
}
