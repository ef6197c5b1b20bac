import { useQueryClient } from '@tanstack/react-query'
import { lazy, type ReactNode, Suspense, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { patchRecord } from '../../../api/records.ts'
import type { Entity, RecordData } from '../../../api/types.ts'
import { IconButton } from '../../../kit/Button.tsx'
import { Icon } from '../../../kit/icons/Icon.tsx'
import type { IconName } from '../../../kit/icons/paths.ts'
import { useWork } from '../../../kit/model-context.tsx'
import { toast } from '../../../kit/toast.tsx'
import { useIsStill } from '../../../kit/use-media.ts'
import { callAddress } from '../../../values/call-address.ts'
import { titleOf } from '../../../values/references.ts'
import { openLog } from '../../log/open-log.ts'
import { useRefusal } from '../../record/use-delete.ts'
import { type CardAct, cardActs } from './card-acts.ts'
import './swipe.css'

const TransferSheet = lazy(async () => ({
  default: (await import('../../owners/TransferSheet.tsx')).TransferSheet,
}))

const ICONS: Readonly<Record<CardAct['kind'], IconName>> = {
  call: 'phone',
  done: 'check',
  log: 'edit',
  assign: 'user',
}

interface SwipeCardProps {
  readonly entity: Entity
  readonly record: RecordData
  readonly children: ReactNode
}

/**
 * A card whose usual acts lie at its right: it is pulled aside by the thumb (the browser scrolls it, so that it follows
 * the finger and rests where it should), or by the button at its end; the keyboard goes to them by itself.
 */
export function SwipeCard({ entity, record, children }: SwipeCardProps) {
  const { t } = useTranslation()
  const { model } = useWork()
  const isStill = useIsStill()
  const slide = useRef<HTMLDivElement>(null)
  const [isGiving, setIsGiving] = useState(false)
  const end = useEnd(entity, record)
  const acts = cardActs(entity, model.entities, record)
  if (acts.length === 0) return children
  const title = titleOf(entity, record)
  const go = (left: number): void =>
    slide.current?.scrollTo({ left, behavior: isStill ? 'instant' : 'smooth' })
  const press = (act: CardAct): void => {
    go(0)
    if (act.kind === 'done') void end(act.field, act.value)
    if (act.kind === 'log') openLog({ as: 'call', about: { entity: entity.name, id: record.id } })
    if (act.kind === 'assign') setIsGiving(true)
  }
  return (
    <div className="card-slide" ref={slide}>
      <div className="card-face">
        {children}
        <IconButton
          className="card-more"
          label={t('swipe.more', { title })}
          icon={<Icon name="more" />}
          onClick={() => go(slide.current?.scrollLeft === 0 ? slide.current.scrollWidth : 0)}
        />
      </div>
      <div className="card-acts">
        {acts.map((act) => {
          const face = (
            <>
              <Icon name={ICONS[act.kind]} />
              <span className="t12">{t(`swipe.${act.kind}`)}</span>
            </>
          )
          const label = t(`swipe.${act.kind}Of`, { title })
          return act.kind === 'call' ? (
            <a key="call" className="card-act" href={callAddress(act.number)} aria-label={label}>
              {face}
            </a>
          ) : (
            <button
              key={act.kind}
              type="button"
              className={`plain-button card-act ${act.kind}`}
              aria-label={label}
              onClick={() => press(act)}
            >
              {face}
            </button>
          )
        })}
      </div>
      {isGiving ? (
        <Suspense fallback={null}>
          <TransferSheet entity={entity} record={record} open onClose={() => setIsGiving(false)} />
        </Suspense>
      ) : null}
    </div>
  )
}

/** Ends a task; the toast takes it back. */
function useEnd(entity: Entity, record: RecordData) {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const refuse = useRefusal()
  const put = async (field: string, value: unknown): Promise<void> => {
    await patchRecord(entity.name, record.id, { [field]: value })
    await queryClient.invalidateQueries({ queryKey: ['records'] })
  }
  return async (field: string, value: string): Promise<void> => {
    const before = record[field]
    try {
      await put(field, value)
      toast({
        text: t('calls.todoDone', { title: titleOf(entity, record) }),
        undo: () => put(field, before).catch(refuse),
      })
    } catch (error) {
      refuse(error)
    }
  }
}
