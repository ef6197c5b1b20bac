import { expect } from 'chai'
import { startEngine, type TestEngine } from '../support/engine.ts'
import type { Client } from '../support/http.ts'
import { enter, enterAlone, expectSound, letting, type Person, toastText } from './person.ts'
import { uiTemplate } from './ui-model.ts'
import { goTo } from './windows.ts'

describe('views of one’s own in the browser', () => {
  let engine: TestEngine
  let admin: Client

  before(async () => {
    engine = await startEngine({ template: uiTemplate })
    admin = await engine.loginAdmin()
    const create = ['Alpha', 'Beta', 'Gamma'].map((name, index) => ({ name, amount: index * 10, code: name }))
    await admin.post('/api/records/company/bulk', { create })
  })
  after(async () => engine?.stop())

  const heads = async ({ page }: Person) =>
    (await page.locator('.records th:not(.choice-cell)').allTextContents()).filter((text) => text !== '')
  const tabs = ({ page, t }: Person) => page.getByRole('navigation', { name: t('list.views') })

  it('keep columns, order and filter under a name, and go with a click', () =>
    letting(enter(engine, { language: 'en', size: 'desk' }), async (person) => {
      const { page, t } = person
      await goTo(page, '/records/company')
      await page.locator('.records tbody tr', { hasText: 'Alpha' }).waitFor()
      expect(await page.getByRole('button', { name: t('views.save') }).count()).to.equal(0)

      await page.getByRole('button', { name: t('columns.title') }).click()
      const sheet = page.getByRole('dialog')
      await sheet.getByRole('button', { name: t('columns.up', { field: 'Amount' }) }).waitFor()
      while ((await sheet.locator('.columns-list .cut').first().textContent()) !== 'Amount')
        await sheet.getByRole('button', { name: t('columns.up', { field: 'Amount' }) }).click()
      const others = (await heads(person)).filter((head) => !['Amount', 'Name'].includes(head))
      for (const field of others)
        await sheet.getByRole('button', { name: t('columns.remove', { field }) }).click()
      await sheet.getByLabel(t('columns.add')).fill('Website')
      await page.keyboard.press('Enter')
      await expectSound(person)
      await sheet.getByRole('button', { name: t('act.close') }).click()
      expect(await heads(person)).to.deep.equal(['Amount', 'Name', 'Website'])
      await page.locator('.head-button', { hasText: 'Name' }).click()
      await page.locator('th[aria-sort="descending"]', { hasText: 'Name' }).waitFor()

      await page.getByRole('button', { name: t('views.save') }).click()
      await sheet.getByRole('button', { name: t('views.save') }).click()
      await sheet.getByText(t('views.labelMissing')).waitFor()
      await expectSound(person)
      await sheet.getByLabel(t('views.label')).fill('Money first')
      await sheet.getByRole('button', { name: t('views.save') }).click()
      await toastText(person)
        .getByText(t('views.saved', { view: 'Money first' }))
        .waitFor()
      await tabs(person).getByRole('button', { name: 'Money first' }).waitFor()
      expect(await heads(person)).to.deep.equal(['Amount', 'Name', 'Website'])
      await page.locator('.records tbody tr').first().getByRole('link', { name: 'Gamma' }).waitFor()

      await page.reload()
      await tabs(person).getByRole('button', { name: 'Money first' }).waitFor()
      expect(await heads(person)).to.deep.equal(['Amount', 'Name', 'Website'])
      await page.getByRole('button', { name: t('views.own') }).click()
      await page.getByRole('menuitem', { name: t('views.remove', { view: 'Money first' }) }).click()
      await toastText(person)
        .getByText(t('views.removed', { view: 'Money first' }))
        .waitFor()
      expect(await tabs(person).getByRole('button', { name: 'Money first' }).count()).to.equal(0)
    }))

  it('open a list: the default of one’s role, or another that one has chosen', () =>
    letting(enterAlone(engine, { language: 'en', size: 'desk' }), async (person) => {
      const { page, t } = person
      const gold = {
        ...{ kind: 'view', name: 'company_gold', label: 'Gold companies', entity: 'company', type: 'table' },
        ...{ columns: ['name', 'level'], default: true },
      }
      const others = { ...gold, for: [{ role: 'reader' }] }
      expect((await admin.put('/api/meta/content/view/company_gold', gold)).status).to.equal(200)
      const current = () => tabs(person).locator('[aria-current]').textContent()
      await page.goto('/records/company')
      await page.locator('.records tbody tr', { hasText: 'Alpha' }).waitFor()
      expect(await current()).to.equal('Gold companies')

      await tabs(person).getByRole('button', { name: 'All companies' }).click()
      await page.getByRole('button', { name: t('act.more') }).click()
      await page.getByRole('menuitem', { name: t('views.open') }).click()
      await toastText(person)
        .getByText(t('views.opensWith', { entities: 'Companies', view: 'All companies' }))
        .waitFor()
      // On every device, this one or another.
      await page.evaluate(() => localStorage.clear())
      await page.goto('/records/company')
      await page.locator('.records tbody tr', { hasText: 'Alpha' }).waitFor()
      expect(await current()).to.equal('All companies')

      // What is the default of other roles is none of one's own.
      await admin.patch('/api/auth/settings', { opening_views: { company: null } })
      expect((await admin.put('/api/meta/content/view/company_gold', others)).status).to.equal(200)
      await page.goto('/records/company')
      await page.locator('.records tbody tr', { hasText: 'Alpha' }).waitFor()
      expect(await page.getByRole('button', { name: 'Gold companies' }).count()).to.equal(0)
    }))

  it('of everybody are offered to who edits views, on a phone as well', () =>
    letting(enter(engine, { language: 'zh-CN', size: 'phone' }), async (person) => {
      const { page, t } = person
      await goTo(page, '/records/company?sort=-amount')
      await page.locator('.record-card').first().getByRole('link', { name: 'Gamma' }).waitFor()
      await page.getByRole('button', { name: t('views.save') }).click()
      const sheet = page.getByRole('dialog')
      await sheet.getByLabel(t('views.label')).fill('金额优先')
      await sheet.getByLabel(t('views.all')).check()
      await expectSound(person)
      await sheet.getByRole('button', { name: t('views.save') }).click()
      await tabs(person).getByRole('button', { name: '金额优先' }).waitFor()
      await page.locator('.record-card').first().getByRole('link', { name: 'Gamma' }).waitFor()
      const answer = await admin.get('/api/meta/definitions?kind=view')
      expect(answer.text).to.include('金额优先')
    }))
})
