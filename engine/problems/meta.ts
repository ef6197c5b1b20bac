import type { ProblemCatalogue } from './problem.ts'

/** Faults of definitions, changesets and their publication. */
export const metaProblems = {
  META_KIND_UNKNOWN: {
    status: 404,
    message: { en: 'There is no kind “{name}”.', 'zh-CN': '没有定义种类“{name}”。' },
  },
  META_KIND_NOT_CONTENT: {
    status: 422,
    message: {
      en: 'Definitions of kind “{name}” come into force by a changeset that is published.',
      'zh-CN': '“{name}”类定义须通过变更集发布后生效。',
    },
  },
  META_DEFINITION_UNKNOWN: {
    status: 404,
    message: { en: 'There is no {kind} “{name}”.', 'zh-CN': '没有{kind}“{name}”。' },
  },
  META_CHANGESET_UNKNOWN: {
    status: 404,
    message: { en: 'There is no such changeset.', 'zh-CN': '没有此变更集。' },
  },
  META_JOB_UNKNOWN: { status: 404, message: { en: 'There is no such job.', 'zh-CN': '没有此任务。' } },
  META_VERSION_UNKNOWN: {
    status: 404,
    message: { en: 'There is no version {version}.', 'zh-CN': '没有版本 {version}。' },
  },
  META_CHANGESET_CLOSED: {
    status: 409,
    message: { en: 'This changeset is already published.', 'zh-CN': '此变更集已发布。' },
  },
  META_BASE_MOVED: {
    status: 409,
    message: {
      en: 'Version {version} was published meanwhile; this changeset stands on version {base}.',
      'zh-CN': '其间已发布版本 {version}，而此变更集基于版本 {base}。',
    },
    hint: { en: 'Plan again on the new version.', 'zh-CN': '请基于新版本重新生成计划。' },
  },
  META_DRAFT_MOVED: {
    status: 409,
    message: {
      en: 'This was changed in another window meanwhile, to {value}.',
      'zh-CN': '其间已在另一窗口中改为{value}。',
    },
    hint: { en: 'Say whose value stands.', 'zh-CN': '请选择保留哪一方的值。' },
  },
  META_PLAN_MOVED: {
    status: 409,
    message: {
      en: 'The plan is no longer the one that you confirmed.',
      'zh-CN': '计划已不是您确认的那一份。',
    },
    hint: { en: 'Plan again and look at the steps.', 'zh-CN': '请重新生成计划并查看步骤。' },
  },
  META_CHANGESET_PUBLISHING: {
    status: 409,
    message: {
      en: 'This changeset is being published and cannot be changed now.',
      'zh-CN': '此变更集正在发布，暂时不能修改。',
    },
  },
  META_CONFIRMATION_MISSING: {
    status: 422,
    message: {
      en: 'Steps marked ! lose something; nothing was published.',
      'zh-CN': '标有 ! 的步骤会丢失内容，未发布任何更改。',
    },
    hint: { en: 'Publish with --yes to confirm them.', 'zh-CN': '确认后请加 --yes 重新发布。' },
  },
  META_PLAN_BLOCKED: {
    status: 422,
    message: { en: 'A step of the plan is blocked: {reason}', 'zh-CN': '计划中有被阻止的步骤：{reason}' },
  },
  META_KEY_UNKNOWN: {
    status: 422,
    message: { en: 'There is no key “{name}” here.', 'zh-CN': '此处没有键“{name}”。' },
  },
  META_KEY_MISSING: { status: 422, message: { en: '“{name}” is missing.', 'zh-CN': '缺少“{name}”。' } },
  META_VALUE_INVALID: {
    status: 422,
    message: { en: 'This value is not valid: {reason}.', 'zh-CN': '值无效：{reason}。' },
  },
  META_NAME_INVALID: {
    status: 422,
    message: {
      en: '“{name}” is not a name: lower-case letters, digits and underscores, a letter first, 1 to 40 characters.',
      'zh-CN': '“{name}”不是合法名称：小写字母、数字和下划线，字母开头，1 到 40 个字符。',
    },
  },
  META_NAME_RESERVED: {
    status: 422,
    message: {
      en: '“{name}” is a name that the engine keeps for itself.',
      'zh-CN': '“{name}”是系统保留名称。',
    },
  },
  META_NAME_MISMATCH: {
    status: 422,
    message: {
      en: 'The definition says “{name}”, its address says “{expected}”.',
      'zh-CN': '定义内写的是“{name}”，地址写的是“{expected}”。',
    },
  },
  META_NAME_DUPLICATE: {
    status: 422,
    message: { en: '“{name}” stands here twice.', 'zh-CN': '“{name}”重复出现。' },
  },
  META_ID_DUPLICATE: {
    status: 422,
    message: { en: 'The id {id} belongs to two items.', 'zh-CN': '标识 {id} 被两个条目使用。' },
  },
  META_WAS_UNKNOWN: {
    status: 422,
    message: { en: '“was” names “{name}”, which does not exist.', 'zh-CN': 'was 所指的“{name}”不存在。' },
  },
  META_REFERENCE_UNKNOWN: {
    status: 422,
    message: { en: 'There is no {kind} “{name}”.', 'zh-CN': '没有{kind}“{name}”。' },
  },
  META_FIELD_TYPE_UNKNOWN: {
    status: 422,
    message: { en: 'There is no field type “{name}”.', 'zh-CN': '没有字段类型“{name}”。' },
  },
  META_FIELD_NOT_UNIQUE_ABLE: {
    status: 422,
    message: {
      en: 'A field of type “{type}” cannot be unique.',
      'zh-CN': '“{type}”类型的字段不能设为唯一。',
    },
  },
  META_FIELD_NOT_SEARCHABLE: {
    status: 422,
    message: {
      en: 'A field of type “{type}” cannot be searched.',
      'zh-CN': '“{type}”类型的字段不能用于搜索。',
    },
  },
  META_FIELD_NOT_INDEXABLE: {
    status: 422,
    message: { en: 'A field of type “{type}” cannot be indexed.', 'zh-CN': '“{type}”类型的字段不能建索引。' },
  },
  META_DEFAULT_INVALID: {
    status: 422,
    message: { en: 'The default is not a valid value of the field.', 'zh-CN': '默认值不是该字段的合法值。' },
  },
  META_SYSTEM_PROTECTED: {
    status: 422,
    message: {
      en: '“{name}” belongs to the engine and cannot be changed.',
      'zh-CN': '“{name}”属于系统，不能修改。',
    },
    hint: {
      en: 'Leave what the engine brings as it is; fields of your own may be added to its entities.',
      'zh-CN': '系统自带的内容请保持原样；可以在系统实体中添加您自己的字段。',
    },
  },
  META_TOO_DEEP: {
    status: 422,
    message: { en: 'This is nested deeper than {limit} levels.', 'zh-CN': '嵌套超过 {limit} 层。' },
  },
  META_ID_ELSEWHERE: {
    status: 422,
    message: {
      en: 'The id {id} already belongs to {other}; an item keeps its place.',
      'zh-CN': '标识 {id} 已属于 {other}，条目不能换到别处。',
    },
    hint: { en: 'Leave the id out: a new one is given.', 'zh-CN': '请去掉 id，系统会分配新的标识。' },
  },
  META_RELATION_UNKNOWN: {
    status: 422,
    message: { en: '“{entity}” has no relation “{name}”.', 'zh-CN': '“{entity}”没有关系“{name}”。' },
  },
  META_PIPELINE_MISSING: {
    status: 422,
    message: { en: 'The field “{name}” needs a pipeline.', 'zh-CN': '字段“{name}”需要一个流程。' },
  },
  META_PIPELINE_SECOND: {
    status: 422,
    message: {
      en: 'The field “{field}” already has the pipeline “{name}”.',
      'zh-CN': '字段“{field}”已有流程“{name}”。',
    },
    hint: {
      en: 'Say in “when” which records this one leads.',
      'zh-CN': '请用“when”写明本流程适用于哪些记录。',
    },
  },
  META_SHARING_CYCLE: {
    status: 422,
    message: {
      en: 'Sharing through parents goes round in a circle: {way}.',
      'zh-CN': '随上级记录共享形成了循环：{way}。',
    },
    hint: { en: 'Take one of these definitions out.', 'zh-CN': '请去掉其中一个定义。' },
  },
  META_STEP_UNREACHABLE: {
    status: 422,
    message: {
      en: 'The step “{name}” stands behind the end of the flow and is never taken.',
      'zh-CN': '步骤“{name}”位于自动流程结束之后，永远不会执行。',
    },
  },
  META_ACTION_UNKNOWN: {
    status: 422,
    message: { en: 'There is no step “{name}”.', 'zh-CN': '没有步骤类型“{name}”。' },
  },
  META_STAGE_UNREACHABLE: {
    status: 422,
    message: {
      en: 'No way leads from the first stage to “{name}”.',
      'zh-CN': '从第一个阶段无法到达“{name}”。',
    },
    hint: { en: 'Add it to the “next” of another stage.', 'zh-CN': '请将它加入其他阶段的“后续阶段”。' },
  },
  META_INVERSE_TAKEN: {
    status: 422,
    message: {
      en: '“{target}” already has something called “{name}” ({other}).',
      'zh-CN': '“{target}”中已有名为“{name}”的字段或关系（{other}）。',
    },
    hint: {
      en: 'Give the way back another name with “inverse”.',
      'zh-CN': '请用 inverse 为反向关系另取名称。',
    },
  },
  META_TITLE_UNREADABLE: {
    status: 422,
    message: {
      en: '“{name}” cannot be the title: a field of type “{type}” is no text that names a record.',
      'zh-CN': '“{name}”不能作为标题：“{type}”类型的字段不能用来称呼记录。',
    },
  },
  META_COMPUTED_REVEALS: {
    status: 422,
    message: {
      en: 'The role “{role}” sees “{field}”, but not “{input}”, of which it is made.',
      'zh-CN': '角色“{role}”能看到“{field}”，却看不到计算它所用的“{input}”。',
    },
    hint: {
      en: 'This is a warning: hide the field from the role if the value tells too much.',
      'zh-CN': '此为提醒：如果该值透露过多，请对该角色隐藏此字段。',
    },
  },
  META_APPROVER_BLIND: {
    status: 422,
    message: {
      en: 'Who is “{role}” may not read “{entity}”, so by that role nobody decides at the level “{level}”.',
      'zh-CN': '角色“{role}”无权查看“{entity}”，级别“{level}”按此角色将没有人可以审批。',
    },
    hint: {
      en: 'This is a warning: choose somebody else, or let the role read these records.',
      'zh-CN': '此为提醒：请另选审批人，或让该角色可以查看这些记录。',
    },
  },
  META_FIELD_UNPLACED: {
    status: 422,
    message: {
      en: 'The new field “{field}” is on no form of “{entity}”.',
      'zh-CN': '新字段“{field}”不在“{entity}”的任何表单上。',
    },
    hint: {
      en: 'This is a warning: its forms list their fields by hand, so nobody is asked for it.',
      'zh-CN': '此为提醒：这些表单手工列出字段，因此没有人会填写它。',
    },
  },
  META_FORMULA_CIRCLE: {
    status: 422,
    message: {
      en: 'The value would depend on itself: {way}.',
      'zh-CN': '该值将依赖其自身：{way}。',
    },
  },
  META_SCENARIO_NAME_UNKNOWN: {
    status: 422,
    message: {
      en: 'Nothing in the scenario is called “{name}” by then.',
      'zh-CN': '场景中此时还没有名为“{name}”的人员或记录。',
    },
  },
  META_SCENARIO_WAIT_BUSY: {
    status: 422,
    message: {
      en: 'More than {most} things fall due in this time, too many to pass through in one wait.',
      'zh-CN': '这段时间内到期的事项超过 {most} 件，无法在一次等待中全部经过。',
    },
    hint: {
      en: 'Wait for a shorter time, or look at what falls due again and again.',
      'zh-CN': '请缩短等待时间，或检查反复到期的事项。',
    },
  },
  META_SCENARIO_UNKNOWN: {
    status: 404,
    message: { en: 'There is no scenario “{name}”.', 'zh-CN': '没有场景“{name}”。' },
  },
  META_SCENARIO_FAILED: {
    status: 422,
    message: {
      en: 'The scenario “{label}” fails: {found}',
      'zh-CN': '场景“{label}”未通过：{found}',
    },
    hint: {
      en: 'Mend the definitions or the scenario; or publish all the same with a reason, which is kept.',
      'zh-CN': '请修正定义或场景；也可说明理由后仍然发布，理由会被保留。',
    },
  },
  META_CONTROL_NOT_SAVED: {
    status: 409,
    message: {
      en: 'Who must agree to a publish is changed in a draft that is published, not by saving.',
      'zh-CN': '“谁须同意发布”只能在草稿中修改并发布，不能直接保存。',
    },
    hint: {
      en: 'Put the setting into a draft: those who must agree now agree to the change as well.',
      'zh-CN': '请把该设置放入草稿；目前须同意的人也要同意这次修改。',
    },
  },
  META_AGREEMENT_MISSING: {
    status: 409,
    message: {
      en: 'Too few people agree to this plan: {have} of the {needs} that are needed.',
      'zh-CN': '同意此计划的人数不足：需要 {needs} 人，目前 {have} 人。',
    },
    hint: {
      en: 'Ask those who are named to agree. Your own word does not count where others are named, nor what was said of an earlier plan.',
      'zh-CN': '请征求指定人员的同意。指定了他人时，发布者本人的同意不计入；对先前计划的意见也不计入。',
    },
  },
  META_AGREEMENT_NOT_NEEDED: {
    status: 409,
    message: {
      en: 'Nobody need agree to a publish in this workspace.',
      'zh-CN': '此工作区的发布无须他人同意。',
    },
    hint: {
      en: 'The setting “publish_approval” says who must.',
      'zh-CN': '由设置“publish_approval”指定须同意的人。',
    },
  },
  META_AGREEMENT_NOT_NAMED: {
    status: 403,
    message: {
      en: 'You are not among those who are named to agree.',
      'zh-CN': '您不在指定的同意人之列。',
    },
  },
  META_AGREEMENT_SAME: {
    status: 409,
    message: {
      en: 'You have said that of this plan already.',
      'zh-CN': '您已对此计划表达过相同意见。',
    },
  },
  META_AGREEMENT_WORD_MISSING: {
    status: 422,
    message: {
      en: 'Say why you decline: whoever asked reads it.',
      'zh-CN': '请说明不同意的原因，征求人将会看到。',
    },
  },
  META_EMERGENCY_DENIED: {
    status: 403,
    message: {
      en: 'Only an administrator publishes without enough agreement.',
      'zh-CN': '只有管理员可以在同意人数不足时发布。',
    },
  },
  META_UNIQUE_DUPLICATES: {
    status: 422,
    message: {
      en: 'Records have the same values in {fields}, so it cannot become unique.',
      'zh-CN': '存在 {fields} 取值相同的记录，无法设为唯一。',
    },
    hint: {
      en: 'Mend or merge these records, then plan again.',
      'zh-CN': '请先修正或合并这些记录，再重新生成计划。',
    },
  },
  META_PUBLISH_BUSY: {
    status: 409,
    message: {
      en: 'The tables were too busy to change just now; nothing was changed. Publish again.',
      'zh-CN': '数据表正忙，未做任何更改，请再次发布。',
    },
  },
  META_ARCHIVE_INVALID: {
    status: 422,
    message: { en: 'This is not a template archive: {reason}.', 'zh-CN': '不是模板包：{reason}。' },
  },
} as const satisfies ProblemCatalogue
