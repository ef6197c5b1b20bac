import type { ProblemCatalogue } from './problem.ts'

/** Faults of a single value in a record. */
export const fieldProblems = {
  FIELD_UNKNOWN: {
    status: 422,
    message: { en: 'There is no field “{name}”.', 'zh-CN': '没有名为“{name}”的字段。' },
  },
  FIELD_REQUIRED: { status: 422, message: { en: 'This field is required.', 'zh-CN': '此项必填。' } },
  FIELD_READ_ONLY: {
    status: 403,
    message: {
      en: 'This field is set by the system and cannot be written.',
      'zh-CN': '此字段由系统维护，不能写入。',
    },
  },
  FIELD_HIDDEN: {
    status: 422,
    message: {
      en: 'This field is not asked for here and cannot be changed.',
      'zh-CN': '当前条件下无需填写此字段，不能修改。',
    },
  },
  FIELD_LOCKED: {
    status: 422,
    message: {
      en: 'This field cannot be changed as the record stands.',
      'zh-CN': '记录处于当前状态时，不能修改此字段。',
    },
  },
  FIELD_OPTION_UNFIT: {
    status: 422,
    message: {
      en: 'What is chosen in “{field}” does not belong to what is chosen in “{parent}”.',
      'zh-CN': '“{field}”中所选的内容不属于“{parent}”中所选的内容。',
    },
  },
  FIELD_DENIED: {
    status: 403,
    message: {
      en: 'Your role may not change this field.',
      'zh-CN': '您的角色不能修改此字段。',
    },
  },
  FIELD_TYPE_WRONG: {
    status: 422,
    message: { en: 'Expected {expected}.', 'zh-CN': '应为{expected}。' },
  },
  FIELD_FORMAT_INVALID: {
    status: 422,
    message: { en: 'This is not a valid {format}.', 'zh-CN': '{format}格式不正确。' },
  },
  FIELD_TEXT_TOO_LONG: {
    status: 422,
    message: { en: 'At most {limit} characters.', 'zh-CN': '最多 {limit} 个字符。' },
  },
  FIELD_TEXT_TOO_SHORT: {
    status: 422,
    message: { en: 'At least {limit} characters.', 'zh-CN': '至少 {limit} 个字符。' },
  },
  FIELD_TEXT_NOT_INDEXABLE: {
    status: 422,
    message: {
      en: 'This text is too long for a value that must be unique or is kept in an index.',
      'zh-CN': '此文本过长：该字段须保持唯一或建有索引，无法保存这么长的内容。',
    },
  },
  FIELD_TEXT_INVALID: {
    status: 422,
    message: {
      en: 'This text holds a character that cannot be stored (NUL or half of a surrogate pair).',
      'zh-CN': '文本中含有无法保存的字符（NUL 或不成对的代理字符）。',
    },
  },
  FIELD_NUMBER_TOO_SMALL: {
    status: 422,
    message: { en: 'Must be at least {limit}.', 'zh-CN': '不能小于 {limit}。' },
  },
  FIELD_NUMBER_TOO_LARGE: {
    status: 422,
    message: { en: 'Must be at most {limit}.', 'zh-CN': '不能大于 {limit}。' },
  },
  FIELD_NUMBER_TOO_PRECISE: {
    status: 422,
    message: {
      en: 'At most 15 significant digits, {scale} of them after the point.',
      'zh-CN': '最多 15 位有效数字，其中小数最多 {scale} 位。',
    },
  },
  FIELD_OPTION_UNKNOWN: {
    status: 422,
    message: { en: '“{value}” is not one of the options.', 'zh-CN': '“{value}”不是可选项。' },
  },
  FIELD_LIST_TOO_LONG: {
    status: 422,
    message: { en: 'At most {limit} entries.', 'zh-CN': '最多 {limit} 项。' },
  },
  FIELD_LIST_DUPLICATE: {
    status: 422,
    message: { en: 'An entry stands here twice.', 'zh-CN': '有重复的条目。' },
  },
  FIELD_TAGS_TOO_MANY: {
    status: 422,
    message: { en: 'At most {limit} tags.', 'zh-CN': '标签最多 {limit} 个。' },
  },
  FIELD_TAGS_PICK_ONE: {
    status: 422,
    message: {
      en: 'Of the tags “{group}” a record has at most one.',
      'zh-CN': '“{group}”中的标签最多选一个。',
    },
  },
  FIELD_TAG_BY_RULE: {
    status: 422,
    message: {
      en: 'The tags {tags} are given by rules alone; nobody adds them by hand.',
      'zh-CN': '标签 {tags} 只由规则自动加上，不能手工添加。',
    },
  },
  FIELD_TAG_TOO_LONG: {
    status: 422,
    message: { en: 'A tag has at most {limit} characters.', 'zh-CN': '每个标签最多 {limit} 个字。' },
  },
  FIELD_REFERENCE_MISSING: {
    status: 422,
    message: {
      en: 'The record that this points to does not exist or is not visible to you.',
      'zh-CN': '所指的记录不存在，或您无权查看。',
    },
  },
  FIELD_LIST_TOO_SHORT: {
    status: 422,
    message: { en: 'At least {limit} entries.', 'zh-CN': '至少 {limit} 项。' },
  },
  FIELD_JSON_TOO_DEEP: {
    status: 422,
    message: { en: 'Nested more than {limit} levels deep.', 'zh-CN': '嵌套超过 {limit} 层。' },
  },
  FIELD_HTML_ELEMENT: {
    status: 422,
    message: {
      en: 'Rich text may not hold the element “{name}”.',
      'zh-CN': '富文本中不允许使用元素“{name}”。',
    },
    hint: {
      en: 'Allowed are headings, paragraphs, lists, tables, links and pictures; write < as &lt;.',
      'zh-CN': '可使用标题、段落、列表、表格、链接与图片；字符 < 请写作 &lt;。',
    },
  },
  FIELD_HTML_ATTRIBUTE: {
    status: 422,
    message: {
      en: 'Rich text may not hold this attribute “{name}” of “{element}”.',
      'zh-CN': '富文本中“{element}”的属性“{name}”不被允许。',
    },
    hint: {
      en: 'Links lead to http, https, mailto or tel; pictures are uploaded files (/api/files/…).',
      'zh-CN': '链接须为 http、https、mailto 或 tel；图片须为已上传的文件（/api/files/…）。',
    },
  },
  FIELD_VALUE_INVALID: { status: 422, message: { en: 'This value is not valid.', 'zh-CN': '此值无效。' } },
} as const satisfies ProblemCatalogue
