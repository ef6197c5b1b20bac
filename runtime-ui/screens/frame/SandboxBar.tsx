import { useTranslation } from 'react-i18next'
import { leaveSandbox } from '../../api/session.ts'
import type { Me } from '../../api/types.ts'
import { Icon } from '../../kit/icons/Icon.tsx'
import { leaveAnyway } from '../../kit/leaving.ts'
import { useRefusal } from '../record/use-delete.ts'
import './view-bar.css'

/** The pages leave room for the strips that stand above them. @param without what has none there */
export function appClass(me: Me, without?: 'pilot'): string {
  const strips = (['viewer', 'sandbox_of', 'pilot'] as const).filter(
    (one) => one !== without && me[one] !== undefined,
  ).length
  return strips === 0 ? 'app' : `app under-${strips}`
}

/** Back where the sandboxes are; a part of one page must show nothing of the other workspace. */
const startLive = (): void => leaveAnyway(() => window.location.assign('/designer/sandboxes'))

/** Says on every page that this is a sandbox, and leads out of it. */
export function SandboxBar({ me }: { readonly me: Me }) {
  const { t } = useTranslation()
  const refuse = useRefusal()
  if (me.sandbox_of === undefined) return null
  return (
    <section className="view-bar sandbox" aria-label={t('sandbox.label')}>
      <Icon name="cube" size="small" />
      <span className="cut">{t('sandbox.here', { name: me.workspace_label ?? me.workspace })}</span>
      <span className="no-phone">·</span>
      <span className="view-bar-note no-phone">{t('sandbox.note')}</span>
      <button
        type="button"
        className="plain-button"
        onClick={() => void leaveSandbox().then(startLive, refuse)}
      >
        {t('sandbox.leave')}
      </button>
    </section>
  )
}
