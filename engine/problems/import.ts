import type { ProblemCatalogue } from './problem.ts'

/** Faults of an import from a file, and of a template's folder. */
export const importProblems = {
  IMPORT_UNKNOWN: {
    status: 404,
    message: {
      en: 'There is no such upload, or it is older than a day.',
      'zh-CN': '没有这个上传的文件，或上传已超过一天。',
    },
    hint: { en: 'Choose the file once more.', 'zh-CN': '请重新选择文件。' },
  },
  IMPORT_BUSY: {
    status: 429,
    message: {
      en: 'Other imports are running; yours waits its turn.',
      'zh-CN': '其他导入正在进行，请稍候。',
    },
    hint: {
      en: 'Press Import once more in a moment; the file is kept for a day.',
      'zh-CN': '请稍后再次点击“导入”，文件会保留一天。',
    },
  },
  IMPORT_TOO_LONG: {
    status: 422,
    message: { en: 'The file has more than {limit} rows.', 'zh-CN': '文件超过 {limit} 行。' },
    hint: {
      en: 'Split it, or let an administrator import it with npx tenon import.',
      'zh-CN': '请拆分文件，或由管理员用 npx tenon import 导入。',
    },
  },
  IMPORT_COLUMN_UNKNOWN: {
    status: 422,
    message: { en: 'The file has no column “{name}”.', 'zh-CN': '文件中没有列“{name}”。' },
  },
  IMPORT_COLUMN_DUPLICATE: {
    status: 422,
    message: { en: 'The file has two columns “{name}”.', 'zh-CN': '文件中有两个名为“{name}”的列。' },
    hint: { en: 'Rename one of them.', 'zh-CN': '请修改其中一个的列名。' },
  },
  IMPORT_FIELD_TWICE: {
    status: 422,
    message: { en: 'Two columns go to the field “{name}”.', 'zh-CN': '有两列都对应字段“{name}”。' },
  },
  IMPORT_FIELD_UNMAPPED: {
    status: 422,
    message: {
      en: 'The field “{name}” is required, but no column goes to it.',
      'zh-CN': '字段“{name}”为必填，但没有对应的列。',
    },
    hint: { en: 'Say which with --map column=field.', 'zh-CN': '请用 --map 列名=字段名 指定。' },
  },
  IMPORT_FIELD_UNFIT: {
    status: 422,
    message: {
      en: 'A field of type “{type}” cannot be filled from a file.',
      'zh-CN': '“{type}”类型的字段不能从文件导入。',
    },
  },
  IMPORT_BY_UNFIT: {
    status: 422,
    message: {
      en: '“{name}” does not lead to another record, so nothing can stand after the colon.',
      'zh-CN': '“{name}”不指向其他记录，冒号后不能再写字段。',
    },
  },
  IMPORT_MAP_INVALID: {
    status: 422,
    message: {
      en: '“{text}” is not a mapping; write column=field.',
      'zh-CN': '“{text}”不是合法的对应关系，应写作 列名=字段名。',
    },
  },
  IMPORT_VALUE_INVALID: {
    status: 422,
    message: {
      en: '“{text}” is not a replacement; write column:from=to.',
      'zh-CN': '“{text}”不是合法的替换，应写作 列名:原值=新值。',
    },
  },
  IMPORT_KEY_UNMAPPED: {
    status: 422,
    message: {
      en: 'No column of the file holds “{name}”, by which its rows are to find their records.',
      'zh-CN': '文件中没有对应“{name}”的列，无法据此查找要更新的记录。',
    },
  },
  IMPORT_NOTHING_MAPPED: {
    status: 422,
    message: {
      en: 'No column of the file goes to a field of “{entity}”.',
      'zh-CN': '文件中没有任何列对应“{entity}”的字段。',
    },
    hint: { en: 'Say which with --map column=field.', 'zh-CN': '请用 --map 列名=字段名 指定。' },
  },
  IMPORT_ROW_TOO_LONG: {
    status: 422,
    message: {
      en: 'This row has {found} cells, the header has {expected}.',
      'zh-CN': '此行有 {found} 个单元格，而表头只有 {expected} 列。',
    },
    hint: {
      en: 'A cell that holds the separator must stand in quotes.',
      'zh-CN': '含有分隔符的单元格应加引号。',
    },
  },
  IMPORT_LOOKUP_UNKNOWN: {
    status: 422,
    message: { en: 'No {entity} is called “{value}”.', 'zh-CN': '没有名为“{value}”的{entity}。' },
  },
  IMPORT_LOOKUP_AMBIGUOUS: {
    status: 422,
    message: { en: 'Several {entity} are called “{value}”.', 'zh-CN': '有多个{entity}名为“{value}”。' },
  },
  IMPORT_LOOKUP_UNTYPED: {
    status: 422,
    message: {
      en: '“{value}” does not say what it points to; write entity:name, with one of: {entities}.',
      'zh-CN': '“{value}”未说明指向哪类记录，应写作 实体:名称，可用：{entities}。',
    },
  },
  IMPORT_LOOKUP_CIRCULAR: {
    status: 422,
    message: {
      en: 'This row and the one it points to wait for each other.',
      'zh-CN': '此行与其所指的行互相引用。',
    },
    hint: {
      en: 'Leave one of the cells empty and fill it in later.',
      'zh-CN': '请先将其中一个单元格留空，稍后再补填。',
    },
  },
  IMPORT_FILE_UNREADABLE: {
    status: 422,
    message: { en: 'The file cannot be read: {reason}.', 'zh-CN': '无法读取文件：{reason}。' },
  },
  IMPORT_ERRORS_UNWRITABLE: {
    status: 422,
    message: {
      en: 'Refused rows cannot be written to {folder}: {reason}.',
      'zh-CN': '无法将被拒绝的行写入 {folder}：{reason}。',
    },
    hint: { en: 'Name another file with --errors.', 'zh-CN': '请用 --errors 指定其他文件。' },
  },
  IMPORT_FILE_EMPTY: {
    status: 422,
    message: { en: 'The file has no header row.', 'zh-CN': '文件没有表头。' },
  },
  IMPORT_ENCODING_UNKNOWN: {
    status: 422,
    message: {
      en: 'The file is neither UTF-8 nor GB18030.',
      'zh-CN': '文件既不是 UTF-8 编码，也不是 GB18030 编码。',
    },
    hint: {
      en: 'Name its encoding, as in --encoding windows-1252, or save it as UTF-8.',
      'zh-CN': '请指明编码，例如 --encoding windows-1252，或另存为 UTF-8。',
    },
  },
  IMPORT_MAPPING_MOVED: {
    status: 409,
    message: {
      en: 'This file was begun with other columns ({rows} rows are done).',
      'zh-CN': '此文件曾以不同的列对应关系开始导入（已完成 {rows} 行）。',
    },
    hint: {
      en: 'Map the columns as before to go on, or add --again to import all rows once more.',
      'zh-CN': '请沿用原来的对应关系继续，或加 --again 重新导入全部行。',
    },
  },
  IMPORT_UNDER_WAY: {
    status: 409,
    message: {
      en: 'Another import of this file is under way; nothing was stored twice.',
      'zh-CN': '此文件正由另一个导入处理，没有重复写入。',
    },
  },
  TEMPLATE_FOLDER_UNREADABLE: {
    status: 422,
    message: {
      en: 'There is no template in {folder}: {reason}.',
      'zh-CN': '{folder} 中没有模板：{reason}。',
    },
  },
  TEMPLATE_FOLDER_FULL: {
    status: 422,
    message: { en: '{folder} is not empty.', 'zh-CN': '{folder} 不是空文件夹。' },
    hint: {
      en: 'A template begins in a folder that is empty or not there yet.',
      'zh-CN': '新模板须放在空文件夹或尚不存在的文件夹中。',
    },
  },
  TEMPLATE_FILE_INVALID: {
    status: 422,
    message: { en: '{file} is not valid JSON: {reason}.', 'zh-CN': '{file} 不是合法的 JSON：{reason}。' },
  },
  TEMPLATE_FILE_MISPLACED: {
    status: 422,
    message: {
      en: '{file} holds the {kind} “{name}”; it belongs in {expected}.',
      'zh-CN': '{file} 中是{kind}“{name}”，应放在 {expected}。',
    },
  },
  TEMPLATE_FILE_MISSING: {
    status: 422,
    message: {
      en: 'template.json names {file}, which is not there.',
      'zh-CN': 'template.json 提到的 {file} 不存在。',
    },
  },
  TEMPLATE_PARAMETER_UNKNOWN: {
    status: 422,
    message: {
      en: 'The template asks for nothing called “{name}”.',
      'zh-CN': '模板没有名为“{name}”的参数。',
    },
    hint: {
      en: 'What it asks stands in template.json under parameters.',
      'zh-CN': '可用的参数见 template.json 的 parameters。',
    },
  },
  TEMPLATE_PARAMETER_MISPLACED: {
    status: 422,
    message: {
      en: 'The parameter “{name}” cannot stand here: {reason}.',
      'zh-CN': '参数“{name}”不能放在此处：{reason}。',
    },
  },
  TEMPLATE_PARAMETER_INVALID: {
    status: 422,
    message: {
      en: 'The parameter “{name}” is not valid: {reason}.',
      'zh-CN': '参数“{name}”无效：{reason}。',
    },
  },
  TEMPLATE_ANSWER_INVALID: {
    status: 422,
    message: { en: 'This is no answer to “{name}”: {reason}.', 'zh-CN': '“{name}”的回答无效：{reason}。' },
    hint: {
      en: 'GET /api/templates/<name> and npx tenon template show tell what each parameter takes.',
      'zh-CN': '各参数的要求见 GET /api/templates/<name> 或 npx tenon template show。',
    },
  },
  TEMPLATE_SCREENSHOT_INVALID: {
    status: 422,
    message: { en: 'The screenshot {file} is not valid: {reason}.', 'zh-CN': '截图 {file} 无效：{reason}。' },
    hint: {
      en: 'A screenshot is a PNG, JPEG or WebP picture of at most 512 KB.',
      'zh-CN': '截图应为 PNG、JPEG 或 WebP 图片，最大 512 KB。',
    },
  },
  TEMPLATE_LOSES: {
    status: 409,
    message: {
      en: 'Installing this would lose something that is there now: {steps}',
      'zh-CN': '安装会丢失现有内容：{steps}',
    },
    hint: {
      en: 'Add --accept-losses to install it all the same.',
      'zh-CN': '如仍要安装，请加 --accept-losses。',
    },
  },
  TEMPLATE_CONFLICTS: {
    status: 409,
    message: {
      en: 'The template and this workspace have changed the same; the draft “{draft}” asks whose value stands.',
      'zh-CN': '模板与工作区修改了相同内容，草稿“{draft}”需要确认保留哪一方。',
    },
    hint: {
      en: 'Open the draft in the designer, decide place by place, and publish it.',
      'zh-CN': '请在设计器中打开该草稿，逐处确认后发布。',
    },
  },
  TEMPLATE_UNKNOWN: {
    status: 404,
    message: { en: 'There is no template “{name}”.', 'zh-CN': '没有名为“{name}”的模板。' },
  },
  TEMPLATE_THERE: {
    status: 409,
    message: {
      en: 'The template “{name}” is installed already.',
      'zh-CN': '模板“{name}”已安装。',
    },
  },
  TEMPLATE_NOT_THERE: {
    status: 409,
    message: { en: 'The template “{name}” is not installed.', 'zh-CN': '模板“{name}”尚未安装。' },
  },
  TEMPLATE_CURRENT: {
    status: 409,
    message: {
      en: 'Nothing in the template “{name}” is newer than what is installed.',
      'zh-CN': '模板“{name}”没有比已安装内容更新的部分。',
    },
  },
  TEMPLATE_NEEDED: {
    status: 409,
    message: {
      en: 'The template “{other}” builds on “{name}”.',
      'zh-CN': '模板“{other}”依赖“{name}”。',
    },
    hint: { en: 'Uninstall that one first.', 'zh-CN': '请先卸载前者。' },
  },
  TEMPLATE_REQUIRED: {
    status: 409,
    message: {
      en: 'This template needs the template “{name}”, which is not installed.',
      'zh-CN': '此模板需要先安装模板“{name}”。',
    },
  },
} as const satisfies ProblemCatalogue
