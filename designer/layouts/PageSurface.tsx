import { useDraggable, useDroppable } from '@dnd-kit/core'
import type { KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../runtime-ui/kit/Button.tsx'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import { TileFace } from './FieldTile.tsx'
import { useLayoutPicture } from './layout-context.ts'
import { type DraftTab, MOST_HIGHLIGHTS } from './layout-edit.ts'
import { tileKeys } from './tile-keys.ts'

interface PageSurfaceProps {
  readonly onArrangeTop: () => void
  readonly onArrangeTabs: () => void
}

/** The page of a record as it is arranged: the fields at its top, and what stands below. */
export function PageSurface({ onArrangeTop, onArrangeTabs }: PageSurfaceProps) {
  const { t } = useTranslation()
  const { highlights, tabs, readOnly } = useLayoutPicture()
  return (
    <div className="layout-sheet">
      <section className="layout-part">
        <h3 className="h3 row">
          {t('layouts.highlights')}
          {highlights === undefined ? null : (
            <span className="count num">{`${highlights.length} / ${MOST_HIGHLIGHTS}`}</span>
          )}
        </h3>
        <p className="t13 ink-2">
          {t(highlights === undefined ? 'layouts.highlightsGenerated' : 'layouts.highlightsHelp')}
        </p>
        {highlights === undefined ? (
          <Arrange off={readOnly} onArrange={onArrangeTop} />
        ) : (
          <Highlights highlights={highlights} />
        )}
      </section>
      <section className="layout-part">
        <h3 className="h3">{t('layouts.tabs')}</h3>
        <p className="t13 ink-2">{t(tabs === undefined ? 'layouts.tabsGenerated' : 'layouts.tabsHelp')}</p>
        {tabs === undefined ? <Arrange off={readOnly} onArrange={onArrangeTabs} /> : <Tabs tabs={tabs} />}
      </section>
    </div>
  )
}

function Arrange({ off, onArrange }: { readonly off: boolean; readonly onArrange: () => void }) {
  const { t } = useTranslation()
  return off ? null : <Button onClick={onArrange}>{t('layouts.arrange')}</Button>
}

function Highlights({ highlights }: { readonly highlights: readonly string[] }) {
  const { t } = useTranslation()
  const { dragged } = useLayoutPicture()
  const end = useDroppable({ id: 'highlight-end', data: { beforeHighlight: highlights.length } })
  const isTaking = dragged !== undefined && 'field' in dragged && highlights.length < MOST_HIGHLIGHTS
  return (
    <ul className="layout-grid columns-3" aria-label={t('layouts.highlights')}>
      {highlights.map((name, at) => (
        <Highlight key={name} {...{ name, at }} />
      ))}
      {isTaking || highlights.length === 0 ? (
        <li
          ref={end.setNodeRef}
          className={end.isOver ? 'layout-slot layout-open over' : 'layout-slot layout-open'}
        >
          <span className="t12 ink-3">{t('layouts.dropHere')}</span>
        </li>
      ) : null}
    </ul>
  )
}

function Highlight({ name, at }: { readonly name: string; readonly at: number }) {
  const { fieldOf, selected, dragged, readOnly, acts } = useLayoutPicture()
  const drag = useDraggable({
    id: `highlight ${name}`,
    data: { field: name, from: 'top' },
    disabled: readOnly,
  })
  const drop = useDroppable({ id: `before-highlight ${at}`, data: { beforeHighlight: at } })
  const isOn = selected !== undefined && 'highlight' in selected && selected.highlight === name
  const classes = ['layout-tile']
  if (isOn) classes.push('on')
  if (drag.isDragging) classes.push('gone')
  if (drop.isOver && dragged !== undefined && !drag.isDragging) classes.push('over')
  const onKeyDown = tileKeys({
    step: (by) => acts.moveHighlight(name, by),
    remove: readOnly ? undefined : () => acts.removeHighlight(name),
  })
  return (
    <li ref={drop.setNodeRef} className="layout-slot" data-field={name}>
      <button
        ref={drag.setNodeRef}
        type="button"
        className={classes.join(' ')}
        aria-pressed={isOn}
        aria-keyshortcuts="Alt+ArrowLeft Alt+ArrowRight Delete"
        {...drag.listeners}
        onClick={() => acts.select({ highlight: name })}
        onKeyDown={onKeyDown}
      >
        <TileFace field={fieldOf(name)} />
      </button>
    </li>
  )
}

function Tabs({ tabs }: { readonly tabs: readonly DraftTab[] }) {
  const { t } = useTranslation()
  const { dragged } = useLayoutPicture()
  const end = useDroppable({ id: 'tab-end', data: { beforeTab: tabs.length } })
  const isTaking = dragged !== undefined && ('tab' in dragged || 'newTab' in dragged)
  return (
    <ol className="layout-tabs" aria-label={t('layouts.tabs')}>
      {tabs.map((tab, at) => (
        <Tab key={`${tab.name} ${String(tab.related)}`} {...{ tab, at }} />
      ))}
      {isTaking || tabs.length === 0 ? (
        <li
          ref={end.setNodeRef}
          className={end.isOver ? 'layout-slot layout-open over' : 'layout-slot layout-open'}
        >
          <span className="t12 ink-3">{t('layouts.dropHere')}</span>
        </li>
      ) : null}
    </ol>
  )
}

function Tab({ tab, at }: { readonly tab: DraftTab; readonly at: number }) {
  const { t } = useTranslation()
  const { selected, dragged, readOnly, tabLabel, isFaulty, acts } = useLayoutPicture()
  const drag = useDraggable({ id: `tab ${at}`, data: { tab: at }, disabled: readOnly })
  const drop = useDroppable({ id: `before-tab ${at}`, data: { beforeTab: at } })
  const isOn = selected !== undefined && 'tab' in selected && selected.tab === at
  const isTaking = dragged !== undefined && ('tab' in dragged || 'newTab' in dragged)
  const classes = ['layout-tile']
  if (isOn) classes.push('on')
  if (isFaulty(`/page/tabs/${at}`)) classes.push('faulty')
  if (drag.isDragging) classes.push('gone')
  if (drop.isOver && isTaking && !drag.isDragging) classes.push('over')
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0
    if (event.altKey && by !== 0) {
      event.preventDefault()
      acts.moveTab(at, at + by)
    }
    if (event.key === 'Delete' && !readOnly) acts.removeTab(at)
  }
  return (
    <li ref={drop.setNodeRef} className="layout-slot" data-tab={tab.name}>
      <button
        ref={drag.setNodeRef}
        type="button"
        className={classes.join(' ')}
        aria-pressed={isOn}
        aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown Delete"
        {...drag.listeners}
        onClick={() => acts.select({ tab: at })}
        onKeyDown={onKeyDown}
      >
        <Icon name="grip" size="small" />
        <Icon name={tab.related === undefined ? 'columns' : 'table'} />
        <span className="cut tile-label">{tabLabel(tab)}</span>
        {tab.related === undefined ? null : (
          <span className="t12 ink-3 end tile-type">{t('layouts.relatedList')}</span>
        )}
      </button>
    </li>
  )
}
