import type { ProblemCatalogue } from './problem.ts'

/** Faults of a question put to records: filter, sort, fields, expand, cursor. */
export const queryProblems = {
  QUERY_FIELD_UNKNOWN: {
    status: 400,
    message: { en: 'There is no field “{name}”.', 'zh-CN': '没有名为“{name}”的字段。' },
  },
  QUERY_FIELD_NOT_SORTABLE: {
    status: 400,
    message: { en: '“{name}” cannot be sorted by.', 'zh-CN': '不能按“{name}”排序。' },
  },
  QUERY_FIELD_NOT_GROUPABLE: {
    status: 400,
    message: { en: '“{name}” cannot be grouped by.', 'zh-CN': '不能按“{name}”分组。' },
  },
  QUERY_FIELD_NOT_EXPANDABLE: {
    status: 400,
    message: { en: '“{name}” does not lead to another record.', 'zh-CN': '“{name}”不指向其他记录。' },
  },
  QUERY_EXPAND_TOO_DEEP: {
    status: 400,
    message: { en: 'Expansion goes two levels deep.', 'zh-CN': '最多展开两级。' },
  },
  QUERY_LIMIT_INVALID: {
    status: 400,
    message: { en: 'The limit is a whole number from 1 to {limit}.', 'zh-CN': 'limit 应为 1 到 {limit} 的整数。' },
  },
  QUERY_CURSOR_INVALID: {
    status: 400,
    message: {
      en: 'This cursor does not belong to this filter and sort.',
      'zh-CN': '此游标与当前筛选或排序不符。',
    },
    hint: { en: 'Start again without “after”.', 'zh-CN': '请去掉 after 重新查询。' },
  },
  QUERY_COUNT_INVALID: {
    status: 400,
    message: { en: 'count is none, estimated or exact.', 'zh-CN': 'count 只能是 none、estimated 或 exact。' },
  },
  QUERY_TEXT_INVALID: {
    status: 400,
    message: { en: 'The search text is not valid.', 'zh-CN': '搜索文本无效。' },
  },
  QUERY_MEASURE_INVALID: {
    status: 400,
    message: { en: 'This measure is not valid: {reason}.', 'zh-CN': '度量无效：{reason}。' },
  },
  QUERY_TOO_COSTLY: {
    status: 400,
    message: {
      en: 'This query took too long and was stopped.',
      'zh-CN': '查询耗时过长，已停止。',
    },
    hint: { en: 'Narrow the filter.', 'zh-CN': '请缩小筛选范围。' },
  },
  RULE_SHAPE_INVALID: {
    status: 400,
    message: { en: 'This is not a valid rule: {reason}.', 'zh-CN': '规则无效：{reason}。' },
  },
  RULE_OPERATOR_UNKNOWN: {
    status: 400,
    message: { en: 'There is no operator “{name}”.', 'zh-CN': '没有运算符“{name}”。' },
  },
  RULE_TYPE_WRONG: {
    status: 400,
    message: { en: '“{operator}” takes {expected}, not {found}.', 'zh-CN': '“{operator}”需要{expected}，而不是{found}。' },
  },
  RULE_TOO_DEEP: {
    status: 400,
    message: { en: 'A rule is at most {limit} levels deep.', 'zh-CN': '规则最多嵌套 {limit} 层。' },
  },
  RULE_TOO_LARGE: {
    status: 400,
    message: { en: 'A rule has at most {limit} parts.', 'zh-CN': '规则最多包含 {limit} 个部分。' },
  },
} as const satisfies ProblemCatalogue
