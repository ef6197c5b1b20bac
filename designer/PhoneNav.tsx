import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'react-router'
import { IconButton } from '../runtime-ui/kit/Button.tsx'
import { Icon } from '../runtime-ui/kit/icons/Icon.tsx'
import { Mark } from '../runtime-ui/kit/Mark.tsx'
import { useWork } from '../runtime-ui/kit/model-context.tsx'
import { Sheet } from '../runtime-ui/kit/Sheet.tsx'
import type { KindItem } from './api.ts'
import { NavFound } from './NavFound.tsx'
import {
  Kinds,
  LeavePlace,
  type OtherPlace,
  Place,
  useFirstPlaces,
  useKinds,
  useOtherPlaces,
} from './NavPlaces.tsx'
import { NavSearch } from './NavSearch.tsx'
import { kindAddress, kindIcon, labelText } from './places.ts'

/** What kinds are for: data, what happens with them, what is looked at; all others are of people and of the whole. */
const GROUPS = {
  data: ['entity', 'option_set', 'validation', 'tag_rule', 'duplicate_rule', 'calendar'],
  process: [
    'pipeline',
    'flow',
    'approval',
    'assignment',
    'pool',
    'message',
    'document',
    'webform',
    'connection',
  ],
  pages: ['app', 'layout', 'view', 'report', 'dashboard', 'translation'],
} as const
type Group = keyof typeof GROUPS | 'rights'
const ORDER: readonly Group[] = ['data', 'process', 'pages', 'rights']

const groupOf = (kind: string): Group =>
  (Object.keys(GROUPS) as (keyof typeof GROUPS)[]).find((group) =>
    (GROUPS[group] as readonly string[]).includes(kind),
  ) ?? 'rights'

/** On a phone: where one is, and a sheet with all other places in groups and the search over them. */
export function PhoneNav() {
  const { t } = useTranslation()
  const { pathname } = useLocation()
  const [open, setOpen] = useState<'places' | 'search'>()
  const here = useHere()
  const { me } = useWork()
  const isEditor = me.definitions.length > 0
  // Whoever has gone somewhere looks at that.
  useEffect(() => {
    if (pathname !== '') setOpen(undefined)
  }, [pathname])
  return (
    <nav className="nav designer-nav" aria-label={t('designer.kinds')}>
      <div className="designer-nav-head">
        <a className="workspace" href="/" title={t('designer.leave')}>
          <Mark />
          <span className="visually-hidden">{t('designer.leave')}</span>
        </a>
        <button
          type="button"
          className="nav-open row grow"
          aria-haspopup="dialog"
          aria-expanded={open !== undefined}
          onClick={() => setOpen('places')}
        >
          <Icon name={here?.icon ?? 'list'} />
          <span className="cut grow">{here?.label ?? t('designer.title')}</span>
          <Icon name="chevron_down" size="small" />
        </button>
        {isEditor ? (
          <IconButton
            label={t('designer.searchAll')}
            icon={<Icon name="search" />}
            onClick={() => setOpen('search')}
          />
        ) : null}
      </div>
      <Sheet open={open !== undefined} title={t('designer.title')} onClose={() => setOpen(undefined)}>
        {open === undefined ? null : (
          <Places isSearch={open === 'search'} onGone={() => setOpen(undefined)} />
        )}
      </Sheet>
    </nav>
  )
}

interface PlacesProps {
  /** Whoever pressed the magnifier types at once. */
  readonly isSearch: boolean
  readonly onGone: () => void
}

function Places({ isSearch, onGone }: PlacesProps) {
  const { t } = useTranslation()
  const { me } = useWork()
  const [text, setText] = useState('')
  const kinds = useKinds()
  const [first, others] = [useFirstPlaces(), useOtherPlaces()]
  const isEditor = me.definitions.length > 0
  return (
    <div className="nav-sheet">
      {isEditor ? <NavSearch {...{ text }} isTyped={isSearch} onText={setText} /> : null}
      {text.trim() !== '' ? (
        <NavFound text={text} onOpen={onGone} />
      ) : (
        <>
          <ul>
            {first.map((place) => (
              <Place key={place.to} {...place} />
            ))}
          </ul>
          {kinds.isError ? <p className="t12 bad nav-fault">{t('designer.kindsFailed')}</p> : null}
          {isEditor
            ? ORDER.map((group) => (
                <KindGroup
                  key={group}
                  group={group}
                  kinds={(kinds.data ?? []).filter(({ kind }) => groupOf(kind) === group)}
                />
              ))
            : null}
          <section aria-labelledby="nav-group-other">
            <h3 id="nav-group-other" className="t12 ink-3">
              {t('designer.group.other')}
            </h3>
            <ul>
              {others.map((place) => (
                <Place key={place.to} {...place} />
              ))}
              <LeavePlace />
            </ul>
          </section>
        </>
      )}
    </div>
  )
}

function KindGroup({ group, kinds }: { readonly group: Group; readonly kinds: readonly KindItem[] }) {
  const { t } = useTranslation()
  if (kinds.length === 0) return null
  return (
    <section aria-labelledby={`nav-group-${group}`}>
      <h3 id={`nav-group-${group}`} className="t12 ink-3">
        {t(`designer.group.${group}`)}
      </h3>
      <ul>
        <Kinds kinds={kinds} />
      </ul>
    </section>
  )
}

/** The place at which one is; undefined at the beginning of all. */
function useHere(): OtherPlace | undefined {
  const { i18n } = useTranslation()
  const { pathname } = useLocation()
  const kinds = useKinds()
  const places = [
    ...useFirstPlaces(),
    ...useOtherPlaces(),
    ...(kinds.data ?? []).map(({ kind, label }) => ({
      to: kindAddress(kind),
      icon: kindIcon(kind),
      label: labelText(label, i18n.language, kind),
    })),
  ]
  return places.find(({ to }) => pathname === to || pathname.startsWith(`${to}/`))
}
