import { expect } from 'chai'
import { en as designerEn } from '../../designer/i18n/en.ts'
import { zhCN as designerZh } from '../../designer/i18n/zh-CN.ts'
import { publishAll } from '../support/drafts.ts'
import { startEngine, type TestEngine } from '../support/engine.ts'
import type { Client } from '../support/http.ts'
import { drawLine } from './draw.ts'
import { enter, expectSound, inTurn, letting, type Person, type Setting } from './person.ts'
import { uiTemplate } from './ui-model.ts'
import { goTo } from './windows.ts'

const DESK: Setting = { language: 'en', size: 'desk' }

const definitions = [
  {
    ...{ kind: 'entity', name: 'task', title: 'name', owned: true, label: { en: 'Task', 'zh-CN': '任务' } },
    fields: [
      { name: 'name', type: 'text' },
      { name: 'lesson', type: 'lookup', to: 'lesson', onDelete: 'clear' },
    ],
  },
  {
    kind: 'entity',
    name: 'lesson',
    owned: true,
    label: { en: 'Lesson', 'zh-CN': '课程' },
    plural: { en: 'Lessons', 'zh-CN': '课程' },
    title: 'name',
    fields: [
      { name: 'name', type: 'text', label: { en: 'Name', 'zh-CN': '名称' } },
      { name: 'stage', type: 'stage', label: { en: 'Stage', 'zh-CN': '阶段' } },
      { name: 'reason', type: 'text', label: { en: 'Why dropped', 'zh-CN': '放弃原因' } },
    ],
  },
  {
    kind: 'pipeline',
    name: 'lesson_stages',
    entity: 'lesson',
    field: 'stage',
    label: { en: 'Lessons', 'zh-CN': '课程流程' },
    stalled: { after: 'P14D' },
    stages: [
      {
        name: 'asked',
        type: 'open',
        next: ['planned'],
        requires: ['name'],
        label: { en: 'Asked for', 'zh-CN': '咨询' },
      },
      {
        name: 'planned',
        type: 'open',
        probability: 0.5,
        next: ['held', 'dropped'],
        milestones: [{ name: 'confirmed', label: { en: 'Confirmed by phone', 'zh-CN': '电话确认' } }],
        todo: [{ name: 'call', label: { en: 'Call', 'zh-CN': '打电话' } }],
        label: { en: 'Planned', 'zh-CN': '计划' },
      },
      { name: 'held', type: 'won', label: { en: 'Held', 'zh-CN': '已上课' } },
      {
        name: 'dropped',
        type: 'lost',
        requires: ['reason'],
        label: { en: 'Dropped', 'zh-CN': '放弃' },
      },
    ],
  },
]

interface Stage {
  readonly name: string
  readonly next?: readonly string[]
  readonly takes?: readonly string[]
}

describe('the picture of stages', () => {
  let engine: TestEngine
  let admin: Client

  before(async () => {
    engine = await startEngine({ template: uiTemplate })
    admin = await engine.loginAdmin()
    await publishAll(admin, definitions)
    for (const name of ['Scales', 'Chords']) await admin.post('/api/records/lesson', { name })
  })
  after(() => engine?.stop())

  const card = ({ page }: Person, name: string) => page.locator('.stage-card', { hasText: name })
  const arrow = ({ page }: Person, move: string) => page.locator(`.move-arrow[data-move="${move}"]`)
  const side = ({ page }: Person) => page.locator('.canvas-page-side')
  const opened = async (person: Person): Promise<void> => {
    await goTo(person.page, '/designer/pipeline/lesson_stages')
    await card(person, 'Planned').waitFor()
  }
  const stagesInForce = async () =>
    (await admin.get('/api/meta/definitions/pipeline/lesson_stages')).record.stages as readonly Stage[]
  const publish = async ({ page }: Person): Promise<void> => {
    await page.getByRole('button', { name: designerEn['drafts.review'] }).click()
    await page.locator('.review-step').first().waitFor()
    const confirms = page.locator('.review-step.lossy input[type="checkbox"]')
    for (const one of await confirms.all()) await one.check()
    await page.getByRole('button', { name: designerEn['drafts.publish'], exact: true }).click()
    await page.waitForURL((url) => url.pathname === '/designer/versions')
  }
  const draw = (person: Person, from: string, to: string): Promise<void> =>
    drawLine(person.page, designerEn['canvas.fit'], card(person, from), card(person, to))

  it('shows what stages ask for and hold, allows a move that is drawn, and takes it away', () =>
    letting(enter(engine, DESK), async (person) => {
      const { page, t } = person
      await opened(person)
      await card(person, 'Asked for').getByText('1 field required').waitFor()
      await card(person, 'Asked for').locator('.stage-count', { hasText: '2' }).waitFor()
      // What is ticked off, what is to be done, how long it may take, and that a lost one asks why.
      for (const words of ['1 milestone', '1 task', 'stalls after 14 days'])
        await card(person, 'Planned').getByText(words).waitFor()
      await card(person, 'Dropped').getByText('1 field required').waitFor()
      expect(await card(person, 'Held').locator('.stage-asks').count()).to.equal(0)
      await expectSound(person)
      expect(await page.locator('.move-arrow').count()).to.equal(3)
      await draw(person, 'Asked for', 'Dropped')
      await arrow(person, '0-3').waitFor()
      await expectSound(person)
      await side(person).getByText('Asked for → Dropped').waitFor()
      await page.getByRole('button', { name: 'No longer allow “Asked for” to “Dropped”' }).click()
      await arrow(person, '0-3').waitFor({ state: 'detached' })
      await page.getByRole('button', { name: t('act.undo'), exact: true }).click()
      await arrow(person, '0-3').waitFor()
      // A press on the line selects the move, and what is asked before it stands there.
      await page.getByRole('button', { name: designerEn['canvas.fit'] }).click()
      const line = (await arrow(person, '0-1').locator('.canvas-hit').boundingBox())!
      await page.mouse.click(line.x + line.width / 2, line.y + line.height / 2)
      await side(person).getByText('Asked for → Planned').waitFor()
      await side(person).locator('[data-path="stages/0/requires"]').waitFor()
      await side(person).locator('[data-path="stages/0/must"]').waitFor()
      expect(await side(person).locator('[data-path="stages/0/label"]').count()).to.equal(0)
      await expectSound(person)
      // Keys reach the line as well.
      await arrow(person, '1-3').locator('.canvas-hit').focus()
      await page.keyboard.press('Enter')
      await side(person).getByText('Planned → Dropped').waitFor()
      await page.keyboard.press('Delete')
      await arrow(person, '1-3').waitFor({ state: 'detached' })
      await page.getByRole('button', { name: t('act.undo'), exact: true }).click()
      await arrow(person, '1-3').waitFor()
      await publish(person)
      expect((await stagesInForce())[0]!.next).to.deep.equal(['planned', 'dropped'])
      expect(person.faults).to.deep.equal([])
    }))

  it('asks for the gate of a stage at once, and takes the field that is meant', () =>
    letting(enter(engine, DESK), async (person) => {
      const { page } = person
      await opened(person)
      await card(person, 'Planned').click()
      await side(person).locator('[data-path="stages/1/must"]').waitFor()
      await side(person).locator('[data-path="stages/1/requires"] input').click()
      // Not the letters: what is called so.
      await page.keyboard.type('Nam')
      await page.locator('.ant-select-item-option-active', { hasText: 'Name' }).waitFor()
      await page.keyboard.press('Enter')
      await side(person)
        .locator('[data-path="stages/1/requires"] .ant-select-selection-item', { hasText: 'Name' })
        .waitFor()
      await card(person, 'Planned').getByText('1 field required').waitFor()
      expect(await side(person).locator('.field-problem').count()).to.equal(0)
      await expectSound(person)
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: person.t('act.undo'), exact: true }).click()
      await card(person, 'Planned').getByText('1 field required').waitFor({ state: 'detached' })
      expect(person.faults).to.deep.equal([])
    }))

  it('adds, names and moves a stage, and points to what is wrong', () =>
    letting(enter(engine, DESK), async (person) => {
      const { page } = person
      await opened(person)
      await card(person, 'Planned').click()
      // How likely it is won people write in percent.
      const likely = side(person).locator('[data-path="stages/1/probability"] input')
      expect(await likely.inputValue()).to.equal('50')
      await likely.fill('35')
      await card(person, 'Planned').getByText('35%').waitFor()
      await side(person).getByRole('button', { name: designerEn['stages.addAfter'] }).click()
      const fresh = page.locator('.stage-card.on')
      await fresh.getByText(designerEn['stages.fresh']).waitFor()
      await side(person).locator('[data-path="stages/2/label"] input[lang="en"]').fill('Confirmed')
      await side(person).locator('[data-path="stages/2/label"] input[lang="zh-CN"]').fill('已确认')
      await side(person).locator('[data-path="stages/2/name"] input').fill('confirmed')
      await card(person, 'Confirmed').waitFor()
      await arrow(person, '1-2').waitFor()
      // Its way on is missing: with a name that is none the card tells it.
      await side(person).locator('[data-path="stages/2/name"] input').fill('Not A Name')
      await page.locator('.stage-card.faulty', { hasText: 'Confirmed' }).waitFor()
      await side(person).locator('[data-path="stages/2/name"]').getByRole('alert').waitFor()
      await expectSound(person)
      await side(person).locator('[data-path="stages/2/name"] input').fill('confirmed')
      for (const name of ['Confirmed', 'Planned'])
        await page.locator('.stage-card.faulty', { hasText: name }).waitFor({ state: 'detached' })
      await card(person, 'Confirmed').focus()
      await page.keyboard.press('Alt+ArrowLeft')
      await page.locator('.stage-card').nth(1).getByText('Confirmed').waitFor()
      const [from, to] = [
        await card(person, 'Confirmed').boundingBox(),
        await card(person, 'Planned').boundingBox(),
      ]
      await page.mouse.move(from!.x + 30, from!.y + 100)
      await page.mouse.down()
      await page.mouse.move(to!.x + 60, to!.y + 100, { steps: 8 })
      await page.mouse.up()
      await page.locator('.stage-card').nth(2).getByText('Confirmed').waitFor()
      await publish(person)
      const stages = await stagesInForce()
      expect(stages.map(({ name }) => name)).to.deep.equal([
        'asked',
        'planned',
        'confirmed',
        'held',
        'dropped',
      ])
      expect(stages[1]!.next).to.deep.equal(['held', 'dropped', 'confirmed'])
    }))

  it('removes a stage only with a place for its records', () =>
    letting(enter(engine, DESK), async (person) => {
      const { page } = person
      await opened(person)
      await card(person, 'Asked for').focus()
      await page.keyboard.press('Delete')
      const dialog = page.getByRole('dialog')
      await dialog.getByText('2 records stand here.', { exact: false }).waitFor()
      await expectSound(person)
      await dialog.getByRole('button', { name: designerEn['stages.removeIt'] }).click()
      await card(person, 'Asked for').waitFor({ state: 'detached' })
      await publish(person)
      const { records } = await admin.get('/api/records/lesson')
      expect(records.map(({ stage }) => stage)).to.deep.equal(['planned', 'planned'])
    }))

  for (const setting of inTurn('canvas-stages 1')) {
    const d = setting.language === 'en' ? designerEn : designerZh
    it(`is usable by keyboard, on a phone, in either language (${setting.language}, ${setting.size})`, () =>
      letting(enter(engine, setting), async (person) => {
        const { page, phone } = person
        await goTo(page, '/designer/pipeline/lesson_stages')
        const first = page.locator(phone ? '.outline-row' : '.stage-card').first()
        await first.focus()
        await page.keyboard.press('Enter')
        const place = phone ? page.getByRole('dialog') : side(person)
        await place.locator('[data-path="stages/0/label"] input').first().waitFor()
        await expectSound(person)
        await place.getByRole('button', { name: d['stages.addAfter'] }).click()
        await place.locator('[data-path="stages/1/name"]').waitFor()
        if (!phone) return
        // All places of the designer are in one sheet, in groups, with the search over them.
        await page.keyboard.press('Escape')
        await place.waitFor({ state: 'detached' })
        await page.locator('.nav-open').click()
        const places = page.getByRole('dialog')
        await places.getByRole('heading', { name: d['designer.group.pages'] }).waitFor()
        await expectSound(person)
        await places.getByRole('searchbox').fill('lesson_stages')
        await places.getByRole('link').first().waitFor()
        await places.getByRole('searchbox').fill('')
        await places.getByRole('link', { name: d['designer.versions'] }).click()
        await page.waitForURL((url) => url.pathname === '/designer/versions')
        await places.waitFor({ state: 'detached' })
        await page.locator('[data-version]').last().getByText(d['versions.ofEngine']).waitFor()
      }))
  }
})
