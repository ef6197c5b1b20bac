import { QueryClientProvider } from '@tanstack/react-query'
import { Suspense } from 'react'
import { RouterProvider } from 'react-router'
import { createQueryClient } from './api/hooks.ts'
import { ThemeProvider } from './kit/ThemeProvider.tsx'
import { router } from './routes.tsx'

const queryClient = createQueryClient()

/** The runtime UI: cache, look, pages. */
export function App() {
  return (
    <QueryClientProvider client={queryClient}>
      <ThemeProvider>
        <Suspense fallback={null}>
          <RouterProvider router={router} />
        </Suspense>
      </ThemeProvider>
    </QueryClientProvider>
  )
}
