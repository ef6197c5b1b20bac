import type { ProblemCatalogue } from './problem.ts'

/** Faults of making backups and of bringing them back. */
export const backupProblems = {
  BACKUP_OWN_DATABASE: {
    status: 409,
    message: {
      en: 'Tenon backs up the database that it brings; this one (DATABASE_URL) is looked after elsewhere.',
      'zh-CN': 'Tenon 只备份其内置数据库；当前数据库（DATABASE_URL）由外部管理。',
    },
    hint: {
      en: 'Use pg_dump, or what its host offers, and keep the data folder (files/, secret.key) beside it.',
      'zh-CN': '请使用 pg_dump 或托管方的备份功能，并一同保存数据目录中的 files/ 与 secret.key。',
    },
  },
  BACKUP_RUNNING: {
    status: 409,
    message: { en: 'A backup is being made already.', 'zh-CN': '正在进行另一次备份。' },
  },
  BACKUP_NO_SPACE: {
    status: 507,
    message: {
      en: 'A backup needs about {needed} MB in {folder}; {free} MB are free.',
      'zh-CN': '备份约需 {needed} MB，{folder} 仅剩 {free} MB。',
    },
    hint: {
      en: 'Make room, or set TENON_BACKUP_DIR to a folder on another disk.',
      'zh-CN': '请清理空间，或将 TENON_BACKUP_DIR 设为其他磁盘上的目录。',
    },
  },
  BACKUP_UNKNOWN: {
    status: 404,
    message: { en: 'There is no backup “{name}”.', 'zh-CN': '没有备份“{name}”。' },
    hint: { en: '“tenon backup list” lists them.', 'zh-CN': '“tenon backup list”可列出全部备份。' },
  },
  BACKUP_DAMAGED: {
    status: 422,
    message: {
      en: 'The backup “{name}” is damaged: {file} is not what was written.',
      'zh-CN': '备份“{name}”已损坏：{file} 与写入时不一致。',
    },
    hint: { en: 'Take another one; nothing was changed.', 'zh-CN': '请改用其他备份；当前数据未改动。' },
  },
  BACKUP_VOLUME_PLAIN: {
    status: 500,
    message: {
      en: 'The backups in {folder} lie on a volume that Linux does not encrypt.',
      'zh-CN': '备份目录 {folder} 所在的卷未经 Linux 加密。',
    },
    hint: {
      en: 'They hold all data and the secret key: set TENON_BACKUP_DIR to a folder on an encrypted volume.',
      'zh-CN': '备份包含全部数据和密钥：请将 TENON_BACKUP_DIR 设为加密卷上的目录。',
    },
  },
  BACKUP_OTHER_VERSION: {
    status: 409,
    message: {
      en: 'The backup “{name}” is of PostgreSQL {found}; this Tenon brings {needed}.',
      'zh-CN': '备份“{name}”属于 PostgreSQL {found}，当前 Tenon 使用 {needed}。',
    },
    hint: {
      en: 'Restore it with the Tenon that made it.',
      'zh-CN': '请使用当初备份所用的 Tenon 版本恢复。',
    },
  },
} as const satisfies ProblemCatalogue
