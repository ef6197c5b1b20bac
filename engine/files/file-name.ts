const MAX_LENGTH = 255
/** Separators of any system, characters that no system shows, and those that turn the reading direction. */
const UNSAFE = /[\\/:*?"<>|\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu

/**
 * The name of an uploaded file as it is kept: its last part, without what could lead elsewhere or hide what it
 * is. `C:\docs\报价.pdf` → `报价.pdf`; nothing left → `file`.
 */
export function safeFileName(written: string): string {
  const last = written.split(/[\\/]/).at(-1) ?? ''
  const clean = last.replace(UNSAFE, '_').trim().replace(/^\.+/, '')
  return shorten(clean === '' ? 'file' : clean)
}

/** Cuts in the middle, so that the ending that tells the kind stays. */
function shorten(name: string): string {
  const characters = [...name]
  if (characters.length <= MAX_LENGTH) return name
  const ending = [...(/\.[\p{L}\p{N}]{1,10}$/u.exec(name)?.[0] ?? '')]
  return [...characters.slice(0, MAX_LENGTH - ending.length), ...ending].join('')
}

const TYPE = /^[a-z0-9][a-z0-9!#$&^_.+-]{0,58}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,58}$/

/** The media type that a client claims, without parameters; anything odd is plain bytes. */
export function safeMediaType(written: string | undefined): string {
  const type = (written ?? '').split(';', 1)[0]!.trim().toLowerCase()
  return TYPE.test(type) ? type : 'application/octet-stream'
}

/** What browsers show without running anything in it. HTML, SVG and XML can carry scripts: never. */
const SHOWN_INLINE: ReadonlySet<string> = new Set([
  'application/pdf',
  'image/avif',
  'image/gif',
  'image/jpeg',
  'image/png',
  'image/webp',
  'text/plain',
])

/** A Content-Disposition header (RFC 6266): names beyond ASCII in UTF-8, with a plain one for old readers. */
export function contentDisposition(name: string, mediaType: string): string {
  const kind = SHOWN_INLINE.has(mediaType) ? 'inline' : 'attachment'
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_')
  const encoded = encodeURIComponent(name.toWellFormed()).replace(/['()*]/g, hex)
  return `${kind}; filename="${plain}"; filename*=UTF-8''${encoded}`
}

function hex(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`
}
