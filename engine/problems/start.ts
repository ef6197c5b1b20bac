import type { ProblemCatalogue } from './problem.ts'

/** Faults that keep the engine from starting; `tenon doctor` finds the same ones. */
export const startProblems = {
  START_NODE_TOO_OLD: {
    status: 500,
    message: {
      en: 'Node {found} is too old; Tenon needs {needed} or newer.',
      'zh-CN': 'Node {found} 版本过低，Tenon 需要 {needed} 或更新版本。',
    },
    hint: {
      en: 'Install a newer Node from https://nodejs.org.',
      'zh-CN': '请从 https://nodejs.org 安装更新版本的 Node。',
    },
  },
  START_VARIABLE_UNKNOWN: {
    status: 500,
    message: { en: 'There is no setting {name}.', 'zh-CN': '没有名为 {name} 的设置。' },
  },
  START_VARIABLE_INVALID: {
    status: 500,
    message: { en: '{name} is not valid: {reason}.', 'zh-CN': '{name} 无效：{reason}。' },
  },
  START_LANGUAGE_FILE_INVALID: {
    status: 500,
    message: {
      en: 'The file of a language {file} cannot be used: {reason}.',
      'zh-CN': '语言文件 {file} 无法使用：{reason}。',
    },
    hint: {
      en: 'Mend the file, or take it away: what it would say is said in English then.',
      'zh-CN': '请修正该文件；也可移除它，其中的文字将显示为英文。',
    },
  },
  START_PORT_TAKEN: {
    status: 500,
    message: {
      en: 'Port {port} is taken. Set PORT to another one (PORT=0 takes any free one).',
      'zh-CN': '端口 {port} 已被占用。请将 PORT 设为其他端口（PORT=0 表示任意空闲端口）。',
    },
  },
  START_DATA_IN_USE: {
    status: 500,
    message: {
      en: 'The data folder {folder} is in use by another Tenon (process {pid}). Stop it, or set TENON_DATA_DIR to another folder.',
      'zh-CN':
        '数据目录 {folder} 正被另一个 Tenon（进程 {pid}）使用。请先停止它，或将 TENON_DATA_DIR 设为其他目录。',
    },
  },
  START_DATABASE_UNREACHABLE: {
    status: 500,
    message: {
      en: 'The database of {name} cannot be reached: {reason}.',
      'zh-CN': '无法连接 {name} 所指的数据库：{reason}。',
    },
    hint: {
      en: 'Check its address, user and password, and that the server is running.',
      'zh-CN': '请检查地址、用户名和密码，并确认数据库服务已启动。',
    },
  },
  START_DATABASE_TOO_OLD: {
    status: 500,
    message: {
      en: 'PostgreSQL {found} is too old; Tenon needs 15 or newer.',
      'zh-CN': 'PostgreSQL {found} 版本过低，Tenon 需要 15 或更新版本。',
    },
    hint: {
      en: 'Upgrade the server, or leave DATABASE_URL out to use the embedded database.',
      'zh-CN': '请升级数据库，或去掉 DATABASE_URL 以使用内置数据库。',
    },
  },
  START_DATABASE_ENCODING: {
    status: 500,
    message: {
      en: 'The database is encoded in {found}; Tenon needs UTF8.',
      'zh-CN': '数据库编码为 {found}，Tenon 需要 UTF8。',
    },
    hint: {
      en: 'Create one with: CREATE DATABASE tenon ENCODING UTF8 TEMPLATE template0.',
      'zh-CN': '请用此语句新建数据库：CREATE DATABASE tenon ENCODING UTF8 TEMPLATE template0。',
    },
  },
  START_DATABASE_NEWER: {
    status: 500,
    message: {
      en: 'The database was last used by a newer Tenon (schema {schema}, migration {migration}).',
      'zh-CN': '该数据库曾由更新版本的 Tenon 使用（模式 {schema}，迁移 {migration}）。',
    },
    hint: { en: 'Start that version again, or a newer one.', 'zh-CN': '请使用该版本或更新版本启动。' },
  },
  START_MIGRATION_CHANGED: {
    status: 500,
    message: {
      en: 'Migration {migration} was changed after it had run on schema {schema}.',
      'zh-CN': '迁移 {migration} 在模式 {schema} 上执行后又被修改。',
    },
    hint: {
      en: 'Bring the file back as it was and write a new migration.',
      'zh-CN': '请恢复原文件，并另写新的迁移。',
    },
  },
  WORKSPACE_NAME_INVALID: {
    status: 422,
    message: {
      en: '“{name}” is no name for a workspace: lower-case letters, digits, - and _, a letter first, 1 to 40 characters.',
      'zh-CN': '“{name}”不能作为工作区名称：小写字母、数字、- 和 _，字母开头，1 到 40 个字符。',
    },
  },
  START_DATABASE_FAILED: {
    status: 500,
    message: { en: 'The embedded database did not start: {reason}', 'zh-CN': '内置数据库未能启动：{reason}' },
    hint: {
      en: 'postgres.log in the data folder tells more.',
      'zh-CN': '更多信息见数据目录中的 postgres.log。',
    },
  },
  START_DISK_FULL: {
    status: 500,
    message: {
      en: 'Only {free} MB are free at {folder}; Tenon needs {needed} MB.',
      'zh-CN': '{folder} 仅剩 {free} MB 可用空间，Tenon 需要 {needed} MB。',
    },
    hint: {
      en: 'Free some space, or set TENON_DATA_DIR to a folder on another disk.',
      'zh-CN': '请清理磁盘，或将 TENON_DATA_DIR 设为其他磁盘上的目录。',
    },
  },
  START_MAIL_UNREACHABLE: {
    status: 500,
    message: {
      en: 'The mail server {host} takes no mail: {reason}',
      'zh-CN': '邮件服务器 {host} 无法接收邮件：{reason}',
    },
    hint: {
      en: 'Check TENON_SMTP_URL; mails wait and are sent once it answers.',
      'zh-CN': '请检查 TENON_SMTP_URL；邮件会排队等待，服务器可用后自动发送。',
    },
  },
  START_PLUGIN_INVALID: {
    status: 500,
    message: {
      en: 'The plugin “{plugin}” cannot be loaded: {reason}.',
      'zh-CN': '无法加载插件“{plugin}”：{reason}。',
    },
    hint: {
      en: 'docs/plugins.md shows what a plugin is made of. Mend it, or take its folder out of plugins/.',
      'zh-CN': '插件的组成见 docs/plugins.md。请修正它，或将其目录移出 plugins/。',
    },
  },
  FILE_UNUSABLE: {
    status: 422,
    message: { en: '{path} cannot be read or written: {reason}.', 'zh-CN': '无法读写 {path}：{reason}。' },
  },
} as const satisfies ProblemCatalogue
