/** The texts of backups. */
export const backupsEn = {
  'backups.cause.asked': 'Asked for',
  'backups.cause.daily': 'Daily',
  'backups.command': 'npx tenon restore <name>',
  'backups.daily_one': 'One is made each day at {{at}} by the server’s clock, and kept for a day.',
  'backups.daily_other': 'One is made each day at {{at}} by the server’s clock, and kept for {{count}} days.',
  'backups.elsewhere': 'The database is looked after elsewhere',
  'backups.elsewhereText':
    'This Tenon uses a PostgreSQL of its own host (DATABASE_URL). Use its backups, and keep the data folder beside them.',
  'backups.failed': 'The backups could not be read',
  'backups.made': 'The backup is made',
  'backups.make': 'Back up now',
  'backups.making': 'Backing up: {{percent}} %',
  'backups.none': 'There is no backup yet',
  'backups.notDaily': 'None is made by the clock.',
  'backups.notMade': 'The backup could not be made',
  'backups.restore': 'To bring one back, stop Tenon and run on the server:',
  'backups.title': 'Backups',
}
