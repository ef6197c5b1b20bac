import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import type { Language } from '../../engine/errors.ts'
import { findChromium } from './chromium.ts'

/** A desk's screen and a phone's. */
export const SIZES = {
  desk: { width: 1280, height: 800 },
  phone: { width: 390, height: 844 },
} as const

export interface VisitOptions {
  /** Of the browser, which decides before anyone has signed in; English by default. */
  readonly language?: Language
  readonly size?: keyof typeof SIZES
}

/** One person's window, with nothing remembered. */
export interface Visit {
  readonly page: Page
  readonly context: BrowserContext
  /** What the console, the page or the network complained about so far; a test asserts that it stays []. */
  readonly faults: readonly string[]
  /** Rules of accessibility that are broken seriously, as `rule: selector`; [] when none is. */
  accessibilityFaults(): Promise<string[]>
  close(): Promise<void>
  /** Leaves the window open, without keeping the browser from closing. */
  rest(): void
  /** Goes on with a window that rested. @returns false where the browser was closed meanwhile */
  resume(): boolean
}

/** How long a browser stays whose windows are closed or rest, for the next test or file. */
const IDLE_MS = 4_000

let browser: Promise<Browser> | undefined
let openVisits = 0
let idleTimer: NodeJS.Timeout | undefined

/**
 * Opens a window on the engine at `url`; paths given to `page.goto` are relative to it. The browser itself is
 * shared by the test files of a process and closes by itself.
 */
export async function visit(url: string, options: VisitOptions = {}): Promise<Visit> {
  clearTimeout(idleTimer)
  openVisits++
  browser ??= launch()
  const within = browser
  const size = options.size ?? 'desk'
  const context = await (await browser).newContext({
    baseURL: url,
    locale: options.language ?? 'en',
    viewport: SIZES[size],
    hasTouch: size === 'phone',
    isMobile: size === 'phone',
    reducedMotion: 'reduce',
  })
  context.setDefaultTimeout(60_000) // a busy machine may need it; only what fails takes it
  const page = await context.newPage()
  const faults: string[] = []
  collectFaults(page, faults)
  let isOpen = true
  const leave = (): void => {
    if (!isOpen) return
    isOpen = false
    openVisits--
    if (openVisits === 0) idleTimer = setTimeout(closeBrowser, IDLE_MS)
  }
  return {
    page,
    context,
    faults,
    accessibilityFaults: () => accessibilityFaults(page),
    async close() {
      await context.close()
      leave()
    },
    rest: leave,
    resume() {
      if (browser !== within || page.isClosed()) return false
      clearTimeout(idleTimer)
      isOpen = true
      openVisits++
      faults.length = 0
      // Whoever had it may have listened to anything.
      for (const event of HEARD) page.removeAllListeners(event)
      collectFaults(page, faults)
      return true
    },
  }
}

/** A browser without windows; whoever launches it closes it. */
export async function launch(): Promise<Browser> {
  const { path, env } = await findChromium()
  return chromium.launch({
    executablePath: path,
    env: { ...process.env, ...env } as Record<string, string>,
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--font-render-hinting=none'],
  })
}

function closeBrowser(): void {
  const closing = browser
  browser = undefined
  closing?.then((open) => open.close())
}

/** What tests listen to. */
const HEARD = ['console', 'pageerror', 'request', 'response', 'dialog', 'download', 'popup', 'filechooser']

/** An expected refusal (a 4xx that the page shows) is no fault of the page; the browser logs it all the same. */
function collectFaults(page: Page, faults: string[]): void {
  page.on('console', (message) => {
    const isRefusal = /Failed to load resource: the server responded with a status of 4\d\d/.test(
      message.text(),
    )
    if (message.type() === 'error' && !isRefusal) faults.push(`console: ${message.text()}`)
  })
  page.on('pageerror', (error) => faults.push(`page: ${error.message}`))
  page.on('response', (response) => {
    if (response.status() >= 500) faults.push(`${response.status()}: ${response.url()}`)
  })
}

/** The script of axe-core, read once. */
let axeSource: string | undefined

/** What has been judged, as `viewKey` tells it. */
const judged = new Set<string>()

/**
 * Puts axe-core into the page where it is not there yet, and has it describe what fails alone. The package that joins it to
 * the browser puts it in each time and brings all of its answer over, which takes five times as long. The same page of the
 * same engine, with the same things open, is judged once; each time in a deep run (`npm run test:deep`).
 */
async function accessibilityFaults(page: Page): Promise<string[]> {
  const key = await viewKey(page)
  if (judged.has(key) && process.env.TENON_TEST_DEEP !== '1') return []
  const faults = await judge(page)
  if (faults.length === 0) judged.add(key)
  return faults
}

/** A page by its address without ids, in its size and colours, with what lies above it and which of its tabs are open. */
function viewKey(page: Page): Promise<string> {
  return page.evaluate(() => {
    const above = document.querySelectorAll(
      '[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"], [role="alert"]',
    )
    const tabs = document.querySelectorAll(
      '[role="tab"][aria-selected="true"], [aria-current], [aria-pressed="true"]',
    )
    return JSON.stringify([
      location.host,
      location.pathname.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, ':id'),
      ...[window.innerWidth, document.documentElement.lang, document.documentElement.dataset.theme],
      [...above].map((one) => `${one.role} ${one.ariaLabel}`),
      [...tabs].map((one) => one.textContent),
      document.querySelectorAll('[aria-invalid="true"]').length > 0,
    ])
  })
}

/** What `hasten` knows of the insides of axe-core. */
interface AxeInside {
  readonly commons: { readonly color: { readonly Color: { prototype: AxeColor } } }
  readonly _audit: {
    readonly rules: readonly {
      enabled: boolean
      readonly impact?: string
      readonly any: readonly AxeCheck[]
      readonly all: readonly AxeCheck[]
      readonly none: readonly AxeCheck[]
    }[]
    readonly checks: Readonly<Record<string, { readonly impact?: string }>>
  }
}
type AxeCheck = string | { readonly id: string }
type AxeColor = {
  parseString(this: AxeColor, text: string): AxeColor
} & Record<'r' | 'g' | 'b' | 'alpha', number>

/**
 * Runs in the page. Axe reads the same few colours thousands of times, each by a parser for all that CSS knows: a fifth of
 * its time. And what cannot be serious is not reported, so its rules need not run.
 */
function hasten(): void {
  const { commons, _audit } = (window as unknown as { axe: AxeInside }).axe
  const known = new Map<string, AxeColor>()
  const { prototype } = commons.color.Color
  const parse = prototype.parseString
  prototype.parseString = function (text) {
    const before = known.get(text)
    if (before === undefined) {
      known.set(text, parse.call(this, text))
      return this
    }
    this.r = before.r
    this.g = before.g
    this.b = before.b
    this.alpha = before.alpha
    return this
  }
  for (const rule of _audit.rules) {
    const impacts = [...rule.any, ...rule.all, ...rule.none].map(
      (check) => _audit.checks[typeof check === 'string' ? check : check.id]?.impact,
    )
    const isSlight = (rule.impact === undefined ? impacts : [rule.impact]).every(
      (impact) => impact === 'minor' || impact === 'moderate',
    )
    if (isSlight) rule.enabled = false
  }
}

async function judge(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) {
    axeSource ??= readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
    await page.evaluate(axeSource)
    await page.evaluate(hasten)
  }
  return await page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run(at: Document, how: object): Promise<AxeResults> } }
    // A colour on its way from faint to strong is neither: what is judged stands still.
    const moving = document
      .getAnimations()
      .filter((move) => Number.isFinite(move.effect?.getComputedTiming().endTime))
    await Promise.allSettled(moving.map(({ finished }) => finished))
    const { violations } = await axe.run(document, { reporter: 'no-passes', resultTypes: ['violations'] })
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))
  })
}
