import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { textIn } from '../../metadata/text.ts'
import { listKinds } from '../api.ts'
import { wordsOf } from '../inspector/schema.ts'
import { STEP, usePlaceWords } from '../inspector/use-place-words.ts'
import { labelText } from '../places.ts'
import { faultsIn } from '../RefusedSheet.tsx'
import { stepsOf } from '../review/ProblemList.tsx'
import { valueAt } from '../store/json-value.ts'

interface ArchivePlace {
  readonly place: (pointer: string) => string
  /** The property alone that is missing there; '' where the place is what it is missing in. */
  readonly property: (pointer: string) => string
}

/** The parts of an archive besides its definitions. */
const PARTS: ReadonlySet<string> = new Set(['manifest', 'answers', 'templates', 'definitions'])

/** Properties of what no kind describes. */
const KNOWN = [
  ...(['kind', 'name', 'version', 'label', 'summary', 'requires', 'today', 'data', 'parameters'] as const),
  ...(['screenshots', 'type', 'options', 'min', 'max'] as const),
] as const

const isKnown = (step: string): step is (typeof KNOWN)[number] => (KNOWN as readonly string[]).includes(step)

/**
 * Places of a refused archive in words: which definition, by its kind and what it is called, and what of it. A
 * definition that is called nothing is told by where it stands in the file.
 * @param archive as it was sent
 */
export function useArchivePlace(archive: unknown, refusal: unknown): ArchivePlace {
  const { t, i18n } = useTranslation()
  const kinds = useQuery({ queryKey: ['meta', 'kinds', i18n.language], queryFn: listKinds })
  const at = (pointer: string): unknown => valueAt(archive, stepsOf(pointer).slice(0, 2))
  const kindAt = (pointer: string) => {
    const kind = valueAt(at(pointer), ['kind'])
    return kinds.data?.find((one) => one.kind === kind)
  }
  const mentioned = faultsIn(refusal).flatMap(({ path }) => kindAt(path)?.kind ?? [])
  const words = usePlaceWords([...new Set(mentioned)])
  // Of what is no definition of a known kind nothing says what its properties are called but these.
  const wordOf = (step: string): string =>
    isKnown(step) ? t(`archive.${step}`) : /^\d+$/.test(step) ? String(Number(step) + 1) : wordsOf(step)
  const ofPart = (part: string, rest: readonly string[]): string =>
    [PARTS.has(part) ? t(`archive.part.${part}`) : part, ...rest.map(wordOf)].join(STEP)
  const ofDefinition = (pointer: string, position: string, inside: readonly string[]): string => {
    const kind = kindAt(pointer)
    const definition = at(pointer)
    const name = valueAt(definition, ['name'])
    const nth = t('archive.nth', { number: Number(position) + 1 })
    const called = textIn(
      valueAt(definition, ['label']) as Parameters<typeof textIn>[0],
      i18n.language,
      typeof name === 'string' && name !== '' ? name : '',
    )
    const which =
      called === ''
        ? nth
        : t('archive.called', { kind: labelText(kind?.label, i18n.language, nth), name: called })
    const place = kind === undefined ? inside.map(wordOf).join(STEP) : words(kind.kind, inside, definition)
    return place === '' ? which : t('drafts.placeOf', { of: which, place })
  }
  const place = (pointer: string): string => {
    const [part, position = '', ...inside] = stepsOf(pointer)
    if (part === undefined) return ''
    return part === 'definitions' && /^\d+$/.test(position)
      ? ofDefinition(pointer, position, inside)
      : ofPart(part, stepsOf(pointer).slice(1))
  }
  const property = (pointer: string): string => {
    const [part, , ...inside] = stepsOf(pointer)
    const kind = kindAt(pointer)?.kind
    const last = stepsOf(pointer).at(-1) ?? ''
    if (part === 'manifest' && isKnown(last)) return wordOf(last)
    if (part !== 'definitions' || inside.length === 0) return ''
    const called = kind === undefined ? undefined : words(kind, inside, at(pointer)).split(STEP).at(-1)
    return called ?? wordOf(last)
  }
  return { place, property }
}
