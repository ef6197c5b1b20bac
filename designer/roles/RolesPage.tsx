import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { textIn } from '../../metadata/text.ts'
import { listRoles } from '../../runtime-ui/api/rights.ts'
import { Button } from '../../runtime-ui/kit/Button.tsx'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import { Page } from '../../runtime-ui/kit/Page.tsx'
import { listDefinitions } from '../api.ts'
import { Listed } from '../Listed.tsx'
import { DraftBar } from '../review/DraftBar.tsx'
import { FateChip } from '../review/FateChip.tsx'
import { SearchBox } from '../SearchBox.tsx'
import type { Fate } from '../store/draft.ts'
import { definitionIn } from '../store/draft.ts'
import { useStore } from '../store/store.tsx'
import { RoleFormSheet, type RoleWish } from './RoleFormSheet.tsx'
import { useMayEditRoles, useRole, useRoleFates } from './roles-context.tsx'

interface RoleLine {
  readonly name: string
  readonly label: string
  /** Who holds it, or where that may not be told what the role says of itself. */
  readonly about: string | undefined
  readonly holders: number | undefined
  readonly administers: boolean
  readonly fate: Fate | undefined
}

/** All roles, each with how many people hold it. */
export function RolesPage() {
  const { t } = useTranslation()
  const mayEdit = useMayEditRoles()
  const [text, setText] = useState('')
  const [wish, setWish] = useState<RoleWish>()
  const { query, lines } = useLines()
  const wanted = text.trim().toLowerCase()
  const shown = lines.filter((line) => `${line.name} ${line.label}`.toLowerCase().includes(wanted))
  return (
    <Page
      title={t('settings.roles')}
      beside={<span className="count num">{query.data?.length}</span>}
      acts={
        <>
          {mayEdit ? <DraftBar /> : null}
          {mayEdit ? (
            <Button icon={<Icon name="plus" />} onClick={() => setWish({ kind: 'new' })}>
              {t('roles.role')}
            </Button>
          ) : null}
        </>
      }
    >
      <div className="list-head">
        <div className="list-tools">
          <SearchBox label={t('designer.search')} value={text} onChange={setText} />
          <a className="link t13 end" href="/who-sees">
            {t('rights.who')}
          </a>
        </div>
      </div>
      <Listed
        query={query}
        failed="designer.listFailed"
        empty={shown.length > 0 ? undefined : wanted === '' ? 'designer.none' : 'designer.noneFound'}
      >
        <ul className="definitions">
          {shown.map((line) => (
            <Line key={line.name} line={line} />
          ))}
        </ul>
      </Listed>
      <RoleFormSheet wish={wish} onClose={() => setWish(undefined)} />
    </Page>
  )
}

/** People of a role that a line names. */
const MOST_NAMES = 4

function nameList(
  names: readonly string[],
  more: number,
  t: (key: string, values?: Readonly<Record<string, unknown>>) => string,
): string {
  if (names.length === 0) return t('roles.nobody')
  const rest = more > 0 ? [t('rights.morePeople', { count: more })] : []
  return [...names, ...rest].join(t('account.comma'))
}

/** The roles in force with what the draft makes of them, new ones first. */
function useLines() {
  const { t, i18n } = useTranslation()
  const { draft, items } = useStore()
  const query = useQuery({
    queryKey: ['rights', 'roles', i18n.language],
    queryFn: ({ signal }) => listRoles(signal),
  })
  const sentences = useQuery({
    queryKey: ['meta', 'definitions', 'role', i18n.language],
    queryFn: () => listDefinitions('role'),
  })
  const fates = useRoleFates()
  const made = [...fates]
    .filter(([, fate]) => fate === 'new')
    .map(([name]): RoleLine => {
      const start = items.get(`role/${name}`)?.definition ?? undefined
      const label = definitionIn(draft, { kind: 'role', name }, start)?.label as Parameters<typeof textIn>[0]
      return {
        name,
        label: textIn(label, i18n.language, name),
        about: undefined,
        holders: undefined,
        administers: false,
        fate: 'new',
      }
    })
  const lines = (query.data ?? []).map((role): RoleLine => {
    const sentence = sentences.data?.find(({ name }) => name === role.name)?.sentence
    const names = role.people?.slice(0, MOST_NAMES).map((person) => person.name)
    const more = role.holders - (names?.length ?? 0)
    const people = names === undefined ? undefined : nameList(names, more, t)
    return {
      ...role,
      about: people ?? (sentence === undefined ? undefined : textIn(sentence, i18n.language, '')),
      fate: fates.get(role.name),
    }
  })
  return { query, lines: [...made, ...lines] }
}

function Line({ line }: { readonly line: RoleLine }) {
  const { t } = useTranslation()
  const gone = line.fate === 'removed'
  return (
    <li className={gone ? 'definition-row gone' : 'definition-row'} data-role={line.name}>
      <Icon name="shield" />
      <div className="grow">
        <div className="row">
          {gone ? (
            <s className="strong cut">{line.label}</s>
          ) : (
            <Link
              className="strong cut definition-link"
              to={`/designer/role/${encodeURIComponent(line.name)}`}
            >
              {line.label}
            </Link>
          )}
          <span className="mono ink-3 cut role-name">{line.name}</span>
          {line.administers && !gone ? <span className="chip">{t('roles.administers')}</span> : null}
          <FateChip fate={line.fate} />
        </div>
        {line.about === undefined ? null : <p className="t13 ink-2 definition-sentence">{line.about}</p>}
      </div>
      {gone ? (
        <TakeBack name={line.name} />
      ) : (
        <span className="t13 ink-2 nowrap num role-holders">
          {line.holders === undefined ? '' : t('roles.holders', { count: line.holders })}
        </span>
      )}
      <Icon name="chevron_right" size="small" />
    </li>
  )
}

/** A role that the draft removes stays after all. */
function TakeBack({ name }: { readonly name: string }) {
  const { t } = useTranslation()
  const { isKnown, restore } = useRole(name)
  return (
    <Button size="small" disabled={!isKnown} onClick={restore}>
      {t('act.undo')}
    </Button>
  )
}
