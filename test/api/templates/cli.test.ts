import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { createTestDatabase, type TestDatabase } from '../../support/postgres.ts'
import { spawnCommand } from '../../support/process.ts'
import { SALES_SECRET, salesTemplate } from '../../support/sales.ts'
import { scratchFolder } from '../../support/scratch.ts'

const ROOT = join(import.meta.dirname, '../../..')

describe('tenon for implementers', () => {
  let test: TestDatabase
  let env: Record<string, string>
  const place = scratchFolder('implementers')
  const garden = join(place, 'garden')

  before(async () => {
    test = await createTestDatabase(salesTemplate)
    const data = scratchFolder('implementers-data')
    env = { DATABASE_URL: test.url, TENON_DATA_DIR: data, TENON_SECRET_KEY: SALES_SECRET, PORT: '0' }
  })
  after(() => test.drop())

  const run = (...words: string[]) => spawnCommand(words, env)
  const read = (file: string) => readFileSync(join(garden, file), 'utf8')
  const entity = 'definitions/entity/garden_item.json'

  it('begins a template that is sound at once, with schemas where its files look for them', async () => {
    const made = await run('template', 'new', garden)
    expect([made.code, made.stdout.split('\n').length], made.stderr).to.eql([0, 5])
    const { $schema } = JSON.parse(read(entity)) as { $schema: string }
    expect(existsSync(join(garden, entity, '..', $schema))).to.equal(true)
    expect(existsSync(join(garden, '.schema/template.schema.json'))).to.equal(true)
    // An editor completes by it: keys with what they mean, in both languages, and the types that a field may have.
    const schema = JSON.parse(readFileSync(join(garden, entity, '..', $schema), 'utf8'))
    expect(schema.properties.fields.description).to.match(/\w+ \w+/)
    const text = JSON.stringify(schema)
    for (const word of ['"currency"', '"roll_up"', '"x-zh"', '"requiredWhen"']) expect(text).to.include(word)
    const again = await run('template', 'new', garden)
    expect([again.code, again.stderr.includes('is not empty.')]).to.eql([1, true])
  })

  it('tests it in a workspace of its own, which is gone afterwards', async () => {
    const tested = await run('template', 'test', garden)
    expect([tested.code, tested.stdout], tested.stderr).to.eql([
      0,
      '✓ A Garden user makes an item (garden_begins)\n1 of 1 scenarios pass.\nInstalled, with 0 records.\n',
    ])
    const scenario = join(garden, 'definitions/scenario/garden_begins.json')
    const text = readFileSync(scenario, 'utf8')
    writeFileSync(scenario, text.replace('"ok": true', '"problem": { "code": "AUTH_DENIED" }'))
    const failing = await run('template', 'test', garden)
    expect([failing.code, failing.stdout.includes('✗ A Garden user makes an item')]).to.eql([1, true])
    writeFileSync(scenario, text)
    expect((await run('workspace', 'list')).stdout).to.equal('default\n')
  })

  it('packs it into one file, which is installed like the folder', async () => {
    const file = join(place, 'garden.json')
    expect((await run('template', 'pack', garden, file)).code).to.equal(0)
    const installed = await run('template', 'install', file)
    expect([installed.code, installed.stdout.includes('The template garden 0.1.0 is in force')]).to.eql([
      0,
      true,
    ])
    expect((await run('template', 'list')).stdout).to.match(/^garden\t0\.1\.0/)
  })

  it('refuses hostile and broken archives with all that is wrong, and writes nothing', async () => {
    const manifest = { name: 'bad', version: '1.0.0', label: 'Bad' }
    const bad = join(place, 'bad.json')
    const trying = async (content: string) => {
      writeFileSync(bad, content)
      const { code, stderr } = await run('template', 'install', bad)
      return `${code} ${stderr}`
    }
    const slip = {
      manifest,
      definitions: [{ kind: 'entity', name: '../../../../tmp/evil' }, { kind: '..', name: 'x' }, 7],
      data: { '../../evil.csv': 'x', '/etc/evil.csv': 'x', 'good.csv': 7, '.hidden.csv': 'x' },
    }
    const told = await trying(JSON.stringify(slip))
    for (const place of [
      ...['/definitions/0/name', '/definitions/1/kind', '/definitions/2/kind', '/definitions/2/name'],
      ...['/data/..~1..~1evil.csv', '/data/~1etc~1evil.csv', '/data/good.csv', '/data/.hidden.csv'],
    ])
      expect(told).to.include(place)
    expect(await trying('no json')).to.match(/^1 /)
    expect(await trying('[]')).to.include('it holds no object')
    expect(await trying('{"definitions":[]}')).to.include('it has no manifest')
    const unknown = { manifest, definitions: [{ kind: 'entiti', name: 'x' }] }
    expect(await trying(JSON.stringify(unknown))).to.match(/entity/)
    expect((await run('template', 'list')).stdout).to.not.include('bad')
  })

  it('publishes to a sandbox on each save, and shows problems with file and place', async () => {
    const child = spawn(process.execPath, [join(ROOT, 'bin', 'tenon.mjs'), 'template', 'dev', garden], {
      env: { PATH: process.env.PATH ?? '', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    try {
      const says = listen(child)
      await says('✓')
      const text = read(entity)
      writeFileSync(join(garden, entity), text.replace('"type": "text"', '"type": "txt"'))
      expect(await says('✗')).to.include(`${entity}#/fields/0/type`)
      const good = text.replace('"label": "Garden item"', '"label": "Garden thing"')
      writeFileSync(join(garden, entity), good)
      expect(await says('✓')).to.include('“dev”')
    } finally {
      child.kill('SIGINT')
    }
    const shown = await run('meta', 'diff', garden, '--keep', '--workspace', 'dev')
    expect([shown.code, shown.stdout], shown.stderr).to.eql([0, ''])
    const live = await run('meta', 'diff', garden, '--keep')
    expect([live.code, live.stdout.trim().split('\n').length]).to.eql([1, 1])
  })

  it('pushes a folder as a draft and shows what publishing it would do', async () => {
    const pushed = await run('meta', 'push', garden, '--keep', '--label', 'Things')
    expect(pushed.stdout, pushed.stderr).to.match(
      /safe .*\nThe draft “Things” is open: \/designer\/drafts\/[0-9a-f-]{36}\n$/,
    )
    expect((await run('meta', 'diff', garden, '--keep')).code).to.equal(1)
  })

  it('pulls what is in force into files, from which nothing differs then', async () => {
    const pulled = join(place, 'pulled')
    const first = await run('meta', 'pull', pulled)
    expect([first.code, first.stdout.includes('+ definitions/entity/garden_item.json')]).to.eql([0, true])
    const again = await run('meta', 'pull', pulled)
    const same = await run('meta', 'diff', pulled)
    expect([again.stdout, same.code, same.stdout]).to.eql(['', 0, ''])
  })
})

/** Waits for the next line that begins with a mark. */
function listen(child: ChildProcess): (mark: string) => Promise<string> {
  const lines: string[] = []
  let wake: () => void = () => undefined
  let rest = ''
  let said = ''
  child.stdout?.on('data', (chunk: Buffer) => {
    const parts = (rest + chunk.toString()).split('\n')
    rest = parts.pop() ?? ''
    lines.push(...parts)
    wake()
  })
  child.stderr?.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
  child.on('exit', () => wake())
  return async (mark) => {
    for (;;) {
      const at = lines.findIndex((line) => line.startsWith(mark))
      if (at >= 0) return lines.splice(0, at + 1).at(-1)!
      if (child.exitCode !== null) throw new Error(`it has ended: ${said}`)
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
  }
}
