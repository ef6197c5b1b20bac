import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { Button } from '../../runtime-ui/kit/Button.tsx'
import type { EntityCard } from './model-graph.ts'
import type { Group } from './model-groups.ts'
import { useRegroup } from './use-regroup.ts'

interface GroupPickProps {
  readonly card: EntityCard
  readonly groups: readonly Group[]
  readonly readOnly: boolean
  readonly onNew: () => void
}

/** The group of the selected entity, and another one by one choice. */
export function GroupPick({ card, groups, readOnly, onNew }: GroupPickProps) {
  const { t } = useTranslation()
  const regroup = useRegroup()
  const own = groups.find(({ names }) => names.includes(card.name))
  return (
    <div className="field group-pick">
      <div className="row">
        <label htmlFor="entity-group">{t('model.group.of')}</label>
        {readOnly ? null : (
          <Button type="link" size="small" className="end" onClick={onNew}>
            {t('model.group.new')}
          </Button>
        )}
      </div>
      <Select
        id="entity-group"
        className="wide"
        disabled={readOnly || groups.length === 0}
        allowClear
        placeholder={t('model.group.none')}
        value={own?.label ?? null}
        options={groups.map(({ label }) => ({ value: label, label }))}
        onChange={(label: string | null | undefined) =>
          void regroup([{ names: [card.name], to: groups.find((group) => group.label === label)?.text }])
        }
      />
    </div>
  )
}
