import { expect } from 'chai'
import { startEngine, type TestEngine } from '../support/engine.ts'
import type { Client } from '../support/http.ts'
import { loginAs, PASSWORD } from '../support/http-model.ts'
import { enter, expectSound, inTurn, letting, type Person, type Setting, toastText } from './person.ts'
import { uiTemplate } from './ui-model.ts'
import { goTo } from './windows.ts'

const DESK: Setting = { language: 'en', size: 'desk' }

describe('the settings', () => {
  let engine: TestEngine
  let admin: Client
  let lea: Client & { readonly id: string }
  let north: string
  let sales: string
  /** One window for what is done at a desk. */
  let desk: Person

  before(async () => {
    engine = await startEngine({ template: uiTemplate })
    admin = await engine.loginAdmin()
    lea = await loginAs(admin, 'lea', ['reader'])
    const team = async (name: string, parent?: string): Promise<string> =>
      (await admin.post('/api/records/team', { name, parent })).record.id
    sales = await team('Sales')
    north = await team('North', sales)
    await team('Service')
    const until = '2999-01-05T00:00:00.000Z'
    const people = [
      { name: 'ida', team: north },
      {
        name: 'abe',
        team: north,
        password: PASSWORD,
        absent_from: '2020-01-01T00:00:00.000Z',
        absent_until: until,
      },
      { name: 'olaf', password: PASSWORD, active: false },
    ]
    for (const person of people) {
      await admin.post('/api/records/user', {
        ...person,
        email: `${person.name}@example.com`,
        roles: ['reader'],
      })
    }
    desk = await enter(engine, DESK)
  })
  after(async () => {
    await desk?.close()
    await engine?.stop()
  })
  const atDesk = (act: (person: Person) => Promise<void>): Promise<void> => act(desk)

  const settings = ({ page, t }: Person) => page.getByRole('region', { name: t('settings.title') })
  const userActs = async ({ page, t }: Person, act: string): Promise<void> => {
    await page
      .getByRole('button', { name: t('act.more') })
      .first()
      .click()
    await page.getByRole('menuitem', { name: act }).click()
  }

  for (const setting of inTurn('settings 1')) {
    it(`lead to people, who stand somewhere, and to teams as a tree (${setting.language}, ${setting.size})`, () =>
      letting(enter(engine, setting), async (person) => {
        const { page, t, phone } = person
        const go = async (address: string): Promise<void> => {
          if (phone) await page.getByRole('button', { name: t('frame.more'), exact: true }).click()
          await settings(person).locator(`a[href="${address}"]`).click()
        }
        await goTo(page, '/')
        await go('/records/user')
        for (const [name, standing] of [
          ['ida', t('standing.invited')],
          ['abe', t('standing.absentUntil', { when: '' }).trim()],
          ['olaf', t('standing.off')],
          ['lea', t('standing.active')],
        ] as const) {
          const row = page.locator('[data-id]').filter({ has: page.getByRole('link', { name, exact: true }) })
          await row.getByText(standing).waitFor()
        }
        await expectSound(person)
        await go('/records/team')
        const line = page.locator('.team-tree tbody tr', { hasText: 'North' })
        expect(await line.getAttribute('data-depth')).to.equal('1')
        await line.getByRole('button', { name: t('team.membersOf', { name: 'North' }) }).click()
        await page.locator('.member-row', { hasText: 'abe' }).waitFor()
        await expectSound(person)
      }))
  }

  it('move a team, with a way back, but not below itself', () =>
    atDesk(async (person) => {
      const { page, t } = person
      await goTo(page, '/records/team')
      const move = async (name: string, to: string): Promise<void> => {
        await page.getByRole('button', { name: `${t('act.more')}: ${name}` }).click()
        await page.getByRole('menuitem', { name: t('team.move') }).click()
        await page.locator('#team-pick').fill(to)
        await page.locator('.ant-select-item-option', { hasText: to }).click()
        await page.locator('.team-form button[type="submit"]').click()
      }
      await move('Sales', 'North')
      await page.getByRole('alert').getByText(t('team.inItself')).waitFor()
      await page.getByRole('button', { name: t('act.close') }).click()
      await move('North', 'Service')
      await toastText(person)
        .getByText(t('team.moved', { name: 'North' }))
        .waitFor()
      expect((await admin.get(`/api/records/team/${north}`)).record.parent).to.not.equal(sales)
      await page.getByRole('button', { name: t('act.undo') }).click()
      await page.locator('.team-tree tbody tr:has-text("Sales") + tr:has-text("North")').waitFor()
      expect((await admin.get(`/api/records/team/${north}`)).record.parent).to.equal(sales)
    }))

  it('tell what a person may do, and which role gives it', () =>
    atDesk(async (person) => {
      const { page, t } = person
      await goTo(page, `/records/user/${lea.id}`)
      await userActs(person, t('rights.show'))
      const row = page.locator('.user-rights [data-entity="company"]')
      await row.locator('.user-right').click()
      await row.getByText('All records').first().waitFor()
      await expectSound(person)
    }))

  it('switch somebody off after saying what comes of it, and on again', () =>
    atDesk(async (person) => {
      const { page, t } = person
      await goTo(page, `/records/user/${lea.id}`)
      await userActs(person, t('switch.off'))
      await page.getByText(t('switch.offSessions')).waitFor()
      await expectSound(person)
      await page.getByRole('button', { name: t('switch.offAct'), exact: true }).click()
      await toastText(person)
        .getByText(t('switch.isOff', { name: 'lea' }))
        .waitFor()
      await page.locator('.standing-off').waitFor()
      expect((await lea.get('/api/auth/me')).status).to.equal(401)
      await userActs(person, t('switch.on'))
      await page.locator('.standing-active').waitFor()
      expect((await engine.client.login('lea@example.com', PASSWORD)).token).to.be.a('string')
    }))

  it('are not there for who looks after nothing', () =>
    letting(enter(engine, DESK, { email: 'lea@example.com', password: PASSWORD }), async (person) => {
      const { page, t } = person
      await goTo(page, '/')
      await page.getByRole('navigation').first().waitFor()
      expect(await settings(person).count()).to.equal(0)
      await goTo(page, '/who-sees?entity=company&field=name')
      await page.getByText(t('state.denied')).waitFor()
    }))
})
