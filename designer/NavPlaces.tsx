import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { NavLink } from 'react-router'
import { Icon } from '../runtime-ui/kit/icons/Icon.tsx'
import type { IconName } from '../runtime-ui/kit/icons/paths.ts'
import { useWork } from '../runtime-ui/kit/model-context.tsx'
import { type KindItem, listKinds } from './api.ts'
import { kindAddress, kindIcon, labelText } from './places.ts'
import { addressOf } from './store/draft.ts'
import { useStore } from './store/store.tsx'

/** A page of the designer that is no kind of definition. */
export interface OtherPlace {
  readonly to: string
  readonly icon: IconName
  readonly label: string
}

export const useKinds = () => {
  const { i18n } = useTranslation()
  return useQuery({ queryKey: ['meta', 'kinds', i18n.language], queryFn: listKinds })
}

/** Where one begins, before the kinds. */
export function useFirstPlaces(): readonly OtherPlace[] {
  const { t } = useTranslation()
  const { me } = useWork()
  if (me.definitions.length === 0) return []
  return [
    { to: '/designer/begin', icon: 'sun', label: t('begin.title') },
    { to: '/designer/model', icon: 'merge', label: t('model.title') },
  ]
}

/** What is looked after besides the kinds, as far as the person may. */
export function useOtherPlaces(): readonly OtherPlace[] {
  const { t } = useTranslation()
  const { me } = useWork()
  const may = (right: (typeof me.administration)[number]): boolean => me.administration.includes(right)
  const places: readonly (OtherPlace | false)[] = [
    may('flows') && { to: '/designer/runs', icon: 'branch', label: t('runs.title') },
    me.definitions.length > 0 && { to: '/designer/labels', icon: 'globe', label: t('labels.title') },
    { to: '/designer/requirements', icon: 'check', label: t('designer.requirements') },
    may('connections') && { to: '/designer/connections', icon: 'link', label: t('connections.title') },
    { to: '/designer/drafts', icon: 'edit', label: t('drafts.title') },
    { to: '/designer/versions', icon: 'history', label: t('designer.versions') },
    may('publish') && { to: '/designer/templates', icon: 'download', label: t('templates.title') },
    may('publish') &&
      me.sandbox_of === undefined && { to: '/designer/sandboxes', icon: 'cube', label: t('sandboxes.title') },
  ]
  return places.filter((place) => place !== false)
}

/** Kinds of definitions, each with how many there are, or how many of them the draft changes. */
export function Kinds({ kinds }: { readonly kinds: readonly KindItem[] }) {
  const { t, i18n } = useTranslation()
  const { fates } = useStore()
  const touched = (kind: string): number =>
    [...fates.keys()].filter((key) => addressOf(key).kind === kind).length
  return kinds.map((item) => {
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

export function Place({ to, icon, label, beside }: OtherPlace & { readonly beside?: ReactNode }) {
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

/** Out of the designer, to where the work is done. */
export function LeavePlace() {
  const { t } = useTranslation()
  return (
    <li>
      <a className="nav-item" href="/">
        <Icon name="back" />
        <span className="cut">{t('designer.leave')}</span>
      </a>
    </li>
  )
}
