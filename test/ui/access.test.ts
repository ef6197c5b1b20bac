import { expect } from 'chai'
import { dataOf, publishAll, type Written } from '../support/drafts.ts'
import { startEngine, type TestEngine } from '../support/engine.ts'
import type { ApiRecord, Client } from '../support/http.ts'
import { enter, expectSound, inTurn, type Person } from './person.ts'
import { uiTemplate } from './ui-model.ts'
import { goTo } from './windows.ts'

const WATCHER = { email: 'watcher@example.com', password: 'correct horse battery' }

const definitions: readonly Written[] = [
  {
    kind: 'entity',
    name: 'patient',
    label: { en: 'Patient', 'zh-CN': '患者' },
    title: 'name',
    fields: [
      { name: 'name', type: 'text', required: true, label: { en: 'Name', 'zh-CN': '姓名' } },
      { name: 'mobile', type: 'phone', personal: 'contact', label: { en: 'Mobile', 'zh-CN': '手机' } },
      { name: 'diagnosis', type: 'text', personal: 'health', label: { en: 'Diagnosis', 'zh-CN': '诊断' } },
      { name: 'room', type: 'text', label: { en: 'Room', 'zh-CN': '病房' } },
      { name: 'fee', type: 'currency', label: { en: 'Fee', 'zh-CN': '费用' } },
    ],
  },
  {
    kind: 'role',
    name: 'watcher',
    label: { en: 'Watcher', 'zh-CN': '观察员' },
    personal: { contact: 'masked' },
    entities: {
      patient: {
        create: true,
        read: 'all',
        update: 'all',
        fields: { fee: { read: 'masked' }, name: { edit: false } },
      },
      user: { read: 'all' },
    },
  },
]

describe('what a role shows, in the browser', () => {
  let engine: TestEngine
  let admin: Client
  let patient: ApiRecord

  before(async () => {
    engine = await startEngine({ template: uiTemplate })
    admin = await engine.loginAdmin()
    await publishAll(admin, definitions)
    dataOf(await admin.post('/api/records/user', { name: '吴观', ...WATCHER, roles: ['watcher'] }), 201)
    patient = dataOf(
      await admin.post('/api/records/patient', {
        name: 'Li Wei',
        mobile: '+86 138 1234 5678',
        diagnosis: 'Influenza',
        room: '12',
        fee: 4711,
      }),
      201,
    )
  })
  after(async () => engine?.stop())

  for (const setting of inTurn('access 1')) {
    describe(`(${setting.language}, ${setting.size})`, () => {
      let person: Person
      afterEach(async () => person.close())

      it('shows masked values as such, hidden ones not at all, and asks only for what may be changed', async () => {
        person = await enter(engine, setting, WATCHER)
        const { page, t } = person
        await goTo(page, `/records/patient/${patient.id}`)
        await page.getByText('+** *** **** 5678').first().waitFor()
        await page.getByTitle(t('value.masked')).first().waitFor()
        const text = (await page.locator('body').textContent()) ?? ''
        expect([text.includes('Influenza'), text.includes('4711'), text.includes('1234')]).to.deep.equal([
          false,
          false,
          false,
        ])
        await expectSound(person)
        await goTo(page, `/records/patient/${patient.id}/edit`)
        const room = page.getByLabel(setting.language === 'en' ? 'Room' : '病房')
        await room.waitFor()
        expect(await page.locator('form input').count()).to.equal(1)
        await room.fill('14')
        await page.keyboard.press('Control+s')
        await page.getByText('14', { exact: true }).first().waitFor()
        await expectSound(person)
      })

      it('tells an administrator what somebody else may see, and why', async () => {
        person = await enter(engine, setting)
        const { page, t } = person
        await goTo(page, `/records/patient/${patient.id}`)
        await page.getByRole('heading', { level: 1, name: 'Li Wei' }).waitFor()
        await page
          .getByRole('button', { name: t('act.more') })
          .first()
          .click()
        await page.getByText(t('access.show')).first().click()
        await page.getByText(t('access.delete.yes')).waitFor()
        const picker = page.locator('.access-user input').first()
        await picker.click()
        await picker.fill('吴观')
        await page.locator('.ant-select-item-option', { hasText: '吴观' }).first().click()
        await page.getByText(t('access.delete.no')).waitFor()
        const shown = async (field: string) =>
          await page.locator(`[data-field="${field}"] td:nth-child(2) .row`).textContent()
        expect([await shown('mobile'), await shown('diagnosis'), await shown('room')]).to.deep.equal([
          t('access.shows.masked'),
          t('access.shows.hidden'),
          t('access.shows.whole'),
        ])
        await expectSound(person)
      })
    })
  }
})
