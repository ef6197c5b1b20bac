import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { type Language, refuse } from '../errors.ts'
import { ALIVE } from './alive.ts'
import { answerClientError } from './client-error.ts'
import { closerOf } from './close-server.ts'
import { languageOf } from './language.ts'
import { type ListenAddress, listen } from './listen.ts'
import { presentProblem } from './problem.ts'
import { send, sendJson } from './respond.ts'
import { pageHeaders } from './security-headers.ts'

/** How long requests in flight have when the engine itself takes over, milliseconds. */
const GRACE_MS = 500
/** After so many seconds it is worth asking again. */
const AGAIN_SECONDS = 1
/** The connection goes with the waiting room. */
const AGAIN = { 'Retry-After': String(AGAIN_SECONDS), Connection: 'close' }

const WORDS: Readonly<Record<Language, { readonly title: string; readonly text: string }>> = {
  en: {
    title: 'Setting up your workspace',
    text: 'This happens once and takes about twenty seconds. The page goes on by itself.',
  },
  'zh-CN': { title: '正在初始化工作区', text: '仅首次启动需要，约二十秒，完成后页面会自动继续。' },
}

/**
 * Answers at the engine's address while the first workspace is filled, so that who opens the page too early sees what
 * happens, and a supervisor that the process lives: `/healthz` is well, everything else is 503 and says when to come again.
 * @returns what closes it: the address is free then
 * @throws AppError as `listen`
 */
export async function openWaitingRoom(address: ListenAddress): Promise<() => Promise<void>> {
  const server = createServer()
  server.on('clientError', answerClientError)
  server.on('request', answer)
  const close = closerOf(server)
  await listen(server, address)
  return () => close(GRACE_MS)
}

function answer(request: IncomingMessage, response: ServerResponse): void {
  const path = (request.url ?? '/').split('?')[0]!
  const isPage = !path.startsWith('/api/') && (request.headers.accept ?? '').includes('text/html')
  if (path === '/healthz') sendJson(response, 200, ALIVE, { Connection: 'close' })
  else if (path === '/readyz') sendJson(response, 503, '{"status":"unavailable","checks":{}}', AGAIN)
  else if (isPage) sendPage(response, languageOf(request))
  else {
    const body = JSON.stringify(presentProblem(refuse('HTTP_SETTING_UP'), languageOf(request)))
    send(response, 503, 'application/problem+json; charset=utf-8', body, AGAIN)
  }
}

function sendPage(response: ServerResponse, language: Language): void {
  const nonce = randomBytes(16).toString('base64')
  const headers = { ...pageHeaders(nonce), ...AGAIN, Vary: 'Accept-Language' }
  send(response, 503, 'text/html; charset=utf-8', pageOf(language, nonce), headers)
}

/** A page that needs no file: the pages themselves would ask for what is not there yet. */
function pageOf(language: Language, nonce: string): string {
  const { title, text } = WORDS[language]
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="refresh" content="${AGAIN_SECONDS}">
<title>${title} · Tenon</title>
<style nonce="${nonce}">
body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: light-dark(#f6f7f7, #121516); color: light-dark(#1b2223, #e7ebec); font: 15px/1.6 "Inter", -apple-system, "Segoe UI", "PingFang SC", "Microsoft YaHei UI", "Noto Sans CJK SC", sans-serif }
main { max-width: 22em; padding: 24px; text-align: center }
svg { width: 44px; height: 44px }
h1 { margin: 20px 0 6px; font-size: 20px; font-weight: 600; line-height: 1.35 }
p { margin: 0; color: light-dark(#566164, #a2adb0); text-wrap: balance }
</style>
</head>
<body>
<main>
<svg viewBox="0 0 24 24" aria-hidden="true"><rect width="24" height="24" rx="6" fill="#006e76"/><path d="M5 5.5h14v4.6h-4.4l1.5 4.4H7.9l1.5-4.4H5z" fill="#fff"/><path d="M5 11.8h2.7L6.2 16.2h11.6l-1.5-4.4H19v6.7H5z" fill="#fff" opacity=".5"/></svg>
<h1>${title}</h1>
<p role="status">${text}</p>
</main>
</body>
</html>
`
}
