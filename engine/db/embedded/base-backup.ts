import { type FileHandle, open, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import pg from 'pg'
import { refuse } from '../../errors.ts'

/** Where the files of a backup go, one after the other. */
export interface BackupSink {
  /** @param path below the database's folder, with `/` */
  folder(path: string): Promise<void>
  /**
   * @param size bytes that there were when it was opened; the content may be longer or shorter by now
   */
  file(path: string, size: number, content: Readable): Promise<void>
}

export interface BaseBackup {
  /** Where the copy begins in the log, such as `0/2000028`. */
  readonly from: string
  /** From where on it is consistent. */
  readonly to: string
}

/** What PostgreSQL makes anew at its start, or must not find again. */
const EMPTIED: ReadonlySet<string> = new Set([
  ...['pg_wal', 'pg_dynshmem', 'pg_notify', 'pg_replslot', 'pg_serial', 'pg_snapshots', 'pg_stat_tmp'],
  'pg_subtrans',
])
const LEFT_OUT =
  /^(?:postmaster\.(?:pid|opts)|backup_label(?:\.old)?|tablespace_map(?:\.old)?|pg_internal\.init.*|pgsql_tmp.*)$/
/** Tables of a session: gone with it. */
const TEMPORARY = /^t\d+_\d+/

/** One at a time, whatever process makes it: held by the session, so that none outlives its maker. */
const BACKUP_LOCK = 7_362_081

/** A session that may copy the database's files; when it ends, however it does, the database keeps nothing for it. */
export interface BackupSession {
  /** The major version of PostgreSQL, such as `18`. */
  readonly version: string
  /**
   * Copies the files of the running database, while people write: a low-level base backup as the manual of PostgreSQL
   * has it (Continuous Archiving, "Making a Base Backup Using the Low Level API"). A temporary replication slot keeps the
   * log that the copy needs until that is copied too.
   * @param folder the files, absolute
   * @throws AbortError, and what the sink throws
   */
  copy(folder: string, sink: BackupSink, signal: AbortSignal): Promise<BaseBackup>
}

/**
 * Runs work that makes a backup.
 * @param url of the database, past a pooler
 * @throws AppError BACKUP_RUNNING while another is made
 */
export async function inBackupSession<T>(
  url: string,
  work: (session: BackupSession) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: 'tenon backup' })
  // Its end is told by the next statement; without a listener it would end the process.
  client.on('error', () => undefined)
  await client.connect()
  try {
    const { rows } = await client.query<{ taken: boolean; version: string }>(
      `SELECT pg_try_advisory_lock($1) AS taken, (current_setting('server_version_num')::int / 10000)::text AS version`,
      [BACKUP_LOCK],
    )
    const { taken, version } = rows[0]!
    if (!taken) throw refuse('BACKUP_RUNNING')
    return await work({ version, copy: (...args) => copyDatabase(client, ...args) })
  } finally {
    await client.end()
  }
}

async function copyDatabase(
  client: pg.Client,
  folder: string,
  sink: BackupSink,
  signal: AbortSignal,
): Promise<BaseBackup> {
  const slot = `tenon_backup_${process.pid}`
  await client.query('SELECT pg_create_physical_replication_slot($1, true, true)', [slot])
  const started = await client.query<{ lsn: string }>(`SELECT pg_backup_start('tenon', true)::text AS lsn`)
  const from = started.rows[0]!.lsn
  await copyFolder(folder, '', sink, signal)
  const stopped = await client.query<{ lsn: string; label: string; first: string; last: string }>(
    'SELECT lsn::text AS lsn, labelfile AS label, pg_walfile_name($1) AS first, pg_walfile_name(lsn) AS last ' +
      'FROM pg_backup_stop(false)',
    [from],
  )
  const { lsn: to, label, first, last } = stopped.rows[0]!
  for (const name of (await readdir(join(folder, 'pg_wal'))).sort()) {
    // Names of one timeline sort by place; the log of a timeline before has no part in this copy.
    if (/^[0-9A-F]{24}$/.test(name) && name >= first && name <= last)
      await copyFile(folder, `pg_wal/${name}`, sink, signal)
  }
  const text = Buffer.from(label)
  await sink.file('backup_label', text.length, Readable.from([text]))
  return { from, to }
}

async function copyFolder(
  folder: string,
  path: string,
  sink: BackupSink,
  signal: AbortSignal,
): Promise<void> {
  const entries = await readdir(join(folder, path), { withFileTypes: true })
  for (const entry of entries.sort((one, other) => (one.name < other.name ? -1 : 1))) {
    const below = path === '' ? entry.name : `${path}/${entry.name}`
    if (LEFT_OUT.test(entry.name) || TEMPORARY.test(entry.name)) continue
    if (entry.isDirectory()) {
      await sink.folder(below)
      if (!EMPTIED.has(below)) await copyFolder(folder, below, sink, signal)
    } else if (entry.isFile()) await copyFile(folder, below, sink, signal)
  }
  if (path === '') for (const below of ['pg_wal/archive_status', 'pg_wal/summaries']) await sink.folder(below)
}

/** A file that goes meanwhile (a dropped table) is none of the copy: the log tells of its end. */
async function copyFile(folder: string, path: string, sink: BackupSink, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted()
  const file = await openIfThere(join(folder, path))
  if (file === undefined) return
  const { size } = await file.stat()
  await sink.file(path, size, file.createReadStream())
}

async function openIfThere(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path)
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw fault
  }
}
