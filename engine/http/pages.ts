import { randomBytes } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { promisify } from 'node:util'
import { gzip, type ZlibOptions } from 'node:zlib'
import express, { type RequestHandler, Router } from 'express'
import { refuse } from '../errors.ts'
import { send, takesGzip } from './respond.ts'
import { pageHeaders } from './security-headers.ts'

/** Stands in the built pages where the nonce of each answer goes. */
const NONCE_MARK = '__CSP_NONCE__'
const RUNTIME_PAGE = join('runtime-ui', 'index.html')
const DESIGNER_PAGE = join('designer', 'index.html')
const HTML = 'text/html; charset=utf-8'
const gzipped = promisify<string, ZlibOptions, Buffer>(gzip)
const ONE_YEAR_SECONDS = 31_536_000
const ONE_DAY_SECONDS = 86_400
const ASSET_HEADERS = new Map([
  ['X-Content-Type-Options', 'nosniff'],
  ['Cross-Origin-Resource-Policy', 'same-origin'],
  ['Vary', 'Accept-Encoding'],
])

/**
 * The built pages: named assets for ever, and for every other address that a browser opens the page itself,
 * whose router knows what to show. Nothing that is missing is papered over: an asset is 404, a build that was
 * never made says so.
 * @param folder dist/
 */
export function pagesHandler(folder: string): RequestHandler {
  const routes = Router()
  const settings = { immutable: true, maxAge: ONE_YEAR_SECONDS * 1000, index: false, redirect: false }
  const assets = express.static(join(folder, 'assets'), {
    ...settings,
    setHeaders: (response) => void response.setHeaders(ASSET_HEADERS),
  })
  const zipped = express.static(join(folder, 'assets'), {
    ...settings,
    setHeaders(response, path) {
      response.setHeaders(ASSET_HEADERS)
      response.setHeader('Content-Encoding', 'gzip')
      response.type(extname(path.slice(0, -'.gz'.length)))
    },
  })
  routes.use('/assets', (request, response, next) => {
    if (!takesGzip(request) || !/\.[a-z]+$/.test(request.path)) return assets(request, response, next)
    // The build has laid a compressed twin beside what compresses; where there is none the file itself is sent.
    const address = request.url
    request.url = `${request.path}.gz`
    zipped(request, response, (fault?: unknown) => {
      request.url = address
      if (fault !== undefined) next(fault)
      else assets(request, response, next)
    })
  })
  // What a phone asks for when somebody puts Tenon on its home screen; these have names of their own, not by content.
  const app = express.static(folder, { maxAge: ONE_DAY_SECONDS * 1000, index: false, redirect: false })
  routes.get(['/app.webmanifest', '/app-icon-180.png', '/app-icon-512.png'], app)
  routes.get('/{*path}', async (request, response, next) => {
    const isPage = !request.path.startsWith('/api/') && !request.path.startsWith('/assets/')
    if (!isPage || request.accepts('html') === false || looksLikeFile(request.path)) return next()
    const isDesigner = request.path === '/designer' || request.path.startsWith('/designer/')
    const page = await readPage(join(folder, isDesigner ? DESIGNER_PAGE : RUNTIME_PAGE))
    const nonce = randomBytes(16).toString('base64')
    const text = page.replaceAll(NONCE_MARK, nonce)
    const headers = { ...pageHeaders(nonce), 'Cache-Control': 'no-cache', Vary: 'Accept-Encoding' }
    if (!takesGzip(request)) return send(response, 200, HTML, text, headers)
    // It names each file that it needs: a page of text that compresses to a fifth.
    const zipped = await gzipped(text, { level: 1 })
    send(response, 200, HTML, zipped, { ...headers, 'Content-Encoding': 'gzip' })
  })
  return routes
}

/** `favicon.ico`, `robots.txt`: a page in their place would only confuse who asks. */
function looksLikeFile(path: string): boolean {
  return /\.[a-z0-9]{2,5}$/i.test(path)
}

interface CachedPage {
  readonly changedAt: number
  readonly text: string
}
const pages = new Map<string, CachedPage>()

/** A page, read again when a build has replaced it. @throws AppError HTTP_PAGES_MISSING */
export async function readPage(file: string): Promise<string> {
  try {
    const { mtimeMs } = await stat(file)
    const known = pages.get(file)
    if (known?.changedAt === mtimeMs) return known.text
    const text = await readFile(file, 'utf8')
    pages.set(file, { changedAt: mtimeMs, text })
    return text
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      throw refuse('HTTP_PAGES_MISSING')
    throw error
  }
}
