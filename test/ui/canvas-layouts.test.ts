import { expect } from 'chai'
import type { Locator } from 'playwright-core'
import { en as designerEn } from '../../designer/i18n/en.ts'
import { zhCN as designerZh } from '../../designer/i18n/zh-CN.ts'
import { inForce, publishAll, type Written } from '../support/drafts.ts'
import { startEngine, type TestEngine } from '../support/engine.ts'
import type { Client } from '../support/http.ts'
import { enter, expectSound, letting, type Person } from './person.ts'
import { uiTemplate } from './ui-model.ts'
import { goTo } from './windows.ts'

const text = (en: string, zh: string) => ({ en, 'zh-CN': zh })

const definitions = [
  {
    kind: 'role',
    name: 'teacher',
    label: text('Teacher', '老师'),
    entities: { lesson: { read: 'all', create: true, update: 'all', fields: { fee: { read: false } } } },
  },
  {
    kind: 'entity',
    name: 'lesson',
    label: text('Lesson', '课程'),
    plural: text('Lessons', '课程'),
    title: 'name',
    features: ['comments'],
    fields: [
      { name: 'name', type: 'text', required: true, label: text('Name', '名称') },
      { name: 'day', type: 'date', label: text('Day', '日期') },
      { name: 'fee', type: 'currency', label: text('Fee', '学费') },
      { name: 'room', type: 'text', label: text('Room', '教室') },
      { name: 'place', type: 'lookup', to: 'company', inverse: 'lessons', label: text('Place', '地点') },
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
  },
  {
    kind: 'entity',
    name: 'pupil',
    label: text('Pupil', '学员'),
    plural: text('Pupils', '学员'),
    title: 'name',
    fields: [
      { name: 'name', type: 'text', label: text('Name', '姓名') },
      {
        ...{ name: 'lesson', type: 'lookup', to: 'lesson', onDelete: 'clear', inverse: 'pupils' },
        ...{ inverseLabel: text('Pupils', '学员'), label: text('Lesson', '课程') },
      },
    ],
  },
  {
    kind: 'layout',
    name: 'lesson_page',
    entity: 'lesson',
    label: text('Lesson page', '课程页面'),
    form: [
      { name: 'basics', label: text('Basics', '基本信息'), columns: 2, fields: ['name', 'day'] },
      { name: 'money', label: text('Money', '费用'), fields: ['fee'] },
    ],
    page: { highlights: ['day'], tabs: [{ name: 'details' }] },
  },
]

const bandPage = {
  kind: 'layout',
  name: 'band_page',
  entity: 'lesson',
  label: text('Page of a band', '合奏页面'),
  where: [{ field: 'sort', is: ['band'] }],
  form: [{ name: 'band', label: text('The band', '乐队'), fields: ['name', 'sort', 'room'] }],
  page: { highlights: ['room'], tabs: [{ name: 'details' }] },
}

interface Layout extends Written {
  readonly form: readonly { readonly name: string; readonly fields: readonly string[] }[]
  readonly page: {
    readonly highlights: readonly string[]
    readonly tabs: readonly { readonly name: string }[]
  }
}

describe('the picture of a layout', () => {
  let engine: TestEngine
  let admin: Client
  let band: string

  before(async () => {
    engine = await startEngine({ template: uiTemplate })
    admin = await engine.loginAdmin()
    await publishAll(admin, [...definitions, bandPage])
    band = (await admin.post('/api/records/lesson', { name: 'Big band', sort: 'band', room: 'Hall' })).record
      .id
    await admin.post('/api/records/lesson', { name: 'Scales', fee: 90, room: 'Blue' })
  })
  after(() => engine?.stop())

  const section = ({ page }: Person, name: string) => page.locator(`.layout-section[data-section="${name}"]`)
  const fieldsOf = (within: Locator) =>
    within
      .locator('.layout-slot[data-field]')
      .evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset.field))
  const side = ({ page }: Person) => page.locator('.canvas-page-side')
  const surface = async ({ page }: Person, word: string): Promise<void> =>
    page.locator('.canvas-page-acts').getByText(word, { exact: true }).click()

  /** Drags until the place shows that it takes what is dragged. */
  async function drag({ page }: Person, what: Locator, onto: () => Locator, lit: string): Promise<void> {
    const from = (await what.boundingBox())!
    await page.mouse.move(from.x + 40, from.y + from.height / 2)
    await page.mouse.down()
    await page.mouse.move(from.x + 60, from.y + from.height / 2 + 10, { steps: 3 })
    const to = (await onto().boundingBox())!
    await page.mouse.move(to.x + 30, to.y + to.height / 2, { steps: 6 })
    await page.locator(lit).first().waitFor()
    await page.mouse.up()
  }

  it('places, moves and takes off by dragging and by keys, is seen as a role sees it, and comes into force', () =>
    letting(enter(engine, { language: 'en', size: 'desk' }), async (person) => {
      const { page } = person
      await goTo(page, '/designer/layout/lesson_page')
      await section(person, 'basics').waitFor()
      await expectSound(person)
      const offer = (label: string) => page.locator('.palette-offer', { hasText: label })
      // From the palette before the first field; then to the end of the other section.
      await drag(
        person,
        offer('Room'),
        () => section(person, 'basics').locator('[data-field="name"]'),
        '.layout-tile.over',
      )
      await offer('Room').waitFor({ state: 'detached' })
      expect(await fieldsOf(section(person, 'basics'))).to.deep.equal(['room', 'name', 'day'])
      const tile = (name: string) => page.locator(`.layout-slot[data-field="${name}"] .layout-tile`)
      await drag(
        person,
        tile('room'),
        () => section(person, 'money').locator('.layout-open'),
        '.layout-open.over',
      )
      expect(await fieldsOf(section(person, 'money'))).to.deep.equal(['fee', 'room'])
      // Keys: over the edge of its section and back, off, and back by a press on the palette.
      await tile('fee').focus()
      await page.keyboard.press('Alt+ArrowUp')
      expect(await fieldsOf(section(person, 'basics'))).to.deep.equal(['name', 'day', 'fee'])
      await tile('day').focus()
      await page.keyboard.press('Delete')
      await offer('Day').waitFor()
      await section(person, 'money').locator('.layout-section-head').click()
      await offer('Day').click()
      expect(await fieldsOf(section(person, 'money'))).to.deep.equal(['room', 'day'])
      // In as many columns as it should have.
      await section(person, 'money').locator('.layout-section-head').click()
      const columns = side(person).locator('[data-path="form/1/columns"]')
      await columns.locator('.ant-select').click()
      await page.locator('.ant-select-item-option', { hasText: '3' }).click()
      await section(person, 'money').locator('.layout-grid.columns-3').waitFor()
      // A new section, with a condition by words, dragged to the front.
      await page.locator('.layout-add').click()
      await section(person, 'section').waitFor()
      await side(person).locator('input[lang="en"]').fill('Where')
      await side(person).locator('input[lang="zh-CN"]').fill('地点')
      // It is named after what it is called.
      const fresh = section(person, 'where')
      const shown = side(person).locator('[data-path="form/2/visibleWhen"]')
      await shown.getByText(designerEn['inspector.ruleWay.write'], { exact: true }).click()
      await shown.locator('textarea').fill('fee > 50')
      await fresh.locator('.chip').waitFor()
      await offer('Place').click()
      expect(await fieldsOf(fresh)).to.deep.equal(['place'])
      await drag(
        person,
        fresh.locator('.layout-section-head'),
        () => section(person, 'basics').locator('.layout-section-head'),
        '.layout-section.over',
      )
      expect(
        await page
          .locator('.layout-section')
          .evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset.section)),
      ).to.deep.equal(['where', 'basics', 'money'])
      await expectSound(person)
      // The page: another field at the top, a component below.
      await surface(person, designerEn['layouts.surface.page'])
      await offer('Fee').click()
      await offer(designerEn['layouts.tab.history']).click()
      // A list of related records, dragged before what is there.
      await drag(
        person,
        offer('Pupils'),
        () => page.locator('.layout-tile', { hasText: designerEn['layouts.tab.history'] }),
        '.layout-tile.over',
      )
      await offer(designerEn['layouts.tab.comments']).waitFor()
      await expectSound(person)
      // As a teacher, who sees no fee; the condition looks at what is stored, and follows what is typed.
      await surface(person, designerEn['layouts.surface.preview'])
      const form = page.locator('.layout-device')
      await form.locator('[data-section="where"]').getByText('Where').waitFor()
      await form.locator('[id="root_fee"]').fill('20')
      await form.locator('[data-section="where"]').waitFor({ state: 'detached' })
      await page.getByLabel(designerEn['layouts.asRole']).click()
      await page.locator('.ant-select-item-option', { hasText: 'Teacher' }).click()
      await form.locator('[data-field="fee"]').waitFor({ state: 'detached' })
      await form.locator('[id="root_name"]').waitFor()
      await page.locator('.preview-bar').getByText('中文', { exact: true }).click()
      await form.getByText('教室').waitFor()
      await page
        .locator('.preview-bar')
        .getByText(designerEn['layouts.device.phone'], { exact: true })
        .click()
      await page.locator('.layout-device.as-phone').waitFor()
      await page
        .locator('.preview-bar')
        .getByText(designerEn['layouts.surface.page'], { exact: true })
        .click()
      await form.getByRole('heading', { name: 'Scales', includeHidden: true }).waitFor()
      await expectSound(person)
      await page.getByRole('button', { name: designerEn['drafts.review'] }).click()
      await page.locator('.review-step').first().waitFor()
      await page.getByRole('button', { name: designerEn['drafts.publish'], exact: true }).click()
      await page.waitForURL((url) => url.pathname === '/designer/versions')
      const layout = await inForce<Layout>(admin, 'layout/lesson_page')
      expect(layout.form.map(({ name, fields }) => [name, fields])).to.deep.equal([
        ['where', ['place']],
        ['basics', ['name', 'fee']],
        ['money', ['room', 'day']],
      ])
      expect([layout.page.highlights, layout.page.tabs.map(({ name }) => name)]).to.deep.equal([
        ['day', 'fee'],
        ['details', 'pupils', 'history'],
      ])
      expect((layout.form[2] as { columns?: number }).columns).to.equal(3)
      expect(layout.page.tabs[1]).to.deep.include({ related: 'pupils' })
    }))

  it('is for some records: chosen by options, previewed with one of them, met on their page', () =>
    letting(enter(engine, { language: 'en', size: 'desk' }), async (person) => {
      const { page } = person
      await goTo(page, '/designer/layout/band_page#where/0/is')
      const is = page.locator('[data-path="where/0/is"]')
      await is.locator('.ant-select-selection-item').getByText('band').waitFor()
      await is.getByRole('combobox').click()
      await page.locator('.ant-select-item-option', { hasText: 'Solo' }).waitFor()
      await page.keyboard.press('Escape')
      await expectSound(person)
      // The newest record is none of a band: the preview takes one that is.
      await goTo(page, '/designer/layout/band_page')
      await surface(person, designerEn['layouts.surface.preview'])
      await page.locator('.layout-device [data-section="band"]').waitFor()
      expect(await page.locator('.layout-device [id="root_name"]').inputValue()).to.equal('Big band')
      expect(await page.locator('.layout-other').count()).to.equal(0)
      await goTo(page, `/records/lesson/${band}/edit`)
      await page.locator('#record-form [data-section="band"]').waitFor()
      await goTo(page, `/records/lesson/${band}`)
      await page.locator('.record-facts').getByText('The band').waitFor()
      await expectSound(person)
    }))

  it('is arranged on a phone, and begins with what is generated', () =>
    letting(enter(engine, { language: 'zh-CN', size: 'phone' }), async (person) => {
      const { page, t } = person
      await goTo(page, '/designer/layout/lesson_page')
      await section(person, 'money').locator('.layout-section-head').click()
      const sheet = page.getByRole('dialog')
      await sheet.locator('[data-path$="/label"]').waitFor()
      await expectSound(person)
      await sheet.getByRole('button', { name: designerZh['layouts.up'] }).click()
      await page
        .locator('.layout-section[data-section="money"]:not(:last-child)')
        .waitFor({ state: 'attached' })
      await page.keyboard.press('Escape')
      await goTo(page, '/designer/layout')
      await page.getByRole('button', { name: designerZh['designer.new'] }).click()
      await page.locator('#definition-label-en').fill('Plain')
      await page.getByRole('button', { name: designerZh['roles.begin'] }).click()
      await page.locator('[data-path="entity"] input').fill('lesson')
      await page.getByRole('button', { name: designerZh['layouts.arrange'] }).click()
      await section(person, 'details').waitFor()
      expect(await fieldsOf(section(person, 'details'))).to.deep.equal([
        'name',
        'day',
        'fee',
        'room',
        'place',
        'sort',
      ])
      await page.getByRole('button', { name: t('act.undo'), exact: true }).click()
      await page.getByText(designerZh['layouts.generated']).waitFor()
      await expectSound(person)
    }))
})
