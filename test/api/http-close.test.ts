import { connect, type Socket } from 'node:net'
import { expect } from 'chai'
import { registerBuiltInActions } from '../../engine/actions/built-in.ts'
import { createWorkspace } from '../../engine/db/migrate.ts'
import { registerBuiltInFields } from '../../engine/fields/built-in.ts'
import { bootstrapWorkspace } from '../../engine/model/bootstrap.ts'
import { createRegistry } from '../../engine/registry/registry.ts'
import { startEngine } from '../support/engine.ts'
import { eventually, httpTemplate, outcome } from '../support/http-model.ts'

describe('the server', () => {
  it('finishes what it is doing when it is stopped, and takes nothing new', async () => {
    const engine = await startEngine({ template: httpTemplate })
    const admin = await engine.loginAdmin()
    const { hostname, port } = new URL(engine.url)
    const open = (): Promise<Socket> =>
      new Promise((resolve, reject) => {
        const socket = connect(Number(port), hostname, () => resolve(socket))
        socket.on('error', reject)
      })
    const idle = await open()
    const idleClosed = new Promise((resolve) => idle.on('close', resolve))
    const busy = await open()
    const chunks: string[] = []
    busy.on('data', (chunk) => chunks.push(String(chunk)))
    const busyClosed = new Promise((resolve) => busy.on('close', resolve))
    const body = '{"name":"in flight"}'
    busy.write(
      `POST /api/records/company HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${admin.token}\r\n` +
        `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body.slice(0, 5)}`,
    )
    await new Promise((resolve) => setTimeout(resolve, 100))
    const stopped = engine.stop()
    await idleClosed
    await eventually(async () => {
      const refused = await open().then(
        (socket) => socket.destroy() && false,
        () => true,
      )
      return refused
    })
    busy.write(body.slice(5))
    await busyClosed
    await stopped
    expect(chunks.join('')).to.match(/^HTTP\/1\.1 201 Created/)
  })

  it('keeps workspaces apart, whether named by header or by subdomain', async () => {
    const engine = await startEngine({ template: httpTemplate })
    try {
      const admin = await engine.loginAdmin()
      const registry = createRegistry()
      registerBuiltInFields(registry)
      registerBuiltInActions(registry)
      await createWorkspace(engine.database, 'acme')
      await bootstrapWorkspace(engine.database, registry, 'acme')
      const inAcme = { headers: { 'x-workspace': 'acme' } }
      expect(outcome(await admin.get('/api/auth/me', inAcme))).to.equal('401 AUTH_REQUIRED')
      expect(outcome(await admin.get('/api/records/company', inAcme))).to.equal('401 AUTH_REQUIRED')
      expect((await admin.get('/api/auth/me')).record.workspace).to.equal('default')
      const host = (name: string) => statusWithHost(engine.url, `${name}.example.com`, admin.token!)
      expect([await host('acme'), await host('nobody')]).to.deep.equal([401, 200])
    } finally {
      await engine.stop()
    }
  })
})

/** fetch does not let a caller choose the Host header. */
function statusWithHost(url: string, host: string, token: string): Promise<number> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => {
      socket.write(
        `GET /api/auth/me HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Bearer ${token}\r\nConnection: close\r\n\r\n`,
      )
    })
    socket.on('error', reject)
    socket.once('data', (chunk) => resolve(Number(String(chunk).slice(9, 12))))
  })
}
