import { lazy } from 'react'
import { createBrowserRouter } from 'react-router'
import { Crash } from './screens/Crash.tsx'
import { Frame } from './screens/frame/Frame.tsx'
import { Home } from './screens/Home.tsx'
import { ListScreen } from './screens/list/ListScreen.tsx'
import { NotFound } from './screens/NotFound.tsx'

// The list is what people see first; everything else comes when it is opened.
const SignIn = lazy(async () => ({ default: (await import('./screens/SignIn.tsx')).SignIn }))
const RecordScreen = lazy(async () => ({
  default: (await import('./screens/record/RecordScreen.tsx')).RecordScreen,
}))
const FormScreen = lazy(async () => ({ default: (await import('./screens/form/FormScreen.tsx')).FormScreen }))
const NotificationsScreen = lazy(async () => ({
  default: (await import('./screens/notifications/NotificationsScreen.tsx')).NotificationsScreen,
}))
const AuditScreen = lazy(async () => ({
  default: (await import('./screens/audit/AuditScreen.tsx')).AuditScreen,
}))
const BackupsScreen = lazy(async () => ({
  default: (await import('./screens/backups/BackupsScreen.tsx')).BackupsScreen,
}))
const WhoSeesScreen = lazy(async () => ({
  default: (await import('./screens/rights/WhoSeesScreen.tsx')).WhoSeesScreen,
}))
const ReportsScreen = lazy(async () => ({
  default: (await import('./screens/reports/ReportsScreen.tsx')).ReportsScreen,
}))
const ReportScreen = lazy(async () => ({
  default: (await import('./screens/reports/ReportScreen.tsx')).ReportScreen,
}))
const DashboardScreen = lazy(async () => ({
  default: (await import('./screens/reports/DashboardScreen.tsx')).DashboardScreen,
}))
const ApprovalsScreen = lazy(async () => ({
  default: (await import('./screens/approvals/ApprovalsScreen.tsx')).ApprovalsScreen,
}))
const BinScreen = lazy(async () => ({ default: (await import('./screens/BinScreen.tsx')).BinScreen }))
const CallsScreen = lazy(async () => ({
  default: (await import('./screens/calls/CallsScreen.tsx')).CallsScreen,
}))
const ImportScreen = lazy(async () => ({
  default: (await import('./screens/import/ImportScreen.tsx')).ImportScreen,
}))
const RequestsScreen = lazy(async () => {
  const [{ RequestsScreen: Screen }, { textsReady }] = await Promise.all([
    import('./screens/requests/RequestsScreen.tsx'),
    import('./screens/requests/i18n/load.ts'),
  ])
  await textsReady
  return { default: Screen }
})
const BrandScreen = lazy(async () => {
  const [{ BrandScreen: Screen }, { textsReady }] = await Promise.all([
    import('./screens/brand/BrandScreen.tsx'),
    import('./screens/brand/i18n/load.ts'),
  ])
  await textsReady
  return { default: Screen }
})
const DuplicatesScreen = lazy(async () => ({
  default: (await import('./screens/merge/DuplicatesScreen.tsx')).DuplicatesScreen,
}))

const ForgotPassword = lazy(async () => ({
  default: (await import('./screens/door/ForgotPassword.tsx')).ForgotPassword,
}))
const SetPassword = lazy(async () => ({
  default: (await import('./screens/door/SetPassword.tsx')).SetPassword,
}))
const AccountScreen = lazy(async () => ({
  default: (await import('./screens/account/AccountScreen.tsx')).AccountScreen,
}))

/** The kit with all its states, while developing alone: the build drops what stands behind it. */
const KitPage = import.meta.env.DEV
  ? lazy(async () => ({ default: (await import('./kit-page/KitPage.tsx')).KitPage }))
  : undefined

/** Ids are UUIDs, so `new`, `bin`, `calls`, `duplicates` and `import` can never be one. */
export const router = createBrowserRouter([
  { path: '/sign-in', element: <SignIn />, errorElement: <Crash /> },
  { path: '/forgot-password', element: <ForgotPassword />, errorElement: <Crash /> },
  ...(KitPage === undefined ? [] : [{ path: '/kit', element: <KitPage />, errorElement: <Crash /> }]),
  { path: '/set-password', element: <SetPassword />, errorElement: <Crash /> },
  {
    path: '/',
    element: <Frame />,
    errorElement: <Crash />,
    children: [
      { index: true, element: <Home /> },
      { path: 'account', element: <AccountScreen /> },
      { path: 'approvals', element: <ApprovalsScreen /> },
      { path: 'notifications', element: <NotificationsScreen /> },
      { path: 'audit', element: <AuditScreen /> },
      { path: 'backups', element: <BackupsScreen /> },
      { path: 'brand', element: <BrandScreen /> },
      { path: 'requests', element: <RequestsScreen /> },
      { path: 'who-sees', element: <WhoSeesScreen /> },
      { path: 'reports', element: <ReportsScreen /> },
      { path: 'reports/:name', element: <ReportScreen /> },
      { path: 'dashboards/:name', element: <DashboardScreen /> },
      { path: 'records/:entity', element: <ListScreen /> },
      { path: 'records/:entity/new', element: <FormScreen /> },
      { path: 'records/:entity/bin', element: <BinScreen /> },
      { path: 'records/:entity/calls', element: <CallsScreen /> },
      { path: 'records/:entity/import', element: <ImportScreen /> },
      { path: 'records/:entity/duplicates', element: <DuplicatesScreen /> },
      { path: 'records/:entity/:id', element: <RecordScreen /> },
      { path: 'records/:entity/:id/edit', element: <FormScreen /> },
      { path: '*', element: <NotFound /> },
    ],
  },
])
