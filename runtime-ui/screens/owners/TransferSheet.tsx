import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Checkbox } from 'antd'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type MovedAlong, transferRecord } from '../../api/owners.ts'
import { ApiProblem } from '../../api/problem.ts'
import type { Entity, RecordData, Relation } from '../../api/types.ts'
import { Button } from '../../kit/Button.tsx'
import { FaultNote, faultOf } from '../../kit/FaultNote.tsx'
import { useWork } from '../../kit/model-context.tsx'
import { Sheet } from '../../kit/Sheet.tsx'
import { toast } from '../../kit/toast.tsx'
import { NewOwner } from './NewOwner.tsx'
import './owners.css'

interface TransferSheetProps {
  readonly entity: Entity
  readonly record: RecordData
  readonly open: boolean
  readonly onClose: () => void
}

/** Asks for the new owner, and for what passes along with the record. */
export function TransferSheet({ entity, record, open, onClose }: TransferSheetProps) {
  const { t } = useTranslation()
  return (
    <Sheet open={open} title={t('owner.transfer')} onClose={onClose}>
      {open ? <TransferForm {...{ entity, record, onClose }} /> : null}
    </Sheet>
  )
}

function TransferForm({ entity, record, onClose }: Omit<TransferSheetProps, 'open'>) {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const [owner, setOwner] = useState<string>()
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const [fault, setFault] = useState<string>()
  const [busy, setBusy] = useState(false)
  const along = useAlong(entity, record.id, owner)
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (busy) return
    if (owner === undefined) return setFault(t('owner.transferMissing'))
    setBusy(true)
    setFault(undefined)
    try {
      const chosen = along.filter(({ name }) => !left.has(name)).map(({ name }) => name)
      const moved = await transferRecord(entity.name, record.id, { owner, along: chosen })
      const count = Object.values(moved).reduce((sum, one) => sum + one, 1)
      toast({ text: t('owner.transferred', { count }) })
      onClose()
      await queryClient.invalidateQueries({ queryKey: ['records'] })
    } catch (error) {
      setFault(faultOf(error, t))
    }
    setBusy(false)
  }
  const toggle = (name: string, isTaken: boolean): void =>
    setLeft((before) => new Set(isTaken ? [...before].filter((one) => one !== name) : [...before, name]))
  return (
    <form className="transfer" onSubmit={(event) => void submit(event)} noValidate>
      <FaultNote id="transfer-fault" fault={fault} />
      <NewOwner value={owner} onChange={setOwner} />
      {along.length === 0 ? null : (
        <fieldset className="transfer-along">
          <legend className="t13 ink-2">{t('owner.transferAlong')}</legend>
          {along.map(({ name, label, count }) => (
            <Checkbox
              key={name}
              checked={!left.has(name)}
              onChange={(event) => toggle(name, event.target.checked)}
            >
              {label} <span className="count num">{count}</span>
            </Checkbox>
          ))}
          <p className="t12 ink-3">{t('owner.transferOthers')}</p>
        </fieldset>
      )}
      <div className="row end">
        <Button onClick={onClose}>{t('act.cancel')}</Button>
        <Button type="primary" htmlType="submit" aria-busy={busy}>
          {t('owner.transferDo')}
        </Button>
      </div>
    </form>
  )
}

interface Along {
  readonly name: string
  readonly label: string
  readonly count: number
}

/** What would pass along to somebody: worked out by the server, which stores nothing then. */
function useAlong(entity: Entity, id: string, owner: string | undefined): readonly Along[] {
  const { model } = useWork()
  const owned = entity.relations.filter(
    (relation) => model.entities.find(({ name }) => name === relation.entity)?.owned === true,
  )
  const { data } = useQuery({
    queryKey: ['records', entity.name, 'one', id, 'transfer', owner],
    queryFn: () => countAlong(entity.name, id, owner!, owned),
    enabled: owner !== undefined && owned.length > 0,
  })
  if (data === undefined) return []
  return owned.flatMap(({ name, label }): readonly Along[] => {
    const count = data[name] ?? 0
    return count === 0 ? [] : [{ name, label, count }]
  })
}

/** Counts relation by relation: one whose records the person may not give away is not offered, and no reason to fail. */
async function countAlong(
  entity: string,
  id: string,
  owner: string,
  relations: readonly Relation[],
): Promise<MovedAlong> {
  const counts = await Promise.all(
    relations.map(({ name }) =>
      transferRecord(entity, id, { owner, along: [name] }, true).catch((error: unknown): MovedAlong => {
        if (error instanceof ApiProblem && error.status >= 400 && error.status < 500) return {}
        throw error
      }),
    ),
  )
  return Object.assign({}, ...counts)
}
