import { chmodSync, chownSync, mkdirSync, readFileSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

/** The user that runs the database instead of root, which PostgreSQL refuses. */
export interface Account {
  readonly uid: number
  readonly gid: number
}

/** `nobody` when this process is root, undefined when the database may run as ourselves. */
export function accountForDatabase(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined
  const line = /^nobody:[^:]*:(\d+):(\d+):/m.exec(readFileSync('/etc/passwd', 'utf8'))
  return { uid: Number(line?.[1] ?? 65_534), gid: Number(line?.[2] ?? 65_534) }
}

/** Whether the account may pass through every folder on the way to `path` and into it. */
export function canReach(path: string, account: Account | undefined): boolean {
  if (account === undefined) return true
  for (let folder = path; ; folder = dirname(folder)) {
    if (!mayEnter(folder, account)) return false
    if (folder === dirname(folder)) return true
  }
}

function mayEnter(folder: string, account: Account): boolean {
  const { mode, uid, gid } = statSync(folder)
  if (uid === account.uid) return (mode & 0o100) !== 0
  if (gid === account.gid) return (mode & 0o010) !== 0
  return (mode & 0o001) !== 0
}

/** Makes a folder, with those above it, that only the account (or we ourselves) can look into. */
export function makePrivateFolder(path: string, account: Account | undefined): void {
  mkdirSync(path, { recursive: true, mode: 0o700 })
  chmodSync(path, 0o700)
  if (account !== undefined) chownSync(path, account.uid, account.gid)
}
