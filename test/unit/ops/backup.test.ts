import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { lastDue } from '../../../engine/ops/backup/daily.ts'
import { backupName, listBackups, pruneBackups, readManifest } from '../../../engine/ops/backup/manifest.ts'
import { scratchFolder } from '../../support/scratch.ts'

const manifest = (more: object = {}) =>
  JSON.stringify({
    format: 1,
    made_at: '',
    seconds: 1,
    postgres: '18',
    lsn: '0/1',
    size: 1,
    cause: 'daily',
    files: [],
    ...more,
  })

function folderOf(names: readonly string[]): string {
  const folder = scratchFolder('backups')
  for (const name of names) {
    mkdirSync(join(folder, name))
    writeFileSync(join(folder, name, 'manifest.json'), manifest())
  }
  return folder
}

async function codeOf(work: Promise<unknown>): Promise<string | undefined> {
  try {
    await work
  } catch (fault) {
    return (fault as { problems: { code: string }[] }).problems[0]?.code
  }
  return undefined
}

describe('backups', () => {
  const day = (number: number) => backupName(new Date(Date.UTC(2026, 2, number, 1)))
  const now = new Date(Date.UTC(2026, 2, 10, 2))

  it('are kept for so many days, the newest always', async () => {
    const folder = folderOf([1, 2, 3, 4, 9, 10].map(day))
    expect(await pruneBackups(folder, 7, now)).to.deep.equal([3, 2, 1].map(day))
    expect((await listBackups(folder)).map(({ name }) => name)).to.deep.equal([10, 9, 4].map(day))
    const lone = folderOf([day(1)])
    expect(await pruneBackups(lone, 7, now)).to.deep.equal([])
  })

  it('leave other files alone', async () => {
    const folder = folderOf([day(1), day(9)])
    writeFileSync(join(folder, 'notes.txt'), '')
    await pruneBackups(folder, 7, now)
    expect(readdirSync(folder).sort()).to.deep.equal([day(9), 'notes.txt'])
  })

  for (const [what, text, code] of [
    ['no list', undefined, 'BACKUP_UNKNOWN'],
    ['a list cut short', manifest().slice(0, 40), 'BACKUP_DAMAGED'],
    ['a list of another format', manifest({ format: 2 }), 'BACKUP_DAMAGED'],
    ['a list that leads out', manifest({ files: [{ path: 'files/../../x' }] }), 'BACKUP_DAMAGED'],
    ['a list of strange files', manifest({ files: [{ path: '.env' }] }), 'BACKUP_DAMAGED'],
  ] as const) {
    it(`are none with ${what}`, async () => {
      const folder = join(scratchFolder('backups'), day(1))
      mkdirSync(folder)
      if (text !== undefined) writeFileSync(join(folder, 'manifest.json'), text)
      expect(await codeOf(readManifest(folder))).to.equal(code)
    })
  }

  it('are due at the last time that the clock of the machine showed it', () => {
    expect(lastDue('02:30', new Date(2026, 2, 10, 2, 30))).to.deep.equal(new Date(2026, 2, 10, 2, 30))
    expect(lastDue('02:30', new Date(2026, 2, 10, 2, 29))).to.deep.equal(new Date(2026, 2, 9, 2, 30))
    expect(lastDue('23:00', new Date(2026, 2, 1, 1))).to.deep.equal(new Date(2026, 1, 28, 23))
  })
})
