import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { expect } from 'chai'
import { AppError } from '../../../engine/errors.ts'
import { readBytes } from '../../../engine/http/read-body.ts'

const TIMEOUT_MS = 100

describe('readBytes', () => {
  let server: Server
  let port: number
  before(async () => {
    server = createServer(async (request, response) => {
      try {
        const bytes = await readBytes(request, 20, TIMEOUT_MS)
        response.end(`got ${bytes.toString()}`)
      } catch (error) {
        response.statusCode = error instanceof AppError ? error.status : 500
        response.end(error instanceof AppError ? error.code : 'fault')
      }
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    port = (server.address() as AddressInfo).port
  })
  after(() => {
    server.closeAllConnections()
    server.close()
  })

  /** Sends bytes and gives all that comes back until the connection ends, with the milliseconds that it took. */
  async function say(bytes: string): Promise<{ readonly heard: string; readonly ms: number }> {
    const begun = performance.now()
    const socket = connect(port, '127.0.0.1')
    socket.write(bytes)
    let heard = ''
    socket.on('data', (chunk: Buffer) => {
      heard += chunk.toString()
      if (heard.includes('got ')) socket.end()
    })
    await once(socket, 'close')
    return { heard, ms: performance.now() - begun }
  }
  const head = (length: number) => `POST / HTTP/1.1\r\nHost: x\r\nContent-Length: ${length}\r\n\r\n`

  it('gives a body that is there', async () => {
    const { heard } = await say(`${head(5)}hello`)
    expect(heard).to.match(/^HTTP\/1.1 200 [\s\S]*got hello/)
  })

  it('refuses a body that does not arrive, and ends the connection', async () => {
    const { heard, ms } = await say(`${head(20)}hel`)
    expect(heard).to.match(/^HTTP\/1.1 408 [\s\S]*HTTP_REQUEST_TIMEOUT/)
    expect(ms).to.be.greaterThan(TIMEOUT_MS).and.lessThan(5_000)
  })

  it('refuses one that is too long by its head', async () => {
    const answer = await fetch(`http://127.0.0.1:${port}`, { method: 'POST', body: 'x'.repeat(21) })
    expect([answer.status, await answer.text()]).to.deep.equal([413, 'HTTP_BODY_TOO_LARGE'])
  })
})
