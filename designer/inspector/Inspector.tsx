import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'react-router'
import { LoadingRows } from '../../runtime-ui/kit/Loading.tsx'
import { ProblemState } from '../../runtime-ui/kit/State.tsx'
import { placeOf } from '../canvas/at-hash.ts'
import { type Json, type Path, valueAt } from '../store/json-value.ts'
import { useStore } from '../store/store.tsx'
import { focusIn } from './focus-in.ts'
import { InspectedProvider, type Part, toldOf } from './inspected.ts'
import './inspector.css'
import { Properties } from './Properties.tsx'
import { saidProblem } from './said-problem.ts'
import { schemaAt } from './schema.ts'
import { schemaQuery } from './use-place-words.ts'

export interface InspectorProps {
  readonly kind: string
  readonly name: string
  readonly definition: Json
  readonly inForce: Json | undefined
  readonly set: (path: Path, to: unknown) => void
  /** Why nothing can be changed here; undefined where it can. */
  readonly readOnly: boolean
  /** The part that is shown; the whole definition when absent. */
  readonly at?: Path
  /** Properties that a picture has beside it. */
  readonly without?: ReadonlySet<string>
  /** Properties that are shown here although nothing is said there yet. */
  readonly always?: ReadonlySet<string>
  /** The only properties that are shown, whether they say something or not. */
  readonly only?: ReadonlySet<string>
}

/** A definition or a part of it, property by property, drawn from the schema of its kind. */
export function Inspector(props: InspectorProps) {
  const { kind, name, definition, inForce, set, readOnly, at = [], without, always, only } = props
  const { t } = useTranslation()
  const { problems } = useStore()
  const schema = useQuery(schemaQuery(kind))
  const { hash, key } = useLocation()
  const root = useRef<HTMLDivElement>(null)
  const isDrawn = schema.data !== undefined
  // A problem that is pressed elsewhere leads to its place, and so does the focus.
  // biome-ignore lint/correctness/useExhaustiveDependencies: an address that is pressed again leads there again
  useEffect(() => {
    if (!isDrawn || hash === '' || root.current === null) return
    const path = placeOf(hash, definition)
    // An address of what this is only a part of leads to the whole of that.
    if (path.length < at.length) return
    const place = placeIn(root.current, path)
    place?.scrollIntoView({ block: 'center' })
    const last = path.at(-1)
    focusIn(place, last === undefined ? undefined : String(last))
  }, [hash, key, isDrawn])
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
  const here = toldOf(problems, kind, name)
  const pointer = at.map((step) => `/${step}`).join('')
  const schemaHere = schemaAt(schema.data, definition, at)
  return (
    <InspectedProvider
      value={{
        ...{ kind, name, definition, inForce, set, readOnly },
        root: schema.data,
        problems: here,
        drawPart,
      }}
    >
      <div className="inspector" ref={root}>
        {here
          .filter(({ path }) => path === pointer)
          .map((problem) => (
            <p key={problem.code} className="field-problem t13" role="alert">
              {saidProblem(problem, '', t)}
            </p>
          ))}
        {schemaHere === undefined ? null : (
          <Properties
            path={at}
            schema={schemaHere}
            value={valueAt(definition, at)}
            {...(without === undefined ? {} : { without })}
            {...(always === undefined ? {} : { always })}
            {...(only === undefined ? {} : { only })}
          />
        )}
      </div>
    </InspectedProvider>
  )
}

/** Where a path is shown, or as much of it as is. */
function placeIn(root: HTMLElement, path: Path): HTMLElement | undefined {
  for (let length = path.length; length > 0; length -= 1) {
    const at = CSS.escape(path.slice(0, length).join('/'))
    // An entry of a list has no place of its own: its first property stands for it.
    const shown = root.querySelector<HTMLElement>(`[data-path="${at}"], [data-path^="${at}/"]`)
    if (shown !== null) return shown
  }
  return undefined
}

const drawPart = (part: Part) => <Properties {...part} />
