import i18next from 'i18next'
import { createRoot } from 'react-dom/client'
import { App } from './App.tsx'
import { setSignedOutHandler, setViewEndedHandler } from './api/client.ts'
import { createQueryClient, readEarly } from './api/hooks.ts'
import { startI18n } from './i18n/index.ts'
import { installBrand } from './kit/brand.ts'
import { beginAnew, setClosing } from './kit/leaving.ts'
import { installTheme } from './kit/theme.ts'
import { router } from './routes.tsx'
import './kit/base.css'
import './kit/chips.css'
import './kit/narrow-nav.css'
import './kit/frame.css'
import './kit/sign-in.css'
import './kit/buttons.css'
import './kit/controls.css'
import './kit/stage-path.css'
import './kit/list.css'
import './kit/record.css'
import './kit/form.css'
import './kit/print.css'

installTheme()
installBrand()
setSignedOutHandler(() => {
  const { pathname, search } = router.state.location
  if (pathname === '/sign-in') return
  void router.navigate(pathname === '/' ? '/sign-in' : `/sign-in?to=${encodeURIComponent(pathname + search)}`)
})
setViewEndedHandler(beginAnew)
const client = createQueryClient()
await startI18n()
await readEarly(client, i18next.language)
const root = createRoot(document.getElementById('root')!)
setClosing(() => root.unmount())
root.render(<App client={client} />)
