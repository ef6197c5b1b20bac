import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import { isAlive, waitUntil } from '../../engine/db/processes.ts'
import { scratchFolder } from '../support/scratch.ts'
import { databasePid } from './support.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

describe('npm start', () => {
  it('serves the pages at the address it prints, tells how to sign in, and stops whole', async () => {
    const dataDir = scratchFolder('npm-start')
    const child = spawn('npm', ['start', '--silent'], {
      cwd: ROOT,
      env: { ...process.env, PORT: '0', TENON_DATA_DIR: dataDir, TENON_DEMO: '0', TENON_TEMPLATE: 'none' },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const said = { stdout: '', stderr: '' }
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (part: string) => {
        said[name] += part
      })
    }
    const closed = once(child, 'close')
    await waitUntil(() => said.stdout.includes('Sign in') || child.exitCode !== null, 120_000)
    const [ready = '', signIn = ''] = said.stdout.split('\n')
    expect(ready, said.stderr).to.match(/^Tenon is ready at http:\/\/127\.0\.0\.1:\d+$/)
    expect(signIn).to.match(/^Sign in as admin@example\.com with the password \S{12,}$/)

    const url = ready.slice('Tenon is ready at '.length)
    const page = await fetch(url, { headers: { accept: 'text/html' } })
    expect({ status: page.status, type: page.headers.get('content-type') }).to.deep.equal({
      status: 200,
      type: 'text/html; charset=utf-8',
    })
    const [, email, password] = /Sign in as (\S+) with the password (\S+)/.exec(signIn) ?? []
    const login = await fetch(`${url}/api/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email, password }),
    })
    expect(login.status).to.equal(200)

    const database = databasePid(dataDir)
    child.kill('SIGTERM')
    await closed
    expect(await waitUntil(() => !isAlive(database), 10_000)).to.equal(true)
    await expectSilence(url)
  })
})

async function expectSilence(url: string): Promise<void> {
  const answer = await fetch(url).then(
    ({ status }) => `answered ${status}`,
    () => 'silence',
  )
  expect(answer).to.equal('silence')
}
