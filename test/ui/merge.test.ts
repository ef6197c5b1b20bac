import { expect } from 'chai'
import { publishAll } from '../support/drafts.ts'
import { startEngine, type TestEngine } from '../support/engine.ts'
import type { Client } from '../support/http.ts'
import { enter, expectSound, inTurn, letting, picture, type Setting, toastText } from './person.ts'
import { uiTemplate } from './ui-model.ts'
import { goTo } from './windows.ts'

const RULE = {
  ...{ kind: 'duplicate_rule', name: 'same_company', entity: 'company' },
  match: [{ field: 'name', as: 'company' }],
  ...Object.fromEntries([['then', 'allow']]),
}

describe('merging in the pages', () => {
  let engine: TestEngine
  let admin: Client

  before(async () => {
    engine = await startEngine({ template: uiTemplate })
    admin = await engine.loginAdmin()
    await publishAll(admin, [RULE])
  })
  after(async () => engine?.stop())

  const names = {
    en: ['Huaxing Machinery', 'Huaxing Machinery Co., Ltd.', 'Another Huaxing'],
    'zh-CN': ['华兴机械', '华兴机械（北京）有限公司', '另一家华兴'],
  } as const

  for (const setting of inTurn('merge 1')) {
    it(`brings records together, field by field, and tells of it afterwards (${setting.language}, ${setting.size})`, () =>
      letting(enter(engine, setting), async (person) => {
        const { page, t } = person
        const [short, long, third] = names[setting.language]
        const made = async (entity: string, body: object) =>
          (await admin.post(`/api/records/${entity}`, body)).record.id
        const stays = await made('company', { name: short, level: 'a', website: 'https://hx.example' })
        const goes = await made('company', { name: long, level: 'b', founded: '2001-05-06', amount: 120000 })
        const other = await made('company', { name: third, level: 'a' })
        for (const deal of ['d1', 'd2']) await made('deal', { name: deal, company: goes })
        await made('deal', { name: 'd3', company: other })

        await goTo(page, `/records/company/${stays}`)
        await page
          .getByRole('button', { name: t('act.more') })
          .last()
          .click()
        await page.getByRole('menuitem', { name: t('merge.act') }).click()
        const sheet = page.getByRole('dialog')
        await sheet.getByRole('checkbox', { name: new RegExp(long.slice(0, 4)) }).check()
        const row = (field: string) => sheet.locator(`[data-field="${field}"]`)
        // The default rule: its own value, and another one's where it has none.
        const chosen = (field: string) => row(field).locator('input:checked').getAttribute('value')
        await sheet.getByText(deals(setting, 2)).waitFor()
        expect([await chosen('level'), await chosen('founded'), await chosen('name')]).to.deep.equal([
          ...[stays, goes, stays],
        ])
        await row('name').getByRole('radio').nth(1).check()
        await sheet.getByText(deals(setting, 2)).waitFor()
        // Any other one is found by its name.
        await sheet.getByRole('combobox').fill(third)
        await page.locator('.ant-select-item-option', { hasText: third }).click()
        await sheet.getByText(deals(setting, 3)).waitFor()
        await page.keyboard.press('Escape')
        await expectSound(person)
        await picture(person, 'merge', setting)
        await sheet.getByRole('button', { name: t('merge.do', { count: 2, title: short }) }).click()
        await toastText(person)
          .getByText(t('merge.done', { count: 2, title: short }))
          .waitFor()

        const { data } = (await admin.get(`/api/records/company/${stays}`)).body as { data: object }
        expect(data).to.deep.include({ name: long, level: 'a', founded: '2001-05-06', amount: 120000 })
        await page.getByRole('heading', { name: long }).first().waitFor()
        await goTo(page, '/records/company/bin')
        const away = page.locator(`[data-id="${goes}"]`).getByRole('link')
        expect(await away.textContent()).to.equal(t('merge.away', { title: long }))
        await expectSound(person)
        await picture(person, 'merged-bin', setting)
        await away.click()
        if (person.phone)
          await page
            .locator('.phone-tabs')
            .getByRole('button', { name: t('record.timeline') })
            .click()
        const told = page.locator('[data-action="merged"]')
        expect(await told.textContent()).to.contain(
          t('merge.mergedFrom', { names: [long, third].join(t('merge.comma')) }),
        )
        expect(await page.getByText(t('merge.of', { name: third })).count()).to.equal(1)
        await expectSound(person)
        await picture(person, 'merged', setting)
      }))

    it(`finds what is there twice, each with the way to merge it (${setting.language}, ${setting.size})`, () =>
      letting(enter(engine, setting), async (person) => {
        const { page, t } = person
        const pair =
          setting.language === 'en' ? ['Twice Foods', 'TWICE FOODS INC.'] : ['双双食品', '双双食品公司']
        const ids: string[] = []
        for (const name of pair) ids.push((await admin.post('/api/records/company', { name })).record.id)
        await goTo(page, '/records/company')
        await page
          .getByRole('button', { name: t('act.more') })
          .last()
          .click()
        await page.getByRole('menuitem', { name: t('merge.find') }).click()
        const group = page.locator('.duplicate-group', { hasText: pair[1]! })
        await group.waitFor()
        await expectSound(person)
        await picture(person, 'duplicates', setting)
        await group.getByRole('button').click()
        // The other one may stay as well.
        await page.getByRole('button', { name: t('merge.stayOf', { title: pair[1]! }) }).click()
        await page.getByRole('button', { name: t('merge.do', { count: 1, title: pair[1]! }) }).click()
        await group.waitFor({ state: 'detached' })
        const found = await admin.get(`/api/records/company?deleted=1&q=${encodeURIComponent(pair[0]!)}`)
        expect(found.records.map(({ id }) => id)).to.deep.equal([ids[0]])
      }))
  }

  it('merges the rows that are chosen in a list', () =>
    letting(enter(engine, { language: 'en', size: 'desk' }), async (person) => {
      const { page, t } = person
      const ids: string[] = []
      for (const name of ['Row one', 'Row two'])
        ids.push((await admin.post('/api/records/company', { name })).record.id)
      await goTo(page, '/records/company')
      const merge = page.getByRole('toolbar').getByRole('button', { name: t('merge.act') })
      await page.getByRole('checkbox', { name: t('bulk.chooseOne', { title: 'Row one' }) }).check()
      expect(await merge.isDisabled()).to.equal(true)
      await page.getByRole('checkbox', { name: t('bulk.chooseOne', { title: 'Row two' }) }).check()
      await merge.click()
      await page.getByRole('dialog').getByRole('radiogroup').first().waitFor()
      // The choice of rows stays when the sheet is left.
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'detached' })
      await merge.click()
      const title = 'Row one'
      await page.getByRole('button', { name: t('merge.do', { count: 1, title }) }).click()
      await page.getByRole('toolbar').waitFor({ state: 'detached' })
      expect((await admin.get(`/api/records/company/${ids[1]}`)).status).to.equal(404)
    }))
})

function deals({ language }: Setting, count: number): string {
  return language === 'en' ? `${count} deals` : `${count} 条商机`
}
