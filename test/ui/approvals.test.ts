import { expect } from 'chai'
import { type ApprovalScene, approvalScene, CONTRACT } from '../api/approvals/world.ts'
import { PASSWORD } from '../support/http-model.ts'
import { enter, inTurn, letting, type Person, type Setting, wording } from './person.ts'
import { goTo } from './windows.ts'

const LAYOUT = {
  kind: 'layout',
  name: 'deal_page',
  entity: 'deal',
  page: { highlights: ['amount', 'terms', 'owner'], tabs: [{ name: 'details' }, { name: 'history' }] },
}

describe('approvals in the browser', () => {
  let scene: ApprovalScene

  before(async () => {
    scene = await approvalScene([CONTRACT, LAYOUT])
  })
  after(() => scene.engine.stop())

  const as = (who: string, setting: Setting, act: (person: Person) => Promise<void>) =>
    letting(enter(scene.engine, setting, { email: `${who}@example.com`, password: PASSWORD }), act)

  for (const setting of inTurn('approvals 1'))
    describe(`${setting.language} at a ${setting.size}`, () => {
      const t = wording(setting.language)

      it('offers nothing where no approval is needed, and says when one is', async () => {
        const name = `Small ${setting.size}`
        const deal = (await scene.lily.post('/api/records/deal', { name, amount: 10 })).record
        await as('lily', setting, async (lily) => {
          await goTo(lily.page, `/records/deal/${deal.id}`)
          const strip = lily.page.locator('.approval-strip')
          const when = setting.language === 'en' ? 'amount is above 50,000' : 'amount大于50,000'
          const approval = setting.language === 'en' ? 'Contract' : '合同审批'
          await strip.getByText(t('approval.sparedWhen', { approval, when })).waitFor()
          expect(await strip.getByRole('button').count()).to.equal(0)
          expect(await lily.accessibilityFaults()).to.deep.equal([])
          // Once it is, it is offered.
          await scene.lily.patch(`/api/records/deal/${deal.id}`, { amount: 60_000 })
          await strip.getByRole('button', { name: t('approval.submit') }).waitFor()
          expect(await strip.locator('.approval-spared').count()).to.equal(0)
          expect(lily.faults).to.deep.equal([])
        })
      })

      it('tells who would decide, is submitted, and is approved from the inbox in two taps', async () => {
        const name = `Deal ${setting.size}`
        const deal = (await scene.lily.post('/api/records/deal', { name, amount: 60000, terms: '30 days' }))
          .record
        await as('lily', setting, async (lily) => {
          await goTo(lily.page, `/records/deal/${deal.id}`)
          await lily.page.getByRole('button', { name: t('approval.submit') }).click()
          const sheet = lily.page.getByRole('dialog')
          await sheet.getByRole('listitem').filter({ hasText: 'tom' }).waitFor()
          await sheet
            .getByRole('listitem')
            .filter({ hasText: setting.language === 'en' ? 'wang, li' : 'wang、li' })
            .waitFor()
          await sheet.getByRole('button', { name: t('approval.submit') }).click()
          await lily.page.getByText(t('approval.state.running')).first().waitFor()
          await lily.page.getByText(t('approval.locked')).waitFor()
          expect(await lily.page.getByRole('button', { name: new RegExp(t('act.edit')) }).count()).to.equal(0)
          // Nor is a field of what is held changed where it stands.
          await lily.page.locator('.fact-list').first().waitFor()
          expect(await lily.page.locator('.fact-list .in-place-act').count()).to.equal(0)
          expect(await lily.accessibilityFaults()).to.deep.equal([])
          expect(lily.faults).to.deep.equal([])
        })

        await as('tom', setting, async (tom) => {
          await goTo(tom.page, '/approvals')
          const row = tom.page.getByRole('listitem').filter({ hasText: name })
          await row.getByRole('button', { name: t('approval.approve') }).click()
          await tom.page.getByLabel(t('approval.comment')).fill('Fine')
          for (const name of ['opinion.txt', 'mistake.txt'])
            await tom.page
              .getByRole('dialog')
              .locator('input[type=file]')
              .setInputFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(name) })
          await tom.page
            .getByRole('button', { name: t('approval.files.remove', { name: 'mistake.txt' }) })
            .click()
          expect(await tom.accessibilityFaults()).to.deep.equal([])
          await tom.page
            .getByRole('dialog')
            .getByRole('button', { name: t('approval.approve') })
            .click()
          await row.waitFor({ state: 'detached' })
          expect(tom.faults).to.deep.equal([])
        })
        expect((await scene.trail(deal))[0]).to.include({ state: 'running' })
        expect((await scene.inbox(scene.wang)).length).to.be.greaterThan(0)

        await as('wang', setting, async (wang) => {
          await goTo(wang.page, `/records/deal/${deal.id}`)
          await wang.page.getByText(t('approval.mayEdit', { fields: 'terms' })).waitFor()
          await wang.page.getByRole('button', { name: t('approval.more') }).click()
          await wang.page.getByRole('menuitem', { name: t('approval.trail') }).click()
          // Beside the trail the timeline of the page tells it too.
          await wang.page.getByRole('dialog').getByText('Fine').waitFor()
          await wang.page.getByRole('dialog').getByRole('link', { name: 'opinion.txt' }).waitFor()
          expect(await wang.page.getByRole('dialog').getByText('mistake.txt').count()).to.equal(0)
          expect(await wang.accessibilityFaults()).to.deep.equal([])
          expect(wang.faults).to.deep.equal([])
        })
      })

      it('shows on an open page what has become of the record, without being loaded anew', async () => {
        const deal = await scene.submitted({ name: `Watched ${setting.size}` })
        await as('lily', setting, async (lily) => {
          await goTo(lily.page, `/records/deal/${deal.id}`)
          await lily.page.getByText(t('approval.state.running')).first().waitFor()
          await scene.said(scene.tom, 'reject', deal, { comment: 'Too dear' })
          await lily.page.getByText(t('approval.state.rejected')).first().waitFor()
          expect(lily.faults).to.deep.equal([])
        })
      })

      it('decides several in the inbox at once, with one comment for all', async () => {
        const deals = [
          await scene.submitted({ name: `First ${setting.size}` }),
          await scene.submitted({ name: `Second ${setting.size}` }),
        ]
        await as('tom', setting, async (tom) => {
          await goTo(tom.page, '/approvals')
          for (const { name } of deals)
            await tom.page
              .getByRole('checkbox', { name: t('approval.inbox.choose', { title: String(name) }) })
              .check()
          await tom.page
            .getByRole('toolbar')
            .getByRole('button', { name: t('approval.reject') })
            .click()
          const sheet = tom.page.getByRole('dialog')
          await sheet.getByLabel(t('approval.comment')).fill('Too dear')
          expect(await tom.accessibilityFaults()).to.deep.equal([])
          await sheet.getByRole('button', { name: t('approval.reject') }).click()
          await sheet.waitFor({ state: 'detached' })
          for (const { name } of deals)
            await tom.page
              .getByRole('listitem')
              .filter({ hasText: String(name) })
              .waitFor({ state: 'detached' })
          // What was decided lies behind its own tab, and is come back to.
          await tom.page.getByRole('button', { name: t('approval.inbox.done'), exact: true }).click()
          await tom.page.waitForURL((url) => url.searchParams.get('state') === 'done')
          await tom.page
            .getByRole('link', { name: String(deals[0]!.name) })
            .first()
            .click()
          await tom.page.waitForURL((url) => url.pathname !== '/approvals')
          await tom.page.goBack()
          await tom.page.locator('.inbox-tabs .on').getByText(t('approval.inbox.done')).waitFor()
          expect(tom.faults).to.deep.equal([])
        })
        for (const deal of deals) {
          const [run] = await scene.trail(deal)
          const said = run!.trail as readonly { act: string; comment: string | null }[]
          expect(said.at(-1)).to.include({ act: 'reject', comment: 'Too dear' })
        }
      })
    })
})
