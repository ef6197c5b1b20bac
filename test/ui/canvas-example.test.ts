import { expect } from 'chai'
import type { Locator } from 'playwright-core'
import { en as designerEn } from '../../designer/i18n/en.ts'
import { zhCN as designerZh } from '../../designer/i18n/zh-CN.ts'
import { inForce, openDraft, publishAll, type Written } from '../support/drafts.ts'
import { startEngine, type TestEngine } from '../support/engine.ts'
import type { Client } from '../support/http.ts'
import { enter, expectSound, letting, type Person } from './person.ts'
import { uiTemplate } from './ui-model.ts'
import { goTo } from './windows.ts'

const text = (en: string, zh: string) => ({ en, 'zh-CN': zh })

const lesson = {
  kind: 'entity',
  name: 'lesson',
  label: text('Lesson', '课程'),
  plural: text('Lessons', '课程'),
  title: 'name',
  fields: [
    { name: 'name', type: 'text', required: true, label: text('Name', '名称') },
    { name: 'day', type: 'date', label: text('Day', '日期') },
    { name: 'fee', type: 'currency', label: text('Fee', '学费') },
    { name: 'room', type: 'text', label: text('Room', '教室') },
    {
      name: 'sort',
      type: 'select',
      label: text('Sort', '课型'),
      options: [
        { name: 'solo', label: text('Solo', '独奏') },
        { name: 'band', label: text('Band', '合奏') },
      ],
    },
  ],
}

const definitions = [
  lesson,
  {
    ...{ kind: 'view', name: 'lessons', entity: 'lesson', type: 'table', label: text('Lessons', '课程') },
    columns: ['name', 'day'],
  },
  {
    ...{ kind: 'report', name: 'fees', entity: 'lesson', label: text('Fees', '学费') },
    measures: [{ fn: 'sum', field: 'fee' }],
  },
  {
    ...{ kind: 'dashboard', name: 'school', label: text('School', '学校') },
    tiles: [{ name: 'fees', report: 'fees' }],
    for: [{ role: 'administrator' }],
  },
  {
    ...{ kind: 'app', name: 'school_app', label: text('School', '学校') },
    nav: [{ entity: 'lesson', view: 'lessons' }],
  },
]

interface View extends Written {
  readonly type: string
  readonly columns: readonly unknown[]
}

describe('what is edited by example', () => {
  let engine: TestEngine
  let admin: Client

  before(async () => {
    engine = await startEngine({ template: uiTemplate })
    admin = await engine.loginAdmin()
    await publishAll(admin, definitions)
    const records = [
      { name: 'Scales', sort: 'solo', fee: 90, room: 'Blue', day: '2026-03-02' },
      { name: 'Big band', sort: 'band', fee: 40, room: 'Hall', day: '2026-03-03' },
      { name: 'Arpeggios', sort: 'solo', fee: 60 },
    ]
    for (const record of records) await admin.post('/api/records/lesson', record)
  })
  after(() => engine?.stop())

  const offer = ({ page }: Person, label: string) => page.locator('.palette-offer', { hasText: label })
  const save = async ({ page }: Person): Promise<void> => {
    const button = page.getByRole('button', { name: designerEn['designer.inForceNow'] })
    await button.click()
    await button.waitFor({ state: 'detached' })
  }
  const bar = ({ page }: Person, word: string) =>
    page.locator('.canvas-page-acts').getByText(word, { exact: true })
  const heads = ({ page }: Person) =>
    page
      .locator('.live th[data-path]')
      .evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset.path))

  /** Drags until the page shows where it would lie. */
  async function drag({ page }: Person, what: Locator, onto: Locator, lit: string): Promise<void> {
    const from = (await what.boundingBox())!
    await page.mouse.move(from.x + 40, from.y + from.height / 2)
    await page.mouse.down()
    await page.mouse.move(from.x + 60, from.y + from.height / 2 + 10, { steps: 3 })
    const to = (await onto.boundingBox())!
    await page.mouse.move(to.x + 12, to.y + to.height / 2, { steps: 6 })
    await page.locator(lit).first().waitFor()
    await page.mouse.up()
  }

  it('is a list: columns, order, filter and form changed where they are seen, and in force on save', () =>
    letting(enter(engine, { language: 'en', size: 'desk' }), async (person) => {
      const { page, t } = person
      await goTo(page, '/designer/view/lessons')
      await page.locator('.live tr[data-id]').nth(2).waitFor()
      await expectSound(person)
      // From the palette before a head; pressed it comes behind what is selected.
      await drag(person, offer(person, 'Fee'), page.locator('.live th[data-path="day"]'), '.live-line')
      await page.locator('.live th[data-path="fee"]').waitFor()
      await page.locator('.layout-tile', { hasText: 'Day' }).click()
      await offer(person, 'Room').click()
      await page.locator('.live th[data-path="room"]').waitFor()
      expect(await heads(person)).to.deep.equal(['name', 'fee', 'day', 'room'])
      // Keys on a tile and on a head; a sum under a column, a width by its edge.
      await page.locator('.layout-tile', { hasText: 'Room' }).focus()
      await page.keyboard.press('Alt+ArrowUp')
      await page.locator('.live th[data-path="day"] .head-main').focus()
      await page.keyboard.press('Shift+ArrowLeft')
      await page.locator('.live th[data-path="day"] .head-edge').focus()
      await page.keyboard.press('ArrowRight')
      await page.locator('.layout-tile', { hasText: 'Fee' }).click()
      await page.locator('[data-path="columns/1/total"] .ant-select').click()
      await page.locator('.ant-select-item-option', { hasText: 'Sum' }).click()
      await page.locator('.list-sums').getByText('190').waitFor()
      await page.locator('.layout-tile', { hasText: 'Day' }).press('Delete')
      await page.locator('.live th[data-path="day"]').waitFor({ state: 'detached' })
      expect(await heads(person)).to.deep.equal(['name', 'fee', 'room'])
      // A head sorts, the list's own builder filters.
      await page.locator('.live th[data-path="name"] .head-main').click()
      await page.locator('.live tr[data-id]').first().getByText('Arpeggios').waitFor()
      await page.locator('.live .filter-chip.add').click()
      const builder = page.getByRole('dialog')
      await builder.getByLabel(t('filter.value')).first().fill('s')
      await builder.getByRole('button', { name: t('filter.apply') }).click()
      await page.locator('.live .filter-chip:not(.add)').waitFor()
      await expectSound(person)
      await page.locator('.live .filter-x').click()
      // As a board, taken back by the draft's undo, and as a board again.
      await bar(person, designerEn['example.type.board']).click()
      await page.locator('.live .board-card').nth(2).waitFor()
      await expectSound(person)
      await page.getByRole('button', { name: t('act.undo'), exact: true }).click()
      await page.locator('.live tr[data-id]').first().waitFor()
      await bar(person, designerEn['example.type.calendar']).click()
      await page.locator('.live .calendar-days').waitFor()
      await bar(person, designerEn['example.type.cards']).click()
      await page.locator('.live .gallery-card').nth(2).waitFor()
      await bar(person, designerEn['example.type.board']).click()
      await page.locator('.live .board-card').nth(2).waitFor()
      await save(person)
      const stored = await inForce<View>(admin, 'view/lessons')
      expect(stored).to.deep.include({ type: 'board', group: 'sort', sort: ['name'] })
      expect(
        stored.columns.map((one) =>
          typeof one === 'string' ? one : (one as View & { field: string }).field,
        ),
      ).to.deep.equal(['name', 'fee', 'room'])
      expect(stored.columns[1]).to.deep.include({ field: 'fee', total: 'sum' })
      // Undo brings back what was before it was saved, to be saved again.
      await page.getByRole('button', { name: t('act.undo'), exact: true }).click()
      await page.locator('.live .gallery-card').nth(2).waitFor()
      await save(person)
      expect(await inForce<View>(admin, 'view/lessons')).to.deep.include({ type: 'cards' })
    }))

  it('is a report and a dashboard: groups, figures, charts and tiles, with live figures', () =>
    letting(enter(engine, { language: 'en', size: 'desk' }), async (person) => {
      const { page, t } = person
      await goTo(page, '/designer/report/fees')
      const report = page.locator('.live-report')
      await report.locator('.number-main').getByText('190').waitFor()
      await expectSound(person)
      // Pressed, a choice groups and a number is added up; dragged, a group goes where it is dropped.
      await offer(person, 'Sort').click()
      await report.locator('.figures th', { hasText: 'Solo' }).waitFor()
      await offer(person, designerEn['example.count']).click()
      await report.locator('.figures tbody tr', { hasText: 'Solo' }).getByText('150').waitFor()
      await drag(
        person,
        offer(person, 'Day'),
        page.locator('.layout-tile', { hasText: 'Sort' }),
        '.layout-tile.over',
      )
      await page.locator('.layout-tile', { hasText: designerEn['example.bucket.month'] }).waitFor()
      await report.locator('.figures th', { hasText: 'Mar 2026' }).first().waitFor()
      await page.locator('.layout-tile', { hasText: 'Day' }).press('Delete')
      await report.locator('.figures th', { hasText: 'Mar 2026' }).waitFor({ state: 'detached' })
      await page.locator('.live .ant-segmented').getByText(designerEn['example.chart.pie']).click()
      await report.locator('.report-chart canvas, .report-chart svg').first().waitFor()
      await expectSound(person)
      await bar(person, designerEn['example.form.list']).click()
      await report.getByText('Arpeggios').waitFor()
      await page.getByRole('button', { name: t('act.undo'), exact: true }).click()
      await page.locator('.layout-tile', { hasText: 'Sort' }).waitFor()
      await save(person)
      expect(await inForce<Written>(admin, 'report/fees')).to.deep.include({
        rows: ['sort'],
        measures: [{ fn: 'sum', field: 'fee' }, { fn: 'count' }],
        chart: { type: 'pie' },
      })
      await goTo(page, '/designer/dashboard/school')
      const slot = (name: string) => page.locator(`.tile-slot[data-tile="${name}"]`)
      await slot('fees').getByText('Fees').waitFor()
      await expectSound(person)
      await offer(person, 'Fees').click()
      await slot('fees_2').waitFor()
      await drag(person, offer(person, designerEn['example.text']), slot('fees'), '.tile-slot.over')
      await slot('text').waitFor()
      const order = () =>
        page.locator('.tile-slot').evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset.tile))
      expect(await order()).to.deep.equal(['text', 'fees', 'fees_2'])
      // Keys: to another place, larger, off; the corner pulls.
      await slot('text').locator('.tile-handle').focus()
      await page.keyboard.press('Alt+ArrowRight')
      await slot('fees_2').locator('.tile-handle').focus()
      await page.keyboard.press('Shift+ArrowRight')
      await page.keyboard.press('Shift+ArrowDown')
      const corner = (await slot('fees').locator('.tile-corner').boundingBox())!
      await page.mouse.move(corner.x + 8, corner.y + 8)
      await page.mouse.down()
      await page.mouse.move(corner.x + 900, corner.y + 8, { steps: 4 })
      await page.mouse.up()
      await slot('text').locator('.tile-handle').press('Delete')
      await slot('text').waitFor({ state: 'detached' })
      await expectSound(person)
      await save(person)
      expect((await inForce<Written>(admin, 'dashboard/school')).tiles).to.deep.equal([
        { name: 'fees', report: 'fees', width: 12 },
        { name: 'fees_2', report: 'fees', width: 8, height: 3 },
      ])
      // It opens first in an app: for those whom it is for.
      await goTo(page, '/designer/app/school_app')
      await page.getByText(designerEn['example.noHome']).waitFor()
      const first = page.getByRole('list', { name: designerEn['example.home'] })
      await drag(person, offer(person, 'School'), first.locator('.layout-open'), '.layout-open.over')
      await page.locator('.app-home .tile', { hasText: 'Fees' }).first().waitFor()
      await offer(person, 'Fees').click()
      await page.locator('.app-nav .nav-item', { hasText: 'Fees' }).waitFor()
      await expectSound(person)
      await page.getByRole('button', { name: t('act.undo'), exact: true }).click()
      await page.locator('.app-nav .nav-item', { hasText: 'Fees' }).waitFor({ state: 'detached' })
      await page.getByLabel(designerEn['example.asRole']).click()
      await page.locator('.ant-select-item-option', { hasText: 'Reader' }).first().click()
      await page.getByText(designerEn['example.noHome']).waitFor()
    }))

  it('is a list on a phone, and shows a field empty that only the draft has', () =>
    letting(enter(engine, { language: 'zh-CN', size: 'phone' }), async (person) => {
      const { page } = person
      await goTo(page, '/designer/entity/lesson?way=json')
      const hall = { name: 'hall', type: 'text', label: text('Hall', '大厅') }
      const id = await openDraft(admin, [{ ...lesson, fields: [...lesson.fields, hall] }])
      await page.evaluate((draft) => sessionStorage.setItem('tenon.draft', draft), id)
      await page.goto('/designer/view/lessons')
      await page.locator('.placed-tile').nth(2).waitFor()
      await page.getByRole('combobox', { name: person.t('columns.add') }).click()
      await page.locator('.ant-select-item-option', { hasText: '大厅' }).click()
      await page.getByRole('dialog').waitFor()
      await page.keyboard.press('Escape')
      await page.locator('.live-notes').getByText('大厅').waitFor()
      await page.locator('.live .gallery-card').nth(2).waitFor()
      await bar(person, designerZh['example.type.table']).click()
      await page.locator('.live .record-card').nth(2).waitFor()
      await expectSound(person)
    }))
})
