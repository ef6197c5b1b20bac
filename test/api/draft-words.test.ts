import { expect } from 'chai'
import { dataOf, openDraft, planOf, publish, type Written } from '../support/drafts.ts'
import { startEngine, type TestEngine } from '../support/engine.ts'
import type { Client } from '../support/http.ts'
import { loginAs, outcome } from '../support/http-model.ts'

const TAG: Written = { kind: 'option_set', name: 'colour', label: 'Colour', options: [{ name: 'red' }] }

describe('what is said of a draft', () => {
  let engine: TestEngine
  let admin: Client
  let writer: Client & { readonly id: string }

  before(async () => {
    engine = await startEngine()
    admin = await engine.loginAdmin()
    const role = { kind: 'role', name: 'writer', default: { read: 'none' }, administration: ['definitions'] }
    const id = await openDraft(admin, [role as Written])
    dataOf(await publish(admin, id, (await planOf(admin, id)).hash), 200)
    writer = await loginAs(admin, 'wim', ['writer'])
  })
  after(async () => engine?.stop())

  const at = (id: string) => `/api/meta/changesets/${id}`

  it('is its name, what it is for and whose it is', async () => {
    const opened = await admin.post('/api/meta/changesets', {
      label: 'Colours',
      description: 'Asked by sales',
    })
    const { id } = opened.record
    const said = { label: 'Colours', description: 'Asked by sales', announcement: null }
    expect((await admin.get(at(id))).record).to.deep.include(said)
    dataOf(await admin.patch(at(id), { label: ' Hues ', description: '' }), 200)
    const [listed] = (await admin.get('/api/meta/changesets')).records
    expect(listed).to.deep.include({ ...said, label: 'Hues', description: null })
    expect((listed!.owner as { label: string }).label)
      .to.be.a('string')
      .and.not.equal('')
    // Who may not read people learns no name.
    expect((await writer.get(at(id))).record.owner).to.include({ label: null })
    const cases = [
      [{ label: ' ' }, '422 FIELD_REQUIRED'],
      [{ description: 'x'.repeat(2_001) }, '422 FIELD_TEXT_TOO_LONG'],
      [{ announcement: 'x'.repeat(501) }, '422 FIELD_TEXT_TOO_LONG'],
      [{ description: 'a\u0000' }, '422 FIELD_TEXT_INVALID'],
      [{ label: 1 }, '422 FIELD_TYPE_WRONG'],
      [{ owner: 'x' }, '422 FIELD_UNKNOWN'],
    ] as const
    for (const [body, expected] of cases) expect(outcome(await admin.patch(at(id), body))).to.equal(expected)
    expect(outcome(await admin.patch(at('x'), { label: 'x' }))).to.equal('404 META_CHANGESET_UNKNOWN')
  })

  it('tells in a list what it is about: how many definitions, and the first of them by label', async () => {
    const options = [{ name: 'one' }]
    const drafted = ['d', 'c', 'b', 'a'].map((name) => ({
      ...{ kind: 'option_set', name: `about_${name}`, options },
      ...(name === 'b' ? {} : { label: { en: `About ${name}`, 'zh-CN': `关于 ${name}` } }),
    })) as unknown as Parameters<typeof openDraft>[1]
    const id = await openDraft(writer, drafted)
    const empty = await openDraft(writer, [])
    const listed = (await writer.get('/api/meta/changesets')).records
    const of = (draft: string) => listed.find((one) => one.id === draft)?.drafted
    const named = (name: string, label: string) => ({ kind: 'option_set', name: `about_${name}`, label })
    const first = [named('a', '关于 a'), named('b', 'about_b'), named('c', '关于 c')]
    expect([of(id), of(empty)]).to.deep.equal([
      { count: 4, first },
      { count: 0, first: [] },
    ])
  })

  it('is told to users by whoever publishes, in the words of whoever made it', async () => {
    const id = await openDraft(writer, [TAG])
    const words = { announcement: 'Deals have colours.', description: 'Asked by sales' }
    dataOf(await writer.patch(at(id), words), 200)
    dataOf(await publish(admin, id, (await planOf(admin, id)).hash), 200)
    const newest = async () => (await admin.get('/api/meta/versions')).records[0]!
    expect(await newest()).to.deep.include(words)
    expect(outcome(await writer.patch(at(id), { announcement: 'Late' }))).to.equal(
      '409 META_CHANGESET_CLOSED',
    )
    const other = await openDraft(writer, [{ ...TAG, label: 'Hue' }])
    dataOf(await writer.patch(at(other), { announcement: 'Kept' }), 200)
    const { hash } = await planOf(admin, other)
    const publishing = { hash, announcement: 'Said when it was published' }
    dataOf(await admin.post(`${at(other)}/publish`, publishing), 200)
    expect((await newest()).announcement).to.equal('Said when it was published')
  })
})
