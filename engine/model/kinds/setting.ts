import { nearest } from '../../../metadata/nearest.ts'
import schema from '../../../metadata/schema/setting.schema.json' with { type: 'json' }
import { didYouMean, type LocalText, type Problem, problem } from '../../errors.ts'
import { isRecord } from '../pointer.ts'
import { colourFault, logoFault } from './brand-check.ts'
import { defineKind, type ModelContext } from './kind-spec.ts'
import { peopleReferences, peopleText } from './people.ts'
import { bundleSchema } from './schema.ts'

/** The settings that there are. */
const SETTINGS: readonly string[] = schema.allOf.map((one) => one.if.properties.name.const)

const DAYS: Readonly<Record<number, LocalText>> = {
  1: { en: 'Monday', 'zh-CN': '周一' },
  2: { en: 'Tuesday', 'zh-CN': '周二' },
  3: { en: 'Wednesday', 'zh-CN': '周三' },
  4: { en: 'Thursday', 'zh-CN': '周四' },
  5: { en: 'Friday', 'zh-CN': '周五' },
  6: { en: 'Saturday', 'zh-CN': '周六' },
  7: { en: 'Sunday', 'zh-CN': '周日' },
}

const LANGUAGES: Readonly<Record<string, LocalText>> = {
  en: { en: 'English', 'zh-CN': '英文' },
  'zh-CN': { en: 'Chinese', 'zh-CN': '中文' },
}

const FAULTS: Readonly<Record<string, (value: unknown) => LocalText | undefined>> = {
  brand_color: colourFault,
  logo: logoFault,
}

export const settingKind = defineKind({
  kind: 'setting',
  content: true,
  label: { en: 'setting', 'zh-CN': '设置' },
  schema: () => bundleSchema(schema),
  lists: [],
  references: ({ value }, context) =>
    isRecord(value)
      ? peopleReferences({ context, here: undefined, root: undefined }, value.of, '/value/of')
      : [],
  called: (name) => {
    const said = schema.allOf.find((one) => one.if.properties.name.const === name)?.then
    return said && { en: said.title, 'zh-CN': said['x-zh'].title }
  },
  check: ({ name, value }) => {
    if (!SETTINGS.includes(name)) return [unknown(name)]
    const reason = FAULTS[name]?.(value)
    return reason === undefined ? [] : [problem('META_VALUE_INVALID', '/value', { params: { reason } })]
  },
  sentence: ({ name, value }, context) => {
    if (isRecord(value)) return agreementSentence(value, context)
    if (name === 'week_start') {
      const day = DAYS[Number(value)]
      return { en: `Weeks begin on ${day?.en ?? value}.`, 'zh-CN': `每周从${day?.['zh-CN'] ?? value}开始。` }
    }
    if (name === 'brand_color')
      return { en: `The brand colour is ${value}.`, 'zh-CN': `品牌颜色为 ${value}。` }
    if (name === 'logo') return { en: 'The workspace shows its own logo.', 'zh-CN': '工作区使用自己的标志。' }
    const language = LANGUAGES[String(value)]
    return {
      en: `The workspace speaks ${language?.en ?? value}.`,
      'zh-CN': `工作区使用${language?.['zh-CN'] ?? value}。`,
    }
  },
})

function agreementSentence(
  { needs, of }: Readonly<Record<string, unknown>>,
  context: ModelContext,
): LocalText {
  return {
    en: `Publishing needs ${needs === 1 ? 'one' : needs} of these to agree: ${peopleText(context, undefined, of, 'en')}.`,
    'zh-CN': `发布须由以下人员中的 ${needs} 人同意：${peopleText(context, undefined, of, 'zh-CN')}。`,
  }
}

function unknown(name: string): Problem {
  const reason = {
    en: `there is no setting “${name}”; there are ${SETTINGS.join(', ')}`,
    'zh-CN': `没有名为“${name}”的设置；可用：${SETTINGS.join('、')}`,
  }
  const hint = didYouMean(nearest(name, SETTINGS))
  return {
    ...problem('META_VALUE_INVALID', '/name', { params: { reason } }),
    ...(hint === undefined ? {} : { hint }),
  }
}
