import { readdirSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect } from 'chai'
import { createOddDatabase, createTestDatabase, type TestDatabase } from '../support/postgres.ts'
import { spawnEngine } from '../support/process.ts'
import { scratchFolder } from '../support/scratch.ts'

describe('a start that cannot succeed', () => {
  let taken: Server
  let latin: TestDatabase
  let sound: TestDatabase

  before(async () => {
    sound = await createTestDatabase()
    taken = createServer().listen(0, '127.0.0.1')
    latin = await createOddDatabase(
      `CREATE DATABASE {name} TEMPLATE template0 ENCODING 'LATIN1' LOCALE_PROVIDER libc LOCALE 'C'`,
    )
  })
  after(async () => {
    taken.close()
    await latin.drop()
    await sound.drop()
  })

  it('a taken port is told before a database is made', async () => {
    const { port } = taken.address() as AddressInfo
    const dataDir = scratchFolder('refusal')
    const engine = spawnEngine({ dataDir, env: { PORT: String(port) } })
    await engine.ready.then(
      () => expect.fail('it started'),
      () => undefined,
    )
    expect(engine.stderr()).to.include(`Port ${port} is taken.`).and.to.not.include('database')
    expect(readdirSync(dataDir)).to.deep.equal([])
  })

  const cases: { name: string; env: () => Record<string, string>; says: () => string[] }[] = [
    {
      name: 'a taken port is named with its variable',
      env: () => ({ DATABASE_URL: sound.url, PORT: String((taken.address() as AddressInfo).port) }),
      says: () => [`Port ${(taken.address() as AddressInfo).port} is taken. Set PORT to another one`],
    },
    {
      name: 'a database that nobody listens for is named with the reason',
      env: () => ({ DATABASE_URL: 'postgres://tenon:secret-word@127.0.0.1:9/none' }),
      says: () => [
        'The database of DATABASE_URL cannot be reached: connect ECONNREFUSED 127.0.0.1:9',
        '→ Check its address',
      ],
    },
    {
      name: 'a database that does not exist is named with the reason',
      env: () => ({ DATABASE_URL: latin.url.replace(/\/[^/]*$/, '/no_such_database') }),
      says: () => [
        'The database of DATABASE_URL cannot be reached: database "no_such_database" does not exist',
      ],
    },
    {
      name: 'a database in another encoding is refused',
      env: () => ({ DATABASE_URL: latin.url }),
      says: () => [
        'The database is encoded in LATIN1; Tenon needs UTF8.',
        '→ Create one with: CREATE DATABASE',
      ],
    },
    {
      name: 'a host that is not ours is refused',
      env: () => ({ DATABASE_URL: sound.url, HOST: '192.0.2.1' }),
      says: () => ['HOST is not valid: 192.0.2.1:'],
    },
    {
      name: 'all wrong settings are told at once, with the nearest right name',
      env: () => ({ TENON_DATADIR: 'x', PORT: 'web' }),
      says: () => [
        'There is no setting TENON_DATADIR.',
        '→ Did you mean “TENON_DATA_DIR”?',
        'PORT is not valid: a port is a whole number from 0 to 65535.',
      ],
    },
    {
      name: 'the reasons are told in Chinese where the shell speaks it',
      env: () => ({ LANG: 'zh_CN.UTF-8', PORT: '70000' }),
      says: () => ['PORT 无效：'],
    },
  ]

  for (const { name, env, says } of cases) {
    it(name, async () => {
      const engine = spawnEngine({ dataDir: scratchFolder('refusal'), env: env() })
      await engine.ready.then(
        () => expect.fail('it started'),
        () => undefined,
      )
      expect(await engine.exited).to.equal(1)
      for (const part of says()) expect(engine.stderr()).to.include(part)
      expect(engine.stderr()).to.not.match(/secret-word|^ {4}at /m)
      expect(engine.stdout()).to.equal('')
    })
  }
})
