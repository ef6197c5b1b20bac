import { type Connection, type Edge, type Node, ReactFlowProvider } from '@xyflow/react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { textIn } from '../../metadata/text.ts'
import { Button } from '../../runtime-ui/kit/Button.tsx'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import { entryAt, useAtHash } from '../canvas/at-hash.ts'
import { Canvas } from '../canvas/Canvas.tsx'
import type { CanvasProps } from '../canvas/canvases.tsx'
import { RemoveButton } from '../canvas/PartActs.tsx'
import { Picture, type Side } from '../canvas/Picture.tsx'
import { Inspector, type InspectorProps } from '../inspector/Inspector.tsx'
import { problemsOf } from '../inspector/inspected.ts'
import { isObject, isSame, type Path } from '../store/json-value.ts'
import { useStore } from '../store/store.tsx'
import { MoveArrow } from './MoveArrow.tsx'
import { RemoveStageDialog } from './RemoveStageDialog.tsx'
import { StageCard } from './StageCard.tsx'
import { StageOutline } from './StageOutline.tsx'
import { arrowsOf, CARD, cardAt, cardHeight, placeAt } from './stage-layout.ts'
import {
  added,
  allowed,
  type DraftStage,
  forbidden,
  gatesOf,
  inForceOf,
  lastOpen,
  type Move,
  moved,
  movesOf,
  removed,
  renamed,
  stagesOf,
} from './stage-list.ts'
import { marksOf } from './stage-marks.ts'
import { type StageActs, StagesContext, type StagesPicture } from './stages-context.ts'
import { useStageCounts } from './use-stage-counts.ts'
import './stages.css'

const NODES = { stage: StageCard }
const EDGES = { move: MoveArrow }

/** From the first contact to the end is seen at once; the words of the cards are larger for it. */
const LEAST_ZOOM = 0.6

/** What the picture shows itself: the inspector beside it has the rest. */
const IN_PICTURE: ReadonlySet<string> = new Set(['stages'])

/** What nearly every stage says; its gate among them, which one comes to it for. */
const OF_STAGE: ReadonlySet<string> = new Set(['label', 'next', 'requires', 'must', 'milestones', 'guide'])

/** What a stage asks of a move. */
const GATE: ReadonlySet<string> = new Set(['requires', 'must', 'milestones'])

type Selected = { readonly stage: number } | { readonly move: Move } | undefined

/** The stages of a pipeline in a row, with the moves that are allowed as arrows. */
export function StagesCanvas(props: CanvasProps) {
  const { kind, name, definition, inForce, readOnly, set, ways } = props
  const { t, i18n } = useTranslation()
  const { problems } = useStore()
  const [selected, setSelected] = useState<Selected>()
  const [dragged, setDragged] = useState<{ readonly id: string; readonly x: number; readonly y: number }>()
  const [removing, setRemoving] = useState<number>()
  useAtHash((hash) => {
    const stage = entryAt(hash, ['stages'])
    if (stage !== undefined) setSelected({ stage })
  })
  const stages = useMemo(() => stagesOf(definition), [definition])
  const before = useMemo(() => stagesOf(inForce), [inForce])
  const counts = useStageCounts(inForce)
  const here = problemsOf(problems, kind, name)
  const label = (stage: DraftStage | undefined): string =>
    textIn(stage?.label as Parameters<typeof textIn>[0], i18n.language, stage?.name ?? '')
  const change = (next: readonly DraftStage[]): void => {
    if (next !== stages) set(['stages'], next, true)
  }
  const acts: StageActs = {
    select: (stage) => setSelected({ stage }),
    selectMove: (move) => setSelected({ move }),
    move(from, to) {
      if (readOnly || to < 0 || to >= stages.length) return
      change(moved(stages, from, to))
      setSelected({ stage: to })
    },
    forbid(move) {
      change(forbidden(stages, move))
      setSelected(undefined)
    },
    remove(at) {
      if (readOnly) return
      // What only the draft knows has no records to lose.
      if (inForceOf(stages[at], before) !== undefined) setRemoving(at)
      else drop(at, undefined)
    },
  }
  const add = (after: number): void => {
    // What people read of it is said at once: else they would read its name.
    change(added(stages, after, { [i18n.language]: t('stages.fresh') }))
    setSelected({ stage: after + 1 })
  }
  const drop = (at: number, into: string | undefined): void => {
    change(removed(stages, at, inForceOf(stages[at], before)?.name, into))
    setSelected(undefined)
    setRemoving(undefined)
  }
  /** A new name is followed by the stages that lead there. */
  const setPart = (path: Path, to: unknown): void => {
    const [list, at, key] = path
    if (list === 'stages' && key === 'name' && typeof to === 'string')
      set(['stages'], renamed(stages, Number(at), to))
    else set(path, to)
  }
  const picture: StagesPicture = {
    ...{ stages, readOnly, acts, label },
    limit: limitOf(definition.stalled),
    selected: selected !== undefined && 'stage' in selected ? selected.stage : undefined,
    selectedMove: selected !== undefined && 'move' in selected ? selected.move : undefined,
    countOf: (at) => {
      const was = inForceOf(stages[at], before)
      return was === undefined ? undefined : counts?.get(was.name)
    },
    isNew: (at) => inForce !== undefined && inForceOf(stages[at], before) === undefined,
    isFaulty: (at) => here.some(({ path }) => path === `/stages/${at}` || path.startsWith(`/stages/${at}/`)),
  }
  const marks = stages.map(
    (stage, at) =>
      marksOf(stage, at === 0, picture.limit !== undefined).length + Number(picture.isFaulty(at)),
  )
  const size = { width: CARD.width, height: cardHeight(Math.max(0, ...marks)) }
  const nodes = stages.map((_stage, at): Node => {
    const id = String(at)
    const position = dragged?.id === id ? { x: dragged.x, y: dragged.y } : cardAt(at)
    return { id, type: 'stage', data: { at }, position, ...size, measured: size, draggable: !readOnly }
  })
  const edges = arrowsOf(movesOf(stages), size.height).map(
    (arrow): Edge => ({
      ...{ id: `${arrow.from}-${arrow.to}`, source: String(arrow.from), target: String(arrow.to) },
      ...{ type: 'move', sourceHandle: 'out', targetHandle: 'in' },
      data: { arrow },
      // What is in it is pressed.
      ariaRole: 'group',
      ariaLabel: t('stages.moveOf', { from: label(stages[arrow.from]), to: label(stages[arrow.to]) }),
      zIndex: isSame(picture.selectedMove, { from: arrow.from, to: arrow.to }) ? 1 : 0,
    }),
  )
  const stage = picture.selected === undefined ? undefined : stages[picture.selected]
  const inspector = (at: Path, { without, always }: Pick<InspectorProps, 'without' | 'always'> = {}) => (
    <Inspector
      {...{ kind, name, definition, inForce, readOnly, at }}
      key={at.join('/')}
      set={setPart}
      {...(without === undefined ? {} : { without })}
      {...(always === undefined ? {} : { always })}
    />
  )
  const close = (): void => setSelected(undefined)
  const side: Side =
    stage !== undefined && picture.selected !== undefined
      ? {
          title: label(stage),
          beside: stage.name,
          onClose: close,
          acts: readOnly ? undefined : <StageButtons at={picture.selected} {...{ picture, add }} />,
          content: inspector(['stages', String(picture.selected)], { always: OF_STAGE }),
        }
      : picture.selectedMove !== undefined && stages[picture.selectedMove.to] !== undefined
        ? moveSide(picture.selectedMove)
        : { title: t('stages.whole'), beside: name, content: inspector([], { without: IN_PICTURE }) }
  function moveSide(move: Move): Side {
    const names = { from: label(stages[move.from]), to: label(stages[move.to]) }
    const gates = gatesOf(stages, move)
    return {
      title: `${names.from} → ${names.to}`,
      onClose: close,
      acts: readOnly ? undefined : (
        <Button danger icon={<Icon name="trash" />} onClick={() => acts.forbid(move)}>
          {t('stages.forbid')}
        </Button>
      ),
      content: (
        <>
          <p className="t13 ink-2">{t(gates.length === 0 ? 'stages.moveFree' : 'stages.moveText', names)}</p>
          {gates.map((gate) => (
            <section key={gate} className="stage-gate">
              <h3 className="h3">
                {t(gate === move.from ? 'stages.gateOn' : 'stages.gateInto', { stage: label(stages[gate]) })}
              </h3>
              <Inspector
                {...{ kind, name, definition, inForce, readOnly, set }}
                at={['stages', String(gate)]}
                only={GATE}
              />
            </section>
          ))}
        </>
      ),
    }
  }
  const connect = ({ source, target }: Connection): void => {
    const move = { from: Number(source), to: Number(target) }
    change(allowed(stages, move))
    setSelected({ move })
  }
  return (
    <StagesContext.Provider value={picture}>
      <Picture
        ways={ways}
        acts={
          readOnly ? undefined : (
            <Button icon={<Icon name="plus" />} onClick={() => add(lastOpen(stages))}>
              {t('stages.add')}
            </Button>
          )
        }
        outline={<StageOutline />}
        side={side}
      >
        <ReactFlowProvider>
          <Canvas
            {...{ nodes, edges }}
            least={LEAST_ZOOM}
            nodeTypes={NODES}
            edgeTypes={EDGES}
            nodesConnectable={!readOnly}
            nodesDraggable={!readOnly}
            isValidConnection={({ source, target }) => source !== target}
            onConnect={connect}
            onPaneClick={close}
            onNodeDrag={(_event, { id, position }) => setDragged({ id, x: position.x, y: position.y })}
            onNodeDragStop={(_event, { id, position }) => {
              setDragged(undefined)
              acts.move(Number(id), placeAt(position.x, stages.length))
            }}
          />
        </ReactFlowProvider>
      </Picture>
      {removing === undefined ? null : (
        <RemoveStageDialog
          at={removing}
          onClose={() => setRemoving(undefined)}
          onRemove={(into) => drop(removing, into)}
        />
      )}
    </StagesContext.Provider>
  )
}

const limitOf = (stalled: unknown): string | undefined =>
  isObject(stalled) && typeof stalled.after === 'string' ? stalled.after : undefined

interface StageButtonsProps {
  readonly at: number
  readonly picture: StagesPicture
  readonly add: (after: number) => void
}

function StageButtons({ at, picture: { stages, acts }, add }: StageButtonsProps) {
  const { t } = useTranslation()
  return (
    <>
      <Button size="small" disabled={at === 0} onClick={() => acts.move(at, at - 1)}>
        {t('stages.earlier')}
      </Button>
      <Button size="small" disabled={at === stages.length - 1} onClick={() => acts.move(at, at + 1)}>
        {t('stages.later')}
      </Button>
      <Button size="small" icon={<Icon name="plus" />} onClick={() => add(at)}>
        {t('stages.addAfter')}
      </Button>
      <RemoveButton disabled={stages.length === 1} onRemove={() => acts.remove(at)} />
    </>
  )
}
