import { expect } from 'chai'
import { SIZES, visit } from '../support/browser.ts'
import { dataOf } from '../support/drafts.ts'
import { eventually } from '../support/http-model.ts'
import { readPdf } from '../support/pdf.ts'
import { control, expectSound, letting, type Person, save } from './person.ts'
import { type WalkWorld, type Who, walkWorld } from './walk-world.ts'
import { goTo } from './windows.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** The stories of the first loop as people live them: nobody forgets, nobody waits, everybody sees the numbers. */
describe('the first loop, walked in Chinese', function () {
  this.timeout(240_000)
  let world: WalkWorld
  /** The supervisor's dashboard, open all the time. */
  let supervisor: Person

  before(async () => {
    world = await walkWorld()
    supervisor = await world.window('tom')
    await supervisor.page.setViewportSize({ ...SIZES.desk, height: 1600 })
    await goTo(supervisor.page, '/dashboards/supervisor_home')
  })
  after(async () => {
    await supervisor?.close()
    await world.stop()
  })

  /** A stage of a funnel with its number, as the supervisor's page shows it without being loaded again. */
  const figure = (tile: string, text: string) =>
    supervisor.page.getByRole('region', { name: tile, exact: true }).getByRole('link', { name: text })
  /** Titles and texts of what somebody read in WeCom. */
  const inWecom = (who: Who) =>
    world.wecom.seen
      .filter(({ touser }) => touser === who)
      .map((message) => (message.textcard as { readonly title: string }).title)
  const toldInWecom = (who: Who, title: string) =>
    eventually(async () => inWecom(who).includes(title)).catch(() => {
      throw new Error(`${who} was told in WeCom: ${JSON.stringify(inWecom(who))}`)
    })
  const filtered = (entity: string, rule: unknown) =>
    `/api/records/${entity}?filter=${encodeURIComponent(JSON.stringify(rule))}`

  describe('a visitor of 活动A', () => {
    const answer = async (name: string, company: string, ask: string) => {
      const visitor = await visit(world.url(), { language: 'zh-CN', size: 'phone' })
      const { page } = visitor
      try {
        await page.goto('/f/event_a')
        await page.getByLabel('您的姓名').fill(name)
        await page.getByLabel('电话').fill('138 0013 8000')
        await page.getByLabel('公司').fill(company)
        await page.getByLabel('行业').selectOption({ label: '机械装备' })
        await page.getByLabel('区域').selectOption({ label: '华东' })
        await page.getByLabel('您想了解什么？').fill(ask)
        await page.locator('#consent').check()
        await page.getByRole('button', { name: '提交' }).click()
        await page.getByText('感谢报名').waitFor()
        expect(visitor.faults).to.deep.equal([])
      } finally {
        await visitor.close()
      }
    }
    let owner: Who

    it('becomes a lead with its tag, of the next present person, who is told in Tenon and WeCom', async () => {
      await figure('线索转化', '新线索: 0').waitFor()
      await answer('王女士', '华兴机械', '请寄样本')
      await eventually(async () => world.wecom.seen.length > 0)
      owner = world.wecom.seen[0]!.touser as Who
      expect(owner).to.be.oneOf(['lily', 'max']) // 许一诺 is away
      expect(inWecom(owner)).to.deep.equal(['新线索：王女士（华兴机械）'])
      await letting(world.window(owner), async (person) => {
        const { page } = person
        await goTo(page, '/notifications')
        await page.locator('.notification', { hasText: '新线索：王女士' }).getByRole('link').click()
        await page.getByRole('heading', { level: 1, name: '王女士' }).waitFor()
        await page.getByText('活动A线索').first().waitFor()
        await expectSound(person)
        await page.getByRole('button', { name: '为什么由此人负责' }).first().click()
        const why = page.getByRole('dialog')
        await why.locator('.traced-rule.decided', { hasText: '按区域与行业对应的团队轮流' }).waitFor()
        await why.locator('.traced-person', { hasText: '许一诺' }).getByText('缺勤').waitFor()
        await why.getByText('被选中').waitFor()
      })
    })

    it('who comes again with the same phone adds to the lead instead of making another', async () => {
      await answer('王丽', '华兴机械', '何时方便来访？')
      const client = await world.as(owner)
      const list = () => client.get('/api/records/lead')
      await eventually(async () => String((await list()).records[0]?.description).includes('何时方便来访？'))
      const leads = (await list()).records
      expect(leads.map(({ name, description }) => ({ name, description }))).to.deep.equal([
        { name: '王女士', description: '请寄样本\n\n何时方便来访？' },
      ])
    })

    it('is in the supervisor’s funnel by itself, and a click on the number lists the lead', async () => {
      await figure('线索转化', '新线索: 1').waitFor()
      await figure('线索转化', '新线索: 1').click()
      const { page } = supervisor
      await page.waitForURL(/\/records\/lead\?/)
      await page.locator('.records .name-cell a').first().waitFor()
      expect(await page.locator('.records .name-cell a').allInnerTexts()).to.deep.equal(['王女士'])
      await goTo(page, '/dashboards/supervisor_home')
    })
  })

  describe('a deal that is silent', () => {
    let deal: string

    it('reminds its owner after 14 days', async () => {
      const lily = await world.as('lily')
      const account = dataOf<{ id: string }>(
        await lily.post('/api/records/account', { name: '华兴机械' }),
        201,
      )
      const body = { name: '产线改造', account: account.id, amount: 320000 }
      deal = dataOf<{ id: string }>(await lily.post('/api/records/opportunity', body), 201).id
      await figure('销售漏斗', '初步接触: 1').waitFor()
      await setBack(
        `UPDATE "ws_default".opportunity SET stage_since = now() - interval '14 days' WHERE id = $1`,
      )
      await lookAtClock()
      await toldInWecom('lily', '商机已 14 天没有进展')
    })

    it('reminds the leader three days later, and the owner no more', async () => {
      await setBack(
        `UPDATE "ws_default".tenon_run SET position = jsonb_set(position, '{0,waiting,since}', ` +
          `to_jsonb(to_char(now() - interval '3 days', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))) WHERE record = $1 AND name = 'sales_stalled'`,
      )
      // Whatever changes asks the run again.
      await (await world.as('lily')).patch(`/api/records/opportunity/${deal}`, { description: '仍在等客户' })
      await toldInWecom('tom', '团队商机已 17 天没有进展')
      expect(inWecom('lily').filter((title) => title.includes('14 天'))).to.have.length(1)
      await letting(world.window('lily'), async ({ page }) => {
        await goTo(page, '/notifications')
        await page.locator('.notification', { hasText: '商机已 14 天没有进展' }).getByRole('link').click()
        await page.getByRole('heading', { level: 1, name: '产线改造' }).waitFor()
      })
    })

    /** Time passes: what was just now was so long ago. */
    async function setBack(text: string): Promise<void> {
      const { rowCount } = await world.db.query({ text, values: [deal] })
      expect(rowCount).to.equal(1)
    }

    /** Flows' times are looked at together: a call back that is due now has the deal looked at too. */
    async function lookAtClock(): Promise<void> {
      const due_at = new Date(Date.now() + HOUR + 1_000).toISOString()
      await world.admin().post('/api/records/task', { subject: '看时间', type: 'call_back', due_at })
    }
  })

  describe('an unknown caller', () => {
    let task: string

    it('becomes a customer with a call back in three days, in three steps', async () => {
      await letting(world.window('lily'), async (lily) => {
        const { page } = lily
        await goTo(page, '/records/account/new')
        await control(lily, 'name').fill('来电客户：瑞丰电气')
        await control(lily, 'phone').fill('0571-88880001')
        await save(lily)
        await page.waitForURL(/\/records\/account\/[0-9a-f-]{36}$/)
        await page.locator('[data-relation="tasks"]').getByRole('link', { name: '新建任务' }).click()
        // In place, above the customer's page.
        const sheet = page.getByRole('dialog')
        await sheet.locator('#quick_subject').fill('回访瑞丰电气')
        await sheet.locator('#quick_type').click()
        await page.locator('.ant-select-item-option:visible', { hasText: '回访' }).first().click()
        const due = sheet.locator('#quick_due_at')
        await due.click()
        await due.fill(shanghaiText(Date.now() + 3 * DAY))
        await page.keyboard.press('Enter')
        await expectSound(lily)
        await sheet.getByRole('button', { name: '创建' }).click()
        await page.locator('[data-relation="tasks"]').getByRole('link', { name: '回访瑞丰电气' }).waitFor()
      })
      const made = await (await world.as('lily')).get(
        filtered('task', { '==': [{ var: 'subject' }, '回访瑞丰电气'] }),
      )
      const { id, due_at, type, about } = made.records[0]!
      task = id
      expect(type).to.equal('call_back')
      expect(about).to.include({ entity: 'account' })
      expect(Math.abs(Date.parse(String(due_at)) - (Date.now() + 3 * DAY))).to.be.below(5 * 60_000)
    })

    it('is remembered in WeCom an hour before, once, though it was moved and the server was killed', async () => {
      const lily = await world.as('lily')
      const move = async (inMs: number) => {
        const due_at = new Date(Date.now() + inMs).toISOString()
        dataOf(await lily.patch(`/api/records/task/${task}`, { due_at }), 200)
      }
      await move(2 * DAY)
      await move(HOUR + 3_000)
      await world.kill()
      const again = await world.as('lily')
      await eventually(async () => (await remindersOf(again)).length > 0)
      await toldInWecom('lily', '一小时后需要回访')
      const runs = (await world.admin().get(`/api/flows/runs?flow=callback_due&record=${task}`)).records
      expect(runs.map(({ state }) => state)).to.deep.equal(['done'])
      expect((await remindersOf(again)).length).to.equal(1)
      expect(inWecom('lily').filter((title) => title === '一小时后需要回访')).to.have.length(1)
      await letting(world.window('lily'), async ({ page }) => {
        await goTo(page, '/notifications')
        await page.locator('.notification', { hasText: '一小时后需要回访' }).getByRole('link').click()
        await page.getByRole('heading', { level: 1, name: '回访瑞丰电气' }).waitFor()
      })
    })

    const remindersOf = async (client: Awaited<ReturnType<WalkWorld['as']>>) =>
      (await client.get(filtered('notification', { '==': [{ var: 'flow' }, 'callback_due'] }))).records
  })

  describe('a contract over 50,000', () => {
    let contract: string

    it('is submitted, and agreed to by the leader and finance; the server dies as it makes the PDF', async () => {
      contract = await makeContract()
      await letting(world.window('lily'), async (lily) => {
        const { page } = lily
        await goTo(page, `/records/contract/${contract}`)
        await page.getByRole('button', { name: '提交审批' }).click()
        const sheet = page.getByRole('dialog')
        await sheet.getByRole('listitem').filter({ hasText: '林晓岚' }).waitFor()
        await sheet.getByRole('listitem').filter({ hasText: '王会计' }).waitFor()
        await sheet.getByRole('button', { name: '提交审批' }).click()
        await page.getByText('审批中').first().waitFor()
      })
      const held = await world.hold('document')
      for (const who of ['tom', 'wang'] as const)
        await letting(world.window(who), async ({ page }) => {
          await goTo(page, '/approvals')
          const row = page.getByRole('listitem').filter({ hasText: '产线改造合同' })
          await row.getByRole('button', { name: '同意' }).click()
          await page.getByRole('dialog').getByRole('button', { name: '同意' }).click()
          await row.waitFor({ state: 'detached' })
        })
      await eventually(() => held.isHeld())
      await world.kill(() => held.letGo())
    })

    it('becomes one PDF that goes to be signed; signed, its status and file are on the record', async () => {
      await eventually(async () => world.esign.contracts.length === 1)
      const [sent] = world.esign.contracts
      const files = (await world.admin().get(`/api/records/contract/${contract}/files`)).records
      expect(files.map(({ name }) => name)).to.deep.equal([sent!.name])
      expect(world.esign.faults).to.deep.equal([])
      expect(sent!.signers).to.deep.equal([{ name: '顾美玲', phone: '138 0013 8000' }])
      const { text, isWhole } = readPdf(sent!.content)
      for (const part of ['需方：华兴机械', '产线改造合同', '¥80,000.00', '月结 30 天'])
        expect(text).to.contain(part)
      expect(isWhole).to.equal(true)
      await letting(world.window('lily'), async (lily) => {
        const { page } = lily
        await goTo(page, `/records/contract/${contract}`)
        await page.getByRole('link', { name: sent!.name }).first().waitFor()
        const signed = Buffer.concat([sent!.content, Buffer.from('\n% signed by both')])
        expect(await world.esign.sign(sent!.reference, world.url(), signed)).to.equal(202)
        // The page that is open follows by itself.
        await page.getByText('已签订').first().waitFor()
        const link = page.getByRole('link', { name: `已签 ${sent!.reference}.pdf` }).first()
        await link.waitFor()
        const file = await page.context().request.get((await link.getAttribute('href')) ?? '')
        expect((await file.body()).equals(signed)).to.equal(true)
        await expectSound(lily)
      })
      await toldInWecom('lily', '合同已签署')
    })

    it('moves its deal on in the supervisor’s funnel by itself, and the number lists the deal', async () => {
      await figure('销售漏斗', '谈判签约: 1').waitFor()
      await figure('销售漏斗', '谈判签约: 1').click()
      const { page } = supervisor
      await page.waitForURL(/\/records\/opportunity\?/)
      await page.locator('.records .name-cell a').first().waitFor()
      expect(await page.locator('.records .name-cell a').allInnerTexts()).to.deep.equal(['产线改造二期'])
      // What the browser says of a server that was killed is true.
      const faults = supervisor.faults.filter((fault) => !fault.includes('net::ERR_'))
      expect(faults).to.deep.equal([])
    })

    async function makeContract(): Promise<string> {
      const admin = world.admin()
      const make = async (entity: string, body: object) =>
        dataOf<{ id: string }>(
          await admin.post(`/api/records/${entity}`, { ...body, owner: world.ids.lily }),
          201,
        ).id
      const account = (await admin.get(filtered('account', { '==': [{ var: 'name' }, '华兴机械'] })))
        .records[0]!.id
      const contact = await make('contact', { name: '顾美玲', account, mobile: '138 0013 8000' })
      const opportunity = await make('opportunity', {
        ...{ name: '产线改造二期', account, contact, stage: 'negotiation', amount: 80000 },
        close_date: '2031-06-30',
      })
      return await make('contract', {
        ...{ name: '产线改造合同', account, opportunity, amount: 80000, signatory: contact },
        payment_terms: 'net_30',
      })
    }
  })
})

/** A time as it is typed into a form, by the clock of Shanghai. */
function shanghaiText(at: number): string {
  const parts = { dateStyle: 'short', timeStyle: 'short', timeZone: 'Asia/Shanghai' } as const
  return new Intl.DateTimeFormat('sv-SE', parts).format(new Date(at))
}
