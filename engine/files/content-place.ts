import { join } from 'node:path'

/** Where a content lies in the folder of a workspace. Two levels: no folder grows beyond what file systems like. */
export function contentPlace(root: string, digest: string): string {
  return join(root, digest.slice(0, 2), digest)
}

export function ignoreMissing(error: unknown): undefined {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
  throw error
}
