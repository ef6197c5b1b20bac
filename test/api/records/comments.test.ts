import { expect } from 'chai'
import { type Answer, createClient } from '../../support/http.ts'
import { make, NOBODY, outcome, type Person, startWorld, type World } from './world.ts'

interface Said {
  readonly id: string
  readonly text: string
  readonly edited_at: string | null
  readonly mentions: readonly { readonly id: string; readonly label: string | null }[]
  readonly files: readonly { readonly id: string; readonly name: string; readonly size: number }[]
}

describe('comments', () => {
  let world: World
  /** Owns the record and reads people. */
  let giver: Person
  /** Reads all accounts, and changes their own. */
  let reader: Person
  /** Reads their own accounts alone. */
  let sales: Person
  let account: string
  let at: string

  before(async () => {
    world = await startWorld()
    giver = await world.person('giver', 'giver')
    reader = await world.person('reader', 'reader')
    sales = await world.person('sales', 'sales')
  })
  after(async () => world?.stop())
  beforeEach(async () => {
    account = (await make(giver, 'account', { name: 'Acme' })).id
    at = `/api/records/account/${account}`
  })

  const attach = async (client: Person, name: string, record = account): Promise<string> => {
    const form = new FormData()
    form.set('entity', 'account')
    form.set('record', record)
    form.set('file', new Blob([name], { type: 'text/plain' }), name)
    const answer = await client.post('/api/files', form)
    expect(answer.status, answer.text).to.equal(201)
    return answer.record.id
  }
  const say = async (client: Person, body: object): Promise<Said> => {
    const answer = await client.post(`${at}/comments`, body)
    expect(answer.status, answer.text).to.equal(201)
    return answer.record as unknown as Said
  }
  const list = async (client: Person, path = at) =>
    (await client.get(`${path}/comments`)).records as unknown as readonly Said[]
  const timeline = async (client: Person, path = at) =>
    (await client.get(`${path}/timeline?types=comment,file`)).records as unknown as readonly (Said & {
      readonly type: string
      readonly comment?: string | null
    })[]
  const names = (said: Said | undefined) => said?.files.map(({ name }) => name)
  const told = async (client: Person) =>
    (await client.get('/api/records/notification?fields=text,record')).records.filter(
      ({ record }) => record === account,
    ).length

  describe('with files', () => {
    it('hold them, as they came, for whoever reads the record; each stands with the comment and not beside it', async () => {
      const ids = [await attach(giver, 'offer.txt'), await attach(giver, 'plan.txt')]
      const loose = await attach(giver, 'loose.txt')
      const said = await say(giver, { text: 'Both', files: [...ids].reverse() })
      expect(names(said)).to.deep.equal(['offer.txt', 'plan.txt'])
      expect(said.files[1]).to.deep.include({
        id: ids[1],
        name: 'plan.txt',
        size: 8,
        media_type: 'text/plain',
      })
      await say(giver, { text: 'None' })
      for (const client of [giver, reader]) {
        expect((await list(client)).map(names)).to.deep.equal([[], ['offer.txt', 'plan.txt']])
        const entries = await timeline(client)
        expect(entries.filter(({ type }) => type === 'comment').map(names)).to.deep.equal([
          [],
          ['offer.txt', 'plan.txt'],
        ])
        const ofFiles = entries.filter(({ type }) => type === 'file')
        expect(Object.fromEntries(ofFiles.map(({ id, comment }) => [id, comment]))).to.deep.equal({
          [ids[0]!]: said.id,
          [ids[1]!]: said.id,
          [loose]: null,
        })
      }
      // Where the text alone is asked for the rest is there as well, as mentions are.
      const [, one] = (await giver.get(`${at}/comments?fields=id,text`)).records
      expect(names(one as unknown as Said)).to.deep.equal(['offer.txt', 'plan.txt'])
      expect((await reader.get(`/api/files/${ids[0]}`)).status).to.equal(200)
    })

    const refusals: readonly { what: string; files: () => Promise<unknown>; problems: readonly string[] }[] =
      [
        {
          what: 'one of another record',
          files: async () => {
            const other = (await make(giver, 'account', { name: 'Other' })).id
            return [await attach(giver, 'a.txt'), await attach(giver, 'b.txt', other)]
          },
          problems: ['COMMENT_FILE_UNFIT /files/1'],
        },
        {
          what: 'one that somebody else has attached',
          files: async () => [await attach(world.admin as Person, 'a.txt')],
          problems: ['COMMENT_FILE_UNFIT /files/0'],
        },
        {
          what: 'one that another comment holds',
          files: async () => {
            const files = [await attach(giver, 'a.txt')]
            await say(giver, { text: 'first', files })
            return files
          },
          problems: ['COMMENT_FILE_UNFIT /files/0'],
        },
        {
          what: 'one in the bin',
          files: async () => {
            const id = await attach(giver, 'a.txt')
            await giver.delete(`/api/files/${id}`)
            return [id]
          },
          problems: ['COMMENT_FILE_UNFIT /files/0'],
        },
        {
          what: 'what is no id',
          files: async () => [NOBODY, "'; DROP TABLE"],
          problems: ['COMMENT_FILE_UNFIT /files/1'],
        },
        {
          what: 'what is not there',
          files: async () => [NOBODY],
          problems: ['COMMENT_FILE_UNFIT /files/0'],
        },
        {
          what: 'one twice',
          files: async () => {
            const id = await attach(giver, 'a.txt')
            return [id, id.toUpperCase()]
          },
          problems: ['FIELD_LIST_DUPLICATE /files/1'],
        },
        {
          what: 'twenty-one',
          files: async () => Array.from({ length: 21 }, () => NOBODY),
          problems: ['FIELD_LIST_TOO_LONG /files'],
        },
        { what: 'a text', files: async () => NOBODY, problems: ['FIELD_TYPE_WRONG /files'] },
      ]
    for (const { what, files, problems } of refusals)
      it(`refuse ${what}, and keep nothing`, async () => {
        const asked = await files()
        const before = await timeline(giver)
        const answer = await giver.post(`${at}/comments`, { text: 'x', files: asked })
        expect(outcome(answer)).to.deep.equal([422, ...problems])
        expect(await timeline(giver)).to.deep.equal(before)
      })

    it('are one comment where the same is sent twice', async () => {
      const body = { text: 'once', files: [await attach(giver, 'a.txt')] }
      const call = { headers: { 'Idempotency-Key': 'with a file' } }
      const [first, again] = [
        await giver.post(`${at}/comments`, body, call),
        await giver.post(`${at}/comments`, body, call),
      ]
      expect([first.status, again.status, again.record.id]).to.deep.equal([201, 201, first.record.id])
      expect((await list(giver)).length).to.equal(1)
    })

    it('go to the bin with their files and come back with them, alone and with their record', async () => {
      const id = await attach(giver, 'offer.txt')
      const { id: comment } = await say(giver, { text: 'x', files: [id] })
      expect((await giver.delete(`${at}/comments/${comment}`)).status).to.equal(200)
      expect(await timeline(giver)).to.deep.equal([])
      expect((await giver.get(`/api/files/${id}`)).status).to.equal(404)
      expect((await giver.post(`${at}/comments/${comment}/restore`, {})).status).to.equal(200)
      expect((await list(giver)).map(names)).to.deep.equal([['offer.txt']])
      expect((await giver.get(`/api/files/${id}`)).status).to.equal(200)

      const { admin } = world
      expect((await admin.delete(at)).status).to.equal(200)
      const back = await admin.post(`${at}/restore`, {})
      expect(back.status, back.text).to.equal(200)
      expect((await list(giver)).map(names)).to.deep.equal([['offer.txt']])
    })

    it('lose one that is deleted by itself, and keep theirs when records are merged', async () => {
      const ids = [await attach(giver, 'a.txt'), await attach(giver, 'b.txt')]
      await say(giver, { text: 'x', files: ids })
      expect((await giver.delete(`/api/files/${ids[0]}`)).status).to.equal(204)
      expect((await list(giver)).map(names)).to.deep.equal([['b.txt']])
      const kept = (await make(giver, 'account', { name: 'Kept' })).id
      const merged = await world.admin.post(`/api/records/account/${kept}/actions/merge`, { with: [account] })
      expect(merged.status, merged.text).to.equal(200)
      expect((await list(giver, `/api/records/account/${kept}`)).map(names)).to.deep.equal([['b.txt']])
    })

    it('stay with their files where who wrote them may no longer change the record', async () => {
      account = (await make(reader, 'account', { name: 'Passed on' })).id
      at = `/api/records/account/${account}`
      const held = await say(reader, { text: 'x', files: [await attach(reader, 'a.txt')] })
      const plain = await say(reader, { text: 'without' })
      const passed = await world.admin.post(`${at}/actions/transfer`, { owner: sales.id, with: [] })
      expect(passed.status, passed.text).to.equal(200)
      expect(outcome(await reader.delete(`${at}/comments/${held.id}`))).to.deep.equal([403, 'AUTH_DENIED'])
      expect((await reader.delete(`${at}/comments/${plain.id}`)).status).to.equal(200)
      expect((await list(reader)).map(names)).to.deep.equal([['a.txt']])
    })
  })

  describe('that are changed', () => {
    it('say something else, with the mark that they do; the text alone leaves those whom it still names', async () => {
      const said = await say(giver, { text: '@reader look', mentions: [reader.id] })
      expect(said.edited_at).to.equal(null)
      const answer = await giver.patch(`${at}/comments/${said.id}`, { text: 'Now @reader, look' })
      expect(answer.status, answer.text).to.equal(200)
      expect(answer.record).to.deep.include({
        ...{ id: said.id, text: 'Now @reader, look', files: [] },
        mentions: [{ id: reader.id, label: 'reader' }],
      })
      expect(answer.record.edited_at).to.be.a('string')
      for (const [entry] of [await list(reader), await timeline(reader)])
        expect(entry).to.deep.include({ text: 'Now @reader, look', edited_at: answer.record.edited_at })
      await giver.patch(`${at}/comments/${said.id}`, { text: 'nobody' })
      expect((await list(giver))[0]!.mentions).to.deep.equal([])
    })

    it('tell those whom they mention anew, once, and nobody a second time', async () => {
      const other = await world.person('another', 'reader')
      const said = await say(giver, { text: '@reader', mentions: [reader.id] })
      expect([await told(reader), await told(other)]).to.deep.equal([1, 0])
      const path = `${at}/comments/${said.id}`
      const both = { text: '@reader @another', mentions: [reader.id, other.id] }
      await giver.patch(path, both)
      expect([await told(reader), await told(other)]).to.deep.equal([1, 1])
      const [one] = await list(giver)
      expect(one!.mentions.map(({ label }) => label)).to.deep.equal(['reader', 'another'])
      // Left out and named again: they know of it already.
      await giver.patch(path, { text: '@another', mentions: [other.id] })
      expect((await list(giver))[0]!.mentions.map(({ label }) => label)).to.deep.equal(['another'])
      await giver.patch(path, both)
      expect([await told(reader), await told(other)]).to.deep.equal([1, 1])
      expect(outcome(await giver.patch(path, { text: 'x', mentions: [sales.id] }))).to.deep.equal([
        ...[422, 'COMMENT_MENTION_UNFIT /mentions/0'],
      ])
      expect((await list(giver))[0]!.text).to.equal('@reader @another')
    })

    it('go on naming somebody as they were called when it was said', async () => {
      const { admin } = world
      const renamed = await world.person('wang', 'reader')
      const said = await say(giver, { text: 'Ask @wang', mentions: [renamed.id] })
      await admin.patch(`/api/records/user/${renamed.id}`, { name: 'Wang Li' })
      const mentions = [{ id: renamed.id, label: 'wang' }]
      for (const client of [giver, reader])
        for (const [one] of [await list(client), await timeline(client)])
          expect(one!.mentions).to.deep.equal(mentions)
      await giver.patch(`${at}/comments/${said.id}`, { text: 'Ask @wang today', mentions: [renamed.id] })
      expect((await list(giver))[0]!.mentions).to.deep.equal(mentions)
      expect(await told(renamed)).to.equal(1)
      await giver.patch(`${at}/comments/${said.id}`, { text: 'Ask @Wang Li', mentions: [renamed.id] })
      expect((await list(giver))[0]!.mentions).to.deep.equal([{ id: renamed.id, label: 'Wang Li' }])
      expect(await told(renamed)).to.equal(1)
    })

    it('still tell of those whom the records call changed away from, as people read them', async () => {
      const said = await say(giver, { text: '@reader', mentions: [reader.id] })
      await world.admin.patch(`/api/records/comment/${said.id}`, { text: 'somebody else' })
      expect((await list(giver))[0]!.mentions).to.deep.equal([])
    })
  })

  it('are changed by who wrote them alone, and removed by them or by right', async () => {
    const said = await say(reader, { text: 'mine' })
    const path = `${at}/comments/${said.id}`
    const other = (await make(reader, 'account', { name: 'Elsewhere' })).id
    const calls: readonly [string, () => Promise<Answer>, readonly unknown[]][] = [
      ['another', () => giver.patch(path, { text: 'x' }), [403, 'AUTH_DENIED']],
      ['the administrator', () => world.admin.patch(path, { text: 'x' }), [403, 'AUTH_DENIED']],
      ['another', () => giver.delete(path), [403, 'AUTH_DENIED']],
      ['who may not read the record', () => sales.patch(path, { text: 'x' }), [404, 'RECORD_NOT_FOUND']],
      ['who may not read the record', () => sales.delete(path), [404, 'RECORD_NOT_FOUND']],
      ['nobody', () => createClient(world.url).patch(path, { text: 'x' }), [401, 'AUTH_REQUIRED']],
      [
        'another record',
        () => reader.patch(`/api/records/account/${other}/comments/${said.id}`, { text: 'x' }),
        [404, 'RECORD_NOT_FOUND'],
      ],
      [
        'another record',
        () => reader.delete(`/api/records/account/${other}/comments/${said.id}`),
        [404, 'RECORD_NOT_FOUND'],
      ],
      ['a comment that is none', () => reader.delete(`${at}/comments/${NOBODY}`), [404, 'RECORD_NOT_FOUND']],
      ['nothing', () => reader.patch(path, {}), [422, 'FIELD_REQUIRED /text']],
      ['no text', () => reader.patch(path, { text: '' }), [422, 'FIELD_REQUIRED /text']],
      [
        'too much',
        () => reader.patch(path, { text: 'x'.repeat(10_001) }),
        [422, 'FIELD_TEXT_TOO_LONG /text'],
      ],
      ['what it has not', () => reader.patch(path, { text: 'x', files: [] }), [422, 'FIELD_UNKNOWN /files']],
    ]
    for (const [by, call, expected] of calls) expect(outcome(await call()), by).to.deep.equal(expected)
    expect((await list(giver)).map(({ text }) => text)).to.deep.equal(['mine'])

    expect((await world.admin.delete(path)).status).to.equal(200)
    expect(await list(giver)).to.deep.equal([])
    expect(outcome(await giver.post(`${path}/restore`, {}))).to.deep.equal([403, 'AUTH_DENIED'])
    expect((await world.admin.post(`${path}/restore`, {})).status).to.equal(200)
    expect((await reader.delete(path)).status).to.equal(200)
    expect((await reader.post(`${path}/restore`, {})).status).to.equal(200)
    expect(outcome(await reader.post(`${path}/restore`, {}))[0]).to.equal(409)
    expect((await reader.delete(path)).status).to.equal(200)
  })
})
