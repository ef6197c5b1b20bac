import type { SentenceLanguage } from '../../metadata/rules/sentence-words.ts'
import { textIn } from '../../metadata/text.ts'
import type { LocalText } from '../errors.ts'
import type { NamedField } from './rule-names.ts'
import { stagePartName } from './stage-fields.ts'
import { stageQuestion } from './stage-paths.ts'

const PARTS: Readonly<Record<string, LocalText>> = {
  type: { en: 'Type', 'zh-CN': '类型' },
  probability: { en: 'Probability', 'zh-CN': '赢单概率' },
  forecast: { en: 'Forecast', 'zh-CN': '预测类别' },
}

const OPTIONS: Readonly<Record<string, Readonly<Record<string, LocalText>>>> = {
  type: {
    open: { en: 'In progress', 'zh-CN': '进行中' },
    won: { en: 'Ended with success', 'zh-CN': '成功结束' },
    lost: { en: 'Ended without success', 'zh-CN': '未成结束' },
  },
  forecast: {
    pipeline: { en: 'Pipeline', 'zh-CN': '在途' },
    best_case: { en: 'Best case', 'zh-CN': '乐观' },
    commit: { en: 'Commit', 'zh-CN': '承诺' },
    closed: { en: 'Closed', 'zh-CN': '已成交' },
    omitted: { en: 'Omitted', 'zh-CN': '不计入' },
  },
}

/**
 * What people call what rules may ask of stages without its being a field: `days_in_stage`, `is_stalled`, `stage.type`,
 * `ever_reached.won`.
 * @param fields of the entity that has the stages
 * @param before the step of the path before this one
 * @returns undefined where it is none of these
 */
export function stageName(
  fields: ReadonlyMap<string, NamedField>,
  before: string | undefined,
  step: string,
  language: SentenceLanguage,
): string | undefined {
  for (const field of fields.values()) {
    if (!field.isStage) continue
    if (step === stageQuestion(field.name, 'days_in')) {
      const label = textIn(field.label, language, field.name)
      return {
        en: `Days in ${label.charAt(0).toLowerCase()}${label.slice(1)}`,
        'zh-CN': `在当前${label}的天数`,
      }[language]
    }
    if (step === stageQuestion(field.name, 'is_stalled'))
      return { en: 'Stalled', 'zh-CN': '已停滞' }[language]
    if (before === field.name && PARTS[step] !== undefined) return PARTS[step][language]
    if (before === stagePartName(field.name, 'ever_reached'))
      return textIn(field.options?.find(({ name }) => name === step)?.label, language, step)
  }
  return undefined
}

/** An option of what stages say of themselves. */
export function stageOption(
  fields: ReadonlyMap<string, NamedField>,
  path: readonly string[],
  option: string,
  language: SentenceLanguage,
): string {
  const [before = '', part = ''] = path.slice(-2)
  const words = fields.get(before)?.isStage === true ? OPTIONS[part] : undefined
  return words?.[option]?.[language] ?? option
}
