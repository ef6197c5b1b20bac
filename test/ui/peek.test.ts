import { expect } from 'chai'
import type { TestEngine } from '../support/engine.ts'
import type { Client } from '../support/http.ts'
import { startSales } from '../support/sales.ts'
import { enter, expectSound, letting } from './person.ts'
import { goTo } from './windows.ts'

describe('records beside and behind each other', function () {
  this.timeout(180_000)
  let engine: TestEngine
  let admin: Client

  before(async () => {
    engine = await startSales()
    admin = await engine.loginAdmin()
    for (const name of ['Alpha', 'Beta', 'Gamma'])
      await admin.post('/api/records/account', { name, phone: '0571-88880001', description: `About ${name}` })
  })
  after(async () => engine?.stop())

  it('are shown at the side of the list by Space and by a press, and the keys go on', () =>
    letting(enter(engine, { language: 'en', size: 'desk' }), async (person) => {
      const { page, t } = person
      await goTo(page, '/records/account?sort=name')
      await page.locator('tbody tr').nth(2).waitFor()
      await page.keyboard.press('Space')
      const title = page.locator('.peek h2')
      await page.locator('.peek', { hasText: 'Alpha' }).waitFor()
      await page.locator('.peek', { hasText: '0571-88880001' }).waitFor()
      await expectSound(person)
      await page.keyboard.press('ArrowDown')
      await page.locator('.peek h2', { hasText: 'Beta' }).waitFor()
      expect(new URL(page.url()).pathname).to.equal('/records/account')
      await page.keyboard.press('l')
      await page.locator('.log-who', { hasText: 'Beta' }).waitFor()
      await page.keyboard.press('Escape')
      await page.locator('.log-who').waitFor({ state: 'detached' })
      await page.keyboard.press('Escape')
      await title.waitFor({ state: 'detached' })
      await page.locator('tbody tr', { hasText: 'Gamma' }).hover()
      await page.getByRole('button', { name: t('peek.open', { title: 'Gamma' }) }).click()
      await page.locator('.peek h2', { hasText: 'Gamma' }).waitFor()
      await page.getByRole('button', { name: new RegExp(`^${t('peek.whole')}`) }).click()
      await page.locator('h1', { hasText: 'Gamma' }).waitFor()
    }))

  it('follow each other on their pages in the order of the list, by keys and buttons', () =>
    letting(enter(engine, { language: 'zh-CN', size: 'desk' }), async (person) => {
      const { page, t } = person
      await goTo(page, '/records/account?sort=-name')
      await page.getByRole('link', { name: 'Beta' }).click()
      await page.locator('.neighbours', { hasText: '2 / 3' }).waitFor()
      await page.keyboard.press('j')
      await page.locator('h1', { hasText: 'Alpha' }).waitFor()
      expect(await page.getByRole('button', { name: t('trail.after') }).isDisabled()).to.equal(true)
      await page.getByRole('button', { name: t('trail.before') }).click()
      await page.locator('h1', { hasText: 'Beta' }).waitFor()
      await page.keyboard.press('k')
      await page.locator('h1', { hasText: 'Gamma' }).waitFor()
      await expectSound(person)
      // Back is the list as it was, not the record before.
      await page.goBack()
      await page.locator('tbody tr').nth(2).waitFor()
      expect(new URL(page.url()).search).to.equal('?sort=-name')
    }))

  it('print without what one presses, lists with all that is loaded', () =>
    letting(enter(engine, { language: 'en', size: 'desk' }), async ({ page }) => {
      for (let index = 0; index < 130; index++)
        await admin.post('/api/records/account', { name: `Bulk ${String(index).padStart(3, '0')}` })
      await goTo(page, '/records/account?sort=name')
      await page.locator('tbody tr').nth(40).waitFor()
      await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
      await page.locator('tbody tr[data-id]').nth(49).waitFor()
      for (const hidden of ['.nav', '.list-head', '.bar-acts'])
        expect(await page.locator(hidden).first().isVisible(), hidden).to.equal(false)
      expect(await page.locator('html').getAttribute('data-theme')).to.equal('light')
      await page.emulateMedia({ media: 'screen' })
      await page.getByRole('link', { name: 'Alpha' }).click()
      await page.locator('.composer').waitFor()
      await page.emulateMedia({ media: 'print' })
      for (const hidden of ['.nav', '.composer', '.bar-acts', '.neighbours'])
        expect(await page.locator(hidden).first().isVisible(), hidden).to.equal(false)
      expect(await page.locator('h1', { hasText: 'Alpha' }).isVisible()).to.equal(true)
      expect((await page.pdf({ preferCSSPageSize: true })).length).to.be.above(5_000)
    }))
})
