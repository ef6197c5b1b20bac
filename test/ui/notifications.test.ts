import { expect } from 'chai'
import { connectionsEn } from '../../designer/i18n/en-connections.ts'
import { connectionsZhCN } from '../../designer/i18n/zh-CN-connections.ts'
import { flowOn, receiptsOf, type TellingWorld, tellingWorld } from '../api/telling-world.ts'
import { ADMIN } from '../support/engine.ts'
import { type FakeWecom, startWecom } from '../support/fake-systems.ts'
import { eventually } from '../support/http-model.ts'
import { enter, expectSound, inTurn, type Person, toastText } from './person.ts'
import { goTo } from './windows.ts'

describe('notifications in the browser', () => {
  let wecom: FakeWecom
  let world: TellingWorld
  let me: string

  before(async () => {
    wecom = await startWecom(['me'])
    world = await tellingWorld([
      {
        ...{ kind: 'connection', name: 'wecom', label: { en: 'Our WeCom', 'zh-CN': '公司企业微信' } },
        ...{ connector: 'wecom', settings: { corpId: 'ww-test', agentId: 1000002, url: wecom.url } },
      },
      {
        ...{
          kind: 'message',
          name: 'deal_came',
          entity: 'deal',
          label: { en: 'A deal came', 'zh-CN': '新商机' },
        },
        subject: { en: 'A new deal: {{name}}', 'zh-CN': '新商机：{{name}}' },
        body: { en: 'Have a look', 'zh-CN': '请查看' },
      },
      flowOn('tell', [
        { do: 'notify', to: { field: 'owner' }, through: ['in_app', 'wecom'], message: 'deal_came' },
      ]),
    ])
    const { admin } = world
    const users = (await admin.get('/api/records/user?limit=50')).records
    me = users.find(({ email }) => email === ADMIN.email)!.id
    await admin.patch(`/api/records/user/${me}`, { wecom_id: 'me' })
  })
  after(async () => {
    await world.engine.stop()
    await wecom.stop()
  })

  for (const setting of inTurn('notifications 1')) {
    describe(`(${setting.language}, ${setting.size})`, () => {
      let person: Person
      let first: string

      before(async () => {
        const { admin } = world
        await admin.patch('/api/auth/profile', { language: setting.language })
        await admin.post('/api/records/notification/bulk', {
          ...{ filter: { '==': [{ var: 'read' }, false] }, set: { read: true } },
        })
        first = (await admin.post('/api/records/deal', { name: `First ${setting.size}`, step: 'tell' }))
          .record.id
        await eventually(async () => (await receiptsOf(admin, first)).length === 1)
        const second = (
          await admin.post('/api/records/deal', { name: `Second ${setting.size}`, step: 'tell' })
        ).record
        await eventually(async () => (await receiptsOf(admin, second.id)).length === 1)
        person = await enter(world.engine, setting)
      })
      after(async () => person?.close())

      it('are counted at the bell and lead to their record, which reads them', async () => {
        const { page, t, phone } = person
        await goTo(page, '/records/deal')
        await page.locator('.unread-mark:visible', { hasText: '2' }).first().waitFor()
        if (phone) {
          await page.getByRole('button', { name: t('frame.more'), exact: true }).click()
          await page.getByRole('link', { name: t('notifications.title'), exact: true }).click()
          await page.getByRole('heading', { level: 1, name: t('notifications.title') }).waitFor()
        } else {
          await page.getByRole('button', { name: t('notifications.bell', { count: 2 }) }).click()
        }
        const note = page.locator('.notification.unread', { hasText: `First ${setting.size}` })
        await note.waitFor()
        await expectSound(person)
        await note.getByRole('link').click()
        await page.waitForURL(`**/records/deal/${first}`)
        await page.locator('.unread-mark:visible', { hasText: '1' }).first().waitFor()
      })

      it('stand on a page by day, unread or all, and are marked one by one or all at once', async () => {
        const { page, t } = person
        await goTo(page, '/notifications')
        await page.locator('.notification-date').first().waitFor()
        await page.locator('.notification.unread', { hasText: `Second ${setting.size}` }).waitFor()
        const read = page.locator('.notification', { hasText: `First ${setting.size}` })
        await read.getByRole('button').click()
        await page.locator('.notification.unread', { hasText: `First ${setting.size}` }).waitFor()
        await expectSound(person)
        await page.getByRole('button', { name: t('notifications.markAll') }).click()
        await page.getByText(t('notifications.unread'), { exact: true }).last().click()
        await page.getByText(t('notifications.noneUnread')).waitFor()
        expect(await page.locator('.unread-mark').count()).to.equal(0)
      })

      it('come as the person wants them: the account says through what and when not', async () => {
        const { page, t } = person
        await goTo(page, '/account')
        const channel = page.getByRole('checkbox', {
          name: `${setting.language === 'en' ? 'A deal came' : '新商机'}: ${t('channel.wecom')}`,
        })
        await channel.uncheck()
        await page.getByRole('checkbox', { name: t('account.quiet') }).check()
        const [from, until] = [page.locator('.quiet-time').first(), page.locator('.quiet-time').last()]
        await from.fill('21:15')
        await until.fill('08:00')
        await expectSound(person)
        await page
          .locator('#notifications')
          .getByRole('button', { name: t('act.save') })
          .click()
        await toastText(person)
          .filter({ hasText: t('account.notificationsSaved') })
          .waitFor()
        const own = await world.admin.get('/api/auth/notifications')
        expect(own.record.preference).to.deep.equal({
          ...{ quiet: { from: '21:15', until: '08:00' }, off: { deal_came: ['wecom'] } },
        })
        await world.admin.put('/api/auth/notifications', {})
      })

      it('are previewed in both languages, as a receiver sees the record', async () => {
        const { page } = person
        await goTo(page, '/designer/message/deal_came')
        await page.locator('.preview-subject').waitFor()
        await page.locator('.message-preview').getByText('English', { exact: true }).click()
        await page.locator('.preview-subject', { hasText: 'A new deal: ' }).waitFor()
        await page.locator('.message-preview').getByText('中文', { exact: true }).click()
        await page.locator('.preview-subject', { hasText: '新商机：' }).waitFor()
        const texts = setting.language === 'en' ? connectionsEn : connectionsZhCN
        // What is being written is seen as it is written; where something is missing that is told quietly.
        const written = page.locator('[data-path="subject"] input[lang="zh-CN"]')
        await written.fill('来了：{{name}}')
        await page.locator('.preview-subject', { hasText: '来了：' }).waitFor()
        await written.fill('来了：{{nowhere}}')
        await page.locator('.message-preview').getByText(texts['preview.notYet']).waitFor()
        await expectSound(person)
        await written.fill('新商机：{{name}}')
        await page.locator('.preview-subject', { hasText: '新商机：' }).waitFor()
      })
    })
  }

  it('go out once the secret of their connection is set, and the log tells the test', async () => {
    await world.admin.patch('/api/auth/profile', { language: 'en' })
    const person = await enter(world.engine, { language: 'en', size: 'desk' })
    try {
      const { page } = person
      await goTo(page, '/designer/connections')
      await page
        .locator('[data-connection="wecom"]', { hasText: connectionsEn['connections.notReady'] })
        .waitFor()
      await page.getByRole('link', { name: 'Our WeCom' }).click()
      await page.getByLabel('Secret', { exact: true }).fill('wecom-secret')
      await page.getByRole('button', { name: connectionsEn['connections.saveSecrets'] }).click()
      await toastText(person).filter({ hasText: connectionsEn['connections.secretsSaved'] }).waitFor()
      await page.getByLabel(connectionsEn['connections.testTo']).fill('me')
      await page.getByRole('button', { name: connectionsEn['connections.sendTest'] }).click()
      const call = page.locator('.call-row[data-state="done"]', {
        hasText: connectionsEn['connections.purpose.test'],
      })
      await call.waitFor()
      await expectSound(person)
      expect(await page.content()).to.not.contain('wecom-secret')
    } finally {
      await person.close()
    }
  })
})
