import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { AppError, problemMessage } from '../../../engine/errors.ts'
import { loadPlugins } from '../../../engine/registry/load-plugins.ts'
import { createRegistry } from '../../../engine/registry/registry.ts'

const GOOD = '{"name":"stars","version":"1.0.0"}'
const REGISTER = 'export function register() {}'

describe('loading plugins', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'plugins-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  const write = (plugin: string, files: Readonly<Record<string, string>>) => {
    mkdirSync(join(folder, plugin))
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, plugin, name), text)
  }

  it('finds none where there is no folder', async () => {
    expect(await loadPlugins(join(folder, 'absent'), createRegistry())).to.deep.equal([])
  })

  it('loads each by name and tells which bring pages', async () => {
    write('b', { 'plugin.json': '{"name":"b","version":"2.0.0"}', 'index.ts': REGISTER, 'ui.tsx': '' })
    write('a', { 'plugin.json': '{"name":"a","version":"1.0.0"}', 'index.ts': REGISTER })
    write('.git', {})
    const loaded = await loadPlugins(folder, createRegistry())
    expect(loaded).to.deep.equal([
      { name: 'a', version: '1.0.0', folder: join(folder, 'a'), hasUi: false },
      { name: 'b', version: '2.0.0', folder: join(folder, 'b'), hasUi: true },
    ])
  })

  it('lets a plugin register what it brings', async () => {
    const type = "{ name: 'stars', examples: [] }"
    write('stars', {
      'plugin.json': GOOD,
      'index.ts': `export const register = (r) => r.addFieldType(${type})`,
    })
    const registry = createRegistry()
    await loadPlugins(folder, registry)
    expect(registry.fieldTypes().map((fieldType) => fieldType.name)).to.deep.equal(['stars'])
  })

  const faults: readonly { name: string; files: Readonly<Record<string, string>>; says: RegExp }[] = [
    { name: 'no manifest', files: { 'index.ts': REGISTER }, says: /plugin\.json is missing/ },
    { name: 'a manifest that is no JSON', files: { 'plugin.json': '{' }, says: /plugin\.json: .*JSON/ },
    { name: 'a manifest that is a list', files: { 'plugin.json': '[]' }, says: /not an object/ },
    {
      name: 'an unknown key',
      files: { 'plugin.json': '{"nmae":"stars"}' },
      says: /“nmae”; did you mean “name”\?/,
    },
    {
      name: 'another name than its folder',
      files: { 'plugin.json': '{"name":"star","version":"1.0.0"}' },
      says: /“star”, the folder is “stars”/,
    },
    { name: 'no name', files: { 'plugin.json': '{"version":"1.0.0"}' }, says: /“name” must be/ },
    {
      name: 'no version',
      files: { 'plugin.json': '{"name":"stars"}' },
      says: /“version” must look like 1\.0\.0/,
    },
    {
      name: 'a label in one language',
      files: { 'plugin.json': '{"name":"stars","version":"1.0.0","label":{"en":"x"}}' },
      says: /“label” needs/,
    },
    { name: 'no index.ts', files: { 'plugin.json': GOOD }, says: /index\.ts is missing/ },
    {
      name: 'an index.ts that throws',
      files: { 'plugin.json': GOOD, 'index.ts': 'throw new Error("boom")' },
      says: /cannot be loaded: boom/,
    },
    {
      name: 'no register',
      files: { 'plugin.json': GOOD, 'index.ts': 'export const x = 1' },
      says: /no function “register”/,
    },
    {
      name: 'a register that throws',
      files: { 'plugin.json': GOOD, 'index.ts': 'export function register() { throw new Error("twice") }' },
      says: /register\(\) failed: twice/,
    },
  ]
  for (const { name, files, says } of faults) {
    it(`says what is wrong with ${name}`, async () => {
      write('stars', files)
      const fault = await loadPlugins(folder, createRegistry()).catch((error: unknown) => error)
      expect(fault).to.be.instanceOf(AppError)
      const [found] = (fault as AppError).problems
      expect(found?.code).to.equal('START_PLUGIN_INVALID')
      expect(problemMessage(found!, 'en')).to.match(says).and.include('“stars”')
      expect(problemMessage(found!, 'zh-CN')).to.match(/^无法加载插件“stars”：.+。$/)
    })
  }
})
