import { expect } from 'chai'
import { visit } from '../support/browser.ts'
import { ADMIN, startEngine, type TestEngine } from '../support/engine.ts'
import { EACH_ONCE, enter, expectSound, letting, wording } from './person.ts'
import { uiTemplate } from './ui-model.ts'

describe('signing in', () => {
  let engine: TestEngine

  before(async () => {
    engine = await startEngine({ template: uiTemplate })
  })
  after(async () => engine?.stop())

  for (const setting of EACH_ONCE) {
    const where = `${setting.language}, ${setting.size}`
    it(`asks in the browser’s language and leads back to where one wanted to go (${where})`, () =>
      letting(visit(engine.url, setting), async (opened) => {
        const t = wording(setting.language)
        const stranger = { ...opened, t, phone: setting.size === 'phone' }
        const { page } = opened
        await page.goto('/records/deal?q=x')
        await page.waitForURL((url) => url.pathname === '/sign-in')
        await page.getByRole('heading', { name: t('signIn.title') }).waitFor()
        await expectSound(stranger)
        await page.getByRole('button', { name: t('signIn.submit') }).click()
        await page.getByRole('alert').getByText(t('signIn.incomplete')).waitFor()
        await page.getByLabel(t('signIn.email')).fill(ADMIN.email)
        await page.getByLabel(t('signIn.password')).fill('not the password')
        await page.keyboard.press('Enter')
        await page
          .getByRole('alert')
          .getByText(setting.language === 'en' ? 'wrong' : '不正确')
          .waitFor()
        await expectSound(stranger)
        await page.getByLabel(t('signIn.password')).fill(ADMIN.password)
        await page.keyboard.press('Enter')
        await page.waitForURL((url) => url.pathname === '/records/deal' && url.search === '?q=x')
      }))
  }

  it('is asked for again when the session has ended, without losing the place', () =>
    letting(enter(engine, { language: 'en', size: 'desk' }), async ({ page, context }) => {
      await page.goto('/records/company')
      await page.locator('.list-tools').waitFor()
      await context.clearCookies()
      await page.getByRole('searchbox').fill('anything')
      await page.waitForURL((url) => url.pathname === '/sign-in')
      expect(new URL(page.url()).searchParams.get('to')).to.match(/^\/records\/company/)
    }))

  it('ends with signing out', () =>
    letting(enter(engine, { language: 'en', size: 'desk' }), async ({ page, t, faults }) => {
      await page.goto('/')
      await page.getByRole('button', { name: t('person.menu', { name: 'Admin' }) }).click()
      await page.getByRole('menuitem', { name: t('person.signOut') }).click()
      await page.waitForURL((url) => url.pathname === '/sign-in')
      await page.goto('/records/company')
      await page.waitForURL((url) => url.pathname === '/sign-in')
      expect(faults).to.deep.equal([])
    }))
})
