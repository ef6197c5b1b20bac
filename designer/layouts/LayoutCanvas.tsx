import {
  type CollisionDetection,
  DndContext,
  type DragEndEvent,
  DragOverlay,
  pointerWithin,
} from '@dnd-kit/core'
import { Segmented } from 'antd'
import { lazy, Suspense, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { textIn } from '../../metadata/text.ts'
import { LoadingRows } from '../../runtime-ui/kit/Loading.tsx'
import { useIsPhone } from '../../runtime-ui/kit/use-media.ts'
import { entryAt, useAtHash } from '../canvas/at-hash.ts'
import type { CanvasProps } from '../canvas/canvases.tsx'
import { Picture } from '../canvas/Picture.tsx'
import { useDragSensors } from '../canvas/use-drag-sensors.ts'
import { problemsOf } from '../inspector/inspected.ts'
import { useStore } from '../store/store.tsx'
import '../canvas/canvas.css'
import '../canvas/editor.css'
import { FormSurface } from './FormSurface.tsx'
import { DraggedFace, LayoutPalette } from './LayoutPalette.tsx'
import { useLayoutActs } from './layout-acts.ts'
import {
  accepts,
  type Dragged,
  type Drop,
  LayoutContext,
  type LayoutPicture,
  type Selected,
} from './layout-context.ts'
import { highlightsOf, sectionsOf, tabsOf } from './layout-edit.ts'
import { PageSurface } from './PageSurface.tsx'
import { sideOf } from './side-of.tsx'
import { useDraftForm } from './use-draft-form.ts'
import { useLayoutFields } from './use-layout-fields.ts'
import './layouts.css'
import './preview.css'

const LayoutPreview = lazy(async () => ({ default: (await import('./LayoutPreview.tsx')).LayoutPreview }))

type Surface = 'form' | 'page' | 'preview'

/** The form and the page of an entity, arranged by dragging or by keys, and seen as others will see them. */
export function LayoutCanvas(props: CanvasProps) {
  const { kind, name, definition, inForce, readOnly, set, ways } = props
  const { t, i18n } = useTranslation()
  const isPhone = useIsPhone()
  const { problems } = useStore()
  // An address may ask how a role meets it.
  const [search] = useSearchParams()
  const [surface, setSurface] = useState<Surface>(search.has('as') ? 'preview' : 'form')
  const [selected, setSelected] = useState<Selected>()
  const [dragged, setDragged] = useState<Dragged>()
  useAtHash((hash) => {
    const section = entryAt(hash, ['form'])
    const tab = entryAt(hash, ['page', 'tabs'])
    if (section === undefined && !hash.startsWith('#page')) return
    setSurface(section === undefined ? 'page' : 'form')
    setSelected(section !== undefined ? { section } : tab !== undefined ? { tab } : undefined)
  })
  const entity = typeof definition.entity === 'string' ? definition.entity : ''
  const { fields, features, title } = useLayoutFields(entity)
  const told = useDraftForm({ entity, language: i18n.language })
  const sections = useMemo(() => sectionsOf(definition), [definition])
  const tabs = useMemo(() => tabsOf(definition), [definition])
  const highlights = highlightsOf(definition)
  const here = problemsOf(problems, kind, name)
  const relations = (told.data?.entity?.relations ?? []).filter(({ entity: from }) => !HANGING.has(from))
  const labelOf: LayoutPicture['labelOf'] = (part) =>
    textIn(part.label as Parameters<typeof textIn>[0], i18n.language, part.name)
  const acts = useLayoutActs({ ...{ definition, readOnly, fields, title, setSelected }, set })
  const picture: LayoutPicture = {
    ...{ entity, sections, highlights, tabs, fields, relations, features, selected, dragged, readOnly, acts },
    labelOf,
    fieldOf: (one) =>
      fields.find((field) => field.name === one) ?? {
        ...{ name: one, label: one, type: '', typeWord: '', isRequired: false },
      },
    tabLabel: (tab) =>
      tab.label !== undefined
        ? labelOf(tab)
        : tab.related === undefined
          ? i18n.exists(`layouts.tab.${tab.name}`)
            ? t(`layouts.tab.${tab.name}`)
            : tab.name
          : (relations.find((relation) => relation.name === tab.related)?.label ?? tab.name),
    isFaulty: (pointer) => here.some(({ path }) => path === pointer || path.startsWith(`${pointer}/`)),
  }
  const sensors = useDragSensors()
  const onDragEnd = ({ over }: DragEndEvent): void => {
    const drop = over?.data.current as Drop | undefined
    if (dragged !== undefined && drop !== undefined) acts.drop(dragged, drop)
    setDragged(undefined)
  }
  const pick = (one: Dragged): void => acts.pick(one, surface, selected)
  const body =
    surface === 'form' ? (
      <FormSurface onArrange={acts.arrangeForm} />
    ) : (
      <PageSurface
        onArrangeTop={() => acts.arrangeTop(told.data?.entity?.page.highlights ?? [])}
        onArrangeTabs={() => acts.arrangeTabs(told.data?.entity?.page.tabs ?? [])}
      />
    )
  return (
    <LayoutContext.Provider value={picture}>
      <DndContext
        sensors={sensors}
        collisionDetection={byWhatFits}
        accessibility={{ screenReaderInstructions: { draggable: t('layouts.keys') } }}
        onDragStart={({ active }) => setDragged(active.data.current as Dragged)}
        onDragEnd={onDragEnd}
        onDragCancel={() => setDragged(undefined)}
      >
        <Picture
          ways={ways}
          isWide={surface === 'preview'}
          acts={
            <Segmented<Surface>
              aria-label={t('layouts.surface')}
              value={surface}
              options={(['form', 'page', 'preview'] as const).map((value) => ({
                value,
                label: t(`layouts.surface.${value}`),
              }))}
              onChange={(next) => {
                setSurface(next)
                setSelected(undefined)
              }}
            />
          }
          outline={
            surface === 'preview' ? (
              <Suspense fallback={<LoadingRows />}>
                <LayoutPreview
                  layout={name}
                  entity={entity}
                  people={definition.for}
                  where={definition.where}
                />
              </Suspense>
            ) : (
              body
            )
          }
          side={sideOf({ ...{ kind, name, definition, inForce, readOnly, set, t }, picture, surface })}
        >
          {surface === 'preview' ? (
            <Suspense fallback={<LoadingRows />}>
              <LayoutPreview layout={name} entity={entity} people={definition.for} where={definition.where} />
            </Suspense>
          ) : (
            <div className="layout-editor">
              <LayoutPalette key={surface} surface={surface} onPick={pick} />
              <div className="layout-scroll">{body}</div>
            </div>
          )}
        </Picture>
        {isPhone ? null : (
          <DragOverlay dropAnimation={null}>
            {dragged === undefined ? null : <DraggedFace dragged={dragged} />}
          </DragOverlay>
        )}
      </DndContext>
    </LayoutContext.Provider>
  )
}

/** Comments and files hang on records, but are no lists of their own. */
const HANGING: ReadonlySet<string> = new Set(['comment', 'file'])

/** The innermost place under the pointer that takes what is dragged. */
const byWhatFits: CollisionDetection = (given) => {
  const dragged = given.active.data.current as Dragged
  const fitting = given.droppableContainers.filter((one) => {
    const drop = one.data.current as Drop | undefined
    return drop !== undefined && accepts(dragged, drop)
  })
  return pointerWithin({ ...given, droppableContainers: fitting })
}
