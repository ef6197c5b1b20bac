import { Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { Outlet } from 'react-router'
import { SESSIONS_ENDED } from '../runtime-ui/api/client.ts'
import { useMe, useModelQuery } from '../runtime-ui/api/hooks.ts'
import { useLive } from '../runtime-ui/api/live.ts'
import { isProblem } from '../runtime-ui/api/problem.ts'
import { LoadingRows } from '../runtime-ui/kit/Loading.tsx'
import { WorkContext } from '../runtime-ui/kit/model-context.tsx'
import { ProblemState, State } from '../runtime-ui/kit/State.tsx'
import { ToastPlace } from '../runtime-ui/kit/toast.tsx'
import { appClass, SandboxBar } from '../runtime-ui/screens/frame/SandboxBar.tsx'
import { useAccountLanguage } from '../runtime-ui/screens/frame/use-account-language.ts'
import { ViewBar } from '../runtime-ui/screens/frame/ViewBar.tsx'
import { Help } from '../runtime-ui/screens/help/Help.tsx'
import { Requests } from '../runtime-ui/screens/requests/Requests.tsx'
import { Tour } from '../runtime-ui/screens/tour/Tour.tsx'
import { DesignerNav } from './DesignerNav.tsx'
import { StoreProvider } from './store/store.tsx'

/** The frame of the designer: kinds of definitions left, the sheet right; only for who administers them. */
export function Designer() {
  const { t } = useTranslation()
  const me = useMe()
  const model = useModelQuery()
  useAccountLanguage(me.data)
  useLive(me.data !== undefined)
  const error = me.error ?? model.error
  if (isProblem(error, 401) && !SESSIONS_ENDED.has(error.code ?? '')) {
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
      <SandboxBar me={me.data} />
      <ViewBar me={me.data} />
      <Tour me={me.data} name="designer" />
      <StoreProvider>
        <div className={appClass(me.data, 'pilot')}>
          <DesignerNav />
          <Suspense fallback={<LoadingRows />}>
            <Outlet />
          </Suspense>
        </div>
      </StoreProvider>
      <Help />
      <Requests />
      <ToastPlace />
    </WorkContext.Provider>
  )
}
