import { expect } from 'chai'
import { inForce, publishAll, type Written } from '../support/drafts.ts'
import { startEngine, type TestEngine } from '../support/engine.ts'
import type { Client } from '../support/http.ts'
import { enter, expectSound, inTurn, letting, picture, toastText } from './person.ts'
import { uiTemplate } from './ui-model.ts'
import { goTo } from './windows.ts'

const text = (en: string, zh: string) => ({ en, 'zh-CN': zh })

const LEAD: Written = {
  ...{ kind: 'entity', name: 'lead', title: 'name', label: text('Lead', '线索'), owned: true },
  fields: [
    { name: 'name', type: 'text', required: true, label: text('Name', '姓名') },
    { name: 'worth', type: 'currency', label: text('Worth', '预计金额') },
  ],
  convert: {
    to: [
      { name: 'company', entity: 'company', set: { name: { var: 'name' } }, required: true },
      {
        ...{ name: 'deal', entity: 'deal', links: { company: 'company' } },
        set: { name: { var: 'name' }, value: { var: 'worth' } },
      },
    ],
  },
}

describe('conversion in the pages', function () {
  this.timeout(180_000)
  let engine: TestEngine
  let admin: Client

  before(async () => {
    engine = await startEngine({ template: uiTemplate })
    admin = await engine.loginAdmin()
    await publishAll(admin, [LEAD])
  })
  after(async () => engine?.stop())

  for (const setting of inTurn('lane 1')) {
    it(`makes a lead a deal of a company that is there, and shows the way of both (${setting.language}, ${setting.size})`, () =>
      letting(enter(engine, setting), async (person) => {
        const { page, t } = person
        const label = await companyLabel()
        const company = (await admin.post('/api/records/company', { name: `Huaxing ${setting.size}` })).record
        const { id } = (await admin.post('/api/records/lead', { name: `Lead ${setting.size}`, worth: 70 }))
          .record
        await goTo(page, `/records/lead/${id}`)
        await page.getByRole('button', { name: t('lane.convert') }).click()
        const sheet = page.getByRole('dialog')
        const target = sheet.locator('fieldset').first()
        await target.getByText(t('lane.existing')).click()
        await expectSound(person)
        await picture(person, 'convert-sheet', setting)
        await target.getByLabel(t('lane.which', { entity: label[setting.language] ?? '' })).fill('Huaxing')
        await page.getByText(`Huaxing ${setting.size}`).last().click()
        await sheet.getByRole('button', { name: t('lane.convert') }).click()
        await toastText(person).waitFor()
        await page.locator('.lane li').nth(2).waitFor()
        expect(await page.getByRole('button', { name: t('lane.convert') }).count()).to.equal(0)
        await expectSound(person)
        await picture(person, 'lane', setting)
        await page.locator('.lane a', { hasText: `Lead ${setting.size}` }).click()
        await page.locator('.lane .now', { hasText: `Lead ${setting.size}` }).waitFor()
        const [deal] = (
          await admin.post('/api/records/deal/query', {
            filter: { '==': [{ var: 'name' }, `Lead ${setting.size}`] },
          })
        ).records
        expect(deal).to.include({ value: 70 })
        expect((deal?.company as { id?: string })?.id ?? deal?.company).to.equal(company.id)
      }))
  }

  async function companyLabel(): Promise<Record<string, string>> {
    const { label } = await inForce<Written & { readonly label: Record<string, string> }>(
      admin,
      'entity/company',
    )
    return label
  }
})
