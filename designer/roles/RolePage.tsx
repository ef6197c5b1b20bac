import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams, useSearchParams } from 'react-router'
import { textIn } from '../../metadata/text.ts'
import { listRoles, type RoleItem, type RoleTold } from '../../runtime-ui/api/rights.ts'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import { LoadingRows } from '../../runtime-ui/kit/Loading.tsx'
import { useWork } from '../../runtime-ui/kit/model-context.tsx'
import { Page } from '../../runtime-ui/kit/Page.tsx'
import { Sheet } from '../../runtime-ui/kit/Sheet.tsx'
import { ProblemState, State } from '../../runtime-ui/kit/State.tsx'
import { FieldSights } from '../../runtime-ui/screens/rights/FieldSights.tsx'
import { DraftBar } from '../review/DraftBar.tsx'
import { ProblemList } from '../review/ProblemList.tsx'
import { type Json, valueAt } from '../store/json-value.ts'
import { FieldsTable } from './FieldsTable.tsx'
import { Matrix } from './Matrix.tsx'
import { RoleMenu } from './RoleMenu.tsx'
import { RolePanel } from './RolePanel.tsx'
import { RuleDialog } from './RuleDialog.tsx'
import type { RoleShape } from './role-schema.ts'
import { useMayEditRoles, useRole, useRoleShape } from './roles-context.tsx'
import { SeeAsMenu } from './SeeAsMenu.tsx'
import { StagesTable } from './StagesTable.tsx'
import { useDrawnEntities } from './use-drawn-entity.ts'
import { useTold } from './use-told.ts'

type Text = Parameters<typeof textIn>[0]

/** One role: what it reaches, entity by entity and field by field, and what goes for all of it. */
export function RolePage() {
  const { t, i18n } = useTranslation()
  const { name = '' } = useParams()
  const mayEdit = useMayEditRoles()
  const { query, isKnown, isNew, role } = useRole(name)
  const shape = useRoleShape()
  const items = useQuery({
    queryKey: ['rights', 'roles', i18n.language],
    queryFn: ({ signal }) => listRoles(signal),
    placeholderData: keepPreviousData,
  })
  const item = items.data?.find((one) => one.name === name)
  const isEngineOwn = item?.built_in === true
  const [search] = useSearchParams()
  const firstEntity = useWork().model.entities[0]?.name
  return (
    <Page
      title={textIn(role?.label as Text, i18n.language, item?.label ?? name)}
      crumbs={[{ label: t('settings.roles'), to: '/designer/role' }]}
      backTo="/designer/role"
      backLabel={t('settings.roles')}
      line
      beside={isNew ? <span className="chip jade">{t('roles.new')}</span> : null}
      acts={
        <>
          {isNew || role === undefined ? null : (
            <SeeAsMenu role={name} item={item} entity={search.get('entity') ?? firstEntity} />
          )}
          {mayEdit ? <DraftBar /> : null}
          <RoleMenu
            name={name}
            role={role}
            isNew={isNew}
            isFixed={isEngineOwn}
            holders={item?.holders ?? 0}
          />
        </>
      }
    >
      {role === undefined || shape === undefined ? (
        <Missing
          isPending={!isKnown && query.error === null}
          error={query.error}
          retry={() => void query.refetch()}
        />
      ) : (
        <RoleBody
          key={name}
          name={name}
          role={role}
          shape={shape}
          item={item}
          readOnly={!mayEdit || isEngineOwn}
          why={isEngineOwn ? 'roles.engineOwn' : mayEdit ? undefined : 'roles.readOnly'}
        />
      )}
    </Page>
  )
}

interface MissingProps {
  readonly isPending: boolean
  readonly error: unknown
  readonly retry: () => void
}

function Missing({ isPending, error, retry }: MissingProps) {
  const { t } = useTranslation()
  if (error !== null)
    return <ProblemState error={error} title={t('designer.definitionFailed')} retry={retry} />
  if (isPending) return <LoadingRows rows={12} />
  return <State joint="empty" title={t('roles.removed')} text={t('roles.removedText')} />
}

interface RoleBodyProps {
  readonly name: string
  readonly role: Json
  readonly shape: RoleShape
  readonly item: RoleItem | undefined
  readonly readOnly: boolean
  /** Why it cannot be edited. */
  readonly why: string | undefined
}

function RoleBody({ name, role, shape, item, readOnly, why }: RoleBodyProps) {
  const { t } = useTranslation()
  const { set, inForce, changes } = useRole(name)
  const [search, setSearch] = useSearchParams()
  const [rule, setRule] = useState<{ readonly entity: string; readonly path: readonly string[] }>()
  const [who, setWho] = useState<{ readonly entity: string; readonly field: string }>()
  const told = useTold(role)
  const sound = useLastSound(told.data)
  const entities = useDrawnEntities(sound, sound !== undefined || told.isSuccess || told.isError)
  const chosen = entities.find((one) => one.name === search.get('entity')) ?? entities[0]
  const shown = sound === undefined ? undefined : { ...sound, problems: told.data?.problems ?? [] }
  const isUntold = told.data?.problems.length === 0 && told.data.entities.length === 0
  const shared = { role, told: shown, changes, readOnly, onSay: set }
  const onRule = (entity: string, path: readonly string[]): void => setRule({ entity, path })
  return (
    <div className="role">
      <div className="role-main">
        {why === undefined ? null : (
          <p className="note role-note t13">
            <Icon name="lock" />
            <span>{t(why)}</span>
          </p>
        )}
        <Faults told={told} />
        {isUntold ? (
          <p className="note role-note t13" role="status">
            <Icon name="alert" />
            <span>{t('roles.untold')}</span>
          </p>
        ) : null}
        {/* The matrix comes with its rows: before them it would be pushed about. */}
        {told.data === undefined && told.isPending ? (
          <LoadingRows rows={12} />
        ) : (
          <Matrix
            {...shared}
            columns={shape.rights}
            entities={entities}
            chosen={chosen?.name}
            onChoose={(entity) => setSearch({ entity }, { replace: true })}
            onRule={onRule}
          />
        )}
        {chosen === undefined ? null : <StagesTable {...shared} name={name} entity={chosen} />}
        {chosen === undefined ? null : (
          <FieldsTable
            {...shared}
            entity={chosen}
            onRule={onRule}
            onWho={(entity, field) => setWho({ entity, field })}
          />
        )}
      </div>
      <RolePanel
        {...shared}
        item={item}
        shape={shape}
        onRevert={(path) => set(path, valueAt(inForce, path))}
      />
      {rule === undefined ? null : (
        <RuleDialog
          entity={rule.entity}
          role={role}
          path={rule.path}
          onClose={() => setRule(undefined)}
          onSay={(said) => {
            set(rule.path, said)
            setRule(undefined)
          }}
        />
      )}
      <Sheet open={who !== undefined} title={t('rights.who')} width={760} onClose={() => setWho(undefined)}>
        {who === undefined ? null : (
          <>
            {changes.length === 0 ? null : <p className="note t13 role-note">{t('roles.inForceOnly')}</p>}
            <FieldSights entity={who.entity} field={who.field} />
          </>
        )}
      </Sheet>
    </div>
  )
}

/** While a draft has problems nothing can be said of it: what was said last stays, and its changes are shown as written. */
function useLastSound(told: RoleTold | undefined): RoleTold | undefined {
  const last = useRef<RoleTold>(undefined)
  if (told !== undefined && told.problems.length === 0 && told.entities.length > 0) last.current = told
  return last.current
}

/** What the draft gets wrong in places that the page has no cell for, or that it could not be told at all. */
function Faults({ told }: { readonly told: ReturnType<typeof useTold> }) {
  const { t } = useTranslation()
  if (told.isError) {
    return <ProblemState error={told.error} title={t('rights.failed')} retry={() => void told.refetch()} />
  }
  const problems = told.data?.problems ?? []
  if (problems.length === 0) return null
  return (
    <div className="note bad-note role-note t13" role="alert">
      <Icon name="alert" />
      <div>
        <p>{t('drafts.problems', { count: problems.length })}</p>
        <ProblemList problems={problems} />
      </div>
    </div>
  )
}
