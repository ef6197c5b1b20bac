import { LosslessNumber } from 'lossless-json'

/** A value that someone sends to see what breaks. */
export interface HostileValue {
  readonly name: string
  readonly value: unknown
}

const deepList = JSON.parse(`${'['.repeat(5000)}${']'.repeat(5000)}`) as unknown
const deepObject = JSON.parse(`${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`) as unknown

export const HOSTILE_VALUES: readonly HostileValue[] = [
  { name: '10 MB of text', value: 'x'.repeat(10_000_000) },
  { name: '10 MB of Chinese', value: '客'.repeat(3_300_000) },
  { name: 'a megabyte of digits', value: '9'.repeat(1_000_000) },
  { name: 'a megabyte of marks on one letter', value: `a${'\u0301'.repeat(1_000_000)}` },
  { name: 'a megabyte of "a-" for e-mail patterns', value: `${'a-'.repeat(500_000)}@x` },
  { name: 'a megabyte of dots', value: `a@${'a.'.repeat(500_000)}` },
  { name: 'a megabyte of opened elements', value: '<b>'.repeat(300_000) },
  { name: 'a megabyte of <', value: '<'.repeat(1_000_000) },
  { name: 'a megabyte of semicolons', value: ';'.repeat(1_000_000) },
  { name: 'a megabyte of commas and digits', value: '1,'.repeat(500_000) },
  { name: 'a long list of texts', value: Array.from({ length: 100_000 }, (_, index) => `t${index}`) },
  { name: 'a long list of one text', value: Array.from({ length: 100_000 }, () => 't') },
  { name: 'a long list of objects', value: Array.from({ length: 100_000 }, () => ({})) },
  { name: 'a list with a megabyte', value: ['x'.repeat(1_000_000)] },
  { name: 'a deep list', value: deepList },
  { name: 'a deep object', value: deepObject },
  { name: 'a list of a deep list', value: [deepList] },
  { name: '__proto__', value: JSON.parse('{"__proto__":{"polluted":true}}') },
  { name: '__proto__ in a list', value: [JSON.parse('{"__proto__":{"polluted":true}}')] },
  { name: 'constructor', value: { constructor: { prototype: { polluted: true } } } },
  { name: 'toString as text', value: 'toString' },
  { name: '__proto__ as text', value: '__proto__' },
  { name: 'an object that says it is a number', value: { isLosslessNumber: true, value: '1' } },
  { name: '1e400', value: new LosslessNumber('1e400') },
  { name: '1e400 within', value: { lat: new LosslessNumber('1e400'), lng: [new LosslessNumber('1e400')] } },
  { name: 'infinity', value: Number.POSITIVE_INFINITY },
  { name: 'not a number', value: Number.NaN },
  { name: '-0', value: -0 },
  { name: '0.1 + 0.2', value: 0.1 + 0.2 },
  { name: 'the largest float', value: Number.MAX_VALUE },
  { name: 'the smallest float', value: Number.MIN_VALUE },
  { name: 'NUL', value: 'a\0b' },
  { name: 'half a surrogate pair', value: '\ud83d' },
  { name: 'the other half', value: '\ude00 a' },
  { name: 'a key with NUL', value: { 'a\0': 1 } },
  { name: 'control characters', value: '\u0001\u0007\u001b[31m\u007f' },
  { name: 'right-to-left override', value: '\u202etxt.exe' },
  { name: 'SQL', value: "'; DROP TABLE account; --" },
  { name: 'an array literal', value: '{a,b}' },
  { name: 'script', value: '<script>alert(1)</script>' },
  { name: 'a day that is not', value: '2023-02-29' },
  { name: '24:00', value: '24:00' },
  { name: 'a leap second', value: '2016-12-31T23:59:60Z' },
  { name: 'a year of five digits', value: '12026-01-01' },
  { name: 'infinity of PostgreSQL', value: 'infinity' },
  { name: 'now of PostgreSQL', value: 'now' },
  { name: 'an empty text', value: '' },
  { name: 'blanks', value: '   ' },
  { name: 'an empty list', value: [] },
  { name: 'an empty object', value: {} },
  { name: 'a list of null', value: [null] },
  { name: 'true', value: true },
]
