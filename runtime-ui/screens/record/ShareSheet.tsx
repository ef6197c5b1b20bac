import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { type Shares, sharesOf } from '../../api/shares.ts'
import type { Entity, RecordData } from '../../api/types.ts'
import { Avatar } from '../../kit/Avatar.tsx'
import { Icon } from '../../kit/icons/Icon.tsx'
import { LoadingRows } from '../../kit/Loading.tsx'
import { Sheet } from '../../kit/Sheet.tsx'
import { ProblemState } from '../../kit/State.tsx'
import { referenceOf } from '../../values/references.ts'
import { ShareForm } from './ShareForm.tsx'
import { ShareRow } from './ShareRow.tsx'
import './share.css'

interface ShareSheetProps {
  readonly entity: Entity
  readonly record: RecordData
  readonly open: boolean
  readonly onClose: () => void
}

/** Who has a record beyond the scope of their roles, and giving it to more people. */
export function ShareSheet({ entity, record, open, onClose }: ShareSheetProps) {
  const { t } = useTranslation()
  return (
    <Sheet open={open} title={t('share.title')} onClose={onClose} width={560}>
      <Sharing entity={entity} record={record} />
    </Sheet>
  )
}

function Sharing({ entity, record }: Pick<ShareSheetProps, 'entity' | 'record'>) {
  const { t, i18n } = useTranslation()
  const query = useQuery({
    queryKey: ['records', entity.name, 'one', record.id, 'shares', i18n.language],
    queryFn: ({ signal }) => sharesOf(entity.name, record.id, signal),
  })
  if (query.isPending) return <LoadingRows rows={4} />
  if (query.isError) {
    return <ProblemState error={query.error} title={t('share.failed')} retry={() => void query.refetch()} />
  }
  const refresh = async () => {
    await query.refetch()
  }
  return (
    <>
      <ShareForm entity={entity} id={record.id} mayEdit={query.data.may_edit} onChanged={refresh} />
      <h3 className="h3 share-heading">{t('share.who')}</h3>
      <ul className="share-list">
        <Owner record={record} />
        {query.data.data.map((share) => (
          <ShareRow
            key={share.id}
            entity={entity}
            id={record.id}
            share={share}
            mayEdit={query.data.may_edit}
            onChanged={refresh}
          />
        ))}
        <Rules rules={query.data.rules} />
      </ul>
      <p className="t13 ink-3 share-note">{t('share.roles')}</p>
    </>
  )
}

function Owner({ record }: { readonly record: RecordData }) {
  const { t } = useTranslation()
  const owner = referenceOf(record.owner)
  const name = owner?.label
  if (name === undefined || name === null) return null
  return (
    <li className="share-row">
      <Avatar name={name} person size="medium" />
      <span className="share-name cut">{name}</span>
      <span className="share-terms t13 ink-3">{t('share.owner')}</span>
    </li>
  )
}

/** What sharing definitions give: changed where definitions are. */
function Rules({ rules }: Pick<Shares, 'rules'>) {
  const { t } = useTranslation()
  return rules.map((rule) => {
    const people = (rule.with ?? []).map(({ label }) => label).join(t('share.comma'))
    const told =
      rule.through === undefined
        ? t(`share.rule.${rule.access}`, { people })
        : t(`share.through.${rule.access}`, { field: rule.through })
    return (
      <li key={rule.name} className="share-row">
        <span className="share-mark">
          <Icon name="branch" />
        </span>
        <span className="share-name">
          {rule.label}
          <span className="t12 ink-3 share-meta">
            {told}
            {rule.depends === true ? ` ${t('share.depends')}` : ''}
          </span>
        </span>
        <span className="share-terms t13 ink-3">{t('share.byRule')}</span>
      </li>
    )
  })
}
