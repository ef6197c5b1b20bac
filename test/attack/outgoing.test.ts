import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect } from 'chai'
import { parseAllowedHosts } from '../../engine/allowed-hosts.ts'
import { createGuard, type Resolve } from '../../engine/connectors/guard.ts'
import { guardedRequest, REQUEST_LIMITS } from '../../engine/connectors/request.ts'
import { faultOf } from '../../engine/registry/connector-fault.ts'

/** Every way that is known of writing an address of this machine, or of one nobody should reach, as a host. */
const HOSTS = [
  ...[
    '127.0.0.1',
    '127.1',
    '127.0.1',
    '2130706433',
    '0x7f000001',
    '0x7f.0.0.1',
    '0177.0.0.1',
    '017700000001',
  ],
  ...['127.0.0.1.', 'localhost', 'LOCALHOST', '0', '0.0.0.0', '①②⑦.0.0.1', '127。0。0。1'],
  ...[
    '[::1]',
    '[::]',
    '[0:0:0:0:0:0:0:1]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[0:0:0:0:0:ffff:7f00:1]',
  ],
  ...['[::127.0.0.1]', '[64:ff9b::7f00:1]', '[2002:7f00:1::]', '[fe80::1]', '[fd00:ec2::254]', '[fc00::1]'],
  ...[
    '169.254.169.254',
    '0xa9fea9fe',
    '2852039166',
    '[::ffff:a9fe:a9fe]',
    '100.100.100.200',
    '168.63.129.16',
  ],
  ...['10.0.0.1', '172.16.0.1', '192.168.0.1', '192.168.257', '224.0.0.1', '255.255.255.255'],
]

describe('a call to another system', () => {
  let port = 0
  let hits = 0
  let answer: (path: string) => { status?: number; headers?: Record<string, string>; body?: string }
  const server = createServer((request, response) => {
    hits++
    const { status = 200, headers = {}, body = '{}' } = answer(request.url ?? '')
    response.writeHead(status, headers)
    response.end(body)
  })

  before(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    port = (server.address() as AddressInfo).port
  })
  beforeEach(() => {
    hits = 0
    answer = () => ({})
  })
  after(() => {
    server.closeAllConnections()
    server.close()
  })

  const codeOf = async (work: Promise<unknown>): Promise<string> => {
    try {
      await work
      return 'done'
    } catch (error) {
      return faultOf(error)?.code ?? String(error)
    }
  }
  const ask = (url: string, guard = createGuard({ allowed: [] }), more: object = {}) =>
    guardedRequest(guard, { method: 'GET', url, ...more })
  const allowing = (text: string, resolve?: Resolve) =>
    createGuard({ allowed: parseAllowedHosts(text), ...(resolve === undefined ? {} : { resolve }) })

  for (const host of HOSTS) {
    for (const scheme of ['http', 'https']) {
      it(`never reaches ${scheme}://${host}`, async () => {
        const url = `${scheme}://${host}:${port}/`
        const code = await codeOf(ask(url))
        // What is no address at all is refused before; the rest by where it leads.
        expect(code).to.equal(URL.canParse(url) ? 'CALL_ADDRESS_REFUSED' : 'CALL_REQUEST_INVALID')
        expect(hits).to.equal(0)
      })
    }
  }

  const schemes = [
    'file:///etc/passwd',
    'ftp://127.0.0.1/',
    'gopher://127.0.0.1:70/_x',
    'data:text/plain,x',
    'x',
    '',
  ]
  for (const url of schemes) {
    it(`speaks nothing but HTTP: ${JSON.stringify(url)}`, async () =>
      expect(await codeOf(ask(url))).to.equal('CALL_REQUEST_INVALID'))
  }

  it('hands no user and password to a host', async () =>
    expect(await codeOf(ask('https://good.example@127.0.0.1/'))).to.equal('CALL_REQUEST_INVALID'))

  it('refuses a name when a single one of its addresses is closed', async () => {
    const resolve: Resolve = async () => [{ address: '93.184.216.34' }, { address: '127.0.0.1' }]
    const guard = createGuard({ allowed: [], resolve })
    expect(await codeOf(ask(`https://two.example:${port}/`, guard))).to.equal('CALL_ADDRESS_REFUSED')
  })

  it('judges what the socket connects to, not what the name led to before (DNS rebinding)', async () => {
    let asked = 0
    const resolve: Resolve = async () => [{ address: asked++ === 0 ? '93.184.216.34' : '127.0.0.1' }]
    const guard = createGuard({ allowed: [], resolve })
    expect(await codeOf(ask(`https://turns.example:${port}/`, guard))).to.equal('CALL_ADDRESS_REFUSED')
    expect(asked).to.equal(2)
    expect(hits).to.equal(0)
  })

  it('follows no redirect: its answer is given back', async () => {
    answer = () => ({ status: 302, headers: { location: 'http://169.254.169.254/latest/meta-data' } })
    const given = await ask(`http://127.0.0.1:${port}/`, allowing(`x=127.0.0.1:${port}`))
    expect([given.status, hits]).to.deep.equal([302, 1])
  })

  it('speaks plain HTTP with allowed hosts only', async () => {
    const resolve: Resolve = async () => [{ address: '93.184.216.34' }]
    const guard = createGuard({ allowed: [], resolve })
    expect(await codeOf(ask('http://open.example/', guard))).to.equal('CALL_ADDRESS_REFUSED')
  })

  it('reaches what the operator allows, on that port alone', async () => {
    expect(await codeOf(ask(`http://127.0.0.1:${port}/`, allowing(`x=127.0.0.1:${port}`)))).to.equal('done')
    expect(await codeOf(ask(`http://127.0.0.1:${port}/`, allowing('x=127.0.0.1:1')))).to.equal(
      'CALL_ADDRESS_REFUSED',
    )
    expect(hits).to.equal(1)
  })

  const headers = [
    { name: 'X-Line', value: 'a\r\nX-Evil: b' },
    { name: 'X-Nul', value: 'a\u0000b' },
    { name: 'Host', value: 'metadata.google.internal' },
    { name: 'Content-Length', value: '0' },
    { name: 'Transfer-Encoding', value: 'chunked' },
    { name: 'bad name', value: 'x' },
  ]
  for (const { name, value } of headers) {
    it(`sends no header ${JSON.stringify(`${name}: ${value}`)}`, async () => {
      const guard = allowing(`x=127.0.0.1:${port}`)
      const code = await codeOf(ask(`http://127.0.0.1:${port}/`, guard, { headers: { [name]: value } }))
      expect(code).to.equal('CALL_REQUEST_INVALID')
      expect(hits).to.equal(0)
    })
  }

  it('gives up on an answer that is too large', async () => {
    answer = () => ({ body: 'x'.repeat(20_000) })
    const small = { ...REQUEST_LIMITS, answerBytes: 10_000 }
    const guard = allowing(`x=127.0.0.1:${port}`)
    const work = guardedRequest(guard, { method: 'GET', url: `http://127.0.0.1:${port}/` }, small)
    expect(await codeOf(work)).to.equal('CALL_ANSWER_TOO_LARGE')
  })

  it('gives up on an answer that never comes', async () => {
    const silent = createServer(() => undefined)
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    const { port: own } = silent.address() as AddressInfo
    const hasty = { ...REQUEST_LIMITS, timeoutMs: 50 }
    const guard = allowing(`x=127.0.0.1:${own}`)
    const work = guardedRequest(guard, { method: 'GET', url: `http://127.0.0.1:${own}/` }, hasty)
    expect(await codeOf(work)).to.equal('CALL_TIMED_OUT')
    silent.closeAllConnections()
    silent.close()
  })
})
