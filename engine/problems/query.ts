import type { ProblemCatalogue } from './problem.ts'

/** Faults of a question put to records: filter, sort, fields, expand, cursor. */
export const queryProblems = {
  QUERY_AUDIT_FIELD_ALONE: {
    status: 400,
    message: {
      en: 'A changed field is asked for together with its entity, both in one “and”.',
      'zh-CN': '查询被修改的字段时，须在同一个 and 中同时指定其实体。',
    },
    hint: {
      en: '{"and":[{"==":[{"var":"entity"},"account"]},{"has":[{"var":"fields"},"level"]}]}',
      'zh-CN': '{"and":[{"==":[{"var":"entity"},"account"]},{"has":[{"var":"fields"},"level"]}]}',
    },
  },
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
    message: {
      en: 'The limit is a whole number from 1 to {limit}.',
      'zh-CN': 'limit 应为 1 到 {limit} 的整数。',
    },
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
  QUERY_TIMELINE_TYPE_UNKNOWN: {
    status: 400,
    message: {
      en: 'A timeline has no entries of the type “{name}”.',
      'zh-CN': '动态中没有“{name}”类型的条目。',
    },
  },
  QUERY_TEXT_INVALID: {
    status: 400,
    message: { en: 'The search text is not valid.', 'zh-CN': '搜索文本无效。' },
  },
  QUERY_ENTITY_NOT_SEARCHED: {
    status: 400,
    message: {
      en: 'There is no entity “{name}” to search in.',
      'zh-CN': '没有可搜索的实体“{name}”。',
    },
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
    message: { en: 'This is not a valid rule.', 'zh-CN': '规则写法无效。' },
  },
  RULE_OPERATOR_UNKNOWN: {
    status: 400,
    message: { en: 'There is no operator “{name}”.', 'zh-CN': '没有运算符“{name}”。' },
  },
  RULE_FIELD_UNKNOWN: {
    status: 400,
    message: { en: 'There is no field “{name}”.', 'zh-CN': '没有名为“{name}”的字段。' },
  },
  RULE_TYPE_WRONG: {
    status: 400,
    message: {
      en: '“{operator}” does not take a value of this type.',
      'zh-CN': '“{operator}”不接受此类型的值。',
    },
  },
  RULE_RESULT_WRONG: {
    status: 400,
    message: {
      en: 'This rule gives another kind of value than is needed here.',
      'zh-CN': '规则结果的类型不符合此处要求。',
    },
  },
  RULE_ARGUMENTS_WRONG: {
    status: 400,
    message: {
      en: '“{operator}” does not take {found} arguments.',
      'zh-CN': '“{operator}”的参数个数不能是 {found}。',
    },
  },
  RULE_LITERAL_INVALID: {
    status: 400,
    message: { en: '“{value}” does not fit here.', 'zh-CN': '“{value}”不适用于此处。' },
  },
  RULE_NUMBER_TOO_PRECISE: {
    status: 400,
    message: {
      en: 'A number has at most {limit} significant digits.',
      'zh-CN': '数字最多 {limit} 位有效数字。',
    },
  },
  RULE_OPTION_UNKNOWN: {
    status: 400,
    message: { en: '“{value}” is not one of the options.', 'zh-CN': '“{value}”不是可选项。' },
  },
  RULE_PLACE_UNFIT: {
    status: 400,
    message: { en: '“{name}” cannot be used here.', 'zh-CN': '此处不能使用“{name}”。' },
  },
  RULE_TEXT_INVALID: {
    status: 400,
    message: {
      en: 'This rule cannot be read at character {at}.',
      'zh-CN': '规则在第 {at} 个字符处无法识别。',
    },
  },
  RULE_TOO_MUCH_WORK: {
    status: 400,
    message: { en: 'This rule takes too long.', 'zh-CN': '规则计算量过大。' },
  },
  RULE_TOO_DEEP: {
    status: 400,
    message: { en: 'A rule is at most {limit} levels deep.', 'zh-CN': '规则最多嵌套 {limit} 层。' },
  },
  RULE_TOO_LARGE: {
    status: 400,
    message: {
      en: 'A rule has at most {limit} parts of this kind.',
      'zh-CN': '规则中此类部分最多 {limit} 个。',
    },
  },
} as const satisfies ProblemCatalogue
