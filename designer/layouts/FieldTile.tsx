import { useDraggable, useDroppable } from '@dnd-kit/core'
import { useTranslation } from 'react-i18next'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import { fieldIcon } from '../model/field-icons.ts'
import { type LayoutField, useLayoutPicture } from './layout-context.ts'
import type { FieldPlace } from './layout-edit.ts'
import { tileKeys } from './tile-keys.ts'

interface FieldTileProps {
  readonly name: string
  readonly place: FieldPlace
}

/** A field on the form: dragged, or moved by Alt and the arrows; another one is dropped before it. */
export function FieldTile({ name, place }: FieldTileProps) {
  const { t } = useTranslation()
  const { fieldOf, selected, dragged, readOnly, isFaulty, acts } = useLayoutPicture()
  const field = fieldOf(name)
  const drag = useDraggable({ id: `tile ${name}`, data: { field: name, from: 'form' }, disabled: readOnly })
  const drop = useDroppable({ id: `before ${place.section} ${place.at}`, data: { place } })
  const isOn = selected !== undefined && 'field' in selected && selected.field === name
  const faulty = isFaulty(`/form/${place.section}/fields/${place.at}`)
  const onKeyDown = tileKeys({
    step: (by) => acts.stepField(name, by),
    remove: readOnly ? undefined : () => acts.removeField(name),
  })
  const classes = ['layout-tile']
  if (isOn) classes.push('on')
  if (faulty) classes.push('faulty')
  if (drag.isDragging) classes.push('gone')
  if (drop.isOver && dragged !== undefined && !drag.isDragging) classes.push('over')
  return (
    <li ref={drop.setNodeRef} className="layout-slot" data-field={name}>
      <button
        ref={drag.setNodeRef}
        type="button"
        className={classes.join(' ')}
        aria-pressed={isOn}
        aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown Delete"
        {...drag.listeners}
        onClick={(event) => {
          event.stopPropagation()
          acts.select({ field: name })
        }}
        onKeyDown={onKeyDown}
      >
        <TileFace field={field} />
        {faulty ? (
          <span className="bad field-tile-fault">
            <Icon name="alert" size="small" />
            <span className="visually-hidden">{t('canvas.faulty')}</span>
          </span>
        ) : null}
      </button>
    </li>
  )
}

/** What a field shows of itself, wherever it lies. */
export function TileFace({ field }: { readonly field: LayoutField }) {
  return (
    <>
      <Icon name="grip" size="small" />
      <Icon name={field.icon ?? fieldIcon(field.type)} />
      <span className="cut tile-label">
        {field.label}
        {field.isRequired ? <span className="req" aria-hidden="true" /> : null}
      </span>
      <span className="t12 ink-3 end tile-type">{field.typeWord}</span>
    </>
  )
}
