import { expect } from 'chai'
import { startEngine, type TestEngine } from '../support/engine.ts'
import type { Client } from '../support/http.ts'
import {
  control,
  enter,
  expectSound,
  inTurn,
  letting,
  type Person,
  picture,
  save,
  toastText,
} from './person.ts'
import { uiTemplate } from './ui-model.ts'
import { goTo } from './windows.ts'

const LONG = `${'苏州澄川精密机械设备制造与自动化集成技术服务'.repeat(2)}${'Unbrokenlatinname'}`

/** A picture of one point. */
const DOT = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

describe('a record’s page in the browser', () => {
  let engine: TestEngine
  let admin: Client
  let company: string

  before(async () => {
    engine = await startEngine({ template: uiTemplate })
    admin = await engine.loginAdmin()
    company = (await admin.post('/api/records/company', { name: LONG, level: 'a', amount: 1_286_000 })).record
      .id
    for (let index = 1; index <= 7; index++) {
      await admin.post('/api/records/deal', {
        name: `Deal ${index}`,
        company,
        stage: 'contact',
        value: index * 1000,
      })
    }
  })
  after(async () => engine?.stop())

  for (const setting of inTurn('record-page 1')) {
    describe(`(${setting.language}, ${setting.size})`, () => {
      let person: Person
      const deals = setting.language === 'en' ? 'Deals' : '商机'
      const part = async (name: string): Promise<void> => {
        const { page, phone } = person
        if (phone) await page.locator('.phone-tabs').getByRole('button', { name, exact: true }).click()
        else await page.locator('.activity-tabs').getByText(name, { exact: true }).click()
      }

      before(async () => {
        person = await enter(engine, setting)
        await goTo(person.page, `/records/company/${company}`)
      })
      after(async () => person?.close())

      it('bears long names and shows facts by layout', async () => {
        await person.page.getByRole('heading', { level: 1, name: LONG }).waitFor()
        await person.page.locator('.highlights .money').first().waitFor()
        await expectSound(person)
      })

      it('lists what belongs to it, with a way to all', async () => {
        const { page, t, phone } = person
        if (phone) await page.locator('.phone-tabs').getByRole('button', { name: deals }).click()
        const list = page.locator('[data-relation="deals"]')
        await list.getByText('Deal 7').waitFor()
        expect(await list.locator('.count').textContent()).to.equal('7')
        if (!phone) {
          await list.getByText(t('record.allRelated', { number: 7 })).click()
          await page.locator('.bar .count', { hasText: '7' }).waitFor()
          await page.locator('.filter-chip', { hasText: LONG.slice(0, 8) }).waitFor()
          await page.goBack()
        }
        await expectSound(person)
      })

      it('begins a new child with its parent', async () => {
        const { page, t, phone } = person
        if (phone) await page.locator('.phone-tabs').getByRole('button', { name: deals }).click()
        const label = setting.language === 'en' ? 'Deal' : '商机'
        await page
          .locator('[data-relation="deals"]')
          .getByRole('link', { name: t('act.newOf', { entity: label }) })
          .click()
        const sheet = page.getByRole('dialog')
        await sheet.locator('[data-field="company"]').getByText(LONG).waitFor()
        await sheet.getByRole('button', { name: t('act.cancel') }).click()
        await sheet.waitFor({ state: 'detached' })
      })

      it('takes comments and shows them', async () => {
        const { page, t } = person
        await part(t('record.comments'))
        const words = `Offer by Friday 周五前报价 ${setting.language} ${setting.size}`
        await page.getByRole('textbox', { name: t('comment.write') }).fill(words)
        await page.getByRole('button', { name: t('comment.send'), exact: true }).click()
        await page.locator('.event-text', { hasText: words }).waitFor()
        expect(await page.getByRole('textbox', { name: t('comment.write') }).inputValue()).to.equal('')
        await expectSound(person)
      })

      it('shows its files: pictures and texts within the page, one after the other', async () => {
        const { page, t } = person
        for (const [name, content] of [
          ['合影.png', Buffer.from(DOT, 'base64')],
          ['notes.txt', Buffer.from('第一行\nsecond line')],
          ['broken.jpg', Buffer.from('no picture')],
        ] as const) {
          const form = new FormData()
          form.set('entity', 'company')
          form.set('record', company)
          form.set('file', new Blob([content]), name)
          expect((await admin.post('/api/files', form)).status).to.equal(201)
        }
        await part(t('record.files'))
        await page.locator('.file-row').getByText('合影.png').click()
        const dialog = page.getByRole('dialog')
        await dialog.getByRole('img', { name: '合影.png' }).waitFor()
        await expectSound(person)
        await page.keyboard.press('ArrowLeft')
        await dialog.getByText('second line').waitFor()
        expect(await dialog.getByText(t('file.place', { at: 2, of: 3 })).count()).to.equal(1)
        await dialog.getByRole('button', { name: t('file.previous') }).click()
        await dialog.getByText(t('file.unreadable')).waitFor()
        expect(await dialog.getByRole('link', { name: t('file.keep') }).getAttribute('download')).to.equal(
          'broken.jpg',
        )
        await page.keyboard.press('Escape')
        await dialog.waitFor({ state: 'detached' })
      })

      it('tells its history, field by field', async () => {
        const { page, t } = person
        await admin.patch(`/api/records/company/${company}`, { amount: 2_000_000 + setting.language.length })
        await page.reload()
        await part(t('record.history'))
        await page
          .locator('[data-action="update"] .change .after')
          .first()
          .getByText(/2,000,00/)
          .waitFor()
        await page.locator('[data-action="create"]').waitFor()
        await expectSound(person)
      })
    })
  }

  describe('with a pipeline', () => {
    let person: Person
    let id: string
    before(async () => {
      person = await enter(engine, { language: 'en', size: 'desk' })
      const answer = await admin.post('/api/records/deal/query', {
        filter: { '==': [{ var: 'name' }, 'Deal 1'] },
      })
      id = answer.records[0]!.id
      await goTo(person.page, `/records/deal/${id}`)
    })
    after(async () => person?.close())

    it('moves to a stage that can be reached, and back by Undo', async () => {
      const { page, t } = person
      const path = page.getByRole('list', { name: t('stage.path') })
      await path.getByRole('button').first().waitFor()
      expect(await path.getByRole('button').allTextContents()).to.deep.equal(['Offer'])
      await path.getByRole('button', { name: 'Offer' }).click()
      await toastText(person)
        .getByText(t('stage.moved', { stage: 'Offer' }))
        .waitFor()
      await path.locator('[aria-current="step"]', { hasText: 'Offer' }).waitFor()
      await expectSound(person)
      await toastText(person)
        .getByRole('button', { name: t('act.undo') })
        .click()
      await path.locator('[aria-current="step"]', { hasText: 'Contact' }).waitFor()
    })

    it('says why it did not move when somebody else was faster', async () => {
      const { page, t } = person
      // The page hears of the change at once; what it then asks for is answered late.
      let answer = (): void => undefined
      const later = new Promise<void>((resolve) => {
        answer = resolve
      })
      await page.route(`**/api/records/deal/${id}*`, async (route) => {
        if (route.request().method() === 'GET') await later
        await route.continue()
      })
      await admin.patch(`/api/records/deal/${id}`, { value: 1 })
      await page
        .getByRole('list', { name: t('stage.path') })
        .getByRole('button', { name: 'Offer' })
        .click()
      await toastText(person).getByText('Someone else changed this record').waitFor()
      answer()
      await page.locator('.highlights, .fact').getByText('¥1').first().waitFor()
    })
  })

  describe('that somebody else changes meanwhile', () => {
    let person: Person
    let id: string
    before(async () => {
      person = await enter(engine, { language: 'en', size: 'desk' })
      id = (await admin.post('/api/records/company', { name: 'Contested', amount: 1 })).record.id
    })
    after(async () => person?.close())

    it('lets the person choose field by field and keeps both sides’ other changes', async () => {
      const { page, t } = person
      await goTo(page, `/records/company/${id}/edit`)
      await control(person, 'name').fill('Mine')
      await control(person, 'code').fill('MINE')
      await admin.patch(`/api/records/company/${id}`, { name: 'Theirs', amount: 5 })
      await save(person)
      const dialog = page.getByRole('dialog')
      await dialog.getByText(t('conflict.title')).waitFor()
      await expectSound(person)
      await dialog.getByRole('radio').nth(1).check()
      await dialog.getByRole('button', { name: t('conflict.save') }).click()
      await page.getByRole('heading', { level: 1, name: 'Theirs' }).waitFor()
      const { record } = await admin.get(`/api/records/company/${id}`)
      expect(record).to.include({ name: 'Theirs', code: 'MINE', amount: 5 })
    })

    it('is not for everybody: the same words whether it exists or not', async () => {
      const { page, t } = person
      await goTo(page, '/records/company/01a201bc-1b64-7020-937d-6bec84cb8c15')
      await page.getByText(t('state.denied')).waitFor()
      await goTo(page, '/records/nothing_of_the_kind')
      await page.getByText(t('state.denied')).waitFor()
    })
  })

  it('offers a reader nothing that they may not do', async () => {
    const password = 'a reader’s password'
    const rita = await admin.post('/api/records/user', {
      name: 'Rita Reader',
      email: 'rita@example.com',
      roles: ['reader'],
      password,
    })
    const reader = enter(engine, { language: 'en', size: 'desk' }, { email: 'rita@example.com', password })
    await letting(reader, async (person) => {
      const { page, t, faults } = person
      await goTo(page, `/records/company/${company}`)
      await page.getByRole('heading', { level: 1, name: LONG }).waitFor()
      expect(await page.getByRole('button', { name: t('act.edit') }).count()).to.equal(0)
      await goTo(page, '/records/company')
      await page.locator('.records .name-cell').first().waitFor()
      expect(
        await page.getByRole('button', { name: t('act.newOf', { entity: 'Company' }) }).count(),
      ).to.equal(0)
      await goTo(page, '/records/company/new')
      await page.getByText(t('state.denied')).waitFor()

      // Who may not read people is told their own name and that others are somebody; an id is nobody's name.
      const { owner } = (await admin.get(`/api/records/company/${company}`)).record
      const hers = await admin.post('/api/records/company', { name: 'Of Rita', owner: rita.record.id })
      const expectNames = async (own: number, others: number): Promise<void> => {
        const main = page.locator('main').last()
        await main
          .getByText(t('record.somebody'))
          .nth(others - 1)
          .waitFor()
        const named = main.getByText('Rita Reader', { exact: true })
        if (own > 0) await named.nth(own - 1).waitFor()
        expect(await named.count()).to.equal(own)
        for (const id of [String(owner), rita.record.id])
          expect(await main.innerText()).not.to.include(id.slice(0, 13).split('-')[0])
      }
      await goTo(page, `/records/company?group=owner&columns=name,owner,created_by`)
      await page.locator('.records .name-cell', { hasText: 'Of Rita' }).waitFor()
      await expectNames(2, 3)
      await picture(person, 'names-not-read', { language: 'en', size: 'desk' })
      const filter = JSON.stringify({ in: [{ var: 'owner' }, [rita.record.id, owner]] })
      await goTo(page, `/records/company?filter=${encodeURIComponent(filter)}`)
      await page
        .locator('.filter-chip')
        .getByText(`Rita Reader, ${t('record.somebody')}`)
        .waitFor()
      await goTo(page, `/records/company/${hers.record.id}`)
      await page.getByRole('heading', { level: 1, name: 'Of Rita' }).waitFor()
      await expectNames(3, 1)
      await goTo(page, `/records/company/${company}`)
      await page.getByRole('heading', { level: 1, name: LONG }).waitFor()
      await expectNames(0, 2)
      expect(faults).to.deep.equal([])
    })
  })
})
