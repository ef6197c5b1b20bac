import { expect } from 'chai'
import type { Locator, Page } from 'playwright-core'
import { startEngine, type TestEngine } from '../support/engine.ts'
import { eventually } from '../support/http-model.ts'
import { countDrawn, drawnSoFar } from './drawn.ts'
import { enter, enterAlone, expectSound, inTurn, letting, type Person } from './person.ts'
import { uiTemplate } from './ui-model.ts'
import { goTo } from './windows.ts'

const COUNT = 130
const GOLD = 13

/** `Firm 001` to `Firm 130`: every tenth is gold, amounts rise with the number. */
const firms = Array.from({ length: COUNT }, (_, index) => ({
  name: `Firm ${String(index + 1).padStart(3, '0')}`,
  code: `F${index + 1}`,
  level: (index + 1) % 10 === 0 ? 'a' : 'b',
  amount: (index + 1) * 10,
}))

describe('a list in the browser', () => {
  let engine: TestEngine

  before(async () => {
    engine = await startEngine({ template: uiTemplate })
    const admin = await engine.loginAdmin()
    const answer = await admin.post('/api/records/company/bulk', { create: firms })
    expect(answer.status).to.equal(200)
  })
  after(async () => engine?.stop())

  for (const setting of inTurn('list 2')) {
    describe(`(${setting.language}, ${setting.size})`, () => {
      let person: Person
      before(async () => {
        person = await enterAlone(engine, setting)
      })
      after(async () => person?.close())

      it('shows the view’s columns and how many there are', async () => {
        const { page, t, phone } = person
        const asked: string[] = []
        page.on('request', (request) => asked.push(new URL(request.url()).pathname))
        await countDrawn(page)
        await page.goto('/records/company')
        expect(await firstNames(person, 2)).to.deep.equal(['Firm 001', 'Firm 002'])
        await page.locator('.bar .count', { hasText: String(COUNT) }).waitFor()
        if (!phone) {
          const heads = await page.locator('.records th:not(.choice-cell)').allTextContents()
          expect(heads).to.have.length(6)
          await page
            .locator('.list-sums')
            .getByText(t('total.sum', { field: phone ? '' : setting.language === 'en' ? 'Amount' : '金额' }))
            .waitFor()
        }
        await expectSound(person)
        // A page that is built twice asks twice.
        const twice = ['/api/auth/me', '/api/meta/model', '/api/events', '/api/views'].filter(
          (path) => asked.filter((one) => one === path).length !== 1,
        )
        expect(twice).to.deep.equal([])
      })

      it('draws anew what has changed: two rows when another one is active', async () => {
        const { page, phone } = person
        if (phone) return // which has no keys to move by
        await page.locator('.records tbody tr[data-id]').nth(40).waitFor({ state: 'attached' })
        await page.keyboard.press('j')
        await page.locator('.records tr.on').waitFor()
        const before = await drawnSoFar(page)
        for (const _ of [1, 2, 3]) await page.keyboard.press('j')
        await page.locator('.records tbody tr[data-id]').nth(3).and(page.locator('.on')).waitFor()
        const drawn = (await drawnSoFar(page)) - before
        const rowsDrawnAlways = 3 * 40 * 20 // of forty rows, each of some twenty parts
        expect(drawn)
          .to.be.above(0)
          .and.below(rowsDrawnAlways / 3)
      })

      it('loads on while scrolling, every record once and in order', async () => {
        const { page, t } = person
        const seen = new Set<string>()
        await page.waitForFunction(() => document.querySelector('.list-body') !== null)
        await eventually(async () => {
          for (const name of await names(person)) seen.add(name)
          await page.locator('.list-body').evaluate((body) => {
            body.scrollBy(0, 400)
            return new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))
          })
          return seen.has(`Firm ${COUNT}`)
        })
        expect([...seen].sort()).to.deep.equal(firms.map((firm) => firm.name))
        await page
          .locator('.list-foot')
          .getByText(t('list.shown', { shown: COUNT, count: COUNT }))
          .waitFor()
      })

      it('sorts, and the browser’s Back takes it back', async () => {
        const { page, t } = person
        await goTo(page, '/records/company')
        await page.getByRole('button', { name: t('sort.title') }).click()
        const label = setting.language === 'en' ? 'Amount' : '金额'
        await page.getByRole('menuitem', { name: t('sort.down', { field: label }) }).click()
        await expectFirst(person, 'Firm 130')
        expect(new URL(page.url()).searchParams.get('sort')).to.equal('-amount')
        await page.goBack()
        await expectFirst(person, 'Firm 001')
      })

      it('searches, and tells what a search hides', async () => {
        const { page, t } = person
        const box = page.getByRole('searchbox')
        await box.fill('Firm 077')
        await expectFirst(person, 'Firm 077')
        expect(new URL(page.url()).searchParams.get('q')).to.equal('Firm 077')
        await box.fill('nobody is called so')
        await page.getByText(t('list.without', { number: COUNT })).waitFor()
        await expectSound(person)
        await page.locator('.btn', { hasText: t('list.clearSearch') }).click()
        await expectFirst(person, 'Firm 001')
        expect(await box.inputValue()).to.equal('')
      })

      it('filters by what a person builds, and the address keeps it', async () => {
        const { page, t } = person
        const label = setting.language === 'en' ? 'Level' : '级别'
        const gold = setting.language === 'en' ? 'Gold' : '金牌'
        await page.getByRole('button', { name: t('filter.add') }).click()
        const panel = page.getByRole('dialog')
        await panel.getByRole('combobox', { name: t('filter.field') }).click()
        await page.locator('.ant-select-item-option', { hasText: label }).first().click()
        await panel.getByRole('combobox', { name: t('filter.value') }).click()
        await page.locator('.ant-select-item-option', { hasText: gold }).click()
        await expectSound(person)
        await panel.getByRole('button', { name: t('filter.apply') }).click()
        await expectFirst(person, 'Firm 010')
        await page.locator('.bar .count', { hasText: String(GOLD) }).waitFor()
        await page.reload()
        await expectFirst(person, 'Firm 010')
        const condition = `${label} ${t('operator.is')} ${gold}`
        await page.getByRole('button', { name: t('filter.remove', { condition }) }).click()
        await expectFirst(person, 'Firm 001')
      })

      it('changes between views', async () => {
        const { page } = person
        await page
          .getByRole('button', { name: setting.language === 'en' ? 'Gold companies' : '金牌公司' })
          .click()
        await expectFirst(person, 'Firm 130')
        await page.locator('.bar .count', { hasText: String(GOLD) }).waitFor()
      })

      it('changes its language at once, labels and texts alike', async () => {
        const { page, t, phone } = person
        const other =
          setting.language === 'en'
            ? { name: '中文', title: '公司' }
            : { name: 'English', title: 'Companies' }
        const back = setting.language === 'en' ? 'English' : '中文'
        await openPersonActs(person, phone ? t('frame.more') : t('person.menu', { name: 'Admin' }))
        await page.getByText(other.name, { exact: true }).last().click()
        await page.locator('h1', { hasText: other.title }).waitFor()
        expect(await page.locator('html').getAttribute('lang')).to.equal(
          setting.language === 'en' ? 'zh-CN' : 'en',
        )
        if (!phone) await openPersonActs(person, /Admin/)
        await page.getByText(back, { exact: true }).last().click()
        await page
          .locator('html')
          .and(page.locator(`[lang="${setting.language}"]`))
          .waitFor()
        expect(person.faults).to.deep.equal([])
      })
    })
  }

  describe('by keyboard', () => {
    let person: Person
    before(async () => {
      person = await enter(engine, { language: 'en', size: 'desk' })
      await goTo(person.page, '/records/company')
      await expectFirst(person, 'Firm 001')
    })
    after(async () => person?.close())

    it('goes through the rows with J and K and opens one with Enter', async () => {
      const { page } = person
      for (const key of ['j', 'j', 'j', 'k', 'ArrowDown', 'ArrowUp']) await page.keyboard.press(key)
      expect(await page.locator('tr.on a').first().textContent()).to.equal('Firm 002')
      await page.keyboard.press('Enter')
      await page.getByRole('heading', { level: 1, name: 'Firm 002' }).waitFor()
      await page.goBack()
    })

    it('shows all keys with ?', async () => {
      const { page, t } = person
      await expectFirst(person, 'Firm 001')
      await page.keyboard.press('?')
      const sheet = page.getByRole('dialog', { name: t('keys.title') })
      await sheet.getByText(t('keys.list.choose')).waitFor()
      await expectSound(person)
      await page.keyboard.press('Escape')
      await sheet.waitFor({ state: 'detached' })
    })

    it('searches with /, leaves with Escape, creates with C', async () => {
      const { page } = person
      await expectFirst(person, 'Firm 001')
      await page.keyboard.press('/')
      await page.keyboard.type('Firm 05c')
      expect(await page.getByRole('searchbox').inputValue()).to.equal('Firm 05c')
      await page.keyboard.press('Escape')
      await page.keyboard.press('Escape')
      await page.keyboard.press('c')
      await page.waitForURL((url) => url.pathname === '/records/company/new')
      expect(person.faults).to.deep.equal([])
    })
  })

  it('gives the usual acts on a card of a phone, pulled aside or by its button', () =>
    letting(enter(engine, { language: 'zh-CN', size: 'phone' }), async (person) => {
      const { page, t } = person
      await goTo(page, '/records/company')
      const card = page.locator('.record-card').first()
      const title = (await card.locator('.card-link').textContent()) ?? ''
      const left = () => card.locator('.card-slide').evaluate((element) => element.scrollLeft)
      expect(await left()).to.equal(0)
      const finger = await touch(page)
      const box = (await card.boundingBox())!
      const [x, y] = [box.x + box.width * 0.6, box.y + box.height / 2]
      // Aside by the thumb: it follows, rests with its acts in sight, and goes back the same way.
      await finger.drag({ x, y }, { x: x - 160, y: y + 4 })
      await resting(card, 'aside')
      const call = card.getByRole('button', { name: t('swipe.assignOf', { title }) })
      const act = (await call.boundingBox())!
      expect(act.x + act.width).to.be.at.most(391)
      expect(new URL(page.url()).pathname, 'nothing was opened').to.equal('/records/company')
      await finger.drag({ x: 60, y }, { x: 240, y: y + 4 })
      await resting(card, 'back')
      // A little is no swipe, and up or down, somewhat askew as thumbs go, it is the list that moves.
      await finger.drag({ x, y }, { x: x - 30, y })
      await resting(card, 'back')
      await finger.drag({ x, y: y + 300 }, { x: x - 40, y })
      await page.waitForFunction(() => (document.querySelector('.list-body')?.scrollTop ?? 0) > 100)
      const pulled = await page.$$eval('.card-slide', (all) => all.filter(({ scrollLeft }) => scrollLeft > 0))
      expect(pulled).to.deep.equal([])
      await finger.drag({ x, y }, { x, y: y + 600 })
      await page.waitForFunction(() => document.querySelector('.list-body')?.scrollTop === 0)
      await card.getByRole('button', { name: t('swipe.more', { title }) }).click()
      const assign = card.getByRole('button', { name: t('swipe.assignOf', { title }) })
      await page.waitForFunction(
        () => (document.querySelector('.record-card .card-slide')?.scrollLeft ?? 0) > 40,
      )
      await expectSound(person)
      await assign.click()
      await page.getByRole('dialog').getByText(t('owner.transfer')).first().waitFor()
      expect(await left()).to.equal(0)
      await expectSound(person)
    }))
})

const rows = ({ page, phone }: Person) =>
  page.locator(phone ? '.record-card .card-link' : '.records .name-cell a')

const names = (person: Person): Promise<string[]> => rows(person).allTextContents()

async function firstNames(person: Person, count: number): Promise<string[]> {
  await rows(person).first().waitFor()
  return (await names(person)).slice(0, count)
}

async function expectFirst(person: Person, name: string): Promise<void> {
  await rows(person)
    .first()
    .and(person.page.getByText(name, { exact: true }))
    .waitFor()
}

async function openPersonActs({ page }: Person, name: string | RegExp): Promise<void> {
  await page.getByRole('button', { name, exact: typeof name === 'string' }).click()
}

/** A finger on the glass, which the browser takes for one: it scrolls and presses as on a phone. */
async function touch(page: Page) {
  const session = await page.context().newCDPSession(page)
  const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...touchPoints: Point[]) =>
    session.send('Input.dispatchTouchEvent', { type, touchPoints })
  return {
    async drag(from: Point, to: Point): Promise<void> {
      const steps = 12
      await send('touchStart', from)
      for (let step = 1; step <= steps; step++) {
        const part = step / steps
        await send('touchMove', { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part })
      }
      // It stands before it lifts: nothing is thrown.
      for (let frame = 0; frame < 5; frame++)
        await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(drawn)))
      await send('touchEnd')
    },
  }
}

interface Point {
  readonly x: number
  readonly y: number
}

/** The card comes to stand at one of its ends. */
async function resting(card: Locator, where: 'aside' | 'back'): Promise<void> {
  const slide = await card.locator('.card-slide').elementHandle()
  await card
    .page()
    .waitForFunction(
      ([element, isAside]) =>
        Math.abs(element!.scrollLeft - (isAside ? element!.scrollWidth - element!.clientWidth : 0)) < 1.5,
      [slide, where === 'aside'] as const,
    )
}
