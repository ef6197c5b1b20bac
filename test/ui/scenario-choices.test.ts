import { expect } from 'chai'
import { en } from '../../designer/i18n/en.ts'
import type { TestEngine } from '../support/engine.ts'
import type { Client } from '../support/http.ts'
import { startSales } from '../support/sales.ts'
import { enter, expectSound, letting } from './person.ts'
import { goTo } from './windows.ts'

const GIVEN = {
  lily: {
    user: {
      roles: ['sales'],
    },
  },
  acme: {
    account: {
      name: '华兴机械',
      owner: 'lily',
    },
  },
  li_si: {
    contact: {
      name: '李四',
      account: 'acme',
      owner: 'lily',
    },
  },
  deal: {
    opportunity: {
      name: '生产线',
      account: 'acme',
      owner: 'lily',
      contact: 'li_si',
      amount: 100000,
      close_date: '2026-06-30',
    },
  },
}

const SCENARIO = {
  ...{ kind: 'scenario', name: 'choosing', label: 'Choosing', given: GIVEN },
  steps: [
    { as: 'lily', list: 'opportunity' },
    { as: 'lily', tick: 'deal', milestone: 'site_visited' },
    { as: 'lily', press: 'deal', flow: 'order_from_deal' },
    {
      ...{ as: 'lily', report: 'pipeline_by_stage' },
      // biome-ignore lint/suspicious/noThenProperty: the key of the language.
      then: { rows: [{ stage: 'proposal', weighted: 5 }] },
    },
  ],
}

describe('a scenario of the sales team', () => {
  let engine: TestEngine
  let admin: Client
  let draft: string

  before(async () => {
    engine = await startSales()
    admin = await engine.loginAdmin()
    draft = (await admin.post('/api/meta/changesets', { label: 'Choosing' })).record.id as string
    const at = `/api/meta/changesets/${draft}/definitions/scenario/choosing`
    const put = await admin.put(at, SCENARIO)
    expect(put.status, put.text).to.equal(200)
  })
  after(async () => engine?.stop())

  it('is opened from the plan at the step that fails, and offers milestones, buttons and rows by their labels', () =>
    letting(enter(engine, { language: 'en', size: 'desk' }), async (person) => {
      const { page } = person
      await goTo(page, `/designer/drafts/${draft}`)
      await page.locator('.plan-failing .link').first().click()
      await page.waitForURL(/\/designer\/scenario\/choosing#steps\/\d$/)
      const failing = Number(page.url().at(-1))
      await page.locator('.scenario-side').waitFor()
      const line = (at: number) => page.locator(`[data-step="${at}"] .scenario-line`)
      expect(await line(failing).getAttribute('class')).to.match(/\bon\b/)
      const row = (label: string) => page.locator('.scenario-side .property', { hasText: label }).first()
      const choose = async (label: string, option: string) => {
        await row(label).locator('.ant-select').first().click()
        await page.locator('.ant-select-item-option', { hasText: option }).first().click()
      }

      await line(1).click()
      await choose(en['scenarios.which.milestone'], 'Requirement document confirmed by the customer')
      await line(1).getByText('ticks “Requirement document confirmed by the customer” of deal').waitFor()

      // Of all flows only that which has a button on opportunities.
      await line(2).click()
      await row(en['scenarios.which.button']).locator('.ant-select').first().click()
      const buttons = page.locator('.ant-select-dropdown:visible .ant-select-item-option')
      await buttons.first().waitFor()
      expect(await buttons.allTextContents()).to.deep.equal(['Make a contract'])
      await buttons.first().click()

      // The figures of a report are called as the report calls them; so are its rows.
      await line(3).getByText('Expected: 5').waitFor()
      await line(3).click()
      await page.locator('.scenario-side').getByRole('button', { name: en['inspector.more'] }).click()
      await page.getByRole('menuitem', { name: 'Period' }).click()
      await page.locator('[data-path="steps/3/period"] .ant-select').click()
      await page.locator('.ant-select-item-option', { hasText: 'This quarter' }).click()
      await line(3).getByText('this quarter').waitFor()
      await choose(en['scenarios.click'], en['scenarios.click.yes'])
      await line(3).getByText('and clicks its number').waitFor()
      const rows = page.locator('.value-rows', { hasText: en['scenarios.click.row'] })
      await rows.locator('.value-add').click()
      await page.locator('.ant-select-dropdown:visible .ant-select-item-option', { hasText: 'Stage' }).click()
      await line(3).getByText('and clicks (Stage: “').waitFor()
      await expectSound(person)
    }))
})
