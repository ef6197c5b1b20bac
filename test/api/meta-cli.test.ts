import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { createTestDatabase, type TestDatabase, workspaceTemplate } from '../support/postgres.ts'
import { spawnCommand } from '../support/process.ts'
import { scratchFolder } from '../support/scratch.ts'

describe('tenon meta', () => {
  let test: TestDatabase
  let env: Record<string, string>
  let folder: string

  before(async () => {
    test = await createTestDatabase(workspaceTemplate)
    env = { DATABASE_URL: test.url, TENON_DATA_DIR: scratchFolder('cli-meta'), PORT: '0' }
    folder = join(scratchFolder('cli-meta-folder'), 'work')
    write('template.json', { name: 'work', version: '1.0.0', label: 'Work' })
    write('definitions/entity/shop.json', {
      kind: 'entity',
      name: 'shop',
      label: { en: 'Shop', 'zh-CN': '门店' },
      fields: [
        { name: 'name', type: 'text' },
        { name: 'city', type: 'text' },
      ],
    })
  })
  after(() => test.drop())

  const run = (...words: string[]) => spawnCommand(['meta', ...words], env)
  const read = (file: string) => readFileSync(join(folder, file), 'utf8')
  function write(file: string, value: unknown): void {
    mkdirSync(join(folder, file, '..'), { recursive: true })
    writeFileSync(join(folder, file), JSON.stringify(value))
  }

  it('shows what a folder would do, and does it', async () => {
    const plan = await run('plan', folder)
    expect(plan).to.deep.include({ code: 0, stdout: '  safe    Add entity “Shop” with 2 fields.\n' })
    const published = await run('publish', folder)
    expect([published.code, published.stdout.split('\n').at(-2)]).to.deep.equal([0, 'Version 2 is in force.'])
    expect((await run('plan', folder)).stdout).to.equal('Nothing to publish.\n')
  })

  it('exports one file each, with ids, in a form that stays the same', async () => {
    const exported = await run('export', folder)
    expect([exported.code, exported.stdout]).to.deep.equal([0, '+ definitions/entity/shop.json\n'])
    const text = read('definitions/entity/shop.json')
    const lines = text.split('\n')
    expect(lines.slice(0, 3)).to.deep.equal(['{', '  "kind": "entity",', '  "name": "shop",'])
    expect(text.endsWith('}\n')).to.equal(true)
    expect(text).to.match(/\{ "name": "city", "id": "[0-9a-f-]{36}", "type": "text" \}/)
    const again = await run('export', folder)
    expect([again.stdout, read('definitions/entity/shop.json')]).to.deep.equal(['', text])
    expect((await run('plan', folder)).stdout).to.equal('Nothing to publish.\n')
  })

  it('asks for --yes when something is lost, and removes the file of what is gone', async () => {
    write('definitions/entity/stand.json', {
      kind: 'entity',
      name: 'stand',
      fields: [{ name: 'name', type: 'text' }],
    })
    expect((await run('publish', folder)).code).to.equal(0)
    const { client } = await database(
      'INSERT INTO ws_default.stand (id, name) VALUES (gen_random_uuid(), $1)',
      ['S'],
    )
    expect(client).to.equal(1)
    rmSync(join(folder, 'definitions/entity/stand.json'))
    const refused = await run('publish', folder)
    expect([refused.code, refused.stdout]).to.deep.equal([
      1,
      '! lossy   Retire entity “stand” and all its records; they are kept for 30 days. (1 record)\n',
    ])
    expect(refused.stderr).to.include('--yes')
    expect((await run('plan', folder, '--keep')).stdout).to.equal('Nothing to publish.\n')
    expect((await run('publish', folder, '--yes')).stdout).to.include('Version 4 is in force.')
    write('definitions/entity/stand.json', {})
    expect((await run('export', folder)).stdout).to.equal('- definitions/entity/stand.json\n')
    expect(readdirSync(join(folder, 'definitions/entity'))).to.deep.equal(['shop.json'])
  })

  it('names the file and the place of each problem', async () => {
    write('definitions/entity/kiosk.json', {
      kind: 'entity',
      name: 'kiosk',
      fields: [{ name: 'of', type: 'lookup', to: 'shp' }],
    })
    const { code, stderr } = await run('plan', folder)
    expect(code).to.equal(1)
    expect(stderr)
      .to.include('(definitions/entity/kiosk.json#/fields/0/to)')
      .and.to.include('Did you mean “shop”?')
    rmSync(join(folder, 'definitions/entity/kiosk.json'))
  })

  it('prepares a full table itself where no server runs', async () => {
    await database(
      `INSERT INTO ws_default.shop (id, name) SELECT gen_random_uuid(), 'S' || n FROM generate_series(1, 12000) n`,
      [],
    )
    const shop = JSON.parse(read('definitions/entity/shop.json')) as { fields: { name: string }[] }
    write('definitions/entity/shop.json', { ...shop, indexes: [['city', 'name']] })
    const { code, stdout } = await run('publish', folder)
    expect([code, stdout.split('\n').at(-2)]).to.deep.equal([0, 'Version 5 is in force.'])
    expect(stdout).to.include('[prepared first]')
  })

  async function database(text: string, values: readonly unknown[]): Promise<{ client: number }> {
    const { rowCount } = await test.open().query({ text, values })
    return { client: rowCount }
  }
})
