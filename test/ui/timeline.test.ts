import { expect } from 'chai'
import { publishAll, type Written } from '../support/drafts.ts'
import { startEngine, type TestEngine } from '../support/engine.ts'
import type { Client } from '../support/http.ts'
import { enter, expectSound, inTurn, letting, type Person, picture, toastText } from './person.ts'
import { uiTemplate } from './ui-model.ts'
import { goTo } from './windows.ts'

const text = (en: string, zh: string) => ({ en, 'zh-CN': zh })

const CALL: Written = {
  ...{ kind: 'entity', name: 'call', title: 'subject', owned: true, icon: 'phone' },
  ...{ label: text('Call', '通话'), plural: text('Calls', '通话') },
  fields: [
    { name: 'subject', type: 'text', required: true, label: text('Subject', '主题') },
    {
      ...{ name: 'about', type: 'dynamic_lookup', to: ['company', 'deal'] },
      ...{ inverse: 'calls', onDelete: 'cascade', label: text('About', '关于') },
    },
    { name: 'duration', type: 'duration', label: text('Duration', '时长') },
    { name: 'notes', type: 'long_text', label: text('Notes', '记录') },
  ],
}

/** A picture of one point. */
const DOT = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

const LILEI = { email: 'lilei@example.com', password: 'a colleague’s password' }

describe('the timeline in the browser', () => {
  let engine: TestEngine
  let admin: Client
  let company: string
  /** Reads companies and changes none. */
  let lilei: string

  before(async () => {
    engine = await startEngine({ template: uiTemplate })
    admin = await engine.loginAdmin()
    await publishAll(admin, [CALL])
    company = (await admin.post('/api/records/company', { name: 'Acme', level: 'b' })).record.id
    const at = `/api/records/company/${company}`
    for (let amount = 1; amount <= 24; amount++) await admin.patch(at, { amount })
    await admin.post(`${at}/comments`, { text: 'They call back.' })
    const form = new FormData()
    form.set('entity', 'company')
    form.set('record', company)
    form.set('file', new Blob(['x'], { type: 'text/plain' }), 'offer.txt')
    await admin.post('/api/files', form)
    await call('First call')
    const colleague = (name: string, email: string, roles: readonly string[]) =>
      admin.post('/api/records/user', { name, email, roles, password: LILEI.password })
    lilei = (await colleague('李雷', LILEI.email, ['reader'])).record.id
    await colleague('李蓉', 'lirong@example.com', [])
  })
  after(async () => engine?.stop())

  const call = (subject: string) =>
    admin.post('/api/records/call', {
      ...{ subject, duration: 'PT6M12S', notes: 'Second phase agreed.' },
      about: { entity: 'company', id: company },
    })

  async function open(person: Person, path: string): Promise<void> {
    const { page, phone, t } = person
    await goTo(page, path)
    if (!phone) return
    await page
      .locator('.phone-tabs')
      .getByRole('button', { name: t('record.timeline') })
      .click()
  }

  const chip = ({ page }: Person, type: string) => page.locator(`.timeline-filter [data-type="${type}"]`)

  for (const setting of inTurn('timeline 1'))
    it(`tells what happened by day, by kind, and further back (${setting.language}, ${setting.size})`, () =>
      letting(enter(engine, setting), async (person) => {
        const { page, t } = person
        const events = page.locator('.timeline .event')
        await open(person, `/records/company/${company}`)
        await page.getByRole('heading', { name: setting.language === 'en' ? 'Today' : '今天' }).waitFor()
        await page.getByRole('link', { name: 'First call' }).waitFor()
        await page.getByText('Second phase agreed.').first().waitFor()
        await page.getByRole('link', { name: 'offer.txt' }).waitFor()
        await page.locator('.event-text', { hasText: 'They call back.' }).waitFor()
        await expectSound(person)

        await chip(person, 'record.call').click()
        await events.and(page.locator('[data-action]')).first().waitFor({ state: 'detached' })
        await page.getByRole('link', { name: 'First call' }).waitFor()
        expect(await events.locator('.activity-title').allTextContents()).to.include('First call')
        await chip(person, 'comment').click()
        await events.locator('.event-text').waitFor()
        await expectSound(person)

        await page.getByRole('button', { name: t('timeline.all'), exact: true }).click()
        await page.getByRole('button', { name: t('record.earlier') }).click()
        await page.locator('.timeline [data-action="create"]').waitFor()
        await expectSound(person)

        // What somebody else does comes by itself.
        await call(`Live ${setting.size}`)
        await page.getByRole('link', { name: `Live ${setting.size}` }).waitFor()
      }))

  it('brings back a value, and says what there is where nothing is of a kind', () =>
    letting(enter(engine, { language: 'en', size: 'desk' }), async (person) => {
      const { page, t } = person
      const { id } = (await admin.post('/api/records/company', { name: 'Back', amount: 7 })).record
      await admin.patch(`/api/records/company/${id}`, { amount: 8 })
      await goTo(page, `/records/company/${id}`)
      await page.getByRole('button', { name: t('history.bringBack', { field: 'Amount' }) }).click()
      await page.locator('.timeline [data-action="update"]').nth(1).waitFor()
      expect((await admin.get(`/api/records/company/${id}`)).record.amount).to.equal(7)

      await chip(person, 'file').click()
      await page.getByText(t('timeline.noneOf')).waitFor()
      await expectSound(person)
      await page.getByRole('button', { name: t('timeline.showAll') }).click()
      await page.locator('.timeline [data-action="create"]').waitFor()
    }))

  for (const setting of inTurn('timeline 2'))
    it(`takes a call in two clicks, and asks for what it must have (${setting.language}, ${setting.size})`, () =>
      letting(enter(engine, setting), async (person) => {
        const { page, t } = person
        const { id } = (await admin.post('/api/records/company', { name: `Called ${setting.size}` })).record
        await open(person, `/records/company/${id}`)
        await page.getByRole('textbox', { name: t('comment.write') }).waitFor()
        let clicks = 0
        const click = async (name: string) => {
          clicks++
          await page.locator('.composer').getByRole('button', { name, exact: true }).click()
        }
        await click(setting.language === 'en' ? 'Call' : '通话')
        const subject = page.locator('#quick-subject')
        await subject.waitFor()
        await expectSound(person)
        await subject.press('Control+Enter')
        await page.locator('#quick-subject-problem').waitFor()
        await expectSound(person)
        // The box has the focus: what is typed goes there.
        await page.keyboard.type('Asked for a quote')
        await click(t('act.save'))
        await page.getByRole('link', { name: 'Asked for a quote' }).waitFor()
        expect(clicks).to.equal(2)
        const [made] = (await admin.get(`/api/records/company/${id}/related/calls`)).records
        expect(made).to.deep.include({ subject: 'Asked for a quote', about: { entity: 'company', id } })
        await page.getByRole('textbox', { name: t('comment.write') }).fill('They were glad.')
        await page
          .locator('form')
          .getByRole('button', { name: t('comment.send'), exact: true })
          .click()
        await page.locator('.event-text', { hasText: 'They were glad.' }).waitFor()
      }))

  for (const setting of inTurn('timeline 3'))
    it(`mentions people, and takes files that are dropped, pasted and chosen (${setting.language}, ${setting.size})`, async () => {
      const { id } = (await admin.post('/api/records/company', { name: `Mentioned ${setting.size}` })).record
      await letting(enter(engine, setting), async (person) => {
        const { page, t, phone } = person
        await open(person, `/records/company/${id}`)
        const box = page.getByRole('textbox', { name: t('comment.write') })
        await box.click()
        await box.pressSequentially('请 @li')
        const people = page.getByRole('listbox', { name: t('mention.people') })
        await people.getByRole('option').getByText('李雷').waitFor()
        await people.getByRole('option').getByText('Admin').waitFor({ state: 'detached' })
        // 李蓉 may not read it.
        expect(await people.getByRole('option').allTextContents()).to.deep.equal(['李李雷'])
        await expectSound(person)
        if (phone) await people.getByRole('option').tap()
        else await box.press('Enter')
        await people.waitFor({ state: 'detached' })
        await box.pressSequentially('看 <b>this</b>')
        expect(await box.inputValue()).to.equal('请 @李雷 看 <b>this</b>')

        // Dropped beside the words and pasted into them; the one that cannot be stands beside those that can.
        await page.route('**/api/files', async (route) => {
          if (route.request().postData()?.includes('broken.txt') === true) await route.abort()
          else await route.continue()
        })
        const held = await page.evaluateHandle(() => {
          const data = new DataTransfer()
          for (const name of ['offer.txt', 'broken.txt'])
            data.items.add(new File([name], name, { type: 'text/plain' }))
          return data
        })
        const zone = page.locator('.attach-zone')
        for (const event of ['dragenter', 'dragover']) await zone.dispatchEvent(event, { dataTransfer: held })
        await page.locator('.attach-drop.here').getByText(t('attach.drop')).waitFor()
        await expectSound(person)
        await zone.dispatchEvent('drop', { dataTransfer: held })
        await page.locator('.attach-drop').waitFor({ state: 'detached' })
        const tray = page.getByRole('region', { name: t('attach.files') })
        await tray.locator('[data-state="done"]', { hasText: 'offer.txt' }).waitFor()
        await tray.locator('[data-state="failed"]', { hasText: 'broken.txt' }).waitFor()
        await box.evaluate((field, dot) => {
          const data = new DataTransfer()
          const bytes = Uint8Array.from(atob(dot), (letter) => letter.charCodeAt(0))
          data.items.add(new File([bytes], 'image.png', { type: 'image/png' }))
          field.dispatchEvent(
            new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
          )
        }, DOT)
        await tray.locator('[data-state="done"]', { hasText: /(Screenshot|截图) .*\.png/ }).waitFor()
        await page.unroute('**/api/files')
        // The network’s refusal was ours.
        ;(person.faults as string[]).length = 0
        await expectSound(person)
        await tray.getByRole('button', { name: t('attach.retry', { name: 'broken.txt' }) }).click()
        await tray.locator('[data-state="done"]', { hasText: 'broken.txt' }).waitFor()
        await tray.getByRole('button', { name: t('attach.remove', { name: 'broken.txt' }) }).click()
        await tray.getByText('broken.txt').waitFor({ state: 'detached' })
        expect(await page.locator('input[capture="environment"]').count()).to.equal(phone ? 1 : 0)
        const names = (await admin.get(`/api/records/company/${id}/files`)).records.map(({ name }) =>
          String(name),
        )
        expect(names.length).to.equal(2)
        expect(names).to.include('offer.txt')

        await box.press('Control+Enter')
        await page.locator('.timeline .event-text .mention', { hasText: '@李雷' }).waitFor()
        await tray.waitFor({ state: 'detached' })
        // What came with it stands in it, and not beside it; what can be shown is looked at here.
        const comment = page.locator('.timeline .event[data-type="comment"]')
        await comment.locator('.comment-files li').nth(1).waitFor()
        expect(await page.locator('.timeline .event[data-type="file"]').count()).to.equal(0)
        expect(await comment.locator('.comment-picture').count()).to.equal(1)
        await comment.getByRole('link', { name: 'offer.txt' }).click()
        await page.getByRole('dialog').locator('.file-preview-text', { hasText: 'offer.txt' }).waitFor()
        await page.keyboard.press('Escape')
        await chip(person, 'file').click()
        await page.locator('.timeline .event[data-type="file"]').nth(1).waitFor()
        await page.getByRole('button', { name: t('timeline.all'), exact: true }).click()
        await comment.waitFor()
        const [said] = (await admin.get(`/api/records/company/${id}/comments`)).records
        expect(said).to.deep.include({
          text: '请 @李雷 看 <b>this</b>',
          mentions: [{ id: lilei, label: '李雷' }],
        })
        await expectSound(person)

        // Said otherwise where it stands: the mark stays, nobody is told twice.
        const act = async (label: string) => {
          if (!phone) await comment.hover()
          await comment.getByRole('button', { name: t('comment.acts') }).click()
          await page.getByRole('menuitem', { name: t(label) }).click()
        }
        await act('act.edit')
        const again = page.getByRole('textbox', { name: t('comment.editing') })
        expect(await again.inputValue()).to.equal('请 @李雷 看 <b>this</b>')
        await again.press('Escape')
        await again.waitFor({ state: 'detached' })
        await act('act.edit')
        await again.fill('请 @李雷 今天看')
        await expectSound(person)
        await again.press('Control+Enter')
        await comment.getByText(t('comment.edited')).waitFor()
        await comment.locator('.mention', { hasText: '@李雷' }).waitFor()
        await page.reload()
        if (phone)
          await page
            .locator('.phone-tabs')
            .getByRole('button', { name: t('record.timeline') })
            .click()
        await comment.locator('.comment-files li').nth(1).waitFor()
        await act('act.delete')
        await comment.waitFor({ state: 'detached' })
        expect((await admin.get(`/api/records/company/${id}/files`)).records).to.deep.equal([])
        await toastText(person)
          .getByRole('button', { name: t('act.undo') })
          .click()
        await comment.locator('.comment-files li').nth(1).waitFor()
        await picture(person, 'comment-files', setting)
        await expectSound(person)
      })

      // Whom it mentions finds the way to it, and may add nothing.
      const reader = enter(engine, setting, LILEI)
      await letting(reader, async (person) => {
        const { page } = person
        await goTo(page, '/notifications')
        await page.locator('.notification-link').first().click()
        await page.locator('.event-text .mention.me').waitFor()
        expect(new URL(page.url()).pathname + new URL(page.url()).hash).to.equal(
          `/records/company/${id}#comments`,
        )
        expect(await page.locator('.attach-zone, .timeline').count()).to.equal(0)
        await expectSound(person)
      })
    })

  it('says that it could not be read, and tries again', () =>
    letting(enter(engine, { language: 'en', size: 'desk' }), async ({ page, t }) => {
      await page.route('**/api/**/timeline*', (route) => route.abort())
      await page.goto(`/records/company/${company}`)
      await page.getByText(t('timeline.failed')).waitFor()
      await page.unroute('**/api/**/timeline*')
      await page.getByRole('button', { name: t('state.retry') }).click()
      await page.getByRole('link', { name: 'First call' }).waitFor()
    }))

  it('tells of moves with their stages, in the order of the pipeline', () =>
    letting(enter(engine, { language: 'en', size: 'desk' }), async (person) => {
      const { page } = person
      const { id } = (await admin.post('/api/records/deal', { name: 'Moved', stage: 'contact' })).record
      await admin.patch(`/api/records/deal/${id}`, { stage: 'offer' })
      await goTo(page, `/records/deal/${id}`)
      const move = page.locator('.event[data-type="stage"]')
      await move.waitFor()
      expect(await move.locator('.stage-mark').allTextContents()).to.deep.equal(['Contact', 'Offer'])
      // The move is told once: neither as a change nor as the beginning.
      expect(await page.locator('.timeline .event').count()).to.equal(2)
      await expectSound(person)
    }))
})
