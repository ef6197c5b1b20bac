import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect } from 'chai'
import type { Database } from '../../../engine/db/database.ts'
import { openDatabase } from '../../../engine/db/pool.ts'
import { AppError } from '../../../engine/errors.ts'
import { importFile } from '../../../engine/imports/import-file.ts'
import { planDraft } from '../../../engine/model/plan.ts'
import { publishDraft } from '../../../engine/model/publish.ts'
import { rebaseDraft } from '../../../engine/model/rebase.ts'
import { createModelStore, type ModelStore } from '../../../engine/model/store.ts'
import { observeNothing } from '../../../engine/observe.ts'
import { runScenarios } from '../../../engine/quality/run-scenarios.ts'
import { uninstallTemplate, upgradeTemplate } from '../../../engine/templates/change-template.ts'
import { installTemplate } from '../../../engine/templates/install.ts'
import { listInstalled } from '../../../engine/templates/installed.ts'
import { readTemplate } from '../../../engine/templates/read-template.ts'
import type { EntityDefinition } from '../../../metadata/types.ts'
import { type ModelWorld, modelTemplate, modelWorld, SCHEMA } from '../../support/model-world.ts'
import { createTestDatabase, type TestDatabase } from '../../support/postgres.ts'
import { scratchFolder } from '../../support/scratch.ts'

const PLANT = {
  kind: 'entity',
  name: 'plant',
  label: { en: 'Plant', 'zh-CN': '植物' },
  title: 'name',
  fields: [
    { name: 'name', type: 'text', required: true },
    { name: 'height', type: 'integer' },
  ],
}
const ROLE = {
  kind: 'role',
  name: 'gardener',
  default: { read: 'none' },
  entities: { plant: { read: 'all' } },
}

describe('a template that becomes newer', () => {
  let test: TestDatabase
  let db: Database
  let world: ModelWorld
  let models: ModelStore
  const folder = join(scratchFolder('garden'), 'garden')

  before(async () => {
    test = await createTestDatabase(modelTemplate)
    db = openDatabase({ url: test.url, observe: observeNothing })
    world = modelWorld(db, test.url)
    models = await createModelStore(db, world.registry, { observe: observeNothing })
    write('1.0.0', PLANT, ROLE)
    await install()
  })
  after(async () => {
    await models.close()
    await db.close()
    await test.drop()
  })

  function write(version: string, ...definitions: readonly { kind: string; name: string }[]): void {
    rmSync(folder, { recursive: true, force: true })
    const put = (file: string, value: unknown) => {
      mkdirSync(dirname(join(folder, file)), { recursive: true })
      writeFileSync(join(folder, file), JSON.stringify(value))
    }
    put('template.json', { name: 'garden', version, label: 'Garden' })
    for (const one of definitions) put(`definitions/${one.kind}/${one.name}.json`, one)
  }
  const deps = () => ({
    ...{ db, registry: world.registry, models, progress: () => undefined },
    ...{ loadRows: importFile, scenarios: runScenarios },
  })
  const install = () => installTemplate(deps(), 'default', folder, { withDemo: false })
  const target = () => ({ db, registry: world.registry, schema: SCHEMA })
  const draft = { label: 'Garden', by: undefined, assertMay: () => undefined }
  const upgrade = () => upgradeTemplate(target(), readTemplate(folder), draft)
  const plant = async () =>
    (await world.definitions()).entity.get('plant') as EntityDefinition & { id: string }
  const names = async () => (await plant()).fields.map(({ name }) => name)
  const installed = async () =>
    (await listInstalled(db, SCHEMA)).map(({ name, version }) => `${name} ${version}`)

  async function publish(id: string, sides: Record<string, 'ours' | 'theirs'> = {}): Promise<void> {
    const { changeset, state } = await rebaseDraft(target(), id, (path) => sides[path])
    const plan = await planDraft({ ...target(), state, counts: 'exact' }, changeset)
    await publishDraft(world.deps, { changeset: id, hash: plan.hash, by: undefined })
  }

  it('brings only what it has changed itself: what the workspace made of the rest stays', async () => {
    const now = await plant()
    const fields = now.fields.map((field) =>
      field.name === 'height' ? { ...field, name: 'tallness' } : field,
    )
    await world.publish([{ ...now, fields: [...fields, { name: 'bed', type: 'text' }] }])
    const more = [...PLANT.fields, { name: 'family', type: 'text' }]
    write('1.1.0', { ...PLANT, fields: more } as typeof PLANT, ROLE)
    const { id } = await upgrade()
    expect(await installed()).to.eql(['garden 1.0.0'])
    await publish(id)
    expect(await names()).to.have.members(['name', 'tallness', 'bed', 'family'])
    expect((await plant()).fields.find(({ name }) => name === 'tallness')?.id).to.equal(
      now.fields.find(({ name }) => name === 'height')?.id,
    )
    expect(await installed()).to.eql(['garden 1.1.0'])
  })

  it('has nothing to bring a second time', async () => {
    const error = await upgrade().catch((fault: unknown) => fault)
    expect(error).to.be.instanceOf(AppError).with.property('code', 'TEMPLATE_CURRENT')
  })

  it('asks whose value stands where both have changed the same', async () => {
    await world.publish([{ ...(await plant()), label: { en: 'Flower', 'zh-CN': '植物' } }])
    const more = [...PLANT.fields, { name: 'family', type: 'text' }]
    const next = { ...PLANT, fields: more, label: { en: 'Herb', 'zh-CN': '草木' } }
    write('1.2.0', next as typeof PLANT, ROLE)
    const { id } = await upgrade()
    const at = '/entity/plant/label/en'
    const error = await publish(id).catch((fault: unknown) => fault)
    expect((error as AppError).problems.map(({ code, path }) => [code, path])).to.eql([
      ['META_BASE_MOVED', at],
    ])
    await publish(id, { [at]: 'theirs' })
    expect((await plant()).label).to.eql({ en: 'Flower', 'zh-CN': '草木' })
    expect(await installed()).to.eql(['garden 1.2.0'])
  })

  it('is installed over an older one by the shell in the same way', async () => {
    const more = [...PLANT.fields, { name: 'family', type: 'text' }, { name: 'origin', type: 'text' }]
    const next = { ...PLANT, fields: more, label: { en: 'Herb', 'zh-CN': '草木' } }
    write('1.3.0', next as typeof PLANT, ROLE)
    await install()
    expect(await names()).to.include.members(['tallness', 'bed', 'origin'])
    expect((await plant()).label).to.eql({ en: 'Flower', 'zh-CN': '草木' })
    write('1.4.0', { ...next, label: { en: 'Weed', 'zh-CN': '草木' } } as typeof PLANT, ROLE)
    const error = await install().catch((fault: unknown) => fault)
    expect((error as AppError).problems.map(({ code }) => code)).to.eql([
      'TEMPLATE_CONFLICTS',
      'META_BASE_MOVED',
    ])
    expect(await installed()).to.eql(['garden 1.3.0'])
  })

  it('goes with what it brought, under whatever name, and leaves what others made', async () => {
    await world.publish([
      { ...(await plant()), name: 'herb' },
      { kind: 'role', name: 'own', default: { read: 'none' } },
    ])
    const herb = (await world.definitions()).entity.get('herb') as EntityDefinition & { id: string }
    const { rows } = await db.query<{ name: string }>({
      text: `SELECT place->>'table' AS name FROM ${SCHEMA}.tenon_physical WHERE item_id = $1`,
      values: [herb.id],
    })
    const table = `${SCHEMA}."${rows[0]!.name}"`
    await db.query({ text: `INSERT INTO ${table} (id, name) VALUES (gen_random_uuid(), 'Basil')` })
    const { id } = await uninstallTemplate(target(), 'garden', [], draft)
    await publish(id)
    const now = await world.definitions()
    expect([now.entity.has('herb'), now.role.has('gardener'), now.role.has('own')]).to.eql([
      false,
      false,
      true,
    ])
    expect(await installed()).to.eql([])
    // The data stays, to come back with the version before.
    const kept = await db.query<{ name: string }>({ text: `SELECT name FROM ${table}` })
    expect(kept.rows).to.eql([{ name: 'Basil' }])
  })

  describe('and asks', () => {
    const BEDS = { name: 'beds', type: 'list', label: 'Beds', required: true }
    const LAWN = { name: 'lawn', type: 'text', label: 'Lawn', required: true }
    const SET = {
      ...{ kind: 'option_set', name: 'bed', label: 'Bed' },
      options: [
        { $each: 'beds', item: { name: { $parameter: 'item_name' }, label: { $parameter: 'item' } } },
        { name: 'none', label: 'None' },
      ],
    }
    const ask = (version: string, parameters: readonly object[], ...definitions: (typeof SET)[]) => {
      write(version, ...definitions)
      const manifest = { name: 'garden', version, label: 'Garden', parameters }
      writeFileSync(join(folder, 'template.json'), JSON.stringify(manifest))
    }
    const answer = (answers?: Record<string, unknown>) =>
      installTemplate(deps(), 'default', folder, { withDemo: false, answers })
    const beds = async () =>
      (await world.definitions()).option_set.get('bed')?.options.map(({ name, label }) => [name, label])
    const kept = async () => (await listInstalled(db, SCHEMA))[0]?.answers
    const faults = async (work: () => Promise<unknown>) => {
      const error = await work().catch((fault: unknown) => fault)
      return (error as AppError).problems.map(({ code, path }) => [code, path])
    }

    it('installs nothing while it is not answered', async () => {
      ask('2.0.0', [BEDS], SET)
      expect(await faults(() => answer())).to.eql([['FIELD_REQUIRED', '/answers/beds']])
      expect(await faults(() => answer({ beds: 'North' }))).to.eql([
        ['TEMPLATE_ANSWER_INVALID', '/answers/beds'],
      ])
      expect([await installed(), await beds()]).to.eql([[], undefined])
    })

    it('keeps what was answered: a newer version asks only what is new, and changes nothing else', async () => {
      await answer({ beds: ['北坡', 'South'] })
      const rows = [
        ['bei_po', '北坡'],
        ['south', 'South'],
        ['none', 'None'],
      ]
      expect([await beds(), await kept()]).to.eql([rows, { beds: ['北坡', 'South'] }])
      // The workspace calls one otherwise; the template has another entry, and asks one thing more.
      const now = (await world.definitions()).option_set.get('bed')!
      const options = now.options.map((one) => (one.name === 'south' ? { ...one, label: 'Sunny' } : one))
      await world.publish([{ ...now, options }])
      ask('2.1.0', [BEDS, LAWN], {
        ...SET,
        options: [...SET.options, { name: 'lawn', label: { $parameter: 'lawn' } } as never],
      })
      expect(await faults(() => upgrade())).to.eql([['FIELD_REQUIRED', '/answers/lawn']])
      const { id } = await upgradeTemplate(target(), readTemplate(folder), draft, { lawn: 'Green' })
      expect(await kept()).to.eql({ beds: ['北坡', 'South'] })
      await publish(id)
      expect(await beds()).to.have.deep.members([
        ['bei_po', '北坡'],
        ['south', 'Sunny'],
        ['none', 'None'],
        ['lawn', 'Green'],
      ])
      expect(await kept()).to.eql({ beds: ['北坡', 'South'], lawn: 'Green' })
      await answer()
      expect(await faults(() => upgrade())).to.eql([['TEMPLATE_CURRENT', '']])
    })

    it('is answered anew by the same way', async () => {
      const given = { beds: ['北坡', 'South', 'West'] }
      const { id } = await upgradeTemplate(target(), readTemplate(folder), draft, given)
      await publish(id)
      expect((await beds())?.map(([name]) => name)).to.have.members([
        'bei_po',
        'south',
        'west',
        'none',
        'lawn',
      ])
      expect(await kept()).to.eql({ ...given, lawn: 'Green' })
    })
  })
})
