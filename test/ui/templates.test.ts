import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { en } from '../../designer/i18n/en.ts'
import { zhCN } from '../../designer/i18n/zh-CN.ts'
import type { TestEngine } from '../support/engine.ts'
import { startSales } from '../support/sales.ts'
import { enter, expectSound, inTurn, letting, toastText } from './person.ts'

describe('the gallery of templates', () => {
  let engine: TestEngine

  before(async () => {
    engine = await startSales()
    const admin = await engine.loginAdmin()
    await admin.post('/api/records/account', { name: 'Kept', phone: '0571-88880001' })
  })
  after(async () => engine?.stop())

  for (const setting of inTurn('templates 1'))
    it(`shows what there is, installs it, takes it away again, and refuses what is none (${setting.language}, ${setting.size})`, () =>
      letting(enter(engine, setting), async (person) => {
        const { page, t } = person
        const d = setting.language === 'en' ? en : zhCN
        await page.goto('/designer/templates')
        const regions = page.locator('[data-template="cn_regions"]')
        await page.locator('[data-template="sales"] .template-entities').waitFor()
        await expectSound(person)
        await regions.getByRole('button', { name: d['templates.install'] }).click()
        await expectSound(person)
        await page.getByRole('button', { name: d['templates.installIt'], exact: true }).click()
        await regions.locator('.chip.jade').waitFor()
        await expectSound(person)

        await page.getByRole('button', { name: t('act.more') }).click()
        await page.getByRole('menuitem', { name: d['templates.demo'] }).click()
        await page.getByRole('button', { name: d['templates.demoIt'], exact: true }).click()
        await toastText(person).getByText(/0/).waitFor()

        const broken = Buffer.from(
          '{"manifest":{},"definitions":[{"kind":"entiti","name":"x"},{"kind":"vieww","name":"y"}]}',
        )
        await page
          .getByLabel(d['templates.archive'])
          .setInputFiles({ name: 'x.json', mimeType: 'application/json', buffer: broken })
        const refused = page.getByRole('dialog', { name: d['templates.refused'] })
        await refused.getByText('entiti').waitFor()
        expect(await refused.getByRole('listitem').allTextContents()).to.have.length(2)
        await expectSound(person)
        await page.keyboard.press('Escape')
        await refused.waitFor({ state: 'detached' })

        await regions.getByRole('button', { name: d['templates.uninstall'] }).click()
        await page.getByRole('button', { name: d['templates.uninstallIt'], exact: true }).click()
        await page.waitForURL('**/designer/drafts/*')
        const confirm = page.locator('.review-step.lossy button, .review-step.lossy input')
        await page.locator('.review-step').first().waitFor()
        if ((await confirm.count()) > 0) await confirm.first().click()
        await page.getByRole('button', { name: d['drafts.publish'], exact: true }).click()
        await page.waitForURL('**/designer/versions')
        await page.goto('/designer/templates')
        await regions.getByRole('button', { name: d['templates.install'] }).waitFor()

        // What a template holds is offered as files before it goes.
        await page
          .locator('[data-template="sales"]')
          .getByRole('button', { name: d['templates.uninstall'] })
          .click()
        const row = page.locator('.template-save [data-entity="account"]')
        const file = page.waitForEvent('download')
        await row.getByRole('button').click()
        const path = await (await file).path()
        expect(readFileSync(path, 'utf8')).to.include('Kept')
        await row.getByText(d['templates.saved']).waitFor()
        await expectSound(person)
        await page
          .getByRole('dialog')
          .getByRole('button', { name: t('act.cancel') })
          .click()
        await page.getByRole('dialog').waitFor({ state: 'detached' })
      }))
})
