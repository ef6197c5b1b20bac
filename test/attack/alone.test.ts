import { once } from 'node:events'
import { connect, createServer, type Server } from 'node:net'
import { expect } from 'chai'

/** Ports that a call elsewhere would most likely go to. */
const PORTS = [22, 25, 53, 80, 443, 465, 587, 2375, 3128, 5432, 6379, 8080, 8443, 9200]

// Set by test/run.mjs in a network namespace where every address of the world leads back to this machine: whoever
// is called from here, wherever it may be, it is this listener that answers.
if (process.env.TENON_TEST_ALONE === '1') {
  const calls: string[] = []
  const servers: Server[] = []

  before(async () => {
    for (const port of PORTS) {
      const server = createServer((socket) => {
        calls.push(`${socket.localAddress}:${port}`)
        socket.destroy()
      })
      server.listen(port, '0.0.0.0')
      await once(server, 'listening')
      servers.push(server)
    }
  })
  after(() => {
    for (const server of servers) server.close()
    expect(calls, 'addresses that were called while all these attacks ran').to.deep.equal([])
  })

  describe('the listener for calls elsewhere', () => {
    it('would notice one to any address', async () => {
      for (const address of ['169.254.169.254', '10.0.0.1', '203.0.113.7']) {
        const socket = connect(80, address)
        socket.on('error', () => undefined)
        await once(socket, 'close')
      }
      expect(calls.splice(0)).to.have.length(3)
    })
  })
} else {
  console.log('  (not in a network namespace of its own: calls elsewhere are watched in this process alone)')
}
