import { useTranslation } from 'react-i18next'
import { durationWords, sentenceLanguage } from '../../metadata/rules/sentence-words.ts'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import type { IconName } from '../../runtime-ui/kit/icons/paths.ts'
import { useLanguage } from '../../runtime-ui/kit/model-context.tsx'
import type { DraftStage } from './stage-list.ts'
import { marksOf, type StageMark } from './stage-marks.ts'
import { useStagesPicture } from './stages-context.ts'

/** What a stage asks for and sets off, in a few words each. */
export function StageMarks({ stage, isFirst }: { readonly stage: DraftStage; readonly isFirst: boolean }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { limit } = useStagesPicture()
  const wordsOf = ({ key, count }: StageMark): string => {
    if (key === 'first') return t('stages.first')
    if (key === 'limit')
      return t('stages.has.limit', { long: durationWords(limit ?? '', sentenceLanguage(language)) })
    return t(`stages.has.${key}`, { count })
  }
  return (
    <span className="stage-marks">
      {marksOf(stage, isFirst, limit !== undefined).map((mark) => (
        <span key={mark.key} className="row stage-asks t12">
          <Icon name={ICONS[mark.key]} size="small" />
          {wordsOf(mark)}
        </span>
      ))}
    </span>
  )
}

const ICONS = {
  first: 'flag',
  requires: 'edit',
  milestones: 'check',
  todo: 'task',
  takes: 'download',
  must: 'shield',
  limit: 'clock',
  onEnter: 'bolt',
  onLeave: 'bolt',
} as const satisfies Readonly<Record<StageMark['key'], IconName>>
