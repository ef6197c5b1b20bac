import { expect } from 'chai'
import { inForce, publishAll, type Written } from '../support/drafts.ts'
import { startEngine, type TestEngine } from '../support/engine.ts'
import type { Client } from '../support/http.ts'
import { enter, expectSound, type Person, toastText } from './person.ts'
import { uiTemplate } from './ui-model.ts'
import { goTo } from './windows.ts'

const COUNT = 130

describe('many records at once, in the browser', () => {
  let engine: TestEngine
  let admin: Client

  before(async () => {
    engine = await startEngine({ template: uiTemplate })
    admin = await engine.loginAdmin()
    const company = await inForce<Written & { readonly fields: readonly object[] }>(admin, 'entity/company')
    const tags = { name: 'tags', type: 'tags', label: { en: 'Tags', 'zh-CN': '标签' } }
    await publishAll(admin, [{ ...company, fields: [...company.fields, tags] }])
    const create = Array.from({ length: COUNT }, (_, index) => ({
      name: `Firm ${String(index + 1).padStart(3, '0')}`,
      level: 'b',
      amount: index,
      tags: ['old'],
    }))
    expect((await admin.post('/api/records/company/bulk', { create })).status).to.equal(200)
  })
  after(async () => engine?.stop())

  const counted = async (rule: unknown) => {
    const filter = encodeURIComponent(JSON.stringify(rule))
    const answer = await admin.get(`/api/records/company?filter=${filter}&count=exact&limit=1`)
    return (answer.body as { count: number }).count
  }
  const isGold = { '==': [{ var: 'level' }, 'a'] }

  describe('at a desk', () => {
    let person: Person
    before(async () => {
      person = await enter(engine, { language: 'en', size: 'desk' })
      await goTo(person.page, '/records/company')
    })
    after(() => person?.close())

    const choice = (name: string) =>
      person.page.getByRole('checkbox', { name: person.t('bulk.chooseOne', { title: name }) })
    const bar = () => person.page.getByRole('toolbar')
    const sheet = () => person.page.getByRole('dialog')

    it('chooses rows by box, range and key', async () => {
      const { page, t } = person
      await choice('Firm 002').check()
      await bar()
        .getByText(t('bulk.chosen', { count: 1, number: '1' }))
        .waitFor()
      await choice('Firm 005').click({ modifiers: ['Shift'] })
      await bar()
        .getByText(t('bulk.chosen', { count: 4, number: '4' }))
        .waitFor()
      await page.keyboard.press('j')
      await page.keyboard.press('x')
      await bar()
        .getByText(t('bulk.chosen', { count: 5, number: '5' }))
        .waitFor()
      await page.keyboard.press('Escape')
      await bar().waitFor({ state: 'detached' })
      expect(new URL(page.url()).pathname).to.equal('/records/company')
    })

    it('edits all that the list holds, shows before what would come of it, and takes it back', async () => {
      const { page, t } = person
      await page.getByRole('checkbox', { name: t('bulk.chooseAll') }).check()
      await bar()
        .getByRole('button', { name: t('bulk.all') })
        .click()
      await bar()
        .getByText(t('bulk.chosen', { count: COUNT, number: '130' }))
        .waitFor()
      await expectSound(person)
      await bar()
        .getByRole('button', { name: t('bulk.act.edit') })
        .click()
      // Escape closes the list of fields, then the sheet, and gives the focus back to what opened it.
      await sheet().getByLabel(t('bulk.field')).fill('Lev')
      await page.locator('.ant-select-item-option:visible').first().waitFor()
      await page.keyboard.press('Escape')
      await page.locator('.ant-select-item-option:visible').first().waitFor({ state: 'hidden' })
      // It hears Escape until it has drawn itself away, some frames after nobody sees it.
      await page
        .locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden)')
        .waitFor({ state: 'detached' })
      await page.evaluate(
        () =>
          new Promise((done) =>
            requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 50))),
          ),
      )
      await page.keyboard.press('Escape')
      await sheet().waitFor({ state: 'detached' })
      await bar()
        .locator('button:focus', { hasText: t('bulk.act.edit') })
        .press('Enter')
      await sheet().getByLabel(t('bulk.field')).fill('Level')
      await page.keyboard.press('Enter')
      await sheet().getByRole('combobox', { name: 'Level' }).fill('Gold')
      await page.keyboard.press('Enter')
      await sheet()
        .getByText(t('bulk.willChange', { count: COUNT }))
        .waitFor()
      await expectSound(person)
      await sheet()
        .getByRole('button', { name: t('bulk.changeDo', { count: COUNT }) })
        .click()
      await toastText(person)
        .getByText(t('bulk.changed', { count: COUNT }))
        .waitFor()
      expect(await counted(isGold)).to.equal(COUNT)
      await toastText(person)
        .getByRole('button', { name: t('act.undo') })
        .click()
      await toastText(person)
        .getByText(t('bulk.undone', { count: COUNT }))
        .waitFor()
      expect(await counted(isGold)).to.equal(0)
    })

    it('says why some would stay, and does the rest', async () => {
      const { page, t } = person
      await choice('Firm 001').check()
      await choice('Firm 002').check()
      await bar()
        .getByRole('button', { name: t('bulk.act.edit') })
        .click()
      await sheet().getByLabel(t('bulk.field')).fill('Code')
      await page.keyboard.press('Enter')
      await sheet().getByLabel('Code', { exact: true }).fill('C-1')
      await sheet()
        .getByText(t('bulk.staysBecause', { count: 1 }))
        .waitFor()
      await sheet().getByText('(Firm 002)').waitFor()
      await expectSound(person)
      await sheet()
        .getByRole('button', { name: t('bulk.changeDo', { count: 2 }) })
        .click()
      await toastText(person)
        .getByText(t('bulk.kept', { count: 1 }))
        .waitFor()
      await bar()
        .getByText(t('bulk.chosen', { count: 1, number: '1' }))
        .waitFor()
      expect(await counted({ '==': [{ var: 'code' }, 'C-1'] })).to.equal(1)
      await page.keyboard.press('Escape')
    })

    it('adds a tag to those that are there', async () => {
      const { page, t } = person
      await choice('Firm 003').check()
      await bar()
        .getByRole('button', { name: t('bulk.act.tags') })
        .click()
      await sheet().getByLabel('Tags', { exact: true }).fill('vip')
      await page.keyboard.press('Enter')
      await sheet()
        .getByText(t('bulk.willChange', { count: 1 }))
        .waitFor()
      await sheet()
        .getByRole('button', { name: t('bulk.changeDo', { count: 1 }) })
        .click()
      await toastText(person)
        .getByText(t('bulk.changed', { count: 1 }))
        .waitFor()
      const filter = encodeURIComponent(JSON.stringify({ '==': [{ var: 'name' }, 'Firm 003'] }))
      expect((await admin.get(`/api/records/company?filter=${filter}`)).records[0]!.tags).to.deep.equal([
        'old',
        'vip',
      ])
    })

    it('deletes, and the list of what one did brings it back', async () => {
      const { page, t } = person
      await choice('Firm 004').check()
      await bar()
        .getByRole('button', { name: t('bulk.act.delete') })
        .click()
      await sheet()
        .getByText(t('bulk.willGo', { count: 1 }))
        .waitFor()
      await sheet()
        .getByRole('button', { name: t('bulk.deleteDo', { count: 1 }) })
        .click()
      await toastText(person)
        .getByText(t('bulk.deleted', { count: 1 }))
        .waitFor()
      await choice('Firm 004').waitFor({ state: 'detached' })
      await page.getByRole('button', { name: t('act.more') }).click()
      await page.getByRole('menuitem', { name: t('bulk.recent') }).click()
      await sheet()
        .locator('li')
        .first()
        .getByText(t('bulk.did.deleted', { count: 1 }))
        .waitFor()
      await expectSound(person)
      await sheet()
        .locator('li')
        .first()
        .getByRole('button', { name: t('act.undo') })
        .click()
      await sheet().getByText(t('bulk.isUndone')).first().waitFor()
      await sheet()
        .getByRole('button', { name: t('act.close') })
        .click()
      await choice('Firm 004').waitFor()
    })

    it('changes a value where it stands; what is refused stays there with the reason', async () => {
      const { page, t } = person
      const row = page.locator('.records tbody tr', { hasText: 'Firm 006' })
      await row.hover()
      await row.getByRole('button', { name: t('inline.edit', { field: 'Amount' }) }).click()
      const editor = page.locator('.in-place-editor')
      await editor.getByLabel('Amount').fill('-5')
      await page.keyboard.press('Enter')
      await editor.locator('.field-problem').waitFor()
      await expectSound(person)
      await editor.getByLabel('Amount').fill('77')
      await page.keyboard.press('Enter')
      await toastText(person)
        .getByText(t('inline.saved', { field: 'Amount' }))
        .waitFor()
      await row.getByText('77').waitFor()
      await toastText(person)
        .getByRole('button', { name: t('act.undo') })
        .click()
      await row.getByText('77').waitFor({ state: 'detached' })
      expect(new URL(page.url()).pathname).to.equal('/records/company')
    })
  })

  it('is a mode on a phone', async () => {
    const person = await enter(engine, { language: 'zh-CN', size: 'phone' })
    try {
      const { page, t } = person
      await goTo(page, '/records/company')
      await page.locator('.record-card').first().waitFor()
      await page
        .getByRole('button', { name: t('act.more') })
        .first()
        .click()
      await page.getByRole('menuitem', { name: t('bulk.chooseSeveral') }).click()
      await page.locator('.record-card', { hasText: 'Firm 001' }).click()
      await page.locator('.record-card', { hasText: 'Firm 002' }).click()
      await page
        .getByRole('toolbar')
        .getByText(t('bulk.chosen', { count: 2, number: '2' }))
        .waitFor()
      await expectSound(person)
      await page
        .getByRole('toolbar')
        .getByRole('button', { name: t('bulk.act.delete') })
        .click()
      await page
        .getByRole('dialog')
        .getByText(t('bulk.willGo', { count: 2 }))
        .waitFor()
      await expectSound(person)
      await page
        .getByRole('dialog')
        .getByRole('button', { name: t('act.cancel') })
        .click()
      await page.getByRole('button', { name: t('bulk.clearChoice') }).click()
      await page.getByRole('toolbar').waitFor({ state: 'detached' })
    } finally {
      await person.close()
    }
  })
})
