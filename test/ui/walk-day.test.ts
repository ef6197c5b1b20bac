import { expect } from 'chai'
import type { TestEngine } from '../support/engine.ts'
import type { Client } from '../support/http.ts'
import { loginAs, PASSWORD } from '../support/http-model.ts'
import { startSales } from '../support/sales.ts'
import { control, EACH_ONCE, enter, expectSound, letting, type Person, picture, toastText } from './person.ts'
import { goTo } from './windows.ts'

describe('a day at the company', function () {
  this.timeout(180_000)
  let engine: TestEngine
  let admin: Client
  let [lily, max] = ['', '']
  const accounts: Record<string, string> = {}

  before(async () => {
    engine = await startSales()
    admin = await engine.loginAdmin()
    const east = (await admin.post('/api/records/team', { name: '华东' })).record.id
    const hire = async (name: string, role: string) => {
      const { id } = await loginAs(admin, name, [role])
      await admin.patch(`/api/records/user/${id}`, { team: east })
      return id
    }
    lily = await hire('lily', 'sales')
    max = await hire('max', 'sales')
    await hire('kate', 'service')
    const tom = await hire('tom', 'supervisor')
    await admin.patch(`/api/records/team/${east}`, { leader: tom })
    for (const [at, { size }] of EACH_ONCE.entries()) {
      const phone = `0571-8888000${at + 1}`
      const made = await admin.post('/api/records/account', { name: `华兴机械 ${size}`, phone, owner: lily })
      accounts[size] = made.record.id
      const about = { entity: 'account', id: made.record.id }
      await admin.post('/api/records/task', {
        subject: `寄样品 ${size}`,
        about,
        owner: lily,
        due_at: new Date().toISOString(),
      })
      const deal = {
        name: `备件合同 ${size}`,
        account: made.record.id,
        amount: 8000,
        owner: lily,
        close_date: '2030-01-01',
      }
      const { status, text } = await admin.post('/api/records/opportunity', deal)
      expect(status, text).to.equal(201)
    }
  })
  after(async () => engine?.stop())

  const as = (name: string) => ({ email: `${name}@example.com`, password: PASSWORD })
  const filtered = (rule: unknown) => encodeURIComponent(JSON.stringify(rule))

  async function ask(person: Person, words: string): Promise<void> {
    const { page, t, phone } = person
    if (phone)
      await page
        .locator('.bar')
        .getByRole('button', { name: t('palette.field') })
        .click()
    else await page.keyboard.press('Control+k')
    await page.getByRole('combobox', { name: t('palette.ask') }).fill(words)
  }

  for (const setting of EACH_ONCE) {
    const { language, size } = setting
    const where = `${language}, ${size}`

    it(`lets a salesperson see what is due, log a call with its next step, and look at the deals (${where})`, () =>
      letting(enter(engine, setting, as('lily')), async (person) => {
        const { page, t } = person
        await goTo(page, '/')
        await page.waitForURL((url) => url.pathname === '/dashboards/sales_home')
        await page.getByText(`寄样品 ${size}`).first().waitFor()
        await expectSound(person)
        await picture(person, 'day-sales-due', setting)
        await goTo(page, `/records/account/${accounts[size]}`)
        await page.getByRole('heading', { level: 1, name: `华兴机械 ${size}` }).waitFor()
        if (person.phone)
          await page
            .locator('.phone-tabs')
            .getByRole('button', { name: t('record.timeline') })
            .click()
        const call = language === 'en' ? 'Call' : '通话'
        await page.locator('.composer').getByRole('button', { name: call, exact: true }).click()
        await page.locator('#quick-subject').fill('询价')
        await page
          .locator('.next-step input')
          .fill(language === 'en' ? 'in 3 days send the quote' : '三天后 发报价')
        await page.locator('.next-said .icon').waitFor()
        await page
          .locator('.composer')
          .getByRole('button', { name: t('act.save'), exact: true })
          .click()
        await page.getByRole('link', { name: '询价' }).first().waitFor()
        const tasks = await admin.get(`/api/records/account/${accounts[size]}/related/tasks`)
        expect(tasks.records).to.have.length(2)
        const deals = filtered({ '==': [{ var: 'name' }, `备件合同 ${size}`] })
        const [deal] = (await admin.get(`/api/records/opportunity?filter=${deals}`)).records
        await goTo(page, `/records/opportunity/${deal!.id}`)
        await page.locator('.path').waitFor()
        await expectSound(person)
        await picture(person, 'day-sales-deals', setting)
        await goTo(page, '/records/opportunity')
        await page.getByText(`备件合同 ${size}`).first().waitFor()
      }))

    it(`lets a service agent find who calls by a part of the number, see all of them, and write down what it was about (${where})`, () =>
      letting(enter(engine, setting, as('kate')), async (person) => {
        const { page } = person
        await goTo(page, '/records/account')
        await page.getByText('华兴机械').first().waitFor()
        await ask(person, `8888000${EACH_ONCE.indexOf(setting) + 1}`)
        await page
          .getByRole('dialog')
          .getByRole('option')
          .filter({ hasText: `华兴机械 ${size}` })
          .first()
          .click()
        await page.waitForURL(`**/records/account/${accounts[size]}`)
        await page.locator('.overview dd').first().waitFor()
        await expectSound(person)
        await picture(person, 'day-service', setting)
        await goTo(page, `/records/account/${accounts[size]}/edit`)
        await control(person, 'description').waitFor()
        // The key fields are not theirs to write.
        expect(await control(person, 'name').count()).to.equal(0)
        await control(person, 'description').fill('询问发货时间')
        await page.locator('button[type="submit"]:visible').first().click()
        await page.waitForURL(`**/records/account/${accounts[size]}`)
        expect((await admin.get(`/api/records/account/${accounts[size]}`)).record.description).to.equal(
          '询问发货时间',
        )
      }))

    it(`shows a supervisor the morning’s figures down to the deals, and gives a customer to somebody else (${where})`, () =>
      letting(enter(engine, setting, as('tom')), async (person) => {
        const { page, t } = person
        await goTo(page, '/')
        await page.waitForURL((url) => url.pathname === '/dashboards/supervisor_home')
        await page.getByRole('region').first().waitFor()
        await expectSound(person)
        await picture(person, 'day-supervisor', setting)
        await goTo(page, `/records/account/${accounts[size]}`)
        await page.getByRole('heading', { level: 1, name: `华兴机械 ${size}` }).waitFor()
        await page
          .getByRole('button', { name: t('act.more') })
          .first()
          .click()
        await page.getByRole('menuitem', { name: t('owner.transfer') }).click()
        const sheet = page.getByRole('dialog')
        await sheet.getByLabel(t('owner.transferTo')).fill('max')
        await page.locator('.ant-select-item-option', { hasText: 'max' }).first().click()
        await expectSound(person)
        await picture(person, 'day-supervisor-deals', setting)
        await sheet.getByRole('button', { name: t('owner.transferDo') }).click()
        await toastText(person).waitFor()
        expect((await admin.get(`/api/records/account/${accounts[size]}`)).record.owner).to.equal(max)
      }))
  }
})
