import { useTranslation } from 'react-i18next'
import { useArrange } from '../../api/own-settings.ts'
import type { TourName } from '../../api/types.ts'
import { Button } from '../../kit/Button.tsx'
import { Icon } from '../../kit/icons/Icon.tsx'
import { useRefusal } from '../record/use-delete.ts'
import { openTour } from './open-tour.ts'
import './tour.css'

/** Asks whether somebody who is new wants to be shown around; either answer is the last time. */
export function TourOffer({ name }: { readonly name: TourName }) {
  const { t } = useTranslation()
  const arrange = useArrange()
  const refuse = useRefusal()
  const putAway = (): void => {
    document.getElementById('main')?.focus() // the buttons go, and with them what had the focus
    void arrange({ tours_seen: [name] }).catch(refuse)
  }
  return (
    <section className="tour-offer no-print" aria-labelledby="tour-offer">
      <h2 className="t13 strong" id="tour-offer">
        <Icon name="sun" />
        {t(`tour.offer.${name}`)}
      </h2>
      <p className="t13 ink-2 cut no-phone">{t('tour.offerText')}</p>
      <span className="row">
        <Button type="text" size="small" onClick={putAway}>
          {t('tour.no')}
        </Button>
        <Button
          type="link"
          size="small"
          onClick={() => {
            putAway()
            openTour()
          }}
        >
          {t('tour.yes')}
        </Button>
      </span>
    </section>
  )
}
