import { expect } from 'chai'
import { helpEn } from '../../runtime-ui/screens/help/i18n/en.ts'
import { helpZhCN } from '../../runtime-ui/screens/help/i18n/zh-CN.ts'
import { startEngine, type TestEngine } from '../support/engine.ts'
import { control, EACH_ONCE, enter, expectSound, inTurn, letting } from './person.ts'
import { uiTemplate } from './ui-model.ts'
import { goTo } from './windows.ts'

describe('help beside a page', () => {
  let engine: TestEngine
  before(async () => {
    engine = await startEngine({ template: uiTemplate })
  })
  after(async () => engine?.stop())

  for (const setting of inTurn('help 1'))
    it(`says what the page is for, and leads to asking for a change (${setting.language}, ${setting.size})`, () =>
      letting(enter(engine, setting), async (person) => {
        const { page, t, phone } = person
        const texts = setting.language === 'en' ? helpEn : helpZhCN
        await goTo(page, '/records/company')
        await page.locator('.sheet h1').first().waitFor()
        if (phone) {
          await page.locator('.tab-more').click()
          await page.getByRole('button', { name: t('person.help') }).click()
        } else {
          await page.locator('.nav-foot .person').click()
          await page.getByRole('menuitem', { name: t('person.help') }).click()
        }
        const sheet = page.getByRole('dialog', { name: texts['help.title.list'] })
        await sheet.getByText(texts['help.text.list']).waitFor()
        for (const act of texts['help.acts.list'].split('\n')) await sheet.getByText(act).waitFor()
        if (!phone) await sheet.getByText(t('keys.list.peek')).waitFor()
        await expectSound(person)
        await sheet.getByRole('button', { name: t('person.request') }).click()
        await page.locator('#request-text').waitFor()
        await sheet.waitFor({ state: 'detached' })
      }))

  it('comes by F1 also while one types, about the page that one is on, and leaves what was typed', () =>
    letting(enter(engine, EACH_ONCE[0]!), async (person) => {
      const { page } = person
      await goTo(page, '/records/company/new')
      await control(person, 'name').fill('Typed')
      await page.keyboard.press('F1')
      const sheet = page.getByRole('dialog', { name: helpEn['help.title.newRecord'] })
      await sheet.getByText(helpEn['help.text.newRecord']).waitFor()
      await expectSound(person)
      await page.keyboard.press('Escape')
      await sheet.waitFor({ state: 'detached' })
      expect(await control(person, 'name').inputValue()).to.equal('Typed')
    }))
})
