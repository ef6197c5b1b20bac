import { expect } from 'chai'
import type { TestEngine } from '../support/engine.ts'
import type { Client } from '../support/http.ts'
import { startSales } from '../support/sales.ts'
import { enter, expectSound, inTurn, letting, type Person, toastText } from './person.ts'
import { goTo } from './windows.ts'

const DAY = 86_400_000
/** The day in the workspace's zone, so many days on. */
const day = (days: number): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short' }).format(
    Date.now() + days * DAY,
  )

describe('calls that are noted down', function () {
  this.timeout(180_000)
  let engine: TestEngine
  let admin: Client

  before(async () => {
    engine = await startSales()
    admin = await engine.loginAdmin()
  })
  after(async () => engine?.stop())

  const account = async (name: string, more: object = {}): Promise<string> =>
    (await admin.post('/api/records/account', { name, ...more })).record.id
  const callsOf = async (id: string) => (await admin.get(`/api/records/account/${id}/related/calls`)).records
  const tasksOf = async (id: string) => (await admin.get(`/api/records/account/${id}/related/tasks`)).records

  /** Presses of the mouse or of a key that is no letter of a text. */
  function counted({ page }: Person) {
    let presses = 0
    return {
      count: () => presses,
      click: async (what: string) => {
        presses++
        await page.locator(what).click()
      },
      press: async (key: string) => {
        presses++
        await page.keyboard.press(key)
      },
    }
  }

  for (const setting of inTurn('log 1'))
    it(`a caller becomes a customer with a call back in three days, in three steps (${setting.language}, ${setting.size})`, () =>
      letting(enter(engine, setting), async (person) => {
        const { page, t, phone } = person
        const name = `来电 ${setting.size}`
        await goTo(page, '/records/account')
        await page.locator('.list-body[aria-busy="false"]').waitFor()
        const steps = counted(person)
        if (phone) {
          await page.getByRole('button', { name: t('act.more') }).click()
          await steps.click('.ant-dropdown-menu-item:has-text("通话")')
        } else await steps.press('l')
        await page.locator('#log-who').fill(`${name} 0571-88880001`)
        await steps.click('.ant-select-item-option >> nth=0')
        // Stored without looking for how, whatever the form asks for.
        await page.locator('.quick-foot').waitFor()
        const isInSight = () =>
          document.querySelector('.quick-foot')!.getBoundingClientRect().bottom <= innerHeight
        await page.waitForFunction(isInSight)
        await page.locator('.next-step input').fill(setting.language === 'en' ? 'in 3 days' : '三天后')
        await page.locator('.next-said .icon').waitFor()
        await expectSound(person)
        await steps.click('.quick-form button[type="submit"]')
        await toastText(person).waitFor()
        expect(steps.count()).to.equal(3)

        const [made] = (
          await admin.get(
            `/api/records/account?filter=${encodeURIComponent(JSON.stringify({ '==': [{ var: 'name' }, name] }))}`,
          )
        ).records
        expect(made?.phone).to.equal('0571-88880001')
        const id = String(made?.id)
        expect(await callsOf(id)).to.have.length(1)
        expect((await callsOf(id))[0]).to.deep.include({ next_contact_on: day(3) })
        const [task] = await tasksOf(id)
        expect(task).to.deep.include({ type: 'call_back', status: 'open' })
        expect(String(task?.due_at)).to.equal(`${day(3)}T01:00:00.000Z`)
      }))

  it('a call is logged from a record in three presses, with what came of it', () =>
    letting(enter(engine, { language: 'en', size: 'desk' }), async (person) => {
      const { page } = person
      const id = await account('华兴机械', { phone: '0571-88880002' })
      await goTo(page, `/records/account/${id}`)
      await page.locator('.composer').waitFor()
      const steps = counted(person)
      await steps.press('l')
      await page.locator('#quick-subject').waitFor()
      await steps.click('#quick-outcome')
      await page.locator('.ant-select-dropdown:visible .ant-select-item-option').first().waitFor()
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('Enter')
      await steps.press('Control+Enter')
      await toastText(person).waitFor()
      expect(steps.count()).to.equal(3)
      const [call] = await callsOf(id)
      expect(call).to.deep.include({ subject: 'Call with 华兴机械', phone: '0571-88880002' })
      expect(call?.outcome).to.be.a('string')
      await page.locator('.timeline').getByRole('link', { name: 'Call with 华兴机械' }).waitFor()
    }))

  it('a call is logged from the palette, and from a row of a list by L', () =>
    letting(enter(engine, { language: 'zh-CN', size: 'desk' }), async (person) => {
      const { page, t } = person
      const id = await account('北辰重工')
      await goTo(page, '/records/account')
      await page.locator('tbody tr', { hasText: '北辰重工' }).waitFor()
      await page.keyboard.press('Control+k')
      await page.locator('.palette-input').fill('北辰')
      await page.locator('.palette-line', { hasText: t('composer.callWith', { title: '北辰重工' }) }).click()
      await page.locator('#quick-subject').waitFor()
      await page.locator('#quick-notes').fill('问了交期')
      await page.keyboard.press('Control+Enter')
      await toastText(person).waitFor()
      expect((await callsOf(id)).map(({ notes }) => notes)).to.deep.equal(['问了交期'])

      await page.keyboard.press('j')
      const first = await page.locator('tbody tr td.first a').first().textContent()
      await page.keyboard.press('l')
      await page.locator('.log-who').waitFor()
      expect(await page.locator('.log-who .strong').textContent()).to.equal(first)
    }))

  it('a next step without a time is asked for one, and nothing is stored', () =>
    letting(enter(engine, { language: 'en', size: 'desk' }), async (person) => {
      const { page, t } = person
      const id = await account('Untimed')
      await goTo(page, `/records/account/${id}`)
      await page.locator('.composer').waitFor()
      await page.keyboard.press('l')
      await page.locator('.next-step input').fill('send the quote')
      await page.keyboard.press('Control+Enter')
      await page.locator('.next-said.field-problem', { hasText: t('next.unclear') }).waitFor()
      expect(await callsOf(id)).to.deep.equal([])
      await expectSound(person)
    }))

  it('where the next step is refused the call stands, and is not made twice', () =>
    letting(enter(engine, { language: 'en', size: 'desk' }), async (person) => {
      const { page } = person
      const id = await account('Half')
      await goTo(page, `/records/account/${id}`)
      await page.locator('.composer').waitFor()
      await page.keyboard.press('l')
      await page.locator('.next-step input').fill('tomorrow 3pm send the quote')
      await page.locator('.next-said .icon').waitFor()
      await page.route('**/api/records/task', (route) => route.abort())
      await page.keyboard.press('Control+Enter')
      await page.locator('.next-said.field-problem').waitFor()
      expect(await callsOf(id)).to.have.length(1)
      await page.unroute('**/api/records/task')
      await page.locator('#quick-notes').fill('They want two.')
      await page.keyboard.press('Control+Enter')
      await toastText(person).waitFor()
      expect((await callsOf(id)).map(({ notes }) => notes)).to.deep.equal(['They want two.'])
      expect((await tasksOf(id)).map(({ subject }) => subject)).to.deep.equal(['send the quote'])
    }))

  for (const { language, words, said } of [
    { language: 'en', words: '后天下午3点', said: /15:00$/ },
    { language: 'zh-CN', words: 'in 2 days at 3pm', said: /15:00$/ },
  ] as const)
    it(`a time in words is understood in both languages and shown before it is stored (${language})`, () =>
      letting(enter(engine, { language, size: 'desk' }), async (person) => {
        const { page } = person
        const id = await account(`Words ${language}`)
        await goTo(page, `/records/account/${id}`)
        await page.locator('.composer').waitFor()
        await page.keyboard.press('t')
        await page.locator('#quick-subject').fill('Visit')
        const due = page.locator('#quick-due_at')
        await due.click()
        await due.pressSequentially(words)
        await page.locator('.time-said', { hasText: said }).waitFor()
        expect(await due.inputValue()).to.equal(words)
        await expectSound(person)
        await due.press('Enter')
        await page.locator(`#quick-due_at[value="${day(2)} 15:00"]`).waitFor()
        // What is not understood changes nothing.
        await due.fill('some day')
        await page.locator('.time-said:not(.idle)').waitFor()
        await due.press('Control+Enter')
        await toastText(person).waitFor()
        expect(String((await tasksOf(id))[0]?.due_at)).to.equal(`${day(2)}T07:00:00.000Z`)
      }))

  it('a form takes a day in words, with Escape for what was there', () =>
    letting(enter(engine, { language: 'en', size: 'desk' }), async (person) => {
      const { page } = person
      const id = await account('Form', { next_contact_on: '2030-01-02' })
      await goTo(page, `/records/account/${id}/edit`)
      const next = page.locator('#root_next_contact_on')
      await next.fill('in 3 days')
      await page.locator('.time-said .icon').waitFor()
      await next.press('Escape')
      await page.locator('#root_next_contact_on[value="2030-01-02"]').waitFor()
      await next.fill('三天后')
      await page.locator('.time-said .icon').waitFor()
      await page.keyboard.press('Control+s')
      await page.waitForURL(`**/records/account/${id}`)
      expect((await admin.get(`/api/records/account/${id}`)).record.next_contact_on).to.equal(day(3))
    }))
})
