import { expect } from 'chai'
import excel from 'exceljs'
import { publishAll } from '../support/drafts.ts'
import { startEngine, type TestEngine } from '../support/engine.ts'
import type { Client } from '../support/http.ts'
import { EACH_ONCE, enter, expectSound, letting, type Person, toastText } from './person.ts'
import { uiTemplate } from './ui-model.ts'
import { goTo } from './windows.ts'

describe('a file that is imported, in the browser', function () {
  this.timeout(180_000)
  let engine: TestEngine
  let admin: Client

  before(async () => {
    engine = await startEngine({ template: uiTemplate })
    admin = await engine.loginAdmin()
    await admin.post('/api/records/company', { name: 'Old Ltd', code: 'C1', amount: 1 })
  })
  after(async () => engine?.stop())

  const names = async (): Promise<string[]> =>
    (await admin.get('/api/records/company?sort=name&limit=50')).records.map(({ name }) => String(name))
  const workbook = async () => {
    const book = new excel.Workbook()
    const sheet = book.addWorksheet('Plan')
    sheet.addRow(['Company name', '编码', 'Level', '成立日期', 'Amount (k)', 'Remarks'])
    sheet.addRow(['Import One', 'C7', 'Gold', new Date('2020-05-04T00:00:00Z'), 12.5, 'a note'])
    sheet.addRow(['Import Two', 'C8', 'Platinum', 'soon'])
    sheet.addRow(['Import Three', 'C1', '银牌'])
    return Buffer.from(await book.xlsx.writeBuffer())
  }
  const take = async ({ page, t }: Person, name: string, buffer: Buffer) => {
    await page
      .getByLabel(t('import.choose'))
      .last()
      .setInputFiles({ name, mimeType: 'application/octet-stream', buffer })
  }
  const figure = (person: Person, name: string) =>
    person.page.locator('.import-counts > div', { hasText: person.t(`import.count.${name}`) }).locator('dd')

  for (const setting of EACH_ONCE)
    it(`matches columns, says what would come of it, imports, and takes it back (${setting.language}, ${setting.size})`, () =>
      letting(enter(engine, setting), async (person) => {
        const { page, t } = person
        await goTo(page, '/records/company')
        await page
          .getByRole('button', { name: t('act.more') })
          .first()
          .click()
        await page.getByRole('menuitem', { name: t('import.act') }).click()
        await page
          .getByRole('heading', { name: t(setting.size === 'phone' ? 'import.file' : 'import.drop') })
          .waitFor()
        await expectSound(person)
        await take(person, 'plan.xlsx', await workbook())
        await page.locator('.import-counts').waitFor()
        const fields = await page.locator('.import-column .ant-select').allInnerTexts()
        expect(fields.filter((text) => text.trim() === t('import.leave'))).to.have.length(1)
        expect(await figure(person, 'created').innerText()).to.equal('1')
        expect(await figure(person, 'duplicates').innerText()).to.equal('1')
        expect(await figure(person, 'faulty').innerText()).to.equal('1')
        await page.getByRole('cell', { name: '成立日期' }).waitFor()
        await expectSound(person)
        expect(await names()).to.deep.equal(['Old Ltd'])

        await page.getByRole('combobox', { name: t('import.key') }).click()
        await page.locator('.ant-select-item-option').nth(1).click()
        await page.getByRole('button', { name: t('import.do', { count: 2, number: '2' }) }).click()
        await page.getByRole('heading', { name: t('import.done') }).waitFor()
        await expectSound(person)
        expect(await names()).to.deep.equal(['Import One', 'Import Three'])
        const [one] = (await admin.get('/api/records/company?sort=name')).records
        expect([one?.level, one?.founded, one?.amount]).to.deep.equal(['a', '2020-05-04', 12.5])

        await page.getByRole('button', { name: t('import.undo') }).click()
        await toastText(person)
          .getByText(t('bulk.undone', { count: 2 }))
          .waitFor()
        await page.getByRole('heading', { name: t('import.undone') }).waitFor()
        expect(await names()).to.deep.equal(['Old Ltd'])
      }))

  it('takes a file that is dropped on a list', () =>
    letting(enter(engine, { language: 'en', size: 'desk' }), async (person) => {
      const { page, t } = person
      await goTo(page, '/records/company')
      await page.locator('.records tbody tr').first().waitFor()
      const transfer = await page.evaluateHandle(() => {
        const data = new DataTransfer()
        data.items.add(
          new File(['name,website\nDropped,https://a.example\n'], 'drop.csv', { type: 'text/csv' }),
        )
        return data
      })
      const list = page.locator('.records')
      await list.dispatchEvent('dragenter', { dataTransfer: transfer })
      await page.getByText(t('import.dropOnList', { entities: 'Companies' })).waitFor()
      await list.dispatchEvent('drop', { dataTransfer: transfer })
      await page.getByText('drop.csv').waitFor()
      await page.getByRole('button', { name: t('import.do', { count: 1, number: '1' }) }).click()
      await page.getByRole('heading', { name: t('import.done') }).waitFor()
      await page.getByRole('button', { name: t('import.show', { entities: 'Companies' }) }).click()
      await page.getByText('Dropped').first().waitFor()
    }))

  it('says what is wrong with a file, and takes another', () =>
    letting(enter(engine, { language: 'en', size: 'desk' }), async (person) => {
      const { page, t } = person
      await goTo(page, '/records/company/import')
      await take(person, 'broken.xlsx', Buffer.from('PK\x03\x04 no workbook at all'))
      await page.getByRole('alert').getByText('cannot be read').waitFor()
      await take(person, 'list.csv', Buffer.from('website\nhttps://a.example\n'))
      await page.getByRole('alert').getByText('“name” is required').waitFor()
      expect(
        await page.getByRole('button', { name: t('import.do', { count: 0, number: '0' }) }).isDisabled(),
      ).to.equal(true)
    }))

  it('is not offered to whoever may not create', async () => {
    const looker = { kind: 'role', name: 'looker', entities: { company: { read: 'all' } } }
    await publishAll(admin, [looker])
    const account = { email: 'rita@example.com', password: 'correct horse battery' }
    const user = await admin.post('/api/records/user', { name: 'Rita', ...account, roles: ['looker'] })
    expect(user.status, user.text).to.equal(201)
    await letting(enter(engine, { language: 'en', size: 'desk' }, account), async ({ page, t }) => {
      await goTo(page, '/records/company')
      await page
        .getByRole('button', { name: t('act.more') })
        .first()
        .click()
      await page.getByRole('menuitem', { name: t('print.act') }).waitFor()
      expect(await page.getByRole('menuitem', { name: t('import.act') }).count()).to.equal(0)
      await goTo(page, '/records/company/import')
      await page.getByRole('heading', { name: t('state.denied') }).waitFor()
    })
  })
})
