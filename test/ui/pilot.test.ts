import { expect } from 'chai'
import { draftsEn } from '../../designer/i18n/en-drafts.ts'
import { pilotEn } from '../../designer/i18n/en-pilot.ts'
import { silentEn } from '../../designer/i18n/en-silent.ts'
import { draftsZhCN } from '../../designer/i18n/zh-CN-drafts.ts'
import { pilotZhCN } from '../../designer/i18n/zh-CN-pilot.ts'
import { silentZhCN } from '../../designer/i18n/zh-CN-silent.ts'
import { accountEn } from '../../runtime-ui/i18n/en-account.ts'
import { accountZhCN } from '../../runtime-ui/i18n/zh-CN-account.ts'
import { openDraft } from '../support/drafts.ts'
import { startEngine, type TestEngine } from '../support/engine.ts'
import type { Client } from '../support/http.ts'
import { loginAs, PASSWORD } from '../support/http-model.ts'
import { enter, expectSound, inTurn, letting } from './person.ts'
import { uiTemplate } from './ui-model.ts'
import { goTo } from './windows.ts'

const KIM = { email: 'kim@example.com', password: PASSWORD }

describe('a draft that some people try, in the browser', () => {
  let engine: TestEngine
  let admin: Client

  before(async () => {
    engine = await startEngine({ template: uiTemplate })
    admin = await engine.loginAdmin()
    await loginAs(admin, 'kim', ['administrator'])
  })
  after(async () => engine?.stop())

  for (const setting of inTurn('pilot 1')) {
    it(`runs silently and is compared, is given to somebody, seen by them, and withdrawn (${setting.language}, ${setting.size})`, async () => {
      const isEnglish = setting.language === 'en'
      const texts = isEnglish
        ? { ...draftsEn, ...pilotEn, ...silentEn, ...accountEn }
        : { ...draftsZhCN, ...pilotZhCN, ...silentZhCN, ...accountZhCN }
      const view = {
        kind: 'view',
        name: `tried_${count++}`,
        entity: 'company',
        type: 'table',
        columns: ['name'],
      }
      const check = {
        ...{ kind: 'validation', name: `gold_${count++}`, label: 'Gold only 仅限金牌', entity: 'company' },
        ...{
          must: { '!=': [{ var: 'level' }, 'b'] },
          problem: { field: 'level', message: 'Not silver 不可银牌' },
        },
      }
      const id = await openDraft(admin, [{ ...view, label: 'Tried 试用' }, check])
      await letting(enter(engine, setting), async (person) => {
        const { page } = person
        await goTo(page, `/designer/drafts/${id}`)
        await page.getByRole('button', { name: texts['silent.begin'] }).click()
        const silent = page.getByRole('region', { name: texts['silent.title'], exact: true })
        await silent.getByText(texts['silent.running']).waitFor()
        for (const level of ['a', 'b'])
          await admin.post('/api/records/company', { name: `Silver ${level}`, level })
        await silent.getByText(texts['silent.otherwise'].replace('{{count}}', '1')).waitFor()
        await silent.getByRole('button', { name: texts['silent.compare'] }).click()
        const compared = page.getByRole('dialog', { name: texts['silent.comparison'] })
        await compared.getByRole('link', { name: 'Silver b' }).waitFor()
        await compared
          .getByText(texts['silent.refuses'].replace('{{message}}', 'Not silver 不可银牌'))
          .waitFor()
        await expectSound(person)
        await page.keyboard.press('Escape')
        await compared.waitFor({ state: 'detached' })
        await silent.getByRole('button', { name: texts['silent.end'], exact: true }).click()
        await page.getByRole('button', { name: texts['silent.last'] }).waitFor()
        await page.getByRole('button', { name: texts['pilot.act'] }).click()
        const sheet = page.getByRole('dialog', { name: texts['pilot.begin'] })
        await sheet.getByRole('button', { name: texts['pilot.start'] }).click()
        await sheet.getByText(texts['pilot.nobody']).waitFor()
        await sheet.getByRole('combobox', { name: texts['pilot.persons'] }).fill('kim')
        await page.locator('.ant-select-item-option', { hasText: 'kim' }).click()
        await page.keyboard.press('Escape')
        await sheet.getByRole('button', { name: texts['pilot.start'] }).click()
        const card = page.getByRole('region', { name: texts['pilot.title'] })
        await card.getByText('kim', { exact: true }).waitFor()
        await expectSound(person)
        await goTo(page, '/designer/drafts')
        await page.getByText(texts['pilot.trying']).waitFor()
      })
      await letting(enter(engine, setting, KIM), async (kim) => {
        await goTo(kim.page, '/records/company')
        const bar = kim.page.getByRole('region', { name: texts['trying.label'] })
        await bar.waitFor()
        await kim.page.getByText('Tried 试用').first().waitFor()
        await expectSound(kim)
        await letting(enter(engine, setting), async (person) => {
          const { page } = person
          const card = page.getByRole('region', { name: texts['pilot.title'] })
          // Widened to all who have a role, by those who look after it.
          await goTo(page, `/designer/drafts/${id}`)
          await card.getByRole('button', { name: texts['pilot.people'] }).click()
          const sheet = page.getByRole('dialog')
          await sheet.locator('#pilot-roles').click()
          await page
            .locator('.ant-select-item-option', { hasText: isEnglish ? 'Reader' : '只读' })
            .first()
            .click()
          await page.keyboard.press('Escape')
          await sheet.getByRole('button', { name: texts['pilot.save'] }).click()
          await card.locator('.chip').nth(1).waitFor()
          const { pilot } = (await admin.get(`/api/meta/changesets/${id}/pilot`)).record as unknown as {
            pilot: { people: object[]; roles: { name: string }[] }
          }
          expect([pilot.people.length, pilot.roles.map(({ name }) => name)]).to.deep.equal([1, ['reader']])
          await card.getByRole('button', { name: texts['pilot.withdraw'] }).click()
          await card.waitFor({ state: 'detached' })
        })
        // Taken back, they hear of it and go on with what is in force.
        await bar.waitFor({ state: 'detached' })
      })
    })
  }
})

let count = 0
