import { Segmented } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Entity } from '../../runtime-ui/api/types.ts'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import { LoadingRows } from '../../runtime-ui/kit/Loading.tsx'
import { useWork } from '../../runtime-ui/kit/model-context.tsx'
import { State } from '../../runtime-ui/kit/State.tsx'
import { isBuilt } from '../../runtime-ui/screens/list/filter-rule.ts'
import { columnsOf } from '../../runtime-ui/screens/list/list-state.ts'
import { fieldAt } from '../../runtime-ui/values/references.ts'
import { entryAt, useAtHash } from '../canvas/at-hash.ts'
import type { CanvasProps } from '../canvas/canvases.tsx'
import { DragPicture, useDrag } from '../canvas/DragPicture.tsx'
import { Picture } from '../canvas/Picture.tsx'
import { entriesAt, pathOf } from '../canvas/short-form.ts'
import { stepTo } from '../canvas/step-to.ts'
import { WithEntity } from '../canvas/WithEntity.tsx'
import { problemsOf } from '../inspector/inspected.ts'
import type { LayoutField } from '../layouts/layout-context.ts'
import type { Json } from '../store/json-value.ts'
import { useStore } from '../store/store.tsx'
import { useLiveEntity } from '../views/use-live-entity.ts'
import { useOffers } from '../views/use-offers.ts'
import '../canvas/canvas.css'
import '../canvas/editor.css'
import '../views/views.css'
import { LiveReport } from './LiveReport.tsx'
import { type Dragged, type Drop, ReportPalette } from './ReportPalette.tsx'
import {
  COUNT,
  carriedPart,
  FORMS,
  type Form,
  formOf,
  homeOf,
  movedPart,
  PLACES,
  type Place,
  takes,
  withForm,
  withoutPart,
  withPart,
} from './report-edit.ts'
import { reportSide, type SelectedPart } from './report-side.tsx'
import { usePartTiles } from './use-part-tiles.ts'
import './reports.css'

/** A report, edited in the figures that it makes of the live records. */
export function ReportCanvas(props: CanvasProps) {
  const { definition, ways } = props
  const { t } = useTranslation()
  const name = typeof definition.entity === 'string' ? definition.entity : ''
  const { known, drawn, isPending } = useLiveEntity(name)
  if (drawn !== undefined)
    return (
      <WithEntity entity={drawn}>
        <OfEntity {...props} entity={drawn} isInForce={known !== undefined} />
      </WithEntity>
    )
  const nothing =
    isPending && name !== '' ? (
      <LoadingRows />
    ) : (
      <State joint="empty" title={t('example.noEntity')} text={t('example.noEntityText')} />
    )
  return (
    <Picture
      ways={ways}
      outline={nothing}
      side={reportSide({ ...props, t, selected: undefined, isBuilt: false })}
    >
      {nothing}
    </Picture>
  )
}

interface OfEntityProps extends CanvasProps {
  readonly entity: Entity
  readonly isInForce: boolean
}

function OfEntity(props: OfEntityProps) {
  const { kind, name, definition, readOnly, set, ways, entity, isInForce } = props
  const { t } = useTranslation()
  const { model } = useWork()
  const { problems } = useStore()
  const [selected, setSelected] = useState<SelectedPart>()
  useAtHash((hash) => {
    const place = PLACES.find((one) => entryAt(hash, [one]) !== undefined)
    setSelected(place === undefined ? undefined : { place, at: entryAt(hash, [place])! })
  })
  const { offered, related } = useOffers(entity, NO_COLUMNS)
  const tiles = usePartTiles(entity, definition)
  const known = (path: string) => fieldAt(model.entities, entity, path)
  const apply = (next: Json): void => {
    const step = readOnly ? undefined : stepTo(definition, next)
    if (step !== undefined) set(step.path, step.value, true)
  }
  const put = (place: Place, path: string, before: number): void => {
    if (!takes(definition, place, path, known(path))) return
    apply(withPart(definition, place, path, before, known(path)?.type ?? ''))
    setSelected({ place, at: before })
  }
  const acts = (place: Place) => ({
    select: (at: number) => setSelected({ place, at }),
    move: (from: number, by: -1 | 1) => {
      apply(movedPart(definition, place, from, by < 0 ? from - 1 : from + 2))
      if (selected !== undefined) setSelected({ place, at: from + by })
    },
    remove: (at: number) => {
      apply(withoutPart(definition, place, at))
      setSelected(undefined)
    },
  })
  const add = (path: string): void => {
    const place = homeOf(definition, path, known(path))
    if (place !== undefined) put(place, path, entriesAt(definition, place).length)
  }
  const fits = (what: Dragged, to: Drop): boolean => {
    if ('out' in to) return 'entry' in what
    if ('path' in what) return takes(definition, to.place, what.path, known(what.path))
    if (what.place === to.place) return true
    const path = pathOf(entriesAt(definition, what.place)[what.entry] ?? '')
    return (
      what.place !== 'measures' && to.place !== 'measures' && takes(definition, to.place, path, known(path))
    )
  }
  const onDrop = (what: Dragged, to: Drop): void => {
    if ('out' in to) {
      if ('entry' in what) acts(what.place).remove(what.entry)
    } else if ('path' in what) put(to.place, what.path, to.before)
    else {
      apply(carriedPart(definition, { place: what.place, at: what.entry }, to))
      setSelected(undefined)
    }
  }
  const { dragged, drag } = useDrag<Dragged, Drop>(fits, onDrop)
  const here = problemsOf(problems, kind, name)
  const isFaulty = (place: Place, at: number): boolean =>
    here.some(({ path }) => path === `/${place}/${at}` || path.startsWith(`/${place}/${at}/`))
  const count: LayoutField = {
    ...{ name: COUNT, label: t('example.count'), type: 'integer', typeWord: '', isRequired: false },
  }
  const palette = (
    <ReportPalette
      {...{ definition, tiles, selected, readOnly, acts, isFaulty, add, related }}
      offered={formOf(definition) === 'list' ? offered : [count, ...offered]}
      isOffered={(path) => homeOf(definition, path, known(path)) !== undefined}
    />
  )
  const report = <LiveReport {...{ entity, definition, isInForce, readOnly, apply }} />
  const face =
    dragged === undefined
      ? undefined
      : 'path' in dragged
        ? [count, ...offered, ...related].find((one) => one.name === dragged.path)
        : tiles(dragged.place)[dragged.entry]
  return (
    <DragPicture
      {...{ ways, palette, drag, face }}
      keys={t('layouts.keys')}
      acts={<FormSwitch {...{ definition, entity, readOnly, apply }} />}
      surface={report}
      below={palette}
      side={reportSide({
        ...{ ...props, t, selected, apply, acts, tiles },
        isBuilt: isBuilt(definition.filter, entity.fields),
        onClose: () => setSelected(undefined),
      })}
    />
  )
}

/** Any field may stand in a report more than once. */
const NO_COLUMNS = { name: '', label: '', type: 'table', columns: [], sort: [] } as const

interface FormSwitchProps {
  readonly definition: Json
  readonly entity: Entity
  readonly readOnly: boolean
  readonly apply: (next: Json) => void
}

/** Figures, a list of records, or a funnel where there are stages. */
function FormSwitch({ definition, entity, readOnly, apply }: FormSwitchProps) {
  const { t } = useTranslation()
  const stage = entity.fields.find(({ type }) => type === 'stage')?.name
  const list = columnsOf(entity, undefined).map(({ field }) => field)
  return (
    <Segmented<Form>
      aria-label={t('example.form')}
      disabled={readOnly}
      value={formOf(definition)}
      options={FORMS.map((value) => ({
        value,
        label: t(`example.form.${value}`),
        disabled: value === 'funnel' && stage === undefined,
        icon: <Icon name={value === 'list' ? 'table' : value === 'funnel' ? 'filter' : 'chart'} />,
      }))}
      onChange={(form) => apply(withForm(definition, form, { list, stage }))}
    />
  )
}
