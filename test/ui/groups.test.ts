import { expect } from 'chai'
import { inForce, publishAll, type Written } from '../support/drafts.ts'
import { startEngine, type TestEngine } from '../support/engine.ts'
import type { Client } from '../support/http.ts'
import { eventually } from '../support/http-model.ts'
import { enter, expectSound, letting, type Person } from './person.ts'
import { uiTemplate } from './ui-model.ts'
import { goTo } from './windows.ts'

describe('a list in groups in the browser', () => {
  let engine: TestEngine
  let admin: Client

  before(async () => {
    engine = await startEngine({ template: uiTemplate })
    admin = await engine.loginAdmin()
    const silver = Array.from({ length: 25 }, (_, index) => ({
      ...{ name: `Silver ${String(index + 1).padStart(2, '0')}`, level: 'b', amount: 10 },
      founded: index < 20 ? '2026-03-31' : '2026-04-01',
    }))
    const create = [
      ...silver,
      { name: 'Gold 01', level: 'a', amount: 7, active: false },
      { name: 'Plain', amount: 1 },
    ]
    await admin.post('/api/records/company/bulk', { create })
    const view = await inForce<Written>(admin, 'view/company_all')
    await publishAll(admin, [{ ...view, group: 'level' } as Written])
  })
  after(async () => engine?.stop())

  const group = ({ page }: Person, name: string) => page.locator('.group', { hasText: name })
  /** The head of a group by its name and, behind a space, how many records it has. */
  const button = ({ page }: Person, name: string | RegExp) =>
    page.locator('.group-button', {
      hasText: typeof name === 'string' ? new RegExp(`^${name.replace(/ (\d+)$/, '$1')}$`) : name,
    })
  const inAddress = ({ page }: Person, name: string) => new URL(page.url()).searchParams.get(name)

  it('has name, count and sums of each group, and more rows on demand', () =>
    letting(enter(engine, { language: 'en', size: 'desk' }), async (person) => {
      const { page, t } = person
      await goTo(page, '/records/company?view=company_all')
      await button(person, 'Gold 1').waitFor()
      expect(await page.locator('.group-button').allTextContents()).to.deep.equal([
        'Gold1',
        'Silver25',
        'Without level1',
      ])
      await group(person, 'Silver').locator('.group-row .right').getByText('250').waitFor()
      await group(person, 'Silver 01').waitFor()
      await page.locator('.bar .count', { hasText: '27' }).waitFor()
      const rows = group(person, 'Silver').locator('tr[data-id]')
      expect(await rows.count()).to.equal(20)
      await expectSound(person)
      await page.getByRole('button', { name: t('board.moreOf', { count: 5 }) }).click()
      await eventually(async () => (await rows.count()) === 25)
    }))

  it('closes and opens by a press and by keys, and goes through its rows', () =>
    letting(enter(engine, { language: 'en', size: 'desk' }), async (person) => {
      const { page, t } = person
      await goTo(page, '/records/company?view=company_all')
      await group(person, 'Gold').getByRole('link', { name: 'Gold 01' }).waitFor()
      await group(person, 'Silver').getByRole('link', { name: 'Silver 01' }).waitFor()
      for (const key of ['j', 'j', 'x']) await page.keyboard.press(key)
      await page.locator('tr.on.chosen', { hasText: 'Silver 01' }).waitFor()
      await page.keyboard.press('Escape')
      await button(person, 'Gold 1').focus()
      await page.keyboard.press('ArrowLeft')
      await group(person, 'Gold').locator('tr[data-id]').waitFor({ state: 'detached' })
      expect(await button(person, 'Gold 1').getAttribute('aria-expanded')).to.equal('false')
      await page.keyboard.press('ArrowRight')
      await group(person, 'Gold').locator('tr[data-id]').waitFor()
      await page.keyboard.press('ArrowDown')
      expect(await page.evaluate(() => document.activeElement?.textContent)).to.equal('Silver25')
      await page.getByRole('button', { name: t('groups.by', { field: 'Level' }) }).click()
      await page.getByRole('menuitem', { name: t('groups.closeAll') }).click()
      await eventually(async () => (await page.locator('tr[data-id]').count()) === 0)
    }))

  it('is chosen from the menu, kept in the address and in a view, and counts what is searched', () =>
    letting(enter(engine, { language: 'en', size: 'desk' }), async (person) => {
      const { page, t } = person
      await goTo(page, '/records/company?view=company_all')
      const choose = async (by: string, name: string) => {
        await page.getByRole('button', { name: by }).click()
        await page.getByRole('menuitem', { name, exact: true }).click()
      }
      await choose(t('groups.by', { field: 'Level' }), t('groups.byMonth', { field: 'Founded' }))
      await button(person, 'April 2026 5').waitFor()
      await button(person, 'March 2026 20').waitFor()
      await group(person, 'April 2026').getByRole('link', { name: 'Silver 21' }).waitFor()
      expect(await group(person, 'April 2026').locator('tr[data-id]').count()).to.equal(5)
      expect(inAddress(person, 'group')).to.equal('founded')
      await page.getByRole('searchbox').fill('Silver 21')
      await button(person, 'April 2026 1').waitFor()
      await button(person, /^March/).waitFor({ state: 'detached' })
      await page.getByRole('searchbox').fill('')
      await choose(t('groups.by', { field: 'Founded' }), 'Owner')
      await button(person, /Admin27$/).waitFor()
      await choose(t('groups.by', { field: 'Owner' }), 'Active')
      await page.getByRole('button', { name: t('views.save') }).click()
      await page.getByRole('dialog').getByLabel(t('views.label')).fill('By activity')
      await page
        .getByRole('dialog')
        .getByRole('button', { name: t('views.save') })
        .click()
      await page.getByRole('button', { name: 'By activity' }).waitFor()
      await eventually(async () => inAddress(person, 'group') === null)
      await button(person, /No1$/).waitFor()
      await choose(t('groups.by', { field: 'Active' }), t('groups.not'))
      await page.locator('.records tr[data-id]', { hasText: 'Gold 01' }).waitFor()
      expect([await page.locator('.group').count(), inAddress(person, 'group')]).to.deep.equal([0, ''])
    }))

  it('stands on a phone as well', () =>
    letting(enter(engine, { language: 'zh-CN', size: 'phone' }), async (person) => {
      const { page, t } = person
      await goTo(page, '/records/company?view=company_all')
      await button(person, /金牌/).waitFor()
      await group(person, '金牌').getByRole('link', { name: 'Gold 01' }).waitFor()
      await button(person, `${t('groups.none', { field: '级别' })} 1`).waitFor()
      await expectSound(person)
      await button(person, /金牌/).click()
      await group(person, '金牌').locator('.record-card').waitFor({ state: 'detached' })
    }))
})
