import { useDroppable } from '@dnd-kit/core'
import { type ReactNode, useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { languageNamed } from '../../runtime-ui/i18n/languages.ts'
import { Button } from '../../runtime-ui/kit/Button.tsx'
import { LoadingRows } from '../../runtime-ui/kit/Loading.tsx'
import { useWork } from '../../runtime-ui/kit/model-context.tsx'
import { State } from '../../runtime-ui/kit/State.tsx'
import { isBuilt } from '../../runtime-ui/screens/list/filter-rule.ts'
import { columnsOf } from '../../runtime-ui/screens/list/list-state.ts'
import type { ListChange } from '../../runtime-ui/screens/list/use-list-state.ts'
import { entryAt, useAtHash } from '../canvas/at-hash.ts'
import type { CanvasProps } from '../canvas/canvases.tsx'
import { DragPicture } from '../canvas/DragPicture.tsx'
import { Picture } from '../canvas/Picture.tsx'
import { WithEntity } from '../canvas/WithEntity.tsx'
import { problemsOf } from '../inspector/inspected.ts'
import type { Json } from '../store/json-value.ts'
import { useStore } from '../store/store.tsx'
import '../canvas/canvas.css'
import '../canvas/editor.css'
import { pathOf } from '../canvas/short-form.ts'
import { stepTo } from '../canvas/step-to.ts'
import { LiveList } from './LiveList.tsx'
import { askedOf, viewIn } from './live-view.ts'
import { useColumnDrag } from './use-column-drag.ts'
import { useLiveEntity } from './use-live-entity.ts'
import { useOffers } from './use-offers.ts'
import { AddColumn, ColumnsOrder, type Drop, ViewPalette } from './ViewPalette.tsx'
import { TypeSwitch, ViewTools } from './ViewTools.tsx'
import { entriesOf, movedColumn, withColumn, withListChange, withoutColumn } from './view-edit.ts'
import { viewSide } from './view-side.tsx'
import './views.css'

/** What nothing of the list is different by: the view says all of it. */
const AS_IT_IS = {
  ...{ view: undefined, q: '', sort: undefined, columns: undefined, group: undefined },
  ...{ filter: undefined, isWhole: false, filterBroken: false, widths: undefined, frozen: undefined },
} as const

/** A view, edited in the list that it makes of the live records. */
export function ViewCanvas(props: CanvasProps) {
  const { definition, ways } = props
  const { t } = useTranslation()
  const name = typeof definition.entity === 'string' ? definition.entity : ''
  const { known, drawn, isPending } = useLiveEntity(name)
  const start = (): void => {
    const columns = drawn === undefined ? [] : columnsOf(drawn, undefined).map(({ field }) => field)
    props.set([], { ...definition, type: definition.type ?? 'table', columns }, true)
  }
  if (drawn !== undefined && entriesOf(definition).length > 0)
    return (
      <WithEntity entity={drawn}>
        <OfEntity {...props} {...{ known, drawn }} />
      </WithEntity>
    )
  const nothing =
    isPending && name !== '' ? (
      <LoadingRows />
    ) : drawn === undefined ? (
      <State joint="empty" title={t('example.noEntity')} text={t('example.noEntityText')} />
    ) : (
      <State joint="empty" title={t('example.noColumns')} text={t('example.noColumnsText')}>
        <Button type="primary" disabled={props.readOnly} onClick={start}>
          {t('example.begin')}
        </Button>
      </State>
    )
  return (
    <Picture
      ways={ways}
      outline={nothing}
      side={viewSide({ ...props, t, shown: [], selected: undefined, isBuilt: false })}
    >
      {nothing}
    </Picture>
  )
}

interface OfEntityProps extends CanvasProps {
  readonly known: ReturnType<typeof useLiveEntity>['known']
  readonly drawn: NonNullable<ReturnType<typeof useLiveEntity>['drawn']>
}

function OfEntity(props: OfEntityProps) {
  const { kind, name, definition, readOnly, set, ways, known, drawn } = props
  const { t, i18n } = useTranslation()
  const { model } = useWork()
  const { problems } = useStore()
  const [selected, setSelected] = useState<string>()
  const [days, setDays] = useState<{ readonly day?: string; readonly span?: 'week' }>({})
  const [begun, setBegun] = useState<string>()
  const entries = entriesOf(definition)
  useAtHash((hash) => {
    const at = entryAt(hash, ['columns'])
    setSelected(at === undefined ? undefined : pathOf(entries[at] ?? ''))
  })
  const view = viewIn(definition, i18n.language)
  const entities = model.entities.map((one) => (one.name === known?.name ? known : one))
  const asked =
    known === undefined ? { view, fresh: [], isUnfiltered: false } : askedOf(view, entities, known, drawn)
  const { shown, offered, related } = useOffers(drawn, view)
  const apply = (next: Json): void => {
    const step = readOnly ? undefined : stepTo(definition, next)
    if (step !== undefined) set(step.path, step.value, true)
  }
  const state = { ...AS_IT_IS, day: days.day, span: days.span }
  const change = (part: ListChange): void => {
    const given = typeof part === 'function' ? part(state) : part
    if ('day' in given || 'span' in given) setDays({ ...days, ...(given as typeof days) })
    apply(withListChange(definition, given, new Set(shown.map((field) => field.name))))
  }
  const here = problemsOf(problems, kind, name)
  const faulty = new Set(
    entries.flatMap((_entry, at) =>
      here.some(({ path }) => path === `/columns/${at}` || path.startsWith(`/columns/${at}/`)) ? [at] : [],
    ),
  )
  const at = entries.findIndex((entry) => pathOf(entry) === selected)
  const acts = {
    select: (to: number) => setSelected(pathOf(entries[to]!)),
    move: (from: number, by: -1 | 1) => apply(movedColumn(definition, from, by)),
    remove: (from: number) => {
      apply(withoutColumn(definition, from))
      setSelected(undefined)
    },
    add: (path: string) => {
      apply(withColumn(definition, path, at < 0 ? entries.length : at + 1))
      setSelected(path)
    },
  }
  const drag = useColumnDrag({
    count: entries.length,
    onPut: (dragged, before) => {
      const path = 'path' in dragged ? dragged.path : pathOf(entries[dragged.entry]!)
      apply(withColumn(definition, path, before))
      setSelected(path)
    },
    onOut: acts.remove,
  })
  const columns = { shown, faulty, readOnly, acts, selected: at < 0 ? undefined : at }
  const parts = { entity: drawn, view, state, change }
  const list = (
    <section className="live" aria-label={t('example.list')}>
      <ViewTools {...parts} {...{ begun, readOnly }} onBegun={() => setBegun(undefined)} />
      <Notes asked={asked} labels={new Map(shown.map((field) => [field.name, field.label]))} />
      <Surface {...drag} readOnly={readOnly}>
        <LiveList {...parts} {...{ known, asked }} onFilter={setBegun} />
      </Surface>
    </section>
  )
  const dragged = drag.dragged
  const lifted =
    dragged === undefined
      ? undefined
      : 'entry' in dragged
        ? shown[dragged.entry]
        : [...offered, ...related].find((field) => field.name === dragged.path)
  return (
    <DragPicture
      {...{ ways }}
      keys={t('layouts.keys')}
      drag={drag.handlers}
      acts={<TypeSwitch {...{ definition, readOnly, apply }} entity={drawn} />}
      palette={<ViewPalette {...columns} {...{ offered, related }} />}
      surface={list}
      below={
        <>
          <ColumnsOrder {...columns} />
          {readOnly ? null : <AddColumn {...{ offered, acts }} />}
        </>
      }
      face={lifted}
      side={viewSide({
        ...{ ...props, t, apply, shown, acts },
        isBuilt: isBuilt(definition.filter, drawn.fields),
        selected: at < 0 ? undefined : at,
        onClose: () => setSelected(undefined),
      })}
    />
  )
}

interface SurfaceProps extends Pick<ReturnType<typeof useColumnDrag>, 'body' | 'dragged' | 'line'> {
  readonly readOnly: boolean
  readonly children: ReactNode
}

/** The list as a place to drop columns on: a line shows between which heads, a frame where there are none. */
function Surface({ body, dragged, line, readOnly, children }: SurfaceProps) {
  const { setNodeRef, isOver } = useDroppable({ id: 'surface', data: { surface: true } satisfies Drop })
  const ref = useCallback(
    (node: HTMLElement | null) => {
      body.current = node
      setNodeRef(node)
    },
    [body, setNodeRef],
  )
  const isWhole = isOver && dragged !== undefined && line === undefined
  return (
    <div ref={ref} className={isWhole ? 'live-body over' : 'live-body'} inert={readOnly}>
      {children}
      {line === undefined ? null : <span className="live-line" style={{ left: line }} />}
    </div>
  )
}

interface NotesProps {
  readonly asked: ReturnType<typeof askedOf>
  readonly labels: ReadonlyMap<string, string>
}

/** Why a column is empty, or more is listed than the filter says. */
function Notes({ asked, labels }: NotesProps) {
  const { t, i18n } = useTranslation()
  const called = asked.fresh.map((path) => labels.get(path) ?? path)
  const fields = called.join(languageNamed(i18n.language).comma)
  if (called.length === 0 && !asked.isUnfiltered) return null
  return (
    <div className="live-notes t13" role="status">
      {called.length === 0 ? null : <p>{t('example.fresh', { count: called.length, fields })}</p>}
      {asked.isUnfiltered ? <p>{t('example.unfiltered')}</p> : null}
    </div>
  )
}
