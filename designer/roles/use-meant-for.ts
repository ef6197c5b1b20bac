import { useQueries } from '@tanstack/react-query'
import { useWork } from '../../runtime-ui/kit/model-context.tsx'
import { listWhole } from '../api.ts'
import { definitionIn, type Taken } from '../store/draft.ts'
import { isObject, type Json } from '../store/json-value.ts'
import { useStore } from '../store/store.tsx'

/** What says whom it is for. */
const KINDS = ['app', 'view', 'layout', 'report', 'dashboard'] as const

/** A definition that is for a role among others. */
interface Meant {
  readonly kind: (typeof KINDS)[number]
  readonly name: string
  readonly inForce: Json
  readonly start: Json
  readonly version: number
  readonly whom: readonly unknown[]
}

/** What is for a role by name, as the draft has it, and the act that makes it for another one too. */
export function useMeantFor(role: string | undefined) {
  const { model } = useWork()
  const { draft, act, items, mayEdit } = useStore()
  const wholes = useQueries({
    queries: KINDS.map((kind) => ({
      queryKey: ['meta', 'definitions', 'whole', kind, model.version],
      queryFn: () => listWhole(kind),
      enabled: role !== undefined,
    })),
  })
  const meant = KINDS.flatMap((kind, at) =>
    (mayEdit(kind) ? (wholes[at]?.data ?? []) : []).flatMap(({ name, definition }): readonly Meant[] => {
      const item = items.get(`${kind}/${name}`)
      const inForce = definition as Json
      const start = item === undefined ? inForce : item.definition
      const now = start == null ? undefined : definitionIn(draft, { kind, name }, start as Json)
      const whom = Array.isArray(now?.for) ? now.for : []
      if (start == null || !whom.some((one) => isOf(one, role))) return []
      const version = item?.base_version ?? model.version
      return [{ ...{ kind, name, inForce, version, whom }, start: start as Json }]
    }),
  )
  return {
    meant,
    /** Whether all that could be for it is known. */
    isKnown: role === undefined || wholes.every(({ isSuccess }) => isSuccess),
    include(other: string): void {
      const taken = meant.map(({ kind, name, inForce, start, version, whom }): Taken => {
        const also = whom.filter((one) => isOf(one, role)).map((one) => ({ ...(one as Json), role: other }))
        return {
          base: { inForce, start, version },
          step: { kind: 'set', of: { kind, name }, path: ['for'], to: [...whom, ...also] },
        }
      })
      if (taken.length > 0) act({ type: 'takeAll', taken })
    },
  }
}

const isOf = (whom: unknown, role: string | undefined): boolean => isObject(whom) && whom.role === role
