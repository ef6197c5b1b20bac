import { QueryClientProvider } from '@tanstack/react-query'
import i18next from 'i18next'
import { lazy } from 'react'
import { createRoot } from 'react-dom/client'
import { createBrowserRouter, RouterProvider } from 'react-router'
import { createQueryClient, readEarly } from '../runtime-ui/api/hooks.ts'
import { addTexts, startI18n } from '../runtime-ui/i18n/index.ts'
import { installBrand } from '../runtime-ui/kit/brand.ts'
import { setClosing } from '../runtime-ui/kit/leaving.ts'
import { ThemeProvider } from '../runtime-ui/kit/ThemeProvider.tsx'
import { installTheme } from '../runtime-ui/kit/theme.ts'
import { Crash } from '../runtime-ui/screens/Crash.tsx'
import { DefinitionPage } from './DefinitionPage.tsx'
import { Designer } from './Designer.tsx'
import { Elsewhere } from './Elsewhere.tsx'
import { KindPage } from './KindPage.tsx'
import { RequirementsPage } from './RequirementsPage.tsx'
import { DraftPage } from './review/DraftPage.tsx'
import { DraftsPage } from './review/DraftsPage.tsx'
import { Start } from './Start.tsx'
import { ComparePage } from './versions/ComparePage.tsx'
import { VersionsPage } from './versions/VersionsPage.tsx'
import '../runtime-ui/kit/base.css'
import '../runtime-ui/kit/chips.css'
import '../runtime-ui/kit/narrow-nav.css'
import '../runtime-ui/kit/frame.css'
import '../runtime-ui/kit/sign-in.css'
import '../runtime-ui/kit/buttons.css'
import '../runtime-ui/kit/controls.css'
import '../runtime-ui/kit/stage-path.css'
import '../runtime-ui/kit/list.css'
import './designer.css'

// The matrix of a role with its menus and editors comes when somebody looks at roles.
const RolesPage = lazy(async () => ({ default: (await import('./roles/RolesPage.tsx')).RolesPage }))
const RolePage = lazy(async () => ({ default: (await import('./roles/RolePage.tsx')).RolePage }))

const LabelsPage = lazy(async () => ({ default: (await import('./labels/LabelsPage.tsx')).LabelsPage }))

const FromFilePage = lazy(async () => ({
  default: (await import('./from-file/FromFilePage.tsx')).FromFilePage,
}))

const BeginPage = lazy(async () => ({ default: (await import('./begin/BeginPage.tsx')).BeginPage }))

// What draws pictures comes when somebody looks at one.
const ModelPage = lazy(async () => ({ default: (await import('./model/ModelPage.tsx')).ModelPage }))

const RunsPage = lazy(async () => ({ default: (await import('./flows/RunsPage.tsx')).RunsPage }))
const RunPage = lazy(async () => ({ default: (await import('./flows/RunPage.tsx')).RunPage }))
const ConnectionsPage = lazy(async () => ({
  default: (await import('./connections/ConnectionsPage.tsx')).ConnectionsPage,
}))
const ConnectionPage = lazy(async () => ({
  default: (await import('./connections/ConnectionPage.tsx')).ConnectionPage,
}))

// Few have a sandbox, or look at templates.
const SandboxesPage = lazy(async () => ({
  default: (await import('./sandboxes/SandboxesPage.tsx')).SandboxesPage,
}))
const SandboxPage = lazy(async () => ({ default: (await import('./sandboxes/SandboxPage.tsx')).SandboxPage }))
const TemplatesPage = lazy(async () => ({
  default: (await import('./templates/TemplatesPage.tsx')).TemplatesPage,
}))

const SettingsPage = lazy(async () => ({
  default: (await import('./settings/SettingsPage.tsx')).SettingsPage,
}))

installTheme()
installBrand()
addTexts('designer', {
  en: async () => (await import('./i18n/en.ts')).en,
  'zh-CN': async () => (await import('./i18n/zh-CN.ts')).zhCN,
})
const queryClient = createQueryClient()
await startI18n()
await readEarly(queryClient, i18next.language)
const router = createBrowserRouter([
  {
    path: '/designer',
    element: <Designer />,
    errorElement: <Crash />,
    children: [
      { index: true, element: <Start /> },
      { path: 'begin', element: <BeginPage /> },
      { path: 'model', element: <ModelPage /> },
      { path: 'from-file', element: <FromFilePage /> },
      { path: 'versions', element: <VersionsPage /> },
      { path: 'versions/:from/:to', element: <ComparePage /> },
      { path: 'labels', element: <LabelsPage /> },
      { path: 'drafts', element: <DraftsPage /> },
      { path: 'drafts/:id', element: <DraftPage /> },
      { path: 'runs', element: <RunsPage /> },
      { path: 'runs/:id', element: <RunPage /> },
      { path: 'requirements', element: <RequirementsPage /> },
      { path: 'connections', element: <ConnectionsPage /> },
      { path: 'connections/:name', element: <ConnectionPage /> },
      { path: 'templates', element: <TemplatesPage /> },
      { path: 'sandboxes', element: <SandboxesPage /> },
      { path: 'sandboxes/:name', element: <SandboxPage /> },
      { path: 'role', element: <RolesPage /> },
      { path: 'role/:name', element: <RolePage /> },
      { path: 'role/:name/definition', element: <DefinitionPage kind="role" /> },
      { path: 'setting', element: <SettingsPage /> },
      { path: ':kind', element: <KindPage /> },
      { path: ':kind/:name', element: <DefinitionPage /> },
    ],
  },
  { path: '*', element: <Elsewhere /> },
])

const root = createRoot(document.getElementById('root')!)
setClosing(() => root.unmount())
root.render(
  <QueryClientProvider client={queryClient}>
    <ThemeProvider>
      <RouterProvider router={router} />
    </ThemeProvider>
  </QueryClientProvider>,
)
