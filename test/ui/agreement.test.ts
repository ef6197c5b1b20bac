import { expect } from 'chai'
import { agreementEn } from '../../designer/i18n/en-agreement.ts'
import { draftsEn } from '../../designer/i18n/en-drafts.ts'
import { agreementZhCN } from '../../designer/i18n/zh-CN-agreement.ts'
import { draftsZhCN } from '../../designer/i18n/zh-CN-drafts.ts'
import { openDraft, publishAll, type Written } from '../support/drafts.ts'
import { startEngine, type TestEngine } from '../support/engine.ts'
import type { Client } from '../support/http.ts'
import { loginAs, PASSWORD } from '../support/http-model.ts'
import { enter, expectSound, inTurn, letting } from './person.ts'
import { uiTemplate } from './ui-model.ts'
import { goTo } from './windows.ts'

const KIM = { email: 'kim@example.com', password: PASSWORD }
const rules = [
  {
    kind: 'role',
    name: 'keeper',
    default: { read: 'all' },
    administration: ['definitions', 'publish'],
  },
  {
    kind: 'setting',
    name: 'publish_approval',
    value: { needs: 1, of: [{ role: 'administrator' }] },
  },
] as unknown as readonly Written[]

describe('a publish to which others must agree in the browser', () => {
  let engine: TestEngine
  let admin: Client
  let kim: Client

  before(async () => {
    engine = await startEngine({ template: uiTemplate })
    admin = await engine.loginAdmin()
    await publishAll(admin, rules)
    kim = await loginAs(admin, 'kim', ['keeper'])
  })
  after(async () => engine?.stop())

  for (const setting of inTurn('agreement 1')) {
    it(`is asked for, agreed to, published and told with its version (${setting.language}, ${setting.size})`, async () => {
      const isEnglish = setting.language === 'en'
      const texts = { ...(isEnglish ? draftsEn : draftsZhCN), ...(isEnglish ? agreementEn : agreementZhCN) }
      const wish = `Smaller steps 小步 ${setting.language}`
      const { id: asked } = (await kim.post('/api/requests', { page: '/records/company', text: wish })).record
      const id = await openDraft(kim, [
        { kind: 'option_set', name: `steps_${setting.language.slice(0, 2)}`, options: [{ name: 'one' }] },
      ])
      const publish = { name: texts['drafts.publish'] }
      await letting(enter(engine, setting, KIM), async (person) => {
        const { page } = person
        await goTo(page, `/designer/drafts/${id}`)
        const part = page.getByRole('region', { name: texts['agreement.title'] })
        await part.getByText(texts['agreement.waiting']).waitFor()
        expect(await page.getByRole('button', publish).isDisabled()).to.equal(true)
        const answers = page.getByRole('region', { name: texts['agreement.answers'] })
        await answers.getByRole('combobox').click()
        await page.locator('.ant-select-item-option', { hasText: wish }).click()
        await answers.locator('.ant-select-selection-item', { hasText: wish }).waitFor()
        await page.keyboard.press('Escape')
        await page.locator('#agreement-text').fill('Please look 请看')
        await part.getByRole('button', { name: texts['agreement.ask'] }).click()
        await part.locator('time').waitFor()
        await expectSound(person)
      })
      await letting(enter(engine, setting), async (person) => {
        const { page } = person
        await goTo(page, '/notifications')
        await page.locator('.notification.unread a').first().click()
        await page.waitForURL(new RegExp(`/designer/drafts/${id}$`))
        const part = page.getByRole('region', { name: texts['agreement.title'] })
        await part.getByRole('button', { name: texts['agreement.decline'] }).click()
        await part.getByText(texts['agreement.whyMissing']).waitFor()
        await page.locator('#agreement-text').fill('Why so small? 为何？')
        await part.getByRole('button', { name: texts['agreement.decline'] }).click()
        await part.locator('.declined', { hasText: 'Why so small?' }).waitFor()
        await part.getByRole('button', { name: texts['agreement.agree'], exact: true }).click()
        await part.locator('.agreed').waitFor()
        await expectSound(person)
      })
      await letting(enter(engine, setting, KIM), async (person) => {
        const { page } = person
        await goTo(page, `/designer/drafts/${id}`)
        await page.locator('.agreement-person.agreed').waitFor()
        await page.getByRole('button', publish).click()
        await page.waitForURL(/\/designer\/versions$/)
        await page.getByRole('button', { name: texts['agreement.version'] }).first().click()
        const sheet = page.getByRole('dialog', { name: texts['agreement.version'] })
        await sheet.getByText('Please look 请看').waitFor()
        expect(await sheet.locator('.declined').count()).to.equal(1)
        // What it was said to do, when people agreed.
        await sheet.getByRole('heading', { name: texts['agreement.versionImpact'] }).waitFor()
        expect(await sheet.locator('.plan-mark').count()).to.equal(1)
        await expectSound(person)
      })
      const requests = (await kim.get('/api/requests?state=done')).records
      expect(requests.map((one) => one.id)).to.include(asked)
    })
  }
})
