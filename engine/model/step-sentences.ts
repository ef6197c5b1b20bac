import type { LocalText } from '../errors.ts'
import type { StepKind } from './steps.ts'

/** What a sentence about a step speaks of: labels in quotes, in one language. */
export interface StepWords {
  /** The kind of the definition: “entity”, “role”. */
  readonly kind: string
  readonly definition: string
  readonly item: string
  /** The old name and the new one. */
  readonly from: string
  readonly to: string
  /** Keys that changed, or fields of a unique, as a list. */
  readonly list: string
}

type Tell = (words: StepWords) => string

/** Each step as a sentence, in English and in Chinese. */
const SENTENCES: { readonly [K in StepKind]: { readonly [L in keyof LocalText]: Tell } } = {
  addEntity: {
    en: (w) => `Add entity ${w.definition} with ${w.list}.`,
    'zh-CN': (w) => `新增实体${w.definition}，包含${w.list}。`,
  },
  reviveEntity: {
    en: (w) => `Bring entity ${w.definition} back, with the records that it had.`,
    'zh-CN': (w) => `恢复实体${w.definition}及其原有记录。`,
  },
  renameEntity: {
    en: (w) => `Rename entity “${w.from}” to “${w.to}”, wherever it is named.`,
    'zh-CN': (w) => `实体“${w.from}”改名为“${w.to}”，引用它的地方随之更新。`,
  },
  changeEntity: {
    en: (w) => `Change ${w.definition}: ${w.list}.`,
    'zh-CN': (w) => `修改${w.definition}：${w.list}。`,
  },
  retireEntity: {
    en: (w) => `Retire entity ${w.definition} and all its records; they are kept for 30 days.`,
    'zh-CN': (w) => `停用实体${w.definition}及其全部记录，数据保留 30 天。`,
  },
  addOwner: {
    en: (w) => `Give the records of ${w.definition} an owner.`,
    'zh-CN': (w) => `为${w.definition}的记录启用负责人。`,
  },
  removeOwner: {
    en: (w) => `Take the owner from the records of ${w.definition}.`,
    'zh-CN': (w) => `取消${w.definition}记录的负责人。`,
  },
  addField: {
    en: (w) => `Add field ${w.item} to ${w.definition}.`,
    'zh-CN': (w) => `在${w.definition}中新增字段${w.item}。`,
  },
  reviveField: {
    en: (w) => `Bring field ${w.item} of ${w.definition} back, with the values that it had.`,
    'zh-CN': (w) => `恢复${w.definition}的字段${w.item}及其原有数据。`,
  },
  renameField: {
    en: (w) => `Rename field “${w.from}” of ${w.definition} to “${w.to}”, wherever it is named.`,
    'zh-CN': (w) => `${w.definition}的字段“${w.from}”改名为“${w.to}”，引用它的地方随之更新。`,
  },
  changeField: {
    en: (w) => `Change field ${w.item} of ${w.definition}: ${w.list}.`,
    'zh-CN': (w) => `修改${w.definition}的字段${w.item}：${w.list}。`,
  },
  changeFieldType: {
    en: (w) => `Change the type of field ${w.item} of ${w.definition}: ${w.list}.`,
    'zh-CN': (w) => `更改${w.definition}的字段${w.item}的类型：${w.list}。`,
  },
  changeFieldTarget: {
    en: (w) => `Let field ${w.item} of ${w.definition} lead elsewhere: ${w.list}.`,
    'zh-CN': (w) => `更改${w.definition}的字段${w.item}所指的实体：${w.list}。`,
  },
  retireField: {
    en: (w) => `Retire field ${w.item} of ${w.definition}; its values are kept for 30 days.`,
    'zh-CN': (w) => `停用${w.definition}的字段${w.item}，其数据保留 30 天。`,
  },
  addUnique: {
    en: (w) => `Allow each value of ${w.list} in ${w.definition} only once.`,
    'zh-CN': (w) => `要求${w.definition}中${w.list}的值唯一。`,
  },
  dropUnique: {
    en: (w) => `Allow values of ${w.list} in ${w.definition} more than once.`,
    'zh-CN': (w) => `不再要求${w.definition}中${w.list}的值唯一。`,
  },
  addIndex: {
    en: (w) => `Index ${w.definition} by ${w.list}.`,
    'zh-CN': (w) => `为${w.definition}按${w.list}建立索引。`,
  },
  dropIndex: {
    en: (w) => `Drop the index of ${w.definition} by ${w.list}.`,
    'zh-CN': (w) => `删除${w.definition}按${w.list}的索引。`,
  },
  rebuildSearch: {
    en: (w) => `Search ${w.definition} by: ${w.list}.`,
    'zh-CN': (w) => `${w.definition}的搜索范围改为：${w.list}。`,
  },
  addOption: {
    en: (w) => `Add option ${w.item} to ${w.definition}.`,
    'zh-CN': (w) => `在${w.definition}中新增选项${w.item}。`,
  },
  renameOption: {
    en: (w) => `Rename option “${w.from}” of ${w.definition} to “${w.to}”, also in records.`,
    'zh-CN': (w) => `${w.definition}的选项“${w.from}”改名为“${w.to}”，记录中的值随之更新。`,
  },
  changeOption: {
    en: (w) => `Change option ${w.item} of ${w.definition}: ${w.list}.`,
    'zh-CN': (w) => `修改${w.definition}的选项${w.item}：${w.list}。`,
  },
  removeOption: {
    en: (w) => `Remove option ${w.item} of ${w.definition}; records that have it keep it as a bare value.`,
    'zh-CN': (w) => `删除${w.definition}的选项${w.item}；已有该值的记录仍保留原值。`,
  },
  addStage: {
    en: (w) => `Add stage ${w.item} to ${w.definition}.`,
    'zh-CN': (w) => `在${w.definition}中新增阶段${w.item}。`,
  },
  renameStage: {
    en: (w) => `Rename stage “${w.from}” of ${w.definition} to “${w.to}”, also in records.`,
    'zh-CN': (w) => `${w.definition}的阶段“${w.from}”改名为“${w.to}”，记录中的值随之更新。`,
  },
  changeStage: {
    en: (w) => `Change stage ${w.item} of ${w.definition}: ${w.list}.`,
    'zh-CN': (w) => `修改${w.definition}的阶段${w.item}：${w.list}。`,
  },
  replaceStage: {
    en: (w) => `Remove stage ${w.item} of ${w.definition}; records in it move to “${w.to}”.`,
    'zh-CN': (w) => `删除${w.definition}的阶段${w.item}；处于该阶段的记录移入“${w.to}”。`,
  },
  removeStage: {
    en: (w) =>
      `Remove stage ${w.item} of ${w.definition}; records in it stay there without a stage of the pipeline, unless another one takes them (takes).`,
    'zh-CN': (w) =>
      `删除${w.definition}的阶段${w.item}；处于该阶段的记录保留原值，但不再属于流程中的任何阶段，除非由其他阶段接收（takes）。`,
  },
  addDefinition: {
    en: (w) => `Add ${w.kind} ${w.definition}.`,
    'zh-CN': (w) => `新增${w.kind}${w.definition}。`,
  },
  renameDefinition: {
    en: (w) => `Rename ${w.kind} “${w.from}” to “${w.to}”, wherever it is named.`,
    'zh-CN': (w) => `${w.kind}“${w.from}”改名为“${w.to}”，引用它的地方随之更新。`,
  },
  changeDefinition: {
    en: (w) => `Change ${w.kind} ${w.definition}: ${w.list}.`,
    'zh-CN': (w) => `修改${w.kind}${w.definition}：${w.list}。`,
  },
  removeDefinition: {
    en: (w) => `Remove ${w.kind} ${w.definition}.`,
    'zh-CN': (w) => `删除${w.kind}${w.definition}。`,
  },
  saveContent: {
    en: (w) => `Save ${w.kind} ${w.definition}.`,
    'zh-CN': (w) => `保存${w.kind}${w.definition}。`,
  },
  removeContent: {
    en: (w) => `Remove ${w.kind} ${w.definition}.`,
    'zh-CN': (w) => `删除${w.kind}${w.definition}。`,
  },
}

/** The sentence of a step, its words given per language. */
export function stepSentence(
  kind: StepKind,
  words: { readonly [L in keyof LocalText]: StepWords },
): LocalText {
  return { en: SENTENCES[kind].en(words.en), 'zh-CN': SENTENCES[kind]['zh-CN'](words['zh-CN']) }
}
