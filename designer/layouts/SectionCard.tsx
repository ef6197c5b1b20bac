import { useDraggable, useDroppable } from '@dnd-kit/core'
import type { KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../runtime-ui/kit/Button.tsx'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import { useIsPhone } from '../../runtime-ui/kit/use-media.ts'
import { FieldTile } from './FieldTile.tsx'
import { useLayoutPicture } from './layout-context.ts'
import { columnsOf, type DraftSection } from './layout-edit.ts'

interface SectionCardProps {
  readonly section: DraftSection
  readonly at: number
}

/** A section of the form: its head selects and moves it, its fields lie in as many columns as the form will have. */
export function SectionCard({ section, at }: SectionCardProps) {
  const { t } = useTranslation()
  const isPhone = useIsPhone()
  const { selected, dragged, readOnly, labelOf, isFaulty, acts } = useLayoutPicture()
  const drag = useDraggable({ id: `section ${at}`, data: { section: at }, disabled: readOnly })
  const before = useDroppable({ id: `before-section ${at}`, data: { beforeSection: at } })
  const end = useDroppable({
    id: `end ${at}`,
    data: { place: { section: at, at: section.fields.length } },
  })
  const isOn = selected !== undefined && 'section' in selected && selected.section === at
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0
    if (event.altKey && by !== 0) {
      event.preventDefault()
      acts.moveSection(at, at + by)
    }
    if (event.key === 'Delete' && !readOnly) acts.removeSection(at)
  }
  const isTaking = dragged !== undefined && 'field' in dragged
  const classes = ['layout-section']
  if (isOn) classes.push('on')
  if (isFaulty(`/form/${at}`)) classes.push('faulty')
  if (drag.isDragging) classes.push('gone')
  if (before.isOver && dragged !== undefined && 'section' in dragged && !drag.isDragging) classes.push('over')
  return (
    <li ref={before.setNodeRef} className={classes.join(' ')} data-section={section.name}>
      <button
        ref={drag.setNodeRef}
        type="button"
        className="layout-section-head"
        aria-pressed={isOn}
        aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown Delete"
        {...drag.listeners}
        onClick={() => acts.select({ section: at })}
        onKeyDown={onKeyDown}
      >
        <Icon name="grip" size="small" />
        <span className="strong cut">{labelOf(section)}</span>
        {section.visibleWhen === undefined ? null : (
          <span className="chip iris">
            <Icon name="branch" size="small" />
            {t('layouts.conditional')}
          </span>
        )}
        <span className="t12 ink-3 end">{t('layouts.columns', { count: columnsOf(section) })}</span>
      </button>
      <ul className={`layout-grid columns-${columnsOf(section)}`} aria-label={labelOf(section)}>
        {section.fields.map((name, index) => (
          <FieldTile key={name} name={name} place={{ section: at, at: index }} />
        ))}
        {isTaking || section.fields.length === 0 ? (
          <li
            ref={end.setNodeRef}
            className={end.isOver ? 'layout-slot layout-open over' : 'layout-slot layout-open'}
          >
            <span className="t12 ink-3">{t('layouts.dropHere')}</span>
          </li>
        ) : null}
      </ul>
      {isPhone && !readOnly ? (
        // There is nothing to drag from beside it: the section's own sheet has the fields.
        <Button
          size="small"
          type="text"
          icon={<Icon name="plus" />}
          onClick={() => acts.select({ section: at })}
        >
          {t('layouts.addField')}
        </Button>
      ) : null}
    </li>
  )
}
