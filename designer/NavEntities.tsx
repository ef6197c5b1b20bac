import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { NavLink, useLocation } from 'react-router'
import { aboutEntity } from '../metadata/about-entity.ts'
import { textIn } from '../metadata/text.ts'
import { IconButton } from '../runtime-ui/kit/Button.tsx'
import { Icon } from '../runtime-ui/kit/icons/Icon.tsx'
import { LoadingRows } from '../runtime-ui/kit/Loading.tsx'
import { definitionAddress, kindIcon } from './places.ts'
import { addressOf, definitionIn, keyOf } from './store/draft.ts'
import { useStore } from './store/store.tsx'

interface Named {
  readonly kind: string
  readonly name: string
  readonly label: string
  readonly isTouched: boolean
}

interface Group {
  /** Undefined: what is about no entity. */
  readonly entity: Named | undefined
  readonly definitions: readonly Named[]
}

/** Definitions by the entity that they are about: its stages, layouts, views, rules, flows. */
export function NavEntities() {
  const { t } = useTranslation()
  const { pathname } = useLocation()
  const { isReady } = useStore()
  const groups = useGroups()
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set())
  const here = groups.find(({ entity, definitions }) =>
    [...(entity === undefined ? [] : [entity]), ...definitions].some(
      (one) => definitionAddress(one.kind, one.name) === pathname,
    ),
  )
  const current = here === undefined ? undefined : nameOf(here)
  // Where one is, is open; what one has opened besides stays so.
  useEffect(() => {
    if (current !== undefined) setOpen((before) => new Set([...before, current]))
  }, [current])
  if (!isReady) return <LoadingRows rows={6} />
  const turn = (name: string): void => {
    const next = new Set(open)
    if (!next.delete(name)) next.add(name)
    setOpen(next)
  }
  return (
    <ul className="nav-entities" aria-label={t('designer.byEntity')}>
      {groups.map((group) => {
        const { entity, definitions } = group
        const name = nameOf(group)
        const label = entity?.label ?? t('designer.ofNoEntity')
        const isOpen = open.has(name)
        return (
          <li key={name}>
            <div className="row nav-entity">
              <IconButton
                size="small"
                label={t(isOpen ? 'designer.fold' : 'designer.unfold', { label })}
                aria-expanded={isOpen}
                icon={<Icon name={isOpen ? 'chevron_down' : 'chevron_right'} size="small" />}
                onClick={() => turn(name)}
              />
              {entity === undefined ? (
                <button type="button" className="nav-item grow" onClick={() => turn(name)}>
                  <span className="cut">{label}</span>
                  <Count of={definitions} />
                </button>
              ) : (
                <NavPlace of={entity} className="grow">
                  <Count of={[entity, ...definitions]} />
                </NavPlace>
              )}
            </div>
            {isOpen ? (
              <ul className="nav-of-entity">
                {definitions.map((one) => (
                  <li key={keyOf(one)}>
                    <NavPlace of={one}>{one.isTouched ? <Touched /> : null}</NavPlace>
                  </li>
                ))}
              </ul>
            ) : null}
          </li>
        )
      })}
    </ul>
  )
}

const nameOf = ({ entity }: Group): string => entity?.name ?? ''

interface NavPlaceProps {
  readonly of: Named
  readonly className?: string
  readonly children?: React.ReactNode
}

function NavPlace({ of, className = '', children }: NavPlaceProps) {
  return (
    <NavLink
      className={({ isActive }) => `nav-item ${isActive ? 'on' : ''} ${className}`}
      to={definitionAddress(of.kind, of.name)}
    >
      <Icon name={kindIcon(of.kind)} />
      <span className="cut">{of.label}</span>
      {children}
    </NavLink>
  )
}

/** How many of them the draft changes, else how many there are. */
function Count({ of }: { readonly of: readonly Named[] }) {
  const { t } = useTranslation()
  const changes = of.filter(({ isTouched }) => isTouched).length
  return changes === 0 ? (
    <span className="end t12 ink-3 num">{of.length}</span>
  ) : (
    <span className="end chip jade num" title={t('drafts.touched', { count: changes })}>
      {changes}
    </span>
  )
}

function Touched() {
  const { t } = useTranslation()
  return <span className="end nav-touched" role="img" aria-label={t('drafts.fate.changed')} />
}

/** All definitions as the draft has them, below the entities that they are about. */
function useGroups(): readonly Group[] {
  const { i18n } = useTranslation()
  const { index, fates, draft, items } = useStore()
  const named = (kind: string, name: string, label: unknown): Named => ({
    ...{ kind, name, isTouched: fates.has(keyOf({ kind, name })) },
    label: textIn(label as Parameters<typeof textIn>[0], i18n.language, name),
  })
  const made = [...fates].flatMap(([key, fate]) => {
    if (fate !== 'new') return []
    const { kind, name } = addressOf(key)
    const now = definitionIn(draft, { kind, name }, items.get(key)?.definition ?? undefined)
    return [{ one: named(kind, name, now?.label), about: aboutEntity({ ...now, kind, name }) }]
  })
  const inForce = [...index.values()]
    .filter((item) => fates.get(keyOf(item)) !== 'removed')
    .map((item) => ({ one: named(item.kind, item.name, item.label), about: item.entity }))
  const all = [...inForce, ...made]
  const byLabel = (one: Named, other: Named) => one.label.localeCompare(other.label, i18n.language)
  const entities = all.filter(({ one }) => one.kind === 'entity').map(({ one }) => one)
  const known = new Set(entities.map(({ name }) => name))
  const below = (name: string | undefined) =>
    all
      .filter(
        ({ one, about }) => one.kind !== 'entity' && (known.has(about ?? '') ? about : undefined) === name,
      )
      .map(({ one }) => one)
      .sort((one, other) => (one.kind === other.kind ? byLabel(one, other) : one.kind < other.kind ? -1 : 1))
  const rest = below(undefined)
  return [
    ...[...entities].sort(byLabel).map((entity) => ({ entity, definitions: below(entity.name) })),
    ...(rest.length === 0 ? [] : [{ entity: undefined, definitions: rest }]),
  ]
}
