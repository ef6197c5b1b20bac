import { Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { Navigate, Outlet, useLocation } from 'react-router'
import { SESSIONS_ENDED } from '../../api/client.ts'
import { useMe, useModelQuery } from '../../api/hooks.ts'
import { useLive } from '../../api/live.ts'
import { isProblem } from '../../api/problem.ts'
import { LoadingRows } from '../../kit/Loading.tsx'
import { WorkContext } from '../../kit/model-context.tsx'
import { PhoneActs } from '../../kit/phone-acts.ts'
import { ProblemState } from '../../kit/State.tsx'
import { ToastPlace } from '../../kit/toast.tsx'
import { Help } from '../help/Help.tsx'
import { Keys } from '../keys/Keys.tsx'
import { Log } from '../log/Log.tsx'
import { News } from '../news/News.tsx'
import { Palette, PaletteButton } from '../palette/Palette.tsx'
import { Requests } from '../requests/Requests.tsx'
import { Tour } from '../tour/Tour.tsx'
import { Nav } from './Nav.tsx'
import { Offline } from './Offline.tsx'
import { PilotBar } from './PilotBar.tsx'
import { appClass, SandboxBar } from './SandboxBar.tsx'
import { TabBar } from './TabBar.tsx'
import { useAccountLanguage } from './use-account-language.ts'
import { useIsNarrowNav } from './use-nav-width.ts'
import { ViewBar } from './ViewBar.tsx'

/** The frame of every page of a signed-in person: the navigation, the sheet, the toasts. */
export function Frame() {
  const { t } = useTranslation()
  const location = useLocation()
  const me = useMe()
  const model = useModelQuery()
  useAccountLanguage(me.data)
  useLive(me.data !== undefined)
  const narrow = useIsNarrowNav()
  const error = me.error ?? model.error
  if (isProblem(error, 401) && !SESSIONS_ENDED.has(error.code ?? '')) {
    const to = location.pathname + location.search
    return <Navigate replace to={to === '/' ? '/sign-in' : `/sign-in?to=${encodeURIComponent(to)}`} />
  }
  if (error !== null && (me.data === undefined || model.data === undefined)) {
    const retry = (): void => void Promise.all([me.refetch(), model.refetch()])
    return (
      <main className="alone">
        <ProblemState error={error} title={t('state.startFailed')} retry={retry} />
      </main>
    )
  }
  if (me.data === undefined || model.data === undefined) return <FrameBars />
  return (
    <WorkContext.Provider value={{ me: me.data, model: model.data }}>
      <a className="skip" href="#main">
        {t('frame.skip')}
      </a>
      <SandboxBar me={me.data} />
      <ViewBar me={me.data} />
      <PilotBar me={me.data} />
      <Tour me={me.data} name="work" />
      <div className={narrow ? `${appClass(me.data)} narrow` : appClass(me.data)}>
        <Nav />
        <PhoneActs value={<PaletteButton />}>
          <Suspense fallback={<SheetBars />}>
            <Outlet />
          </Suspense>
        </PhoneActs>
        <TabBar />
      </div>
      <News me={me.data} />
      <Palette />
      <Log />
      <Keys />
      <Help />
      <Requests />
      <Offline />
      <ToastPlace />
    </WorkContext.Provider>
  )
}

function SheetBars() {
  return (
    <main className="sheet">
      <div className="bar" />
      <LoadingRows />
    </main>
  )
}

function FrameBars() {
  return (
    <div className="app">
      <div className="nav" />
      <SheetBars />
    </div>
  )
}
