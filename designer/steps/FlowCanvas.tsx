import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { LoadingRows } from '../../runtime-ui/kit/Loading.tsx'
import { ProblemState } from '../../runtime-ui/kit/State.tsx'
import type { CanvasProps } from '../canvas/canvases.tsx'
import { schemaQuery } from '../inspector/use-place-words.ts'
import { FlowPicture } from './FlowPicture.tsx'
import './steps.css'

/** The steps of a flow as a picture, drawn by what the schema of flows says of each action. */
export function FlowCanvas(props: CanvasProps) {
  const { t } = useTranslation()
  const schema = useQuery(schemaQuery('flow'))
  if (schema.isError) {
    return (
      <ProblemState
        error={schema.error}
        title={t('designer.definitionFailed')}
        retry={() => void schema.refetch()}
      />
    )
  }
  if (schema.data === undefined) return <LoadingRows rows={8} />
  return <FlowPicture {...props} root={schema.data} />
}
