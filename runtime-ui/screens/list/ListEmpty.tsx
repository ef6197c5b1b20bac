import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { listRecords } from '../../api/records.ts'
import type { Entity, View } from '../../api/types.ts'
import { Button } from '../../kit/Button.tsx'
import { formatNumber } from '../../kit/format.ts'
import { Icon } from '../../kit/icons/Icon.tsx'
import { useLanguage } from '../../kit/model-context.tsx'
import { State } from '../../kit/State.tsx'
import type { ListState } from './list-state.ts'

export interface ListEmptyProps {
  readonly entity: Entity
  readonly view: View | undefined
  readonly state: ListState
  readonly onClear: () => void
}

/** Nothing to show: nothing there yet, or hidden by a search or filter, which is then named with what it hides. */
export function ListEmpty(props: ListEmptyProps) {
  const narrowed = props.state.q !== '' || props.state.filter !== undefined
  return narrowed ? <Narrowed {...props} /> : <FirstTime {...props} />
}

function FirstTime({ entity, view }: ListEmptyProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  if (view?.filter !== undefined) {
    return (
      <State joint="empty" title={t('list.emptyView', { view: view.label })} text={t('list.emptyViewText')} />
    )
  }
  return (
    <State
      joint="empty"
      title={t('list.empty', { entities: entity.plural })}
      text={entity.rights.create ? t('list.emptyText') : t('list.emptyTextReader')}
    >
      {entity.rights.create ? (
        <Button
          type="primary"
          icon={<Icon name="plus" />}
          onClick={() => void navigate(`/records/${entity.name}/new`)}
        >
          {t('act.newOf', { entity: entity.label })}
        </Button>
      ) : null}
      {entity.rights.create && entity.rights.import ? (
        <Button icon={<Icon name="upload" />} onClick={() => void navigate(`/records/${entity.name}/import`)}>
          {t('import.act')}
        </Button>
      ) : null}
    </State>
  )
}

function Narrowed({ entity, view, state, onClear }: ListEmptyProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  const without = useQuery({
    queryKey: ['records', entity.name, 'count', view?.filter ?? null, ''],
    queryFn: async () => {
      const question = { limit: 1, fields: 'id', count: 'exact' as const }
      return (
        await listRecords(
          entity.name,
          view?.filter === undefined ? question : { ...question, filter: view.filter },
        )
      ).count
    },
  })
  const byBoth = state.q !== '' && state.filter !== undefined
  const title = byBoth ? 'list.noneBoth' : state.q !== '' ? 'list.noneSearch' : 'list.noneFilter'
  const count = without.data
  return (
    <State
      joint="none"
      title={t(title, { entities: entity.plural, q: state.q })}
      text={count === undefined ? undefined : t('list.without', { number: formatNumber(count, language) })}
    >
      <Button onClick={onClear}>
        {t(state.filter === undefined ? 'list.clearSearch' : 'list.clearAll')}
      </Button>
    </State>
  )
}
