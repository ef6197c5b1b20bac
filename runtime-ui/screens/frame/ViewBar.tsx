import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { endView } from '../../api/session.ts'
import type { Me } from '../../api/types.ts'
import { Icon } from '../../kit/icons/Icon.tsx'
import { leaveAnyway } from '../../kit/leaving.ts'
import { useRefusal } from '../record/use-delete.ts'
import './view-bar.css'

/** Everything is read anew: the pages must show nothing of one pair of eyes to the other. */
export const startAnew = (): void => window.location.assign('/')

/** Who sees as somebody else changes nothing: what stands in a form is not lost. */
const leaveView = (): void => leaveAnyway(startAnew)

/** Says all the time through whose eyes one looks, and takes one back. */
export function ViewBar({ me }: { readonly me: Me }) {
  const { t } = useTranslation()
  const refuse = useRefusal()
  const until = me.viewer?.until
  useEffect(() => {
    if (until === undefined) return
    const timer = setTimeout(leaveView, Math.max(0, Date.parse(until) - Date.now()) + 1_000)
    return () => clearTimeout(timer)
  }, [until])
  if (me.viewer === undefined) return null
  const { name } = me.user
  return (
    <section className="view-bar" aria-label={t('viewAs.label')}>
      <Icon name="eye" size="small" />
      <span className="cut">{t('viewAs.seeing', { name })}</span>
      <span className="no-phone ink-2">·</span>
      <span className="view-bar-note">{t('viewAs.readOnly')}</span>
      <button type="button" className="plain-button" onClick={() => void endView().then(leaveView, refuse)}>
        {t('viewAs.stop')}
      </button>
    </section>
  )
}
