import { Checkbox } from 'antd'
import { useTranslation } from 'react-i18next'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import type { SandboxDraft } from './api.ts'

interface SandboxDraftsProps {
  readonly drafts: readonly SandboxDraft[]
  /** The ids of those that are promoted as well. */
  readonly taken: ReadonlySet<string>
  readonly onTaken: (taken: ReadonlySet<string>) => void
}

/** What is still a draft in the sandbox: each goes along where it is chosen. */
export function SandboxDrafts({ drafts, taken, onTaken }: SandboxDraftsProps) {
  const { t } = useTranslation()
  if (drafts.length === 0) return null
  const toggle = (id: string): void => {
    const next = new Set(taken)
    if (!next.delete(id)) next.add(id)
    onTaken(next)
  }
  return (
    <section aria-labelledby="sandbox-drafts">
      <p className="sandbox-says">
        <span className="strong" id="sandbox-drafts">
          {t('sandboxes.drafts')}
        </span>{' '}
        <span className="ink-3">{t('sandboxes.draftsText')}</span>
      </p>
      <ul className="definitions">
        {drafts.map(({ id, label, definitions }) => (
          <li key={id} className="definition-row" data-draft={id}>
            <Checkbox checked={taken.has(id)} aria-label={label} onChange={() => toggle(id)} />
            <Icon name="edit" />
            <span className="grow sandbox-name">
              <span className="strong cut">{label}</span>
              <span className="t12 ink-3 cut">
                {t('sandboxes.draftChanges', { count: definitions.length })}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
