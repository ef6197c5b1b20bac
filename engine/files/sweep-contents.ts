import { mkdir, readdir, rename, rm, stat, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { contentPlace, ignoreMissing } from './content-place.ts'

/** Where a content lies while it is asked once more whether somebody names it. */
export const LEAVING = 'leaving'
/** A content that came later may be named in a moment. */
const YOUNG_MS = 24 * 3_600_000
/** Contents that are asked about at once. */
const BATCH = 10_000
const FOLDER = /^[0-9a-f]{2}$/
const DIGEST = /^[0-9a-f]{64}$/

/** Which of some contents a record names. */
export type Named = (digests: readonly string[]) => Promise<ReadonlySet<string>>

/**
 * Removes the contents of a workspace that nobody names and that have lain there for a day: of steps and uploads that were
 * cut off, and of files that are gone for good. The same content may be uploaded again at any moment, which puts it into
 * its place anew: so one is moved aside first, and goes back where it turns out to be fresh or named.
 * @param root the folder of the workspace
 * @returns how many went
 */
export async function sweepContents(root: string, named: Named, signal?: AbortSignal): Promise<number> {
  await putBackAll(root)
  let removed = 0
  let old: string[] = []
  for (const folder of await namesIn(root)) {
    if (signal?.aborted === true) return removed
    if (!FOLDER.test(folder)) continue
    for (const digest of await namesIn(join(root, folder)))
      if (DIGEST.test(digest) && (await isOld(contentPlace(root, digest)))) old.push(digest)
    if (old.length < BATCH) continue
    removed += await sweepSome(root, old, named)
    old = []
  }
  return removed + (await sweepSome(root, old, named))
}

async function sweepSome(root: string, digests: readonly string[], named: Named): Promise<number> {
  if (digests.length === 0) return 0
  const known = await named(digests)
  const nameless = digests.filter((digest) => !known.has(digest))
  if (nameless.length === 0) return 0
  await mkdir(join(root, LEAVING), { recursive: true, mode: 0o700 })
  const aside: string[] = []
  for (const digest of nameless) if (await moveAside(root, digest)) aside.push(digest)
  const again = await named(aside)
  for (const digest of aside) {
    if (again.has(digest)) await putBack(root, digest)
    else await rm(join(root, LEAVING, digest), { force: true })
  }
  return aside.filter((digest) => !again.has(digest)).length
}

/** @returns whether it is aside: not one that has come anew since it was looked at */
async function moveAside(root: string, digest: string): Promise<boolean> {
  const place = join(root, LEAVING, digest)
  const moved = await rename(contentPlace(root, digest), place).then(() => true, ignoreMissing)
  if (moved !== true) return false
  if (await isOld(place)) return true
  await putBack(root, digest)
  return false
}

/** One content is like the other, so it may take the place of one that has come meanwhile; it counts as fresh then. */
async function putBack(root: string, digest: string): Promise<void> {
  const place = join(root, LEAVING, digest)
  const now = new Date()
  await utimes(place, now, now)
  await rename(place, contentPlace(root, digest))
}

/** What was aside when the sweep was cut off. */
async function putBackAll(root: string): Promise<void> {
  for (const digest of await namesIn(join(root, LEAVING)))
    if (DIGEST.test(digest)) await putBack(root, digest)
}

async function namesIn(folder: string): Promise<readonly string[]> {
  return (await readdir(folder).catch(ignoreMissing)) ?? []
}

async function isOld(path: string): Promise<boolean> {
  const found = await stat(path).catch(ignoreMissing)
  return found !== undefined && Date.now() - found.mtimeMs > YOUNG_MS
}
