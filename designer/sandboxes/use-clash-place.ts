import { useQueries } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { textIn } from '../../metadata/text.ts'
import { STEP, usePlaceWords } from '../inspector/use-place-words.ts'
import { faultsIn } from '../RefusedSheet.tsx'
import { inForceQuery } from '../review/in-force-query.ts'
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
  const live = paths.filter(([kind, name]) => index.has(`${kind}/${name}`))
  const words = usePlaceWords([...new Set(live.flatMap(([kind]) => kind ?? []))])
  const keys = [...new Set(live.map(([kind, name]) => `${kind}/${name}`))]
  const answers = useQueries({
    queries: keys.map((key) => inForceQuery(...(key.split('/') as [string, string]))),
  })
  return (pointer) => {
    const [kind = '', name = '', ...inside] = stepsOf(pointer)
    if (name === '') return ''
    const of = textIn(index.get(`${kind}/${name}`)?.label, i18n.language, name)
    // What is live tells what the properties are called; its entries may stand elsewhere than those of the drafts.
    const inForce = answers[keys.indexOf(`${kind}/${name}`)]?.data?.data
    const place = words(kind, inside, inForce)
      .split(STEP)
      .filter((_step, at) => !/^\d+$/.test(inside[at] ?? ''))
      .join(STEP)
    return place === '' ? of : t('drafts.placeOf', { of, place })
  }
}
