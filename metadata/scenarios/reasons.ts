import type { SentenceLanguage } from '../rules/sentence-words.ts'
import type { LocalText } from '../rules/types.ts'
import { fieldText, type Labels } from './values-text.ts'

/** Why something may be refused, as a scenario expects it: the code of a problem in words. */
export interface Reason {
  readonly code: string
  readonly group: ReasonGroup
  readonly text: LocalText
}

/** What reasons are about, in the order in which they are offered. */
export const REASON_GROUPS = ['values', 'rights', 'process', 'records'] as const
export type ReasonGroup = (typeof REASON_GROUPS)[number]

const of = (group: ReasonGroup, words: readonly (readonly [string, string, string])[]): readonly Reason[] =>
  words.map(([code, en, zh]) => ({ code, group, text: { en, 'zh-CN': zh } }))

/**
 * The reasons that people expect of what they do. A scenario may name any other code of a problem; it is then told as it
 * is written.
 */
export const REASONS: readonly Reason[] = [
  ...of('values', [
    ['FIELD_REQUIRED', 'a required field is empty', '必填项未填'],
    ['RECORD_VALIDATION_FAILED', 'a check of this record fails', '未通过校验规则'],
    ['FIELD_FORMAT_INVALID', 'a value is not written as it must be', '格式不正确'],
    ['FIELD_OPTION_UNKNOWN', 'it is not one of the options', '不是可选项'],
    ['FIELD_OPTION_UNFIT', 'the choice does not belong to the one above it', '所选内容与上级选项不符'],
    ['FIELD_NUMBER_TOO_SMALL', 'a number is too small', '数值过小'],
    ['FIELD_NUMBER_TOO_LARGE', 'a number is too large', '数值过大'],
    ['FIELD_TEXT_TOO_SHORT', 'a text is too short', '文本过短'],
    ['FIELD_TEXT_TOO_LONG', 'a text is too long', '文本过长'],
    ['FIELD_TAGS_TOO_MANY', 'there are too many tags', '标签过多'],
    ['FIELD_TAG_TOO_LONG', 'a tag is too long', '标签过长'],
    ['FIELD_TAGS_PICK_ONE', 'only one tag of a group may be chosen', '同组标签只能选一个'],
    ['FIELD_TAG_BY_RULE', 'the tag is given by rules alone', '该标签只由规则加上'],
    ['FIELD_LIST_TOO_SHORT', 'a list has too few entries', '条目过少'],
    ['FIELD_LIST_TOO_LONG', 'a list has too many entries', '条目过多'],
    ['FIELD_REFERENCE_MISSING', 'it points to nothing that they see', '所指的记录不存在或不可见'],
    ['FIELD_VALUE_INVALID', 'a value is not valid', '取值无效'],
  ]),
  ...of('rights', [
    ['AUTH_DENIED', 'their role does not allow it', '角色无此权限'],
    ['FIELD_DENIED', 'their role may not change the field', '角色不能修改该字段'],
    ['FIELD_READ_ONLY', 'the system sets the field', '字段由系统维护'],
    ['FIELD_LOCKED', 'the field cannot be changed as the record stands', '当前状态下字段不能修改'],
    ['FIELD_HIDDEN', 'the field is not asked for here', '当前条件下无需填写该字段'],
    ['ENTITY_UNKNOWN', 'they do not see such records at all', '完全看不到此类记录'],
    ['RECORD_NOT_FOUND', 'they do not see the record', '看不到该记录'],
    ['REPORT_UNKNOWN', 'the report is not for them', '报表不对其开放'],
    ['DASHBOARD_UNKNOWN', 'the dashboard is not for them', '仪表盘不对其开放'],
  ]),
  ...of('process', [
    ['STAGE_TRANSITION_DENIED', 'the stage cannot be reached from here', '不能从当前阶段进入该阶段'],
    ['STAGE_REQUIRES', 'the stage asks for a field', '阶段要求的字段未填'],
    ['STAGE_CONDITION_UNMET', 'a condition of the stage is not met', '未满足阶段条件'],
    ['STAGE_MILESTONE_OPEN', 'a milestone is not done yet', '里程碑尚未完成'],
    ['STAGE_BACK_DENIED', 'their role may not go back to an earlier stage', '角色不能退回较早阶段'],
    ['STAGE_ENTRY_DENIED', 'their role may not enter the stage', '角色不能进入该阶段'],
    ['RECORD_LOCKED', 'an approval keeps the record locked', '审批期间记录锁定'],
    ['APPROVAL_UNKNOWN', 'no approval fits the record', '没有适用的审批'],
    ['APPROVAL_RUNNING', 'it has been submitted already', '已提交审批'],
    ['APPROVAL_NOT_RUNNING', 'no approval of it runs', '没有进行中的审批'],
    ['APPROVAL_NOT_YOUR_TURN', 'it is not their turn', '未轮到其审批'],
    ['APPROVAL_NOT_SUBMITTER', 'only who submitted it may do so', '只有提交人可以操作'],
    ['APPROVAL_NOBODY', 'nobody could decide', '没有可审批的人'],
    ['FLOW_CONDITION_UNMET', 'the condition of the button is not met', '未满足按钮的条件'],
    ['CONVERSION_DONE', 'it has been converted already', '已转化过'],
  ]),
  ...of('records', [
    ['RECORD_DUPLICATE', 'another record has this value already', '已有其他记录使用此值'],
    ['DUPLICATE_WARNED', 'there is a similar record: they are warned', '存在相似记录（提醒）'],
    ['DUPLICATE_BLOCKED', 'there is a similar record: it is blocked', '存在相似记录（禁止）'],
    ['RECORD_REFERENCED', 'other records still point to it', '仍有记录指向它'],
    ['RECORD_NOT_DELETED', 'it is not in the recycle bin', '不在回收站中'],
    ['RECORD_PARENT_DELETED', 'what it points to is in the recycle bin', '所指记录已在回收站中'],
    ['IMPORT_LOOKUP_UNKNOWN', 'a row names a record that is not there', '行中所指的记录不存在'],
    ['IMPORT_LOOKUP_AMBIGUOUS', 'a row names several records', '行中名称对应多条记录'],
  ]),
]

const BY_CODE: ReadonlyMap<string, Reason> = new Map(REASONS.map((reason) => [reason.code, reason]))

/** A reason in words, with the place that it is about; `Amount: a required field is empty`. */
export function reasonText(
  labels: Labels,
  entity: string,
  { code, path = '' }: { readonly code: string; readonly path?: string },
  language: SentenceLanguage,
): string {
  const word = BY_CODE.get(code)?.text[language] ?? code
  const place = placeText(labels, entity, path, language)
  if (place === '') return word
  return language === 'en' ? `${place}: ${word}` : `${place}：${word}`
}

/** The field that a JSON pointer into what was sent leads to, in words; '' for the whole. */
export function placeText(labels: Labels, entity: string, path: string, language: SentenceLanguage): string {
  const [name = '', ...rest] = path
    .replace(/^\/answers(?=\/)/, '')
    .split('/')
    .slice(1)
  if (name === '' || NO_FIELDS.has(name)) return ''
  const [row] = rest
  const field = fieldText(labels, entity, name, language)
  if (row === undefined || !/^\d+$/.test(row)) return field
  return language === 'en' ? `${field}, entry ${Number(row) + 1}` : `${field}第 ${Number(row) + 1} 项`
}

/** Places of what was sent that are no field of a record. */
const NO_FIELDS: ReadonlySet<string> = new Set(['click', 'by', 'body'])
