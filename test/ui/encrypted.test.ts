import { bootstrapWorkspace } from '../../engine/model/bootstrap.ts'
import type { Definition } from '../../engine/model/compiled.ts'
import { publishDefinitions } from '../../engine/model/publish-definitions.ts'
import { recordsRegistry } from '../api/records/world.ts'
import { startEngine, type TestEngine } from '../support/engine.ts'
import { workspaceTemplate } from '../support/postgres.ts'
import { control, enter, expectSound, faultAt, inTurn, letting, save } from './person.ts'
import { goTo } from './windows.ts'

const CARD = '0000 1234 5678 9012'

const PAYEE: Definition = {
  kind: 'entity',
  name: 'payee',
  label: { en: 'Payee', 'zh-CN': '收款人' },
  plural: { en: 'Payees', 'zh-CN': '收款人' },
  title: 'name',
  fields: [
    { name: 'name', type: 'text', required: true, label: { en: 'Name', 'zh-CN': '名称' } },
    { name: 'card', type: 'encrypted', unique: true, min: 8, label: { en: 'Card', 'zh-CN': '卡号' } },
  ],
}

describe('an encrypted field in the browser', () => {
  let engine: TestEngine
  before(async () => {
    engine = await startEngine({
      template: {
        key: 'ui-encrypted',
        async build(database, url) {
          await workspaceTemplate.build(database, url)
          await bootstrapWorkspace(database, recordsRegistry(), 'default')
          await publishDefinitions(database, recordsRegistry(), 'default', [PAYEE], 'payee')
        },
      },
    })
  })
  after(async () => engine?.stop())

  for (const setting of inTurn('encrypted 1')) {
    it(`is filled in, checked, shown, found, and told of as changed (${setting.language}, ${setting.size})`, () =>
      letting(enter(engine, setting), async (person) => {
        const { page, t, phone } = person
        const card = `${CARD} ${setting.language} ${setting.size}`
        await goTo(page, '/records/payee/new')
        await control(person, 'name').fill('Lily')
        await control(person, 'card').fill('short')
        await save(person)
        await faultAt(person, 'card').waitFor()
        await control(person, 'card').fill(card)
        await save(person)
        await page.waitForURL(/\/records\/payee\/[0-9a-f-]{36}$/)
        const address = page.url()
        if (phone)
          await page
            .locator('.phone-tabs')
            .getByRole('button', { name: t('record.details') })
            .click()
        await page.getByText(card, { exact: true }).first().waitFor()
        await expectSound(person)

        await goTo(page, `${address}/edit`)
        await control(person, 'card').fill(`${card}!`)
        await save(person)
        await page.waitForURL(address)
        // Without comments and the like a desk shows the history at once.
        if (phone)
          await page
            .locator('.phone-tabs')
            .getByRole('button', { name: t('record.history') })
            .click()
        const after = page.locator('[data-action="update"] .change .after')
        await after.getByText(t('history.concealed'), { exact: true }).waitFor()
        await expectSound(person)

        const filter = JSON.stringify({ ends_with: [{ var: 'card' }, `${card}!`.slice(-4)] })
        await goTo(page, `/records/payee?filter=${encodeURIComponent(filter)}`)
        await page.getByRole('link', { name: 'Lily' }).first().waitFor()
        await expectSound(person)
      }))
  }
})
