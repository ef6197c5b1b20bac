import { useTranslation } from 'react-i18next'
import { useEntity } from '../../runtime-ui/kit/model-context.tsx'
import { addressOf, definitionIn } from './draft.ts'
import { checkRule } from './rule-api.ts'
import { useStore } from './store.tsx'

/** Kinds that say what rules may name. */
const NAMING: ReadonlySet<string> = new Set(['entity', 'option_set', 'pipeline'])

/**
 * What the draft says of definitions of some kinds, as one text: what was told with it is told anew when it changes.
 * @returns undefined where it says nothing of them
 */
export function useDrafted(kinds: ReadonlySet<string>, without?: string): string | undefined {
  const { fates, draft, items } = useStore()
  const said = [...fates.keys()]
    .filter((key) => key !== without && kinds.has(addressOf(key).kind))
    .sort()
    .map((key) => [key, definitionIn(draft, addressOf(key), items.get(key)?.definition ?? undefined) ?? null])
  return said.length === 0 ? undefined : JSON.stringify(said)
}

/** How the engine reads rules about an entity, which may be the draft's own. */
export function useRuleCheck(entity: string | undefined) {
  const { i18n } = useTranslation()
  const { fates, flush } = useStore()
  const known = useEntity(entity)
  const drafted = useDrafted(NAMING)
  const isKnown = known !== undefined || (entity !== undefined && fates.get(`entity/${entity}`) === 'new')
  return {
    /** Whether the draft writes the entity otherwise: it may not be whole yet. */
    isDrafted: entity !== undefined && fates.has(`entity/${entity}`),
    /** @param rule as it is written or stored; undefined asks nothing */
    query: (rule: unknown) => ({
      queryKey: ['rules', 'told', entity, rule, i18n.language, drafted],
      // What is on its way is stored first: it is that which is looked at.
      queryFn: async ({ signal }: { readonly signal: AbortSignal }) =>
        checkRule(rule, entity!, signal, drafted === undefined ? undefined : await flush()),
      enabled: isKnown && rule !== undefined,
      staleTime: 60_000,
    }),
  }
}
