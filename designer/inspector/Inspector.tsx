import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'react-router'
import { LoadingRows } from '../../runtime-ui/kit/Loading.tsx'
import { ProblemState } from '../../runtime-ui/kit/State.tsx'
import type { Json, Path } from '../store/json-value.ts'
import { useStore } from '../store/store.tsx'
import { InspectedProvider, type Part } from './inspected.ts'
import './inspector.css'
import { Properties } from './Properties.tsx'
import { schemaQuery } from './use-place-words.ts'

interface InspectorProps {
  readonly kind: string
  readonly name: string
  readonly definition: Json
  readonly inForce: Json | undefined
  readonly set: (path: Path, to: unknown) => void
  /** Why nothing can be changed here; undefined where it can. */
  readonly readOnly: boolean
}

/** A definition, property by property, drawn from the schema of its kind. */
export function Inspector({ kind, name, definition, inForce, set, readOnly }: InspectorProps) {
  const { t } = useTranslation()
  const { problems } = useStore()
  const schema = useQuery(schemaQuery(kind))
  const { hash } = useLocation()
  const isDrawn = schema.data !== undefined
  // A problem that is pressed elsewhere leads to its place.
  useEffect(() => {
    if (!isDrawn || hash === '') return
    const path = decodeURIComponent(hash.slice(1))
    document.querySelector(`[data-path="${CSS.escape(path)}"]`)?.scrollIntoView({ block: 'center' })
  }, [hash, isDrawn])
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
  const own = `/${kind}/${name}`
  const here = problems
    .filter(({ path }) => path === own || path.startsWith(`${own}/`))
    .map((problem) => ({ ...problem, path: problem.path.slice(own.length) }))
  return (
    <InspectedProvider
      value={{
        ...{ kind, name, definition, inForce, set, readOnly },
        root: schema.data,
        problems: here,
        drawPart,
      }}
    >
      <div className="inspector">
        {here
          .filter(({ path }) => path === '')
          .map((problem) => (
            <p key={problem.code} className="field-problem t13" role="alert">
              {problem.message} {problem.hint ?? ''}
            </p>
          ))}
        <Properties path={[]} schema={schema.data} value={definition} />
      </div>
    </InspectedProvider>
  )
}

const drawPart = (part: Part) => <Properties {...part} />
