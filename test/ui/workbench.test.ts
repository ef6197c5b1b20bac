import { EventEmitter, once } from 'node:events'
import { expect } from 'chai'
import { en as designerEn } from '../../designer/i18n/en.ts'
import { zhCN as designerZh } from '../../designer/i18n/zh-CN.ts'
import { openDraft, publishAll, type Written } from '../support/drafts.ts'
import { startEngine, type TestEngine } from '../support/engine.ts'
import type { Client } from '../support/http.ts'
import { eventually } from '../support/http-model.ts'
import { enter, expectSound, inTurn, letting, type Person, type Setting } from './person.ts'
import { uiTemplate } from './ui-model.ts'
import { goTo } from './windows.ts'

const DESK: Setting = { language: 'en', size: 'desk' }

/** A pipeline on the deals of the model, and what belongs to it. */
const definitions = [
  {
    kind: 'entity',
    name: 'lesson',
    label: { en: 'Lesson', 'zh-CN': '课程' },
    plural: { en: 'Lessons', 'zh-CN': '课程' },
    title: 'name',
    fields: [
      { name: 'name', type: 'text', label: { en: 'Name', 'zh-CN': '名称' } },
      { name: 'seats', type: 'integer', label: { en: 'Seats', 'zh-CN': '座位' } },
      { name: 'stage', type: 'stage', label: { en: 'Stage', 'zh-CN': '阶段' } },
    ],
  },
  {
    kind: 'pipeline',
    name: 'lesson_stages',
    entity: 'lesson',
    field: 'stage',
    label: { en: 'Lessons', 'zh-CN': '课程流程' },
    stages: [
      { name: 'planned', type: 'open', next: ['held'], label: { en: 'Planned', 'zh-CN': '计划' } },
      { name: 'held', type: 'won', label: { en: 'Held', 'zh-CN': '已上课' } },
    ],
  },
]

describe('the workbench of the designer', () => {
  let engine: TestEngine
  let admin: Client

  before(async () => {
    engine = await startEngine({ template: uiTemplate })
    admin = await engine.loginAdmin()
    await publishAll(admin, definitions)
  })
  after(() => engine?.stop())

  const property = ({ page }: Person, path: string) => page.locator(`[data-path="${path}"]`)
  const inForce = async (kind: string, name: string) =>
    (await admin.get(`/api/meta/definitions/${kind}/${name}`)).record as Record<string, unknown>
  const drafts = async () =>
    (await admin.get('/api/meta/changesets')).records.filter(({ state }) => state === 'open')
  const stored = ({ page }: Person) =>
    page.getByRole('status').getByText(designerEn['drafts.stored']).waitFor({ state: 'attached' })
  const publish = async ({ page }: Person): Promise<void> => {
    await page.getByRole('button', { name: designerEn['drafts.review'] }).click()
    await page.locator('.review-step').first().waitFor()
    await page.getByRole('button', { name: designerEn['drafts.publish'], exact: true }).click()
    await page.waitForURL((url) => url.pathname === '/designer/versions')
  }

  it('makes an entity from nothing, stores it while it is made, and puts it in force', () =>
    letting(enter(engine, DESK), async (person) => {
      const { page } = person
      await goTo(page, '/designer/entity')
      await page.getByRole('button', { name: designerEn['designer.new'], exact: true }).click()
      await page.locator('#definition-label-en').fill('Trial lesson')
      await page.locator('#definition-label-zh-CN').fill('试听课')
      await page.getByRole('button', { name: designerEn['roles.begin'] }).click()
      await page.waitForURL((url) => url.pathname === '/designer/entity/trial_lesson')
      await property(person, 'fields').getByRole('button', { name: 'Add to “Fields”' }).click()
      await page.locator('.field-card', { hasText: 'One line of text.' }).click()
      await property(person, 'fields/1/label').locator('input[lang="en"]').fill('Pupil')
      await property(person, 'fields/1/label').locator('input[lang="zh-CN"]').fill('学员')
      // A new field is named after what it is called.
      await property(person, 'fields/1/name').locator('input[value="pupil"]').waitFor()
      await property(person, 'fields').getByRole('button', { name: 'Add to “Fields”' }).click()
      await page.locator('.field-card', { hasText: 'One line of text.' }).click()
      await property(person, 'fields/2/label').locator('input[lang="zh-CN"]').fill('客户来源')
      await page.keyboard.press('Tab')
      await property(person, 'fields/2/name').locator('input[value="ke_hu_lai_yuan"]').waitFor()
      const more = async (title: string): Promise<void> => {
        await page.locator('.property-more').last().click()
        await page
          .getByRole('menuitem')
          .filter({ has: page.getByText(title, { exact: true }) })
          .click()
      }
      await more('Icon')
      await property(person, 'icon').locator('input').fill('phone')
      await page.keyboard.press('Enter')
      await more('Indexes')
      await property(person, 'indexes').locator('input').fill('Pupil')
      await page.keyboard.press('Enter')
      await property(person, 'indexes').getByRole('combobox', { name: 'Order of Pupil' }).click()
      await page.locator('.ant-select-item-option', { hasText: 'Descending' }).click()
      await expectSound(person)
      await stored(person)
      expect(await drafts()).to.have.length(1)
      // The draft goes on after a reload, and on another page.
      await page.reload()
      await property(person, 'title').locator('input').fill('pupil')
      await stored(person)
      await page.locator('.designer-nav .chip.jade', { hasText: '1' }).waitFor()
      await publish(person)
      const { fields, title, label, icon, indexes } = await inForce('entity', 'trial_lesson')
      expect([title, label]).to.deep.equal(['pupil', { en: 'Trial lesson', 'zh-CN': '试听课' }])
      expect([icon, indexes]).to.deep.equal(['phone', [['-pupil']]])
      expect(
        (fields as { name: string; type: string }[]).map(({ name, type }) => [name, type]),
      ).to.deep.equal([
        ['name', 'text'],
        ['pupil', 'text'],
        ['ke_hu_lai_yuan', 'text'],
      ])
      const made = await admin.post('/api/records/trial_lesson', { name: 'Scales', pupil: 'Li' })
      expect(made.status).to.equal(201)
      expect(await drafts()).to.deep.equal([])
      expect(person.faults).to.deep.equal([])
    }))

  it('says what is wrong at its place, takes back step by step, and does again', () =>
    letting(enter(engine, DESK), async (person) => {
      const { page, t } = person
      await goTo(page, '/designer/pipeline/lesson_stages?way=edit')
      const first = page.locator('.entry-toggle', { hasText: 'Planned' })
      await first.click()
      const next = property(person, 'stages/0/next')
      await next.locator('input').fill('hold')
      await page.keyboard.press('Enter')
      await page.keyboard.press('Escape')
      await next.getByRole('alert').getByText('held').waitFor()
      await expectSound(person)
      await page.getByRole('button', { name: t('act.undo'), exact: true }).click()
      await next.getByRole('alert').waitFor({ state: 'detached' })
      await page.getByRole('button', { name: designerEn['drafts.redo'] }).click()
      await next.getByRole('alert').waitFor()
      await page.getByRole('button', { name: t('act.undo'), exact: true }).click()
      await next.getByRole('alert').waitFor({ state: 'detached' })
      await property(person, 'stages/0/label').locator('input[lang="en"]').fill('Scheduled')
      await stored(person)
      // What differs is marked at the property, at the definition and in the navigator; back and forth goes across pages.
      await property(person, 'stages/0/label').locator('.property-title.changed').waitFor()
      const marks = page.locator('.designer-nav .chip.jade')
      await marks.getByText('1', { exact: true }).waitFor()
      await page.locator('.designer-nav').getByRole('link', { name: 'View' }).click()
      await page.waitForURL((url) => url.pathname === '/designer/view')
      await page.getByRole('button', { name: t('act.undo'), exact: true }).click()
      await marks.waitFor({ state: 'detached' })
      await page.getByRole('button', { name: designerEn['drafts.redo'] }).click()
      await marks.waitFor()
      await stored(person)
      await publish(person)
      const { stages } = await inForce('pipeline', 'lesson_stages')
      expect(stages).to.have.nested.property('[0].label.en', 'Scheduled')
      expect(stages).to.have.deep.nested.property('[0].next', ['held'])
    }))

  it('takes a rule in words, tells it as a sentence, and points to what it does not understand', () =>
    letting(enter(engine, DESK), async (person) => {
      const { page } = person
      await goTo(page, '/designer/entity/lesson')
      await page.getByRole('searchbox', { name: designerEn['designer.searchAll'] }).fill('seats')
      await page.locator('.designer-nav').getByRole('link', { name: 'Seats' }).first().click()
      const field = page.locator('.entry.open', { hasText: 'Seats' })
      await field.getByRole('button', { name: designerEn['inspector.more'] }).click()
      await page.getByRole('menuitem', { name: 'Required when' }).click()
      const rule = property(person, 'fields/1/requiredWhen')
      // Whoever asks for a property goes on in it.
      await page.waitForFunction(
        () => document.activeElement?.closest('[data-path="fields/1/requiredWhen"]') != null,
      )
      await rule.getByText(designerEn['inspector.ruleWay.write'], { exact: true }).click()
      await rule.locator('textarea').first().fill("nam = 'x'")
      await rule.getByRole('alert').waitFor()
      // What may come next is offered by name or label: fields, and options of the one that is compared.
      const written = rule.locator('textarea').first()
      await written.fill('nam')
      await rule.getByRole('option', { name: 'Name', exact: false }).first().waitFor()
      await expectSound(person)
      await page.keyboard.press('Enter')
      expect(await written.inputValue()).to.equal('name')
      await page.keyboard.type("  = 'x' and stage = he")
      await rule.getByRole('option', { name: 'Held' }).click()
      expect(await written.inputValue()).to.equal("name  = 'x' and stage = 'held'")
      await rule.locator('.rule-sentence').getByText('Held').waitFor()
      await written.fill("name = 'x'")
      await rule.locator('.rule-sentence').getByText('Name').waitFor()
      await stored(person)
      await publish(person)
      const { fields } = await inForce('entity', 'lesson')
      expect(fields).to.have.deep.nested.property('[1].requiredWhen', { '==': [{ var: 'name' }, 'x'] })
      // It is found by what it says, wherever it stands.
      await page.getByRole('searchbox', { name: designerEn['designer.searchAll'] }).fill('Name is')
      await page.locator('.designer-nav').getByRole('link', { name: 'Name is “x”' }).click()
      await page.waitForURL((url) => url.hash === '#fields/1/requiredWhen')
      await page.waitForFunction(
        () => document.activeElement?.closest('[data-path="fields/1/requiredWhen"]') != null,
      )
    }))

  it('keeps what two people change at once, and asks where they changed the same', () =>
    letting(enter(engine, DESK), async (person) => {
      const { page } = person
      await goTo(page, '/designer/entity/lesson')
      await property(person, 'label').locator('input[lang="en"]').fill('Class')
      await stored(person)
      const before = await inForce('entity', 'lesson')
      const label = { en: 'Session', 'zh-CN': '课程' }
      await publishAll(admin, [{ ...before, kind: 'entity', name: 'lesson', label, note: 'Theirs' }])
      await page.getByRole('button', { name: designerEn['drafts.review'] }).click()
      const conflict = page.locator('.draft-conflict')
      await conflict.waitFor()
      await expectSound(person)
      for (const [side, says] of [
        ['ours', 'Class'],
        ['theirs', 'Session'],
      ] as const)
        await conflict.getByText(`${designerEn[`drafts.sideOf.${side}`]}${says}`, { exact: true }).waitFor()
      await conflict.getByRole('radio').first().check()
      await page.getByRole('button', { name: designerEn['drafts.resolve'] }).click()
      await page.locator('.review-step').first().waitFor()
      await page.getByRole('button', { name: designerEn['drafts.publish'], exact: true }).click()
      await page.waitForURL((url) => url.pathname === '/designer/versions')
      const after = await inForce('entity', 'lesson')
      expect([after.label, after.note]).to.deep.equal([{ en: 'Class', 'zh-CN': '课程' }, 'Theirs'])
      // Beside each property stands what it means, and who has changed it last; by keys as well.
      await goTo(page, '/designer/entity/lesson')
      await property(person, 'label')
        .getByRole('button', { name: designerEn['inspector.helpOf'].replace('{{title}}', 'Label') })
        .focus()
      const help = page.getByRole('tooltip')
      await help.getByText(designerEn['inspector.lastChanged'].replace('{{who}}', 'Admin')).waitFor()
      expect((await help.innerText()).length).to.be.greaterThan(60)
      await help.locator('time').waitFor()
      await expectSound(person)
    }))

  it('removes a field with its uses, only when the loss is confirmed, and brings it back with its values', () =>
    letting(enter(engine, DESK), async (person) => {
      const { page } = person
      const { record } = await admin.post('/api/records/lesson', { name: 'First', seats: 5 })
      await admin.post('/api/records/lesson', { name: 'none' })
      const common = { entity: 'lesson', label: { en: 'Uses seats', 'zh-CN': '用到座位' } }
      await publishAll(admin, [
        {
          kind: 'view',
          name: 'lesson_all',
          ...common,
          type: 'table',
          columns: ['name', 'seats'],
          sort: ['-seats'],
        },
        {
          ...{ kind: 'layout', name: 'lesson_page', ...common },
          form: [{ name: 'main', label: { en: 'Main', 'zh-CN': '主要' }, fields: ['name', 'seats'] }],
        },
        {
          ...{ kind: 'validation', name: 'lesson_seats', ...common },
          must: { '<': [{ var: 'seats' }, 100] },
          problem: { message: { en: 'Too many', 'zh-CN': '太多' } },
        },
      ])
      await goTo(page, '/designer')
      await page.locator('.definition-row').first().waitFor()
      await page.keyboard.press('Control+k')
      await page.keyboard.type('Class')
      await page.locator('.designer-nav').getByRole('link', { name: 'Class' }).first().click()
      await page.waitForURL((url) => url.pathname === '/designer/entity/lesson')
      const entry = page.locator('.entry', { hasText: 'Seats' })
      await entry.hover()
      await entry.getByRole('button', { name: 'Leave out Seats' }).click()
      const asked = page.locator('.tenon-sheet .use-to-fix')
      await asked.nth(3).waitFor()
      for (const use of await asked.all())
        await use.getByText(designerEn['drafts.decision.keep'], { exact: true }).click()
      await page
        .locator('.tenon-sheet')
        .getByRole('button', { name: designerEn['designer.remove'], exact: true })
        .click()
      await asked.first().waitFor({ state: 'detached' })
      await page.getByRole('button', { name: designerEn['drafts.review'] }).click()
      await page.locator('.use-to-fix').nth(3).waitFor()
      await expectSound(person)
      // The rule asks about the name instead; what else shows the seats goes without them.
      const rule = page.locator('.use-to-fix', { hasText: 'What must hold' })
      await rule.getByText(designerEn['drafts.decision.replace'], { exact: true }).click()
      await page.getByRole('button', { name: /^Fix all/ }).click()
      await page.locator('.use-to-fix').first().waitFor({ state: 'detached' })
      await page.getByText('Uses seats: What must hold').waitFor()
      await page.getByRole('link', { name: 'Uses seats: What must hold' }).click()
      await page.waitForURL((url) => url.hash.startsWith('#must'))
      // Where its message stands is asked beside the message, though nothing is said of it yet.
      await page.locator('[data-path="problem/field"]').getByText('At the field', { exact: true }).waitFor()
      // What is wrong with it is told beside its words.
      await property(person, 'must').locator('textarea').first().fill("name != 'none'")
      await property(person, 'must').locator('.rule-sentence').waitFor()
      await stored(person)
      await page.getByRole('button', { name: designerEn['drafts.review'] }).click()
      const loss = page.locator('.review-step.lossy')
      // Which record loses what: it opens beside the plan, which stays as it is.
      const counted = loss.getByRole('list', { name: designerEn['drafts.counted'] }).getByRole('listitem')
      await counted.getByText('5', { exact: true }).waitFor()
      expect(await counted.count()).to.equal(1)
      const opened = page.waitForEvent('popup')
      await counted.getByRole('link', { name: 'First' }).click()
      const beside = await opened
      await beside.getByRole('heading', { level: 1, name: 'First' }).waitFor()
      expect(new URL(beside.url()).pathname).to.equal(`/records/lesson/${record.id}`)
      await beside.close()
      await page
        .getByRole('region', { name: designerEn['drafts.howLong'] })
        .getByText(designerEn['drafts.atOnce'])
        .waitFor()
      await page
        .getByRole('region', { name: designerEn['drafts.touches'] })
        .getByRole('link', { name: 'Administrator' })
        .waitFor()
      // What the changed rule means for the records, with those that do not meet it.
      const tried = page.getByRole('region', { name: designerEn['drafts.rulesTried'] })
      await tried.getByText('Uses seats', { exact: true }).waitFor()
      await tried.getByText('One of 2 records does not meet it.', { exact: false }).waitFor()
      await tried.getByRole('link', { name: 'none' }).waitFor()
      // In a picture as well: how much of it is safe, how much loses something.
      const bar = page.locator('.plan-bar > span')
      expect(await bar.evaluateAll((all) => all.map((one) => one.className))).to.deep.equal(['safe', 'lossy'])
      const button = page.getByRole('button', { name: designerEn['drafts.publish'], exact: true })
      expect(await button.isDisabled()).to.equal(true)
      await expectSound(person)
      await loss.locator('input[type="checkbox"]').check()
      await button.click()
      await page.waitForURL((url) => url.pathname === '/designer/versions')
      const names = ((await inForce('entity', 'lesson')).fields as { name: string }[]).map(({ name }) => name)
      expect(names).to.deep.equal(['name', 'stage'])
      const view = await inForce('view', 'lesson_all')
      expect([view.columns, view.sort]).to.deep.equal([['name'], undefined])
      const { form } = await inForce('layout', 'lesson_page')
      expect(form).to.have.deep.nested.property('[0].fields', ['name'])
      // Two presses lead back: the version, and the plan that it comes to.
      const previous = page.locator('[data-version]').nth(1)
      await page.locator('[data-version]').first().getByText('Admin', { exact: true }).waitFor()
      await page.locator('[data-version]').first().getByRole('link').click()
      const compared = page.locator('[data-definition="entity/lesson"]')
      await compared.getByText('Seats').first().waitFor()
      await compared.getByRole('button', { name: designerEn['versions.more'] }).click()
      await compared.locator('tbody tr').first().waitFor()
      await compared.getByRole('button', { name: designerEn['versions.json'] }).click()
      await compared.locator('.json').nth(1).waitFor()
      await expectSound(person)
      // Any two are compared: from the first one on, the entity is new.
      await page.getByRole('combobox', { name: designerEn['versions.from'] }).click()
      await page.locator('.ant-select-item-option', { hasText: /^2 · / }).click()
      await page.waitForURL((url) => url.pathname.startsWith('/designer/versions/2/'))
      await page.locator('[data-definition="entity/lesson"] li').first().getByText('Add entity').waitFor()
      await page.goBack()
      await previous.getByRole('button', { name: /^Restore/ }).click()
      await page.locator('.review-step').first().waitFor()
      await page.getByRole('button', { name: designerEn['drafts.publish'], exact: true }).click()
      await page.waitForURL((url) => url.pathname === '/designer/versions')
      expect((await admin.get(`/api/records/lesson/${record.id}`)).record.seats).to.equal(5)
    }))

  it('has all texts side by side, finds what lacks a language, and takes what is typed into the draft', () =>
    letting(enter(engine, DESK), async (person) => {
      const { page } = person
      await goTo(page, '/designer/labels')
      await page.getByRole('button', { name: /^Missing a language/ }).waitFor()
      await page.getByLabel(designerEn['labels.search'], { exact: true }).fill('学员')
      const row = page.locator('[data-text="entity/trial_lesson/fields/1/label"]')
      // What is typed letter by letter stays in sight, although it is no longer what was looked for.
      const chinese = row.locator('textarea[lang="zh-CN"]')
      await chinese.fill('')
      await page.getByLabel(designerEn['labels.search'], { exact: true }).fill('')
      await page.getByRole('button', { name: /^Missing a language/ }).click()
      await chinese.pressSequentially('学员')
      expect(await chinese.inputValue()).to.equal('学员')
      await row.locator('textarea[lang="en"]').fill('Student')
      await stored(person)
      await expectSound(person)
      const saved = page.waitForEvent('download')
      await page.getByRole('button', { name: designerEn['labels.save'] }).click()
      expect((await saved).suggestedFilename()).to.match(/^texts-.*\.xlsx$/)
      const sheet = 'Address,English\nentity/trial_lesson#label,Taster\nentity/nobody#label,Nobody\n'
      const choose = (name: string, content: string) =>
        page
          .locator('.labels-sheet input')
          .setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(content) })
      await choose('texts.csv', 'Name\nAcme\n')
      await page.locator('.labels-note.faulty').waitFor()
      await choose('texts.csv', sheet)
      await page.getByText('texts.csv: one text changed in the draft').waitFor()
      await page.getByText('3: entity/nobody#label').waitFor()
      await page.getByRole('button', { name: designerEn['labels.showChanged'] }).click()
      await page.locator('[data-text="entity/trial_lesson/label"]').waitFor()
      expect(await page.locator('[data-text]').count()).to.equal(1)
      await expectSound(person)
      await stored(person)
      await publish(person)
      expect((await inForce('entity', 'trial_lesson')).label).to.deep.include({ en: 'Taster' })
      const { fields } = await inForce('entity', 'trial_lesson')
      expect(fields).to.have.deep.nested.property('[1].label', { en: 'Student', 'zh-CN': '学员' })
    }))

  it('puts a view in force with one press, without a version, and leaves no draft behind', () =>
    letting(enter(engine, DESK), async (person) => {
      const { page, t } = person
      const versions = async () => (await admin.get('/api/meta/versions')).records.length
      const before = await versions()
      await goTo(page, '/designer/view/lesson_all?way=edit')
      const columns = property(person, 'columns')
      await columns.getByRole('combobox', { name: 'Add to “Columns”' }).fill('stage')
      await page.locator('.ant-select-item-option', { hasText: 'stage' }).click()
      await page.getByRole('button', { name: designerEn['designer.inForceNow'] }).click()
      await page.getByText(designerEn['designer.nowInForce']).waitFor()
      expect((await inForce('view', 'lesson_all')).columns).to.include('stage')
      expect(await versions()).to.equal(before)
      await page.locator('.crumb-here').waitFor()
      await page
        .locator('.chip.jade', { hasText: designerEn['drafts.fate.changed'] })
        .waitFor({ state: 'detached' })
      // The draft that the page has begun for it has nothing more to say. Undo brings back what was before, to be saved again.
      await eventually(async () => (await drafts()).length === 0)
      await page.locator('.draft-name', { hasText: designerEn['drafts.noneOpen'] }).waitFor()
      await page.getByRole('button', { name: t('act.undo'), exact: true }).click()
      await page.locator('.chip.jade', { hasText: designerEn['drafts.fate.changed'] }).waitFor()
      await eventually(async () => (await drafts()).length === 1)
      await page.getByRole('button', { name: designerEn['drafts.redo'] }).click()
      await eventually(async () => (await drafts()).length === 0)
      expect((await inForce('view', 'lesson_all')).columns).to.include('stage')
    }))

  it('tells how far full tables are prepared, and why a draft did not come into force', () =>
    letting(enter(engine, DESK), async (person) => {
      const { page } = person
      const stock = { kind: 'entity', name: 'stock', fields: [{ name: 'name', type: 'text' }] }
      await publishAll(admin, [stock])
      await engine.database.query({
        text: `INSERT INTO ws_default.stock (id, name) SELECT gen_random_uuid(), 'S' || n FROM generate_series(1, 12000) n`,
      })
      const before = await inForce('entity', 'stock')
      const [name] = before.fields as object[]
      const unique = { ...before, fields: [{ ...name, unique: true }] }
      const id = await openDraft(admin, [unique as unknown as Written])
      await goTo(page, `/designer/drafts/${id}`)
      await page.locator('.review-step').first().waitFor()
      await page.getByText(designerEn['drafts.prepared']).waitFor()
      const preparing = page.locator(`[data-preparing="${id}"]`)
      // The index waits for whoever writes.
      await engine.database.session(async (held) => {
        await held.query({ text: 'BEGIN' })
        await held.query({ text: `INSERT INTO ws_default.stock (id, name) VALUES (gen_random_uuid(), 'S1')` })
        await page.getByRole('button', { name: designerEn['drafts.publish'], exact: true }).click()
        await page.waitForURL((url) => url.pathname === '/designer/versions')
        await preparing.getByRole('progressbar').waitFor()
        await expectSound(person)
        await page.reload()
        await preparing.getByRole('link', { name: 'Test' }).waitFor()
        await held.query({ text: 'COMMIT' })
      })
      await preparing.waitFor({ state: 'detached' })
      await goTo(page, `/designer/drafts/${id}`)
      const failed = page.getByRole('region', { name: designerEn['drafts.notPublished'] })
      await failed.getByText('Records have the same values in name').waitFor()
      await expectSound(person)
      await engine.database.query({
        text: `DELETE FROM ws_default.stock WHERE name = 'S1'`,
      })
      await page.reload()
      await page.locator('.review-step').first().waitFor()
      await page.getByRole('button', { name: designerEn['drafts.publish'], exact: true }).click()
      await page.waitForURL((url) => url.pathname === '/designer/versions')
      await eventually(
        async () => ((await inForce('entity', 'stock')).fields as { unique?: boolean }[])[0]!.unique === true,
      )
      await preparing.waitFor({ state: 'detached' })
    }))

  it('renames a definition, and all that mentions it goes along', () =>
    letting(enter(engine, DESK), async (person) => {
      const { page, t } = person
      await goTo(page, '/designer/entity/trial_lesson')
      await page.getByRole('button', { name: t('act.more') }).press('Enter')
      await page.getByRole('menuitem', { name: designerEn['designer.rename'] }).press('Enter')
      // The form has the focus, not the button of the menu that it came from.
      await page.waitForFunction(() => document.activeElement?.id === 'definition-label-en')
      await page.locator('#definition-name').fill('tasting')
      await page.getByRole('button', { name: designerEn['designer.renameIt'], exact: true }).click()
      await page.waitForURL((url) => url.pathname === '/designer/entity/tasting')
      await stored(person)
      await publish(person)
      expect((await admin.get('/api/records/tasting')).records.map(({ pupil }) => pupil)).to.deep.equal([
        'Li',
      ])
      expect((await admin.get('/api/records/trial_lesson')).status).to.equal(404)
    }))

  it('loses nothing where the draft was published or thrown away by somebody else meanwhile', () =>
    letting(enter(engine, DESK), async (person) => {
      const { page } = person
      await goTo(page, '/designer/entity/lesson')
      await property(person, 'label').locator('input[lang="en"]').fill('Course')
      await stored(person)
      const [draft] = await drafts()
      await admin.delete(`/api/meta/changesets/${draft!.id}`)
      await property(person, 'plural').locator('input[lang="en"]').fill('Courses')
      await eventually(async () => (await drafts()).some(({ id }) => id !== draft!.id))
      await stored(person)
      const [fresh] = await drafts()
      const { items } = (await admin.get(`/api/meta/changesets/${fresh!.id}`)).record as unknown as {
        items: { definition: Record<string, unknown> }[]
      }
      expect(items[0]!.definition).to.nested.include({ 'label.en': 'Course', 'plural.en': 'Courses' })
      // By its own menu: an open designer that is not asked begins another.
      const missed: string[] = []
      page.on('response', (response) => {
        if (response.status() === 404) missed.push(response.url())
      })
      await page.locator('.draft-name').click()
      await page.getByRole('menuitem', { name: designerEn['drafts.discard'] }).click()
      await page.getByRole('dialog').getByRole('button', { name: designerEn['drafts.discardIt'] }).click()
      await page.locator('.draft-name', { hasText: designerEn['drafts.noneOpen'] }).waitFor()
      await eventually(async () => (await drafts()).length === 0)
      await page.waitForLoadState('networkidle')
      expect(missed).to.deep.equal([])
    }))

  it('stores what is taken back while it is on its way to the engine', () =>
    letting(enter(engine, DESK), async (person) => {
      const { page, t } = person
      await goTo(page, '/designer/entity/lesson')
      const undone = new EventEmitter()
      const isUndone = once(undone, 'now')
      const storing = page.waitForRequest(/\/changesets\/[^/]+\/definitions\//)
      await page.route('**/api/meta/changesets/*/definitions/**', async (route) => {
        await isUndone
        await route.continue()
      })
      await property(person, 'label').locator('input[lang="en"]').fill('Course')
      await storing
      await page.getByRole('button', { name: t('act.undo'), exact: true }).click()
      undone.emit('now')
      // Nothing is left of it, so the draft that it had begun goes as well.
      await page.locator('.draft-name', { hasText: designerEn['drafts.noneOpen'] }).waitFor()
      expect(await drafts()).to.deep.equal([])
    }))

  for (const setting of inTurn('workbench 1')) {
    const d = setting.language === 'en' ? designerEn : designerZh
    it(`is usable by keyboard, on a phone, in either language (${setting.language}, ${setting.size})`, () =>
      letting(enter(engine, setting), async (person) => {
        const { page } = person
        await goTo(page, '/designer/entity/lesson')
        await page.locator('.entry-toggle').first().focus()
        await page.keyboard.press('Enter')
        await property(person, 'fields/0/label').locator('input').first().waitFor()
        await page.locator('.entry.open').getByRole('button', { name: d['inspector.more'] }).waitFor()
        await expectSound(person)
        expect(await drafts()).to.deep.equal([])
        await page.goto('/designer/drafts')
        await page.getByText(d['drafts.none']).waitFor()
        await expectSound(person)
        // One is begun there under a name, and is the one that is worked on.
        await page.getByRole('button', { name: d['drafts.begin'] }).click()
        await page.locator('#draft-name').fill('Spring')
        await page.locator('#draft-name').press('Enter')
        await page.locator('.definition-row', { hasText: 'Spring' }).getByText(d['drafts.inHand']).waitFor()
      }))
  }
})
