import type { ProblemCatalogue } from './problem.ts'

/** Faults of approvals. */
export const approvalProblems = {
  RECORD_LOCKED: {
    status: 409,
    message: {
      en: 'The record stays as it is until the approval {approval} ends; at {level} it waits for {people}.',
      'zh-CN': '审批{approval}结束前记录不能更改；目前在{level}，等待{people}处理。',
    },
    hint: {
      en: 'Whoever submitted it may withdraw it; whoever decides may send it back.',
      'zh-CN': '提交人可以撤回，审批人可以退回。',
    },
  },
  APPROVAL_UNKNOWN: {
    status: 404,
    message: {
      en: 'There is no approval “{name}” for these records.',
      'zh-CN': '这些记录没有名为“{name}”的审批。',
    },
  },
  APPROVAL_AMBIGUOUS: {
    status: 422,
    message: {
      en: 'Several approvals fit the record: say which one: {names}.',
      'zh-CN': '该记录符合多个审批，请指明其中之一：{names}。',
    },
  },
  APPROVAL_RUNNING: {
    status: 409,
    message: { en: 'It has been submitted already.', 'zh-CN': '该记录已提交审批。' },
  },
  APPROVAL_NOT_RUNNING: {
    status: 409,
    message: {
      en: 'No approval of this record runs: it is not submitted, or already decided.',
      'zh-CN': '该记录没有进行中的审批：尚未提交，或已有结果。',
    },
  },
  APPROVAL_NOT_YOUR_TURN: {
    status: 403,
    message: {
      en: 'It is not your turn; at {level} it waits for {people}.',
      'zh-CN': '还没有轮到您；目前在{level}，等待{people}处理。',
    },
  },
  APPROVAL_TURN_OVER: {
    status: 409,
    message: {
      en: 'This turn is over: it was decided, handed on or sent back meanwhile.',
      'zh-CN': '该待办已处理：期间已被决定、转交或退回。',
    },
  },
  APPROVAL_NOT_SUBMITTER: {
    status: 403,
    message: {
      en: 'Only whoever submitted it may withdraw it.',
      'zh-CN': '只有提交人可以撤回。',
    },
  },
  APPROVAL_NOBODY: {
    status: 422,
    message: {
      en: 'At {level} there is nobody who could decide.',
      'zh-CN': '{level}没有可以审批的人。',
    },
    hint: {
      en: 'Ask an administrator to give the role or leader, or to say in “empty” who steps in.',
      'zh-CN': '请联系管理员设置角色或上级，或在“empty”中指定代为审批的人。',
    },
  },
  APPROVAL_LEVEL_UNKNOWN: {
    status: 422,
    message: {
      en: '“{name}” is no level that this approval has passed.',
      'zh-CN': '“{name}”不是该审批已经过的层级。',
    },
  },
  APPROVAL_PERSON_UNFIT: {
    status: 422,
    message: { en: 'That person cannot decide here: {reason}.', 'zh-CN': '此人不能在此审批：{reason}。' },
  },
  APPROVAL_FILE_UNKNOWN: {
    status: 422,
    message: { en: 'The record has no such file.', 'zh-CN': '该记录没有此文件。' },
  },
  DELEGATION_UNKNOWN: {
    status: 404,
    message: { en: 'There is no such absence.', 'zh-CN': '没有此代理安排。' },
  },
  DELEGATION_INVALID: {
    status: 422,
    message: { en: 'This cannot be: {reason}.', 'zh-CN': '不能这样设置：{reason}。' },
  },
} as const satisfies ProblemCatalogue
