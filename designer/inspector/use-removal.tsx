import { lazy, type ReactNode, Suspense, useState } from 'react'
import { isObject, type Json, type Path, valueAt, withValue } from '../store/json-value.ts'
import { useInspected } from './inspected.ts'

const RemoveSheet = lazy(async () => ({ default: (await import('../review/RemoveSheet.tsx')).RemoveSheet }))

/** Lists whose entries are named elsewhere. */
const NAMED_ELSEWHERE: ReadonlySet<string> = new Set([
  'entity/fields',
  'entity/options',
  'option_set/options',
])

interface Entry {
  readonly name: string
  readonly id?: string
  readonly label?: unknown
}

/**
 * Takes an entry out of a list; one that is in force and may be named elsewhere, such as a field, after it has been said what
 * names it.
 * @param path of the list
 * @param onRemoved after it is gone
 */
export function useRemoval(
  path: Path,
  onRemoved: () => void,
): { readonly remove: (at: number, title: string) => void; readonly sheet: ReactNode } {
  const { kind, name, definition, inForce, set } = useInspected()
  const [asked, setAsked] = useState<{ readonly at: number; readonly title: string; readonly item: string }>()
  const list = entriesAt(definition, path)
  const sheet =
    asked === undefined ? null : (
      <Suspense fallback={null}>
        <RemoveSheet
          gone={{
            ...{ kind, name, item: asked.item },
            others: list.filter((_one, at) => at !== asked.at),
          }}
          title={asked.title}
          within={[...path, String(asked.at)]}
          onClose={() => setAsked(undefined)}
          without={(now) => {
            const gone = list.length === 1 ? path : [...path, String(asked.at)]
            return withValue(now, gone, undefined) as Json
          }}
          onRemoved={() => {
            setAsked(undefined)
            onRemoved()
          }}
        />
      </Suspense>
    )
  return {
    sheet,
    remove(at, title) {
      const item = NAMED_ELSEWHERE.has(`${kind}/${path.at(-1)}`)
        ? itemInForce(inForce, path, list[at])
        : undefined
      if (item !== undefined) return setAsked({ at, title, item })
      set(path, list.length === 1 ? undefined : list.toSpliced(at, 1))
      onRemoved()
    },
  }
}

const entriesAt = (definition: unknown, path: Path): readonly Entry[] => {
  const list = valueAt(definition, path)
  return Array.isArray(list) ? list : []
}

/** What those who name an entry call it: `level`, `level/a`; undefined for one that is not in force. */
function itemInForce(inForce: unknown, path: Path, one: Entry | undefined): string | undefined {
  const holder = path.length > 1 ? valueAt(inForce, path.slice(0, -1)) : undefined
  const known = entriesAt(inForce, path).find(
    (entry) => entry.name === one?.name || (entry.id !== undefined && entry.id === one?.id),
  )
  if (known === undefined) return undefined
  return isObject(holder) ? `${String(holder.name)}/${known.name}` : known.name
}
