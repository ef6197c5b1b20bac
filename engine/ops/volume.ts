import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** Whether what lies in a folder is encrypted on the disk, as far as the system tells. */
export type VolumeEncryption = 'encrypted' | 'plain' | 'unknown'

/** A line of /proc/mounts. */
interface Mount {
  readonly source: string
  readonly folder: string
  readonly type: string
}

/** File systems that encrypt by themselves. */
const ENCRYPTING: ReadonlySet<string> = new Set(['ecryptfs', 'fuse.gocryptfs', 'fuse.encfs', 'fuse.cryfs'])

/**
 * Whether a folder lies on an encrypted volume: on dm-crypt (LUKS), anywhere below its file system, or in a file
 * system that encrypts. What encrypts below what Linux sees (a cloud's disks, a drive itself) counts as plain here;
 * where there is no block device to look at (overlays, network drives, other systems) the answer is unknown.
 * @param folder exists
 */
export function volumeEncryption(folder: string): VolumeEncryption {
  const real = realpathSync(folder)
  const mounts = readOrEmpty('/proc/mounts')
  return encryptionOf(
    { folder: real, device: deviceOf(statSync(real, { bigint: true }).dev) },
    mounts,
    '/sys',
  )
}

/**
 * The same from what the system says.
 * @param place the folder without symbolic links, and its device as `major:minor`
 * @param mounts the text of /proc/mounts
 * @param sys where sysfs is
 */
export function encryptionOf(
  place: { readonly folder: string; readonly device: string },
  mounts: string,
  sys: string,
): VolumeEncryption {
  const mount = mountOf(place.folder, parseMounts(mounts))
  if (mount !== undefined && ENCRYPTING.has(mount.type)) return 'encrypted'
  // btrfs gives each subvolume a number of its own, which no device has: then the mount tells the device.
  const own = place.device.startsWith('0:') ? deviceOfSource(mount?.source) : place.device
  const block = own === undefined ? undefined : join(sys, 'dev/block', own)
  if (block === undefined || namesIn(block).length === 0) return 'unknown'
  return isOnCrypt(block) ? 'encrypted' : 'plain'
}

/** A mapped device names its maker in dm/uuid; what it is built on (LVM on LUKS) stands in slaves/. */
function isOnCrypt(block: string): boolean {
  if (readOrEmpty(join(block, 'dm/uuid')).startsWith('CRYPT-')) return true
  const below = namesIn(join(block, 'slaves'))
  // Of several disks together (RAID, LVM) every one must be encrypted.
  return below.length > 0 && below.every((name) => isOnCrypt(join(block, 'slaves', name)))
}

function parseMounts(text: string): readonly Mount[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [source = '', folder = '', type = ''] = line.split(' ').map(plainWord)
      return { source, folder, type }
    })
}

/** Blanks and the like are written as three octal digits. */
function plainWord(word: string): string {
  return word.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)))
}

/** The innermost mount that holds the folder; of several on one place the last one counts. */
function mountOf(folder: string, mounts: readonly Mount[]): Mount | undefined {
  const holding = mounts.filter(
    (mount) => mount.folder === folder || folder.startsWith(mount.folder === '/' ? '/' : `${mount.folder}/`),
  )
  const longest = Math.max(...holding.map((mount) => mount.folder.length))
  return holding.findLast((mount) => mount.folder.length === longest)
}

function deviceOfSource(source: string | undefined): string | undefined {
  if (source?.startsWith('/dev/') !== true) return undefined
  const found = statSync(source, { bigint: true, throwIfNoEntry: false })
  return found === undefined ? undefined : deviceOf(found.rdev)
}

/** `major:minor` of a device number, as glibc's gnu_dev_major and gnu_dev_minor take it apart. */
export function deviceOf(number: bigint): string {
  const major = ((number >> 8n) & 0xfffn) | ((number >> 32n) & ~0xfffn)
  const minor = (number & 0xffn) | ((number >> 12n) & ~0xffn)
  return `${major}:${minor}`
}

/** What cannot be read is not there for us: another system, or one that hides it. */
function readOrEmpty(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
