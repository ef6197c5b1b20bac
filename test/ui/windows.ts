import type { Page } from 'playwright-core'
import { SIZES, type Visit, type VisitOptions, visit } from '../support/browser.ts'

/** Somebody who signs in. */
export interface Account {
  readonly email: string
  readonly password: string
}

type Setting = Required<VisitOptions>

/**
 * A window with its first page costs a second of work, a page that is loaded anew half of that, going on within the pages a
 * tenth. So a window whose person has left is kept for who comes next with the same account, language and size: without
 * anything that the device remembered, at an address where nothing stands. In a deep run (`npm run test:deep`) each person
 * has a window of their own.
 */
interface Kept {
  readonly key: string
  readonly engineUrl: string
  readonly window: Visit
  /** Who is signed in, as the engine told it when they came. */
  readonly me: string
}

const IS_DEEP = process.env.TENON_TEST_DEEP === '1'

/** No more windows rest than these: each hears what happens. */
const MOST_KEPT = 3

let kept: readonly Kept[] = []

/** Pages that hold what a load alone takes away. */
const stale = new WeakSet<Page>()

/** Windows in which something went wrong. */
const spoilt = new WeakSet<Page>()

/** Has a window closed for good when its person leaves it. */
export function spoil({ page }: Visit): void {
  spoilt.add(page)
}

/** A window of somebody who is signed in, which nobody else has; its `close` keeps it for who comes next. */
export async function openKept(engineUrl: string, setting: Setting, account: Account): Promise<Visit> {
  if (IS_DEEP) return openAlone(engineUrl, setting, account)
  await closeKept((one) => one.engineUrl !== engineUrl)
  const key = JSON.stringify([engineUrl, account.email, setting.language, setting.size])
  const found = kept.find((one) => one.key === key)
  kept = kept.filter((one) => one !== found)
  if (found?.window.resume() === true) {
    if ((await whoIs(found.window)) === found.me) return lend(found, setting)
    await found.window.close()
  }
  const window = await openAlone(engineUrl, setting, account)
  window.page.on('load', (page) => stale.delete(page))
  return lend({ key, engineUrl, window, me: await whoIs(window) }, setting)
}

/** A window of somebody who is signed in, which nobody had before or gets afterwards. */
export async function openAlone(engineUrl: string, setting: Setting, account: Account): Promise<Visit> {
  const window = await visit(engineUrl, setting)
  try {
    await signIn(window, engineUrl, setting, account)
    return window
  } catch (fault) {
    await window.close()
    throw fault
  }
}

/** What a device remembers of whom it does not know: a language that it has chosen goes before the account's. */
const rememberedIn = ({ language }: Setting): string => JSON.stringify({ theme: 'light', language })

async function signIn(
  { context }: Visit,
  origin: string,
  setting: Setting,
  { email, password }: Account,
): Promise<void> {
  await context.addInitScript((remembered) => {
    if (localStorage.getItem('tenon.preferences') === null) {
      localStorage.setItem('tenon.preferences', remembered)
    }
  }, rememberedIn(setting))
  const answer = await context.request.post('/api/auth/login', {
    data: { email, password },
    headers: { origin },
  })
  if (!answer.ok()) throw new Error(`${email} cannot sign in: ${answer.status()} ${await answer.text()}`)
  // Nobody here is new: a tour is offered in its own test alone.
  const data = { tours_seen: ['work', 'designer'] }
  await context.request.patch('/api/auth/settings', { data, headers: { origin } })
}

async function whoIs({ context }: Visit): Promise<string> {
  return (await context.request.get('/api/auth/me')).text()
}

function lend(entry: Kept, setting: Setting): Visit {
  const { window } = entry
  return {
    ...window,
    async close() {
      const isTidy = !spoilt.has(window.page) && (await tidy(window, setting).catch(onItsWay))
      if (!isTidy) return window.close()
      window.rest()
      kept = [...kept, entry]
      const [oldest] = kept
      if (kept.length > MOST_KEPT) await closeKept((one) => one === oldest)
    },
  }
}

/** A page that is on its way elsewhere cannot be asked. */
function onItsWay(fault: Error): false {
  if (/context was destroyed|navigation/i.test(fault.message)) return false
  throw fault
}

async function closeKept(isMeant: (one: Kept) => boolean): Promise<void> {
  const closing = kept.filter(isMeant)
  kept = kept.filter((one) => !closing.includes(one))
  // With the browser, which closes by itself when all its windows rest, they are closed already.
  for (const { window } of closing) if (window.resume()) await window.close()
}

/**
 * Makes a window as new as it gets without loading its page.
 * @returns false where nobody can use it again
 */
async function tidy({ page, context, faults }: Visit, { language, size }: Setting): Promise<boolean> {
  if (page.isClosed() || faults.length > 0 || context.pages().length > 1) return false
  if (page.url() === 'about:blank') return true
  await page.unrouteAll()
  await context.setOffline(false)
  await page.setViewportSize(SIZES[size])
  await page.emulateMedia({ media: null, colorScheme: null, reducedMotion: 'reduce' })
  const isLeft = await goNowhere(page)
  const isClean = await page.evaluate((remembered) => {
    // What was looked at last, and from which list, is read where it is shown; the page itself holds all else.
    const harmless = ['tenon.recent', 'tenon.trail']
    const held = [...Object.entries(localStorage), ...Object.entries(sessionStorage)].some(
      ([name, value]) => !harmless.includes(name) && !(name === 'tenon.preferences' && value === remembered),
    )
    localStorage.clear()
    sessionStorage.clear()
    localStorage.setItem('tenon.preferences', remembered)
    const above =
      '[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"], [role="alert"], .toast'
    return !held && document.querySelector(above) === null
  }, rememberedIn({ language, size }))
  // The designer does not hear what others do to definitions; the other pages hear it.
  if (!isLeft || !isClean || isDesigner(new URL(page.url()).pathname)) stale.add(page)
  return true
}

/**
 * Goes to a page of ours as by a link: without loading what is loaded. It is loaded where that does not lead there: the
 * designer is another document than the other pages, and a page may hold on to what was typed. A test of what comes with
 * a load alone, such as what is kept over one, calls `page.goto`; so does one that must not see what was asked for within
 * the last seconds, before somebody else changed it unheard.
 */
export async function goTo(page: Page, path: string): Promise<void> {
  const here = page.url()
  const isLoaded = here !== 'about:blank' && isDesigner(new URL(here).pathname) === isDesigner(path)
  if (IS_DEEP || !isLoaded || stale.has(page) || !(await goNowhere(page))) {
    await page.goto(path)
    return
  }
  if (!(await goOn(page, path, 'replaceState'))) await page.goto(path)
}

const isDesigner = (path: string): boolean => /^\/designer($|[/?#])/.test(path)

/**
 * To an address of the same document at which nothing stands, so that what comes next is begun anew.
 * @returns false where the page before stays
 */
async function goNowhere(page: Page): Promise<boolean> {
  const { pathname } = new URL(page.url())
  if (!isDesigner(pathname)) return pathname === NOWHERE || goOn(page, NOWHERE, 'pushState')
  // Unknown kinds are pages of a kind: between two of these lies something else.
  return goOn(
    page,
    pathname === '/designer/versions' ? '/designer/nothing' : '/designer/versions',
    'pushState',
  )
}

const NOWHERE = '/nothing-here'

/** A page that does not let go of somebody is loaded anew after so long, milliseconds. */
const HELD_MS = 2_000

/**
 * Tells the router of an address, as the browser's Back does it.
 * @returns whether another page came in the place of the one before
 */
async function goOn(page: Page, path: string, how: 'pushState' | 'replaceState'): Promise<boolean> {
  return page.evaluate(
    async ([to, way, heldMs]) => {
      const before = document.querySelector<HTMLElement>('main.sheet')
      if (before === null) return false
      before.dataset.left = 'yes'
      const idx = (history.state?.idx ?? 0) + (way === 'pushState' ? 1 : 0)
      history[way]({ idx, key: Math.random().toString(36).slice(2, 10) }, '', to)
      dispatchEvent(new PopStateEvent('popstate', { state: history.state }))
      const until = performance.now() + heldMs
      while (document.querySelector('main:not([data-left])') === null) {
        if (performance.now() > until) return false
        await new Promise((resolve) => setTimeout(resolve, 5))
      }
      return true
    },
    [path, how, HELD_MS] as const,
  )
}
