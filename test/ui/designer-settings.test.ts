import { expect } from 'chai'
import { en } from '../../designer/i18n/en.ts'
import { zhCN } from '../../designer/i18n/zh-CN.ts'
import { startEngine, type TestEngine } from '../support/engine.ts'
import type { Client } from '../support/http.ts'
import { loginAs } from '../support/http-model.ts'
import { enter, expectSound, inTurn, letting, toastText } from './person.ts'
import { uiTemplate } from './ui-model.ts'
import { goTo } from './windows.ts'

const WORDS = {
  en: {
    days: ['First day of the week', 'Sunday', 'Weeks begin on Sunday.'],
    agree: ['Who must agree to a publish', 'How many must agree'],
    brand: 'Brand colour',
  },
  'zh-CN': {
    days: ['每周第一天', '周日', '每周从周日开始。'],
    agree: ['发布须谁同意', '至少几人同意'],
    brand: '品牌颜色',
  },
} as const

describe('the settings of a workspace in the designer', () => {
  let engine: TestEngine
  let admin: Client

  before(async () => {
    engine = await startEngine({ template: uiTemplate })
    admin = await engine.loginAdmin()
    await loginAs(admin, 'kim', ['administrator'])
  })
  after(async () => engine?.stop())

  for (const setting of inTurn('settings 1'))
    it(`are named, chosen in words, and in force at once or by a publish (${setting.language}, ${setting.size})`, () =>
      letting(enter(engine, setting), async (person) => {
        const { page } = person
        const d = setting.language === 'en' ? en : zhCN
        const words = WORDS[setting.language === 'en' ? 'en' : 'zh-CN']
        const settingCalled = (name: string) => page.locator('.definition-link', { hasText: name })
        await goTo(page, '/designer/setting')
        await settingCalled(words.days[0]).waitFor()
        expect(await settingCalled(words.brand).getAttribute('href')).to.equal('/brand')
        await expectSound(person)

        await settingCalled(words.days[0]).click()
        const day = page.locator('.property[data-path="value"]')
        await day.locator('.ant-select', { hasText: words.days[1] }).waitFor()
        await expectSound(person)
        await page.getByRole('button', { name: d['designer.inForceNow'] }).click()
        await toastText(person).getByText(d['designer.nowInForce']).waitFor()
        await goTo(page, '/designer/setting')
        await page.getByText(words.days[2]).waitFor()
        const stored = await admin.get('/api/meta/definitions/setting/week_start')
        expect((stored.body as { data: { value: unknown } }).data.value).to.equal(7)

        // Who agrees is found by name; till somebody is named, it is said what is missing.
        await settingCalled(words.agree[0]).click()
        const who = page.locator('.property[data-path="value/of"]')
        await page.locator('.property[data-path="value/needs"]', { hasText: words.agree[1] }).waitFor()
        await who.locator('.property-still, .field-problem').waitFor()
        await who.getByRole('button', { name: d['people.add'] }).click()
        await who.locator('.people-form').click()
        await page.locator('.ant-select-item-option', { hasText: d['people.user'] }).click()
        await who.locator('.ant-select-auto-complete input').fill('kim')
        await page.locator('.ant-select-item-option', { hasText: 'kim@example.com' }).click()
        await who.locator('.property-still, .field-problem').waitFor({ state: 'detached' })
        await expectSound(person)
        const kept = async () => {
          const drafts = (await admin.get('/api/meta/changesets')).records
          const draft = drafts.find(({ state }) => state === 'open')
          const answer = await admin.get(`/api/meta/changesets/${draft?.id}`)
          return /"user": ?"kim@example.com"/.test(answer.text)
        }
        for (let tries = 0; !(await kept()) && tries < 100; tries++) await page.waitForTimeout(100)
        expect(await kept(), 'the draft holds who must agree').to.equal(true)
      }))
})
