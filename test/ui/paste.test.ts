import { expect } from 'chai'
import type { TestEngine } from '../support/engine.ts'
import type { Client } from '../support/http.ts'
import { startSales } from '../support/sales.ts'
import { control, enter, expectSound, inTurn, letting, save } from './person.ts'
import { goTo } from './windows.ts'

const CARD =
  '华兴机械制造有限公司\n王芳  采购经理\n手机：138 0013 8000\n电话：0571-8888 0001\n邮箱：wang.fang@huaxing.example\n地址：浙江省杭州市西湖区文三路 123 号 5 楼'

describe('a form that is filled from a text', function () {
  this.timeout(180_000)
  let engine: TestEngine
  let admin: Client

  before(async () => {
    engine = await startSales()
    admin = await engine.loginAdmin()
  })
  after(async () => engine?.stop())

  for (const setting of inTurn('paste 1'))
    it(`shows what was understood, fills it in with a mark, and stores nothing by itself (${setting.language}, ${setting.size})`, () =>
      letting(enter(engine, setting), async (person) => {
        const { page, t } = person
        await goTo(page, '/records/contact/new')
        await control(person, 'name').waitFor()
        await page.getByRole('button', { name: t('paste.act') }).click()
        await page.getByRole('textbox', { name: t('paste.text') }).fill(CARD)
        await page.locator('.paste-found li').nth(4).waitFor()
        await expectSound(person)
        await page.getByRole('button', { name: t('paste.fill', { count: 6 }) }).click()
        await page.locator('.filled-note').first().waitFor()
        expect(await control(person, 'name').inputValue()).to.equal('王芳')
        expect(await page.locator('.filled-note').count()).to.equal(6)
        await control(person, 'job_title').fill('总监')
        await page.locator('[data-field="job_title"] .filled-note').waitFor({ state: 'detached' })
        await expectSound(person)
        expect((await admin.get('/api/records/contact?q=王芳')).records.length).to.equal(
          setting.size === 'desk' ? 0 : 1,
        )
        await save(person)
        const anyway = page.getByRole('button', { name: t('alike.create') })
        await Promise.race([
          page.waitForURL(/records\/contact\/[0-9a-f-]{36}/),
          anyway.waitFor().then(() => anyway.click()),
        ])
        await page.waitForURL(/records\/contact\/[0-9a-f-]{36}/)
        const id = new URL(page.url()).pathname.split('/').at(-1)
        const { record } = await admin.get(`/api/records/contact/${id}`)
        expect(record).to.deep.include({
          ...{ name: '王芳', job_title: '总监', mobile: '138 0013 8000', phone: '0571-8888 0001' },
          email: 'wang.fang@huaxing.example',
        })
        expect(record.address).to.deep.include({ province: '浙江省', city: '杭州市', district: '西湖区' })
      }))

  it('hears several lines that are pasted into one field, and leaves what is filled in', () =>
    letting(enter(engine, { language: 'en', size: 'desk' }), async (person) => {
      const { page, t } = person
      await goTo(page, '/records/account/new')
      await control(person, 'name').fill('Mine')
      await control(person, 'phone').focus()
      await page.evaluate((text) => {
        const data = new DataTransfer()
        data.setData('text', text)
        document.activeElement?.dispatchEvent(
          new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
        )
      }, CARD)
      await page.locator('.paste-found li').first().waitFor()
      const name = page.locator('.paste-found li', { hasText: '华兴机械' }).getByRole('checkbox')
      expect(await name.isChecked()).to.equal(false)
      await page.getByText('王芳', { exact: false }).last().waitFor()
      await page.getByRole('button', { name: t('paste.fill', { count: 3 }) }).click()
      await page.locator('.filled-note').first().waitFor()
      expect(await control(person, 'name').inputValue()).to.equal('Mine')
      expect(await control(person, 'phone').inputValue()).to.equal('138 0013 8000')
      await expectSound(person)
    }))
})
