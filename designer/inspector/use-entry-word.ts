import { useTranslation } from 'react-i18next'
import { textIn } from '../../metadata/text.ts'
import { isObject, type Json, type Path } from '../store/json-value.ts'
import { useStore } from '../store/store.tsx'
import { useNames } from '../store/use-names.ts'
import { entityAround, namedBy } from './references.ts'
import { type Schema, schemaAt, titleOf } from './schema.ts'
import { useReadable } from './use-readable.ts'

type Text = Parameters<typeof textIn>[0]

/** Keys by which an entry says which definition it is about, by the kind of that. */
const ABOUT: Readonly<Record<string, string>> = {
  role: 'role',
  dashboard: 'dashboard',
  report: 'report',
  view: 'view',
  flow: 'flow',
  entity: 'entity',
  record: 'entity',
}

/** An entry of a list of a definition. */
export interface EntryAsked {
  readonly kind: string
  readonly definition: Json
  readonly path: Path
  readonly one: unknown
  readonly root: Schema | undefined
}

/**
 * What entries of lists are called: by their label, by what they do, by what they are about, else by their name; undefined
 * where they say nothing of it.
 */
export function useEntryWord(): (asked: EntryAsked) => string | undefined {
  const { i18n } = useTranslation()
  const { index } = useStore()
  const { called, field } = useNames()
  const readable = useReadable()
  const kinds = new Set([...index.values()].map(({ kind }) => kind))

  const fieldWord = ({ kind, definition, path }: EntryAsked, name: string): string | undefined => {
    const entity = entityAround(kind, String(definition.name), readable(kind, definition), path)
    const label = entity === undefined ? name : field(entity, name)
    return label === name ? undefined : label
  }
  const nameWord = (asked: EntryAsked, name: string): string | undefined => {
    const by = asked.path.includes('columns') ? 'field' : namedBy(asked.path, kinds)
    if (typeof by === 'object') return called(by.kind, name)
    return by === 'sibling' || by === 'option' ? undefined : fieldWord(asked, name)
  }
  const aboutWord = (one: Json): string | undefined => {
    const key = Object.keys(ABOUT).find((each) => typeof one[each] === 'string')
    if (key !== undefined) return called(ABOUT[key]!, String(one[key]))
    return [one.team, one.user].find((word) => typeof word === 'string')
  }
  return (asked) => {
    const { one, root, definition, path } = asked
    const { language } = i18n
    if (typeof one === 'string') return nameWord(asked, one)
    if (!isObject(one)) return undefined
    const label = textIn((one.label ?? one.title) as Text, language, '')
    if (label !== '') return label
    const about = aboutWord(one)
    if (typeof one.do === 'string') {
      const done = root === undefined ? undefined : schemaAt(root, definition, path)
      const act = titleOf(done, language, one.do)
      return about === undefined ? act : `${act} · ${about}`
    }
    if (about !== undefined) return about
    if (typeof one.field === 'string') return fieldWord(asked, one.field) ?? one.field
    return typeof one.name === 'string' ? one.name : undefined
  }
}
