import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Navigate } from 'react-router'
import { LoadingRows } from '../runtime-ui/kit/Loading.tsx'
import { useWork } from '../runtime-ui/kit/model-context.tsx'
import { Page } from '../runtime-ui/kit/Page.tsx'
import { ProblemState } from '../runtime-ui/kit/State.tsx'
import { listKinds } from './api.ts'
import { kindAddress } from './places.ts'

/** The designer opens on the first kind that has definitions; an empty workspace where one begins. */
export function Start() {
  const { t, i18n } = useTranslation()
  const { me, model } = useWork()
  const kinds = useQuery({ queryKey: ['meta', 'kinds', i18n.language], queryFn: listKinds })
  if (me.definitions.length === 0) return <Navigate replace to="/designer/runs" />
  if (model.entities.every(({ builtIn }) => builtIn === true))
    return <Navigate replace to="/designer/begin" />
  const first = kinds.data?.find((item) => item.count > 0) ?? kinds.data?.[0]
  if (first !== undefined) return <Navigate replace to={kindAddress(first.kind)} />
  return (
    <Page title={t('designer.title')}>
      {kinds.isError ? (
        <ProblemState
          error={kinds.error}
          title={t('designer.kindsFailed')}
          retry={() => void kinds.refetch()}
        />
      ) : (
        <LoadingRows />
      )}
    </Page>
  )
}
