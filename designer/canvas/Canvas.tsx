import {
  Background,
  type Edge,
  type Node,
  Panel,
  ReactFlow,
  type ReactFlowProps,
  useReactFlow,
  useStore,
} from '@xyflow/react'
import { type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../runtime-ui/kit/Button.tsx'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import { useIsStill } from '../../runtime-ui/kit/use-media.ts'
import { beginningOf } from './beginning.ts'
import '@xyflow/react/dist/base.css'
import './canvas.css'

const fitting = (left: number) => ({
  padding: { x: 0.08, y: 0.08, ...(left === 0 ? {} : { left: `${left}px` as const }) },
  maxZoom: 1,
})

/** Of cards whose words are as large as elsewhere. */
const LEAST_ZOOM = 0.8
/** Spots of the ground lie this far apart. */
const GRID_PX = 16

/** A surface with things on it that is panned and zoomed; its cards are buttons, so that keys reach them. */
export function Canvas<N extends Node, E extends Edge>({
  children,
  left = 0,
  first,
  least = LEAST_ZOOM,
  ...props
}: ReactFlowProps<N, E> & {
  readonly children?: ReactNode
  /** Pixels at the left that something floats on. */
  readonly left?: number
  /** What it begins at where not all of it can be read at once; its beginning when absent. */
  readonly first?: string | undefined
  /** It begins no smaller than this: words are to be read, the rest is reached by panning. */
  readonly least?: number
}) {
  const { t } = useTranslation()
  return (
    <ReactFlow<N, E>
      minZoom={0.2}
      maxZoom={1.5}
      panOnScroll
      nodesFocusable={false}
      edgesFocusable={false}
      elementsSelectable={false}
      zoomOnDoubleClick={false}
      deleteKeyCode={null}
      selectionKeyCode={null}
      multiSelectionKeyCode={null}
      proOptions={{ hideAttribution: true }}
      aria-label={t('canvas.surface')}
      {...props}
    >
      <Background gap={GRID_PX} size={1.4} />
      <Beginning {...{ left, first, least }} />
      <ZoomPanel left={left} />
      {children}
    </ReactFlow>
  )
}

/** Where the picture begins: all of it in the middle if that can be read, else its beginning. */
function Beginning({
  left,
  first,
  least,
}: {
  readonly left: number
  readonly first: string | undefined
  readonly least: number
}) {
  const { getNode, getNodes, getNodesBounds, setViewport } = useReactFlow()
  const [width, height] = [useStore((state) => state.width), useStore((state) => state.height)]
  const begun = useRef(false)
  useEffect(() => {
    if (begun.current || width === 0 || height === 0) return
    begun.current = true
    const node = first === undefined ? undefined : getNode(first)
    const { x, y, zoom } = beginningOf({
      bounds: getNodesBounds(getNodes()),
      room: { width: width - left, height },
      least,
      first:
        node === undefined
          ? undefined
          : { x: middleOf(node, 'x', 'width'), y: middleOf(node, 'y', 'height') },
    })
    void setViewport({ x: left + x, y, zoom })
  }, [left, first, least, width, height, getNode, getNodes, getNodesBounds, setViewport])
  return null
}

const middleOf = (node: Node, axis: 'x' | 'y', size: 'width' | 'height'): number =>
  node.position[axis] + (node[size] ?? 0) / 2

function ZoomPanel({ left }: { readonly left: number }) {
  const { t } = useTranslation()
  const { zoomIn, zoomOut } = useReactFlow()
  const percent = useStore(({ transform }) => Math.round(transform[2] * 100))
  const duration = useIsStill() ? 0 : 160
  const showAll = useShowAll(left)
  return (
    <Panel position="bottom-left" className="canvas-zoom row">
      <IconButton
        label={t('canvas.zoomIn')}
        icon={<Icon name="plus" />}
        onClick={() => void zoomIn({ duration })}
      />
      <span className="t13 ink-2 num canvas-percent">{percent}%</span>
      <IconButton
        label={t('canvas.zoomOut')}
        icon={<Icon name="minus" />}
        onClick={() => void zoomOut({ duration })}
      />
      <span className="canvas-zoom-line" />
      <IconButton label={t('canvas.fit')} icon={<Icon name="fit" />} onClick={showAll} />
    </Panel>
  )
}

/** Shows all of the picture, as it is once what was changed at the same time is drawn. */
export function useShowAll(left = 0): () => void {
  const { fitView } = useReactFlow()
  const duration = useIsStill() ? 0 : 160
  return () => void fitView({ ...fitting(left), duration })
}

/**
 * Brings a card into sight that the focus has come to, or that was looked for.
 * @returns whether there is such a card in the picture
 */
export function useReveal(): (id: string) => boolean {
  const { getNode, getViewport, setCenter } = useReactFlow()
  const size = useStore(({ width, height }) => `${width} ${height}`)
  const isStill = useIsStill()
  return (id) => {
    const node = getNode(id)
    if (node === undefined) return false
    const [width = 0, height = 0] = size.split(' ').map(Number)
    const { x, y, zoom } = getViewport()
    const [own, tall] = [node.width ?? 0, node.height ?? 0]
    const [left, top] = [node.position.x * zoom + x, node.position.y * zoom + y]
    const isSeen = left >= 0 && top >= 0 && left + own * zoom <= width && top + tall * zoom <= height
    if (isSeen) return true
    const centre = [node.position.x + own / 2, node.position.y + tall / 2] as const
    void setCenter(...centre, { zoom, duration: isStill ? 0 : 160 })
    return true
  }
}
