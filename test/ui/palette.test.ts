import { expect } from 'chai'
import { startEngine, type TestEngine } from '../support/engine.ts'
import type { Client } from '../support/http.ts'
import { eventually } from '../support/http-model.ts'
import { enter, expectSound, inTurn, letting, type Person } from './person.ts'
import { uiTemplate } from './ui-model.ts'
import { goTo } from './windows.ts'

describe('the palette', function () {
  this.timeout(180_000)
  let engine: TestEngine
  let admin: Client
  let huaxing: string

  before(async () => {
    engine = await startEngine({ template: uiTemplate })
    admin = await engine.loginAdmin()
    huaxing = (await admin.post('/api/records/company', { name: '华兴机械', level: 'a' })).record.id
    await admin.post('/api/records/deal', { name: '华兴备件', company: huaxing })
    for (let number = 1; number <= 7; number++)
      await admin.post('/api/records/company', { name: `Many ${number}` })
  })
  after(async () => engine?.stop())

  const field = ({ page, t }: Person) => page.getByRole('combobox', { name: t('palette.ask') })
  const lines = ({ page }: Person) => page.getByRole('dialog').getByRole('option')
  /** Opens it as one does at a desk or on a phone, and types. */
  async function ask(person: Person, words: string): Promise<void> {
    const { page, t, phone } = person
    await page.locator(phone ? '.tab-bar' : '.palette-field').waitFor()
    if (phone)
      await page
        .locator('.bar')
        .getByRole('button', { name: t('palette.field') })
        .click()
    else await page.keyboard.press('Control+k')
    await field(person).fill(words)
  }

  for (const setting of inTurn('palette 1')) {
    it(`finds by initials what belongs to whom, and opens it (${setting.language}, ${setting.size})`, () =>
      letting(enter(engine, setting), async (person) => {
        const { page, t, phone } = person
        await goTo(page, '/records/company')
        await ask(person, 'hx')
        await lines(person).filter({ hasText: '华兴备件' }).filter({ hasText: '华兴机械' }).waitFor()
        await page.getByText(t('palette.found', { count: 2 })).waitFor()
        await expectSound(person)
        if (!phone) await page.locator('.palette-preview').getByText('华兴').first().waitFor()
        const chosen = lines(person)
          .filter({ hasText: /^.?华兴机械/ })
          .first()
        if (phone) await chosen.click()
        else await page.keyboard.press('Enter')
        await page.waitForURL(/\/records\/(company|deal)\/[\w-]{36}$/)
        expect(await page.getByRole('dialog').count()).to.equal(0)
        // What was looked at stands first the next time.
        await goTo(page, `/records/company/${huaxing}`)
        await page.getByRole('heading', { name: '华兴机械' }).waitFor()
        await goTo(page, '/records/deal')
        await ask(person, '')
        await page
          .getByRole('group', { name: t('palette.recent') })
          .getByText('华兴机械')
          .waitFor()
      }))
  }

  it('goes by the keys alone: lines, types, all of one, and away', () =>
    letting(enter(engine, { language: 'en', size: 'desk' }), async (person) => {
      const { page } = person
      await goTo(page, '/records/company')
      await ask(person, 'many')
      await lines(person).filter({ hasText: 'All in Companies' }).waitFor()
      expect(
        await lines(person)
          .filter({ hasText: /Many \d/ })
          .count(),
      ).to.equal(5)
      await page.keyboard.press('ArrowUp')
      await page.keyboard.press('ArrowDown')
      expect(await page.locator('.palette-line.on').textContent()).to.contain('Many 7')
      await page.keyboard.press('Tab')
      await page.locator('.palette-type', { hasText: 'Companies' }).waitFor()
      await lines(person).nth(6).waitFor()
      expect(
        await lines(person)
          .filter({ hasText: /Many \d/ })
          .count(),
      ).to.equal(7)
      await page.keyboard.press('Shift+Tab')
      await page.keyboard.press('Escape')
      expect(await field(person).inputValue()).to.equal('')
      await page.keyboard.press('Escape')
      await field(person).waitFor({ state: 'detached' })
      await ask(person, 'many')
      await lines(person).filter({ hasText: 'All in Companies' }).click()
      await page.waitForURL(/\/records\/company\?q=many/)
      await page.getByText('Many 1', { exact: true }).waitFor()
    }))

  it('begins what is not there yet, with the name that was typed; goes to places and acts', () =>
    letting(enter(engine, { language: 'zh-CN', size: 'desk' }), async (person) => {
      const { page, t } = person
      await goTo(page, '/records/company')
      await ask(person, '新丰泰 集团')
      await page.getByText(t('palette.emptyTitle', { words: '新丰泰 集团' })).waitFor()
      await expectSound(person)
      await lines(person).filter({ hasText: '新建公司' }).click()
      await page.locator('[id="root_name"]').waitFor()
      expect(await page.locator('[id="root_name"]').inputValue()).to.equal('新丰泰 集团')
      await goTo(page, '/records/company')
      await ask(person, t('account.title'))
      await page.keyboard.press('Enter')
      await page.waitForURL(/\/account$/)
      await ask(person, t('palette.dark'))
      await page.keyboard.press('Enter')
      await page.locator('html[data-theme="dark"]').waitFor()
      expect(person.faults).to.deep.equal([])
    }))

  it('says that the search does not answer, and answers when it does again', () =>
    letting(enter(engine, { language: 'en', size: 'desk' }), async (person) => {
      const { page, t } = person
      await page.goto('/records/company')
      await page.route('**/api/search*', (route) =>
        route.fulfill({
          status: 400,
          contentType: 'application/problem+json',
          body: '{"code":"X","errors":[]}',
        }),
      )
      await ask(person, 'many 4')
      await page.getByText(t('palette.failed')).waitFor()
      await page.unroute('**/api/search*')
      await field(person).fill('many 3')
      await lines(person)
        .filter({ hasText: /^MMany 3$/ })
        .waitFor()
      expect(await page.getByText(t('palette.failed')).count()).to.equal(0)
    }))

  it('forgets what was looked at with the person who leaves', () =>
    letting(enter(engine, { language: 'en', size: 'desk' }), async (person) => {
      const { page, t } = person
      await goTo(page, `/records/company/${huaxing}`)
      await page.getByRole('heading', { name: '华兴机械' }).waitFor()
      expect(await page.evaluate(() => localStorage.getItem('tenon.recent'))).to.contain('华兴机械')
      await ask(person, t('person.signOut'))
      await page.keyboard.press('Enter')
      await page.waitForURL(/\/sign-in/)
      expect(await page.evaluate(() => localStorage.getItem('tenon.recent'))).not.to.contain('华兴机械')
    }))

  for (const setting of inTurn('palette 2')) {
    it(`has what one keeps at hand, as the navigation does (${setting.language}, ${setting.size})`, () =>
      letting(enter(engine, setting), async (person) => {
        const { page, t, phone } = person
        await admin.patch('/api/auth/settings', { favourites: [] })
        const star = page.getByRole('button', { name: t('favourite.add') })
        const kept = async () => (await admin.get('/api/auth/settings')).record.favourites
        await goTo(page, '/records/company?view=company_gold')
        await star.click()
        await goTo(page, `/records/company/${huaxing}`)
        await star.click()
        await page.getByRole('button', { name: t('favourite.remove'), pressed: true }).waitFor()
        await expectSound(person)
        // A page that is loaded anew, as on another device.
        await page.reload()
        const gold = setting.language === 'en' ? 'Gold companies' : '金牌公司'
        const places = page.getByRole('region', { name: t('favourite.title') })
        if (phone) await page.getByRole('button', { name: t('frame.more'), exact: true }).click()
        await places.getByRole('link', { name: '华兴机械' }).waitFor()
        expect(await places.getByRole('link').allTextContents()).to.have.length(2)
        if (!phone) {
          await places.getByRole('link', { name: '华兴机械' }).press('Alt+ArrowUp')
          await places.getByRole('link').first().filter({ hasText: '华兴机械' }).waitFor()
          await places.getByRole('button').first().click()
          await page.getByRole('menuitem', { name: t('favourite.remove') }).click()
          await places.getByRole('link', { name: '华兴机械' }).waitFor({ state: 'detached' })
          await star.waitFor()
          // Looked at a moment ago, it stands among those again.
          await page
            .getByRole('region', { name: t('palette.recent') })
            .getByRole('link', { name: '华兴机械' })
            .waitFor()
          expect((await kept()) as unknown).to.deep.equal([
            { kind: 'list', entity: 'company', view: 'company_gold', label: gold },
          ])
          await ask(person, '')
          await lines(person).filter({ hasText: gold }).first().click()
        } else {
          await places.getByRole('button', { name: t('favourite.arrange') }).click()
          const up = places.getByRole('button', { name: t('favourite.upOf', { name: '华兴机械' }) })
          await up.tap()
          await places.locator('li').first().filter({ hasText: '华兴机械' }).waitFor()
          expect(await up.isDisabled()).to.equal(true)
          // What is at the top goes down with the next press of who goes by keys.
          await places
            .locator(`button:focus[aria-label="${t('favourite.downOf', { name: '华兴机械' })}"]`)
            .waitFor()
          await expectSound(person)
          await eventually(async () => ((await kept()) as { id?: string }[])[0]?.id === huaxing)
          await places.getByRole('button', { name: t('favourite.arranged') }).click()
          await expectSound(person)
          await places.getByRole('link', { name: gold }).click()
        }
        await page.waitForURL(/view=company_gold/)
      }))
  }
})
