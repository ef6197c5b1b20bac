import type { Text } from '../../metadata/text.ts'
import { useTakeAll } from '../store/store.tsx'

/**
 * Puts entities into a group, or out of any, as one step.
 * @returns whether it is done; the person is told where it is not
 */
export function useRegroup() {
  const takeAll = useTakeAll()
  return (changes: readonly { readonly names: readonly string[]; readonly to: Text | undefined }[]) =>
    takeAll(
      changes.flatMap(({ names, to }) =>
        names.map((name) => ({
          of: { kind: 'entity', name },
          change: () => ({ kind: 'set' as const, path: ['group'], to }),
        })),
      ),
    )
}
