import type { backupsEn } from './en-backups.ts'

type Keys = Exclude<keyof typeof backupsEn, `${string}_one`>

/** 备份的文案。 */
export const backupsZhCN: Readonly<Record<Keys, string>> = {
  'backups.cause.asked': '手动',
  'backups.cause.daily': '每日',
  'backups.command': 'npx tenon restore <名称>',
  'backups.daily_other': '每天 {{at}}（服务器时间）自动备份，每份保留 {{count}} 天。',
  'backups.elsewhere': '数据库由外部管理',
  'backups.elsewhereText':
    '当前 Tenon 使用外部 PostgreSQL（DATABASE_URL）。请使用其自带的备份，并一同保存数据目录。',
  'backups.failed': '无法读取备份',
  'backups.made': '备份已完成',
  'backups.make': '立即备份',
  'backups.making': '正在备份：{{percent}}%',
  'backups.none': '还没有备份',
  'backups.notDaily': '未设置自动备份。',
  'backups.notMade': '备份未能完成',
  'backups.restore': '需要恢复时，请先停止 Tenon，再在服务器上运行：',
  'backups.title': '备份',
}
