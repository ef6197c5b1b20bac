import type { ProblemCatalogue } from './problem.ts'

/** Faults of an act on records. */
export const recordProblems = {
  RECORD_NOT_FOUND: {
    status: 404,
    message: {
      en: 'There is no such record, or it is not visible to you.',
      'zh-CN': '记录不存在，或您无权查看。',
    },
  },
  UNDO_UNKNOWN: {
    status: 404,
    message: {
      en: 'There is nothing of yours under this id that could be taken back; it is kept for 24 hours.',
      'zh-CN': '没有可以撤销的操作；操作仅保留 24 小时，且只能撤销自己的操作。',
    },
  },
  UNDO_DONE: {
    status: 409,
    message: { en: 'This has been taken back already.', 'zh-CN': '该操作已经撤销过。' },
  },
  UNDO_MOVED: {
    status: 409,
    message: {
      en: 'It was changed since; it stays as it is now.',
      'zh-CN': '此后已被修改，保持现状。',
    },
  },
  ENTITY_UNKNOWN: {
    status: 404,
    message: { en: 'There is no entity “{name}”.', 'zh-CN': '没有实体“{name}”。' },
  },
  RELATION_UNKNOWN: {
    status: 404,
    message: { en: 'There is no relation “{name}” here.', 'zh-CN': '此处没有关系“{name}”。' },
  },
  RECORD_BODY_INVALID: {
    status: 422,
    message: { en: 'A record is a JSON object.', 'zh-CN': '记录应为 JSON 对象。' },
  },
  RECORD_VERSION_MOVED: {
    status: 412,
    message: {
      en: 'Someone else changed this record meanwhile (it is at version {version}).',
      'zh-CN': '该记录已被他人修改（当前版本 {version}）。',
    },
  },
  RECORD_BUSY: {
    status: 409,
    message: {
      en: 'Others keep changing this record; nothing was stored. Try again.',
      'zh-CN': '该记录正被频繁修改，本次未保存，请重试。',
    },
  },
  RECORD_IF_MATCH_INVALID: {
    status: 400,
    message: { en: 'If-Match is the version in double quotes.', 'zh-CN': 'If-Match 应为带双引号的版本号。' },
  },
  RECORD_DUPLICATE: {
    status: 409,
    message: { en: 'Another record already has this value.', 'zh-CN': '已有其他记录使用此值。' },
  },
  DUPLICATE_BLOCKED: {
    status: 409,
    message: { en: '{field}: {record} has {what}.', 'zh-CN': '{field}与{record}{what}。' },
    hint: {
      en: 'Use the record that is there, or ask its owner.',
      'zh-CN': '请使用已有记录，或联系其负责人。',
    },
  },
  DUPLICATE_WARNED: {
    status: 409,
    message: { en: '{field}: {record} has {what}.', 'zh-CN': '{field}与{record}{what}。' },
    hint: {
      en: 'If it is another one after all, say so (through the API: ?duplicates=accept).',
      'zh-CN': '如确非同一条记录，可确认后再次保存（接口：?duplicates=accept）。',
    },
  },
  RECORD_REFERENCED: {
    status: 409,
    message: {
      en: 'Records of “{entity}” still point here: {count}.',
      'zh-CN': '仍有 {count} 条“{entity}”记录指向此记录。',
    },
    hint: { en: 'Delete or re-point them first.', 'zh-CN': '请先删除或改指这些记录。' },
  },
  RECORD_NOT_DELETED: {
    status: 409,
    message: { en: 'This record is not in the recycle bin.', 'zh-CN': '该记录不在回收站中。' },
  },
  HISTORY_VERSION_UNKNOWN: {
    status: 422,
    message: { en: 'This record has no version {version}.', 'zh-CN': '该记录没有版本 {version}。' },
  },
  HISTORY_NOT_KEPT: {
    status: 409,
    message: {
      en: 'What was there at version {version} is no longer kept.',
      'zh-CN': '版本 {version} 时的内容已不再保留。',
    },
  },
  RECORD_PARENT_DELETED: {
    status: 409,
    message: {
      en: 'The record that “{field}” points to is in the recycle bin.',
      'zh-CN': '“{field}”所指的记录已在回收站中。',
    },
  },
  RECORD_VALIDATION_FAILED: {
    status: 422,
    message: { en: '{message}', 'zh-CN': '{message}' },
  },
  STAGE_TRANSITION_DENIED: {
    status: 422,
    message: {
      en: 'The stage cannot go from “{from}” to “{to}”.',
      'zh-CN': '阶段不能从“{from}”变为“{to}”。',
    },
  },
  STAGE_REQUIRES: {
    status: 422,
    message: {
      en: 'The stage “{stage}” asks for “{field}”.',
      'zh-CN': '阶段“{stage}”要求填写“{field}”。',
    },
    hint: {
      en: 'Fill it together with the move, or before.',
      'zh-CN': '请在变更阶段时一并填写，或先行填写。',
    },
  },
  STAGE_CONDITION_UNMET: {
    status: 422,
    message: {
      en: 'The stage “{stage}” asks that {rule}.',
      'zh-CN': '阶段“{stage}”要求：{rule}。',
    },
  },
  STAGE_MILESTONE_OPEN: {
    status: 422,
    message: {
      en: '“{label}” of the stage “{stage}” is not done yet.',
      'zh-CN': '阶段“{stage}”的里程碑“{label}”尚未完成。',
    },
    hint: { en: 'Tick it off first.', 'zh-CN': '请先勾选完成。' },
  },
  STAGE_BACK_DENIED: {
    status: 403,
    message: {
      en: 'Your roles do not bring records back to an earlier stage.',
      'zh-CN': '您的角色不能将记录退回较早的阶段。',
    },
  },
  TRANSFER_RELATION_UNKNOWN: {
    status: 422,
    message: {
      en: '“{name}” is no relation to records that have owners.',
      'zh-CN': '“{name}”不是指向有负责人记录的关系。',
    },
  },
  TRANSFER_TOO_MANY: {
    status: 422,
    message: {
      en: 'More than {limit} records of “{name}” would pass along.',
      'zh-CN': '将随之转移的“{name}”超过 {limit} 条。',
    },
    hint: {
      en: 'Transfer the record alone, and the others in bulk.',
      'zh-CN': '请只转移此记录，其余用批量操作转移。',
    },
  },
  CONVERSION_UNKNOWN: {
    status: 404,
    message: {
      en: 'Records of this kind are not converted.',
      'zh-CN': '此类记录不能转化。',
    },
  },
  CONVERSION_DONE: {
    status: 409,
    message: {
      en: 'This record has been converted already.',
      'zh-CN': '此记录已经转化过。',
    },
    hint: { en: 'Its lane shows what it became.', 'zh-CN': '在其泳道中可查看转化结果。' },
  },
  STAGE_PIPELINE_OTHER: {
    status: 422,
    message: {
      en: 'The pipeline “{pipeline}” is not the one of this record.',
      'zh-CN': '流程“{pipeline}”不适用于此记录。',
    },
    hint: {
      en: 'Which pipeline leads a record is said by the conditions of the pipelines.',
      'zh-CN': '记录适用哪个流程，由各流程的条件决定。',
    },
  },
  STAGE_ACTIONS_ENDLESS: {
    status: 422,
    message: {
      en: 'The actions of stages lead to one another without end.',
      'zh-CN': '阶段动作之间循环触发。',
    },
    hint: { en: 'An administrator has to change them.', 'zh-CN': '请由管理员修改相关动作。' },
  },
  MILESTONE_UNKNOWN: {
    status: 422,
    message: {
      en: 'There is no milestone “{name}” here.',
      'zh-CN': '此处没有里程碑“{name}”。',
    },
  },
  STAGE_ENTRY_DENIED: {
    status: 403,
    message: {
      en: 'Your roles do not bring records into the stage “{stage}”.',
      'zh-CN': '您的角色不能将记录移入阶段“{stage}”。',
    },
    hint: {
      en: 'Someone whose role may do this has to make the move.',
      'zh-CN': '请由有此权限的人员变更阶段。',
    },
  },
  BULK_SHAPE_INVALID: {
    status: 422,
    message: { en: 'This is not a bulk request: {reason}.', 'zh-CN': '批量请求无效：{reason}。' },
  },
  BULK_TOO_MANY: {
    status: 422,
    message: { en: 'At most {limit} records a call.', 'zh-CN': '每次最多 {limit} 条记录。' },
  },
  UPSERT_KEY_INVALID: {
    status: 400,
    message: { en: '“{name}” is not a unique field.', 'zh-CN': '“{name}”不是唯一字段。' },
  },
  UPSERT_KEY_MISMATCH: {
    status: 422,
    message: {
      en: 'The record gives another value than the one by which it is looked up.',
      'zh-CN': '记录中的值与用于查找的值不一致。',
    },
  },
  IDEMPOTENCY_KEY_REUSED: {
    status: 422,
    message: {
      en: 'This Idempotency-Key was used for another request.',
      'zh-CN': '该 Idempotency-Key 已用于另一个请求。',
    },
  },
  IDEMPOTENCY_KEY_INVALID: {
    status: 400,
    message: {
      en: 'An Idempotency-Key has 1 to 200 printable characters.',
      'zh-CN': 'Idempotency-Key 应为 1 到 200 个可打印字符。',
    },
  },
  SHARE_NOT_FOUND: {
    status: 404,
    message: {
      en: 'This record has no such share, or it has ended.',
      'zh-CN': '该记录没有此共享，或共享已结束。',
    },
  },
  SHARE_EXISTS: {
    status: 409,
    message: { en: 'This record is already shared with them.', 'zh-CN': '该记录已共享给此对象。' },
    hint: { en: 'Change the share that is there.', 'zh-CN': '请修改已有的共享。' },
  },
  SHARE_HOLDER_INVALID: {
    status: 422,
    message: {
      en: 'A record is shared with one user, one team or one role: {"user": id}, {"team": id} or {"role": name}.',
      'zh-CN': '每次共享给一个用户、一个团队或一个角色：{"user": 标识}、{"team": 标识} 或 {"role": 名称}。',
    },
  },
  SHARE_USELESS: {
    status: 422,
    message: {
      en: 'None of their roles may read “{entity}” at all, so a share would give them nothing.',
      'zh-CN': '其角色均无权查看“{entity}”，共享后也无法访问。',
    },
    hint: {
      en: 'Give them a role that may read such records.',
      'zh-CN': '请先为其分配可查看此类记录的角色。',
    },
  },
  SHARE_OVER: {
    status: 422,
    message: { en: 'A share ends in the future.', 'zh-CN': '共享的结束时间应晚于现在。' },
  },
  COMMENT_MENTION_UNFIT: {
    status: 422,
    message: {
      en: 'A comment mentions people who may read the record; this is none of them.',
      'zh-CN': '评论只能提及可查看该记录的人员，此人不在其中。',
    },
    hint: {
      en: 'GET …/{id}/mentionable?q= finds them.',
      'zh-CN': '可用 GET …/{id}/mentionable?q= 查找可提及的人员。',
    },
  },
  COMMENT_FILE_UNFIT: {
    status: 422,
    message: {
      en: 'A comment holds files that its author has attached to the record and that no other comment holds; this is none of them.',
      'zh-CN': '评论只能附带作者本人已添加到该记录、且未被其他评论使用的文件，此文件不符合。',
    },
    hint: {
      en: 'POST /api/files with entity and record attaches one.',
      'zh-CN': '可用 POST /api/files（带 entity 和 record）添加文件。',
    },
  },
  FILE_TOO_LARGE: {
    status: 413,
    message: { en: 'A file has at most {limit} MB.', 'zh-CN': '文件最大 {limit} MB。' },
  },
  FILE_MISSING: { status: 422, message: { en: 'No file was sent.', 'zh-CN': '未收到文件。' } },
} as const satisfies ProblemCatalogue
