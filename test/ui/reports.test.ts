import { expect } from 'chai'
import { type ReportWorld, startReports } from '../api/reports/world.ts'
import type { Client } from '../support/http.ts'
import { enter, expectSound, inTurn, letting, type Person } from './person.ts'
import { goTo } from './windows.ts'

describe('reports and dashboards on the pages', () => {
  let world: ReportWorld
  let admin: Client
  let north: string

  before(async () => {
    world = await startReports()
    admin = world.admin
    north = (await admin.post('/api/records/account', { name: 'Acme', region: 'north' })).record.id
    for (const [name, amount] of [
      ['One', 100],
      ['Two', 250.5],
      ['Three', null],
    ] as const) {
      const deal = await admin.post('/api/records/deal', { name, amount, account: north, source: 'web' })
      if (name === 'One') await admin.patch(`/api/records/deal/${deal.record.id}`, { stage: 'offer' })
    }
    await admin.put('/api/meta/content/report/funnel', {
      ...{ kind: 'report', name: 'funnel', entity: 'deal', funnel: { field: 'stage' } },
      label: { en: 'Funnel', 'zh-CN': '漏斗' },
    })
    await admin.put('/api/meta/content/report/sources', {
      ...{ kind: 'report', name: 'sources', entity: 'deal', rows: ['source'], parameters: ['source'] },
      chart: { type: 'pie' },
      label: { en: 'Sources', 'zh-CN': '来源' },
    })
    await admin.put('/api/meta/content/report/worth', {
      ...{
        kind: 'report',
        name: 'worth',
        entity: 'deal',
        measures: [{ fn: 'sum', field: 'amount' }, { fn: 'count' }],
      },
      label: { en: 'Worth', 'zh-CN': '总额' },
    })
    const tiles = [
      { name: 'worth', report: 'worth', width: 3, height: 1 },
      { name: 'funnel', report: 'funnel' },
      { name: 'sources', report: 'sources' },
      { name: 'regions', report: 'by_region', width: 12 },
      { name: 'mine', report: 'mine' },
      { name: 'hello', text: { en: 'Hello', 'zh-CN': '你好' } },
    ]
    await admin.put('/api/meta/content/dashboard/home', {
      ...{ kind: 'dashboard', name: 'home', tiles },
      label: { en: 'Home', 'zh-CN': '首页' },
    })
  })
  after(() => world?.stop())

  const tile = ({ page }: Person, name: string) => page.getByRole('region', { name, exact: true })

  for (const setting of inTurn('reports 1')) {
    it(`begin with the home of the app, readable and without a fault (${setting.language}, ${setting.size})`, () =>
      letting(enter(world, setting), async (person) => {
        const { page, t } = person
        await goTo(page, '/')
        await page.waitForURL(/\/dashboards\/home$/)
        const isEnglish = setting.language === 'en'
        await tile(person, isEnglish ? 'Funnel' : '漏斗')
          .getByRole('list')
          .first()
          .waitFor()
        await page.locator('.chart canvas').first().waitFor()
        await expectSound(person)
        const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)
        expect(wide).to.equal(false)
        await goTo(page, '/reports/by_region')
        await page.locator('table.figures').waitFor()
        await expectSound(person)
        await goTo(page, '/reports')
        await page.getByRole('heading', { name: t('report.dashboards') }).waitFor()
        await expectSound(person)
      }))
  }

  it('lead from a number to exactly its records', () =>
    letting(enter(world, { language: 'en', size: 'desk' }), async (person) => {
      const { page } = person
      await goTo(page, '/dashboards/home')
      await tile(person, 'Funnel')
        .getByRole('link', { name: /^Offer: 1$/ })
        .click()
      await page.waitForURL(/\/records\/deal\?/)
      await page.locator('.records .name-cell').first().waitFor()
      expect(await page.locator('.records .name-cell a').allInnerTexts()).to.deep.equal(['One'])
      await goTo(page, '/dashboards/home')
      await tile(person, 'Worth')
        .getByRole('link', { name: /350\.5/ })
        .click()
      await page.locator('.records .name-cell').nth(2).waitFor()
      expect(await page.locator('.records .name-cell').count()).to.equal(3)
    }))

  it('lead on to all of them where one is not there', () =>
    letting(enter(world, { language: 'en', size: 'desk' }), async (person) => {
      const { page, t } = person
      await goTo(page, '/dashboards/nowhere')
      await page.getByRole('heading', { name: t('state.denied') }).waitFor()
      await page
        .getByRole('main')
        .getByRole('link', { name: t('report.title') })
        .click()
      await page.waitForURL((url) => url.pathname === '/reports')
    }))

  it('show their figures as a table by the keyboard', () =>
    letting(enter(world, { language: 'en', size: 'desk' }), async (person) => {
      const { page, t } = person
      await goTo(page, '/dashboards/home')
      const act = page.getByRole('button', { name: t('report.asTable', { name: 'Sources' }) })
      await act.focus()
      await page.keyboard.press('Enter')
      const link = tile(person, 'Sources').getByRole('row', { name: /web/ }).getByRole('link', { name: '3' })
      await link.focus()
      await page.keyboard.press('Enter')
      await page.waitForURL(/\/records\/deal\?/)
    }))

  it('follow a write of somebody else by themselves', () =>
    letting(enter(world, { language: 'en', size: 'desk' }), async (person) => {
      const { page } = person
      await goTo(page, '/dashboards/home')
      await tile(person, 'Funnel')
        .getByRole('link', { name: /^Talk: 3$/ })
        .waitFor()
      const made = await admin.post('/api/records/deal', { name: 'Four', account: north })
      await tile(person, 'Funnel')
        .getByRole('link', { name: /^Talk: 4$/ })
        .waitFor()
      await admin.delete(`/api/records/deal/${made.record.id}`)
      await tile(person, 'Funnel')
        .getByRole('link', { name: /^Talk: 3$/ })
        .waitFor()
    }))

  it('take a time and a file from whoever looks', () =>
    letting(enter(world, { language: 'en', size: 'desk' }), async (person) => {
      const { page, t } = person
      await goTo(page, '/reports/by_region')
      await page.getByRole('row', { name: /North/ }).waitFor()
      await page.getByRole('combobox').first().click()
      await page.getByTitle(t('period.this_year')).click()
      await page.waitForURL(/period=this_year/)
      await page.getByText(t('report.nothing')).first().waitFor()
      await goTo(page, '/reports/by_region')
      const saving = page.waitForEvent('download')
      await page.getByRole('button', { name: t('report.save') }).click()
      await page.getByRole('menuitem', { name: 'Excel (xlsx)' }).click()
      expect((await saving).suggestedFilename()).to.match(/^by_region-\d{4}-\d{2}-\d{2}\.xlsx$/)
    }))

  it('are narrowed by whoever looks, kept as their own, and shared', () =>
    letting(enter(world, { language: 'en', size: 'desk' }), async (person) => {
      const { page, t } = person
      await goTo(page, '/reports/sources')
      await page.locator('.report-parameter').getByRole('combobox').click()
      await page.getByTitle('Expo', { exact: true }).click()
      await page.waitForURL(/where=/)
      await page.keyboard.press('Escape')
      await page.getByText(t('report.nothing')).first().waitFor()
      await goTo(page, `/reports/sources?where=${encodeURIComponent(JSON.stringify({ source: ['web'] }))}`)
      await page.getByRole('button', { name: t('report.own') }).click()
      await page.getByRole('menuitem', { name: t('report.keep') }).click()
      await page.getByLabel(t('report.keepName')).fill('The web ones')
      expect(await person.accessibilityFaults()).to.deep.equal([])
      await page.getByRole('button', { name: t('report.keepDo') }).click()
      await page.getByRole('heading', { name: 'The web ones' }).waitFor()
      await page.getByRole('button', { name: t('report.own') }).click()
      await page.getByRole('menuitem', { name: t('report.promote') }).click()
      await page.goto('/reports')
      const row = page.getByRole('link', { name: /The web ones/ })
      await row.waitFor()
      expect(await row.textContent()).not.to.include(t('report.mine'))
      expect(person.faults).to.deep.equal([])
    }))

  it('say what is wrong where the figures do not come', () =>
    letting(enter(world, { language: 'en', size: 'desk' }), async (person) => {
      const { page, t } = person
      await page.route('**/api/reports/funnel/run', (route) => route.abort())
      await page.goto('/dashboards/home')
      await tile(person, 'Funnel').getByText(t('state.unreachable')).waitFor()
      await tile(person, 'Worth')
        .getByRole('link', { name: /350\.5/ })
        .waitFor()
      await page.unroute('**/api/reports/funnel/run')
      await tile(person, 'Funnel')
        .getByRole('button', { name: t('state.retry') })
        .click()
      await tile(person, 'Funnel')
        .getByRole('link', { name: /^Talk: 3$/ })
        .waitFor()
      await goTo(page, '/reports/no_such')
      await page.getByText('REPORT_UNKNOWN').waitFor()
    }))
})
