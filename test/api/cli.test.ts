import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect } from 'chai'
import { COMMANDS } from '../../engine/cli/commands.ts'
import { startEngine } from '../support/engine.ts'
import { createTestDatabase, type TestDatabase, workspaceTemplate } from '../support/postgres.ts'
import { spawnCommand } from '../support/process.ts'
import { scratchFolder } from '../support/scratch.ts'

const SALES = join(import.meta.dirname, '..', '..', 'seeds', 'sales')

describe('tenon', () => {
  let test: TestDatabase
  let env: Record<string, string>

  before(async () => {
    test = await createTestDatabase(workspaceTemplate)
    env = { DATABASE_URL: test.url, TENON_DATA_DIR: scratchFolder('cli'), PORT: '0' }
  })
  after(() => test.drop())

  const run = (...words: string[]) => spawnCommand(words, env)

  it('has one name a command, in both languages', () => {
    const names = COMMANDS.map(({ name }) => name)
    expect(new Set(names).size).to.equal(names.length)
    for (const { summary } of COMMANDS)
      expect([summary.en.at(-1), summary['zh-CN'].at(-1)]).to.deep.equal(['.', '。'])
  })

  it('makes users, shows them, and gives them passwords', async () => {
    const made = await run('user', 'create', 'li@example.com', '--name', '李娜', '--roles', 'administrator')
    expect(made).to.deep.include({ code: 0, stderr: '' })
    expect(made.stdout).to.match(/^li@example\.com signs in with the password [\w-]{16}\n$/)
    expect(await run('user', 'disable', 'li@example.com')).to.deep.equal({ code: 0, stdout: '', stderr: '' })
    expect((await run('user', 'list')).stdout).to.equal(
      'li@example.com\t李娜\tadministrator (switched off)\n',
    )
    expect(await run('user', 'enable', 'li@example.com')).to.deep.equal({ code: 0, stdout: '', stderr: '' })
    const renewed = await run('user', 'password', 'li@example.com')
    expect(renewed.stdout).to.match(/^li@example\.com signs in with the password [\w-]{16}\n$/)
    expect(renewed.stdout).to.not.equal(made.stdout)
  })

  it('tells all problems of a user with their hints', async () => {
    expect(await run('user', 'create', 'not-an-address', '--roles', 'administratr')).to.deep.include({
      code: 1,
      stdout: '',
    })
    const { stderr } = await run('user', 'create', 'not-an-address', '--roles', 'administratr')
    expect(stderr).to.include('(/email)').and.to.include('Did you mean “administrator”?')
  })

  it('names the person that there is none of', async () => {
    const said = { code: 1, stdout: '', stderr: 'There is no user nobody@example.com. (/email)\n' }
    expect(await run('user', 'disable', 'nobody@example.com')).to.deep.equal(said)
  })

  it('runs the scenarios of a template folder and tells them as stories', async () => {
    const { code, stdout, stderr } = await run('scenario', 'run', SALES, 'ten_tags')
    expect(stderr).to.equal('')
    expect(stdout)
      .to.match(/^✓ .+ \(ten_tags\) \[R4\]\n {4}✓ /)
      .and.to.match(/1 of 1 scenarios pass\.\n$/)
    expect(code).to.equal(0)
    const wrong = await run('scenario', 'run', SALES, 'ten_tag')
    expect(wrong.code).to.equal(1)
    expect(wrong.stderr).to.include('Did you mean “ten_tags”?')
  })

  it('makes and lists workspaces', async () => {
    expect(await run('workspace', 'create', 'north')).to.deep.equal({
      code: 0,
      stdout: 'Workspace “north” is made.\n',
      stderr: '',
    })
    expect((await run('workspace', 'create', 'north')).code).to.equal(1)
    expect((await run('workspace', 'list')).stdout).to.equal('default\nnorth\n')
    expect((await run('user', 'list', '--workspace', 'south')).stderr).to.equal(
      'There is no workspace “south”.\n',
    )
  })

  it('finds nothing to mend where all is well', async () => {
    const { code, stdout } = await run('doctor')
    expect(stdout).to.include('✓ Tenon speaks English')
    expect(stdout).to.include('✓ Backups are due where the database is looked after')
    expect({ code, bad: stdout.includes('✗'), last: stdout.trim().split('\n').at(-1) }).to.deep.equal({
      code: 0,
      bad: false,
      last: 'Tenon can start.',
    })
  })

  it('knows its own port while it serves, and one that is another program’s', async () => {
    const engine = await startEngine()
    const other = createServer((_request, response) => void response.end('hello')).listen(0, '127.0.0.1')
    try {
      await once(other, 'listening')
      const ports = [new URL(engine.url).port, String((other.address() as AddressInfo).port)]
      const said = await Promise.all(
        ports.map((PORT) =>
          spawnCommand(['doctor'], { ...env, DATABASE_URL: engine.testDatabase.url, PORT }),
        ),
      )
      expect(said.map(({ code }) => code)).to.deep.equal([0, 1])
      expect(said[0]!.stdout).to.include(`✓ Tenon answers on port ${ports[0]}.`)
      expect(said[1]!.stdout).to.include(`✗ Port ${ports[1]} is taken.`)
    } finally {
      other.close()
      await engine.stop()
    }
  })

  it('names what is wrong, and what to do', async () => {
    const { code, stdout } = await spawnCommand(['doctor'], {
      ...env,
      DATABASE_URL: 'postgres://x@127.0.0.1:9/none',
    })
    expect(code).to.equal(1)
    expect(stdout).to.include(
      '✗ The database of DATABASE_URL cannot be reached: connect ECONNREFUSED 127.0.0.1:9',
    )
    expect(stdout).to.include('  → Check its address')
  })

  const misunderstood = [
    { words: ['user', 'lst'], says: 'Did you mean “user list”?' },
    { words: ['user', 'create'], says: 'Usage: tenon user create <e-mail>' },
    { words: ['user', 'list', '--all'], says: '--all' },
  ]
  for (const { words, says } of misunderstood) {
    it(`answers “tenon ${words.join(' ')}” with exit code 2 and help`, async () => {
      const { code, stdout, stderr } = await run(...words)
      expect({ code, stdout }).to.deep.equal({ code: 2, stdout: '' })
      expect(stderr).to.include(says)
    })
  }
})
