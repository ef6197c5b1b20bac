import { lazy, Suspense } from 'react'
import type { Me } from '../../api/types.ts'

const NewsCard = lazy(async () => ({ default: (await import('./NewsCard.tsx')).NewsCard }))

/** What was announced since one looked last, until one puts it away; the place stays so that it is heard when it comes. */
export function News({ me }: { readonly me: Me }) {
  const seen = me.settings.news_seen ?? 0
  const unseen = (me.news ?? []).filter(({ version }) => version > seen)
  return (
    <div aria-live="polite">
      {unseen.length === 0 ? null : (
        <Suspense fallback={null}>
          <NewsCard news={unseen} />
        </Suspense>
      )}
    </div>
  )
}
