// A thread of its own that turns the first sheet of a workbook (.xlsx) into CSV. Plain JavaScript without any package, so
// that a thread can begin with it whether the engine is built or not. Every step is linear in what it reads, and no part of
// the file may grow past a bound: what somebody crafted costs this thread its time, and nobody else theirs.
import { readFileSync, writeFileSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import { inflateRawSync } from 'node:zlib'

/** Bytes of one unpacked part. */
const MOST_PART_BYTES = 100 * 1024 * 1024
const MOST_COLUMNS = 500
const END_OF_DIRECTORY = 0x06054b50
const ENTRY = 0x02014b50
const LOCAL = 0x04034b50

class Fault extends Error {}

/** The parts of the archive by name, unpacked when they are asked for. */
function openArchive(bytes) {
  let end = bytes.length - 22
  while (end >= 0 && bytes.readUInt32LE(end) !== END_OF_DIRECTORY) end -= 1
  if (end < 0) throw new Fault('broken')
  const entries = new Map()
  let at = bytes.readUInt32LE(end + 16)
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (bytes.readUInt32LE(at) !== ENTRY) throw new Fault('broken')
    const nameLength = bytes.readUInt16LE(at + 28)
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength)
    entries.set(name.replace(/^\//, ''), {
      flags: bytes.readUInt16LE(at + 8),
      method: bytes.readUInt16LE(at + 10),
      size: bytes.readUInt32LE(at + 20),
      offset: bytes.readUInt32LE(at + 42),
    })
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
  }
  return (name) => {
    const entry = entries.get(name)
    if (entry === undefined) return undefined
    if ((entry.flags & 1) !== 0) throw new Fault('locked')
    if (bytes.readUInt32LE(entry.offset) !== LOCAL) throw new Fault('broken')
    const start =
      entry.offset + 30 + bytes.readUInt16LE(entry.offset + 26) + bytes.readUInt16LE(entry.offset + 28)
    const packed = bytes.subarray(start, start + entry.size)
    if (entry.method === 0) return packed.toString('utf8')
    if (entry.method !== 8) throw new Fault('broken')
    return inflateRawSync(packed, { maxOutputLength: MOST_PART_BYTES }).toString('utf8')
  }
}

const NAMED = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function unescaped(text) {
  const plain = !text.includes('&')
    ? text
    : text.replace(
        /&(?:#x([0-9a-f]{1,6})|#([0-9]{1,7})|(amp|lt|gt|quot|apos));/gi,
        (whole, hex, decimal, name) => {
          if (name !== undefined) return NAMED[name.toLowerCase()]
          const point = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
          return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : whole
        },
      )
  // How spreadsheets write characters that XML cannot hold.
  return plain.replace(/_x([0-9A-F]{4})_/g, (_whole, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
}

/** The tags and texts of a document, one after the other: what is before a tag, its name without prefix, its attributes. */
function* tagsOf(xml) {
  let at = 0
  let text = ''
  for (;;) {
    const open = xml.indexOf('<', at)
    if (open < 0) return
    text += xml.slice(at, open)
    if (xml.startsWith('<!--', open)) at = after(xml, '-->', open)
    else if (xml.startsWith('<![CDATA[', open)) {
      at = after(xml, ']]>', open)
      text += xml.slice(open + 9, at - 3).replaceAll('&', '&amp;')
    } else if (xml.startsWith('<!', open)) throw new Fault('broken')
    else {
      const close = endOfTag(xml, open)
      const isEnd = xml[open + 1] === '/'
      const isEmpty = xml[close - 1] === '/'
      const inner = xml.slice(open + (isEnd ? 2 : 1), isEmpty ? close - 1 : close)
      const space = inner.search(/\s/)
      const name = space < 0 ? inner : inner.slice(0, space)
      yield {
        text,
        isEnd,
        isEmpty,
        name: name.slice(name.indexOf(':') + 1),
        attributes: space < 0 ? '' : inner.slice(space),
      }
      text = ''
      at = close + 1
    }
  }
}

function after(xml, mark, from) {
  const found = xml.indexOf(mark, from)
  if (found < 0) throw new Fault('broken')
  return found + mark.length
}

function endOfTag(xml, open) {
  let quote = ''
  for (let at = open + 1; at < xml.length; at += 1) {
    const character = xml[at]
    if (quote !== '') {
      if (character === quote) quote = ''
    } else if (character === '"' || character === "'") quote = character
    else if (character === '>') return at
  }
  throw new Fault('broken')
}

function attribute(attributes, name) {
  const match = new RegExp(`(?:^|\\s)(?:\\w+:)?${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(attributes)
  return match === null ? undefined : unescaped(match[1] ?? match[2])
}

/** The texts that cells name by number; how they are to be spoken (rPh) is no part of them. */
function readTexts(xml) {
  const texts = []
  let current = ''
  let spoken = 0
  for (const { name, isEnd, isEmpty, text } of tagsOf(xml)) {
    if (name === 'rPh' && !isEmpty) spoken += isEnd ? -1 : 1
    else if (name === 't' && isEnd && spoken === 0) current += text
    else if (name === 'si' && (isEnd || isEmpty)) {
      texts.push(unescaped(current))
      current = ''
    }
  }
  return texts
}

const BUILT_IN = new Map([
  ...[14, 15, 16, 17, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58].map((id) => [id, 'date']),
  ...[18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47, 55, 56].map((id) => [id, 'time']),
  [22, 'both'],
])

/** What a number is by its format: date, time, both, or a number where undefined. */
function kindOfFormat(code) {
  const bare = code
    .split(';', 1)[0]
    .replace(/"[^"]*"|\\.|_.|\*./g, '')
    .replace(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '')
    .toLowerCase()
  if (/general/.test(bare)) return undefined
  const hasDay = /[yd]/.test(bare)
  const hasTime = /[hs]/.test(bare)
  if (hasDay && hasTime) return 'both'
  if (hasTime) return 'time'
  return hasDay || /^[m\s./-]+$/.test(bare) ? 'date' : undefined
}

function readFormats(xml) {
  const custom = new Map()
  const formats = []
  let isCells = false
  for (const { name, isEnd, attributes } of tagsOf(xml)) {
    if (name === 'numFmt' && !isEnd)
      custom.set(
        Number(attribute(attributes, 'numFmtId')),
        kindOfFormat(attribute(attributes, 'formatCode') ?? ''),
      )
    else if (name === 'cellXfs') isCells = !isEnd
    else if (name === 'xf' && !isEnd && isCells) {
      const id = Number(attribute(attributes, 'numFmtId') ?? 0)
      formats.push(custom.has(id) ? custom.get(id) : BUILT_IN.get(id))
    }
  }
  return formats
}

const DAY_MS = 86_400_000

/** A day number as text: days since the end of 1899 (where 1900 counts as a leap year, as it once did) or since 1904. */
function dayText(serial, kind, is1904) {
  const days = is1904 ? serial + 1462 : serial < 60 ? serial + 1 : serial
  const at = new Date(Math.round(((days - 25_569) * DAY_MS) / 1000) * 1000)
  if (Number.isNaN(at.getTime()) || serial < 0 || at.getUTCFullYear() > 9999) return String(serial)
  const [date, time] = at.toISOString().slice(0, 19).split('T')
  if (kind === 'time' && serial < 1) return time
  return kind === 'date' || time === '00:00:00' ? date : `${date} ${time}`
}

/** A number as people see it: what binary fractions add beyond fifteen digits is taken off. */
function numberText(raw) {
  const value = Number(raw)
  if (raw.trim() === '' || !Number.isFinite(value)) return raw
  const text = String(Number(value.toPrecision(15)))
  return /e/.test(text) ? value.toLocaleString('en', { useGrouping: false, maximumFractionDigits: 20 }) : text
}

function columnOf(reference) {
  let column = 0
  for (const letter of /^[A-Z]{1,3}/.exec(reference)?.[0] ?? '')
    column = column * 26 + letter.charCodeAt(0) - 64
  return column - 1
}

/** The rows of a sheet that say anything, each with its number in the sheet. */
function* rowsOf(xml, { texts, formats, is1904 }) {
  let cells = []
  let number = 0
  let column = -1
  let cell = { type: 'n', style: 0, text: '' }
  let spoken = 0
  for (const { name, isEnd, isEmpty, attributes, text } of tagsOf(xml)) {
    if (name === 'row' && !isEnd) {
      number = Number(attribute(attributes, 'r') ?? number + 1)
      cells = []
      column = -1
    }
    if (name === 'row' && (isEnd || isEmpty)) {
      if (cells.some((value) => value !== undefined && value.trim() !== '')) yield { number, cells }
      cells = []
    } else if (name === 'c' && !isEnd) {
      const reference = attribute(attributes, 'r')
      column = reference === undefined ? column + 1 : columnOf(reference)
      if (column < 0) throw new Fault('broken')
      if (column >= MOST_COLUMNS) throw new Fault('wide')
      cell = {
        type: attribute(attributes, 't') ?? 'n',
        style: Number(attribute(attributes, 's') ?? 0),
        text: '',
      }
    } else if (name === 'rPh' && !isEmpty) spoken += isEnd ? -1 : 1
    else if ((name === 'v' || (name === 't' && spoken === 0)) && isEnd) cell.text += text
    else if (name === 'c' && isEnd) cells[column] = cellText(cell, { texts, formats, is1904 })
    else if (name === 'sheetData' && isEnd) return
  }
}

function cellText({ type, style, text }, { texts, formats, is1904 }) {
  if (type === 's') return texts[Number(text)] ?? ''
  if (type === 'b') return text.trim() === '1' ? 'true' : 'false'
  if (type === 'd') return text.replace('T', ' ').replace(/ 00:00:00(?:\.0+)?Z?$/, '')
  if (type !== 'n') return unescaped(text)
  const kind = formats[style]
  return kind === undefined || text.trim() === '' ? numberText(text) : dayText(Number(text), kind, is1904)
}

/** The first sheet that is shown: its name and the part that holds it. */
function firstSheet(part) {
  const book = part('xl/workbook.xml')
  if (book === undefined) throw new Fault('broken')
  let is1904 = false
  let sheet
  for (const { name, isEnd, attributes } of tagsOf(book)) {
    if (isEnd) continue
    if (name === 'workbookPr') is1904 = /^(?:1|true)$/.test(attribute(attributes, 'date1904') ?? '')
    if (
      name === 'sheet' &&
      sheet === undefined &&
      (attribute(attributes, 'state') ?? 'visible') === 'visible'
    )
      sheet = {
        name: attribute(attributes, 'name') ?? '',
        link: /(?:^|\s)\w+:id\s*=\s*["']([^"']*)/.exec(attributes)?.[1],
      }
  }
  for (const { name, isEnd, attributes } of tagsOf(part('xl/_rels/workbook.xml.rels') ?? '')) {
    if (name !== 'Relationship' || isEnd || attribute(attributes, 'Id') !== sheet?.link) continue
    const target = attribute(attributes, 'Target') ?? ''
    const path = target.startsWith('/') ? target.slice(1) : `xl/${target}`
    return { name: sheet.name, is1904, xml: part(path) }
  }
  throw new Fault('broken')
}

const quoted = (cell) => `"${cell.replaceAll('"', '""').replaceAll('\0', '')}"`

function convert({ path, output, mostRows }) {
  const part = openArchive(readFileSync(path))
  const { name, is1904, xml } = firstSheet(part)
  if (xml === undefined) throw new Fault('broken')
  const texts = readTexts(part('xl/sharedStrings.xml') ?? '')
  const formats = readFormats(part('xl/styles.xml') ?? '')
  const lines = []
  const numbers = []
  let width = 0
  for (const { number, cells } of rowsOf(xml, { texts, formats, is1904 })) {
    if (lines.length > mostRows) throw new Fault('long')
    const first = Math.max(width, 1)
    width = lines.length === 0 ? cells.length : first
    lines.push(
      Array.from({ length: Math.max(cells.length, width) }, (_, at) => quoted(cells[at] ?? '')).join(','),
    )
    numbers.push(number)
  }
  writeFileSync(output, lines.map((line) => `${line}\r\n`).join(''), { mode: 0o600 })
  // The first is the header's.
  return { sheet: name, numbers: numbers.slice(1) }
}

try {
  parentPort.postMessage({ read: convert(workerData) })
} catch (error) {
  const isHuge = error instanceof RangeError && error.code === 'ERR_BUFFER_TOO_LARGE'
  parentPort.postMessage({ fault: error instanceof Fault ? error.message : isHuge ? 'large' : 'broken' })
}
