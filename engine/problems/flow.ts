import type { ProblemCatalogue } from './problem.ts'

/** Faults of flows and their runs. */
export const flowProblems = {
  FLOW_UNKNOWN: {
    status: 404,
    message: { en: 'There is no flow “{name}”.', 'zh-CN': '没有自动流程“{name}”。' },
  },
  FLOW_RUN_UNKNOWN: {
    status: 404,
    message: { en: 'There is no such run.', 'zh-CN': '没有此次运行。' },
  },
  FLOW_RUN_STATE: {
    status: 409,
    message: {
      en: 'This run is {state}: that cannot be done to it.',
      'zh-CN': '该运行的状态为 {state}，不能执行此操作。',
    },
  },
  FLOW_RUN_OPEN: {
    status: 409,
    message: {
      en: 'A later run of this flow is under way for the same record.',
      'zh-CN': '此自动流程对同一记录已有后来的运行在进行中。',
    },
    hint: {
      en: 'Wait until it has ended, or cancel it first.',
      'zh-CN': '请等待其结束，或先取消它。',
    },
  },
  FLOW_LOOP: {
    status: 409,
    message: {
      en: 'The flow was set off by its own doing ({way}); the loop was cut here.',
      'zh-CN': '该自动流程由自身的动作再次触发（{way}），循环已在此中断。',
    },
    hint: {
      en: 'Narrow its trigger: name the fields, add a condition, or leave “flow” out of “via”.',
      'zh-CN': '请收窄触发条件：指定字段、增加条件，或在“via”中去掉 flow。',
    },
  },
  FLOW_BUSY: {
    status: 409,
    message: {
      en: 'A run of this flow is under way for this record already.',
      'zh-CN': '该记录已有此自动流程的运行正在进行。',
    },
  },
  FLOW_CONDITION_UNMET: {
    status: 409,
    message: {
      en: 'The record does not meet the condition of the flow.',
      'zh-CN': '该记录不满足自动流程的条件。',
    },
  },
  FLOW_RECORD_GONE: {
    status: 409,
    message: { en: 'The record is no longer there.', 'zh-CN': '记录已不存在。' },
  },
  FLOW_DRAFT_NEEDS_MORE: {
    status: 422,
    message: {
      en: 'The flow “{name}” needs other things of the draft, such as a new field, that are not there before the publish.',
      'zh-CN': '流程“{name}”依赖草稿中发布前尚不存在的内容，例如新字段。',
    },
    hint: {
      en: 'Publish those first, or try the draft in a sandbox.',
      'zh-CN': '请先发布这些内容，或在沙箱中试用此草稿。',
    },
  },
  DOCUMENT_UNKNOWN: {
    status: 404,
    message: {
      en: 'There is no document “{name}” about such a record.',
      'zh-CN': '没有针对此类记录的文档“{name}”。',
    },
  },
  DOCUMENT_FAILED: {
    status: 422,
    message: { en: 'The document could not be made: {why}.', 'zh-CN': '文档未能生成：{why}。' },
  },
  DOCUMENT_TOO_LONG: {
    status: 422,
    message: {
      en: 'A list of the document would have more than {limit} records.',
      'zh-CN': '文档中的一个列表超过了 {limit} 条记录。',
    },
  },
  FLOW_ENDLESS: {
    status: 409,
    message: { en: 'The run took more than {limit} steps.', 'zh-CN': '运行超过了 {limit} 步。' },
  },
} as const satisfies ProblemCatalogue
