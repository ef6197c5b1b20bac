import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { launch } from '../support/browser.ts'
import { openDraft, planOf, type Written } from '../support/drafts.ts'
import { ADMIN, startEngine } from '../support/engine.ts'

/**
 * `npm run pictures`: the pictures of README and guides, taken anew from the running product with the sales template and
 * its demo data, in both languages. A machine without a Chinese font leaves boxes in them: look at what it made.
 */
const FOLDER = join(import.meta.dirname, '..', '..', 'docs', 'images')
/** The pictures that the gallery of templates shows. */
const GALLERY = join(import.meta.dirname, '..', '..', 'seeds', 'sales', 'screenshots')
const SIZE = { width: 1280, height: 800 }

interface Picture {
  readonly name: string
  readonly path: string
  /** What must stand there before it is taken. */
  readonly until: string
  readonly act?: (page: Page) => Promise<void>
  /** Goes into the template as well, or only there. */
  readonly gallery?: 'too' | 'only'
}

/** Bytes of one: a template travels with its pictures. */
const MOST_BYTES = 60 * 1024

/** A picture of the window as WebP, which the browser itself makes of it: as good as it may be in so many bytes. */
async function takeWebp(page: Page, canvas: Page, path: string): Promise<void> {
  const png = (await page.screenshot()).toString('base64')
  const webp = await canvas.evaluate(
    async ([source, most]) => {
      const image = new Image()
      image.src = `data:image/png;base64,${source}`
      await image.decode()
      const place = document.createElement('canvas')
      place.width = image.width
      place.height = image.height
      place.getContext('2d')?.drawImage(image, 0, 0)
      const made = [0.8, 0.7, 0.6, 0.5, 0.4, 0.3].map((quality) => place.toDataURL('image/webp', quality))
      return made.find(({ length }) => (length * 3) / 4 <= most) ?? made.at(-1)!
    },
    [png, MOST_BYTES] as const,
  )
  writeFileSync(path, Buffer.from(webp.slice(webp.indexOf(',') + 1), 'base64'))
}

const engine = await startEngine({ env: { TENON_TEMPLATE: 'sales', TENON_DEMO: '1' } })
try {
  const admin = await engine.loginAdmin()
  const entity = (await admin.get('/api/meta/definitions/entity/opportunity'))
    .record as unknown as Written & {
    readonly fields: readonly { readonly name: string }[]
  }
  const fields = entity.fields.map((field) =>
    field.name === 'next_step' ? { ...field, type: 'long_text' } : field,
  )
  const draft = await openDraft(admin, [
    {
      ...entity,
      fields: [...fields, { name: 'referrer', type: 'text', label: { en: 'Referrer', 'zh-CN': '介绍人' } }],
    },
  ])
  await planOf(admin, draft) // says what is wrong with it, should it be
  const pictures: readonly Picture[] = [
    { name: 'home', path: '/dashboards/executive_home', until: 'main canvas', gallery: 'only' },
    {
      ...{ name: 'opportunities', path: '/records/opportunity', until: 'table.records tbody tr' },
      gallery: 'too',
    },
    { name: 'begin', path: '/designer/begin', until: '.begin-way' },
    { name: 'data-model', path: '/designer/model', until: '.react-flow__node' },
    { name: 'stages', path: '/designer/pipeline/sales', until: '.react-flow__node', gallery: 'too' },
    { name: 'layout', path: '/designer/layout/opportunity_page', until: 'main' },
    { name: 'report', path: '/designer/report/won_by_month', until: '.live-report .figures' },
    { name: 'plan', path: `/designer/drafts/${draft}`, until: '.review-step' },
    { name: 'templates', path: '/designer/templates', until: 'main h2, main h3' },
  ]
  for (const folder of [FOLDER, GALLERY]) mkdirSync(folder, { recursive: true })
  const browser = await launch()
  for (const language of ['en', 'zh-CN']) {
    const context = await browser.newContext({
      ...{ baseURL: engine.url, locale: language, viewport: SIZE, reducedMotion: 'reduce' },
    })
    await context.addInitScript((chosen) => {
      localStorage.setItem('tenon.preferences', JSON.stringify({ theme: 'light', language: chosen }))
    }, language)
    await context.request.post('/api/auth/login', { data: ADMIN, headers: { origin: engine.url } })
    await context.request.patch('/api/auth/settings', {
      data: { tours_seen: ['work', 'designer'] },
      headers: { origin: engine.url },
    })
    const page = await context.newPage()
    const canvas = await context.newPage()
    for (const picture of pictures) {
      await page.goto(picture.path)
      await page.locator(picture.until).first().waitFor()
      await page.waitForFunction(() => document.querySelector('[aria-busy="true"]') === null)
      await page.evaluate(() => document.fonts.ready)
      // Pictures of models find their places and fit themselves into the window.
      await page.waitForTimeout(800)
      await picture.act?.(page)
      if (picture.gallery !== undefined)
        await takeWebp(page, canvas, join(GALLERY, `${picture.name}-${language}.webp`))
      if (picture.gallery !== 'only')
        await page.screenshot({ path: join(FOLDER, `${picture.name}-${language}.png`) })
      console.log(`${picture.name}-${language}`)
    }
    await context.close()
  }
  await browser.close()
} finally {
  await engine.stop()
}
process.exit()
