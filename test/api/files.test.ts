import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { expect } from 'chai'
import { createFileStore } from '../../engine/files/file-store.ts'
import { createModelStore } from '../../engine/model/store.ts'
import { observeNothing } from '../../engine/observe.ts'
import { filesUpkeepTask } from '../../engine/process/files-upkeep.ts'
import { startEngine, type TestEngine } from '../support/engine.ts'
import type { Answer, Client } from '../support/http.ts'
import { eventually, httpTemplate, loginAs, outcome } from '../support/http-model.ts'
import { fullRegistry } from '../support/model-world.ts'
import { scratchFolder } from '../support/scratch.ts'

const ID = '01900000-0000-7000-8000-000000000001'

describe('files', () => {
  const dataDir = scratchFolder('files')
  const folder = join(dataDir, 'files/default')
  let engine: TestEngine
  let admin: Client
  let ann: Client
  let bob: Client
  let eve: Client
  before(async () => {
    mkdirSync(join(folder, 'incoming'), { recursive: true })
    writeFileSync(join(folder, 'incoming/left-by-a-crash'), 'half')
    utimesSync(join(folder, 'incoming/left-by-a-crash'), 1, 1)
    writeFileSync(join(folder, 'incoming/still-on-its-way'), 'half')
    engine = await startEngine({ template: httpTemplate, env: { TENON_DATA_DIR: dataDir } })
    admin = await engine.loginAdmin()
    ann = await loginAs(admin, 'ann', ['clerk'])
    bob = await loginAs(admin, 'bob', ['reader'])
    eve = await loginAs(admin, 'eve', ['clerk'])
  })
  after(() => engine.stop())

  const upload = (
    client: Client,
    content: string | Uint8Array<ArrayBuffer>,
    name: string,
    type = 'text/plain',
    fields: Record<string, string> = {},
  ): Promise<Answer> => {
    const form = new FormData()
    for (const [key, value] of Object.entries(fields)) form.set(key, value)
    form.set('file', new Blob([content], { type }), name)
    return client.post('/api/files', form)
  }
  const incoming = () => readdirSync(join(folder, 'incoming'))

  it('come back byte for byte, with their name and digest', async () => {
    const content = Uint8Array.from({ length: 300_000 }, (_, index) => (index * 7919) % 256)
    const made = await upload(ann, content, '报价 “A”.pdf', 'application/pdf')
    expect(made.status).to.equal(201)
    const digest = createHash('sha256').update(content).digest('hex')
    expect(made.record).to.include({
      name: '报价 “A”.pdf',
      media_type: 'application/pdf',
      size: 300_000,
      digest,
    })
    const response = await fetch(`${engine.url}/api/files/${made.record.id}`, {
      headers: { authorization: `Bearer ${ann.token}` },
    })
    expect(Buffer.from(await response.arrayBuffer()).equals(content)).to.equal(true)
    expect(Object.fromEntries(response.headers)).to.include({
      'content-type': 'application/pdf',
      'content-disposition': `inline; filename="__ _A_.pdf"; filename*=UTF-8''%E6%8A%A5%E4%BB%B7%20%E2%80%9CA%E2%80%9D.pdf`,
      'x-content-type-options': 'nosniff',
      etag: `"${digest}"`,
      'cache-control': 'private, no-cache',
    })
  })

  it('are answered in parts and by condition', async () => {
    const { record } = await upload(ann, 'abcdefghij', 'letters.txt')
    const path = `/api/files/${record.id}`
    const part = await ann.get(path, { headers: { range: 'bytes=2-4' } })
    expect([part.status, part.text, part.headers.get('content-range')]).to.deep.equal([
      206,
      'cde',
      'bytes 2-4/10',
    ])
    const same = await ann.get(path, { headers: { 'if-none-match': `"${record.digest}"` } })
    expect([same.status, same.text]).to.deep.equal([304, ''])
    const head = await ann.call('HEAD', path)
    expect([head.status, head.headers.get('content-length')]).to.deep.equal([200, '10'])
  })

  for (const type of ['text/html', 'image/svg+xml', 'application/xml', 'text/javascript', 'foo/bar']) {
    it(`of type ${type} are never shown in the page's place`, async () => {
      const { record } = await upload(ann, '<script>alert(1)</script>', 'page.html', type)
      const answer = await ann.get(`/api/files/${record.id}`)
      expect(answer.headers.get('content-disposition')).to.match(/^attachment; /)
      expect(answer.headers.get('content-security-policy')).to.match(/^default-src 'none'/)
    })
  }

  it('are read and added with the rights of the record that they are about', async () => {
    const company = await ann.post('/api/records/company', { name: 'Held' })
    const fields = { entity: 'company', record: company.record.id }
    const made = await upload(ann, 'contract', 'contract.txt', 'text/plain', fields)
    expect(made.status, made.text).to.equal(201)
    const path = `/api/files/${made.record.id}`
    for (const reader of [ann, bob, admin]) {
      expect((await reader.get(path)).text).to.equal('contract')
      const listed = await reader.get(`/api/records/company/${company.record.id}/files`)
      expect(listed.records.map((one) => one.name)).to.deep.equal(['contract.txt'])
    }
    expect(outcome(await eve.get(path))).to.equal('404 RECORD_NOT_FOUND')
    expect(outcome(await engine.client.get(path))).to.equal('401 AUTH_REQUIRED')
    expect(outcome(await upload(eve, 'x', 'x.txt', 'text/plain', fields))).to.equal('404 RECORD_NOT_FOUND')
    expect(outcome(await upload(bob, 'x', 'x.txt', 'text/plain', fields))).to.equal('403 AUTH_DENIED')
    await ann.delete(`/api/records/company/${company.record.id}`)
    expect(outcome(await bob.get(path))).to.equal('404 RECORD_NOT_FOUND')
  })

  it('are taken back within an hour by who attached them, and by the right to delete files', async () => {
    const company = (await ann.post('/api/records/company', { name: 'Taken back' })).record.id
    const at = { entity: 'company', record: company }
    const attached = async (client: Client, name: string) =>
      `/api/files/${(await upload(client, 'x', name, 'text/plain', at)).record.id}`
    const path = await attached(ann, 'wrong.txt')
    expect(outcome(await bob.delete(path))).to.equal('403 AUTH_DENIED')
    expect(outcome(await eve.delete(path))).to.equal('404 RECORD_NOT_FOUND')
    expect(outcome(await engine.client.delete(path))).to.equal('401 AUTH_REQUIRED')
    expect((await ann.delete(path)).status).to.equal(204)
    expect(outcome(await ann.delete(path))).to.equal('404 RECORD_NOT_FOUND')
    expect(outcome(await ann.delete('/api/files/no-id'))).to.equal('404 RECORD_NOT_FOUND')
    const names = async () =>
      (await ann.get(`/api/records/company/${company}/files`)).records.map(({ name }) => name)
    expect(await names()).to.deep.equal([])

    const old = await attached(ann, 'old.txt')
    await engine.database.query({
      text: `UPDATE "ws_default".file SET created_at = now() - interval '61 minutes' WHERE id = $1::uuid`,
      values: [old.split('/').at(-1)],
    })
    const others = await attached(admin, 'others.txt')
    const refused = [outcome(await ann.delete(old)), outcome(await ann.delete(others))]
    expect(refused).to.deep.equal(['403 AUTH_DENIED', '403 AUTH_DENIED'])
    expect((await names()).length).to.equal(2)
    for (const one of [old, others]) expect((await admin.delete(one)).status).to.equal(204)
  })

  it('of a field are read by those who read the record', async () => {
    const logo = await upload(ann, 'logo', 'logo.png', 'image/png')
    const path = `/api/files/${logo.record.id}`
    expect(outcome(await bob.get(path))).to.equal('404 RECORD_NOT_FOUND')
    const company = await ann.post('/api/records/company', { name: 'Branded', logo: logo.record.id })
    expect(company.status, company.text).to.equal(201)
    expect((await bob.get(path)).text).to.equal('logo')
    expect(outcome(await eve.get(path))).to.equal('404 RECORD_NOT_FOUND')
  })

  it('cannot be uploaded by those whose roles do not let them', async () => {
    expect(outcome(await upload(bob, 'x', 'x.txt'))).to.equal('403 AUTH_DENIED')
  })

  const names = [
    { sent: '../../etc/passwd', kept: 'passwd' },
    { sent: 'C:\\temp\\报告.docx', kept: '报告.docx' },
    { sent: 'a\u202Egnp.exe', kept: 'a_gnp.exe' },
    { sent: '.htaccess', kept: 'htaccess' },
    { sent: `${'长'.repeat(300)}.pdf`, kept: `${'长'.repeat(251)}.pdf` },
    { sent: '😀.txt', kept: '😀.txt' },
  ]
  for (const { sent, kept } of names) {
    it(`called ${JSON.stringify(sent).slice(0, 40)} are kept as ${kept.slice(0, 20)}`, async () => {
      expect((await upload(ann, 'x', sent)).record.name).to.equal(kept)
    })
  }

  it('over 25 MB are refused, and nothing of them is left', async () => {
    const answer = await upload(ann, new Uint8Array(25 * 1024 * 1024 + 1), 'large.bin')
    expect(outcome(answer)).to.equal('413 FILE_TOO_LARGE')
    await eventually(async () => incoming().join() === 'still-on-its-way')
  })

  it('of 25 MB are stored', async () => {
    expect((await upload(ann, new Uint8Array(25 * 1024 * 1024), 'just.bin')).status).to.equal(201)
  })

  it('that never arrive whole leave nothing', async () => {
    const { hostname, port } = new URL(engine.url)
    const socket = connect(Number(port), hostname)
    socket.write(
      `POST /api/files HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${ann.token}\r\nContent-Length: 100000\r\n` +
        'Content-Type: multipart/form-data; boundary=b\r\n\r\n' +
        '--b\r\nContent-Disposition: form-data; name="file"; filename="half.txt"\r\n\r\nhalf',
    )
    await eventually(async () => incoming().length === 2)
    socket.destroy()
    await eventually(async () => incoming().length === 1)
    const files = await admin.get(
      `/api/records/file?filter=${encodeURIComponent('{"==":[{"var":"name"},"half.txt"]}')}`,
    )
    expect(files.records).to.deep.equal([])
  })

  it('left half-written by a crash are swept away when they are old', () => {
    expect(incoming()).to.deep.equal(['still-on-its-way'])
  })

  it('leave no content behind that no record names: it goes at night', async () => {
    const store = createFileStore(join(dataDir, 'files'))
    const digestOf = async (text: string) => (await upload(ann, text, 'x.txt')).record
    const [named, binned] = [await digestOf('named'), await digestOf('binned')]
    expect((await admin.delete(`/api/records/file/${binned.id}`)).status).to.equal(200)
    // As a step leaves it whose transaction was taken back: the content is in its place, its record is not.
    const received = await store.receive('default', Readable.from([Buffer.from('of a failed step')]))
    await received.keep()
    const placeOf = (digest: unknown) => join(folder, String(digest).slice(0, 2), String(digest))
    const digests = [named.digest, binned.digest, received.digest]
    for (const digest of digests) utimesSync(placeOf(digest), 1, 1)
    const models = await createModelStore(engine.database, fullRegistry())
    const task = filesUpkeepTask({
      ...{ db: engine.database, files: store, observe: observeNothing },
      modelOf: (name) => models.current(name),
    })
    await task.run(new AbortController().signal)
    await models.close()
    expect(digests.map((digest) => existsSync(placeOf(digest)))).to.deep.equal([true, true, false])
    expect((await ann.get(`/api/files/${named.id}`)).text).to.equal('named')
  })

  const multipart = (body: string, boundary = 'b'): Promise<Answer> =>
    ann.post('/api/files', body, { headers: { 'content-type': `multipart/form-data; boundary=${boundary}` } })
  const part = (disposition: string, content = 'x') =>
    `--b\r\nContent-Disposition: form-data; ${disposition}\r\n\r\n${content}\r\n`

  const faulty: { what: string; send: () => Promise<Answer>; expected: string }[] = [
    {
      what: 'JSON',
      send: () => ann.post('/api/files', { file: 'x' }),
      expected: '415 HTTP_MEDIA_TYPE_UNSUPPORTED',
    },
    {
      what: 'no boundary',
      send: () => ann.post('/api/files', 'x', { headers: { 'content-type': 'multipart/form-data; x=y' } }),
      expected: '400 HTTP_FORM_UNREADABLE',
    },
    { what: 'an empty form', send: () => multipart('--b--\r\n'), expected: '422 FILE_MISSING' },
    {
      what: 'a form that breaks off',
      send: () => multipart(part('name="file"; filename="x"')),
      expected: '400 HTTP_FORM_UNREADABLE',
    },
    {
      what: 'a file of another name',
      send: () => multipart(`${part('name="upload"; filename="x"')}--b--\r\n`),
      expected: '422 FILE_MISSING',
    },
    {
      what: 'two files',
      send: () => multipart(`${part('name="file"; filename="x"').repeat(2)}--b--\r\n`),
      expected: '422 FILE_MISSING',
    },
    {
      what: 'a text instead of a file',
      send: () => multipart(`${part('name="file"')}--b--\r\n`),
      expected: '422 FILE_MISSING',
    },
    {
      what: 'an unknown field',
      send: () => upload(ann, 'x', 'x', 'text/plain', { entty: 'company' }),
      expected: '422 FIELD_UNKNOWN',
    },
    {
      what: 'an entity without a record',
      send: () => upload(ann, 'x', 'x', 'text/plain', { entity: 'company' }),
      expected: '422 FIELD_REQUIRED',
    },
    {
      what: 'an unknown entity',
      send: () => upload(ann, 'x', 'x', 'text/plain', { entity: 'compny', record: ID }),
      expected: '404 ENTITY_UNKNOWN',
    },
    {
      what: 'an unknown record',
      send: () => upload(ann, 'x', 'x', 'text/plain', { entity: 'company', record: ID }),
      expected: '404 RECORD_NOT_FOUND',
    },
    { what: 'an entity that has no files', send: () => uploadToOrder(), expected: '404 FEATURE_OFF' },
  ]
  const uploadToOrder = async (): Promise<Answer> => {
    const order = await ann.post('/api/records/order', { select: 'x' })
    return upload(ann, 'x', 'x', 'text/plain', { entity: 'order', record: order.record.id })
  }
  for (const { what, send, expected } of faulty) {
    it(`are refused for ${what}: ${expected}`, async () => {
      expect(outcome(await send())).to.equal(expected)
      await eventually(async () => incoming().join() === 'still-on-its-way')
    })
  }
})
