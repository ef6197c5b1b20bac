import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import type { Entity } from '../../api/types.ts'
import { Icon } from '../../kit/icons/Icon.tsx'
import { handFile } from '../import/handed-file.ts'

const isFile = ({ dataTransfer }: globalThis.DragEvent): boolean =>
  dataTransfer?.types.includes('Files') === true

/** A file that is dropped on a list leads to the page that imports it. */
export function ListDrop({ entity }: { readonly entity: Entity }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [isOver, setIsOver] = useState(false)
  // Entering a part of the page comes before leaving the one around it.
  const depth = useRef(0)
  useEffect(() => {
    const set = (next: number): void => {
      depth.current = Math.max(0, next)
      setIsOver(depth.current > 0)
    }
    const enter = (event: globalThis.DragEvent): void => {
      if (isFile(event)) set(depth.current + 1)
    }
    const leave = (event: globalThis.DragEvent): void => {
      if (isFile(event)) set(depth.current - 1)
    }
    const over = (event: globalThis.DragEvent): void => {
      if (isFile(event)) event.preventDefault()
    }
    const drop = (event: globalThis.DragEvent): void => {
      set(0)
      if (!isFile(event) || event.defaultPrevented) return
      event.preventDefault()
      const [file] = event.dataTransfer?.files ?? []
      if (file === undefined) return
      handFile(entity.name, file)
      void navigate(`/records/${entity.name}/import`)
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
  }, [entity.name, navigate])
  if (!isOver) return null
  return (
    <div className="list-drop" role="status">
      <Icon name="upload" />
      <span className="h3">{t('import.dropOnList', { entities: entity.plural })}</span>
    </div>
  )
}
