import { expect } from 'chai'
import { en as designerEn } from '../../designer/i18n/en.ts'
import { zhCN as designerZh } from '../../designer/i18n/zh-CN.ts'
import { startEngine, type TestEngine } from '../support/engine.ts'
import type { Client } from '../support/http.ts'
import { eventually } from '../support/http-model.ts'
import { enter, expectSound, inEach, letting, type Person, picture, toastText } from './person.ts'
import { goTo } from './windows.ts'

const ADVISOR = { email: 'advisor@example.com', password: 'advisor-advisor' }
const DAY_MS = 86_400_000

/**
 * The trial lesson of an education chain, from nothing to what people work with: an entity, stages with a gate, a flow that
 * reminds, a role; published at once, then used by somebody who has that role.
 */
describe('a trial lesson, from nothing to people who work with it', () => {
  /** A workspace of its own each time: what is made has the same names. */
  let engine: TestEngine
  let admin: Client
  afterEach(() => engine?.stop())

  for (const { language } of inEach('trial lesson')) {
    const d = language === 'en' ? designerEn : designerZh
    const said = (en: string, zh: string): string => (language === 'en' ? en : zh)
    const at = ({ page }: Person, path: string) => page.locator(`.inspector [data-path="${path}"]`)
    const last = (person: Person, path: string) => at(person, path).getByRole('button').last()

    /** Says what is named; what is offered lies over what comes next until the focus has gone. */
    async function name(person: Person, path: string, called: string): Promise<void> {
      await at(person, path).locator('input').last().fill(called)
      await person.page.keyboard.press('Tab')
    }

    /** A new definition of a kind, called so; its page is open then. */
    async function begin(person: Person, kind: string, en: string, zh: string): Promise<void> {
      const { page } = person
      await goTo(page, `/designer/${kind}`)
      await page.getByRole('button', { name: d['designer.new'], exact: true }).click()
      await page.locator('#definition-label-en').fill(en)
      await page.locator('#definition-label-zh-CN').fill(zh)
      await page.getByRole('button', { name: d['roles.begin'] }).click()
      await page.waitForURL(
        (url) => url.pathname === `/designer/${kind}/${en.toLowerCase().replace(/ /g, '_')}`,
      )
    }

    async function publish(person: Person): Promise<void> {
      const { page } = person
      await page.getByRole('button', { name: d['drafts.review'] }).click()
      await page.locator('.review-step').first().waitFor()
      await expectSound(person)
      await page.getByRole('button', { name: d['drafts.publish'], exact: true }).click()
      await page.waitForURL((url) => url.pathname === '/designer/versions')
    }

    async function addField(
      person: Person,
      place: number,
      type: string,
      name: string,
      en: string,
      zh: string,
    ) {
      const { page } = person
      await last(person, 'fields').click()
      const gallery = page.getByRole('dialog')
      await gallery.getByRole('searchbox').fill(type)
      await page.waitForTimeout(500)
      await gallery.locator('.field-card').first().click()
      await at(person, `fields/${place}/label`).locator('input[lang="en"]').fill(en)
      await at(person, `fields/${place}/label`).locator('input[lang="zh-CN"]').fill(zh)
      await at(person, `fields/${place}/name`).locator('input').fill(name)
    }

    it(`is made in the designer (${language})`, async () => {
      engine = await startEngine()
      admin = await engine.loginAdmin()
      await letting(enter(engine, { language, size: 'desk' }), async (person) => {
        const { page } = person
        await begin(person, 'entity', 'Trial lesson', '试听课')
        await addField(person, 1, 'date_time', 'starts_at', 'Starts at', '上课时间')
        await addField(person, 2, 'long_text', 'feedback', 'Feedback', '课后反馈')
        await addField(person, 3, 'stage', 'stage', 'Stage', '阶段')
        await expectSound(person)

        await begin(person, 'pipeline', 'Trial stages', '试听流程')
        await name(person, 'entity', 'trial_lesson')
        await name(person, 'field', 'stage')
        const stages = [
          ['booked', 'Booked', '已预约'],
          ['attended', 'Attended', '已试听'],
        ] as const
        for (const [place, [stage, en, zh]] of stages.entries()) {
          await page.getByRole('button', { name: d['stages.add'], exact: true }).click()
          await at(person, `stages/${place}/label`).locator('input[lang="en"]').fill(en)
          await at(person, `stages/${place}/label`).locator('input[lang="zh-CN"]').fill(zh)
          await at(person, `stages/${place}/name`).locator('input').fill(stage)
        }
        // The gate: nobody goes on of whom nothing is said.
        await page.locator('.stage-card').first().click()
        await at(person, 'stages/0/requires').locator('input').fill('feedback')
        await page.keyboard.press('Enter')
        await page.keyboard.press('Escape')
        await page.locator('.stage-card').getByText(said('1 field required', '1 个')).waitFor()
        await expectSound(person)

        await begin(person, 'flow', 'Lesson reminder', '上课提醒')
        // What sets it off is asked first, in words, and is no fault before it is said.
        await page.locator('.step-card').getByText(d['steps.on.nothing']).waitFor()
        expect(await page.locator('.step-card.faulty').count()).to.equal(0)
        await page.locator('[data-form="time"]').click()
        await name(person, 'trigger/record', 'trial_lesson')
        await name(person, 'trigger/time/field', 'starts_at')
        await at(person, 'trigger/time/before').locator('input').first().fill('1')
        await page.locator('.step-plus[data-slot="steps/0"]').click()
        await page.getByRole('menuitem', { name: said('Notify', '通知'), exact: true }).click()
        await at(person, 'steps/0/to').getByRole('button', { name: d['people.add'] }).click()
        await at(person, 'steps/0/to').locator('.people-form').click()
        await page.locator('.ant-select-item-option', { hasText: d['people.field'] }).click()
        await name(person, 'steps/0/to', 'owner')
        await at(person, 'steps/0/title').locator('input[lang="en"]').fill('A trial lesson tomorrow')
        await at(person, 'steps/0/title').locator('input[lang="zh-CN"]').fill('明天有试听课')
        // What only the draft has is called by its label, not by its name.
        await page
          .locator('.step-card[data-path="trigger"]')
          .getByText(said('before Starts at', '上课时间'))
          .waitFor()
        await expectSound(person)

        await goTo(page, '/designer/role')
        await page.getByRole('button', { name: d['roles.role'], exact: true }).click()
        await page.locator('#role-label-en').fill('Course advisor')
        await page.locator('#role-label-zh-CN').fill('课程顾问')
        await page.getByRole('button', { name: d['roles.begin'] }).click()
        await page.waitForURL((url) => url.pathname === '/designer/role/course_advisor')
        const lesson = page.locator('[data-entity="trial_lesson"]')
        await lesson.getByText(d['drafts.fate.new'], { exact: true }).waitFor()
        for (const right of ['read', 'create', 'update']) {
          await lesson.locator(`[data-right="${right}"] .right-cell`).click()
          await page
            .getByRole('menuitem', {
              name: right === 'create' ? person.t('value.yes') : d['roles.menu.own'],
              exact: true,
            })
            .click()
        }
        await lesson.locator('[data-right="read"]').getByText(person.t('rights.scope.own')).waitFor()
        await page.locator('[data-stage="attended"]').getByText(said('Attended', '已试听')).waitFor()
        await expectSound(person)
        await picture(person, 'trial-lesson-role', { language, size: 'desk' })
        // All of it comes into force at once: nobody has to publish in between.
        await publish(person)
        // Somebody of that role works with it the same second.
        const account = { ...ADVISOR, name: 'Ada Advisor', roles: ['course_advisor'], language }
        expect((await admin.post('/api/records/user', account)).status).to.equal(201)
        await letting(enter(engine, { language, size: 'phone' }, ADVISOR), async (advisor) => {
          const starts = new Date(Date.now() + DAY_MS + 3_000).toISOString()
          const { id } = (
            await admin.post('/api/records/trial_lesson', {
              ...{ name: '李雷', starts_at: starts },
              owner: (await admin.get('/api/records/user?q=Ada')).records[0]!.id,
            })
          ).record
          await goTo(advisor.page, `/records/trial_lesson/${id}`)
          const { page: phone } = advisor
          await phone.getByRole('button', { name: said('Attended', '已试听') }).click()
          const gate = phone.getByRole('dialog')
          await gate.getByLabel(said('Feedback', '课后反馈')).fill(said('She liked it', '很喜欢'))
          await expectSound(advisor)
          await picture(advisor, 'trial-lesson', { language, size: 'phone' })
          await gate.getByRole('button', { name: advisor.t('stage.move') }).click()
          await toastText(advisor).waitFor()
          const lesson = (await admin.get(`/api/records/trial_lesson/${id}`)).record
          expect(lesson).to.include({ stage: 'attended', feedback: said('She liked it', '很喜欢') })
          await eventually(async () => {
            const told = await advisor.context.request.get('/api/records/notification')
            return (await told.text()).includes(said('A trial lesson tomorrow', '明天有试听课'))
          })
        })
        expect(person.faults).to.deep.equal([])
      })
    })
  }
})
