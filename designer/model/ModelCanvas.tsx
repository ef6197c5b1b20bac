import { type Connection, ReactFlowProvider } from '@xyflow/react'
import { Select } from 'antd'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link as RouterLink, useLocation, useNavigate } from 'react-router'
import { textIn } from '../../metadata/text.ts'
import { languageNamed } from '../../runtime-ui/i18n/languages.ts'
import { Button } from '../../runtime-ui/kit/Button.tsx'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import { iconNamed } from '../../runtime-ui/kit/icons/paths.ts'
import { useLanguage } from '../../runtime-ui/kit/model-context.tsx'
import { Canvas, useReveal } from '../canvas/Canvas.tsx'
import { Picture, type Side } from '../canvas/Picture.tsx'
import { type Schema, titleOf, variantsOf, wordsOf } from '../inspector/schema.ts'
import { NewDefinitionSheet } from '../NewDefinitionSheet.tsx'
import { definitionAddress } from '../places.ts'
import { isObject, type Json } from '../store/json-value.ts'
import { useStore } from '../store/store.tsx'
import { type EntityCardNode, EntityNode } from './EntityNode.tsx'
import { EntitySide } from './EntitySide.tsx'
import { LinkEdge, type LinkLine } from './LinkEdge.tsx'
import { ModelContext, type ModelPicture, useModelPicture } from './model-context.ts'
import { type EntityCard, type Link, linksOf, neighbours } from './model-graph.ts'
import { CARD_WIDTH, HEAD, heightOf, type Place, placeEntities } from './model-layout.ts'

const NODES = { entity: EntityNode }
const EDGES = { link: LinkEdge }

interface ModelCanvasProps {
  readonly cards: readonly EntityCard[]
  readonly root: Schema
  readonly readOnly: boolean
}

/** Entities as cards, their lookups as lines; a lookup is made by drawing from one card to another. */
export function ModelCanvas({ cards, root, readOnly }: ModelCanvasProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { problems } = useStore()
  const navigate = useNavigate()
  const { hash } = useLocation()
  const [selected, setSelected] = useState<string>()
  const [making, setMaking] = useState<{ readonly from: string; readonly to: string }>()
  const [isBeginning, setIsBeginning] = useState(false)
  const links = useMemo(() => linksOf(cards), [cards])
  // Where cards stand does not change while one types: by what is linked with what, and how much of each is shown.
  const shape = JSON.stringify([cards.map((card) => [card.name, heightOf(card)]), links.map(({ id }) => id)])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the shape says all that the layout looks at
  const places = useMemo(() => placeEntities(cards, links), [shape])
  const nodes = useMemo(() => cards.map((card) => nodeOf(card, places)), [cards, places])
  const edges = useMemo(() => links.map((link) => edgeOf(link, cards, places)), [links, cards, places])
  const byName = useMemo(() => new Map(cards.map((card) => [card.name, card])), [cards])
  const types = useMemo(() => typesOf(root), [root])
  const called = (label: unknown, name: string): string =>
    textIn(label as Parameters<typeof textIn>[0], language, name)
  const entityCalled = (name: string): string => called(byName.get(name)?.definition.label, name)
  const current = selected === undefined ? undefined : byName.get(selected)
  const picture: ModelPicture = {
    ...{ readOnly, called, entityCalled },
    selected: current?.name,
    lit: useMemo(
      () => (current === undefined ? undefined : neighbours(links, current.name)),
      [current, links],
    ),
    faulty: new Set(problems.flatMap(({ path }) => /^\/entity\/([^/]+)/.exec(path)?.[1] ?? [])),
    select(entity, field) {
      setSelected(entity)
      const at = field === undefined ? -1 : fieldsOf(byName.get(entity)?.definition).indexOf(field)
      // The properties beside the picture open at the place in the address, which is of this entity alone.
      const place = at < 0 ? '' : `#fields/${at}`
      if (place !== hash) void navigate({ hash: place }, { replace: true })
    },
    typeCalled: (type) => titleOf(types.get(type), language, wordsOf(type)),
  }
  const connect = ({ source, target }: Connection): void => {
    setSelected(source)
    setMaking({ from: source, to: target })
  }
  const lookup =
    making !== undefined && making.from === current?.name
      ? { to: making.to, label: byName.get(making.to)?.definition.label }
      : undefined
  const side: Side =
    current === undefined
      ? { title: t('model.title'), content: <Hint links={links.length} readOnly={readOnly} /> }
      : {
          title: entityCalled(current.name),
          beside: current.name,
          icon: <Icon name={iconNamed(iconOf(current))} />,
          onClose: () => setSelected(undefined),
          acts: (
            <RouterLink className="link" to={definitionAddress('entity', current.name)}>
              {t('model.open')}
            </RouterLink>
          ),
          content: (
            <EntitySide
              key={`${current.name}${hash}`}
              name={current.name}
              {...{ readOnly, lookup }}
              onMade={() => setMaking(undefined)}
            />
          ),
        }
  return (
    <ModelContext.Provider value={picture}>
      <ReactFlowProvider>
        <Picture
          ways={<Finder cards={cards} />}
          acts={
            readOnly ? undefined : (
              <Button icon={<Icon name="plus" />} onClick={() => setIsBeginning(true)}>
                {t('model.new')}
              </Button>
            )
          }
          outline={<Outline cards={cards} links={links} />}
          side={side}
        >
          <Canvas
            {...{ nodes, edges }}
            nodeTypes={NODES}
            edgeTypes={EDGES}
            first={mostLinked(links)}
            onlyRenderVisibleElements
            nodesDraggable={false}
            nodesConnectable={!readOnly}
            onConnect={connect}
            onPaneClick={() => setSelected(undefined)}
          />
        </Picture>
      </ReactFlowProvider>
      <NewDefinitionSheet kind="entity" open={isBeginning} onClose={() => setIsBeginning(false)} />
    </ModelContext.Provider>
  )
}

/** The entity that most ways lead to or from: the picture begins there. */
function mostLinked(links: readonly Link[]): string | undefined {
  const counts = new Map<string, number>()
  for (const name of links.flatMap(({ from, to }) => [from, to]))
    counts.set(name, (counts.get(name) ?? 0) + 1)
  return [...counts].sort(([, one], [, other]) => other - one)[0]?.[0]
}

const fieldsOf = (definition: Json | undefined): readonly unknown[] =>
  Array.isArray(definition?.fields)
    ? definition.fields.map((field: unknown) => (isObject(field) ? field.name : undefined))
    : []

const iconOf = ({ definition }: EntityCard): string | undefined =>
  typeof definition.icon === 'string' ? definition.icon : undefined

function nodeOf(card: EntityCard, places: ReadonlyMap<string, Place>): EntityCardNode {
  const size = { width: CARD_WIDTH, height: heightOf(card) }
  return {
    ...{ id: card.name, type: 'entity', data: { card }, position: places.get(card.name) ?? { x: 0, y: 0 } },
    ...size,
    measured: size,
    // Said here, so that lines are drawn to cards that are out of sight as well.
    handles: [
      { id: 'in', type: 'target', position: 'left' as never, x: 0, y: HEAD / 2, width: 1, height: 1 },
      {
        id: 'out',
        type: 'source',
        position: 'right' as never,
        x: CARD_WIDTH,
        y: HEAD / 2,
        width: 1,
        height: 1,
      },
    ],
  }
}

function edgeOf(link: Link, cards: readonly EntityCard[], places: ReadonlyMap<string, Place>): LinkLine {
  const row = cards.find(({ name }) => name === link.from)?.rows.findIndex(({ name }) => name === link.field)
  const nowhere = { x: 0, y: 0 }
  return {
    ...{
      id: link.id,
      type: 'link',
      ariaRole: 'group' as const,
      source: link.from,
      target: link.to,
      sourceHandle: 'out',
      targetHandle: 'in',
    },
    data: {
      link,
      from: places.get(link.from) ?? nowhere,
      to: places.get(link.to) ?? nowhere,
      row: row === -1 ? undefined : row,
    },
  }
}

function typesOf(root: Schema): ReadonlyMap<string, Schema> {
  const item = root.properties?.fields?.items
  return new Map(
    item === undefined ? [] : variantsOf(root, item).map(({ value, schema }) => [value, schema] as const),
  )
}

/** Finds an entity by its label or name, and brings it into sight. */
function Finder({ cards }: { readonly cards: readonly EntityCard[] }) {
  const { t } = useTranslation()
  const { select, called } = useModelPicture()
  const reveal = useReveal()
  return (
    <Select
      className="model-finder"
      showSearch={{
        filterOption: (typed, option) =>
          `${option?.label ?? ''} ${option?.value ?? ''}`.toLowerCase().includes(typed.toLowerCase()),
      }}
      value={null}
      placeholder={t('model.find')}
      aria-label={t('model.find')}
      suffixIcon={<Icon name="search" />}
      options={cards.map((card) => ({ value: card.name, label: called(card.definition.label, card.name) }))}
      onSelect={(name: string | null) => {
        if (name === null) return
        select(name)
        reveal(name)
      }}
    />
  )
}

function Hint({ links, readOnly }: { readonly links: number; readonly readOnly: boolean }) {
  const { t } = useTranslation()
  return (
    <>
      <p className="t13 ink-2">{t('model.links', { count: links })}</p>
      <p className="t13 ink-2">{t(readOnly ? 'model.hintRead' : 'model.hint')}</p>
    </>
  )
}

/** The entities one below the other: on a phone instead of the picture. */
function Outline({
  cards,
  links,
}: {
  readonly cards: readonly EntityCard[]
  readonly links: readonly Link[]
}) {
  const { t } = useTranslation()
  const { select, called, entityCalled } = useModelPicture()
  const between = languageNamed(useLanguage()).comma
  return (
    <ol className="outline">
      {cards.map((card) => {
        const to = [...new Set(links.filter(({ from }) => from === card.name).map((link) => link.to))]
        return (
          <li key={card.name}>
            <button type="button" className="outline-row" onClick={() => select(card.name)}>
              <Icon name={iconNamed(iconOf(card))} />
              <span className="step-words grow">
                <span className="cut">{called(card.definition.label, card.name)}</span>
                <span className="cut t12 ink-2">
                  {to.length === 0 ? t('model.alone') : `→ ${to.map(entityCalled).join(between)}`}
                </span>
              </span>
              <Icon name="chevron_right" size="small" />
            </button>
          </li>
        )
      })}
    </ol>
  )
}
