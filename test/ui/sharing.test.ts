import { expect } from 'chai'
import { dataOf, publishAll, type Written } from '../support/drafts.ts'
import { startEngine, type TestEngine } from '../support/engine.ts'
import type { ApiRecord, Client } from '../support/http.ts'
import { eventually } from '../support/http-model.ts'
import { enter, expectSound, inTurn, letting, type Person } from './person.ts'
import { uiTemplate } from './ui-model.ts'
import { goTo } from './windows.ts'

const PASSWORD = 'correct horse battery'
const LILY = { email: 'lily@example.com', password: PASSWORD }
const TOM = { email: 'tom@example.com', password: PASSWORD }

const definitions: readonly Written[] = [
  {
    kind: 'role',
    name: 'member',
    label: { en: 'Member', 'zh-CN': '成员' },
    default: { read: 'none' },
    entities: {
      company: { create: true, read: 'own', update: 'own', share: 'own' },
      deal: { create: true, read: 'own' },
      user: { read: 'all' },
      team: { read: 'all' },
    },
  },
  {
    kind: 'sharing',
    name: 'gold_to_members',
    label: { en: 'Gold companies', 'zh-CN': '金牌公司' },
    entity: 'company',
    when: { '==': [{ var: 'level' }, 'a'] },
    with: { team: 'Board' },
    access: 'read',
  },
]

describe('sharing a record, in the browser', () => {
  let engine: TestEngine
  let admin: Client
  let lily: Client
  let tomId: string
  let count = 0

  before(async () => {
    engine = await startEngine({ template: uiTemplate })
    admin = await engine.loginAdmin()
    await publishAll(admin, definitions)
    const user = async (name: string, account: typeof LILY) =>
      dataOf<ApiRecord>(await admin.post('/api/records/user', { name, ...account, roles: ['member'] }), 201)
        .id
    await user('Lily Zhao', LILY)
    tomId = await user('Tom Qian', TOM)
    dataOf(await admin.post('/api/records/team', { name: 'Harbour' }), 201)
    lily = await engine.client.login(LILY.email, LILY.password)
  })
  after(async () => engine?.stop())

  const company = async (level: string): Promise<ApiRecord> =>
    dataOf(await lily.post('/api/records/company', { name: `Harbour Works ${++count}`, level }), 201)
  const sharesOf = async (record: ApiRecord) => {
    const { records } = await lily.get(`/api/records/company/${record.id}/shares`)
    return records.map(({ with: holder, access, until, remark }) => ({ holder, access, until, remark }))
  }

  async function openSheet({ page, t }: Person, record: ApiRecord): Promise<void> {
    await goTo(page, `/records/company/${record.id}`)
    await page.getByRole('heading', { level: 1, name: String(record.name) }).waitFor()
    await openMore({ page, t })
    await page.getByRole('menuitem', { name: t('share.act') }).click()
    await page.getByRole('heading', { name: t('share.who') }).waitFor()
  }
  const openMore = ({ page, t }: Pick<Person, 'page' | 't'>) =>
    page
      .getByRole('button', { name: t('act.more') })
      .first()
      .click()

  for (const setting of inTurn('sharing 1')) {
    describe(`(${setting.language}, ${setting.size})`, () => {
      it('gives a record to a person for a while, changes that, and takes it back', async () => {
        const record = await company('a')
        await letting(enter(engine, setting, LILY), async (person) => {
          const { page, t } = person
          await openSheet(person, record)
          await page.getByText(setting.language === 'en' ? 'Gold companies' : '金牌公司').waitFor()
          await expectSound(person)
          await page.getByRole('button', { name: t('share.add'), exact: true }).click()
          await page.getByText(t('share.missing')).waitFor()
          const picker = page.getByRole('combobox', { name: t('share.kind.user') })
          await picker.click()
          await picker.fill('Tom')
          await page.locator('.ant-select-item-option', { hasText: 'Tom Qian' }).click()
          await page.getByLabel(t('share.until')).fill('2999-12-31')
          await page.keyboard.press('Enter')
          await page.getByLabel(t('share.remark')).fill('For the fair')
          await page.getByRole('button', { name: t('share.add'), exact: true }).click()
          const row = page.locator(`[data-share="${tomId}"]`)
          await row.waitFor()
          expect(await row.textContent()).to.include('For the fair')
          const holder = { kind: 'user', id: tomId, label: 'Tom Qian' }
          const zone = '2999-12-31T16:00:00.000Z' // midnight on the workspace's clock
          const given = { holder, access: 'read', until: zone, remark: 'For the fair' }
          expect(await sharesOf(record)).to.deep.equal([given])
          await row.getByRole('combobox', { name: t('share.accessOf', { name: 'Tom Qian' }) }).click()
          await page
            .locator('.ant-select-item-option', { hasText: t('share.edit') })
            .last()
            .click()
          await expectShares(record, [{ ...given, access: 'edit' }])
          await expectSound(person)
          await row.getByRole('button', { name: t('share.remove', { name: 'Tom Qian' }) }).click()
          await row.waitFor({ state: 'detached' })
          await expectShares(record, [])
          await page.getByRole('button', { name: t('act.undo') }).click()
          await row.waitFor()
          await expectShares(record, [{ ...given, access: 'edit' }])
        })
      })

      it('tells who got it why they see it, and offers them no share of their own', async () => {
        const record = await company('b')
        const share = { with: { user: tomId }, access: 'read' }
        dataOf(await lily.post(`/api/records/company/${record.id}/shares`, share), 201)
        await letting(enter(engine, setting, TOM), async (person) => {
          const { page, t } = person
          await goTo(page, `/records/company/${record.id}`)
          await page.getByRole('heading', { level: 1, name: String(record.name) }).waitFor()
          await openMore(person)
          const item = page.getByRole('menuitem', { name: t('access.show') })
          await item.waitFor()
          expect(await page.getByRole('menuitem', { name: t('share.act') }).count()).to.equal(0)
          await item.click()
          const role = setting.language === 'en' ? 'Member' : '成员'
          await page.getByText(t('access.byHand', { role, name: 'Lily Zhao' })).waitFor()
          await expectSound(person)
        })
      })
    })
  }

  /** A choice in a row is stored as it is made; the row tells when it is. */
  async function expectShares(record: ApiRecord, expected: readonly unknown[]): Promise<void> {
    await eventually(async () => JSON.stringify(await sharesOf(record)) === JSON.stringify(expected))
  }
})
