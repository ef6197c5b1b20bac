import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { BrowserContext, CDPSession, Page } from 'playwright-core'
import { launch } from '../support/browser.ts'
import { publishAll, type Written } from '../support/drafts.ts'
import { ADMIN, startEngine } from '../support/engine.ts'
import { tokenOf } from './ids.ts'
import { median } from './report.ts'
import { startTenon } from './targets.ts'

/**
 * `npm run bench:ui`: what a person waits for in the pages, on the folder of a bench that has loaded 1,000,000 customers
 * (BENCH_DIR, .tenon-bench), and a form of 200 fields on an engine of its own. Prints the medians beside their budgets.
 */
const folder = resolve(process.env.BENCH_DIR ?? '.tenon-bench')
if (!existsSync(join(folder, 'data'))) throw new Error(`no data in ${folder}: run npm run bench once`)
const ROUNDS = Number(process.env.ROUNDS ?? 5)
/** A phone of some years ago beside this machine. */
const THROTTLE = 4
const ROW =
  '.record-table a[href^="/records/customer/"], .rows a[href^="/records/customer/"], main a[href^="/records/customer/"]'

interface Figure {
  readonly what: string
  readonly value: number
  readonly budget: number
  readonly unit: string
}

const figures: Figure[] = []
const put = (what: string, values: readonly number[], budget: number, unit: string): void => {
  figures.push({ what, value: median(values), budget, unit })
}

const browser = await launch()
try {
  await measureLists()
  await measureForm()
} finally {
  await browser.close()
}
console.log('| What | Median | Budget |\n|---|---|---|')
for (const { what, value, budget, unit } of figures) {
  const shown = value >= 100 ? value.toFixed(0) : value.toFixed(1)
  console.log(`| ${what} | ${shown} ${unit}${value > budget ? ' (over)' : ''} | ${budget} ${unit} |`)
}

async function measureLists(): Promise<void> {
  const tenon = await startTenon(join(folder, 'data'), 4001)
  try {
    const cold: number[] = []
    const warm: number[] = []
    const bytes: number[] = []
    const routes: number[] = []
    const longest: number[] = []
    for (let round = 0; round < ROUNDS; round++) {
      const { context, page, devtools } = await open(tenon.url)
      const loaded = countBytes(devtools)
      await devtools.send('Emulation.setCPUThrottlingRate', { rate: THROTTLE })
      await page.goto('/records/customer')
      cold.push(await firstRowAt(page))
      bytes.push(loaded() / 1024)
      await devtools.send('Emulation.setCPUThrottlingRate', { rate: 1 })
      await page.reload()
      warm.push(await firstRowAt(page))
      longest.push(await longestTaskOfScroll(page))
      routes.push(await timeOf(page, ROW, '.record-page, .record-head, main h1'))
      await context.close()
    }
    put('First list usable, cold cache, 4 × slower processor', cold, 1_500, 'ms')
    put('First list usable, warm cache', warm, 400, 'ms')
    put('Loaded before the first list', bytes, 450, 'KB')
    put('From a list to a record', routes, 150, 'ms')
    put('Longest task while a list of 1,000,000 is scrolled', longest, 100, 'ms')
  } finally {
    await tenon.stop()
  }
}

async function open(url: string): Promise<{ context: BrowserContext; page: Page; devtools: CDPSession }> {
  const context = await browser.newContext({
    baseURL: url,
    viewport: { width: 1440, height: 900 },
    extraHTTPHeaders: { Authorization: `Bearer ${tokenOf(1)}` },
  })
  // The first row is seen as it is put in, not when somebody asks again.
  await context.addInitScript((row) => {
    const watch = new MutationObserver(() => {
      if (document.querySelector(row) === null) return
      Object.assign(window, { firstRow: performance.now() })
      watch.disconnect()
    })
    watch.observe(document, { childList: true, subtree: true })
  }, ROW)
  const page = await context.newPage()
  return { context, page, devtools: await context.newCDPSession(page) }
}

/** Bytes of the files that the page is made of, as they were compressed; answers of the API are data. */
function countBytes(devtools: CDPSession): () => number {
  let total = 0
  devtools.on('Network.responseReceived', ({ response }) => {
    const length = Object.entries(response.headers).find(([name]) => name.toLowerCase() === 'content-length')
    if (response.url.includes('/assets/')) total += Number(length?.[1] ?? 0)
  })
  void devtools.send('Network.enable')
  return () => total
}

/** Milliseconds from the beginning of the load. */
async function firstRowAt(page: Page): Promise<number> {
  await page.waitForFunction(() => 'firstRow' in window)
  return await page.evaluate(() => (window as unknown as { firstRow: number }).firstRow)
}

/** Milliseconds from a press until what it leads to is in the page. */
function timeOf(page: Page, press: string, until: string): Promise<number> {
  return page.evaluate(
    ([from, to]) =>
      new Promise<number>((resolve) => {
        const target = document.querySelector<HTMLElement>(from!)!
        const before = location.pathname
        const begun = performance.now()
        const watch = new MutationObserver(() => {
          if (location.pathname === before || document.querySelector(to!) === null) return
          watch.disconnect()
          resolve(performance.now() - begun)
        })
        watch.observe(document, { childList: true, subtree: true })
        target.click()
      }),
    [press, until],
  )
}

async function longestTaskOfScroll(page: Page): Promise<number> {
  await page.evaluate(() => {
    const tasks: number[] = []
    new PerformanceObserver((list) =>
      tasks.push(...list.getEntries().map(({ duration }) => duration)),
    ).observe({
      entryTypes: ['longtask'],
    })
    Object.assign(window, { tasks })
  })
  await page.mouse.move(800, 500)
  for (let turn = 0; turn < 60; turn++) {
    await page.mouse.wheel(0, 600)
    await page.waitForTimeout(50)
  }
  // Below 50 ms a task is none of the long ones, and not told.
  return await page.evaluate(() => Math.max(0, ...(window as unknown as { tasks: number[] }).tasks))
}

/** A form of 200 fields, half of them with a rule over the first: the work of one key stroke. */
async function measureForm(): Promise<void> {
  const fields = Array.from({ length: 200 }, (_, index) => ({
    ...{ name: `f${index}`, type: index % 4 === 1 ? 'integer' : 'text' },
    label: { en: `Field ${index}`, 'zh-CN': `字段 ${index}` },
    ...(index > 0 && index % 2 === 0 ? { visibleWhen: { '!=': [{ var: 'f0' }, `no ${index}`] } } : {}),
    ...(index % 8 === 3 ? { requiredWhen: { '==': [{ var: 'f0' }, 'all'] } } : {}),
  }))
  const wide: Written = { kind: 'entity', name: 'wide', title: 'f0', label: 'Wide', fields }
  const engine = await startEngine()
  try {
    await publishAll(await engine.loginAdmin(), [wide])
    const context = await browser.newContext({ baseURL: engine.url, viewport: { width: 1440, height: 900 } })
    await context.request.post('/api/auth/login', { data: ADMIN, headers: { origin: engine.url } })
    const page = await context.newPage()
    await page.goto('/records/wide/new')
    await page.locator('[id="root_f0"]').waitFor()
    await page.locator('[id="root_f199"]').waitFor({ state: 'attached' })
    const strokes = await page.evaluate(async () => {
      const input = document.querySelector<HTMLInputElement>('[id="root_f0"]')!
      const write = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')!.set!
      const took: number[] = []
      for (let stroke = 0; stroke < 40; stroke++) {
        const begun = performance.now()
        write.call(input, 'a'.repeat(stroke + 1))
        input.dispatchEvent(new Event('input', { bubbles: true }))
        await Promise.resolve()
        took.push(performance.now() - begun)
        await new Promise((resolve) => requestAnimationFrame(resolve))
      }
      return took.slice(5)
    })
    // Of it the rules take 2 ms (docs/performance.md, Rules in a form); a stroke above 50 ms would be a long task.
    put('All work of a key stroke in a form of 200 fields', strokes, 50, 'ms')
    await context.close()
  } finally {
    await engine.stop()
  }
}
