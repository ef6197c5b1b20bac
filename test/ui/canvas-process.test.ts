import { expect } from 'chai'
import { en as designerEn } from '../../designer/i18n/en.ts'
import { zhCN as designerZh } from '../../designer/i18n/zh-CN.ts'
import { inForce, publishAll, type Written } from '../support/drafts.ts'
import { startEngine, type TestEngine } from '../support/engine.ts'
import type { Client } from '../support/http.ts'
import { loginAs } from '../support/http-model.ts'
import { enter, expectSound, letting, type Person } from './person.ts'
import { uiTemplate } from './ui-model.ts'
import { goTo } from './windows.ts'

const text = (en: string, zh: string) => ({ en, 'zh-CN': zh })

const definitions = [
  {
    kind: 'role',
    name: 'seller',
    label: text('Seller', '销售'),
    entities: { deal: { read: 'all', update: 'all' } },
  },
  {
    kind: 'role',
    name: 'senior',
    label: text('Senior', '资深销售'),
    entities: { deal: { read: 'all', update: 'all' } },
  },
  {
    kind: 'role',
    name: 'clerk',
    label: text('Clerk', '文员'),
    default: { read: 'none' },
  },
  {
    kind: 'assignment',
    name: 'deals',
    entity: 'deal',
    label: text('Deals', '商机分配'),
    on: ['created'],
    rules: [
      {
        name: 'large',
        label: text('Large ones', '大单'),
        when: { '>': [{ var: 'value' }, 1000] },
        to: { role: 'senior' },
      },
      { name: 'others', label: text('All others', '其他'), to: { role: 'seller' } },
    ],
  },
  {
    kind: 'approval',
    name: 'discount',
    entity: 'deal',
    label: text('Discount', '折扣审批'),
    when: { '>': [{ var: 'value' }, 1000] },
    levels: [
      { name: 'leader', label: text('Leader', '上级'), by: { leaderOf: 'owner' } },
      {
        name: 'board',
        label: text('Board', '董事会'),
        by: { role: 'administrator' },
        decide: 'all',
        // biome-ignore lint/suspicious/noThenProperty: the word of the language
        limit: { after: 'P1D', then: 'remind' },
      },
    ],
  },
]

describe('assignments as a table and approvals as a lane', () => {
  let engine: TestEngine
  let admin: Client

  before(async () => {
    engine = await startEngine({ template: uiTemplate })
    admin = await engine.loginAdmin()
    await publishAll(admin, definitions)
    await loginAs(admin, 'anna', ['seller'])
    await loginAs(admin, 'zoe', ['senior'])
    for (const value of [10, 20, 5000])
      await admin.post('/api/records/deal', { name: `Deal ${value}`, value })
  })
  after(() => engine?.stop())

  const side = ({ page }: Person) => page.locator('.canvas-page-side')
  const names = async <T extends { readonly name: string }>(list: readonly T[]) =>
    list.map(({ name }) => name)

  it('tells rules by column, moves them by dragging and keys, and tries them on past records', () =>
    letting(enter(engine, { language: 'en', size: 'desk' }), async (person) => {
      const { page, t } = person
      await goTo(page, '/designer/assignment/deals')
      const row = (at: number) => page.locator(`tr[data-rule="${at}"]`)
      await row(0).getByText('is above 1,000').waitFor()
      await row(0).getByText('Senior').waitFor()
      await row(1).getByText(designerEn['process.always']).waitFor()
      await expectSound(person)
      // Dragged before the first, and back by keys.
      const [from, to] = [
        (await row(1).locator('.rule-name').boundingBox())!,
        (await row(0).locator('.rule-name').boundingBox())!,
      ]
      await page.mouse.move(from.x + 60, from.y + 15)
      await page.mouse.down()
      await page.mouse.move(to.x + 80, to.y + 20, { steps: 6 })
      await page.locator('tr.over').waitFor()
      await page.mouse.up()
      await row(0).getByText('All others').waitFor()
      await side(person).getByText('All others').waitFor()
      // Behind what takes everything a rule is hardly asked, and says so.
      await row(1).getByText('Asked only where rule 1').waitFor()
      expect(await row(0).locator('.rule-shadow').count()).to.equal(0)
      await page.getByRole('button', { name: designerEn['process.try'] }).click()
      const trial = page.locator('.trial')
      await trial.getByText('Of the last 3 records', { exact: false }).waitFor()
      await expectSound(person)
      await row(0).locator('.rule-name').focus()
      await page.keyboard.press('Alt+ArrowDown')
      await row(0).getByText('Large ones').waitFor()
      await page.getByRole('button', { name: designerEn['process.addRule'] }).click()
      const added = side(person).locator('[data-path="rules/2/when"]')
      await added.getByText(t('filter.none')).waitFor()
      await added.getByText(designerEn['inspector.ruleWay.write'], { exact: true }).click()
      await added.locator('textarea').fill("name = 'x'")
      await row(2).getByText('x', { exact: true }).waitFor()
      // By conditions, each change counts at once; one that says nothing yet waits.
      await added.getByText(designerEn['inspector.ruleWay.build'], { exact: true }).click()
      await added.getByRole('textbox', { name: t('filter.value') }).fill('y')
      await row(2).getByText('y', { exact: true }).waitFor()
      await added.getByRole('button', { name: t('filter.addCondition'), exact: true }).click()
      await row(2).getByText('y', { exact: true }).waitFor()
      const unfinished = added.getByText(designerEn['inspector.ruleUnfinished'])
      await unfinished.waitFor()
      await added
        .getByRole('button', { name: t('filter.removeCondition') })
        .last()
        .click()
      await unfinished.waitFor({ state: 'detached' })
      // Tried on a record, part by part.
      await row(0).locator('.rule-name').click()
      const when = side(person).locator('[data-path="rules/0/when"]')
      await when.getByRole('button', { name: designerEn['bench.title'] }).click()
      await when.locator('.rule-bench').getByRole('combobox').fill('Deal 20')
      await page.locator('.ant-select-item-option', { hasText: 'Deal 20' }).click()
      await when.locator('.bench-mark.bad').getByText(designerEn['bench.fails']).waitFor()
      await when.getByText('Value: 20').waitFor()
      await expectSound(person)
      // And on values that no record has, with the field's own widget.
      await when.getByText(designerEn['bench.way.typed'], { exact: true }).click()
      await when.getByText('Value: empty').waitFor()
      await when.locator('[data-field="value"] input').fill('9000000')
      await when.locator('.bench-mark.good').getByText(designerEn['bench.holds']).waitFor()
      await expectSound(person)
      await row(2).locator('.rule-name').click()
      // Who, without writing anything: from the owner to a role.
      const who = side(person).locator('[data-path="rules/2/to"]')
      // A person is written by address, and told by name.
      await who.locator('.people-form').click()
      await page.locator('.ant-select-item-option', { hasText: designerEn['people.user'] }).click()
      await who.getByRole('combobox').last().fill('zo')
      await page.locator('.ant-select-item-option', { hasText: 'zoe@example.com' }).click()
      await who.locator('.holder-called').getByText('zoe').waitFor()
      await who.getByRole('combobox').last().fill('nobody@example.com')
      await who.locator('.holder-called').getByText(designerEn['people.notHere']).waitFor()
      // As the engine finds them: upper and lower case alike.
      await who.getByRole('combobox').last().fill('Zoe@Example.com')
      await who.locator('.holder-called').getByText('zoe').waitFor({ timeout: 10_000 })
      await who.locator('.people-form').click()
      await page.locator('.ant-select-item-option', { hasText: designerEn['people.role'] }).click()
      await who.locator('.people-named').click()
      await page.locator('.ant-select-item-option', { hasText: 'Senior' }).click()
      await row(2).getByText('Senior').waitFor()
      await expectSound(person)
      // What is wrong, pressed elsewhere, opens it in the picture.
      await side(person).locator('[data-path="rules/2/name"] input').fill('No Name')
      await page.locator('.rule-name.faulty').waitFor()
      await page.getByRole('button', { name: designerEn['drafts.review'] }).click()
      await page.locator('a[href*="#rules"]').first().click()
      await side(person).locator('[data-path="rules/2/name"] input').fill('last')
      await page.locator('.rule-name.faulty').waitFor({ state: 'detached' })
      await page.getByRole('button', { name: designerEn['drafts.review'] }).click()
      await page.locator('.review-step').first().waitFor()
      await page.getByRole('button', { name: designerEn['drafts.publish'], exact: true }).click()
      await page.waitForURL((url) => url.pathname === '/designer/versions')
      const { rules } = await inForce<Written & { rules: readonly { name: string }[] }>(
        admin,
        'assignment/deals',
      )
      expect(await names(rules)).to.deep.equal(['large', 'others', 'last'])
    }))

  it('asks for the entity before its conditions, and puts each condition where it was asked for', () =>
    letting(enter(engine, { language: 'zh-CN', size: 'phone' }), async (person) => {
      const { page, t } = person
      await goTo(page, '/designer/approval')
      await page.getByRole('button', { name: designerZh['designer.new'], exact: true }).click()
      const sheet = page.getByRole('dialog')
      await sheet.getByLabel(/中文/).fill('折扣')
      await sheet.getByRole('button', { name: designerZh['roles.begin'] }).click()
      await page.getByText(designerZh['inspector.entityFirst']).waitFor()
      await page.locator('[data-path="entity"] input').click()
      await page.locator('.ant-select-item-option', { hasText: '商机' }).click()
      const add = page.locator('[data-path="when"] .ruleGroup-addRule')
      await add.click()
      const rule = page.locator('[data-path="when"] .rule')
      await rule.waitFor()
      expect((await rule.boundingBox())!.y).to.be.below((await add.boundingBox())!.y)
      await expectSound(person)
      await page.getByRole('button', { name: t('act.undo'), exact: true }).click()
    }))

  it('asks who decides at a new level without calling it wrong, and says who could not', () =>
    letting(enter(engine, { language: 'en', size: 'desk' }), async (person) => {
      const { page } = person
      await goTo(page, '/designer/approval/discount')
      await page.getByRole('button', { name: designerEn['process.addLevel'] }).click()
      const card = page.locator('.level-card', { hasText: 'Level 3' })
      await card.waitFor()
      // How far up, and by which group, stand there in words and only where people could be found by it.
      await side(person).getByText(designerEn['people.ownLeader'], { exact: true }).waitFor()
      await side(person)
        .getByRole('combobox', { name: `By: ${designerEn['people.form']}` })
        .click()
      await page.locator('.ant-select-item-option', { hasText: designerEn['people.role'] }).click()
      await card.getByText(designerEn['process.nobodyYet']).waitFor()
      await side(person).getByText(designerEn['inspector.stillNeeded']).waitFor()
      expect(await side(person).locator('.field-problem').count()).to.equal(0)
      const role = side(person).getByRole('combobox', {
        name: `By: ${designerEn['people.role']}`,
        exact: true,
      })
      expect(
        await side(person)
          .getByRole('combobox', { name: `By: ${designerEn['people.role']}` })
          .count(),
      ).to.equal(1)
      await role.click()
      await page.locator('.ant-select-item-option', { hasText: 'Clerk' }).click()
      await page.getByText('Who is “Clerk” may not read “Deal”', { exact: false }).first().waitFor()
      await expectSound(person)
      // Somebody by name: their address need not be known by heart.
      await side(person)
        .getByRole('combobox', { name: `By: ${designerEn['people.form']}` })
        .click()
      await page.locator('.ant-select-item-option', { hasText: designerEn['people.user'] }).click()
      await side(person)
        .getByRole('combobox', { name: `By: ${designerEn['people.user']}`, exact: true })
        .fill('zoe')
      await page.locator('.ant-select-item-option', { hasText: 'zoe@example.com' }).click()
      await card.getByText('zoe@example.com').waitFor()
    }))

  it('shows each rule whole on a phone, with what its columns are called', () =>
    letting(enter(engine, { language: 'zh-CN', size: 'phone' }), async (person) => {
      const { page } = person
      await goTo(page, '/designer/assignment/deals')
      const rule = page.locator('[data-rule="0"]')
      await rule.waitFor()
      for (const cell of await rule.locator('td').all()) {
        const box = await cell.boundingBox()
        // A cell that says nothing is left out.
        if (box !== null) expect(box.x + box.width).to.be.at.most(390)
      }
      const head = await rule
        .locator('td')
        .last()
        .evaluate((cell) => getComputedStyle(cell, '::before').content)
      expect(head).to.equal(`"${designerZh['process.how']}"`)
      await expectSound(person)
    }))

  it('shows levels in a row, or one below the other on a phone, and adds and moves them', () =>
    letting(enter(engine, { language: 'zh-CN', size: 'phone' }), async (person) => {
      const { page } = person
      await goTo(page, '/designer/approval/discount')
      const card = (name: string) => page.locator('.level-card', { hasText: name })
      await card('董事会').getByText(designerZh['process.decide.all']).waitFor()
      await card('董事会').getByText('后提醒', { exact: false }).waitFor()
      await expectSound(person)
      await card('董事会').click()
      const sheet = page.getByRole('dialog')
      await sheet.locator('[data-path="levels/1/decide"]').waitFor()
      await expectSound(person)
      await sheet.getByRole('button', { name: designerZh['layouts.up'] }).click()
      await page.locator('[data-level="0"]', { hasText: '董事会' }).waitFor()
      await sheet.getByRole('button', { name: designerZh['layouts.addAfter'] }).click()
      await sheet.locator('[data-path="levels/1/label"] input[lang="zh-CN"]').fill('财务')
      await page.keyboard.press('Escape')
      await page.locator('[data-level="1"]', { hasText: '财务' }).waitFor()
      await expectSound(person)
    }))
})
