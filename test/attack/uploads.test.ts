import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { deflateRawSync, gzipSync } from 'node:zlib'
import { expect } from 'chai'
import { type Answer, createClient } from '../support/http.ts'
import { outcome } from '../support/http-model.ts'
import { scratchFolder } from '../support/scratch.ts'
import { naughtyStrings } from './payloads.ts'
import { sendRaw } from './raw.ts'
import { startWorld, type World } from './world.ts'

const MEGABYTE = 1024 * 1024

/** Names that lead elsewhere, hide what they are, or break a header. */
const NAMES = [
  '../../../../tmp/pwned.txt',
  '..\\..\\..\\pwned.txt',
  '/etc/cron.d/pwned',
  'C:\\Windows\\System32\\pwned.dll',
  '....//....//pwned',
  '..%2f..%2fpwned',
  '%2e%2e/pwned',
  '.',
  '..',
  '.htaccess',
  '.env',
  'a\0.txt',
  'a\r\nX-Pwned: 1\r\n\r\n<script>',
  'a"; filename="b.html',
  "a'; filename*=UTF-8''b.html",
  '\u202egnp.exe',
  'CON',
  'aux.txt',
  'a:b',
  '~/.ssh/authorized_keys',
  '$(touch pwned).txt',
  '-rf',
  '__proto__',
  'x'.repeat(5000),
  `${'../'.repeat(500)}x`,
]

/** A hundred megabytes of zeros in a hundred kilobytes: one entry of a ZIP archive, by hand. */
function zipBomb(): Buffer {
  const name = Buffer.from('xl/sharedStrings.xml')
  const content = deflateRawSync(Buffer.alloc(100 * MEGABYTE), { level: 9 })
  const head = Buffer.alloc(30)
  head.writeUInt32LE(0x04034b50, 0)
  head.writeUInt16LE(20, 4)
  head.writeUInt16LE(8, 8)
  head.writeUInt32LE(content.length, 18)
  head.writeUInt32LE(100 * MEGABYTE, 22)
  head.writeUInt16LE(name.length, 26)
  return Buffer.concat([head, name, content])
}

/** A billion laughs: a kilobyte that grows to gigabytes in a parser that expands entities. */
function xmlBomb(): Buffer {
  const entities = Array.from({ length: 10 }, (_, level) =>
    level === 0 ? '<!ENTITY e0 "ha">' : `<!ENTITY e${level} "${`&e${level - 1};`.repeat(10)}">`,
  )
  const outside = '<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY y SYSTEM "http://169.254.169.254/">'
  return Buffer.from(`<?xml version="1.0"?><!DOCTYPE a [${entities.join('')}${outside}]><a>&e9;&x;&y;</a>`)
}

describe('hostile uploads', () => {
  const dataDir = scratchFolder('uploads')
  let world: World
  before(async () => {
    world = await startWorld({ TENON_DATA_DIR: dataDir })
  })
  after(() => world.stop())

  const upload = (
    content: Buffer | string,
    name: string,
    type = 'application/octet-stream',
  ): Promise<Answer> => {
    const boundary = 'xxBOUNDARYxx'
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: ${type}\r\n\r\n`
    const body = Buffer.concat([
      Buffer.from(head),
      Buffer.from(content),
      Buffer.from(`\r\n--${boundary}--\r\n`),
    ])
    return world.admin.call('POST', '/api/files', {
      body,
      headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    })
  }
  const filesBelow = (folder: string): string[] =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))

  it('under any name lie under their digest, inside the data folder, and come back as they were', async () => {
    const outside = ['/tmp/pwned.txt', '/etc/cron.d/pwned', join(dataDir, '..', 'pwned.txt'), 'pwned']
    const before = new Set(filesBelow(dataDir))
    for (const name of [...NAMES, ...naughtyStrings().slice(0, 120)]) {
      const escaped = name.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
      for (const written of name === escaped ? [name] : [name, escaped]) {
        const answer = await upload('hello', written)
        if (answer.status !== 201) {
          expect([written, outcome(answer)]).to.deep.equal([written, outcome(answer).replace(/^5/, 'no 5')])
          expect(answer.status).to.be.oneOf([400, 422])
          continue
        }
        const kept = answer.record.name as string
        expect(kept).not.to.match(/[\\/\p{Cc}\u202e]|^\.{1,2}$/u)
        const read = await world.admin.get(`/api/files/${answer.record.id}`)
        expect([read.status, read.text, read.headers.get('x-pwned')]).to.deep.equal([200, 'hello', null])
        expect(read.headers.get('content-disposition')).to.match(
          /^(attachment|inline); filename="[^"\\\r\n]*"; filename\*=UTF-8''[\w.%~!*+$&-]*$/,
        )
      }
    }
    const made = filesBelow(dataDir).filter((file) => !before.has(file))
    expect(made.filter((file) => !/^files\/default\/[0-9a-f]{2}\/[0-9a-f]{64}$/.test(file))).to.deep.equal([])
    expect(outside.filter(existsSync)).to.deep.equal([])
  })

  it('of any media type are never run by a browser', async () => {
    const types = [
      'text/html',
      'image/svg+xml',
      'application/xhtml+xml',
      'text/xml',
      'application/javascript',
      'text/html\r\nX-Pwned: 1',
      'text/html;charset=utf-7',
      'TEXT/HTML',
      '*/*',
      '',
      'x'.repeat(900),
    ]
    for (const type of types) {
      const made = await upload('<script>alert(1)</script>', 'x.html', type)
      if (made.status === 400) continue
      const read = await world.admin.get(`/api/files/${made.record.id}`)
      expect(read.headers.get('x-pwned')).to.equal(null)
      expect(read.headers.get('x-content-type-options')).to.equal('nosniff')
      expect(read.headers.get('content-security-policy')).to.include("default-src 'none'")
      // What a client does not name is plain text, which runs nothing wherever it is shown.
      const kind =
        read.headers.get('content-type') === 'text/plain; charset=utf-8' ? /^inline;/ : /^attachment;/
      expect(read.headers.get('content-disposition')).to.match(kind)
    }
  })

  it('whose record was written by hand answer no header that the record chose', async () => {
    const { digest } = (await upload('hello', 'x.txt', 'text/plain')).record
    const odd = [
      'text/html\r\nX-Pwned: 1',
      'text/html',
      '客/户',
      '',
      'x',
      'text/plain; charset=utf-7',
      '\u0001/x',
    ]
    for (const media_type of odd) {
      const body = { name: 'a"\r\nX-Pwned: 1', media_type, size: 5, digest }
      const made = await world.admin.post('/api/records/file', body)
      if (made.status !== 201) continue
      const read = await world.admin.get(`/api/files/${made.record.id}`)
      expect([media_type, read.status, read.headers.get('x-pwned')]).to.deep.equal([media_type, 200, null])
      expect(read.headers.get('content-disposition')).to.match(/^(attachment|inline); filename="[^"\r\n]*"/)
      expect(read.headers.get('content-type')).not.to.match(/utf-7|\r|\n/)
    }
    for (const path of ['../../../etc/passwd', '0'.repeat(64), `${'0'.repeat(62)}/.`]) {
      const made = await world.admin.post('/api/records/file', {
        name: 'x',
        media_type: 'text/plain',
        size: 1,
        digest: path,
      })
      if (made.status !== 201) continue
      expect((await world.admin.get(`/api/files/${made.record.id}`)).status).to.equal(404)
    }
  })

  it('that are bombs are stored as they came: nothing unpacks them', async () => {
    const zip = zipBomb()
    const bombs: readonly (readonly [string, string, Buffer])[] = [
      ['bomb.zip', 'application/zip', zip],
      ['bomb.xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', zip],
      ['bomb.docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', zip],
      ['bomb.csv.gz', 'application/gzip', gzipSync(Buffer.alloc(100 * MEGABYTE))],
      ['bomb.xml', 'text/xml', xmlBomb()],
      ['bomb.svg', 'image/svg+xml', xmlBomb()],
      ['bomb.xlsx', 'application/xml', xmlBomb()],
    ]
    const before = new Set(filesBelow(dataDir))
    const memory = process.memoryUsage().rss
    for (const [name, type, content] of bombs) {
      const made = await upload(content, name, type)
      expect([name, made.record.size]).to.deep.equal([name, content.length])
    }
    const stored = filesBelow(dataDir).filter((file) => !before.has(file))
    const bytes = stored.reduce((sum, file) => sum + statSync(join(dataDir, file)).size, 0)
    const different = new Map(bombs.map(([, , content]) => [content.toString('latin1'), content.length]))
    expect(bytes).to.equal([...different.values()].reduce((sum, size) => sum + size, 0))
    expect(process.memoryUsage().rss - memory).to.be.below(90 * MEGABYTE)
  })

  it('as packed JSON are refused before anything is unpacked', async () => {
    const packed = gzipSync(Buffer.from(`{"name":"${'x'.repeat(30 * MEGABYTE)}"}`))
    for (const encoding of ['gzip', 'deflate', 'br', 'zstd', 'gzip, gzip', 'identity, gzip']) {
      const answer = await world.admin.call('POST', '/api/records/company', {
        body: packed,
        headers: { 'content-encoding': encoding },
      })
      expect([encoding, outcome(answer)]).to.deep.equal([encoding, '415 HTTP_MEDIA_TYPE_UNSUPPORTED'])
    }
  })

  it('of forms that end nowhere, nest or never stop are refused', async () => {
    const part = (head: string, body = 'x'): string => `--b\r\n${head}\r\n\r\n${body}\r\n`
    const file = 'Content-Disposition: form-data; name="file"; filename="x"'
    const forms: readonly (readonly [string, string])[] = [
      ['nothing', ''],
      ['no end', part(file)],
      ['no name', `${part('Content-Disposition: form-data')}--b--\r\n`],
      ['two files', `${part(file)}${part(file)}--b--\r\n`],
      ['a thousand fields', `${part('Content-Disposition: form-data; name="a"').repeat(1000)}--b--\r\n`],
      ['a header of a megabyte', `${part(`X: ${'x'.repeat(MEGABYTE)}`)}--b--\r\n`],
      ['ten thousand headers', `${part('X: y\r\n'.repeat(10_000).slice(0, -2))}--b--\r\n`],
      [
        'a form in a form',
        `${part('Content-Type: multipart/mixed; boundary=c', '--c\r\n\r\n--c--')}--b--\r\n`,
      ],
      [
        'the name of a record that is none',
        `${part('Content-Disposition: form-data; name="record"', '../x')}${part(file)}--b--\r\n`,
      ],
      [
        'an entity that is none',
        `${part('Content-Disposition: form-data; name="entity"', '__proto__')}${part('Content-Disposition: form-data; name="record"', 'x')}${part(file)}--b--\r\n`,
      ],
    ]
    for (const [what, body] of forms) {
      const answer = await world.admin.call('POST', '/api/files', {
        body,
        headers: { 'content-type': 'multipart/form-data; boundary=b' },
      })
      expect([what, answer.status >= 400 && answer.status < 500]).to.deep.equal([what, true])
    }
    const boundary = await world.admin.call('POST', '/api/files', {
      body: 'x',
      headers: { 'content-type': `multipart/form-data; boundary=${'b'.repeat(2000)}` },
    })
    expect(boundary.status).to.equal(400)
    expect(readdirSync(join(dataDir, 'files/default/incoming'))).to.deep.equal([])
  })

  it('cannot be read or listed past their records', async () => {
    const { record } = await upload('secret of the administrator', 'x.txt', 'text/plain')
    const addresses = [
      `/api/files/${record.digest}`,
      `/api/files/..%2f..%2f..%2fetc%2fpasswd`,
      `/api/files/%2e%2e`,
      `/files/default/${String(record.digest).slice(0, 2)}/${record.digest}`,
      `/api/records/file/${record.id}`,
    ]
    for (const address of addresses) {
      const answer = await world.clerk.get(address)
      // Addresses that are none of the API's are pages for a person to look at.
      const expected = address.startsWith('/api/') ? 404 : 200
      expect([address, answer.status, answer.text.includes('secret')]).to.deep.equal([
        address,
        expected,
        false,
      ])
    }
  })

  it('have nothing in common with the files of the engine, whatever the address says', async () => {
    const secret = readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8').slice(0, 60)
    const up = [
      '../',
      '..%2f',
      '%2e%2e/',
      '%2e%2e%2f',
      '..%5c',
      '..\\',
      '....//',
      '..;/',
      '%252e%252e%252f',
      '..%c0%af',
    ]
    for (const step of up) {
      for (const start of ['/', '/assets/', '/designer/', '/api/files/', '/assets/x/']) {
        for (const target of ['package.json', 'etc/passwd']) {
          const path = `${start}${step.repeat(6)}${target}`
          const { status, text } = await sendRaw(
            world.engine.url,
            `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`,
          )
          expect([path, text.includes(secret) || text.includes('root:'), status >= 500]).to.deep.equal([
            path,
            false,
            false,
          ])
        }
      }
    }
  })

  it('of definitions with names that are paths are refused', async () => {
    const names = ['../../x', '/etc/passwd', '..', 'a/b', 'a\\b', 'a\0', 'CON.json', '%2e%2e']
    for (const name of names) {
      const definitions = [{ kind: 'view', name, entity: 'company', type: 'table', columns: ['name'] }]
      const opened = await world.admin.post('/api/meta/import', { manifest: { name: 'x' }, definitions })
      const check =
        opened.status === 201
          ? await world.admin.post(`/api/meta/changesets/${opened.record.id}/plan`, undefined)
          : opened
      expect([name, check.status]).to.deep.equal([name, 422])
    }
  })

  it('leave the server as it was', async () => {
    expect((await createClient(world.engine.url).get('/readyz')).status).to.equal(200)
  })
})
