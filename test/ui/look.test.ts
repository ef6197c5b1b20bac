import { expect } from 'chai'
import { startEngine, type TestEngine } from '../support/engine.ts'
import { enter, enterAlone, expectSound, letting, type Person, save } from './person.ts'
import { uiTemplate } from './ui-model.ts'
import { goTo } from './windows.ts'

describe('the look of the pages', () => {
  let engine: TestEngine
  let company: string

  before(async () => {
    engine = await startEngine({ template: uiTemplate })
    const admin = await engine.loginAdmin()
    company = (await admin.post('/api/records/company', { name: 'Acme', level: 'a', amount: 10 })).record.id
    await admin.post('/api/records/deal', { name: 'Deal', company, stage: 'offer' })
  })
  after(async () => engine?.stop())

  it('would be found to be at fault: a button without a name, words that nobody can read', () =>
    letting(enter(engine, { language: 'en', size: 'desk' }), async ({ page, accessibilityFaults }) => {
      await page.setContent(
        '<html lang="en"><title>x</title><main><h1>x</h1><button></button><p style="color:#eee">words</p>',
      )
      expect(await accessibilityFaults()).to.deep.equal(['button-name: button', 'color-contrast: p'])
    }))

  for (const size of ['desk', 'phone'] as const) {
    it(`is readable in the dark (${size})`, () =>
      letting(enterAlone(engine, { language: 'en', size }), async (person) => {
        const { page } = person
        await page.addInitScript(() => {
          localStorage.setItem('tenon.preferences', JSON.stringify({ theme: 'dark', language: 'en' }))
        })
        const paths = [
          '/records/company',
          `/records/company/${company}`,
          '/records/company/new',
          '/designer/entity/company',
        ]
        for (const path of paths) {
          await goTo(page, path)
          await page.locator('.bar').waitFor()
          await expectSound(person)
        }
        expect(await page.locator('html').getAttribute('data-theme')).to.equal('dark')
      }))
  }

  it('stands nearer, and beside a narrow navigation, as one chooses; a tablet has that by itself', () =>
    letting(enter(engine, { language: 'en', size: 'desk' }), async (person) => {
      const { page, t } = person
      const row = page.locator('.records tbody tr[data-id]').first()
      const sizes = async () => [
        Math.round((await page.locator('nav.nav').boundingBox())!.width),
        Math.round((await row.boundingBox())!.height),
      ]
      await page.goto('/records/company')
      await row.waitFor()
      expect(await sizes()).to.deep.equal([232, 36])
      await page.keyboard.press('Control+\\')
      await page.getByRole('button', { name: t('frame.widen') }).waitFor()
      await page.getByRole('link', { name: 'Deals', exact: true }).waitFor()
      await expectSound(person)
      await page.getByRole('button', { name: t('person.menu', { name: 'Admin' }) }).click()
      await page.getByRole('menuitem', { name: t('person.density.compact') }).click()
      await page.reload()
      await row.waitFor()
      expect(await sizes()).to.deep.equal([60, 32])
      await page.getByRole('button', { name: t('frame.widen') }).click()
      expect((await sizes())[0]).to.equal(232)
      await page.evaluate(() => localStorage.removeItem('tenon.preferences'))
      await page.setViewportSize({ width: 820, height: 1180 })
      for (const path of [`/records/company/${company}`, '/records/company/new', '/records/company']) {
        await page.goto(path)
        await page.locator('.bar').waitFor()
        await expectSound(person)
      }
      await row.waitFor()
      expect((await sizes())[0]).to.equal(60)
    }))

  describe('when the server does not answer', () => {
    let person: Person
    before(async () => {
      person = await enter(engine, { language: 'en', size: 'desk' })
      await goTo(person.page, '/records/company')
      await person.page.locator('.records .name-cell').first().waitFor()
    })
    after(async () => person?.close())

    it('says so, keeps the place, and goes on when asked', async () => {
      const { page, t } = person
      await page.route('**/api/records/deal*', (route) => route.abort())
      await page.getByRole('link', { name: 'Deals' }).click()
      await page.getByText(t('list.failed')).waitFor()
      await page.getByText('NETWORK_UNREACHABLE').waitFor()
      await page.unroute('**/api/records/deal*')
      await page.getByRole('button', { name: t('state.retry') }).click()
      await page.getByRole('link', { name: 'Deal', exact: true }).waitFor()
    })

    it('keeps what was typed into a form', async () => {
      const { page, t } = person
      await goTo(page, '/records/company/new')
      await page.locator('#root_name').fill('Kept')
      await page.route('**/api/records/company', (route) => route.abort())
      await save(person)
      await page.getByRole('alert').getByText(t('form.unreachable')).waitFor()
      expect(await page.locator('#root_name').inputValue()).to.equal('Kept')
      await page.unroute('**/api/records/company')
      await save(person)
      await page.getByRole('heading', { level: 1, name: 'Kept' }).waitFor()
    })

    it('sends a form once, however often Save is pressed', async () => {
      const { page, t } = person
      const sent: string[] = []
      page.on('request', (request) => request.method() === 'POST' && sent.push(request.url()))
      await goTo(page, '/records/company/new')
      await page.locator('#root_name').fill('Once')
      await page.locator('button[type="submit"]:visible', { hasText: t('act.save') }).dblclick()
      await page.getByRole('heading', { level: 1, name: 'Once' }).waitFor()
      expect(sent.filter((url) => url.endsWith('/api/records/company'))).to.have.length(1)
    })
  })
})
