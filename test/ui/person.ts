import { join } from 'node:path'
import { expect } from 'chai'
import type { Language } from '../../engine/errors.ts'
import { en } from '../../runtime-ui/i18n/en.ts'
import { zhCN } from '../../runtime-ui/i18n/zh-CN.ts'
import { brandEn } from '../../runtime-ui/screens/brand/i18n/en.ts'
import { brandZhCN } from '../../runtime-ui/screens/brand/i18n/zh-CN.ts'
import type { SIZES, Visit } from '../support/browser.ts'
import { ADMIN, type TestEngine } from '../support/engine.ts'
import { type Account, openAlone, openKept, spoil } from './windows.ts'

const RESULTS = join(import.meta.dirname, '..', '..', 'test-results')

export interface Setting {
  readonly language: Language
  readonly size: keyof typeof SIZES
}

/** Each language and each size once: enough where a page differs in little between them. */
export const EACH_ONCE: readonly Setting[] = [
  { language: 'en', size: 'desk' },
  { language: 'zh-CN', size: 'phone' },
]

/**
 * One of the two in turn, always the same for the same test: so that half of the pages are looked at in each language and
 * size while somebody waits. A deep run (`npm run test:deep`) takes both.
 * @param name of the test file with a number, so that its tests take turns
 */
export function inTurn(name: string): readonly Setting[] {
  if (process.env.TENON_TEST_DEEP === '1') return EACH_ONCE
  const letters = [...name].reduce((sum, letter) => sum + letter.charCodeAt(0), 0)
  return [EACH_ONCE[letters % EACH_ONCE.length]!]
}

/** Both where all tests run (`npm test -- --all`), one of the two otherwise: for walks of which each language is promised. */
export function inEach(name: string): readonly Setting[] {
  return process.env.TENON_TEST_ALL === '1' ? EACH_ONCE : inTurn(name)
}

/** A text of the pages in a language; `entity` is put in as English sentences want it. */
export function wording(language: Language) {
  const texts: Readonly<Record<string, string>> =
    language === 'en' ? { ...en, ...brandEn } : { ...zhCN, ...brandZhCN }
  return (key: string, values: Readonly<Record<string, string | number>> = {}): string => {
    const text =
      texts[key] ?? texts[`${key}_${values.count === 1 ? 'one' : 'other'}`] ?? texts[`${key}_other`]
    if (text === undefined) throw new Error(`there is no text "${key}"`)
    return text.replace(
      /\{\{\s*(\w+)(, inline)?\s*\}\}/g,
      (_whole, name: string, inline: string | undefined) => {
        const value = String(values[name] ?? '')
        return inline === undefined ? value : value.charAt(0).toLowerCase() + value.slice(1)
      },
    )
  }
}

export interface Person extends Visit {
  readonly t: ReturnType<typeof wording>
  readonly phone: boolean
}

/**
 * Opens a window of somebody who is signed in, in the language of the setting, on no page yet: signing in through the
 * page is a test of its own (sign-in.test.ts) and costs two loads of the pages. Whoever enters must close: an open
 * window keeps the browser, and with it the tests, from ending.
 */
export async function enter(
  engine: Pick<TestEngine, 'url'>,
  setting: Setting,
  account: Account = ADMIN,
): Promise<Person> {
  return personIn(await openKept(engine.url, setting, account), setting)
}

/** As `enter`, in a window that nobody had before or gets afterwards: for who puts a script into it. */
export async function enterAlone(
  engine: Pick<TestEngine, 'url'>,
  setting: Setting,
  account: Account = ADMIN,
): Promise<Person> {
  return personIn(await openAlone(engine.url, setting, account), setting)
}

const personIn = (window: Visit, { language, size }: Setting): Person => ({
  ...window,
  t: wording(language),
  phone: size === 'phone',
})

/** Lets somebody do something, and closes their window whatever comes of it. */
export async function letting<T extends Visit>(
  entering: Promise<T>,
  act: (person: T) => Promise<void>,
): Promise<void> {
  const person = await entering
  try {
    await act(person)
  } catch (fault) {
    spoil(person)
    throw fault
  } finally {
    await person.close()
  }
}

/** What is in sight, kept for a person to look at: `test-results/<name>-<language>-<size>.png`. */
export async function picture(
  { page }: Pick<Person, 'page'>,
  name: string,
  { language, size }: Setting,
): Promise<void> {
  await page.screenshot({ path: join(RESULTS, `${name}-${language}-${size}.png`) })
}

/** Nothing on the console, nothing serious for people with assistive technology, no page that scrolls sideways. */
export async function expectSound(person: Person): Promise<void> {
  await person.page.waitForFunction(() => document.querySelector('[aria-busy="true"]') === null)
  const sideways = await person.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  expect({
    faults: person.faults,
    accessibility: await person.accessibilityFaults(),
    sideways: Math.max(0, sideways),
  }).to.deep.equal({ faults: [], accessibility: [], sideways: 0 })
}

/** Presses the one Save that is shown: in the bar, or at the foot of a phone. */
export async function save({ page, t }: Person): Promise<void> {
  await page.locator('button[type="submit"]:visible', { hasText: t('act.save') }).click()
}

/** The control of a field in a form. */
export const control = ({ page }: Person, field: string) => page.locator(`[id="root_${field}"]`)

/** What a form says at a field. */
export const faultAt = ({ page }: Person, field: string) =>
  page.locator(`[id="root_${field}-notes"] .field-problem`)

export const toastText = ({ page }: Person) => page.locator('.toast')
