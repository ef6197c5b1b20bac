import { type AddressInfo, createServer } from 'node:net'
import { expect } from 'chai'
import { type EngineProcess, spawnEngine } from '../support/process.ts'
import { scratchFolder } from '../support/scratch.ts'
import { endDatabase } from './support.ts'

/** One that nobody listens on. */
async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const { port } = probe.address() as AddressInfo
  await new Promise((resolve) => probe.close(resolve))
  return port
}

interface Seen {
  readonly status: number
  readonly type: string | null
  readonly again: string | null
  readonly text: string
}

describe('a first start that installs a template', () => {
  const dataDir = scratchFolder('first-start')
  let engine: EngineProcess
  let url: string

  before(async () => {
    const port = await freePort()
    url = `http://127.0.0.1:${port}`
    engine = spawnEngine({ dataDir, env: { PORT: String(port), TENON_TEMPLATE: 'cn_regions' } })
  })
  after(async () => {
    await engine.end('SIGKILL')
    await endDatabase(dataDir)
  })

  /** Undefined where nobody listens yet, or not at this moment. */
  async function ask(path: string, headers: Record<string, string> = {}): Promise<Seen | undefined> {
    try {
      const answer = await fetch(url + path, { headers })
      const told = { type: answer.headers.get('content-type'), again: answer.headers.get('retry-after') }
      return { status: answer.status, ...told, text: await answer.text() }
    } catch {
      return undefined // that it is asked again until it is ready is the test
    }
  }

  it('says at its address what is going on, in both languages, and then goes on by itself', async () => {
    let isReady = false
    const ready = engine.ready.finally(() => {
      isReady = true
    })
    const page = { accept: 'text/html' }
    const waiting = new Map<string, Seen>()
    while (!isReady) {
      for (const [name, path, headers] of [
        ['alive', '/healthz', {}],
        ['ready', '/readyz', {}],
        ['english', '/', { ...page, 'accept-language': 'en' }],
        ['chinese', '/records/account', { ...page, 'accept-language': 'zh-CN' }],
        ['call', '/api/auth/me', { 'accept-language': 'en' }],
      ] as const) {
        const seen = await ask(path, headers)
        if (seen !== undefined && !waiting.has(name)) waiting.set(name, seen)
      }
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    expect(await ready).to.equal(url)
    const told = Object.fromEntries(
      [...waiting].map(([name, { status, type, again }]) => [name, [status, type?.split(';')[0], again]]),
    )
    expect(told).to.deep.equal({
      alive: [200, 'application/json', null],
      ready: [503, 'application/json', '1'],
      english: [503, 'text/html', '1'],
      chinese: [503, 'text/html', '1'],
      call: [503, 'application/problem+json', '1'],
    })
    expect(waiting.get('english')?.text).to.include('Setting up your workspace')
    expect(waiting.get('chinese')?.text).to.include('正在初始化工作区')
    expect(JSON.parse(waiting.get('call')!.text)).to.include({ code: 'HTTP_SETTING_UP' })
    expect((await ask('/readyz'))?.status).to.equal(200)
    expect((await ask('/', page))?.text).to.include('<div id="root">')
  })
})
