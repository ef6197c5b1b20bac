import { useTranslation } from 'react-i18next'
import type { Entity } from '../../api/types.ts'
import { Button } from '../../kit/Button.tsx'
import { Icon } from '../../kit/icons/Icon.tsx'

interface MergeChosenProps {
  readonly entity: Entity
  readonly ids: readonly string[]
  readonly onMerge: (ids: readonly string[]) => void
}

/** One that stays, and so many others as one call merges. */
const MOST = 21

/** Merges the rows that are chosen in a list. */
export function MergeChosen({ entity, ids, onMerge }: MergeChosenProps) {
  const { t } = useTranslation()
  if (!entity.rights.merge) return null
  return (
    <Button
      size="small"
      type="text"
      disabled={ids.length < 2 || ids.length > MOST}
      icon={<Icon name="merge" size="small" />}
      onClick={() => onMerge(ids)}
    >
      {t('merge.act')}
    </Button>
  )
}
