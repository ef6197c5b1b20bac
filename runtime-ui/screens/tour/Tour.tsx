import { lazy, Suspense } from 'react'
import { useLocation } from 'react-router'
import type { Me, TourName } from '../../api/types.ts'
import { closeTour, useTourWanted } from './open-tour.ts'

const texts = async () => (await import('./i18n/load.ts')).textsReady

const TourOffer = lazy(async () => {
  const [{ TourOffer: Offer }] = await Promise.all([import('./TourOffer.tsx'), texts()])
  return { default: Offer }
})
const TourShow = lazy(async () => {
  const [{ TourShow: Show }] = await Promise.all([import('./TourShow.tsx'), texts()])
  return { default: Show }
})

/** Where somebody fills in a form: they are left alone until they are back. */
const IN_A_FORM = /^\/records\/[^/]+\/(new|[^/]+\/edit)$/

/**
 * A short way round for who is new: offered once, until it is taken or put away on any device, and begun again from the
 * help. What is new goes first, and who looks with another's eyes, into a sandbox or at a trial is not new.
 */
export function Tour({ me, name }: { readonly me: Me; readonly name: TourName }) {
  const isWanted = useTourWanted()
  const isFilling = IN_A_FORM.test(useLocation().pathname)
  const isSeen = me.settings.tours_seen?.includes(name) === true
  const isBusy =
    me.viewer !== undefined ||
    me.sandbox_of !== undefined ||
    me.pilot !== undefined ||
    (me.news ?? []).length > 0
  if (!isWanted && (isSeen || isBusy || isFilling)) return null
  return (
    <Suspense fallback={null}>
      {isWanted ? <TourShow key={name} name={name} onEnd={closeTour} /> : <TourOffer name={name} />}
    </Suspense>
  )
}
