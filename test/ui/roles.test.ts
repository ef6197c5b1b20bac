import { expect } from 'chai'
import { en as designerEn } from '../../designer/i18n/en.ts'
import { zhCN as designerZh } from '../../designer/i18n/zh-CN.ts'
import { dataOf, inForce, openDraft, publishAll, type Written } from '../support/drafts.ts'
import { startEngine, type TestEngine } from '../support/engine.ts'
import type { Client } from '../support/http.ts'
import { loginAs, PASSWORD } from '../support/http-model.ts'
import { enter, expectSound, inTurn, letting, type Person, picture, type Setting } from './person.ts'
import { uiTemplate } from './ui-model.ts'
import { goTo } from './windows.ts'

const DESK: Setting = { language: 'en', size: 'desk' }

const NURSE = {
  kind: 'role',
  name: 'nurse',
  label: { en: 'Nurse', 'zh-CN': '护士' },
  personal: { contact: 'masked' },
  entities: {
    patient: {
      create: true,
      read: 'team',
      update: 'own',
      fields: { fee: { read: { '>': [{ var: 'room' }, ''] } } },
    },
  },
}
const definitions: readonly Written[] = [
  {
    kind: 'entity',
    name: 'patient',
    label: { en: 'Patient', 'zh-CN': '患者' },
    plural: { en: 'Patients', 'zh-CN': '患者' },
    owned: true,
    title: 'name',
    fields: [
      { name: 'name', type: 'text', label: { en: 'Name', 'zh-CN': '姓名' } },
      { name: 'mobile', type: 'phone', personal: 'contact', label: { en: 'Mobile', 'zh-CN': '手机' } },
      { name: 'room', type: 'text', label: { en: 'Room', 'zh-CN': '病房' } },
      { name: 'fee', type: 'currency', label: { en: 'Fee', 'zh-CN': '费用' } },
      { name: 'stage', type: 'stage', label: { en: 'Stage', 'zh-CN': '阶段' } },
    ],
  },
  {
    kind: 'pipeline',
    name: 'stay',
    entity: 'patient',
    field: 'stage',
    stages: [
      { name: 'admitted', type: 'open', next: ['discharged'], label: { en: 'Admitted', 'zh-CN': '入院' } },
      { name: 'discharged', type: 'won', label: { en: 'Discharged', 'zh-CN': '出院' } },
    ],
  },
  NURSE,
  {
    ...{ kind: 'report', name: 'stays', entity: 'patient', rows: ['stage'] },
    label: { en: 'Stays', 'zh-CN': '住院情况' },
  },
  {
    ...{ kind: 'view', name: 'ward', type: 'table', entity: 'patient', columns: ['name'] },
    for: [{ role: 'nurse' }],
    label: { en: 'Ward', 'zh-CN': '病区' },
  },
  { kind: 'role', name: 'editor', definitions: ['view'] },
  { kind: 'role', name: 'publisher', administration: ['definitions', 'publish'] },
]

interface Shifting {
  shifted: string[]
}

/** Runs in the page: keeps which boxes of the matrix are pushed about by what comes above them. */
function watchShifts(): void {
  const kept = window as unknown as Shifting
  kept.shifted = []
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as unknown as { sources: { node: Element | null }[] }[])
      for (const { node } of entry.sources)
        if (node?.closest?.('.matrix-box')) kept.shifted.push(node.className || node.nodeName)
  }).observe({ type: 'layout-shift' })
}

describe('roles in the designer', () => {
  let engine: TestEngine
  let admin: Client
  /** One window for what is done at a desk. */
  let desk: Person

  before(async () => {
    engine = await startEngine({ template: uiTemplate })
    admin = await engine.loginAdmin()
    await publishAll(admin, definitions)
    await loginAs(admin, 'Nora', ['nurse'])
    await loginAs(admin, 'Edda', ['editor'])
    desk = await enter(engine, DESK)
  })
  after(async () => {
    await desk?.close()
    await engine?.stop()
  })
  const atDesk = (act: (person: Person) => Promise<void>): Promise<void> => act(desk)

  const nurseNow = async () => (await admin.get('/api/meta/definitions/role/nurse')).record
  const cell = ({ page }: Person, right: string) =>
    page.locator(`[data-entity="patient"] [data-right="${right}"] .right-cell`)
  /** Says a right by the menu of its cell, by keyboard. */
  const say = async (person: Person, right: string, words: string): Promise<void> => {
    await cell(person, right).focus()
    await person.page.keyboard.press('Enter')
    await person.page.getByRole('menuitem', { name: words, exact: true }).click()
  }
  const review = ({ page }: Person) => page.getByRole('button', { name: designerEn['drafts.review'] }).click()
  const discard = async ({ page }: Person): Promise<void> => {
    await page.locator('.draft-name').click()
    await page.getByRole('menuitem', { name: designerEn['drafts.discard'] }).click()
    await page.getByRole('dialog').getByRole('button', { name: designerEn['drafts.discardIt'] }).click()
    await page.locator('.draft-name', { hasText: designerEn['drafts.noneOpen'] }).waitFor()
  }
  const publish = async ({ page }: Person): Promise<void> => {
    await page.getByRole('button', { name: designerEn['drafts.publish'], exact: true }).click()
    // A toast may be that of the publish before.
    await page.waitForURL((url) => url.pathname === '/designer/versions')
  }

  for (const setting of inTurn('roles 1')) {
    const d = setting.language === 'en' ? designerEn : designerZh
    it(`tell who holds them, what they reach, and who sees a field (${setting.language}, ${setting.size})`, () =>
      letting(enter(engine, setting), async (person) => {
        const { page, t } = person
        await goTo(page, '/designer/role')
        const line = page.locator('[data-role="nurse"]')
        await line.getByText('Nora').waitFor()
        await page.evaluate(watchShifts)
        await line.getByRole('link').click()
        await cell(person, 'read').getByText(t('rights.scope.team')).waitFor()
        expect(await page.evaluate(() => (window as unknown as Shifting).shifted)).to.deep.equal([])
        // The pages are seen through the eyes of whoever has the role.
        await page.getByRole('button', { name: d['roles.seeAs'] }).click()
        await page.getByRole('menuitem', { name: t('viewAs.act', { name: 'Nora' }) }).waitFor()
        await page.keyboard.press('Escape')
        await page.getByRole('menuitem').first().waitFor({ state: 'hidden' })
        await page.getByText(d['roles.reaches']).waitFor()
        await page.locator('[data-entity="patient"] th button').click()
        await page.locator('[data-field="fee"]').getByText(t('rights.shows.some')).waitFor()
        const stage = page.locator('[data-stage="discharged"]')
        await stage.getByText(setting.language === 'en' ? 'Discharged' : '出院').waitFor()
        await stage.getByText(d['roles.move.free']).waitFor()
        await expectSound(person)
        await page.locator('[data-field="mobile"] .fields-who button').click()
        const sights = page.locator('.sights')
        await sights.locator('[data-role="nurse"]').getByText(t('rights.shows.masked')).waitFor()
        await sights.locator('[data-role="administrator"]').getByText(t('rights.shows.whole')).waitFor()
        await expectSound(person)
      }))
  }

  it('are changed in a draft that says what is wrong at its place, and are in force when it is published', () =>
    atDesk(async (person) => {
      const { page, t } = person
      await goTo(page, '/designer/role/nurse')
      await say(person, 'update', designerEn['roles.menu.all'])
      await page.getByRole('alert').getByText('reaches further').waitFor()
      await page.locator('[data-right="update"] .right-cell.faulty').waitFor()
      await page.getByRole('button', { name: t('act.undo') }).click()
      await page.getByRole('alert').waitFor({ state: 'detached' })
      await say(person, 'delete', designerEn['roles.menu.own'])
      await page.locator('[data-class="contact"]').getByText(designerEn['roles.sight.read']).click()
      await page.locator('.change-line').nth(1).waitFor()
      await review(person)
      await page.locator('.review-step').getByText('Nurse').waitFor()
      await expectSound(person)
      expect((await nurseNow()).entities).to.deep.equal(NURSE.entities)
      await publish(person)
      await page.locator('.toast').waitFor()
      await goTo(page, '/designer/role/nurse')
      await cell(person, 'delete').getByText(t('rights.scope.own')).waitFor()
      const { personal, entities } = (await nurseNow()) as unknown as typeof NURSE
      expect([personal, entities.patient]).to.deep.equal([
        { contact: 'read' },
        { ...NURSE.entities.patient, delete: 'own' },
      ])
      expect(
        (await admin.get('/api/meta/changesets')).records.filter(({ state }) => state === 'open'),
      ).to.deep.equal([])
      expect(person.faults).to.deep.equal([])
    }))

  it('know what else the draft has: its entities, fields and stages, under the names that it gives them', () =>
    atDesk(async (person) => {
      const { page, t } = person
      const patient = await inForce<Written & { readonly fields: readonly { readonly name: string }[] }>(
        admin,
        'entity/patient',
      )
      const draft = await openDraft(admin, [
        {
          ...patient,
          plural: { en: 'Guests', 'zh-CN': '住客' },
          fields: [
            ...patient.fields
              .filter(({ name }) => name !== 'room')
              .map((one) => (one.name === 'fee' ? { ...one, name: 'charge', label: 'Charge' } : one)),
            { name: 'bed', type: 'text', label: { en: 'Bed', 'zh-CN': '床位' } },
          ],
        },
        { ...NURSE, entities: { patient: { ...NURSE.entities.patient, fields: { fee: { read: false } } } } },
        {
          ...{ kind: 'entity', name: 'ward', title: 'name', owned: true },
          ...{ label: { en: 'Ward', 'zh-CN': '病区' }, plural: { en: 'Wards', 'zh-CN': '病区' } },
          fields: [
            { name: 'name', type: 'text', label: { en: 'Name', 'zh-CN': '名称' } },
            { name: 'beds', type: 'integer', label: { en: 'Beds', 'zh-CN': '床位数' } },
          ],
        },
      ])
      await page.evaluate((id) => sessionStorage.setItem('tenon.draft', id), draft)
      await page.goto('/designer/role/nurse?entity=patient')
      const ward = page.locator('[data-entity="ward"]')
      await ward.getByText(designerEn['drafts.fate.new'], { exact: true }).waitFor()
      await page.locator('[data-entity="patient"]').getByText('Guests').waitFor()
      const field = (name: string) => page.locator(`[data-field="${name}"]`)
      await field('bed').getByText(designerEn['drafts.fate.new'], { exact: true }).waitFor()
      // What the role says of a field by its former name stays said of it.
      await field('fee').getByText('Charge').waitFor()
      await field('fee').getByText(t('rights.shows.hidden')).waitFor()
      expect(await field('room').count()).to.equal(0)
      await expectSound(person)
      await picture(person, 'role-of-draft', DESK)
      await ward.getByRole('button').first().click()
      const read = ward.locator('[data-right="read"] .right-cell')
      await read.focus()
      await page.keyboard.press('Enter')
      await page.getByRole('menuitem', { name: designerEn['roles.menu.rule'], exact: true }).click()
      await page.getByText(designerEn['roles.ruleWay.write'], { exact: true }).click()
      await page.getByLabel(designerEn['roles.ruleText']).fill('{">":[{"var":"beds"},2]}')
      await page.locator('.rule-words').getByText('Beds is above 2').waitFor()
      await page.getByRole('button', { name: designerEn['roles.take'] }).click()
      await read.getByText(t('rights.scope.some')).waitFor()
      await page.locator('.change-line').getByText('Wards: see').waitFor()
      await expectSound(person)
      await discard(person)
      await ward.waitFor({ state: 'detached' })
    }))

  it('say which stages they move records to, with which other role, and which definitions they edit', () =>
    atDesk(async (person) => {
      const { page } = person
      await goTo(page, '/designer/role/nurse')
      await page.locator('[data-entity="patient"] th button').click()
      const stage = (name: string) => page.locator(`[data-stage="${name}"]`)
      const say = async (name: string, words: string) => {
        await stage(name).locator('button').focus()
        await page.keyboard.press('Enter')
        await page.getByRole('menuitem', { name: words, exact: true }).click()
      }
      await say('discharged', 'Editor')
      await stage('discharged').getByText('Only together with Editor').waitFor()
      await say('admitted', designerEn['roles.move.never'])
      await stage('admitted').getByText(designerEn['roles.move.never']).waitFor()
      await page.getByRole('combobox', { name: designerEn['roles.kinds'] }).click()
      // The list is longer than what it shows: one looks for the word.
      await page.keyboard.type('view')
      await page.locator('.ant-select-item-option', { hasText: 'view' }).first().click()
      await page.keyboard.press('Escape')
      await page.getByRole('combobox', { name: designerEn['roles.reports'] }).click()
      await page.locator('.ant-select-item-option', { hasText: 'Stays' }).first().click()
      await page.keyboard.press('Escape')
      await page.locator('.change-line').getByText('Stays').waitFor()
      await page.getByRole('combobox', { name: designerEn['roles.views'] }).click()
      const offered = page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden)')
      await offered.locator('.ant-select-item-option').first().click()
      await page.keyboard.press('Escape')
      await page.locator('.change-line').nth(4).waitFor()
      await page.locator('.change-line').getByText('Patients, move to Discharged').waitFor()
      await expectSound(person)
      await review(person)
      await page.locator('.review-step').waitFor()
      await publish(person)
      await page.locator('.toast').waitFor()
      const said = (await nurseNow()) as unknown as Record<string, object>
      expect(said).to.deep.include({ definitions: ['view'], reports: ['stays'] })
      expect(said.views).to.have.length(1)
      const { entities } = said
      expect(entities).to.have.deep.nested.property('patient.transitions', {
        admitted: { by: [] },
        discharged: { by: [{ role: 'editor' }] },
      })
      await publishAll(admin, [NURSE])
    }))

  it('are only looked at while one sees as another, who is named above them all the time', () =>
    letting(enter(engine, DESK), async (person) => {
      const { page, t } = person
      await admin.post('/api/records/user', {
        ...{ name: 'Vera', email: 'vera@example.com', password: PASSWORD, roles: ['publisher'] },
      })
      const { records } = await admin.get(
        `/api/records/user?filter=${encodeURIComponent(JSON.stringify({ '==': [{ var: 'name' }, 'Vera'] }))}`,
      )
      await goTo(page, `/records/user/${records[0]!.id}`)
      await page
        .getByRole('button', { name: t('act.more') })
        .first()
        .click()
      await page.getByRole('menuitem', { name: t('viewAs.act', { name: 'Vera' }) }).click()
      await page.getByLabel(t('viewAs.label')).waitFor()
      await goTo(page, '/designer/role/nurse')
      await page.getByLabel(t('viewAs.label')).getByText('Vera').waitFor()
      await cell(person, 'read').waitFor()
      expect(await page.locator('button.right-cell').count()).to.equal(0)
      await expectSound(person)
      await page.getByRole('button', { name: t('viewAs.stop') }).click()
      await page.getByLabel(t('viewAs.label')).waitFor({ state: 'detached' })
    }))

  it('are not written over what somebody else has published meanwhile, unless the person says so', () =>
    atDesk(async (person) => {
      const { page, t } = person
      await goTo(page, '/designer/role/nurse')
      await say(person, 'read', designerEn['roles.menu.all'])
      const theirs = { ...NURSE, entities: { patient: { ...NURSE.entities.patient, read: 'team_tree' } } }
      await publishAll(admin, [theirs])
      await review(person)
      await page.getByText(designerEn['drafts.conflict'], { exact: true }).waitFor()
      await expectSound(person)
      await page.getByRole('button', { name: designerEn['drafts.resolve'] }).click()
      await page.locator('.review-step').waitFor()
      await publish(person)
      await page.locator('.toast').waitFor()
      await goTo(page, '/designer/role/nurse')
      await cell(person, 'read').getByText(t('rights.scope.all')).waitFor()
      expect((await nurseNow()).entities).to.have.nested.property('patient.read', 'all')
    }))

  it('are published although a requirement fails only with a reason, which is kept', () =>
    atDesk(async (person) => {
      const { page } = person
      const others: Written = {
        ...{ kind: 'scenario', name: 'patients_of_others', requirement: 'REQ-1' },
        label: { en: 'A nurse does not see patients of others', 'zh-CN': '护士看不到他人的患者' },
        given: {
          nina: { user: { roles: ['nurse'] } },
          bob: { user: { roles: ['nurse'] } },
          paul: { patient: { name: 'Paul', owner: 'bob' } },
        },
        // biome-ignore lint/suspicious/noThenProperty: the key of the language
        steps: [{ as: 'nina', list: 'patient', then: { hidden: ['paul'] } }],
      }
      await publishAll(admin, [NURSE, others])
      // Loaded anew: an open designer is not told of what others publish.
      await page.goto('/designer/role/nurse')
      await say(person, 'read', designerEn['roles.menu.all'])
      await review(person)
      await page.getByText('A nurse does not see patients of others').waitFor()
      const button = page.getByRole('button', { name: designerEn['drafts.publish'], exact: true })
      expect(await button.isDisabled()).to.equal(true)
      await expectSound(person)
      await page.getByLabel(designerEn['drafts.overrideReason']).fill('Agreed with the ward')
      await publish(person)
      await page.locator('.toast').waitFor()
      const lastReason = async () => {
        const { rows } = await engine.database.query<{ reason: string }>({
          text: `SELECT override->>'reason' AS reason FROM ws_default.tenon_version ORDER BY version DESC LIMIT 1`,
        })
        return rows[0]?.reason
      }
      expect(await lastReason()).to.equal('Agreed with the ward')
      // The next draft is not asked about what was red before it: that is its reason.
      await goTo(page, '/designer/role/nurse')
      await say(person, 'delete', designerEn['roles.menu.own'])
      await review(person)
      await page.getByText(designerEn['drafts.redBefore_one']).waitFor()
      await publish(person)
      expect(await lastReason()).to.equal(designerEn['drafts.redBeforeReason'])
      await publishAll(admin, [NURSE], ['scenario/patients_of_others'])
    }))

  it('say a right by a rule, which is told in words before it is taken', () =>
    atDesk(async (person) => {
      const { page, t } = person
      await goTo(page, '/designer/role/nurse')
      await say(person, 'read', designerEn['roles.menu.rule'])
      await page.getByText(designerEn['roles.ruleWay.write'], { exact: true }).click()
      await page.getByLabel(designerEn['roles.ruleText']).fill('{"==":[{"var":"rom"},"12"]}')
      await page.locator('.rule-words .bad').waitFor()
      await page.getByLabel(designerEn['roles.ruleText']).fill('{"==":[{"var":"room"},"12"]}')
      await page.getByText('Records where Room is “12”').waitFor()
      // In words as well, with what may come next.
      await page.getByLabel(designerEn['roles.ruleText']).fill("room = '12' or own")
      await page.getByRole('option', { name: 'Owner' }).first().click()
      await page.keyboard.type(' = actor.id')
      await page.keyboard.press('Escape')
      await page.getByText('Records where Room is “12” or').waitFor()
      await page.getByLabel(designerEn['roles.ruleText']).fill("room = '12'")
      await page.getByText('Records where Room is “12”', { exact: true }).waitFor()
      await page.getByRole('button', { name: designerEn['roles.take'] }).click()
      await cell(person, 'read').getByText(t('rights.scope.some')).waitFor()
      await page.getByRole('status').getByText(designerEn['drafts.stored']).waitFor({ state: 'attached' })
      await page.getByRole('link', { name: designerEn['designer.versions'] }).click()
      await page.waitForURL((url) => url.pathname === '/designer/versions')
      // What was said is in the draft, on whatever page one is and after a reload.
      await page.goto('/designer/role/nurse')
      await cell(person, 'read').getByText(t('rights.scope.some')).waitFor()
      await discard(person)
      await cell(person, 'read').getByText(t('rights.scope.team')).waitFor()
    }))

  it('are made as copies, and removed', () =>
    atDesk(async (person) => {
      const { page, t } = person
      await goTo(page, '/designer/role/nurse')
      await page.getByRole('button', { name: t('act.more') }).click()
      await page.getByRole('menuitem', { name: designerEn['roles.copy'] }).click()
      await page.locator('#role-label-en').fill('Head nurse')
      // A copy opens what the role opens: its holders do not find themselves before nothing.
      await page.getByRole('checkbox', { name: 'for “Nurse” is for it too' }).waitFor()
      await page.getByRole('button', { name: designerEn['roles.begin'] }).click()
      await page.waitForURL((url) => url.pathname === '/designer/role/head_nurse')
      await page.getByRole('link', { name: t('settings.roles') }).click()
      await page.locator('[data-role="editor"]').getByRole('link').click()
      await page.waitForURL((url) => url.pathname === '/designer/role/editor')
      await page.getByRole('button', { name: t('act.more') }).click()
      await page.getByRole('menuitem', { name: designerEn['roles.remove'] }).click()
      await page.getByText('1 person holds it').waitFor()
      await page.getByRole('dialog').getByRole('button', { name: designerEn['roles.remove'] }).click()
      await page.locator('[data-role="editor"].gone').waitFor()
      await review(person)
      await page.locator('.review-step', { hasText: '“Ward”' }).waitFor()
      await expectSound(person)
      await goTo(page, '/designer/role')
      await page
        .locator('[data-role="editor"]')
        .getByRole('button', { name: t('act.undo') })
        .click()
      await page.locator('[data-role="editor"]:not(.gone)').waitFor()
      await discard(person)
      await page.locator('[data-role="head_nurse"]').waitFor({ state: 'detached' })
    }))

  it('are only read by who looks after other definitions', () =>
    letting(enter(engine, DESK, { email: 'Edda@example.com', password: PASSWORD }), async (person) => {
      const { page } = person
      await goTo(page, '/designer/role/nurse')
      await page.getByText(designerEn['roles.readOnly']).waitFor()
      await cell(person, 'read').waitFor()
      expect(await page.locator('button.right-cell').count()).to.equal(0)
      expect(await page.getByRole('button', { name: designerEn['drafts.review'] }).count()).to.equal(0)
    }))

  it('of the engine are not changed', () =>
    atDesk(async (person) => {
      await goTo(person.page, '/designer/role/administrator')
      await person.page.getByText(designerEn['roles.engineOwn']).waitFor()
      expect(await person.page.locator('button.right-cell').count()).to.equal(0)
      dataOf(await admin.get('/api/meta/definitions/role/administrator'), 200)
    }))
})
