import { useTranslation } from 'react-i18next'
import { textIn } from '../../metadata/text.ts'
import { faultWord } from '../inspector/fault-word.ts'
import type { Lane } from './step-tree.ts'

/** What a list of steps within a step is called. */
export function useLaneWord(): (lane: Lane) => string {
  const { t, i18n } = useTranslation()
  return ({ path, title }) => {
    const key = path.at(-1) ?? ''
    return path.at(-2) === 'onError' ? faultWord(t, key) : textIn(title, i18n.language, key)
  }
}
