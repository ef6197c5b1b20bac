import { useTranslation } from 'react-i18next'
import type { Entity, RecordData } from '../../api/types.ts'
import { Button } from '../../kit/Button.tsx'
import { useOwnerAct } from './use-owner-act.ts'
import { poolOf, usePools } from './use-pools.ts'

/** In a row of a list: the way to take a record out of its pool, for members of it. */
export function ClaimButton({ entity, record }: { readonly entity: Entity; readonly record: RecordData }) {
  const { t } = useTranslation()
  const act = useOwnerAct(entity)
  const pool = poolOf(usePools(entity), record)
  if (pool === undefined || !pool.member) return null
  return (
    <Button
      size="small"
      className="claim-button"
      title={t('owner.claimFrom', { pool: pool.label })}
      onClick={() => void act(record.id, 'claim')}
    >
      {t('owner.claim')}
    </Button>
  )
}
