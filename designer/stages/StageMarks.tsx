import { useTranslation } from 'react-i18next'
import { durationWords, sentenceLanguage } from '../../metadata/rules/sentence-words.ts'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import type { IconName } from '../../runtime-ui/kit/icons/paths.ts'
import { useLanguage } from '../../runtime-ui/kit/model-context.tsx'
import type { DraftStage } from './stage-list.ts'
import { useStagesPicture } from './stages-context.ts'

const sizeOf = (value: unknown): number => (Array.isArray(value) ? value.length : 0)

/** What a stage asks for and sets off, in a few words each. */
export function StageMarks({ stage, isFirst }: { readonly stage: DraftStage; readonly isFirst: boolean }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { limit } = useStagesPicture()
  const counted = (['requires', 'milestones', 'todo', 'takes'] as const).flatMap((key) => {
    const count = sizeOf(stage[key])
    return count === 0 ? [] : [{ key, icon: ICONS[key], words: t(`stages.has.${key}`, { count }) }]
  })
  const stalls =
    limit === undefined || stage.type !== 'open'
      ? []
      : [
          {
            key: 'limit' as const,
            icon: ICONS.limit,
            words: t('stages.has.limit', { long: durationWords(limit, sentenceLanguage(language)) }),
          },
        ]
  const said = (['must', 'onEnter', 'onLeave'] as const).flatMap((key) =>
    stage[key] === undefined ? [] : [{ key, icon: ICONS[key], words: t(`stages.has.${key}`) }],
  )
  return (
    <span className="stage-marks">
      {isFirst ? (
        <span className="row stage-asks t12">
          <Icon name="flag" size="small" />
          {t('stages.first')}
        </span>
      ) : null}
      {[...counted, ...said, ...stalls].map(({ key, icon, words }) => (
        <span key={key} className="row stage-asks t12">
          <Icon name={icon} size="small" />
          {words}
        </span>
      ))}
    </span>
  )
}

const ICONS = {
  requires: 'edit',
  milestones: 'check',
  todo: 'task',
  takes: 'download',
  must: 'shield',
  limit: 'clock',
  onEnter: 'bolt',
  onLeave: 'bolt',
} as const satisfies Readonly<Record<string, IconName>>
