import { expect } from 'chai'
import { inForce, publishAll, type Written } from '../support/drafts.ts'
import { startEngine, type TestEngine } from '../support/engine.ts'
import type { Client } from '../support/http.ts'
import { eventually } from '../support/http-model.ts'
import { enter, expectSound, type Person, toastText } from './person.ts'
import { uiTemplate } from './ui-model.ts'
import { goTo } from './windows.ts'

const text = (en: string, zh: string) => ({ en, 'zh-CN': zh })

const view = (name: string, more: object) => ({ kind: 'view', name, type: 'board', ...more }) as Written

describe('a board in the browser', () => {
  let engine: TestEngine
  let admin: Client

  before(async () => {
    engine = await startEngine({ template: uiTemplate })
    admin = await engine.loginAdmin()
    const pipeline = await inForce<Written & { readonly stages: readonly { readonly name: string }[] }>(
      admin,
      'pipeline/sales',
    )
    const stages = pipeline.stages.map((stage) =>
      stage.name === 'won' ? { ...stage, requires: ['value'] } : stage,
    )
    const deal = await inForce<Written & { readonly fields: readonly object[] }>(admin, 'entity/deal')
    const size = {
      ...{ name: 'size', type: 'select', label: text('Size', '规模') },
      options: [
        { name: 'big', label: text('Big', '大单') },
        { name: 'small', label: text('Small', '小单') },
      ],
    }
    await publishAll(admin, [
      { ...deal, fields: [...deal.fields, size] },
      { ...pipeline, stages },
      view('deals', {
        entity: 'deal',
        group: 'stage',
        label: text('Board', '看板'),
        columns: ['name', 'company', { field: 'value', total: 'sum' }, 'owner'],
        limits: { contact: 5, offer: 8 },
      }),
      view('rows', {
        ...{ entity: 'deal', group: 'stage', lanes: 'size', label: text('Rows', '泳道') },
        columns: ['name', { field: 'value', total: 'sum' }],
        filter: { not_empty: [{ var: 'size' }] },
      }),
      view('levels', { entity: 'company', group: 'level', label: text('Levels', '级别'), columns: ['name'] }),
    ])
    const create = Array.from({ length: 24 }, (_, index) => ({ name: `Deal ${index + 1}`, value: 100 }))
    await admin.post('/api/records/deal/bulk', { create })
    await admin.post('/api/records/deal', { name: 'Ready', stage: 'offer', value: 7 })
    await admin.post('/api/records/deal', { name: 'Open', stage: 'offer' })
    await admin.post('/api/records/company', { name: 'Rough' })
    await admin.post('/api/records/company', { name: 'Fine', level: 'a' })
  })
  after(async () => engine?.stop())

  const stageOf = async (name: string) => {
    const filter = encodeURIComponent(JSON.stringify({ '==': [{ var: 'name' }, name] }))
    return (await admin.get(`/api/records/deal?filter=${filter}`)).records[0]?.stage
  }

  describe('at a desk', () => {
    let person: Person
    before(async () => {
      person = await enter(engine, { language: 'en', size: 'desk' })
    })
    after(() => person?.close())

    const lane = (label: string) => person.page.getByRole('region', { name: label, exact: true })
    const card = (name: string) => person.page.locator('.board-card', { hasText: name })

    it('shows a column for each stage, with how many and how much, and more on demand', async () => {
      const { page, t } = person
      await goTo(page, '/records/deal?view=deals')
      await lane('Contact').locator('.lane-over', { hasText: '24 / 5' }).waitFor()
      expect(
        await lane('Contact')
          .getByText(t('board.over', { count: 5 }))
          .count(),
      ).to.equal(1)
      expect(await lane('Offer').locator('.count').first().textContent()).to.include('2 / 8')
      expect(await lane('Offer').locator('.lane-over').count()).to.equal(0)
      await lane('Contact').locator('.board-sums').getByText('2,400').waitFor()
      expect(await lane('Contact').locator('.board-card').count()).to.equal(20)
      await lane('Contact')
        .getByRole('button', { name: t('board.moreOf', { count: 4 }) })
        .click()
      await eventually(async () => (await lane('Contact').locator('.board-card').count()) === 24)
      expect(await lane('Won').getByText(t('board.empty')).count()).to.equal(1)
      await expectSound(person)
    })

    it('moves a card that is dragged, and takes it back', async () => {
      const { page, t } = person
      await drag(person, card('Ready'), lane('Contact'))
      await toastText(person).getByText('Contact').waitFor()
      expect(await stageOf('Ready')).to.equal('contact')
      await lane('Contact').locator('.board-card', { hasText: 'Ready' }).waitFor()
      await page.getByRole('button', { name: t('act.undo') }).click()
      await lane('Offer').locator('.board-card', { hasText: 'Ready' }).waitFor()
      await lane('Contact').locator('.board-card', { hasText: 'Ready' }).waitFor({ state: 'detached' })
      expect(await stageOf('Ready')).to.equal('offer')
    })

    it('moves a card with the arrow keys', async () => {
      await card('Ready').getByRole('link', { name: 'Ready' }).focus()
      await person.page.keyboard.press('ArrowRight')
      await toastText(person).getByText('Won').waitFor()
      await lane('Won').locator('.board-card', { hasText: 'Ready' }).waitFor()
      expect(await stageOf('Ready')).to.equal('won')
    })

    it('asks for just what a stage still needs, and puts the card back where that is not given', async () => {
      const { page, t } = person
      await drag(person, card('Open'), lane('Won'))
      const sheet = page.getByRole('dialog')
      await sheet.getByLabel('Value').waitFor()
      await lane('Won').locator('.board-card.held', { hasText: 'Open' }).waitFor()
      await expectSound(person)
      await sheet.getByRole('button', { name: t('act.cancel') }).click()
      await lane('Offer').locator('.board-card', { hasText: 'Open' }).waitFor()
      expect(await stageOf('Open')).to.equal('offer')

      await card('Open')
        .getByRole('button', { name: t('board.move') })
        .click()
      await page.getByRole('menuitem', { name: 'Won' }).click()
      await sheet.getByLabel('Value').fill('5')
      await sheet.getByRole('button', { name: t('stage.move') }).click()
      await toastText(person).getByText('Won').waitFor()
      await lane('Won').locator('.board-card', { hasText: 'Open' }).waitFor()
      expect(await stageOf('Open')).to.equal('won')
    })

    it('takes no card where the pipeline lets none go', async () => {
      await drag(person, card('Deal 1').first(), lane('Lost'))
      expect(await person.page.locator('.board-card.held').count()).to.equal(0)
      expect(await lane('Lost').locator('.board-card').count()).to.equal(0)
    })

    it('has rows of a second field: a card takes both values, and gives both back', async () => {
      const { page, t } = person
      await admin.post('/api/records/deal', { name: 'Rowed', stage: 'offer', size: 'small', value: 3 })
      const sizeOf = async () => {
        const filter = encodeURIComponent(JSON.stringify({ '==': [{ var: 'name' }, 'Rowed'] }))
        const [record] = (await admin.get(`/api/records/deal?filter=${filter}`)).records
        return [record?.stage, record?.size]
      }
      await goTo(page, '/records/deal?view=rows')
      await lane('Small · Offer').locator('.board-card', { hasText: 'Rowed' }).waitFor()
      await page.locator('.board-heads').getByRole('heading', { name: 'Offer' }).waitFor()
      await expectSound(person)
      await lane('Small · Offer').scrollIntoViewIfNeeded()
      await drag(person, card('Rowed'), lane('Big · Won'))
      await lane('Big · Won').locator('.board-card', { hasText: 'Rowed' }).waitFor()
      await toastText(person).getByText('Won').waitFor()
      expect(await sizeOf()).to.deep.equal(['won', 'big'])
      await card('Rowed').getByRole('link', { name: 'Rowed' }).focus()
      await drag(person, card('Rowed'), lane('Small · Won'))
      await lane('Small · Won').locator('.board-card', { hasText: 'Rowed' }).waitFor()
      await eventually(async () => (await sizeOf()).join() === 'won,small')
      await page.getByRole('button', { name: t('act.undo') }).click()
      await lane('Big · Won').locator('.board-card', { hasText: 'Rowed' }).waitFor()
      await eventually(async () => (await sizeOf()).join() === 'won,big')
    })

    it('has columns of a choice as well, and one of those without any', async () => {
      const { page, t } = person
      await goTo(page, '/records/company?view=levels')
      await lane(t('board.none')).locator('.board-card', { hasText: 'Rough' }).waitFor()
      await drag(person, card('Rough'), lane('Gold'))
      await lane('Gold').locator('.board-card', { hasText: 'Rough' }).waitFor()
      await expectSound(person)
    })
  })

  describe('on a phone', () => {
    it('shows one column at a time on a phone, with a menu to move a card', async () => {
      const person = await enter(engine, { language: 'zh-CN', size: 'phone' })
      try {
        const { page, t } = person
        await goTo(page, '/records/deal?view=deals')
        await page.locator('.board-tabs').getByRole('button', { name: /接触/ }).waitFor()
        await page.locator('.board-card', { hasText: 'Deal 2' }).first().waitFor()
        await expectSound(person)
        const first = page.locator('.board-card').first()
        const name = (await first.getByRole('link').first().textContent())!
        await first.getByRole('button', { name: t('board.move') }).click()
        await page.getByRole('menuitem', { name: '报价' }).click()
        await toastText(person).getByText('报价').waitFor()
        expect(await stageOf(name)).to.equal('offer')
        await page.locator('.board-tabs').getByRole('button', { name: /报价/ }).click()
        await page.locator('.board-card', { hasText: name }).waitFor()
        await expectSound(person)
        // A board opens where cards are, whichever column that is.
        await goTo(page, `/records/deal?view=deals&q=${encodeURIComponent(name)}`)
        const opened = page.locator('.board-tabs [aria-current="true"]')
        await opened.getByText('报价').waitFor()
        await page.locator('.board-card', { hasText: name }).waitFor()
      } finally {
        await person.close()
      }
    })
  })
})

/** Takes a card in the hand and lets it go over a column. */
async function drag(
  { page }: Person,
  card: ReturnType<Person['page']['locator']>,
  lane: ReturnType<Person['page']['locator']>,
): Promise<void> {
  await card.scrollIntoViewIfNeeded()
  const [from, to] = [(await card.boundingBox())!, (await lane.boundingBox())!]
  await page.mouse.move(from.x + 20, from.y + from.height - 8)
  await page.mouse.down()
  await page.mouse.move(from.x + 40, from.y + from.height + 4, { steps: 3 })
  await page.mouse.move(to.x + to.width / 2, Math.min(to.y + Math.min(200, to.height / 2), 700), { steps: 6 })
  await page.mouse.up()
}
