import { expect } from 'chai'
import type { TestEngine } from '../support/engine.ts'
import type { Client } from '../support/http.ts'
import { startSales } from '../support/sales.ts'
import { enter, expectSound, inTurn, letting } from './person.ts'
import { goTo } from './windows.ts'

describe('calling one after the other', function () {
  this.timeout(180_000)
  let engine: TestEngine
  let admin: Client
  const ids: Record<string, string> = {}

  before(async () => {
    engine = await startSales()
    admin = await engine.loginAdmin()
    for (const name of ['甲公司', '乙公司', '丙公司', '丁公司'])
      ids[name] = (
        await admin.post('/api/records/account', { name, phone: '0571-88880001', level: 'a' })
      ).record.id
    await admin.post('/api/records/account', { name: 'Another', level: 'b' })
    const about = { entity: 'account', id: ids.甲公司 }
    await admin.post('/api/records/task', { subject: '寄样品', about, due_at: '2030-01-01T01:00:00.000Z' })
    await admin.post('/api/records/task', { subject: 'Old', about, status: 'done' })
    await admin.post('/api/records/call', {
      subject: 'First call',
      about,
      outcome: 'busy',
      notes: '稍后再打',
    })
  })
  after(async () => engine?.stop())

  const filter = encodeURIComponent(JSON.stringify({ '==': [{ var: 'level' }, 'a'] }))
  const callsOf = async (name: string) =>
    (await admin.get(`/api/records/account/${ids[name]}/related/calls?sort=-created_at`)).records

  it('goes through a list by keys, in its order, with outcome, note and next step', () =>
    letting(enter(engine, { language: 'en', size: 'desk' }), async (person) => {
      const { page, t } = person
      await goTo(page, `/records/account?sort=created_at&filter=${filter}`)
      await page.locator('tbody tr').first().waitFor()
      await page.getByRole('button', { name: t('act.more') }).click()
      await page.getByRole('menuitem', { name: t('calls.title') }).click()
      const name = page.locator('.call-head h2')
      await page.locator('.call-head', { hasText: '甲公司' }).waitFor()
      expect(await page.locator('.call-number').getAttribute('href')).to.equal('tel:057188880001')
      await page.locator('.call-known', { hasText: '寄样品' }).waitFor()
      await page.locator('.call-known', { hasText: '稍后再打' }).waitFor()
      expect(await page.locator('.call-known', { hasText: 'Old' }).count()).to.equal(0)
      await page.getByText(t('calls.progress', { at: 1, total: 4 })).waitFor()
      await expectSound(person)

      // Without an outcome it says so.
      await page.keyboard.press('Enter')
      await page
        .getByRole('alert')
        .filter({ hasText: t('calls.noOutcome') })
        .waitFor()
      await page.getByRole('button', { name: t('calls.end', { title: '寄样品' }) }).click()
      await page
        .getByRole('button', { name: t('calls.end', { title: '寄样品' }) })
        .waitFor({ state: 'detached' })
      await page.keyboard.press('1')
      await page.keyboard.press('n')
      await page.keyboard.type('wants 3 of them')
      await page.locator('.next-step input').fill('后天下午3点 发报价')
      await page.locator('.next-said .icon').waitFor()
      await page.keyboard.press('Control+Enter')
      await page.locator('.call-head', { hasText: '乙公司' }).waitFor()
      const [call] = await callsOf('甲公司')
      expect(call).to.deep.include({ outcome: 'connected', notes: 'wants 3 of them' })
      const tasks = (await admin.get(`/api/records/account/${ids.甲公司}/related/tasks`)).records
      expect(tasks.filter(({ status }) => status === 'open').map(({ subject }) => subject)).to.deep.equal([
        '发报价',
      ])

      // The second is skipped, and called after a reload of the page that knows where one was.
      await page.keyboard.press('s')
      await page.locator('.call-head', { hasText: '丙公司' }).waitFor()
      await page.reload()
      await page.locator('.call-head', { hasText: '丙公司' }).waitFor()
      await page.getByText(t('calls.progress', { at: 3, total: 4 })).waitFor()
      await page.keyboard.press('2')
      await page.keyboard.press('Enter')
      await page.locator('.call-head', { hasText: '丁公司' }).waitFor()
      await page.keyboard.press('3')
      await page.keyboard.press('Enter')
      await page.getByText(t('calls.over', { count: 3 })).waitFor()
      await page.getByText(t('calls.overSkipped', { count: 1 })).waitFor()
      await expectSound(person)
      await page.getByRole('button', { name: t('calls.again') }).click()
      await page.locator('.call-head', { hasText: '乙公司' }).waitFor()
      expect(await name.textContent()).to.equal('乙公司')
      await page.getByRole('button', { name: t('calls.stop') }).click()
      await page.locator('tbody tr').first().waitFor()
      expect(new URL(page.url()).searchParams.get('sort')).to.equal('created_at')
    }))

  for (const setting of inTurn('calls 1'))
    it(`fits, and what is refused stays (${setting.language}, ${setting.size})`, () =>
      letting(enter(engine, setting), async (person) => {
        const { page, t } = person
        await goTo(page, `/records/account/calls?sort=-created_at&filter=${filter}`)
        await page.locator('.call-head', { hasText: '丁公司' }).waitFor()
        await expectSound(person)
        const before = (await callsOf('丁公司')).length
        await page.locator('.call-outcome').nth(1).click()
        await page.locator('#call-note').fill('busy')
        await page.route('**/api/records/call', (route) => route.abort())
        await page.getByRole('button', { name: t('calls.save') }).click()
        await page
          .getByRole('alert')
          .filter({ hasText: t('state.unreachable') })
          .waitFor()
        expect(await page.locator('#call-note').inputValue()).to.equal('busy')
        await page.unroute('**/api/records/call')
        await page.getByRole('button', { name: t('calls.save') }).click()
        await page.locator('.call-head', { hasText: '丙公司' }).waitFor()
        expect(await callsOf('丁公司')).to.have.length(before + 1)
      }))
})
