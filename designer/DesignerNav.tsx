import { useQuery } from '@tanstack/react-query'
import { Input, Segmented } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { NavLink, useLocation } from 'react-router'
import { Icon } from '../runtime-ui/kit/icons/Icon.tsx'
import type { IconName } from '../runtime-ui/kit/icons/paths.ts'
import { Mark } from '../runtime-ui/kit/Mark.tsx'
import { useWork } from '../runtime-ui/kit/model-context.tsx'
import { useIsPhone } from '../runtime-ui/kit/use-media.ts'
import { useShortcut } from '../runtime-ui/kit/use-shortcut.ts'
import { PersonMenu } from '../runtime-ui/screens/frame/PersonMenu.tsx'
import { listKinds } from './api.ts'
import { NavEntities } from './NavEntities.tsx'
import { NavFound } from './NavFound.tsx'
import { kindAddress, kindIcon, labelText } from './places.ts'
import { addressOf } from './store/draft.ts'
import { useStore } from './store/store.tsx'

type NavWay = 'kind' | 'entity'
const NAV_WAYS: readonly NavWay[] = ['kind', 'entity']
const REMEMBERED = 'tenon.designer.navigator'

/** Left in the designer: the kinds with how much the draft changes in each, a search over all definitions, other pages. */
export function DesignerNav() {
  const { t, i18n } = useTranslation()
  const { me } = useWork()
  const { isReady } = useStore()
  const [text, setText] = useState('')
  const [way, setWay] = useState<NavWay>(() =>
    localStorage.getItem(REMEMBERED) === 'entity' ? 'entity' : 'kind',
  )
  // On a phone there is one line for all of it.
  const isPhone = useIsPhone()
  const isByEntity = way === 'entity' && !isPhone
  const search = useRef<HTMLInputElement>(null)
  const nav = useRef<HTMLElement>(null)
  const { pathname } = useLocation()
  useShortcut(
    'k',
    (event) => {
      event.preventDefault()
      search.current?.focus()
    },
    { mod: true },
  )
  const kinds = useQuery({ queryKey: ['meta', 'kinds', i18n.language], queryFn: listKinds })
  const isDrawn = kinds.isSuccess && isReady
  // The one that is open is to be seen, also on a phone, where they are a strip.
  useEffect(() => {
    if (pathname === '' || !isDrawn || way === undefined) return
    nav.current?.querySelector('.nav-item.on')?.scrollIntoView({ block: 'center', inline: 'center' })
  }, [pathname, isDrawn, way])
  const looksAfterFlows = me.administration.includes('flows')
  const isEditor = me.definitions.length > 0
  const isSearching = text.trim() !== ''
  return (
    <nav
      ref={nav}
      className={isSearching ? 'nav designer-nav searching' : 'nav designer-nav'}
      aria-label={t('designer.kinds')}
    >
      <div className="designer-nav-head">
        <a className="workspace" href="/" title={t('designer.leave')}>
          <Mark />
          <span className="cut">{t('designer.title')}</span>
        </a>
        {isEditor ? (
          <Input
            ref={(input) => {
              search.current = input?.input ?? null
            }}
            className="nav-search"
            type="search"
            prefix={<Icon name="search" />}
            aria-label={t('designer.searchAll')}
            placeholder={t('designer.searchAll')}
            value={text}
            onChange={(event) => setText(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === 'Escape') setText('')
            }}
          />
        ) : null}
      </div>
      {isEditor ? (
        <Segmented<NavWay>
          className="nav-way no-phone"
          block
          size="small"
          aria-label={t('designer.navigator')}
          value={way}
          options={NAV_WAYS.map((value) => ({ value, label: t(`designer.by.${value}`) }))}
          onChange={(next) => {
            setWay(next)
            localStorage.setItem(REMEMBERED, next)
          }}
        />
      ) : null}
      <div className="nav-places">
        {!isSearching ? (
          <ul>
            {isEditor ? <Place to="/designer/begin" icon="sun" label={t('begin.title')} /> : null}
            {isEditor ? <Place to="/designer/model" icon="merge" label={t('model.title')} /> : null}
            {isEditor && !isByEntity ? <Kinds /> : null}
            {isEditor && isByEntity ? (
              <li>
                <NavEntities />
              </li>
            ) : null}
            <li className="nav-versions" />
            {looksAfterFlows ? <Place to="/designer/runs" icon="branch" label={t('runs.title')} /> : null}
            {isEditor ? <Place to="/designer/labels" icon="globe" label={t('labels.title')} /> : null}
            <Place to="/designer/requirements" icon="check" label={t('designer.requirements')} />
            {me.administration.includes('connections') ? (
              <Place to="/designer/connections" icon="link" label={t('connections.title')} />
            ) : null}
            <Place to="/designer/drafts" icon="edit" label={t('drafts.title')} />
            <Place to="/designer/versions" icon="history" label={t('designer.versions')} />
            {me.administration.includes('publish') ? (
              <Place to="/designer/templates" icon="download" label={t('templates.title')} />
            ) : null}
            {me.administration.includes('publish') && me.sandbox_of === undefined ? (
              <Place to="/designer/sandboxes" icon="cube" label={t('sandboxes.title')} />
            ) : null}
            <li>
              <a className="nav-item" href="/">
                <Icon name="back" />
                <span className="cut">{t('designer.leave')}</span>
              </a>
            </li>
          </ul>
        ) : (
          <NavFound text={text} onOpen={() => setText('')} />
        )}
      </div>
      <div className="nav-foot no-phone">
        <PersonMenu />
      </div>
    </nav>
  )
}

function Kinds() {
  const { t, i18n } = useTranslation()
  const { fates } = useStore()
  const kinds = useQuery({ queryKey: ['meta', 'kinds', i18n.language], queryFn: listKinds })
  const touched = (kind: string): number =>
    [...fates.keys()].filter((key) => addressOf(key).kind === kind).length
  if (kinds.isError) {
    return (
      <li>
        <p className="t12 bad nav-fault">{t('designer.kindsFailed')}</p>
      </li>
    )
  }
  return (kinds.data ?? []).map((item) => {
    const changes = touched(item.kind)
    return (
      <Place
        key={item.kind}
        to={kindAddress(item.kind)}
        icon={kindIcon(item.kind)}
        label={labelText(item.label, i18n.language, item.kind)}
        beside={
          changes === 0 ? (
            <span className="end t12 ink-3 num">{item.count}</span>
          ) : (
            <span className="end chip jade num" title={t('drafts.touched', { count: changes })}>
              {changes}
            </span>
          )
        }
      />
    )
  })
}

interface PlaceProps {
  readonly to: string
  readonly icon: IconName
  readonly label: string
  readonly beside?: React.ReactNode
}

function Place({ to, icon, label, beside }: PlaceProps) {
  return (
    <li>
      <NavLink className={({ isActive }) => (isActive ? 'nav-item on' : 'nav-item')} to={to}>
        <Icon name={icon} />
        <span className="cut">{label}</span>
        {beside}
      </NavLink>
    </li>
  )
}
