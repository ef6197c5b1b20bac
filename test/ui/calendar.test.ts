import { expect } from 'chai'
import { instantOf } from '../../runtime-ui/kit/zoned.ts'
import { publishAll, type Written } from '../support/drafts.ts'
import { startEngine, type TestEngine } from '../support/engine.ts'
import type { Client } from '../support/http.ts'
import { eventually } from '../support/http-model.ts'
import { enter, expectSound, letting, type Person, toastText } from './person.ts'
import { uiTemplate } from './ui-model.ts'
import { goTo } from './windows.ts'

const text = (en: string, zh: string) => ({ en, 'zh-CN': zh })

const view = (name: string, more: object) =>
  ({ kind: 'view', name, entity: 'company', ...more }) as unknown as Written

describe('a calendar and cards in the browser', () => {
  let engine: TestEngine
  let admin: Client

  before(async () => {
    engine = await startEngine({ template: uiTemplate })
    admin = await engine.loginAdmin()
    await publishAll(admin, [
      view('days', {
        ...{ type: 'calendar', date: 'founded', label: text('Calendar', '日历') },
        columns: ['name', 'level', { field: 'amount', total: 'sum' }],
      }),
      {
        ...{ kind: 'view', name: 'times', entity: 'sample', type: 'calendar', date: 'a_date_time' },
        ...{ label: text('Times', '时间'), columns: ['a_text'] },
      } as unknown as Written,
      view('gallery', {
        ...{ type: 'cards', label: text('Cards', '卡片'), sort: ['name'] },
        columns: ['name', 'level', 'amount', 'website'],
      }),
    ])
    const busy = Array.from({ length: 5 }, (_, index) => ({
      name: `Busy ${index + 1}`,
      founded: '2026-03-10',
    }))
    const create = [...busy, { name: 'Alone', level: 'a', founded: '2026-03-18', amount: 12 }]
    await admin.post('/api/records/company/bulk', { create })
  })
  after(async () => engine?.stop())

  const day = ({ page }: Person, date: string) => page.locator(`[data-day="${date}"]`)
  const foundedOf = async (name: string) => {
    const filter = encodeURIComponent(JSON.stringify({ '==': [{ var: 'name' }, name] }))
    return (await admin.get(`/api/records/company?filter=${filter}`)).records[0]?.founded
  }

  it('shows a month, and behind “more” all of a day', () =>
    letting(enter(engine, { language: 'en', size: 'desk' }), async (person) => {
      const { page, t } = person
      await goTo(page, '/records/company?view=days&day=2026-03-05')
      await page.getByRole('heading', { name: 'March 2026' }).waitFor()
      await day(person, '2026-03-18').getByRole('link', { name: 'Alone' }).waitFor()
      expect(await day(person, '2026-03-10').locator('.day-chip').count()).to.equal(2)
      await expectSound(person)
      await day(person, '2026-03-10')
        .getByRole('button', { name: t('calendar.more', { count: 3 }) })
        .click()
      const sheet = page.getByRole('dialog')
      await sheet.getByRole('link', { name: 'Busy 5' }).waitFor()
      await expectSound(person)
      await page.keyboard.press('Escape')
      await sheet.waitFor({ state: 'detached' })
      await page.getByRole('button', { name: t('calendar.monthAfter') }).click()
      await page.getByRole('heading', { name: 'April 2026' }).waitFor()
      await day(person, '2026-04-01').waitFor()
    }))

  it('sums up what it shows, and has a week on its hours', () =>
    letting(enter(engine, { language: 'en', size: 'desk' }), async (person) => {
      const { page, t } = person
      await goTo(page, '/records/company?view=days&day=2026-03-05')
      await page.locator('.calendar-sums', { hasText: '12' }).waitFor()
      expect(await page.locator('.day', { has: page.locator('.day-sums') }).count()).to.equal(1)
      expect(await day(person, '2026-03-18').locator('.day-sums').textContent()).to.match(/amount.*12/i)
      await page.getByRole('button', { name: t('calendar.monthAfter') }).click()
      await page.locator('.calendar-sums', { hasText: '12' }).waitFor({ state: 'detached' })

      const zone = ((await admin.get('/api/meta/model')).body as { data: { timeZone: string } }).data.timeZone
      const a_date_time = instantOf({ date: '2026-03-10', time: '10:00:00' }, zone)
      for (const a_text of ['Visit', 'Call']) await admin.post('/api/records/sample', { a_text, a_date_time })
      await goTo(page, '/records/sample?view=times&day=2026-03-10&span=week')
      const column = page.locator('.hours-column[data-day="2026-03-10"]')
      await column.getByRole('link', { name: 'Visit' }).waitFor()
      const boxes = await column.locator('.hours-place').evaluateAll((all) =>
        all.map((one) => {
          const [{ top, left }, day] = [
            one.getBoundingClientRect(),
            one.parentElement!.getBoundingClientRect(),
          ]
          return [Math.round(((top - day.top) / day.height) * 24), left > day.left + day.width / 3]
        }),
      )
      expect(boxes).to.deep.equal([
        [10, false],
        [10, true],
      ])
      // Six at one time: three that can be read, and how many there are besides, behind which stand all of the day.
      for (const a_text of ['B', 'C', 'D', 'E'])
        await admin.post('/api/records/sample', { a_text, a_date_time })
      await column.getByRole('button', { name: t('calendar.more', { count: 3 }) }).click()
      expect(await column.locator('.day-chip').count()).to.equal(3)
      await page.getByRole('dialog').getByRole('link').nth(5).waitFor()
      await expectSound(person)
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'detached' })
      // An empty half hour begins a record then.
      const { height } = (await column.boundingBox())!
      await column.click({ position: { x: 20, y: (height / 24) * 14.6 } })
      await page.waitForURL((url) => url.pathname === '/records/sample/new')
      expect(new URL(page.url()).searchParams.get('set.a_date_time')).to.equal(
        instantOf({ date: '2026-03-10', time: '14:30:00' }, zone),
      )
    }))

  it('takes a record to another hour by pulling it or by keys, at a desk and under a finger', async () => {
    const zone = ((await admin.get('/api/meta/model')).body as { data: { timeZone: string } }).data.timeZone
    const at = (time: string, date = '2026-04-15') => instantOf({ date, time: `${time}:00` }, zone)
    const { id } = (await admin.post('/api/records/sample', { a_text: 'Review', a_date_time: at('10:07') }))
      .record
    const isAt = (instant: string) =>
      eventually(async () => (await admin.get(`/api/records/sample/${id}`)).record.a_date_time === instant)
    const hour = async (person: Person, date: string) =>
      ((await person.page.locator(`.hours-column[data-day="${date}"]`).boundingBox())?.height ?? 0) / 24
    await letting(enter(engine, { language: 'en', size: 'desk' }), async (person) => {
      const { page, t } = person
      await goTo(page, '/records/sample?view=times&day=2026-04-15&span=week')
      const chip = page.locator('.hours-column .day-chip', { hasText: 'Review' })
      await chip.waitFor()
      const from = (await chip.boundingBox())!
      const to = (await page.locator('.hours-column[data-day="2026-04-16"]').boundingBox())!
      const [x, y] = [to.x + to.width / 2, from.y + 5 + (await hour(person, '2026-04-15')) * 2]
      await page.mouse.move(from.x + 20, from.y + 5)
      await page.mouse.down()
      await page.mouse.move(from.x + 40, from.y + 15, { steps: 3 })
      await page.mouse.move(x, y, { steps: 5 })
      // It says the time while it is in the hand.
      await page.locator('.day-lifted .day-time', { hasText: '12:00' }).waitFor()
      await page.mouse.up()
      await isAt(at('12:00', '2026-04-16'))
      const told = toastText(person)
      await told.getByText('12:00').waitFor()
      await told.getByRole('button', { name: t('act.undo') }).click()
      await isAt(at('10:07'))
      const link = (date: string) =>
        page.locator(`.hours-column[data-day="${date}"]`).getByRole('link', { name: 'Review' })
      await link('2026-04-15').getByText('10:07').waitFor()
      await link('2026-04-15').focus()
      await page.keyboard.press('Shift+ArrowDown')
      await isAt(at('10:15'))
      await link('2026-04-15').getByText('10:15').waitFor()
      await page.keyboard.press('Shift+ArrowRight')
      await isAt(at('10:15', '2026-04-16'))
      // The focus goes along.
      await page.locator('.hours-column[data-day="2026-04-16"] a:focus').waitFor()
      await expectSound(person)
    })
    await letting(enter(engine, { language: 'zh-CN', size: 'phone' }), async (person) => {
      const { page, t } = person
      await goTo(page, '/records/sample?view=times&day=2026-04-16')
      await page.getByRole('region', { name: t('calendar.dayHours') }).waitFor()
      const chip = page.locator('.hours-column .day-chip', { hasText: 'Review' })
      await expectSound(person)
      const box = (await chip.boundingBox())!
      const finger = await page.context().newCDPSession(page)
      const touch = (type: string, ...touchPoints: { x: number; y: number }[]) =>
        finger.send('Input.dispatchTouchEvent', { type: type as 'touchStart', touchPoints })
      const pull = async (way: readonly { x: number; y: number }[]) => {
        await touch('touchStart', way[0]!)
        await page.locator('.day-lifted').waitFor()
        for (const point of way.slice(1)) await touch('touchMove', point)
      }
      const start = { x: box.x + 60, y: box.y + 10 }
      const down = start.y + (await hour(person, '2026-04-16'))
      await pull([start, { ...start, y: start.y + 20 }, { ...start, y: down }])
      await page.locator('.day-lifted .day-time', { hasText: '11:15' }).waitFor()
      await touch('touchEnd')
      await isAt(at('11:15', '2026-04-16'))
      await chip.getByText('11:15').waitFor()
      const strip = page
        .getByRole('navigation', { name: t('calendar.days') })
        .getByText('14', { exact: true })
      const place = (await strip.boundingBox())!
      const from = (await chip.boundingBox())!
      const there = { x: place.x + 5, y: place.y + 5 }
      await pull([{ x: from.x + 60, y: from.y + 10 }, { x: from.x + 50, y: from.y - 20 }, there])
      await page.locator('.week-strip .over').waitFor()
      await touch('touchEnd')
      await isAt(at('11:15', '2026-04-14'))
    })
  })

  it('takes a record to another day by pulling it or by keys, and back', () =>
    letting(enter(engine, { language: 'en', size: 'desk' }), async (person) => {
      const { page, t } = person
      await goTo(page, '/records/company?view=days&day=2026-03-05')
      const chip = page.locator('.day-chip', { hasText: 'Alone' })
      await chip.waitFor()
      const [from, to] = [(await chip.boundingBox())!, (await day(person, '2026-03-19').boundingBox())!]
      await page.mouse.move(from.x + 20, from.y + 10)
      await page.mouse.down()
      await page.mouse.move(from.x + 40, from.y + 12, { steps: 3 })
      await page.mouse.move(to.x + to.width / 2, to.y + 60, { steps: 6 })
      await page.mouse.up()
      await day(person, '2026-03-19').getByRole('link', { name: 'Alone' }).waitFor()
      await eventually(async () => (await foundedOf('Alone')) === '2026-03-19')
      await toastText(person)
        .getByRole('button', { name: t('act.undo') })
        .click()
      await day(person, '2026-03-18').getByRole('link', { name: 'Alone' }).waitFor()
      expect(await foundedOf('Alone')).to.equal('2026-03-18')
      await day(person, '2026-03-18').getByRole('link', { name: 'Alone' }).focus()
      await page.keyboard.press('Shift+ArrowDown')
      await day(person, '2026-03-25').getByRole('link', { name: 'Alone' }).waitFor()
      await eventually(async () => (await foundedOf('Alone')) === '2026-03-25')
    }))

  it('begins a new record on the day that is pressed, and shows a week', () =>
    letting(enter(engine, { language: 'en', size: 'desk' }), async (person) => {
      const { page, t } = person
      await goTo(page, '/records/company?view=days&day=2026-03-05')
      await page.getByText(t('calendar.week'), { exact: true }).click()
      await eventually(async () => (await page.locator('.day').count()) === 7)
      await day(person, '2026-03-04').locator('.day-records').click()
      await page.waitForURL((url) => url.pathname === '/records/company/new')
      expect(new URL(page.url()).searchParams.get('set.founded')).to.equal('2026-03-04')
      await page.locator('[id="root_founded"]').waitFor()
      expect(await page.locator('[id="root_founded"]').inputValue()).to.match(/2026/)
    }))

  it('is a day with its week above it on a phone', () =>
    letting(enter(engine, { language: 'zh-CN', size: 'phone' }), async (person) => {
      const { page, t } = person
      await goTo(page, '/records/company?view=days&day=2026-03-11')
      await page.getByText(t('calendar.none')).waitFor()
      await page
        .getByRole('navigation', { name: t('calendar.days') })
        .getByText('10')
        .click()
      await page.getByRole('link', { name: 'Busy 5' }).waitFor()
      await expectSound(person)
    }))

  it('shows cards with the columns of the view', () =>
    letting(enter(engine, { language: 'en', size: 'desk' }), async (person) => {
      const { page } = person
      await goTo(page, '/records/company?view=gallery')
      const card = page.locator('.gallery-card', { hasText: 'Alone' })
      await card.getByText('Gold').waitFor()
      expect(await card.locator('dt').allTextContents()).to.deep.equal(['Level', 'Amount', 'Website'])
      await page.keyboard.press('j')
      await page.keyboard.press('x')
      await page.locator('.gallery-card.on.chosen', { hasText: 'Alone' }).waitFor()
      await expectSound(person)
      await page.keyboard.press('Escape')
      await card.getByRole('link', { name: 'Alone' }).click()
      await page.getByRole('heading', { level: 1, name: 'Alone' }).waitFor()
    }))
})
