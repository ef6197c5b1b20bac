import type { Connection } from '@xyflow/react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation, useNavigate } from 'react-router'
import { textIn } from '../../metadata/text.ts'
import { Button } from '../../runtime-ui/kit/Button.tsx'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import { useLanguage } from '../../runtime-ui/kit/model-context.tsx'
import { Canvas } from '../canvas/Canvas.tsx'
import { Picture } from '../canvas/Picture.tsx'
import { type Schema, titleOf, variantsOf, wordsOf } from '../inspector/schema.ts'
import { NewDefinitionSheet } from '../NewDefinitionSheet.tsx'
import { isObject, type Json } from '../store/json-value.ts'
import { useStore } from '../store/store.tsx'
import { BundleEdge } from './BundleEdge.tsx'
import { EntityNode } from './EntityNode.tsx'
import { FoldAll } from './FoldAll.tsx'
import { GroupNode } from './GroupNode.tsx'
import { GroupSheet } from './GroupSheet.tsx'
import { placeGroups } from './group-layout.ts'
import { LinkEdge } from './LinkEdge.tsx'
import { ModelFinder } from './ModelFinder.tsx'
import { ModelOutline } from './ModelOutline.tsx'
import { ModelContext, type ModelPicture } from './model-context.ts'
import { type EntityCard, type Link, linksOf, neighbours } from './model-graph.ts'
import { foldLinks, type Group, groupId, groupsOf } from './model-groups.ts'
import { heightOf } from './model-layout.ts'
import { bundleEdge, entityNode, groupNode, linkEdge, placesOf } from './model-nodes.ts'
import { Seek, type Sought } from './Seek.tsx'
import { sideOf } from './side-of.tsx'
import { useCardDrag } from './use-card-drag.ts'
import { useFolded } from './use-folded.ts'
import { useRegroup } from './use-regroup.ts'

const NODES = { entity: EntityNode, group_frame: GroupNode }
const EDGES = { link: LinkEdge, bundle: BundleEdge }

interface ModelCanvasProps {
  readonly cards: readonly EntityCard[]
  readonly root: Schema
  readonly readOnly: boolean
}

/** Groups that are being made or changed; of a new one, what it begins with. */
type Grouping = { readonly group: Group } | { readonly begin: readonly string[] }

/**
 * Entities as cards in the frames of their groups, their lookups as lines; a lookup is made by drawing from one card to
 * another, and a card changes its group by being drawn into another frame.
 */
export function ModelCanvas({ cards, root, readOnly }: ModelCanvasProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { problems } = useStore()
  const navigate = useNavigate()
  const { hash } = useLocation()
  const [selected, setSelected] = useState<string>()
  const [selectedGroup, setSelectedGroup] = useState<string>()
  const [sought, setSought] = useState<Sought>()
  const [making, setMaking] = useState<{ readonly from: string; readonly to: string }>()
  const [isBeginning, setIsBeginning] = useState(false)
  const [grouping, setGrouping] = useState<Grouping>()
  const { folded, fold } = useFolded()
  const regroup = useRegroup()
  const all = useMemo(() => linksOf(cards), [cards])
  const groups = useMemo(() => groupsOf(cards, language), [cards, language])
  const { links, bundles } = useMemo(() => foldLinks(all, groups, folded), [all, groups, folded])
  // Where cards stand does not change while one types: by what is linked with what, and how much of each is shown.
  const heights = cards.map((card) => [card.name, heightOf(card)])
  const shape = JSON.stringify([heights, all.map(({ id }) => id), groups, [...folded]])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the shape says all that the layout looks at
  const placed = useMemo(() => placeGroups(cards, all, groups, folded), [shape])
  const { dragged, over, on } = useCardDrag(placed.frames, (name, { group }) => {
    setSelectedGroup(undefined)
    setSelected(name)
    void regroup([{ names: [name], to: group.text }])
  })
  const places = useMemo(() => placesOf(placed, dragged), [placed, dragged])
  const isMovable = !readOnly && groups.length > 0
  const byName = useMemo(() => new Map(cards.map((card) => [card.name, card])), [cards])
  const nodes = useMemo(
    () => [
      ...placed.frames.map(groupNode),
      ...cards.flatMap((card) => (places.has(card.name) ? [entityNode(card, places, isMovable)] : [])),
    ],
    [cards, placed, places, isMovable],
  )
  const edges = useMemo(
    () => [
      ...links.map((link) => linkEdge(link, byName, places)),
      ...bundles.map((bundle) => bundleEdge(bundle, places)),
    ],
    [links, bundles, byName, places],
  )
  const types = useMemo(() => typesOf(root), [root])
  const called = (label: unknown, name: string): string =>
    textIn(label as Parameters<typeof textIn>[0], language, name)
  const entityCalled = (name: string): string => called(byName.get(name)?.definition.label, name)
  const current = selected === undefined ? undefined : byName.get(selected)
  const group = groups.find(({ label }) => label === selectedGroup)
  const goTo = (place: string): void => {
    if (place !== hash) void navigate({ hash: place }, { replace: true })
  }
  const picture: ModelPicture = {
    ...{ readOnly, called, entityCalled, over, fold },
    selected: current?.name,
    selectedGroup: group?.label,
    lit: useMemo(() => (current === undefined ? undefined : neighbours(all, current.name)), [current, all]),
    faulty: new Set(problems.flatMap(({ path }) => /^\/entity\/([^/]+)/.exec(path)?.[1] ?? [])),
    select(entity, field) {
      setSelectedGroup(undefined)
      setSelected(entity)
      const at = field === undefined ? -1 : fieldsOf(byName.get(entity)?.definition).indexOf(field)
      // The properties beside the picture open at the place in the address, which is of this entity alone.
      goTo(at < 0 ? '' : `#fields/${at}`)
    },
    seek(entity) {
      const home = groups.find(({ names }) => names.includes(entity))
      if (home !== undefined && folded.has(home.label)) fold([home.label], false)
      picture.select(entity)
      setSought({ name: entity })
    },
    selectGroup(label) {
      setSelected(undefined)
      setSelectedGroup(label)
      goTo('')
    },
    typeCalled: (type) => titleOf(types.get(type), language, wordsOf(type)),
    nodeCalled: (id) => groups.find(({ label }) => groupId(label) === id)?.label ?? entityCalled(id),
  }
  const connect = ({ source, target }: Connection): void => {
    setSelectedGroup(undefined)
    setSelected(source)
    setMaking({ from: source, to: target })
  }
  const lookup =
    making !== undefined && making.from === current?.name
      ? { to: making.to, label: byName.get(making.to)?.definition.label }
      : undefined
  const side = sideOf({
    ...{ t, cards, groups, current, group, lookup, readOnly, hash, entityCalled },
    links: all.length,
    isFolded: group !== undefined && folded.has(group.label),
    onFold: (isFolded) => group !== undefined && fold([group.label], isFolded),
    onMade: () => setMaking(undefined),
    onClose() {
      setSelected(undefined)
      setSelectedGroup(undefined)
    },
    onGroup: setGrouping,
    onDissolve: () => void (group !== undefined && regroup([{ names: group.names, to: undefined }])),
  })
  return (
    <ModelContext.Provider value={picture}>
      <Picture
        ways={
          <>
            <ModelFinder cards={cards} />
            <FoldAll groups={groups} folded={folded} />
          </>
        }
        acts={
          readOnly ? undefined : (
            <>
              <Button
                icon={<Icon name="group" />}
                onClick={() => setGrouping({ begin: current === undefined ? [] : [current.name] })}
              >
                {t('model.group.new')}
              </Button>
              <Button icon={<Icon name="plus" />} onClick={() => setIsBeginning(true)}>
                {t('model.new')}
              </Button>
            </>
          )
        }
        outline={<ModelOutline {...{ cards, groups, folded }} links={all} />}
        side={side}
      >
        <Canvas
          {...{ nodes, edges, ...on }}
          nodeTypes={NODES}
          edgeTypes={EDGES}
          first={mostLinked([...links, ...bundles])}
          onlyRenderVisibleElements
          nodesDraggable={isMovable}
          nodeDragThreshold={DRAG_PX}
          nodesConnectable={!readOnly}
          onConnect={connect}
          onPaneClick={() => {
            setSelected(undefined)
            setSelectedGroup(undefined)
          }}
        >
          <Seek sought={sought} />
        </Canvas>
      </Picture>
      <NewDefinitionSheet kind="entity" open={isBeginning} onClose={() => setIsBeginning(false)} />
      <GroupSheet
        open={grouping !== undefined}
        group={grouping !== undefined && 'group' in grouping ? grouping.group : undefined}
        begin={grouping !== undefined && 'begin' in grouping ? grouping.begin : []}
        cards={cards}
        onDone={picture.selectGroup}
        onClose={() => setGrouping(undefined)}
      />
    </ModelContext.Provider>
  )
}

/** A press that trembles is not a drag. */
const DRAG_PX = 5

/** The entity or folded group that most ways lead to or from: the picture begins there. */
function mostLinked(links: readonly Pick<Link, 'from' | 'to'>[]): string | undefined {
  const counts = new Map<string, number>()
  for (const name of links.flatMap(({ from, to }) => [from, to]))
    counts.set(name, (counts.get(name) ?? 0) + 1)
  return [...counts].sort(([, one], [, other]) => other - one)[0]?.[0]
}

const fieldsOf = (definition: Json | undefined): readonly unknown[] =>
  Array.isArray(definition?.fields)
    ? definition.fields.map((field: unknown) => (isObject(field) ? field.name : undefined))
    : []

function typesOf(root: Schema): ReadonlyMap<string, Schema> {
  const item = root.properties?.fields?.items
  return new Map(
    item === undefined ? [] : variantsOf(root, item).map(({ value, schema }) => [value, schema] as const),
  )
}
