import { useTranslation } from 'react-i18next'
import { textIn } from '../../metadata/text.ts'
import { STEP, usePlaceWords } from '../inspector/use-place-words.ts'
import { faultsIn } from '../RefusedSheet.tsx'
import { stepsOf } from '../review/ProblemList.tsx'
import { useStore } from '../store/store.tsx'

/**
 * The place of what was refused of a sandbox, in words. Entries of lists are left out: the live workspace does not have
 * the drafts, and the problem itself says which entry it is about.
 */
export function useClashPlace(refusal: unknown): (pointer: string) => string {
  const { t, i18n } = useTranslation()
  const { index } = useStore()
  const paths = faultsIn(refusal).map(({ path }) => stepsOf(path))
  const kinds: ReadonlySet<string> = new Set([...index.values()].map(({ kind }) => kind))
  const words = usePlaceWords(
    [...new Set(paths.flatMap(([kind]) => kind ?? []))].filter((kind) => kinds.has(kind)),
  )
  return (pointer) => {
    const [kind = '', name = '', ...inside] = stepsOf(pointer)
    if (name === '') return ''
    const of = textIn(index.get(`${kind}/${name}`)?.label, i18n.language, name)
    const place = words(kind, inside)
      .split(STEP)
      .filter((step) => !/^\d+$/.test(step))
      .join(STEP)
    return place === '' ? of : t('drafts.placeOf', { of, place })
  }
}
