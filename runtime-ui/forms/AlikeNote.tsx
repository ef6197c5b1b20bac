import './alike-note.css'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ProblemItem, SimilarRecord } from '../api/problem.ts'
import type { Entity } from '../api/types.ts'
import { Button, IconButton } from '../kit/Button.tsx'
import { Icon } from '../kit/icons/Icon.tsx'
import { AlikeItem } from './AlikeItem.tsx'
import { mayAccept, oncePerRecord } from './alike.ts'

const RecordSheet = lazy(async () => ({
  default: (await import('../screens/peek/RecordSheet.tsx')).RecordSheet,
}))

export interface AlikeNoteProps {
  /** The entity of the record that is being filled in. */
  readonly entity: Entity
  readonly items: readonly ProblemItem[]
  /** Stores it and goes on to merge it with one of them. */
  readonly onMerge?: (other: string) => void
  /** Takes one of them instead. */
  readonly onUse?: ((other: string) => void) | undefined
}

const NONE: ReadonlySet<string> = new Set()

/** Says while a form is filled in that the record may be there already. It stays out of the way: nothing waits for it. */
export function AlikeNote({ entity, items, onMerge, onUse }: AlikeNoteProps) {
  const { t } = useTranslation()
  const [hidden, setHidden] = useState(NONE)
  const [isWhole, setIsWhole] = useState(false)
  const [looked, setLooked] = useState<SimilarRecord>()
  const records = oncePerRecord(items)
  const open = records.filter(({ record }) => !hidden.has(record?.id ?? ''))
  const shown = isWhole ? open : open.slice(0, 1)
  const title = t(mayAccept(items) ? 'alike.title' : 'alike.blockedTitle')
  const canMerge = mayAccept(items) && entity.rights.merge
  return (
    <>
      {/* There before it has something to say: only then is it read out. */}
      <span className="visually-hidden" role="status">
        {open.length === 0 ? '' : `${title}: ${open[0]?.record?.label ?? ''}`}
      </span>
      {open.length === 0 ? null : (
        <section className="alike-note" aria-label={title}>
          <div className="row alike-note-head">
            <Icon name="merge" />
            <span className="strong grow">{title}</span>
            {open.length <= shown.length ? null : (
              <Button type="text" size="small" onClick={() => setIsWhole(true)}>
                {t('alike.more', { count: open.length - shown.length })}
              </Button>
            )}
            <IconButton
              label={t('alike.hide')}
              icon={<Icon name="close" />}
              onClick={() => setHidden(new Set([...hidden, ...open.map(({ record }) => record?.id ?? '')]))}
            />
          </div>
          <ul className="alike">
            {shown.map((item) => (
              <AlikeItem
                key={item.record?.id}
                entity={entity}
                item={item}
                onMerge={canMerge && item.record?.entity === entity.name ? onMerge : undefined}
                onUse={item.record?.entity === entity.name ? onUse : undefined}
                onLook={() => setLooked(item.record)}
              />
            ))}
          </ul>
        </section>
      )}
      {looked === undefined || looked.entity === null || looked.id === null ? null : (
        <Suspense fallback={null}>
          <RecordSheet entity={looked.entity} id={looked.id} onClose={() => setLooked(undefined)} />
        </Suspense>
      )}
    </>
  )
}
