import { join } from 'node:path'
import { type Request, type Response, Router } from 'express'
import { AppError, problemMessage } from '../errors.ts'
import { type WebformData, webformData } from '../portal/page-data.ts'
import { webformTexts } from '../portal/webform-texts.ts'
import type { Spoken } from '../registry/words.ts'
import type { HttpDeps } from './deps.ts'
import { readPage } from './pages.ts'
import { send } from './respond.ts'
import { webformHeaders } from './security-headers.ts'
import { openWebform, readWebform, visitorLanguage, webformContext, webformVault } from './webform-context.ts'

const PAGE = join('runtime-ui', 'webform', 'index.html')

/** The public pages of web forms, and the script by which another site shows one. */
export function webformPages(deps: HttpDeps): Router {
  const routes = Router()

  routes.get('/f/:form', async (request, response) => {
    const page = await readPage(join(deps.settings.pagesDir, PAGE))
    const asked = typeof request.query.lang === 'string' ? request.query.lang : undefined
    try {
      const read = await readWebform(deps, request, request.params.form, asked)
      const { model, form, language, words } = read
      const vault = await webformVault(deps, model)
      const data = await webformData(webformContext(deps, request, read), form, vault, language)
      const isEmbedded = request.query.embed !== undefined
      const sites = form.definition.sites ?? []
      const shown = { ...data, texts: webformTexts(language, words) }
      sendPage(response, 200, page, shown, isEmbedded ? ["'self'", ...sites] : [])
    } catch (error) {
      if (!(error instanceof AppError) || error.status !== 404) throw error
      sendPage(response, 404, page, missing(error, visitorLanguage(deps, request, 'en', asked)), [])
    }
  })

  routes.get('/f/:form/embed.js', async (request, response) => {
    await openWebform(deps, request, request.params.form)
    send(response, 200, 'text/javascript; charset=utf-8', EMBED, EMBED_HEADERS)
  })

  // Whoever sends to the page itself means the submissions of its API.
  routes.all('/f/:form', (_request: Request, response: Response) => {
    send(response, 405, 'text/plain; charset=utf-8', '', { Allow: 'GET, HEAD' })
  })

  return routes
}

/** What lies in the page: the form, and what the page says by itself in the one language. */
interface PageData extends WebformData {
  readonly texts: ReturnType<typeof webformTexts>
}

function sendPage(
  response: Response,
  status: number,
  page: string,
  data: PageData,
  ancestors: readonly string[],
): void {
  const html = page
    .replaceAll(/\s(?:nonce|property)="[^"]*__CSP_NONCE__[^"]*"/g, '')
    .replace('<html lang="en">', () => `<html lang="${escaped(data.language)}">`)
    .replace('__WEBFORM_TITLE__', () => escaped(data.title))
    .replace('__WEBFORM_NOSCRIPT__', escaped(data.texts.noScript))
    // As text of a script element it ends at the first `</`.
    .replace('"__WEBFORM_DATA__"', () => JSON.stringify(data).replaceAll('<', '\\u003c'))
  send(response, status, 'text/html; charset=utf-8', html, webformHeaders(ancestors))
}

function escaped(text: string): string {
  const marks: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
  return text.replace(/[&<>"]/g, (mark) => marks[mark]!)
}

/** A page in the place of a form that is not there. */
function missing(error: AppError, { language, words }: Spoken): PageData {
  const text = problemMessage(error.problems[0]!, language, words?.problems)
  return {
    ...{ language: words?.tag ?? language, texts: webformTexts(language, words) },
    ...{ name: '', title: text, fields: [], parameters: [], today: '1970-01-01', time_zone: 'UTC' },
    rules: { fields: [], sections: [], validations: [] },
    ...{ validator: '', closed: '', ticket: null },
  }
}

const EMBED_HEADERS = {
  'Cross-Origin-Resource-Policy': 'cross-origin',
  'Cache-Control': 'public, max-age=300',
} as const

/**
 * Puts the form, in a frame of its own, in the place of the script element that loads this, and keeps the frame as high as
 * the form is. Parameters of the page around go along: the form takes those that it lists.
 */
const EMBED = `(function () {
  var script = document.currentScript
  if (!script) return
  var base = script.src.replace(/\\/embed\\.js(\\?.*)?$/, '')
  var query = new URLSearchParams(location.search)
  query.set('embed', '1')
  if (script.dataset.lang) query.set('lang', script.dataset.lang)
  var frame = document.createElement('iframe')
  frame.src = base + '?' + query
  frame.title = script.dataset.title || 'Form'
  frame.style.cssText = 'width:100%;border:0;min-height:320px'
  script.parentNode.insertBefore(frame, script)
  addEventListener('message', function (event) {
    if (event.source !== frame.contentWindow || event.origin !== new URL(base).origin) return
    var height = event.data && event.data.tenonWebform ? Number(event.data.height) : 0
    if (height > 0) frame.style.height = Math.min(height, 20000) + 'px'
  })
})()
`
