import { expect } from 'chai'
import { type Config, readConfig } from '../../engine/config.ts'
import { AppError, problemHint } from '../../engine/errors.ts'

const DEFAULTS: Config = {
  port: 3000,
  host: '127.0.0.1',
  dataDir: '/app/.tenon',
  databaseUrl: undefined,
  databaseDirectUrl: undefined,
  databaseReadUrl: undefined,
  template: 'sales',
  demo: true,
  adminEmail: undefined,
  adminPassword: undefined,
  secretKey: undefined,
  formerSecretKey: undefined,
  trustProxy: false,
  smtpUrl: undefined,
  mailFrom: undefined,
  publicUrl: undefined,
  backups: { folder: '/app/.tenon/backups', days: 7, at: '02:30' },
  keepRunsDays: 90,
  allowedHosts: [],
  logLevel: 'info',
}

function problemsOf(env: Record<string, string>): { code: string; path: string; hint?: string }[] {
  try {
    readConfig(env, '/app')
    return []
  } catch (fault) {
    if (!(fault instanceof AppError)) throw fault
    return fault.problems.map((one) => {
      const hint = one.hint && problemHint(one, 'en')
      return { code: one.code, path: one.path, ...(hint ? { hint } : {}) }
    })
  }
}

describe('the settings', () => {
  const good: { env: Record<string, string>; gives: Partial<Config> }[] = [
    { env: {}, gives: {} },
    { env: { PORT: '', HOME: '/root', TENON_TEST_DEEP: '1' }, gives: {} },
    { env: { PORT: '0', HOST: '::' }, gives: { port: 0, host: '::' } },
    {
      env: { TENON_DATA_DIR: 'data' },
      gives: { dataDir: '/app/data', backups: { ...DEFAULTS.backups, folder: '/app/data/backups' } },
    },
    {
      env: { TENON_DATA_DIR: '/var/tenon' },
      gives: { dataDir: '/var/tenon', backups: { ...DEFAULTS.backups, folder: '/var/tenon/backups' } },
    },
    { env: { TENON_TEMPLATE: 'none', TENON_DEMO: '0' }, gives: { template: undefined, demo: false } },
    {
      env: { DATABASE_URL: 'postgres://a@b/c', DATABASE_DIRECT_URL: 'postgresql://a@d/c' },
      gives: { databaseUrl: 'postgres://a@b/c', databaseDirectUrl: 'postgresql://a@d/c' },
    },
    {
      env: { TENON_ALLOWED_HOSTS: 'erp=10.1.0.0/16, branch/erp=ERP.corp:8443,six=[fd00::1]:80' },
      gives: {
        allowedHosts: [
          { workspace: 'default', connection: 'erp', host: '10.1.0.0', bits: 16, port: undefined },
          { workspace: 'branch', connection: 'erp', host: 'erp.corp', bits: undefined, port: 8443 },
          { workspace: 'default', connection: 'six', host: 'fd00::1', bits: undefined, port: 80 },
        ],
      },
    },
    { env: { TENON_TRUST_PROXY: 'true' }, gives: { trustProxy: 1 } },
    { env: { TENON_TRUST_PROXY: '0' }, gives: { trustProxy: false } },
    { env: { TENON_TRUST_PROXY: '2' }, gives: { trustProxy: 2 } },
    {
      env: { TENON_TRUST_PROXY: 'loopback, 10.0.0.0/8' },
      gives: { trustProxy: ['loopback', '10.0.0.0/8'] },
    },
    {
      env: {
        TENON_SMTP_URL: 'smtps://u:p@mail.example.com',
        TENON_MAIL_FROM: 'Tenon <crm@example.com>',
        TENON_PUBLIC_URL: 'https://crm.example.com/',
      },
      gives: {
        smtpUrl: 'smtps://u:p@mail.example.com',
        mailFrom: 'Tenon <crm@example.com>',
        publicUrl: 'https://crm.example.com',
      },
    },
    {
      env: { TENON_BACKUP_DIR: '/mnt/b', TENON_BACKUP_DAYS: '0', TENON_BACKUP_TIME: '23:59' },
      gives: { backups: { folder: '/mnt/b', days: 0, at: '23:59' } },
    },
    { env: { TENON_KEEP_RUNS_DAYS: '30' }, gives: { keepRunsDays: 30 } },
    { env: { LOG_LEVEL: 'WARN' }, gives: { logLevel: 'warn' } },
    {
      env: { TENON_ADMIN_EMAIL: '管理@例子.公司', TENON_ADMIN_PASSWORD: '12345678' },
      gives: { adminEmail: '管理@例子.公司', adminPassword: '12345678' },
    },
  ]
  for (const { env, gives } of good) {
    it(`takes ${JSON.stringify(env)}`, () => {
      expect(readConfig(env, '/app')).to.deep.equal({ ...DEFAULTS, ...gives })
    })
  }

  const invalid = {
    TENON_BACKUP_DAYS: ['-1', '7d', '4000'],
    TENON_BACKUP_TIME: ['2:30', '24:00', 'night'],
    PORT: ['65536', '-1', '80a', '1e3'],
    HOST: ['a b', 'http://x'],
    DATABASE_URL: ['mysql://a', 'postgres://', 'localhost'],
    TENON_DEMO: ['no'],
    TENON_ADMIN_EMAIL: ['admin', 'a b@c'],
    TENON_ADMIN_PASSWORD: ['1234567'],
    TENON_SECRET_KEY: ['short'],
    TENON_TRUST_PROXY: ['all', '-1'],
    TENON_KEEP_RUNS_DAYS: ['0', '-1', 'ever', '99999'],
    LOG_LEVEL: ['loud'],
  }
  for (const [name, values] of Object.entries(invalid)) {
    for (const value of values) {
      it(`refuses ${name}=${value}`, () => {
        expect(problemsOf({ [name]: value })).to.deep.equal([
          { code: 'START_VARIABLE_INVALID', path: `/${name}` },
        ])
      })
    }
  }

  it('tell every fault at once, unknown names with the nearest right one', () => {
    expect(problemsOf({ TENON_TEMPLAT: 'x', TENON_XYZZY_PLUGH: '1', PORT: 'x' })).to.deep.equal([
      { code: 'START_VARIABLE_UNKNOWN', path: '/TENON_TEMPLAT', hint: 'Did you mean “TENON_TEMPLATE”?' },
      { code: 'START_VARIABLE_UNKNOWN', path: '/TENON_XYZZY_PLUGH' },
      { code: 'START_VARIABLE_INVALID', path: '/PORT' },
    ])
  })

  it('refuse a direct or a read address without the main one', () => {
    expect(
      problemsOf({ DATABASE_DIRECT_URL: 'postgres://a/b', DATABASE_READ_URL: 'postgres://a/b' }),
    ).to.deep.equal([
      { code: 'START_VARIABLE_INVALID', path: '/DATABASE_DIRECT_URL' },
      { code: 'START_VARIABLE_INVALID', path: '/DATABASE_READ_URL' },
    ])
  })
})
