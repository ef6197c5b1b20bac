import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { type OwnerAct, recordDecisions } from '../../api/owners.ts'
import type { Entity, RecordData } from '../../api/types.ts'
import { Button } from '../../kit/Button.tsx'
import { useWork } from '../../kit/model-context.tsx'
import { referenceOf } from '../../values/references.ts'
import './owners.css'
import { useOwnerAct } from './use-owner-act.ts'
import { poolOf, usePools } from './use-pools.ts'

interface OwnerActsProps {
  readonly entity: Entity
  readonly record: RecordData
}

/** What one may do about the owner of a record: accept it, claim it from its pool, give it back. */
export function OwnerActs({ entity, record }: OwnerActsProps) {
  const { t } = useTranslation()
  const { me } = useWork()
  const navigate = useNavigate()
  const act = useOwnerAct(entity)
  const pools = usePools(entity)
  const pool = poolOf(pools, record)
  const isMine = referenceOf(record.owner)?.id === me.user.id
  const awaits = useAwaits({ entity, record }, isMine)
  const press = async (what: OwnerAct): Promise<void> => {
    const done = await act(record.id, what)
    // What is given back may be out of one's sight.
    if (done && what === 'release' && !pools.some(({ member }) => member))
      await navigate(`/records/${entity.name}`, { replace: true })
  }
  return (
    <>
      {awaits ? (
        <Button type="primary" onClick={() => void press('accept')}>
          {t('owner.accept')}
        </Button>
      ) : null}
      {pool?.member === true ? (
        <Button type="primary" onClick={() => void press('claim')}>
          {t('owner.claim')}
        </Button>
      ) : null}
      {isMine && pools.length > 0 ? (
        <Button onClick={() => void press('release')}>{t('owner.release')}</Button>
      ) : null}
    </>
  )
}

/** Whether the record waits for one's own word. */
function useAwaits({ entity, record }: OwnerActsProps, isMine: boolean): boolean {
  const query = useQuery({
    ...decisionsQuery(entity, record.id, useTranslation().i18n.language),
    enabled: entity.accepts && isMine,
  })
  return isMine && query.data?.[0]?.awaits === true
}

/** The decisions about a record, as all who show them ask for them. */
export function decisionsQuery(entity: Entity, id: string, language: string) {
  return {
    queryKey: ['records', entity.name, 'one', id, 'assignments', language],
    queryFn: ({ signal }: { readonly signal: AbortSignal }) => recordDecisions(entity.name, id, signal),
  }
}
