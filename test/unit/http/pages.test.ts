import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect } from 'chai'
import express, { type NextFunction, type Request, type Response } from 'express'
import { AppError } from '../../../engine/errors.ts'
import { pagesHandler } from '../../../engine/http/pages.ts'
import { scratchFolder } from '../../support/scratch.ts'

describe('pagesHandler', () => {
  const folder = scratchFolder('pages')
  const page = (name: string) =>
    `<title>${name}</title><script nonce="__CSP_NONCE__" src="/assets/a.js"></script>`
  let server: Server
  let url: string

  before((done) => {
    for (const name of ['runtime-ui', 'designer', 'assets']) mkdirSync(join(folder, name))
    writeFileSync(join(folder, 'runtime-ui/index.html'), page('runtime'))
    writeFileSync(join(folder, 'designer/index.html'), page('designer'))
    writeFileSync(join(folder, 'assets/a-1234.js'), 'let a')
    const app = express().use(pagesHandler(folder))
    app.use((_request: Request, response: Response) => void response.status(404).end())
    app.use((error: unknown, _request: Request, response: Response, _next: NextFunction) => {
      response
        .status(error instanceof AppError ? error.status : 500)
        .end(error instanceof AppError ? error.code : '')
    })
    server = createServer(app).listen(0, '127.0.0.1', () => {
      url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
      done()
    })
  })
  after((done) => {
    server.closeAllConnections()
    server.close(done)
  })

  const get = async (path: string, headers: Record<string, string> = { accept: 'text/html' }) => {
    const response = await fetch(url + path, { headers })
    return { status: response.status, headers: response.headers, text: await response.text() }
  }

  const pages = [
    { path: '/', name: 'runtime' },
    { path: '/sales/opportunity/123', name: 'runtime' },
    { path: '/designers', name: 'runtime' },
    { path: '/designer', name: 'designer' },
    { path: '/designer/entity/account', name: 'designer' },
  ]
  for (const { path, name } of pages) {
    it(`answers ${path} with the page of ${name}`, async () => {
      const { status, text } = await get(path)
      expect([status, text.includes(`<title>${name}</title>`)]).to.deep.equal([200, true])
    })
  }

  it('gives every answer a nonce of its own, the same in page and policy', async () => {
    const [one, other] = [await get('/'), await get('/')]
    const nonceOf = ({ text }: { text: string }) => /nonce="([^"]+)"/.exec(text)![1]!
    expect(nonceOf(one)).to.match(/^[A-Za-z0-9+/]{22}==$/)
    expect(nonceOf(one)).not.to.equal(nonceOf(other))
    const policy = one.headers.get('content-security-policy')!
    expect(policy)
      .to.include(`style-src 'self' 'nonce-${nonceOf(one)}';`)
      .and.to.include("script-src 'self';")
    expect(policy.match(/[\w-]+ 'unsafe-[^;]*/g)).to.deep.equal(["style-src-attr 'unsafe-inline'"])
    expect([one.headers.get('cross-origin-opener-policy'), one.headers.get('x-frame-options')]).to.deep.equal(
      ['same-origin', 'DENY'],
    )
    expect(one.headers.get('cache-control')).to.equal('no-cache')
  })

  it('lets browsers keep named assets for ever', async () => {
    const { status, headers, text } = await get('/assets/a-1234.js', {})
    expect([status, text]).to.deep.equal([200, 'let a'])
    expect(headers.get('cache-control')).to.equal('public, max-age=31536000, immutable')
    expect(headers.get('x-content-type-options')).to.equal('nosniff')
  })

  it('sends the compressed twin of an asset to who takes it', async () => {
    writeFileSync(join(folder, 'assets/b-1234.js'), 'let b = "whole"')
    writeFileSync(join(folder, 'assets/b-1234.js.gz'), gzipSync('let b = "twin"'))
    const zipped = await get('/assets/b-1234.js', { 'accept-encoding': 'gzip, br' })
    expect([zipped.status, zipped.text]).to.deep.equal([200, 'let b = "twin"']) // fetch unpacks it
    expect(zipped.headers.get('content-encoding')).to.equal('gzip')
    expect(zipped.headers.get('content-type')).to.include('text/javascript')
    expect(zipped.headers.get('vary')).to.include('Accept-Encoding')
    expect(zipped.headers.get('cache-control')).to.equal('public, max-age=31536000, immutable')
    const whole = await get('/assets/b-1234.js', { 'accept-encoding': 'identity' })
    expect([whole.text, whole.headers.get('content-encoding')]).to.deep.equal(['let b = "whole"', null])
    expect(whole.headers.get('vary')).to.include('Accept-Encoding')
    const only = await get('/assets/a-1234.js', { 'accept-encoding': 'gzip' })
    expect([only.text, only.headers.get('content-encoding')]).to.deep.equal(['let a', null])
  })

  it('has what a phone needs to put it on its home screen, and nothing else of the folder', async () => {
    writeFileSync(join(folder, 'app.webmanifest'), '{}')
    const { status, headers, text } = await get('/app.webmanifest', {})
    expect([status, text]).to.deep.equal([200, '{}'])
    expect(headers.get('content-type')).to.include('application/manifest+json')
    writeFileSync(join(folder, 'secret.json'), '{}')
    expect((await get('/secret.json', {})).status).to.equal(404)
  })

  const missing = [
    '/assets/gone.js',

    '/assets/%2e%2e/runtime-ui/index.html',
    '/favicon.ico',
    '/api/x',
  ]
  for (const path of missing) {
    it(`has nothing at ${path}`, async () => {
      const { status, text } = await get(path)
      expect([status, text]).to.deep.equal([404, ''])
    })
  }

  it('answers no page to who asks for JSON', async () => {
    expect((await get('/', { accept: 'application/json' })).status).to.equal(404)
  })

  it('shows a build that was made meanwhile', async () => {
    writeFileSync(join(folder, 'runtime-ui/index.html'), page('newer'))
    expect((await get('/')).text).to.include('newer')
  })

  it('says so where the pages are not built', async () => {
    const app = express().use(pagesHandler(join(folder, 'none')))
    app.use((error: AppError, _request: Request, response: Response, _next: NextFunction) => {
      response.status(error.status).end(error.code)
    })
    const bare = createServer(app)
    await new Promise<void>((resolve) => bare.listen(0, '127.0.0.1', resolve))
    const { port } = bare.address() as AddressInfo
    const response = await fetch(`http://127.0.0.1:${port}/`, { headers: { accept: 'text/html' } })
    expect([response.status, await response.text()]).to.deep.equal([503, 'HTTP_PAGES_MISSING'])
    bare.closeAllConnections()
    bare.close()
  })
})
