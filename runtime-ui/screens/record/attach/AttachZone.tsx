import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Entity, RecordData } from '../../../api/types.ts'
import { Icon } from '../../../kit/icons/Icon.tsx'
import { useWork } from '../../../kit/model-context.tsx'
import { wallClockOf } from '../../../kit/zoned.ts'
import { useMayEdit } from '../../approvals/use-approvals.ts'
import './attach.css'
import { droppedFiles, hasFiles, pastedFiles } from './taken-files.ts'
import { type Attaching, useAttached } from './use-attached.ts'

const AttachingHere = createContext<Attaching | undefined>(undefined)

/** Files on their way to the record around; undefined where one may add none. */
export const useAttaching = (): Attaching | undefined => useContext(AttachingHere)

interface AttachZoneProps {
  readonly entity: Entity
  readonly record: RecordData
  readonly children: ReactNode
}

/** The part of a record's page on which files are dropped and into which they are pasted, for those who may add them. */
export function AttachZone({ entity, record, children }: AttachZoneProps) {
  const mayAttach = useMayEdit(entity, record) && entity.features.includes('files')
  const attaching = useAttached(entity, record)
  if (!mayAttach) return children
  return (
    <AttachingHere value={attaching}>
      <Zone attaching={attaching}>{children}</Zone>
    </AttachingHere>
  )
}

function Zone({ attaching, children }: { readonly attaching: Attaching; readonly children: ReactNode }) {
  const { t } = useTranslation()
  const { timeZone } = useWork().model
  const zone = useRef<HTMLDivElement>(null)
  const drag = useDragOver(zone, (data) => {
    const { files, folders } = droppedFiles(data)
    attaching.attach(files, folders)
  })
  const named = (kind: string): string => {
    const { date, time } = wallClockOf(new Date(), timeZone)
    return t('attach.pasted', { date, time: time.replaceAll(':', '.'), kind })
  }
  return (
    <div
      ref={zone}
      className="attach-zone"
      onPaste={(event) => {
        if (event.defaultPrevented) return
        const files = pastedFiles(event.clipboardData, named)
        if (files.length === 0) return
        event.preventDefault()
        attaching.attach(files)
      }}
    >
      {children}
      {drag === 'none' ? null : (
        <div className={drag === 'here' ? 'attach-drop here' : 'attach-drop'}>
          <p className="attach-drop-words" role="status">
            <Icon name="paperclip" />
            {t('attach.drop')}
          </p>
        </div>
      )}
    </div>
  )
}

/** Whether files are held over the page, and over this part of it. Beside it they fall on nothing: the browser would leave the page. */
function useDragOver(
  zone: { readonly current: HTMLElement | null },
  onDrop: (data: DataTransfer) => void,
): 'none' | 'page' | 'here' {
  const [state, setState] = useState<'none' | 'page' | 'here'>('none')
  const dropped = useRef(onDrop)
  dropped.current = onDrop
  useEffect(() => {
    // Entering a part of the page comes before leaving the one around it.
    let depth = 0
    const isHere = ({ target }: Event): boolean => zone.current?.contains(target as Node) === true
    const enter = (event: globalThis.DragEvent): void => {
      if (hasFiles(event.dataTransfer)) depth++
    }
    const leave = (event: globalThis.DragEvent): void => {
      if (!hasFiles(event.dataTransfer)) return
      depth = Math.max(0, depth - 1)
      if (depth === 0) setState('none')
    }
    const over = (event: globalThis.DragEvent): void => {
      const { dataTransfer } = event
      if (dataTransfer === null || !hasFiles(dataTransfer)) return
      event.preventDefault()
      const here = isHere(event)
      dataTransfer.dropEffect = here ? 'copy' : 'none'
      setState(here ? 'here' : 'page')
    }
    const drop = (event: globalThis.DragEvent): void => {
      depth = 0
      setState('none')
      const { dataTransfer } = event
      if (dataTransfer === null || !hasFiles(dataTransfer)) return
      const isTaken = event.defaultPrevented
      event.preventDefault()
      if (!isTaken && isHere(event)) dropped.current(dataTransfer)
    }
    window.addEventListener('dragenter', enter)
    window.addEventListener('dragleave', leave)
    window.addEventListener('dragover', over)
    window.addEventListener('drop', drop)
    return () => {
      window.removeEventListener('dragenter', enter)
      window.removeEventListener('dragleave', leave)
      window.removeEventListener('dragover', over)
      window.removeEventListener('drop', drop)
    }
  }, [zone])
  return state
}
