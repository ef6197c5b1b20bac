import { expect } from 'chai'
import { draftsEn } from '../../designer/i18n/en-drafts.ts'
import { versionsEn } from '../../designer/i18n/en-versions.ts'
import { draftsZhCN } from '../../designer/i18n/zh-CN-drafts.ts'
import { versionsZhCN } from '../../designer/i18n/zh-CN-versions.ts'
import { accountEn } from '../../runtime-ui/i18n/en-account.ts'
import { accountZhCN } from '../../runtime-ui/i18n/zh-CN-account.ts'
import { openDraft } from '../support/drafts.ts'
import { startEngine, type TestEngine } from '../support/engine.ts'
import type { Client } from '../support/http.ts'
import { loginAs, PASSWORD } from '../support/http-model.ts'
import { enter, expectSound, inTurn, letting } from './person.ts'
import { uiTemplate } from './ui-model.ts'

const KIM = { email: 'kim@example.com', password: PASSWORD }
const TEXT = 'Companies have a new view.\n<b>公司有了新视图。</b>'

describe('what is new, in the browser', () => {
  let engine: TestEngine
  let admin: Client

  before(async () => {
    engine = await startEngine({ template: uiTemplate })
    admin = await engine.loginAdmin()
    await loginAs(admin, 'kim', ['administrator'])
  })
  after(async () => engine?.stop())

  for (const setting of inTurn('news')) {
    it(`comes to open pages and goes for good (${setting.language}, ${setting.size})`, async () => {
      const isEnglish = setting.language === 'en'
      const texts = isEnglish
        ? { ...draftsEn, ...versionsEn, ...accountEn }
        : { ...draftsZhCN, ...versionsZhCN, ...accountZhCN }
      const view = { kind: 'view', name: `news_${setting.size}`, entity: 'company', type: 'table' }
      const called = `Fresh ${setting.size}`
      const id = await openDraft(admin, [{ ...view, label: called, columns: ['name'] }])
      await letting(enter(engine, setting, KIM), async (kim) => {
        await kim.page.goto('/records/company')
        await kim.page.locator('#main').waitFor()
        await letting(enter(engine, setting), async (person) => {
          const { page } = person
          await admin.patch(`/api/meta/changesets/${id}`, { description: `Why ${called}` })
          await page.goto(`/designer/drafts/${id}`)
          await page.getByRole('textbox', { name: texts['drafts.announce'] }).fill(TEXT)
          await expectSound(person)
          await page.getByRole('button', { name: texts['drafts.publish'] }).click()
          await page.waitForURL('**/designer/versions')
          // What it was for stands with the version.
          await page.getByText(`Why ${called}`, { exact: true }).waitFor()
          await page.getByText(texts['versions.announced'].replace('{{text}}', '').trim()).first().waitFor()
          await expectSound(person)
        })
        const card = kim.page.getByRole('region', { name: texts['news.title'] })
        await card.waitFor()
        // What was published is there as well, on the page that was open all the time.
        await kim.page.getByRole('button', { name: called, exact: true }).waitFor({ state: 'attached' })
        expect(await card.locator('p').evaluate((told) => told.textContent)).to.equal(TEXT)
        await expectSound(kim)
        const saved = kim.page.waitForResponse((answer) => answer.url().endsWith('/api/auth/settings'))
        await card.getByRole('button', { name: texts['news.done'] }).click()
        await card.waitFor({ state: 'detached' })
        expect((await saved).status()).to.equal(200)
        expect(await kim.page.evaluate(() => document.activeElement?.id)).to.equal('main')
        const asked = kim.page.waitForResponse((answer) => answer.url().endsWith('/api/auth/me'))
        await kim.page.reload()
        const { data } = (await (await asked).json()) as { readonly data: object }
        expect(data).not.to.have.property('news')
        await kim.page.locator('#main').waitFor()
        expect(await card.count()).to.equal(0)
      })
    })
  }
})
