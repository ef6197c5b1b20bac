import { expect } from 'chai'
import { startEngine, type TestEngine } from '../support/engine.ts'
import type { Client } from '../support/http.ts'
import { enter, expectSound, inTurn, type Person, toastText } from './person.ts'
import { uiTemplate } from './ui-model.ts'
import { goTo } from './windows.ts'

describe('the audit in the browser', () => {
  let engine: TestEngine
  let admin: Client

  before(async () => {
    engine = await startEngine({ template: uiTemplate })
    admin = await engine.loginAdmin()
  })
  after(async () => engine?.stop())

  for (const setting of inTurn('audit 1')) {
    describe(`(${setting.language}, ${setting.size})`, () => {
      let person: Person
      let company: string
      const name = `Acme ${setting.language} ${setting.size}`

      before(async () => {
        company = (await admin.post('/api/records/company', { name, level: 'a', amount: 10 })).record.id
        await admin.patch(`/api/records/company/${company}`, { level: 'b', amount: 20 })
        await engine.client.post('/api/auth/login', { email: 'stranger@example.com', password: 'x' })
        await admin.put('/api/meta/content/view/some', {
          ...{ kind: 'view', name: 'some', entity: 'company', type: 'table' },
          columns:
            setting.size === 'phone' ? ['name'] : ['name', setting.language === 'en' ? 'level' : 'amount'],
        })
        person = await enter(engine, setting)
      })
      after(async () => person?.close())

      it('is reached from the navigation and tells what was done in sentences', async () => {
        const { page, t, phone } = person
        await goTo(page, '/')
        if (phone) await page.getByRole('button', { name: t('frame.more'), exact: true }).click()
        await page.getByRole('link', { name: t('audit.title'), exact: true }).click()
        await page.getByRole('heading', { level: 1, name: t('audit.title') }).waitFor()
        const events = page.locator('.events .event')
        await events.locator('text=stranger@example.com').first().waitFor()
        await page
          .locator('[data-action="sign_in"]', { hasText: t('audit.did.sign_in') })
          .first()
          .waitFor()
        const saved = page.locator('[data-action="definition_changed"]', { hasText: 'view/some' }).first()
        await saved.waitFor()
        const changed = page.locator('[data-action="update"]', { hasText: name })
        await changed.locator('.change .after', { hasText: '20' }).waitFor()
        await expectSound(person)
      })

      it('is asked by record, action and period, and the address keeps the question', async () => {
        const { page, t, phone } = person
        await goTo(page, `/audit?entity=company&record=${company}&action=update&from=2026-01-01`)
        await page.locator('.event').first().waitFor()
        expect(await page.locator('.event').count()).to.equal(1)
        if (phone) await page.getByRole('button', { name: t('audit.filters', { count: 4 }) }).click()
        await expectSound(person)
        await page.getByRole('button', { name: t('audit.clear') }).click()
        await page.waitForURL((url) => url.search === '')
        if (phone) await page.getByRole('button', { name: t('audit.show') }).click()
        await goTo(page, '/audit?until=2020-01-01')
        await page.getByText(t('audit.none')).waitFor()
        await expectSound(person)
      })

      it('sets how long it is kept', async () => {
        const { page, t } = person
        await admin.put('/api/audit/retention', { months: null })
        await goTo(page, '/audit')
        await page.getByRole('button', { name: t('audit.keptForEver') }).click()
        await page.getByRole('radio', { name: t('audit.forMonths') }).check()
        await page.getByRole('spinbutton', { name: t('audit.months') }).fill('36')
        await expectSound(person)
        await page.getByRole('button', { name: t('act.save') }).click()
        await page.getByRole('button', { name: t('audit.keptMonths', { count: 36 }) }).waitFor()
        await page.locator('[data-action="retention_changed"]').first().waitFor()
      })

      it('brings back a value and a version from the history of a record, and takes that back', async () => {
        const { page, t, phone } = person
        await goTo(page, `/records/company/${company}`)
        const history = t('record.history')
        if (phone)
          await page.locator('.phone-tabs').getByRole('button', { name: history, exact: true }).click()
        else await page.locator('.activity-tabs').getByText(history, { exact: true }).click()
        const values = async () => {
          const { level, amount, version } = (await admin.get(`/api/records/company/${company}`)).record
          return [level, amount, version]
        }
        const amount = setting.language === 'en' ? 'Amount' : '金额'
        await page.getByRole('button', { name: t('history.bringBack', { field: amount }) }).click()
        await toastText(person)
          .getByText(t('history.broughtBack', { field: amount }))
          .waitFor()
        expect(await values()).to.deep.equal(['b', 10, 3])
        await page.getByRole('button', { name: t('history.returnTo', { version: 1 }) }).click()
        await toastText(person)
          .getByText(t('history.returned', { version: 1 }))
          .waitFor()
        expect(await values()).to.deep.equal(['a', 10, 4])
        await expectSound(person)
        await toastText(person)
          .getByRole('button', { name: t('act.undo') })
          .click()
        await page.getByRole('button', { name: t('history.returnTo', { version: 4 }) }).waitFor()
        expect(await values()).to.deep.equal(['b', 10, 5])
        await page.getByRole('link', { name: t('audit.ofRecord') }).click()
        await page.waitForURL(
          (url) => url.pathname === '/audit' && url.searchParams.get('record') === company,
        )
        await page.locator('[data-action="create"]').waitFor()
      })
    })
  }
})
