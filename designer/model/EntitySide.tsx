import { useEffect, useRef } from 'react'
import { LoadingRows } from '../../runtime-ui/kit/Loading.tsx'
import { freshName } from '../inspector/controls/fresh-name.ts'
import { Inspector } from '../inspector/Inspector.tsx'
import { useDefinition } from '../store/store.tsx'

interface EntitySideProps {
  readonly name: string
  readonly readOnly: boolean
  /** An entity to which a lookup is to be made, with what it is called. */
  readonly lookup: { readonly to: string; readonly label: unknown } | undefined
  readonly onMade: () => void
}

/** What the picture shows in its own way. */
const BESIDE: ReadonlySet<string> = new Set(['group'])

/** The properties of the selected entity. */
export function EntitySide({ name, readOnly, lookup, onMade }: EntitySideProps) {
  const { now, inForce, isKnown, set } = useDefinition({ kind: 'entity', name })
  const make = useRef((): void => undefined)
  make.current = () => {
    if (lookup === undefined) return
    const fields = Array.isArray(now?.fields) ? now.fields : []
    const label = lookup.label === undefined ? {} : { label: lookup.label }
    const field = { name: freshName(lookup.to, fields), type: 'lookup', to: lookup.to, ...label }
    set(['fields'], [...fields, field], true)
    onMade()
  }
  // It is made once it is known what the entity is: what is set before that would be set on nothing.
  const isDue = lookup !== undefined && isKnown && now !== undefined
  useEffect(() => {
    if (isDue) make.current()
  }, [isDue])
  if (now === undefined) return <LoadingRows rows={8} />
  return (
    <Inspector
      key={name}
      kind="entity"
      definition={now}
      without={BESIDE}
      {...{ name, inForce, set, readOnly }}
    />
  )
}
