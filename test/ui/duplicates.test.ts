import { expect } from 'chai'
import { publishAll } from '../support/drafts.ts'
import { startEngine, type TestEngine } from '../support/engine.ts'
import type { Client } from '../support/http.ts'
import {
  control,
  EACH_ONCE,
  enter,
  expectSound,
  faultAt,
  inTurn,
  letting,
  picture,
  save,
  toastText,
} from './person.ts'
import { uiTemplate } from './ui-model.ts'
import { goTo } from './windows.ts'

/** A rule with what happens on a match: written out, such an object looks like a promise. */
const rule = (name: string, outcome: string, match: object) => ({
  ...{ kind: 'duplicate_rule', name, entity: 'company', match: [match], tell: 'owner' },
  ...Object.fromEntries([['then', outcome]]),
})

describe('duplicates in the pages', () => {
  let engine: TestEngine
  let admin: Client

  before(async () => {
    engine = await startEngine({ template: uiTemplate })
    admin = await engine.loginAdmin()
    await publishAll(admin, [
      rule('same_company', 'warn', { field: 'name', as: 'company', similar: 0.8 }),
      rule('same_site', 'block', { field: 'website', as: 'text' }),
    ])
  })
  after(async () => engine?.stop())

  for (const setting of inTurn('duplicates 1')) {
    const where = `${setting.language}, ${setting.size}`
    const name = setting.language === 'en' ? 'Great Wall Industries' : '长城重工'
    const like = setting.language === 'en' ? 'Great Wall Industry' : '长城重工（上海）有限公司'

    it(`are shown while saving, and stored when the person says so (${where})`, () =>
      letting(enter(engine, setting), async (person) => {
        const { page, t } = person
        const { id } = (await admin.post('/api/records/company', { name })).record
        await goTo(page, '/records/company/new')
        await control(person, 'name').fill(like)
        await save(person)
        const dialog = page.getByRole('dialog')
        await dialog.getByText(t('alike.title')).waitFor()
        expect(await dialog.locator('.alike-name').allTextContents()).to.deep.equal([name])
        const link = dialog.getByRole('link', { name: t('alike.openOf', { name }) })
        expect(await link.getAttribute('href')).to.equal(`/records/company/${id}`)
        await expectSound(person)
        await picture(person, 'duplicates', setting)
        await dialog.getByRole('button', { name: t('alike.back') }).click()
        await faultAt(person, 'name').waitFor()
        await save(person)
        await dialog.getByRole('button', { name: t('alike.create') }).click()
        await toastText(person).waitFor()
        const list = await admin.post('/api/records/company/query', {
          filter: { '==': [{ var: 'name' }, like] },
        })
        expect(list.records).to.have.length(1)
      }))

    it(`are told of while somebody types, without a dialog (${where})`, () =>
      letting(enter(engine, setting), async (person) => {
        const { page, t } = person
        const [one, other] =
          setting.language === 'en'
            ? ['Silver Lake Trading Ltd', 'Silver Lake Trading']
            : ['银湖商贸有限公司', '银湖商贸']
        const website = `https://silver-${setting.size}.example.com`
        const { id } = (await admin.post('/api/records/company', { name: one, code: `${where} silver` }))
          .record
        await admin.post('/api/records/company', { name: `Lapis ${where}`, website })
        const asked: string[] = []
        page.on('request', (request) => {
          if (request.url().endsWith('/company/duplicates')) asked.push(request.postData() ?? '')
        })
        await goTo(page, '/records/company/new')
        const note = page.locator('.alike-note')
        // One after the other, as fingers do: what is asked is the whole name, once, when they rest.
        await control(person, 'name').pressSequentially(other, { delay: 30 })
        const focus = () => page.evaluate(() => document.activeElement?.id)
        const before = await focus()
        await note.waitFor()
        expect(await note.locator('.alike-name').allTextContents()).to.deep.equal([one])
        expect([asked.length, await focus()]).to.deep.equal([1, before])
        expect(await page.getByRole('dialog').count()).to.equal(0)
        expect(
          await note.getByRole('link', { name: t('alike.openOf', { name: one }) }).getAttribute('href'),
        ).to.equal(`/records/company/${id}`)
        await expectSound(person)
        await picture(person, 'duplicates-note', setting)
        // What no rule looks at asks nothing; what it looks at asks as soon as the field is left.
        await control(person, 'code').fill('N-1')
        await control(person, 'website').fill(website)
        await page.keyboard.press('Tab')
        await note.getByText(t('alike.blockedTitle')).waitFor()
        await note.getByRole('button', { name: t('alike.more', { count: 1 }) }).click()
        expect(await note.locator('.alike-name').allTextContents()).to.deep.equal([`Lapis ${where}`, one])
        expect(asked.length).to.equal(2)
        await note.getByRole('button', { name: t('alike.look', { name: one }) }).click()
        const sheet = page.locator('.tenon-sheet')
        await sheet.getByText(`${where} silver`).waitFor()
        await sheet.getByRole('button', { name: t('act.close') }).click()
        await sheet.waitFor({ state: 'detached' })
        await control(person, 'website').fill('')
        await note.getByText(t('alike.title')).waitFor()
        await control(person, 'code').fill('')
        await note.getByRole('button', { name: t('alike.mergeOf', { name: one }) }).click()
        await page.waitForURL((url) => /\/records\/company\/[0-9a-f-]{36}$/.test(url.pathname))
        await sheet.locator('.merge', { hasText: one }).waitFor()

        // One that is being changed is compared by what is changed.
        const changed = (await admin.post('/api/records/company', { name: `Plain ${setting.size}` })).record
        await goTo(page, `/records/company/${changed.id}/edit`)
        await control(person, 'code').fill('x')
        await control(person, 'name').fill(one)
        await note.getByText(one).first().waitFor()
        await expectSound(person)
      }))

    it(`are merged with what is saved, from the warning (${where})`, () =>
      letting(enter(engine, setting), async (person) => {
        const { page, t } = person
        const there = setting.language === 'en' ? 'Harbour Freight Works' : '远洋港务'
        const { id } = (await admin.post('/api/records/company', { name: there, code: where })).record
        await goTo(page, '/records/company/new')
        await control(person, 'name').fill(`${there} ${setting.language === 'en' ? 'Ltd' : '有限公司'}`)
        await save(person)
        await page
          .getByRole('dialog')
          .getByRole('button', { name: t('alike.mergeOf', { name: there }) })
          .click()
        await page.waitForURL((url) => /\/records\/company\/[0-9a-f-]{36}$/.test(url.pathname))
        const sheet = page.locator('.tenon-sheet')
        const merge = sheet.locator('.merge-foot .btn-primary')
        await sheet.locator('.merge', { hasText: there }).waitFor()
        await merge.and(page.locator(':enabled')).waitFor()
        await expectSound(person)
        await merge.click()
        await sheet.waitFor({ state: 'detached' })
        const stays = new URL(page.url()).pathname.split('/').at(-1)
        const stored = (await admin.get(`/api/records/company/${stays}`)).record
        expect([stored.code, (await admin.get(`/api/records/company/${id}`)).status]).to.deep.equal([
          where,
          404,
        ])
      }))

    it(`are refused where the rule blocks (${where})`, () =>
      letting(enter(engine, setting), async (person) => {
        const { page, t } = person
        const website = `https://${setting.size}.example.com`
        await admin.post('/api/records/company?duplicates=accept', { name: `Owner of ${where}`, website })
        await goTo(page, '/records/company/new')
        await control(person, 'name').fill(
          `Quite another one ${setting.size === 'desk' ? 'Ölmühle' : 'Café'}`,
        )
        await control(person, 'website').fill(website)
        await save(person)
        const dialog = page.getByRole('dialog')
        await dialog.getByText(t('alike.blockedTitle')).waitFor()
        expect(await dialog.getByRole('button').allTextContents()).to.deep.equal([t('alike.back')])
        await expectSound(person)
        await picture(person, 'duplicates-blocked', setting)
      }))
  }

  it('are asked about when a record comes back from the bin', () =>
    letting(enter(engine, EACH_ONCE[0]!), async (person) => {
      const { page, t } = person
      const gone = (await admin.post('/api/records/company', { name: 'Returning Traders' })).record
      await admin.delete(`/api/records/company/${gone.id}`)
      await admin.post('/api/records/company', { name: 'Returning Traders' })
      await goTo(page, '/records/company/bin')
      await page.locator(`[data-id="${gone.id}"] button`).click()
      await page
        .getByRole('dialog')
        .getByRole('button', { name: t('alike.restore') })
        .click()
      await toastText(person).waitFor()
      expect((await admin.get(`/api/records/company/${gone.id}`)).status).to.equal(200)
    }))
})
