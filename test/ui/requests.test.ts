import { expect } from 'chai'
import { requestsEn } from '../../runtime-ui/screens/requests/i18n/en.ts'
import { requestsZhCN } from '../../runtime-ui/screens/requests/i18n/zh-CN.ts'
import { startEngine, type TestEngine } from '../support/engine.ts'
import type { Client } from '../support/http.ts'
import { enter, expectSound, inTurn, letting, type Person, type Setting, toastText } from './person.ts'
import { uiTemplate } from './ui-model.ts'
import { goTo } from './windows.ts'

const READER = { email: 'rita@example.com', password: 'a reader’s password' }

describe('a change request in the browser', () => {
  let engine: TestEngine
  let admin: Client
  let company: string

  before(async () => {
    engine = await startEngine({ template: uiTemplate })
    admin = await engine.loginAdmin()
    await admin.post('/api/records/user', {
      ...READER,
      name: 'Rita Reader',
      roles: ['reader'],
      language: 'en',
    })
    company = (await admin.post('/api/records/company', { name: 'Zephyr 泽风' })).record.id
  })
  after(async () => engine?.stop())

  const textsOf = ({ language }: Setting) => (language === 'en' ? requestsEn : requestsZhCN)
  const openSheet = async ({ page, t, phone }: Person, name: string): Promise<void> => {
    if (phone) {
      await page.locator('.tab-more').click()
      await page.getByRole('button', { name: t('person.request') }).click()
    } else {
      await page.getByRole('button', { name: t('person.menu', { name }) }).click()
      await page.getByRole('menuitem', { name: t('person.request') }).click()
    }
  }
  const words = (setting: Setting) => `Move the phone up 电话放上面 ${setting.language}`

  const settings = inTurn('requests 1')
  for (const setting of settings) {
    const texts = textsOf(setting)

    it(`is filed from any page, with page and record (${setting.language}, ${setting.size})`, () =>
      letting(enter(engine, setting, READER), async (person) => {
        const { page } = person
        await goTo(page, `/records/company/${company}`)
        await page.getByText('Zephyr 泽风').first().waitFor()
        await openSheet(person, 'Rita Reader')
        const sheet = page.getByRole('dialog', { name: texts['request.title'] })
        await sheet.getByRole('button', { name: texts['request.send'] }).click()
        await sheet.getByText(person.t('fault.required')).waitFor()
        await expectSound(person)
        await page.locator('#request-text').fill(words(setting))
        await page.locator('#request-expected').fill('Above the e-mail')
        await sheet.getByRole('button', { name: texts['request.send'] }).click()
        await toastText(person).getByText(texts['request.sent']).waitFor()
        const kept = (await admin.get('/api/requests?limit=1')).records[0]
        expect(kept).to.deep.include({
          text: words(setting),
          expected: 'Above the e-mail',
          page: `/records/company/${company}`,
          record: { entity: 'company', id: company, label: 'Zephyr 泽风' },
        })
      }))

    it(`is answered by who looks after definitions (${setting.language}, ${setting.size})`, () =>
      letting(enter(engine, setting), async (person) => {
        const { page } = person
        await goTo(page, '/notifications')
        await page.getByRole('link', { name: words(setting) }).click()
        await page.waitForURL(/\/requests$/)
        const row = page.locator('.request', { hasText: words(setting) })
        await row.getByText('Rita Reader').waitFor()
        await expectSound(person)
        await row.getByRole('button', { name: texts['request.close'] }).click()
        const sheet = page.getByRole('dialog', { name: texts['request.answer'] })
        await sheet.getByRole('button', { name: texts['request.decline'] }).click()
        await sheet.getByText(texts['request.answerMissing']).waitFor()
        await page.locator('#request-answer').fill('It stays where it is.')
        await expectSound(person)
        await sheet.getByRole('button', { name: texts['request.decline'] }).click()
        await toastText(person).getByText(texts['request.saved.declined']).waitFor()
        await row.waitFor({ state: 'detached' })
        await page.getByRole('button', { name: texts['request.state.declined'] }).click()
        await row.getByText('It stays where it is.').waitFor()
        await expectSound(person)
      }))
  }

  it('tells who asked what became of it, and shows them their own alone', () =>
    letting(enter(engine, settings[0]!, READER), async (person) => {
      const { page } = person
      const texts = textsOf(settings[0]!)
      await admin.post('/api/requests', { page: '/', text: 'Of the administrator' })
      await goTo(page, '/notifications')
      await page.getByRole('link', { name: words(settings[0]!) }).click()
      await page.getByText(texts['request.noneText.open']).waitFor()
      await page.getByRole('button', { name: texts['request.state.declined'] }).click()
      await page.getByText('It stays where it is.').first().waitFor()
      expect(await page.getByRole('button', { name: texts['request.reopen'] }).count()).to.equal(0)
      await expectSound(person)
    }))
})
