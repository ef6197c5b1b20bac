import { expect } from 'chai'
import { draftsEn } from '../../designer/i18n/en-drafts.ts'
import { draftsZhCN } from '../../designer/i18n/zh-CN-drafts.ts'
import { SYSTEM_ACTOR } from '../../engine/access/actor.ts'
import { createModelStore } from '../../engine/model/store.ts'
import { NO_WAKES } from '../../engine/process/flows/deps.ts'
import { recycleRecords } from '../../engine/process/pool/recycle.ts'
import { requestContext } from '../../engine/records/context.ts'
import { dataOf, openDraft, publishAll } from '../support/drafts.ts'
import { startEngine, type TestEngine } from '../support/engine.ts'
import type { ApiRecord, Client } from '../support/http.ts'
import { fullRegistry } from '../support/model-world.ts'
import { enter, expectSound, inTurn, letting, toastText } from './person.ts'
import { goTo } from './windows.ts'

const ANN = { email: 'ann@example.com', password: 'correct horse battery' }

const assignment = (candidates?: object) => ({
  kind: 'assignment',
  name: 'visitors',
  label: { en: 'New visitors', 'zh-CN': '新访客' },
  entity: 'visitor',
  on: ['created'],
  rules: [
    {
      name: 'turn',
      label: { en: 'Sales in turn', 'zh-CN': '销售轮流' },
      when: { '==': [{ var: 'city' }, 'ask'] },
      to: { role: 'seller' },
      ...(candidates === undefined ? {} : { candidates }),
    },
  ],
  otherwise: { pool: 'open' },
  accept: { after: 'P1D' },
})

const DEFINITIONS = [
  {
    kind: 'entity',
    name: 'visitor',
    label: { en: 'Visitor', 'zh-CN': '访客' },
    plural: { en: 'Visitors', 'zh-CN': '访客' },
    title: 'name',
    owned: true,
    fields: [
      { name: 'name', type: 'text', required: true, label: { en: 'Name', 'zh-CN': '姓名' } },
      { name: 'city', type: 'text', label: { en: 'City', 'zh-CN': '城市' } },
    ],
  },
  {
    kind: 'entity',
    name: 'talk',
    label: { en: 'Talk', 'zh-CN': '会谈' },
    plural: { en: 'Talks', 'zh-CN': '会谈' },
    title: 'name',
    owned: true,
    fields: [
      { name: 'name', type: 'text', required: true, label: { en: 'Name', 'zh-CN': '名称' } },
      {
        name: 'visitor',
        type: 'lookup',
        to: 'visitor',
        inverse: 'talks',
        label: { en: 'Visitor', 'zh-CN': '访客' },
      },
    ],
  },
  {
    kind: 'view',
    name: 'visitors',
    label: { en: 'Visitors', 'zh-CN': '访客' },
    entity: 'visitor',
    type: 'table',
    columns: ['name', 'city', 'owner'],
  },
  {
    kind: 'role',
    name: 'seller',
    default: { read: 'none' },
    entities: { visitor: { create: true, read: 'own', update: 'own' }, user: { read: 'all' } },
  },
  {
    kind: 'pool',
    name: 'open',
    label: { en: 'Open visitors', 'zh-CN': '访客公海' },
    entity: 'visitor',
    members: [{ role: 'seller' }],
    hide: ['city'],
    recycle: [
      { name: 'idle', label: { en: 'Idle for 3 days', 'zh-CN': '3 天未跟进' }, limit: { after: 'P3D' } },
    ],
  },
  assignment(),
]

describe('owners and pools, in the browser', () => {
  let engine: TestEngine
  let admin: Client
  let count = 0

  before(async () => {
    engine = await startEngine()
    admin = await engine.loginAdmin()
    await publishAll(admin, DEFINITIONS)
    dataOf(await admin.post('/api/records/user', { name: 'Ann Zhou', ...ANN, roles: ['seller'] }), 201)
  })
  after(async () => engine?.stop())

  const make = async (city: string): Promise<ApiRecord> =>
    dataOf(await admin.post('/api/records/visitor', { name: `Visitor ${++count}`, city }), 201)
  /** The ledger begins with the first look at the pool. */
  const begin = async () => {
    const registry = fullRegistry()
    const models = await createModelStore(engine.database, registry)
    const model = (await models.refresh('default'))!
    const source = {
      db: engine.database,
      search: registry.search(),
      actor: SYSTEM_ACTOR,
      via: 'pool' as const,
    }
    await recycleRecords(requestContext({ ...source, model }), { registry, wakes: NO_WAKES })
    await models.close()
  }

  for (const setting of inTurn('owners 1')) {
    it(`passes a record on, with what its owner has of the related ones (${setting.language}, ${setting.size})`, () =>
      letting(enter(engine, setting), async (person) => {
        const { page, t } = person
        const visitor = await make('here')
        const { user } = (await admin.get('/api/auth/me')).record as unknown as { user: ApiRecord }
        dataOf(await admin.patch(`/api/records/visitor/${visitor.id}`, { owner: user.id }), 200)
        const talk = async (name: string, owner: string | undefined) =>
          dataOf<ApiRecord>(
            await admin.post('/api/records/talk', { name, visitor: visitor.id, ...(owner && { owner }) }),
            201,
          )
        const ann = (await admin.get('/api/records/user?q=Ann')).records[0]!
        const own = await talk('Own talk', undefined)
        const hers = await talk('Her talk', ann.id)
        await goTo(page, `/records/visitor/${visitor.id}`)
        await page.getByRole('button', { name: t('act.more') }).click()
        await page.getByRole('menuitem', { name: t('owner.transfer') }).click()
        const sheet = page.getByRole('dialog')
        await sheet.getByRole('button', { name: t('owner.transferDo') }).click()
        await sheet.getByText(t('owner.transferMissing')).waitFor()
        await sheet.getByLabel(t('owner.transferTo')).fill('Ann')
        await page.getByText('Ann Zhou').last().click()
        await sheet.getByRole('checkbox').waitFor()
        expect(await sheet.locator('.transfer-along .count').textContent()).to.equal('1')
        await expectSound(person)
        await sheet.getByRole('button', { name: t('owner.transferDo') }).click()
        await toastText(person)
          .getByText(t('owner.transferred', { count: 2 }))
          .waitFor()
        const ownerOf = async (entity: string, id: string) =>
          (await admin.get(`/api/records/${entity}/${id}`)).record.owner
        expect([
          await ownerOf('visitor', visitor.id),
          await ownerOf('talk', own.id),
          await ownerOf('talk', hers.id),
        ]).to.deep.equal([ann.id, ann.id, ann.id])
        await page.getByText('Ann Zhou').first().waitFor()
        expect(person.faults).to.deep.equal([])
      }))
  }

  for (const setting of inTurn('owners 2')) {
    describe(`(${setting.language}, ${setting.size})`, () => {
      const pool = setting.language === 'en' ? 'Open visitors' : '访客公海'

      it('claims a record in the list, and another on its page, which shows what was hidden', async () => {
        const [first, second] = [await make('Hidden'), await make('Hidden')]
        await letting(enter(engine, setting, ANN), async (person) => {
          const { page, t } = person
          await goTo(page, '/records/visitor?view=pool.open')
          await page
            .locator(`[data-id="${first.id}"]`)
            .getByRole('button', { name: t('owner.claim') })
            .click()
          await toastText(person).getByText(t('owner.did.claim')).waitFor()
          await page.locator(`[data-id="${first.id}"]`).waitFor({ state: 'detached' })
          expect(await page.locator(`[data-id="${second.id}"]`).textContent()).not.to.include('Hidden')
          await expectSound(person)
          await goTo(page, `/records/visitor/${second.id}`)
          await page.getByText(pool).first().waitFor()
          expect(await page.getByText('Hidden').count()).to.equal(0)
          await page.getByRole('button', { name: t('owner.claim'), exact: true }).click()
          await page.getByText('Hidden').first().waitFor()
          await page.getByRole('button', { name: t('owner.release') }).click()
          await page.getByText(pool).first().waitFor()
          await expectSound(person)
        })
        const owner = (await admin.get(`/api/records/visitor/${second.id}?expand=owner`)).record.owner
        expect(owner).to.include({ pool: 'open' })
      })

      it('accepts what one was given, and reads why it is one’s own', async () => {
        const visitor = await make('ask')
        await letting(enter(engine, setting, ANN), async (person) => {
          const { page, t } = person
          await goTo(page, `/records/visitor/${visitor.id}`)
          await page.getByRole('button', { name: t('owner.accept') }).click()
          await toastText(person).getByText(t('owner.did.accept')).waitFor()
          await page.getByRole('button', { name: t('owner.accept') }).waitFor({ state: 'detached' })
          await page.getByRole('button', { name: t('owner.why') }).click()
          const sheet = page.getByRole('dialog')
          await sheet.getByText(setting.language === 'en' ? 'Sales in turn' : '销售轮流').waitFor()
          await sheet.getByText(t('owner.acceptedAt')).waitFor()
          expect(await sheet.textContent()).to.include('Ann Zhou')
          await expectSound(person)
        })
      })

      it('tells what returns to the pool, and the draft of a changed table what it would have done', async () => {
        await make('ask')
        await begin()
        const draft = await openDraft(admin, [
          assignment({ '==': [{ var: 'candidate.name' }, 'x'] }),
        ] as never)
        await letting(enter(engine, setting), async (person) => {
          const { page, t } = person
          await goTo(page, '/records/visitor')
          await page
            .getByRole('button', { name: t('act.more') })
            .last()
            .click()
          await page.getByRole('menuitem', { name: t('owner.recycling') }).click()
          const sheet = page.getByRole('dialog')
          await sheet.locator('tbody tr').first().waitFor()
          expect(await sheet.textContent()).to.include(
            setting.language === 'en' ? 'Idle for 3 days' : '3 天未跟进',
          )
          await expectSound(person)
          await goTo(page, `/designer/drafts/${draft}`)
          const texts = setting.language === 'en' ? draftsEn : draftsZhCN
          const trial = page.getByRole('region', {
            name: texts['drafts.trial'].replace(
              '{{name}}',
              setting.language === 'en' ? 'New visitors' : '新访客',
            ),
          })
          await trial.locator('tbody tr').first().waitFor()
          const row = trial.locator('tbody tr').filter({ hasText: 'Ann Zhou' })
          // Got, by the table in force, by the draft.
          expect((await row.locator('td').nth(3).textContent())?.trim()).to.equal('0')
          await expectSound(person)
        })
      })
    })
  }
})
