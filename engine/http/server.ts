import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import express, { type NextFunction, type Request, type Response, type Router } from 'express'
import { createToldAttempts } from '../access/told-attempts.ts'
import { refuse } from '../errors.ts'
import { allowedMethods } from './allowed-methods.ts'
import { answerError } from './answer-error.ts'
import { answerMethod } from './answer-method.ts'
import { apiRouters } from './api-routers.ts'
import { answerClientError, MAX_HEAD_BYTES } from './client-error.ts'
import { closerOf } from './close-server.ts'
import type { HttpDeps, HttpSource } from './deps.ts'
import { isSecure, type ProxyTrust } from './origin.ts'
import { pagesHandler } from './pages.ts'
import { RECORDS_PREFIX, recordsHandler } from './routes/records.ts'
import { HSTS } from './security-headers.ts'
import { webformPages } from './webform-page.ts'

/** A request may take this long to arrive, uploads included, milliseconds. */
const REQUEST_TIMEOUT_MS = 300_000
/** Longer than the idle time of common proxies, so that they never write into a connection just closed. */
const KEEP_ALIVE_MS = 75_000
/** Requests in flight get this long at a stop, milliseconds. */
const DEFAULT_GRACE_MS = 10_000

export interface HttpServer {
  readonly server: Server
  /** Stops accepting, lets requests in flight finish (at most `graceMs`), then ends all connections. */
  close(graceMs?: number): Promise<void>
}

/**
 * The HTTP server of an engine, not yet listening. Calls on records go past Express: entering its router costs
 * more than all else that we do for a read (measured: 48 µs of CPU against 35 µs for the whole rest of the
 * exchange). Everything that is not asked a thousand times a second is an ordinary Express route.
 */
export function createHttpServer(source: HttpSource): HttpServer {
  const app = express()
  app.disable('x-powered-by').disable('etag')
  app.set('trust proxy', source.settings.trustProxy)
  const trusts = app.get('trust proxy fn') as ProxyTrust
  const deps: HttpDeps = { ...source, trusts, attempts: createToldAttempts() }
  mountRoutes(app, deps)
  const serveRecords = recordsHandler(deps)
  // TLS ends at the proxy, so that without one no answer goes over it.
  const mayBeSecure = source.settings.trustProxy !== false
  const server = createServer({
    keepAliveTimeout: KEEP_ALIVE_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
    maxHeaderSize: MAX_HEAD_BYTES,
  })
  server.on('clientError', answerClientError)
  server.on('request', (request, response) => {
    observeRequest(deps, request, response)
    if (mayBeSecure && isSecure(request, deps.trusts)) response.setHeader(...HSTS)
    if (request.url?.startsWith(RECORDS_PREFIX)) void serveRecords(request, response)
    else app(request, response)
  })
  const close = closerOf(server)
  return {
    server,
    async close(graceMs = DEFAULT_GRACE_MS) {
      source.live.end()
      await close(graceMs)
    },
  }
}

function mountRoutes(app: express.Express, deps: HttpDeps): void {
  const routers = apiRouters(deps)
  app.use((request, response, next) => {
    // PostgreSQL takes no NUL in a text, and no name of anything holds one.
    if (request.path.includes('%00')) throw refuse('HTTP_ADDRESS_INVALID')
    // Express' own answer to OPTIONS knows one router at a time.
    if (request.method === 'OPTIONS') answerUnrouted(deps, routers, request, response)
    else next()
  })
  for (const router of routers) app.use(router)
  app.use(webformPages(deps))
  app.use(pagesHandler(deps.settings.pagesDir))
  app.use((request: Request, response: Response) => answerUnrouted(deps, routers, request, response))
  app.use((error: unknown, request: Request, response: Response, _next: NextFunction) => {
    return answerError(deps, request, response, error)
  })
}

/** An address that no handler answered: of another method, or none at all. */
function answerUnrouted(
  deps: HttpDeps,
  routers: readonly Router[],
  request: Request,
  response: Response,
): void {
  const methods = allowedMethods(routers, request.path)
  if (methods.length === 0) throw refuse('HTTP_ROUTE_UNKNOWN')
  answerMethod(deps, request, response, methods)
}

function observeRequest(deps: HttpDeps, request: IncomingMessage, response: ServerResponse): void {
  const begun = performance.now()
  response.once('finish', () => {
    deps.observer.observe('request', {
      method: request.method ?? '',
      route: routeOf(request),
      status: response.statusCode,
      seconds: (performance.now() - begun) / 1000,
    })
  })
}

/** The class of an address: few values, never the address itself. */
function routeOf(request: IncomingMessage): string {
  const url = request.url ?? ''
  if (url.startsWith(RECORDS_PREFIX)) return '/api/records'
  return API_CLASS.exec(url)?.[0] ?? (url.startsWith('/api/') ? '/api' : 'pages')
}
const API_CLASS =
  /^\/(?:api\/(?:auth|tokens|users|meta|jobs|events|files|forms|openapi\.json)|healthz|readyz|metrics)(?=[/?]|$)/
