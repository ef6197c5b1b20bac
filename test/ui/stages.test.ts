import { expect } from 'chai'
import { inForce, publishAll, type Written } from '../support/drafts.ts'
import { startEngine, type TestEngine } from '../support/engine.ts'
import type { Client } from '../support/http.ts'
import { enter, expectSound, inTurn, letting, picture, toastText } from './person.ts'
import { uiTemplate } from './ui-model.ts'
import { goTo } from './windows.ts'

const text = (en: string, zh: string) => ({ en, 'zh-CN': zh })

describe('stages in the pages', () => {
  let engine: TestEngine
  let admin: Client

  before(async () => {
    engine = await startEngine({ template: uiTemplate })
    admin = await engine.loginAdmin()
    const deal = await inForce<Written & { readonly fields: readonly object[] }>(admin, 'entity/deal')
    const budget = { name: 'budget', type: 'currency', label: text('Budget', '预算') }
    const gated = {
      requires: ['value', 'budget'],
      must: { '>=': [{ var: 'value' }, 20_000] },
      guide: text('Agree on what is needed, in writing.', '与客户书面确认需求。'),
      milestones: [
        { name: 'confirmed', label: text('Document confirmed', '客户确认需求文档'), required: true },
        { name: 'visited', label: text('Site visited', '已拜访现场') },
      ],
    }
    const pipeline = await inForce<Written & { readonly stages: readonly { readonly name: string }[] }>(
      admin,
      'pipeline/sales',
    )
    const gates: Readonly<Record<string, object>> = { contact: gated, offer: { requires: ['company'] } }
    const stages = pipeline.stages.map((stage) => ({ ...stage, ...gates[stage.name] }))
    await publishAll(admin, [
      { ...deal, fields: [...deal.fields, budget] },
      { ...pipeline, stages },
    ])
  })
  after(async () => engine?.stop())

  for (const setting of inTurn('stages 1')) {
    const where = `${setting.language}, ${setting.size}`
    const say = (en: string, zh: string) => (setting.language === 'en' ? en : zh)
    const VALUE = say('Value', '成交额')

    it(`ask for just what is missing, and move on with it (${where})`, () =>
      letting(enter(engine, setting), async (person) => {
        const { page, t } = person
        const body = { name: `Deal ${where}`, stage: 'contact', value: 500 }
        const { id } = (await admin.post('/api/records/deal', body)).record
        await goTo(page, `/records/deal/${id}`)
        await page.getByText(say('Agree on what is needed', '与客户书面确认需求')).waitFor()
        await page.locator('.stage-must', { hasText: '20,000' }).waitFor()
        await expectSound(person)
        await picture(person, 'stage-page', setting)
        await page.locator('.path-button').first().click()
        const sheet = page.getByRole('dialog')
        await sheet.getByLabel(say('Budget', '预算')).waitFor()
        expect(await sheet.locator('.field label').allTextContents()).to.deep.equal([
          VALUE,
          say('Budget', '预算'),
        ])
        expect(await sheet.getByLabel(VALUE).inputValue()).to.equal('500') // to be mended where it is refused
        await sheet.locator('.stage-met').getByText('500').waitFor()
        await expectSound(person)
        await picture(person, 'stage-sheet', setting)
        await sheet.getByLabel(VALUE).fill('30000')
        await sheet.getByLabel(say('Budget', '预算')).fill('900')
        await sheet.getByRole('button', { name: t('stage.move') }).click()
        await sheet.locator('.checklist .field-problem', { hasText: t('stage.required') }).waitFor()
        await sheet.getByLabel(say('Document confirmed', '客户确认需求文档')).click()
        await sheet.locator('.checklist .ant-checkbox-checked').waitFor()
        await sheet.getByRole('button', { name: t('stage.move') }).click()
        await toastText(person).waitFor()
        const stored = (await admin.get(`/api/records/deal/${id}`)).record
        expect(stored).to.include({ value: 30_000, budget: 900, stage: 'offer' })
        await page.getByRole('button', { name: t('stage.history') }).click()
        await page.locator('.stage-move').nth(1).waitFor()
        await expectSound(person)
        await picture(person, 'stage-history', setting)
      }))

    it(`say what is still missing, and make the record that is (${where})`, () =>
      letting(enter(engine, setting), async (person) => {
        const { page, t } = person
        const body = { name: `Other ${where}`, stage: 'offer', value: 30_000, budget: 900 }
        const made = (await admin.post('/api/records/deal', body)).record
        await goTo(page, `/records/deal/${made.id}`)
        await page.locator('.path-button', { hasText: say('Won', '赢单') }).click()
        const sheet = page.getByRole('dialog').filter({ hasText: t('stage.move') })
        const move = sheet.getByRole('button', { name: t('stage.move') })
        await move.waitFor()
        expect(await sheet.locator('.field-problem').count()).to.equal(0)
        await move.click()
        await sheet.locator('.field-problem', { hasText: say('Company', '公司') }).waitFor()
        await expectSound(person)
        await sheet.getByLabel(say('Company', '公司')).fill(`Smith ${where}`)
        await page.locator('.ant-select-item-option', { hasText: `Smith ${where}` }).click()
        await page.getByRole('button', { name: t('form.create') }).click()
        await sheet.locator('.ant-select', { hasText: `Smith ${where}` }).waitFor()
        await move.click()
        await sheet.waitFor({ state: 'detached' })
        const stored = (await admin.get(`/api/records/deal/${made.id}`)).record
        expect(stored.company).to.not.equal(null)
        expect(stored.stage).to.not.equal('offer')
      }))
  }
})
