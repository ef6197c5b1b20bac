import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { getRecord } from '../../api/records.ts'
import type { Entity } from '../../api/types.ts'
import { LoadingRows } from '../../kit/Loading.tsx'
import { useEntity } from '../../kit/model-context.tsx'
import { Page } from '../../kit/Page.tsx'
import { ProblemState } from '../../kit/State.tsx'
import { expandAll } from '../../values/references.ts'
import { NotFound } from '../NotFound.tsx'
import { RecordPage } from './RecordPage.tsx'

/** One record: what it is, what happened to it, what belongs to it. */
export function RecordScreen() {
  const { entity: name, id } = useParams()
  const entity = useEntity(name)
  if (entity === undefined || id === undefined || !entity.rights.read) return <NotFound />
  return <Loaded key={id} entity={entity} id={id} />
}

function Loaded({ entity, id }: { readonly entity: Entity; readonly id: string }) {
  const { t, i18n } = useTranslation()
  const query = useQuery({
    queryKey: ['records', entity.name, 'one', id, 'page', i18n.language],
    queryFn: ({ signal }) => getRecord(entity.name, id, expandAll(entity), signal),
    placeholderData: (previous) => previous,
  })
  if (query.data !== undefined) return <RecordPage entity={entity} record={query.data} />
  return (
    <Page
      title={entity.label}
      crumbs={[{ label: entity.plural, to: `/records/${entity.name}` }]}
      backTo={`/records/${entity.name}`}
      backLabel={entity.plural}
    >
      {query.isError ? (
        <ProblemState error={query.error} title={t('record.failed')} retry={() => void query.refetch()} />
      ) : (
        <LoadingRows />
      )}
    </Page>
  )
}
