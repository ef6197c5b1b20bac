import { expect } from 'chai'
import { en } from '../../designer/i18n/en.ts'
import { zhCN } from '../../designer/i18n/zh-CN.ts'
import { openDraft, planOf } from '../support/drafts.ts'
import { startEngine, type TestEngine } from '../support/engine.ts'
import { enter, expectSound, inTurn, type Person } from './person.ts'
import { uiTemplate } from './ui-model.ts'
import { goTo } from './windows.ts'

const given = { rita: { user: { roles: ['reader'] } }, acme: { company: { name: 'Acme' } } }
/** One that holds and one that does not; what a label holds is text, whatever it looks like. */
const scenarios = [
  {
    kind: 'scenario',
    name: 'seen',
    requirement: 'REQ-1',
    label: { en: 'A reader <b>sees</b> companies', 'zh-CN': '读者可见<b>公司</b>' },
    given,
    steps: [{ as: 'rita', list: 'company', ['then' as string]: { visible: ['acme'] } }],
  },
  {
    kind: 'scenario',
    name: 'three_companies',
    requirement: 'REQ-2',
    label: { en: 'There are three companies', 'zh-CN': '共有三家公司' },
    given,
    steps: [{ as: 'rita', list: 'company', ['then' as string]: { count: 3 } }, { wait: 'P1D' }],
  },
]

describe('the register of requirements', () => {
  let engine: TestEngine

  before(async () => {
    engine = await startEngine({ template: uiTemplate })
    const admin = await engine.loginAdmin()
    const id = await openDraft(admin, scenarios)
    const { hash } = await planOf(admin, id)
    const override = { reason: 'to be seen' }
    const answer = await admin.post(`/api/meta/changesets/${id}/publish`, { hash, override })
    expect(answer.status, answer.text).to.equal(200)
  })
  after(async () => engine?.stop())

  for (const setting of inTurn('requirements 2')) {
    describe(`(${setting.language}, ${setting.size})`, () => {
      let person: Person
      const texts = setting.language === 'en' ? en : zhCN

      before(async () => {
        person = await enter(engine, setting)
      })
      after(async () => person?.close())

      it('lists requirements with what their scenarios say, and runs these', async () => {
        const { page } = person
        await goTo(page, '/designer/requirements')
        const good = page.locator('[data-requirement="REQ-1"] [data-state="passed"]')
        await good.waitFor()
        const bad = page.locator('[data-requirement="REQ-2"] [data-state="failed"]')
        await bad.getByText(`${texts['designer.scenario.found']}:`).waitFor()
        expect(await good.locator('li').first().isVisible()).to.equal(false)
        await good.locator('summary').click()
        await good.locator('li').first().waitFor()
        const ran = page.waitForResponse((response) => response.url().endsWith('/api/meta/scenarios/run'))
        await page.getByRole('button', { name: texts['designer.runScenarios'] }).click()
        expect((await ran).status()).to.equal(200)
        await good.waitFor()
        await expectSound(person)
      })

      // One page for every screen: the width alone is left to the desk.
      for (const type of setting.size === 'desk' ? (['confirmation', 'acceptance'] as const) : []) {
        it(`opens the sheet for print: ${type}`, async () => {
          const { page } = person
          await goTo(page, '/designer/requirements')
          const link = page.getByRole('link', { name: texts[`designer.sheet.${type}`] })
          const address = (await link.getAttribute('href')) ?? ''
          await page.goto(address)
          await page.getByRole('heading', { level: 1 }).waitFor()
          expect(await page.locator('html').getAttribute('lang')).to.equal(setting.language)
          expect(await page.locator('main b').count()).to.equal(0)
          const width = await page.evaluate(() => getComputedStyle(document.body).maxWidth)
          expect(width).to.equal('900px')
          await expectSound(person)
        })
      }
    })
  }
})
