import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A table that a statement smuggled in would make; the database is asked for it afterwards. */
export const SMUGGLED_TABLE = 'tenon_pwned'
/** A header that a line break smuggled in would make. */
export const SMUGGLED_HEADER = 'x-pwned'
/** An address that nobody may call: of a cloud's metadata service. */
const METADATA_SERVICE = 'http://169.254.169.254/latest/meta-data/'

const MAKE = `CREATE TABLE public.${SMUGGLED_TABLE}()`

/** Texts that mean something in a language which a careless engine would paste them into. */
export const TEXTS: readonly string[] = [
  `'; ${MAKE}; --`,
  `"; ${MAKE}; --`,
  `'); ${MAKE}; --`,
  `1; ${MAKE}`,
  `\\'; ${MAKE}; --`,
  `$$; ${MAKE}; $$`,
  `*/ ${MAKE}; /*`,
  "' OR '1'='1",
  '" OR ""="',
  '1 OR 1=1',
  "' UNION SELECT token_hash::text FROM tenon_session --",
  "'||(SELECT version())||'",
  "x' AND (SELECT pg_sleep(30)) IS NULL --",
  '(SELECT pg_sleep(30))',
  "'; SELECT pg_terminate_backend(pg_backend_pid()); --",
  '$1',
  '%s%s%s%n',
  '%',
  '_%',
  '{a,b}',
  '\0',
  '\ud800',
  `a\r\n${SMUGGLED_HEADER}: 1`,
  `a\r\n\r\nHTTP/1.1 200 OK\r\n${SMUGGLED_HEADER}: 1\r\n\r\n`,
  `a\u560d\u560a${SMUGGLED_HEADER}: 1`,
  '../../../../../../etc/passwd',
  '..\\..\\..\\windows\\win.ini',
  '/etc/passwd',
  'file:///etc/passwd',
  METADATA_SERVICE,
  'http://[::ffff:169.254.169.254]/',
  'http://localhost:22/',
  '//evil.example/',
  '$(touch /tmp/pwned)',
  '; cat /etc/passwd',
  '`id`',
  "{{constructor.constructor('return process')().exit()}}",
  '$' + '{process.exit(1)}',
  '<%= global.process.exit() %>',
  '<script>alert(1)</script>',
  'javascript:alert(1)',
  '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
  '*)(uid=*))(|(uid=*',
  '__proto__',
  'constructor',
  'prototype',
  'hasOwnProperty',
  'toString',
  'then',
  '{"$gt":""}',
  '{"==":[1,1]}',
  '[]',
  'null',
  'NaN',
  '-1',
  '1e999',
  '99999999999999999999999',
  '0x7fffffff',
  '00000000-0000-0000-0000-000000000000',
  'a'.repeat(3000),
]

/** JSON that is no honest value: operators of other databases, rules where none is expected, odd shapes. */
export const JSON_TEXTS: readonly string[] = [
  '{"$gt":""}',
  '{"$ne":null}',
  '{"$where":"sleep(30000)"}',
  '{"$regex":"(a+)+$"}',
  '{"length":1e9}',
  '{"toString":"x","valueOf":"x"}',
  '{"toJSON":"x"}',
  '{"then":"x"}',
  '{"==":[1,1]}',
  '{"or":[true]}',
  '{"var":""}',
  '{"var":"owner.password"}',
  '{"var":"__proto__.constructor"}',
  '{"var":["constructor.constructor",1]}',
  '{"method":["","constructor"]}',
  '{"log":"x"}',
  '{"missing":["name"]}',
  '{"map":[{"var":""},{"var":"constructor"}]}',
  '{"reduce":[[1,2],{"+":[{"var":"current"},1]},0]}',
  '{"__proto__":{"admin":true}}',
  '{"constructor":{"prototype":{"admin":true}}}',
  '{"prototype":{"admin":true}}',
  '{"literal":{"__proto__":1}}',
  '{"isLosslessNumber":true,"value":"1; DROP TABLE x"}',
  '[]',
  '[[]]',
  '[null]',
  '[{"__proto__":1}]',
  '{}',
  'null',
  'true',
  '1e999',
  '-0',
  '123456789012345678901234567890',
  '{"type":"Buffer","data":[1]}',
]

const LISTS = join(import.meta.dirname, '../../../shared/data/bad-input')

/** The Big List of Naughty Strings; [] where it is not at hand. */
export function naughtyStrings(): readonly string[] {
  const file = join(LISTS, 'blns/blns.json')
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as string[]) : []
}

/**
 * Every n-th item, beginning at another place for each caller: all of them in a deep run, and over all callers all
 * of them in a short one.
 */
export function sampled<T>(items: readonly T[], turn: number, count: number): readonly T[] {
  if (process.env.TENON_TEST_DEEP === '1' || count >= items.length) return items
  return Array.from({ length: count }, (_, index) => items[(turn * count + index) % items.length]!)
}
