import { useEffect } from 'react'
import { useNavigate } from 'react-router'
import type { Entity } from '../../api/types.ts'
import { useShortcut } from '../../kit/use-shortcut.ts'
import type { Selection } from '../bulk/use-selection.ts'
import { recordAddress } from '../frame/places.ts'

/** ↑↓ J K go through the rows, Enter opens, X chooses (with Shift from the one before), C creates, Escape lets go. */
export function useListKeys(
  entity: Entity,
  records: readonly { readonly id: string }[],
  active: number,
  setActive: (index: number) => void,
  selection: Selection | undefined,
): void {
  const navigate = useNavigate()
  const step = (by: number) => (event: globalThis.KeyboardEvent) => {
    if (records.length === 0) return
    event.preventDefault()
    setActive(Math.max(0, Math.min(records.length - 1, active + by)))
  }
  useShortcut('j', step(1))
  useShortcut('ArrowDown', step(1))
  useShortcut('k', step(active < 0 ? 1 : -1))
  useShortcut('ArrowUp', step(active < 0 ? 1 : -1))
  useShortcut('x', (event) => selection?.toggle(active, event.shiftKey), { off: active < 0 })
  useShortcut('Escape', () => setActive(-1), { off: (selection?.ids.size ?? 0) > 0 })
  useShortcut(
    'c',
    (event) => {
      event.preventDefault()
      void navigate(`/records/${entity.name}/new`)
    },
    { off: !entity.rights.create },
  )
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent): void => {
      const record = records[active]
      if (event.key !== 'Enter' || record === undefined || event.target !== document.body) return
      void navigate(recordAddress(entity.name, record.id))
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [records, active, entity.name, navigate])
}
