import { useTranslation } from 'react-i18next'
import type { Entity, View } from '../../api/types.ts'

export interface ViewTabsProps {
  readonly entity: Entity
  readonly current: View | undefined
  readonly onChange: (name: string) => void
}

/** The views of a list; with one there is nothing to choose. */
export function ViewTabs({ entity, current, onChange }: ViewTabsProps) {
  const { t } = useTranslation()
  if (entity.views.length < 2) return null
  return (
    <nav className="tabs" aria-label={t('list.views')}>
      {entity.views.map((view) => (
        <button
          key={view.name}
          type="button"
          className={view === current ? 'plain-button tab-item on' : 'plain-button tab-item'}
          aria-current={view === current ? 'true' : undefined}
          onClick={() => onChange(view.name)}
        >
          {view.label}
        </button>
      ))}
    </nav>
  )
}
