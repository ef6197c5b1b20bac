import { expect } from 'chai'
import { dataOf } from '../support/drafts.ts'
import type { TestEngine } from '../support/engine.ts'
import type { Client } from '../support/http.ts'
import { loginAs, PASSWORD } from '../support/http-model.ts'
import { startSales } from '../support/sales.ts'
import { enter, expectSound, inTurn, letting } from './person.ts'
import { goTo } from './windows.ts'

describe('the overview of a customer', function () {
  this.timeout(180_000)
  let engine: TestEngine
  let admin: Client
  let account: string
  let lily: string
  const seller = { email: 'lily@example.com', password: PASSWORD }

  before(async () => {
    engine = await startSales()
    admin = await engine.loginAdmin()
    const { id } = await loginAs(admin, 'lily', ['sales'])
    lily = id
    account = (await admin.post('/api/records/account', { name: '华兴机械', owner: id, source: 'expo' }))
      .record.id
    const me = dataOf<{ user: { id: string } }>(await admin.get('/api/auth/me'), 200).user.id
    const deal = (name: string, amount: number, owner: string) =>
      admin.post('/api/records/opportunity', { name, account, amount, owner })
    await deal('Hers', 1000, id)
    await deal('Not hers', 5000, me)
    for (const amount of [100, 301])
      await admin.post('/api/records/contract', {
        ...{ name: `C${amount}`, account, amount, status: 'signed', owner: id },
      })
  })
  after(async () => engine?.stop())

  for (const setting of inTurn('overview 1'))
    it(`tells deals, orders, service, marketing and behaviour on one page (${setting.language}, ${setting.size})`, () =>
      letting(enter(engine, setting), async (person) => {
        const { page } = person
        const asked: string[] = []
        page.on('request', (request) => {
          if (request.url().endsWith('/aggregate')) asked.push(request.url())
        })
        await goTo(page, `/records/account/${account}`)
        const group = (label: string) => page.locator('.overview-group', { hasText: label })
        const en = setting.language === 'en'
        await page.waitForFunction(
          () =>
            document.querySelector('.overview dd') !== null &&
            document.querySelector('.overview-wait') === null,
        )
        expect(
          (
            await group(en ? 'Deals' : '商机')
              .locator('dd')
              .allTextContents()
          ).slice(0, 2),
        ).to.deep.equal(['2', '¥6,000'])
        const orders = await group(en ? 'Average' : '平均')
          .locator('dd')
          .allTextContents()
        expect(orders.slice(0, 3)).to.deep.equal(['2', '¥401', '¥200.50'])
        expect(await page.locator('.overview-group').count()).to.equal(5)
        expect(asked.length).to.be.at.most(6)
        await expectSound(person)
        await group(en ? 'Average' : '平均')
          .locator('.overview-link')
          .first()
          .click()
        await page.getByText('C301').waitFor()
      }))

  it('counts for each person what they may read, and follows what happens', () =>
    letting(enter(engine, { language: 'en', size: 'desk' }, seller), async (person) => {
      const { page } = person
      await goTo(page, `/records/account/${account}`)
      const deals = page.locator('.overview-group', { hasText: 'Deals' }).locator('dd')
      await page.waitForFunction(
        () =>
          document.querySelector('.overview dd') !== null &&
          document.querySelector('.overview-wait') === null,
      )
      expect((await deals.allTextContents()).slice(0, 2)).to.deep.equal(['1', '¥1,000'])
      await admin.post('/api/records/opportunity', { name: 'New', account, amount: 5, owner: lily })
      await deals.filter({ hasText: '¥1,005' }).waitFor()
      await expectSound(person)
    }))
})
