import { useQuery } from '@tanstack/react-query'
import { ReactFlowProvider } from '@xyflow/react'
import { useTranslation } from 'react-i18next'
import { LoadingRows } from '../../runtime-ui/kit/Loading.tsx'
import { Page } from '../../runtime-ui/kit/Page.tsx'
import { ProblemState } from '../../runtime-ui/kit/State.tsx'
import { schemaQuery } from '../inspector/use-place-words.ts'
import { DraftBar } from '../review/DraftBar.tsx'
import { useStore } from '../store/store.tsx'
import { ModelCanvas } from './ModelCanvas.tsx'
import { useEntities } from './use-entities.ts'
import './model.css'

/** All entities with the ways between them. */
export function ModelPage() {
  const { t } = useTranslation()
  const { mayEdit, isReady } = useStore()
  const { query, cards } = useEntities()
  const schema = useQuery(schemaQuery('entity'))
  const failed = query.isError ? query : schema.isError ? schema : undefined
  return (
    <Page
      title={t('model.title')}
      line
      beside={<span className="count num">{query.data === undefined ? null : cards.length}</span>}
      acts={mayEdit('entity') ? <DraftBar /> : null}
    >
      {failed !== undefined ? (
        <ProblemState
          error={failed.error}
          title={t('designer.listFailed')}
          retry={() => void failed.refetch()}
        />
      ) : query.data === undefined || schema.data === undefined || !isReady ? (
        <LoadingRows rows={8} />
      ) : (
        <ReactFlowProvider>
          <ModelCanvas cards={cards} root={schema.data} readOnly={!mayEdit('entity')} />
        </ReactFlowProvider>
      )}
    </Page>
  )
}
