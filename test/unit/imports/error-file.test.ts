import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { problem } from '../../../engine/errors.ts'
import { createErrorFile, errorFileOf } from '../../../engine/imports/error-file.ts'
import type { RejectedRow } from '../../../engine/imports/store-batch.ts'
import { scratchFolder } from '../../support/scratch.ts'

const folder = scratchFolder('errors')
const HEADERS = ['name', 'note']
const HEAD = '\ufeffname,note,tenon_problem,tenon_reason\n'

function rejected(name: string, note = ''): RejectedRow {
  return { row: { index: 0, line: 2, cells: [name, note] }, problems: [problem('FIELD_REQUIRED', '/note')] }
}

function fileAt(path: string, keep = 0, replace = false) {
  return createErrorFile({
    path,
    headers: HEADERS,
    plan: { columns: [], left: [] },
    language: 'en',
    keep,
    replace,
  })
}

async function append(path: string, rows: readonly RejectedRow[], keep = 0): Promise<void> {
  const file = fileAt(path, keep)
  await file.append(rows)
  await file.close()
}

const line = (name: string) => `${name},,FIELD_REQUIRED,note: This field is required.\n`

describe('the error file of an import', () => {
  const names = [
    ['deals.csv', false, 'deals.errors.csv'],
    ['deals.errors.csv', false, 'deals.errors-2.csv'],
    ['deals.errors-2.csv', false, 'deals.errors-3.csv'],
    ['a/b.c/deals.txt', false, 'a/b.c/deals.errors.csv'],
    ['/deals.csv', false, '/deals.errors.csv'],
    ['deals.csv', true, 'deals.dry-run.csv'],
  ] as const
  for (const [path, isDryRun, expected] of names) {
    it(`of ${isDryRun ? 'a dry run of ' : ''}${path} is ${expected}`, () => {
      expect(errorFileOf(path, isDryRun)).to.equal(expected)
    })
  }

  it('comes into being with the first refused row', async () => {
    const path = join(folder, 'none.csv')
    await append(path, [])
    expect(existsSync(path)).to.equal(false)
    await append(path, [rejected('a')])
    expect(readFileSync(path, 'utf8')).to.equal(HEAD + line('a'))
  })

  it('goes on behind the rows that the checkpoint knows, and cuts away what a crash left', async () => {
    const path = join(folder, 'cut.csv')
    await append(path, [rejected('a\nb'), rejected('c'), rejected('d')])
    await append(path, [rejected('e')], 2)
    expect(readFileSync(path, 'utf8')).to.equal(`${HEAD}"a\nb"${line('').slice(0)}${line('c')}${line('e')}`)
  })

  it('keeps another import’s file of that name aside', async () => {
    const path = join(folder, 'old.csv')
    writeFileSync(path, 'mended by hand')
    await append(path, [rejected('a')])
    const kept = readFileSync(join(folder, 'old.before-1.csv'), 'utf8')
    expect([kept, readFileSync(path, 'utf8')]).to.eql(['mended by hand', HEAD + line('a')])
  })

  it('leaves out the reasons of an earlier import', async () => {
    const path = join(folder, 'again.csv')
    const headers = ['name', 'note', 'tenon_problem', 'tenon_reason']
    const plan = { columns: [], left: [] }
    const file = createErrorFile({ path, headers, plan, language: 'zh-CN', keep: 0, replace: false })
    await file.append([
      {
        row: { index: 0, line: 2, cells: ['a', '', 'X', 'y'] },
        problems: [problem('FIELD_REQUIRED', '/note')],
      },
    ])
    await file.close()
    expect(readFileSync(path, 'utf8')).to.equal(`${HEAD}a,,FIELD_REQUIRED,note：此项必填。\n`)
  })
})
