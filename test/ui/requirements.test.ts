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
        // What fails is found without reading all.
        await page
          .locator('.requirement-states label', { hasText: texts['designer.scenario.failed'] })
          .click()
        await good.waitFor({ state: 'detached' })
        await bad.waitFor()
        await page.locator('.requirement-states label').first().click()
        await good.waitFor()
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

  describe('a scenario as a story', () => {
    it('is run with one press, told red and green, and changed by choosing', async () => {
      const person = await enter(engine, { language: 'en', size: 'desk' })
      const { page } = person
      const line = (at: number) => page.locator(`[data-step="${at}"] .scenario-line`)
      const row = (label: string) => page.locator('.scenario-side .property', { hasText: label }).first()
      const choose = async (label: string, option: string) => {
        await row(label).locator('.ant-select').first().click()
        await page.keyboard.type(option)
        await page.locator('.ant-select-item-option', { hasText: option }).first().click()
      }
      const run = async (outcome: 'passed' | 'failed') => {
        await page.getByRole('button', { name: en['scenarios.run'] }).click()
        await page
          .locator('.canvas-page-bar .chip', { hasText: en[`designer.scenario.${outcome}`] })
          .waitFor()
      }
      await goTo(page, '/designer/requirements')
      await page
        .locator('[data-requirement="REQ-2"]')
        .getByRole('link', { name: en['scenarios.open'] })
        .click()
      await line(0).getByText('rita lists Company').waitFor()
      await line(1).getByText('After 1 day').waitFor()
      await run('failed')
      await line(0).getByText(`${en['designer.scenario.found']}:`).waitFor()
      expect(await line(1).locator('.scenario-mark.skipped').count()).to.equal(1)
      await expectSound(person)
      // What is expected is put right: what the run said is no longer of this story.
      await line(0).click()
      await page.locator('[data-path="steps/0/then/count"] input').fill('1')
      await line(0).getByText('there are 1').waitFor()
      await page.locator('.scenario-mark').first().waitFor({ state: 'detached' })
      await run('passed')
      // Somebody who may only read makes a company.
      await page.getByRole('button', { name: en['scenarios.addStep'] }).click()
      await page.getByRole('menuitem', { name: en['scenarios.act.create'] }).click()
      await choose(en['scenarios.what'], 'Company')
      await page.locator('.value-rows .value-add').first().click()
      await page.keyboard.type('Name')
      await page.keyboard.press('Enter')
      await page.locator('[data-value="name"] input').fill('Beta')
      await line(2).getByText('rita creates Company: Name: “Beta”').waitFor()
      await run('failed')
      await choose(en['scenarios.outcome'], en['scenarios.outcome.refused'])
      await line(2).getByText('it is refused').waitFor()
      await run('passed')
      // Why is chosen in words, and so is the field, of those that there are.
      await page.locator('#at-steps-2-then-problem-code').click()
      await page.keyboard.type('role does not allow')
      await page.keyboard.press('Enter')
      await line(2).getByText('it is refused: their role does not allow it').waitFor()
      await run('passed')
      const reason = page.locator('[data-path="steps/2/then/problem"]')
      await reason.getByRole('button', { name: en['inspector.more'] }).click()
      await page.getByRole('menuitem', { name: 'At the field' }).click()
      await page.locator('#at-steps-2-then-problem-path').click()
      await page.keyboard.type('Name')
      await page.keyboard.press('Enter')
      await line(2).getByText('it is refused: Name: their role does not allow it').waitFor()
      await run('failed')
      await line(2).getByText('It should be refused: Name: their role does not allow it.').waitFor()
      await page.keyboard.press('Control+z')
      await run('passed')
      await expectSound(person)
      // By keys it comes before the waiting; who does it is called otherwise, and so say all steps.
      await line(2).focus()
      await page.keyboard.press('Alt+ArrowUp')
      await line(1).getByText('Beta').waitFor()
      await page.locator('.scenario-line', { hasText: 'rita' }).first().click()
      const name = row(en['scenarios.called']).locator('input')
      await name.fill('anna')
      await name.press('Enter')
      await line(0).getByText('anna lists Company').waitFor()
      await line(1).getByText('anna creates Company').waitFor()
      await run('passed')
      expect(person.faults).to.deep.equal([])
      await person.close()
    })

    it('is read and changed on a phone', async () => {
      const person = await enter(engine, { language: 'zh-CN', size: 'phone' })
      const { page } = person
      await goTo(page, '/designer/scenario/seen')
      await page.locator('[data-step="0"] .scenario-line').getByText('rita列出公司').waitFor()
      await page.getByRole('button', { name: zhCN['scenarios.addPerson'] }).click()
      await page.getByRole('dialog').getByText(zhCN['scenarios.roles']).waitFor()
      await expectSound(person)
      await person.close()
    })
  })
})
