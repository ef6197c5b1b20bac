import { useQueries } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { textIn } from '../../metadata/text.ts'
import { type IconName, iconNamed } from '../../runtime-ui/kit/icons/paths.ts'
import { useWork } from '../../runtime-ui/kit/model-context.tsx'
import { getDefinition } from '../api.ts'
import type { LayoutField } from '../layouts/layout-context.ts'
import { type Address, definitionIn, keyOf } from '../store/draft.ts'
import type { Json } from '../store/json-value.ts'
import { useStore } from '../store/store.tsx'

type Text = Parameters<typeof textIn>[0]

/** The definition that a place leads to, or the role that looks at it. */
export function addressIn({ dashboard, report, entity, role }: Json): Address {
  if (role !== undefined) return { kind: 'role', name: String(role) }
  if (dashboard !== undefined) return { kind: 'dashboard', name: String(dashboard) }
  if (report !== undefined) return { kind: 'report', name: String(report) }
  return { kind: 'entity', name: String(entity ?? '') }
}

/** Entities that hang on others and are met there, not in a navigation. */
const HANGING: ReadonlySet<string> = new Set(['comment', 'file', 'notification'])

/** Where an app can lead, and what each place is called. */
export function useAppPlaces() {
  const { i18n } = useTranslation()
  const { model } = useWork()
  const { index, fates, draft, items } = useStore()
  const inDraft = (of: Address) => definitionIn(draft, of, items.get(keyOf(of))?.definition ?? undefined)
  const labelOf = (place: Json): string => {
    const of = addressIn(place)
    const entity = model.entities.find(({ name }) => of.kind === 'entity' && name === of.name)
    const made = inDraft(of)
    const usual = ((entity === undefined ? undefined : entity.plural) ??
      made?.plural ??
      made?.label ??
      index.get(keyOf(of))?.label) as Text
    return textIn((place.label as Text) ?? usual, i18n.language, of.name)
  }
  const viewLabel = (view: unknown): string => {
    if (typeof view !== 'string') return ''
    const of = { kind: 'view', name: view }
    return textIn((inDraft(of)?.label ?? index.get(keyOf(of))?.label) as Text, i18n.language, view)
  }
  const iconOf = (place: Json): IconName => {
    if (typeof place.icon === 'string') return iconNamed(place.icon)
    if (place.report !== undefined) return 'chart'
    if (place.dashboard !== undefined) return 'columns'
    const entity = model.entities.find(({ name }) => name === place.entity)
    return iconNamed(entity?.icon ?? String(place.entity ?? ''))
  }
  const tileOf = (place: Json): LayoutField => ({
    ...{ name: keyOf(addressIn(place)), label: labelOf(place), type: '', isRequired: false },
    ...{ icon: iconOf(place), typeWord: viewLabel(place.view) },
  })
  const namesOf = (kind: string): readonly string[] => [
    ...new Set(
      [...index.keys(), ...fates.keys()]
        .filter((key) => key.startsWith(`${kind}/`) && fates.get(key) !== 'removed')
        .map((key) => key.slice(kind.length + 1)),
    ),
  ]
  return {
    ...{ labelOf, tileOf, inDraft },
    entities: [
      ...model.entities
        .filter(({ name, rights }) => rights.read && !HANGING.has(name))
        .map(({ name }) => name),
      ...namesOf('entity').filter((name) => fates.get(`entity/${name}`) === 'new'),
    ].map((entity) => ({ entity })),
    dashboards: namesOf('dashboard').map((dashboard) => ({ dashboard })),
    reports: namesOf('report').map((report) => ({ report })),
  }
}

/** Definitions of places as the draft has them, else as they are in force; undefined until they are read. */
export function useLedTo(places: readonly Json[], inDraft: (of: Address) => Json | undefined) {
  const { index } = useStore()
  const addresses = [...new Map(places.map((place) => [keyOf(addressIn(place)), addressIn(place)])).values()]
  const read = useQueries({
    queries: addresses.map((of) => ({
      queryKey: ['meta', 'definition', of.kind, of.name, 'led'],
      queryFn: async () => (await getDefinition(of.kind, of.name)).data,
      enabled: index.has(keyOf(of)),
    })),
  })
  return (place: Json): Json | undefined => {
    const of = addressIn(place)
    const at = addresses.findIndex((one) => keyOf(one) === keyOf(of))
    return inDraft(of) ?? read[at]?.data
  }
}
