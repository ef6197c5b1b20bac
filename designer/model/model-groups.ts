import { type Text, textIn } from '../../metadata/text.ts'
import type { EntityCard, Link } from './model-graph.ts'

/** Entities that share a frame. */
export interface Group {
  /** What it is called in the language of the reader: entities whose groups are called the same belong together. */
  readonly label: string
  /** As its first entity has it, in every language. */
  readonly text: Text
  readonly names: readonly string[]
}

/** Of a node or a line that stands for a group as a whole; no entity can be called so. */
export const groupId = (label: string): string => `group:${label}`

/** What the group of an entity is called; undefined where it has none. */
export function groupOf({ definition }: EntityCard, language: string): string | undefined {
  const label = textIn(definition.group as Text | undefined, language, '').trim()
  return label === '' ? undefined : label
}

/** The groups of a model, by what they are called. */
export function groupsOf(cards: readonly EntityCard[], language: string): readonly Group[] {
  const groups = new Map<string, { readonly text: Text; readonly names: string[] }>()
  for (const card of cards) {
    const label = groupOf(card, language)
    if (label === undefined) continue
    const known = groups.get(label)
    if (known === undefined) groups.set(label, { text: card.definition.group as Text, names: [card.name] })
    else known.names.push(card.name)
  }
  const order = new Intl.Collator(language)
  return [...groups]
    .map(([label, group]) => ({ label, ...group }))
    .sort((one, other) => order.compare(one.label, other.label))
}

/** Lookups between what is shown as one: a folded group on at least one side. */
export interface Bundle {
  readonly id: string
  /** A node: an entity, or a folded group by its id. */
  readonly from: string
  readonly to: string
  readonly count: number
  readonly isNew: boolean
}

/**
 * What is left of the lookups when groups are folded: those between entities that are seen, and one line for all that go
 * the same way from or to a folded group; what stays within one is not seen.
 */
export function foldLinks(
  links: readonly Link[],
  groups: readonly Group[],
  folded: ReadonlySet<string>,
): { readonly links: readonly Link[]; readonly bundles: readonly Bundle[] } {
  const nodes = new Map(
    groups.flatMap(({ label, names }) =>
      folded.has(label) ? names.map((name) => [name, groupId(label)] as const) : [],
    ),
  )
  const seen: Link[] = []
  const bundles = new Map<string, Bundle>()
  for (const link of links) {
    const [from, to] = [nodes.get(link.from) ?? link.from, nodes.get(link.to) ?? link.to]
    if (from === link.from && to === link.to) seen.push(link)
    else if (from !== to) {
      const id = `${from} ${to}`
      const known = bundles.get(id)
      const isNew = link.isNew || known?.isNew === true
      bundles.set(id, { id, from, to, count: (known?.count ?? 0) + 1, isNew })
    }
  }
  return { links: seen, bundles: [...bundles.values()] }
}
